"""Outlines of tool icons from the `simplepycons` package (Simple Icons, CC0). Knows slugs and paths, draws nothing."""

from __future__ import annotations

import ast
import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# All icons are drawn on a square of this many units.
UNITS = 24


@dataclass(frozen=True)
class Icon:
    """One icon: its outline as SVG path data on a 24-unit square, and its brand colour as `#RRGGBB`."""

    path: str
    color: str


@cache
def icon(slug: str) -> Icon | None:
    """Return the icon with a Simple Icons slug, or None when the package does not have it."""
    source = _source(slug)
    if source is None:
        return None
    # The package imports all its 3,400 modules at once (1.7 s, 65 MB); reading the one file takes a millisecond.
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    svg = next((text for text in texts if isinstance(text, str) and "<svg" in text), "")
    color = next((text for text in texts if isinstance(text, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", text)), None)
    outline = re.search(r'<path\s+d="([^"]+)"', svg)
    return Icon(" ".join(outline[1].split()), color) if outline and color else None


def _source(slug: str) -> str | None:
    package = importlib.util.find_spec("simplepycons")
    if package is None or not package.submodule_search_locations or not re.fullmatch(r"[a-z0-9]+", slug):
        return None
    path = Path(package.submodule_search_locations[0]) / f"_{slug}.py"
    return path.read_text(encoding="utf-8") if path.is_file() else None
