"""The order of the rooms, checked by the tool that `make lint` uses too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from views.terminal.schemas import schema_files

ROOT = Path(__file__).parents[1]


def test_rooms_use_only_the_rooms_before_them_and_never_streamlit() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schemas_for_editors_are_current() -> None:
    stale = [str(p.relative_to(ROOT)) for p, text in schema_files() if not p.exists() or p.read_text() != text]
    assert not stale, f"run `make schemas`: {stale}"
