"""The answer sheet: what a workshop says about each practice, measure and fact, each once, in one of four states.

Facts are the requirements of phase zero, read by id and never copied. Nothing is scored and no default is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assessments.definitions import PRACTICE_VALUES, Library
from canvas.conditions import Plain
from canvas.workshop import Workshop

SheetState = Literal["answered", "unanswered", "unknown", "not-applicable"]


@dataclass(frozen=True)
class Entry:
    """What the team says about one item. Only an answered one has a value; a measure also has its day."""

    state: SheetState
    value: Plain | None = None
    measured_on: str | None = None

    @property
    def open(self) -> bool:
        """True when it can still turn out either way."""
        return self.state in ("unanswered", "unknown")


UNANSWERED = Entry("unanswered")


@dataclass(frozen=True)
class Sheet:
    """All answers by item id; an item that is not in it is unanswered."""

    entries: Mapping[str, Entry]

    def entry(self, item: str) -> Entry:
        return self.entries.get(item, UNANSWERED)

    def answering(self, changes: Mapping[str, Plain]) -> Sheet:
        """Return this sheet with other answers to some items."""
        return Sheet({**self.entries, **{item: Entry("answered", value) for item, value in changes.items()}})


def sheet_from(workshop: Workshop) -> Sheet:
    """Return the answers of a workshop. An assumed requirement counts as answered, an open one does not."""
    facts = {r.id: Entry("answered", r.value) for r in workshop.requirements if r.value is not None}
    answers = {a.id: Entry(a.state, a.value, a.measured_on) for a in workshop.answers}
    return Sheet({**facts, **answers})


def broken_answers(workshop: Workshop, library: Library) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield `(path, what, mend)` for each answer that nothing asks for or whose value its item does not take."""
    for index, answer in enumerate(workshop.answers):
        if answer.id in library.measures:
            wrong = library.measures[answer.id].refusal(answer.value) if answer.state == "answered" else None
            if wrong:
                what = f"'{answer.value}' is no answer to measure '{answer.id}'"
                yield ("answers", index, "value"), what, f"Mend it: {wrong}"
        elif answer.id not in library.practices:
            mend = "Use the id of a practice or measure that is shipped, or name the pack that has it: docs/packs.md"
            yield ("answers", index, "id"), f"unknown practice '{answer.id}'", mend
        elif answer.state == "answered" and answer.value not in PRACTICE_VALUES:
            what = f"'{answer.value}' is no answer to practice '{answer.id}'"
            yield ("answers", index, "value"), what, f"Use one of {', '.join(PRACTICE_VALUES)}"
    for index, target in enumerate(workshop.targets):
        if target.model not in library.models:
            known = ", ".join(library.models)
            yield ("targets", index, "model"), f"unknown maturity model '{target.model}'", f"Known: {known}"
