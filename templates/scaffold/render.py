"""Render a plan as a project: every file in memory, with its owner and the decision it belongs to. Writes nothing.

The same plan gives the same bytes, whatever the machine, the day or the hash seed.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from canvas import __version__
from canvas.document.file import dump_workshop
from templates.adr.records import record_path, records
from templates.plan import Plan
from templates.scaffold.definitions import Owner, PartFile
from templates.scaffold.parts import TEMPLATE, LoadedPart, Parts, shipped_parts
from templates.scaffold.phrases import HeaderName, OwnFile, phrases
from templates.scaffold.project import BASELINE, MANIFEST, WORKSHOP, GeneratedFile, Project
from templates.scaffold.select import select
from templates.scaffold.steps import stand_ins, worded_steps
from templates.scaffold.text_formats import render_text
from templates.scaffold.values import refuse_unfit, template_values

# The shape of the manifest. 1: no `version` (until 0.1.0); 2: with it.
FORMAT = 2

# The earliest moment a zip file can hold: a fixed time makes equal content equal bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_project(plan: Plan, parts: Parts | None = None) -> Project:
    """Render the project of a plan. Raises `ScaffoldError` when an answer cannot be true or parts do not fit."""
    refuse_unfit(plan)
    selection = select(plan, shipped_parts() if parts is None else parts)
    told = worded_steps(plan, selection)
    steps = tuple(step for step in told if step.kind != "not-applicable")
    not_applicable = tuple(step for step in told if step.kind == "not-applicable")
    adr = [_record(path, text, plan) for path, text in records(plan).items()]
    pages = {"steps": steps, "not_applicable": not_applicable, "stand_ins": stand_ins(steps)}
    values = {**template_values(plan, selection, adr), **pages}
    files = [_rendered(loaded, file, values) for loaded, file in selection.files]
    files = sorted([*files, *adr, _workshop(plan)], key=lambda file: file.path)
    # The manifest and the pristine copy describe all other files, so they are made last.
    files += [_manifest(plan, files), _baseline(files)]
    files.sort(key=lambda file: file.path)
    return Project(plan.slug, tuple(files), steps, not_applicable, selection.practices)


def archive(files: Iterable[tuple[str, bytes, bool]], method: int = zipfile.ZIP_DEFLATED, comment: str = "") -> bytes:
    """Return a zip file of `(path, content, executable)` with fixed times and modes, sorted by path."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        target.comment = comment.encode()
        for path, content, executable in sorted(files):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = method
            entry.create_system = 3  # Unix, so that the mode below counts
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            target.writestr(entry, content)
    return stream.getvalue()


def _rendered(loaded: LoadedPart, file: PartFile, values: dict[str, Any]) -> GeneratedFile:
    source = loaded.source(file)
    if source.name.endswith(TEMPLATE):
        text = render_text(source, {**values, "own": loaded.part.values})
        content = (_header(file) + text).encode("utf-8")
    else:
        content = source.read_bytes()
    return GeneratedFile(file.path, content, file.executable, file.owner, loaded.part.id, file.slots, file.because)


def _header(file: PartFile) -> str:
    """Return the comment that names the decision, for formats that have comments."""
    name: HeaderName = "belongs" if file.slots else "everywhere"
    note = phrases().headers[name].format(slots=", ".join(file.slots))
    return f"<!-- {note} -->\n\n" if file.path.endswith(".md") else f"# {note}\n"


def _record(path: str, text: str, plan: Plan) -> GeneratedFile:
    numbered = [decision for decision in plan.workshop.decisions if decision.number is not None]
    slots = dict.fromkeys(
        d.slot for d in numbered if d.slot and d.slot in plan.content.slots and record_path(d) == path
    )
    return _own(path, text.encode("utf-8"), "doc", "adr", tuple(slots), "record")


def _workshop(plan: Plan) -> GeneratedFile:
    text = dump_workshop(plan.workshop.model_copy(update={"slug": plan.slug}))
    return _own(WORKSHOP, text.encode("utf-8"), "managed", "project", (), "workshop")


def _manifest(plan: Plan, files: list[GeneratedFile]) -> GeneratedFile:
    entries = [
        {
            "path": file.path,
            "part": file.part,
            "owner": file.owner,
            "slots": list(file.slots),
            "because": file.because,
            "executable": file.executable,
            "sha256": file.sha256,
        }
        for file in files
    ]
    manifest = {"format": FORMAT, "version": __version__, "slug": plan.slug, "files": entries}
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    return _own(MANIFEST, text.encode("utf-8"), "managed", "project", (), "manifest")


def _baseline(files: list[GeneratedFile]) -> GeneratedFile:
    # Stored, not compressed: compressors differ between machines, and the download compresses it anyway.
    content = archive(((f.path, f.content, f.executable) for f in files), zipfile.ZIP_STORED)
    return _own(BASELINE, content, "managed", "project", (), "baseline")


def _own(path: str, content: bytes, owner: Owner, part: str, slots: tuple[str, ...], because: OwnFile) -> GeneratedFile:
    return GeneratedFile(path, content, False, owner, part, slots, phrases().because[because])
