"""What texts of the content quote: `{base-rate}` is what the team said, `{suited:main-metric}` a list of options.

A requirement or quantity is quoted by its id, with its unit; `suited:` and `misleading:` name the options of a choice
that suit what was answered, and of them those that do not and those that do mislead. Free text is never quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.method.subjects import subject_value
from canvas.method.suited import misleading, suited
from canvas.method.typed_values import TEXT_LIMITS

_QUOTED = re.compile(r"\{(?:([a-z]+):)?([a-z0-9-]+)\}")
_LISTS = {"suited": suited, "misleading": misleading}


def quote(text: str, facts: Facts, content: Content) -> str:
    """Return a text with everything it quotes filled in."""
    return _QUOTED.sub(lambda found: _filled(found[1], found[2], facts, content), text)


def unquotable(text: str, content: Content) -> Iterator[str]:
    """Yield what a text quotes and nobody could fill in, as it stands there."""
    for found in _QUOTED.finditer(text):
        if not _known(found[1], found[2], content):
            yield found[0]


def _filled(kind: str | None, id_: str, facts: Facts, content: Content) -> str:
    if kind is None:
        return subject_value(id_, facts, content)
    *first, last = [option.title for option in _LISTS[kind](content.requirements[id_], facts)] or ["none"]
    return f"{', '.join(first)} and {last}" if first else last


def _known(kind: str | None, id_: str, content: Content) -> bool:
    definition = content.requirements.get(id_)
    if kind is None:
        return id_ in content.quantities or (definition is not None and definition.type not in TEXT_LIMITS)
    return kind in _LISTS and definition is not None and definition.suits_of is not None
