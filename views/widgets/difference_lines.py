"""What differs between two states of a workshop, as Markdown: in the comparison, and before a file is taken over."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.compare.comparison import Line
from views.literal import literal


def line_in_words(line: Line) -> str:
    """Return one difference as Markdown, with the old and the new value on lines of their own."""
    return "  \n".join([f"{literal(line.subject)} :gray[· {line.what}]", *_values(line)])


def in_one_line(lines: Sequence[Line]) -> str:
    """Return what changes about one thing as a label, without the values."""
    what = ", ".join(dict.fromkeys(line.what for line in lines))
    return f"{literal(' '.join(lines[0].subject.split()))} :gray[· {what}]"


def values_below(lines: Sequence[Line]) -> str:
    """Return the old and the new values of what changes about one thing."""
    several = len(lines) > 1
    told = (f":gray[{literal(line.subject)}, {line.what}:]  \n" if several and _values(line) else "" for line in lines)
    return "  \n".join(
        head + "  \n".join(_values(line)) for head, line in zip(told, lines, strict=True) if _values(line)
    )


def _values(line: Line) -> list[str]:
    before = [f":red[**−**] {literal(line.before)}"] if line.before is not None else []
    return before + ([f":green[**+**] {literal(line.after)}"] if line.after is not None else [])
