"""Two states of a workshop side by side, in words: what changed, and what it did to every score.

The differences come from `canvas/document/differences.py`. Titles are those of the content; no question wording
is here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from textwrap import shorten
from typing import Any

from assessments.compare.cause_words import ASSESSORS, because, causes_as_json
from assessments.compare.causes import Cause, causes
from assessments.library.revisions import current
from assessments.shapes.answers import answer_title
from assessments.shapes.library import Library
from assessments.shapes.result import Result
from assessments.standing.as_data import standing
from assessments.standing.score_all import score_all
from canvas.document.differences import Difference, Group, differences
from canvas.document.file import arrange
from canvas.document.workshop import Workshop
from canvas.method.content import Content
from canvas.reading.types import OTHER

TITLES: Mapping[Group, str] = {
    "workshop": "Workshop",
    "requirements": "Requirements",
    "notes": "Notes",
    "rows": "Tables",
    "tasks": "Tasks",
    "risks": "Risks",
    "decisions": "Decisions",
    "answers": "Answers",
    "targets": "Targets",
    "assignments": "Owners",
}


@dataclass(frozen=True)
class Line:
    """One difference in words. `subject` may be people's text; where there was nothing, the value is None."""

    group: str
    subject: str
    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ScoreChange:
    """One maturity model before and after. `causes` split its change; there are none when one side has no value."""

    before: Result
    after: Result
    causes: tuple[Cause, ...] = ()

    @property
    def changed(self) -> bool:
        return standing(self.before) != standing(self.after)

    @property
    def because(self) -> str:
        """What each cause adds to the sure value, in one line; empty when no cause moves it."""
        return because(self.causes, self.before, self.after)


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two states of a workshop, and every score on both sides."""

    differences: tuple[Difference, ...]
    lines: tuple[Line, ...]
    scores: tuple[ScoreChange, ...]

    @property
    def judged_differently(self) -> bool:
        """Whether a score moved because other people judged the same facts."""
        return any(cause.name == "assessor" and cause.amount for score in self.scores for cause in score.causes)


def compare(before: Workshop, after: Workshop, content: Content, library: Library) -> Comparison:
    """Compare two workshop documents, in the order of the content, with answers carried over to today's practices."""
    old, new = _as_today(before, after, content, library)
    found = differences(old, new)
    split = causes(old, new, library)
    pairs = zip(score_all(old, library), score_all(new, library), strict=True)
    lines = told([d for d in found if not _goes_without_saying(d, found)], old, new, content, library)
    return Comparison(found, lines, tuple(ScoreChange(*pair, split.get(pair[1].id, ())) for pair in pairs))


def differ(before: Workshop, after: Workshop, content: Content, library: Library) -> bool:
    """Return whether a comparison of two workshop documents has something to tell."""
    found = differences(*_as_today(before, after, content, library))
    return any(not _goes_without_saying(difference, found) for difference in found)


def told(
    found: Sequence[Difference], before: Workshop, after: Workshop, content: Content, library: Library
) -> tuple[Line, ...]:
    """Return differences between two workshop documents in words, one line for each."""
    words = _Words(before, after, content, library)
    return tuple(words.line(difference) for difference in found)


def worth_telling(found: Sequence[Difference]) -> list[Difference]:
    """Return differences without those that another one of them says already; all, when nothing would be left."""
    return [d for d in found if not _goes_without_saying(d, found)] or list(found)


