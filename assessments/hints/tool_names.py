"""How a note calls a tool of the catalog: by its title or another name, as a whole word. What follows is not here.

An everyday word ("make", "feast") and a name that several tools share ("MLflow") count only in the block that such a
tool belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.hints.note_rules import ToolName
from canvas.method.content import Content


@dataclass(frozen=True)
class _Name:
    """A name with the slots that it may stand for, as `(tool, slot)`."""

    text: str
    meant: tuple[tuple[str, str], ...]
    everyday: bool
    anywhere: bool


class ToolNames:
    """Finds tools by what people call them. A title that `names` lists as well is what is said there."""

    def __init__(self, names: Sequence[ToolName], content: Content) -> None:
        self._names = {name.text.lower(): name for name in _names(names, content)}
        # The longest name wins, so that "GitHub Actions" is not read as "GitHub".
        longest_first = sorted(self._names, key=len, reverse=True)
        words = "|".join(re.escape(name) for name in longest_first) or "(?!)"
        self._pattern = re.compile(rf"(?<![\w./-])(?:{words})(?![\w/-]|\.\w)", re.IGNORECASE)

    def named(self, clause: str, block: str) -> Iterator[tuple[str, str]]:
        """Yield `(tool, slot)` for each name in a clause of a note in `block`, in the order of the clause."""
        for found in self._pattern.finditer(clause):
            name = self._names[found[0].lower()]
            if name.everyday and found[0] != name.text:
                continue
            yield from ((tool, slot) for tool, slot in name.meant if name.anywhere or slot.split(".")[0] == block)


def _names(names: Sequence[ToolName], content: Content) -> Iterator[_Name]:
    tools = [entry for entry in content.catalog.values() if entry.kind == "tool"]
    titles = [ToolName(name=entry.title, tools=(entry.id,)) for entry in tools]
    for name in (*titles, *names):
        meant = tuple((tool, slot) for tool in name.tools for slot in content.catalog[tool].slots)
        yield _Name(name.name, meant, name.everyday, anywhere=not name.everyday and len(name.tools) == 1)
