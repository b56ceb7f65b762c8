"""Make the downloads in a process of their own, through the terminal door: a heavy export never slows the room.

What the app hands out is therefore the same, byte for byte, as what `cli.py` writes for the same workshop.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from datetime import tzinfo
from pathlib import Path

from canvas.document.file import dump_workshop, save_workshop
from canvas.document.workshop import Workshop
from templates.errors import TemplatesError
from views.visit.clock import day_in

# Says to `cli.py` that the file is a live workshop; `terminal/support.py`, which never loads Streamlit, says what that
# means.
LIVE = "--live"
CLI = Path(__file__).parents[2] / "cli.py"
TIMEOUT_S = 120


def report(workshop: Workshop, name: str, there: tzinfo) -> bytes:
    """Return the report of a workshop, dated today in a time zone. Raises `TemplatesError` with its message."""
    return export(workshop, "report", name, more=("--on", day_in(there).isoformat()))


def export(workshop: Workshop, verb: str, name: str, option: str = "-o", more: Sequence[str] = ()) -> bytes:
    """Run `cli.py VERB FILE OPTION NAME` and return what it wrote. Raises `TemplatesError` with its message."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "workshop.workshop.yaml", Path(folder) / name
        save_workshop(workshop, source)
        _run(verb, source, option, target, more, folder)
        return target.read_bytes()


def _run(verb: str, source: Path, option: str, target: Path, more: Sequence[str], folder: str) -> None:
    command = [sys.executable, str(CLI), LIVE, verb, str(source), option, str(target), *more]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, cwd=CLI.parent)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise TemplatesError(f"This took longer than {TIMEOUT_S} seconds and was stopped. Try again.") from None
    if done.returncode != 0:
        # The person never chose this temporary folder, so the message does not name it.
        raise TemplatesError(done.stderr.strip().replace(f"{folder}/", "") or f"{verb} failed.")


def summary_page(workshop: Workshop, there: tzinfo) -> bytes:
    """Return where a workshop stands as PDF, dated today in a time zone. Raises `TemplatesError` with its message."""
    more = ("--length", "page", "--on", day_in(there).isoformat())
    return export(workshop, "report", "where-we-stand.pdf", more=more)


def everything(workshop: Workshop, there: tzinfo) -> bytes:
    """Return all that a workshop becomes as one zip. What could not be made is told in it, and the rest is there."""
    slug, day = workshop.slug or "workshop", ("--on", day_in(there).isoformat())
    makes: dict[str, Callable[[], bytes]] = {
        f"{slug}.workshop.yaml": lambda: dump_workshop(workshop).encode(),
        f"{slug}-where-we-stand.pdf": lambda: summary_page(workshop, there),
        f"{slug}-report.pdf": lambda: export(workshop, "report", "report.pdf", more=day),
        f"{slug}-report.md": lambda: export(workshop, "report", "report.md", more=day),
        f"{slug}-roadmap.md": lambda: export(workshop, "roadmap", "roadmap.md"),
        f"{slug}-architecture.svg": lambda: export(workshop, "diagram", "diagram.svg"),
        f"{slug}-architecture.png": lambda: export(workshop, "diagram", "diagram.png"),
        f"{slug}-project.zip": lambda: export(workshop, "scaffold", "project.zip", "--zip"),
    }
    buffer, missing = io.BytesIO(), []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in ("adr", "cards"):
            for name, made in _folder(workshop, folder, missing).items():
                archive.writestr(f"{'decisions' if folder == 'adr' else folder}/{name}", made)
        for name, make in makes.items():
            try:
                archive.writestr(name, make())
            except TemplatesError as error:
                missing.append(f"{name}\n{error}")
        if missing:
            told = "\n\n".join(("These files could not be made, and everything else is here.", *missing))
            archive.writestr("NOT-MADE.txt", f"{told}\n")
    return buffer.getvalue()


def _folder(workshop: Workshop, verb: str, missing: list[str]) -> dict[str, bytes]:
    """Return the files that a verb writes into a folder, by name; where it fails, none, and why among `missing`."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "workshop.workshop.yaml", Path(folder) / verb
        save_workshop(workshop, source)
        try:
            _run(verb, source, "-o", target, (), folder)
        except TemplatesError as error:
            missing.append(f"{verb}\n{error}")
            return {}
        return {path.name: path.read_bytes() for path in sorted(target.iterdir())}