def _as_today(before: Workshop, after: Workshop, content: Content, library: Library) -> tuple[Workshop, Workshop]:
    """Return two documents in the order of the content, with answers carried over to today's practices."""
    old, new = (arrange(current(workshop, library), content) for workshop in (before, after))
    return old, new


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Return what `compare --json` prints."""
    scores = [
        {
            "id": s.after.id,
            "title": s.after.title,
            "before": _score(s.before),
            "after": _score(s.after),
            "causes": causes_as_json(s.causes) if s.causes else None,
        }
        for s in comparison.scores
    ]
    return {"differences": [asdict(difference) for difference in comparison.differences], "scores": scores}


def as_text(comparison: Comparison) -> str:
    """Return what `compare` prints: the differences under their groups, then every score."""
    return "\n".join(_text_lines(comparison))


def _text_lines(comparison: Comparison) -> Iterator[str]:
    if not comparison.lines:
        yield "The two are the same."
    for group, lines in groupby(comparison.lines, key=lambda line: line.group):
        yield f"{group}:"
        for line in lines:
            yield f"  {line.subject}: {line.what}"
            yield from _value_lines("-", line.before)
            yield from _value_lines("+", line.after)
    yield "Scores:"
    for score in comparison.scores:
        now = standing(score.after)
        yield f"  {score.after.title}: " + (
            f"{standing(score.before)} -> {now}" if score.changed else f"{now}, as before"
        )
        if score.because:
            yield f"    {score.because}"
    if comparison.judged_differently:
        yield f"By assessors: {ASSESSORS}"


def _value_lines(sign: str, value: str | None) -> Iterator[str]:
    for line in value.split("\n") if value is not None else ():
        yield f"    {sign} {line}"


def _goes_without_saying(difference: Difference, all_: Sequence[Difference]) -> bool:
    """Return whether another difference says it already: a requirement that was or became open, an answer given anew.

    That a workshop now says which edition judged it is no news either, as long as it is the one that did.
    """
    group, field = difference.group, difference.field
    if group == "workshop" and field == "edition":
        return difference.kind != "changed"
    if group == "answers" and field == "revision":
        return any(d.group == group and d.id == difference.id and d.field in {"value", "state"} for d in all_)
    return group == "requirements" and field == "state" and "open" in (difference.before, difference.after)


def _score(result: Result) -> dict[str, Any]:
    return {"value": result.value, "lower": result.lower, "upper": result.upper, "band": result.band}


@dataclass(frozen=True)
class _Words:
    """Finds the titles of what differences name."""

    old: Workshop
    new: Workshop
    content: Content
    library: Library

    def line(self, difference: Difference) -> Line:
        before, after = (self._value(difference, value) for value in (difference.before, difference.after))
        return Line(TITLES[difference.group], self._subject(difference), _what(difference), before, after)

    def _subject(self, difference: Difference) -> str:
        group, id_ = difference.group, difference.id
        if group == "workshop" and not id_:
            return difference.field.capitalize()
        if group == "notes":
            where = self._block(difference.where[0], difference.where[1])
            # A text that came, went or changed says itself which note it is.
            return where if difference.field == "text" else f'{where}, "{self._note(id_)}"'
        if group == "decisions":
            return self._decision(id_)
        if group == "targets" or difference.field == "edition":
            known = self.library.models.get(id_)
            return known.title if known else id_
        if group == "rows":
            return self._row(difference)
        if group in {"tasks", "risks"}:
            return self._entry(difference)
        return self.library.title(id_)

    def _block(self, canvas: str, block: str) -> str:
        definition = self.content.canvases.get(canvas)
        found = definition.block(block) if definition else None
        return found.title if found else block

    def _note(self, id_: str) -> str:
        boards = (blocks for w in (self.new, self.old) for blocks in w.canvases.values())
        notes = (note for blocks in boards for listed in blocks.values() for note in listed)
        return shorten(next(note.text for note in notes if note.id == id_), 60, placeholder="…")

    def _decision(self, id_: str) -> str:
        recorded = next((d for w in (self.new, self.old) for d in w.decisions if str(d.number) == id_), None)
        slot = recorded.name if recorded else id_
        title = self.content.slots[slot].title if slot in self.content.slots else slot
        return f"{title} (no. {id_})" if recorded else f"{title} (draft)"

    def _entry(self, difference: Difference) -> str:
        entries: list[Any] = [e for w in (self.new, self.old) for e in getattr(w, difference.group)]
        found = next(entry for entry in entries if entry.id == difference.id)
        return str(found.title if difference.group == "tasks" else found.text)

    def _row(self, difference: Difference) -> str:
        table_id = difference.where[0]
        table = self.content.tables.get(table_id)
        known = table.row(difference.id) if table else None
        written = self.new.row(table_id, difference.id) or self.old.row(table_id, difference.id)
        title = known.title if known else (written.title if written else None) or difference.id
        column = table.column(difference.field) if table else None
        return ", ".join([table.title if table else table_id, title, *([column.title] if column else [])])

    def _value(self, difference: Difference, value: Any) -> str | None:
        if value is None or value == [] or difference.field == "revision":
            return None
        if difference.group == "workshop" and difference.field == "models":
            return ", ".join(self.library.whole.models[m].title if m in self.library.whole.models else m for m in value)
        if difference.field == "place":
            return f"place {value}"
        if difference.field == "block" and difference.group == "notes":
            return self._block(difference.where[0], str(value))
        if difference.field in {"choice", "options", "beside", "like"}:
            return ", ".join(self._choice(c) for c in (value if isinstance(value, list) else [value]))
        if difference.group == "answers" and difference.field in {"value", "state"} and isinstance(value, str):
            return answer_title(value)
        requirement = self.library.requirements.get(difference.id) if difference.field == "value" else None
        for option in requirement.options if requirement else ():
            if option.id == value:
                return option.title
        return _printed(value)

    def _choice(self, choice: str) -> str:
        entry = self.content.catalog.get(choice)
        return entry.title if entry else choice.removeprefix(OTHER)


def _what(difference: Difference) -> str:
    if difference.kind == "moved":
        return "note moved to another block" if difference.field == "block" else "note moved within its block"
    if difference.group == "workshop":
        return "edition changed" if difference.field == "edition" else difference.kind
    if difference.group == "answers" and difference.field == "revision":
        return "checked again"
    if difference.kind == "changed":
        return f"{'note ' if difference.group == 'notes' else ''}{difference.field.replace('_', ' ')} changed"
    return f"note {difference.kind}" if difference.group == "notes" else difference.kind


def _printed(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    if isinstance(value, list):
        return ", ".join(_printed(entry) for entry in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_printed(entry)}" for name, entry in value.items() if entry is not None)
    return str(value)
