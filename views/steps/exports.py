"""Make the downloads in a process of their own, through the terminal door: a heavy export never slows the room.

What the app hands out is therefore the same, byte for byte, as what `cli.py` writes for the same workshop.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from canvas.document.file import save_workshop
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
        command = [sys.executable, str(CLI), LIVE, verb, str(source), option, str(target), *more]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, cwd=CLI.parent)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise TemplatesError(f"This took longer than {TIMEOUT_S} seconds and was stopped. Try again.") from None
        if done.returncode != 0:
            # The person never chose this temporary folder, so the message does not name it.
            raise TemplatesError(done.stderr.strip().replace(f"{folder}/", "") or f"{verb} failed.")
        return target.read_bytes()
