"""A copy of the shipped content that a test may break or add to, in its places below a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACES = ("canvas/content", "assessments/content", "templates")


def copy_content(folder: Path) -> Path:
    """Copy everything that `check-content` reads below `folder`, which is returned."""
    for place in PLACES:
        shutil.copytree(ROOT / place, folder / place, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    # Of the files that a part brings, those written in Python are content too.
    parts = "templates/scaffold/parts"
    shutil.copytree(ROOT / parts, folder / parts, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    return folder


def replace_once(file: Path, old: str, new: str) -> int:
    """Replace the first place where `old` stands in a file. Returns the number of its line, from 1."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
