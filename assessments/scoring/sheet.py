"""The answer sheet: what a workshop says about each practice, measure and fact, each once, in one of four states.

Facts are the requirements of phase zero, read by id and never copied. Nothing is scored and no default is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assessments.shapes.library import Library
from assessments.shapes.practice import PRACTICE_VALUES
from canvas.document.workshop import Answer, Workshop
from canvas.method.conditions import Plain

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
UNKNOWN_ITEM = "Use the id of a practice or measure that is shipped, or name the pack that has it: docs/packs.md"


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
    """Yield `(path, what, mend)` for each answer, target, model and assignment that nobody knows, or of a wrong value.

    What a rule takes out is known as before.
    """
    library = library.whole
    for index, answer in enumerate(workshop.answers):
        if answer.id in library.measures:
            # Which numbers can be true is the part of `unfit.py`.
            number = isinstance(answer.value, int | float) and not isinstance(answer.value, bool)
            wrong = library.measures[answer.id].refusal(answer.value) if answer.state == "answered" else None
            if wrong and not number:
                what = f"'{answer.value}' is no answer to measure '{answer.id}'"
                yield ("answers", index, "value"), what, f"Mend it: {wrong}"
        else:
            for key, what, mend in _broken_practice(answer, library):
                yield ("answers", index, key), what, mend
    named = [(("targets", index, "model"), target.model) for index, target in enumerate(workshop.targets)]
    for path, model in (*named, *((("models", index), id_) for index, id_ in enumerate(workshop.models))):
        if model not in library.models:
            yield path, f"unknown maturity model '{model}'", f"Known: {', '.join(library.models)}"
    for index, assignment in enumerate(workshop.assignments):
        if not any(assignment.id in known for known in (library.practices, library.measures, library.successors)):
            yield ("assignments", index, "id"), f"unknown practice '{assignment.id}'", UNKNOWN_ITEM


def _broken_practice(answer: Answer, library: Library) -> Iterator[tuple[str, str, str]]:
    """Yield `(key, what, mend)`. A practice that another one replaces has answers still, which are carried over."""
    practice = library.practices.get(answer.id)
    if practice is None and answer.id not in library.successors:
        yield "id", f"unknown practice '{answer.id}'", UNKNOWN_ITEM
    elif answer.state == "answered" and answer.value not in PRACTICE_VALUES:
        what = f"'{answer.value}' is no answer to practice '{answer.id}'"
        yield "value", what, f"Use one of {', '.join(PRACTICE_VALUES)}"
    elif practice is not None and answer.revision > practice.revision:
        what = f"revision {answer.revision} of practice '{answer.id}' is not known here"
        yield "revision", what, "Use the version of the tool or pack that has it"
