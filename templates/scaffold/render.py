"""Render a plan as a project: every file in memory, with its owner and the decision it belongs to. Writes nothing.

The same plan gives the same bytes, whatever the machine, the day or the hash seed.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assessments.content import shipped as shipped_library
from canvas.workshop_file import dump_workshop
from templates.adr.records import FOLDER, record_path, records
from templates.architecture.graph import architecture
from templates.architecture.mermaid import to_mermaid
from templates.markdown_text import Markup
from templates.plan import Choice, Plan
from templates.scaffold.definitions import Dependency, Owner, PartFile
from templates.scaffold.parts import TEMPLATE, LoadedPart, Parts, shipped_parts
from templates.scaffold.select import ClaimedPractice, Selection, select
from templates.scaffold.text_formats import render_text
from templates.scaffold.values import ManualStep, config_values, manual_steps

RECORD_FOLDER = ".stack-canvas"
MANIFEST = f"{RECORD_FOLDER}/manifest.json"
FORMAT = 1

# The earliest moment a zip file can hold: a fixed time makes equal content equal bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class GeneratedFile:
    """One file of a project. `slots` are the decisions it belongs to; none means that every project has it."""

    path: str
    content: bytes
    executable: bool
    owner: Owner
    part: str
    slots: tuple[str, ...]
    because: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Project:
    """A whole project: its files by path, what is left to do by hand, and what adopting it fulfils."""

    slug: str
    files: tuple[GeneratedFile, ...]
    manual_steps: tuple[ManualStep, ...]
    practices: tuple[ClaimedPractice, ...]

    def file(self, path: str) -> GeneratedFile:
        """Return the file at `path`. Raises `KeyError`."""
        for file in self.files:
            if file.path == path:
                return file
        raise KeyError(path)


def render_project(plan: Plan, parts: Parts | None = None) -> Project:
    """Render the project of a plan. Raises `ScaffoldError` when parts do not fit together."""
    selection = select(plan, shipped_parts() if parts is None else parts)
    steps = manual_steps(plan, selection)
    project = selection.parts
    adr = records(plan)
    values = _values(plan, selection, steps, adr)
    files = [_rendered(loaded, file, values) for loaded in project for file in loaded.part.files]
    files += [_record(path, text, plan) for path, text in adr.items()]
    files.append(_workshop(plan))
    files.sort(key=lambda file: file.path)
    # The manifest and the pristine copy describe all other files, so they are made last.
    files += [_manifest(plan, files), _baseline(files)]
    return Project(plan.slug, tuple(sorted(files, key=lambda f: f.path)), steps, selection.practices)


def archive(files: Iterable[tuple[str, bytes, bool]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of `(path, content, executable)` with fixed times and modes, sorted by path."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for path, content, executable in sorted(files):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = method
            entry.create_system = 3  # Unix, so that the mode below counts
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            target.writestr(entry, content)
    return stream.getvalue()


def _values(plan: Plan, selection: Selection, steps: tuple[ManualStep, ...], adr: dict[str, str]) -> dict[str, Any]:
    """Return everything the templates may read."""
    titles = {practice.id: practice.title for practice in shipped_library().practices.values()}
    return {
        "workshop": plan.workshop,
        "slug": plan.slug,
        "facts": plan.facts,
        "choices": [_choice_row(choice) for choice in plan.choices.values()],
        "config": config_values(plan, selection),
        "parts": {loaded.part.id: loaded.part for loaded in selection.parts},
        "coverage": selection.coverage,
        "steps": steps,
        "practices": [(claim, titles[claim.id]) for claim in selection.practices],
        "files": list(_file_rows(plan, selection, adr)),
        "requirements": [_requirement(item) for item in selection.dependencies],
        "development": [_requirement(item) for item in selection.development],
        "diagram": Markup(to_mermaid(architecture(plan)).rstrip("\n")),
    }


def _choice_row(choice: Choice) -> dict[str, Any]:
    decision = choice.decision
    recorded = decision is not None and decision.number is not None
    return {
        "slot": choice.slot.id,
        "slot_title": choice.slot.title,
        "title": choice.title,
        "status": choice.status,
        "because": choice.because,
        "record": record_path(decision).removeprefix("docs/") if decision is not None and recorded else None,
    }


def _file_rows(plan: Plan, selection: Selection, adr: dict[str, str]) -> Iterator[dict[str, Any]]:
    for loaded in selection.parts:
        for file in loaded.part.files:
            titles = [plan.content.slots[slot].title for slot in file.slots]
            yield {"path": file.path, "owner": file.owner, "part": loaded.part.id, "slots": titles, "because": file.because}
    for path in adr:
        yield {"path": path, "owner": "doc", "part": "adr", "slots": [], "because": _RECORD_BECAUSE}


_RECORD_BECAUSE = "The record of a decision and its reasons."
_WORKSHOP_BECAUSE = "The workshop this project was made from."
_MANIFEST_BECAUSE = "Which file belongs to which decision, and what it was when it was made."
_BASELINE_BECAUSE = "The files as they were made, so that a later update can keep your changes."


def _requirement(item: Dependency) -> str:
    return f"{item.name}>={item.at_least},<{item.below}"


def _rendered(loaded: LoadedPart, file: PartFile, values: dict[str, Any]) -> GeneratedFile:
    source = loaded.source(file)
    if source.name.endswith(TEMPLATE):
        own = {"own": loaded.part.values}
        content = (_header(file) + render_text(source, {**values, **own})).encode("utf-8")
    else:
        content = source.read_bytes()
    return GeneratedFile(file.path, content, file.executable, file.owner, loaded.part.id, file.slots, file.because)


def _header(file: PartFile) -> str:
    """Return the comment that names the decision, for formats that have comments."""
    about = f"Belongs to {', '.join(file.slots)}" if file.slots else "Every project has this file"
    note = f"{about}; docs/files.md says why."
    return f"<!-- {note} -->\n\n" if file.path.endswith(".md") else f"# {note}\n"


def _record(path: str, text: str, plan: Plan) -> GeneratedFile:
    slots = tuple(d.slot for d in plan.workshop.decisions if d.number is not None and record_path(d) == path)
    known = tuple(slot for slot in slots if slot in plan.content.slots)
    return GeneratedFile(path, text.encode("utf-8"), False, "doc", FOLDER.split("/")[-1], known, _RECORD_BECAUSE)


def _workshop(plan: Plan) -> GeneratedFile:
    text = dump_workshop(plan.workshop.model_copy(update={"slug": plan.slug}))
    path = f"{RECORD_FOLDER}/workshop.workshop.yaml"
    return GeneratedFile(path, text.encode("utf-8"), False, "managed", "project", (), _WORKSHOP_BECAUSE)


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
    text = json.dumps({"format": FORMAT, "slug": plan.slug, "files": entries}, indent=2, ensure_ascii=False) + "\n"
    return GeneratedFile(MANIFEST, text.encode("utf-8"), False, "managed", "project", (), _MANIFEST_BECAUSE)


def _baseline(files: list[GeneratedFile]) -> GeneratedFile:
    # Stored, not compressed: compressors differ between machines, and the download compresses it anyway.
    content = archive(((f.path, f.content, f.executable) for f in files), zipfile.ZIP_STORED)
    path = f"{RECORD_FOLDER}/baseline.zip"
    return GeneratedFile(path, content, False, "managed", "project", (), _BASELINE_BECAUSE)
