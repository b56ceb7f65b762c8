"""The workshop document: what a team fills in and keeps in its repository.

Only shapes and the rules that hold inside one document. What an id must refer to (a block, a slot, a practice) is
content and checked where content is known. Never stored here: people's names, tokens, unrevealed notes or votes.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]


def _visible(text: str) -> str:
    if not any(unicodedata.category(char)[0] not in "ZC" for char in text):
        raise ValueError("there is nothing to read in it")
    return text


def _calendar_day(text: str) -> str:
    date.fromisoformat(text)
    return text


ShortText = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_visible)]
Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_visible)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_calendar_day)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,38}[a-z0-9]$")]

NoteKind = Literal["fact", "proposal", "question", "risk", "dilemma"]
RequirementState = Literal["open", "assumed", "decided"]
RequirementValue = bool | int | float | ShortText
DecisionStatus = Literal["draft", "accepted", "superseded"]
PracticeValue = Literal["none", "manual", "automated"]
AnswerState = Literal["answered", "unknown", "not-applicable"]

NONE_YET = "none-yet"
OTHER = "other: "


class Model(BaseModel):
    """Base of all documents: unknown keys are refused, instances never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Note(Model):
    """A sticky note. Its order in the block is its position in the list."""

    id: Id
    kind: NoteKind = "fact"
    text: Text
    source: ShortText | None = None
    votes: Annotated[int, Field(ge=0)] = 0


class Requirement(Model):
    """An answered question of phase zero. `open` has no value; `assumed` and `decided` have one."""

    id: Id
    value: RequirementValue | None = None
    unit: ShortText | None = None
    source: ShortText | None = None
    state: RequirementState


class Task(Model):
    """One task of the decomposed workflow, with the tasks whose output it needs."""

    id: Id
    title: ShortText
    after: tuple[Id, ...] = ()
    prediction: bool | None = None
    note: Text | None = None


class Risk(Model):
    """A risk of the ML system that the team wants to keep in sight."""

    id: Id
    text: Text
    block: Id | None = None
    mitigation: Text | None = None
    owner: ShortText | None = None
    source: ShortText | None = None


class Decision(Model):
    """A choice that fills one slot. Drafts have no number; a recorded decision keeps its number for ever.

    `choice` is a catalog id, `none-yet` or `other: <text>`; `options` are the alternatives that were looked at, in the
    same form; `drivers` are ids of requirements or notes that led to it.
    """

    number: Annotated[int, Field(ge=1)] | None = None
    slot: Id
    status: DecisionStatus
    choice: ShortText
    options: tuple[ShortText, ...] = ()
    because: Text | None = None
    drivers: tuple[Id, ...] = ()
    decided_on: Day | None = None
    supersedes: Annotated[int, Field(ge=1)] | None = None


class Evidence(Model):
    """What shows that an answer is true: a path, an address or a sentence, and the day it was seen."""

    ref: ShortText
    seen_on: Day | None = None


class Answer(Model):
    """The room's answer to one practice or measure. A missing answer is an unanswered one.

    `answered` has a value (`none`, `manual`, `automated`, or a number for a measure); `unknown` means "don't know";
    `not-applicable` needs a reason. `spread` counts what the assessors said before they agreed.
    """

    id: Id
    state: AnswerState = "answered"
    value: PracticeValue | float | None = None
    reason: Text | None = None
    measured_on: Day | None = None
    evidence: tuple[Evidence, ...] = ()
    spread: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)


class Target(Model):
    """Where the team wants to be on one model, and by when."""

    model: Id
    value: float
    by: Day | None = None


T = TypeVar("T")
# More than any team writes; a list that is longer is a broken file, and checking it must not stall a server.
Few = Annotated[tuple[T, ...], Field(max_length=2000)]
Blocks = dict[Id, Few[Note]]


class Workshop(Model):
    """One team, one ML system, everything it worked out. The fold of a workshop's log, and the content of its file."""

    format: Literal[1] = 1
    title: ShortText
    team: ShortText | None = None
    date: Day | None = None
    slug: Slug | None = None
    requirements: Few[Requirement] = ()
    canvases: dict[Id, Blocks] = Field(default_factory=dict)
    tasks: Few[Task] = ()
    risks: Few[Risk] = ()
    decisions: Few[Decision] = ()
    answers: Few[Answer] = ()
    targets: Few[Target] = ()

    def notes(self, canvas: str) -> Iterator[tuple[str, Note]]:
        """Yield `(block, note)` of one canvas in board order."""
        for block, notes in self.canvases.get(canvas, {}).items():
            for note in notes:
                yield block, note

    def decision_for(self, slot: str) -> Decision | None:
        """Return the decision in force for `slot`: the accepted one, else the draft, else None."""
        by_status = {d.status: d for d in self.decisions if d.slot == slot and d.status != "superseded"}
        return by_status.get("accepted") or by_status.get("draft")


def inconsistencies(workshop: Workshop) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield `(path, what, mend)` for each rule inside the document that a single field cannot see."""
    yield from _duplicate_ids(workshop)
    yield from _requirement_states(workshop)
    yield from _answer_states(workshop)
    yield from _decision_history(workshop)
    yield from _task_cycles(workshop)


def _duplicate_ids(workshop: Workshop) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    seen: set[str] = set()
    for canvas, blocks in workshop.canvases.items():
        for block, notes in blocks.items():
            for index, note in enumerate(notes):
                if note.id in seen:
                    path = ("canvases", canvas, block, index, "id")
                    yield path, f"note id '{note.id}' is used twice", "Give this note an id of its own"
                seen.add(note.id)
    for field, key in (
        ("requirements", "id"),
        ("tasks", "id"),
        ("risks", "id"),
        ("answers", "id"),
        ("targets", "model"),
    ):
        known: set[str] = set()
        for index, item in enumerate(getattr(workshop, field)):
            id_ = getattr(item, key)
            if id_ in known:
                yield (field, index, key), f"'{id_}' is in {field} twice", "Keep one of the two entries"
            known.add(id_)


def _requirement_states(workshop: Workshop) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for index, item in enumerate(workshop.requirements):
        if (item.value is None) != (item.state == "open"):
            what = f"requirement '{item.id}' is {item.state} but has {'no' if item.value is None else 'a'} value"
            yield ("requirements", index), what, "Open ones have no value; assumed and decided ones have one"


def _answer_states(workshop: Workshop) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for index, item in enumerate(workshop.answers):
        if (item.value is None) == (item.state == "answered"):
            what = f"answer '{item.id}' is {item.state} but has {'no' if item.value is None else 'a'} value"
            yield ("answers", index), what, "Only an answered item has a value"
        if item.state == "not-applicable" and not item.reason:
            yield ("answers", index), f"answer '{item.id}' is not applicable without a reason", "Add 'reason:'"


def _decision_history(workshop: Workshop) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    in_force = Counter((d.slot, d.status) for d in workshop.decisions if d.status != "superseded")
    numbered = {d.number: d for d in workshop.decisions if d.number is not None}
    superseded_by = {d.supersedes for d in workshop.decisions if d.supersedes is not None and d.status != "draft"}
    numbers: set[int] = set()
    for index, item in enumerate(workshop.decisions):
        path = ("decisions", index)
        if (item.number is None) != (item.status == "draft"):
            has = "no number" if item.number is None else "a number"
            what = f"the decision on '{item.slot}' is {item.status} but has {has}"
            yield path, what, "Only recorded decisions have a number"
        if item.number is not None and item.number in numbers:
            yield path, f"decision number {item.number} is used twice", "Numbers are given once and never change"
        if item.number is not None:
            numbers.add(item.number)
        if item.status != "superseded" and in_force[(item.slot, item.status)] > 1:
            yield path, f"slot '{item.slot}' has two {item.status} decisions", "Mark the older one superseded"
        earlier = numbered.get(item.supersedes) if item.supersedes else None
        if item.supersedes and (earlier is None or earlier.slot != item.slot or earlier is item):
            yield (
                path,
                f"supersedes {item.supersedes}, no other decision on '{item.slot}'",
                "Name the number it replaces",
            )
        if item.status == "superseded" and item.number not in superseded_by:
            yield path, f"decision {item.number} is superseded by none", "Add 'supersedes' to its successor"


def _task_cycles(workshop: Workshop) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    sorter = TopologicalSorter({task.id: task.after for task in workshop.tasks})
    try:
        sorter.prepare()
    except CycleError as cycle:
        ring = cycle.args[1]
        index = next(i for i, task in enumerate(workshop.tasks) if task.id in ring)
        yield (
            ("tasks", index, "after"),
            f"tasks wait for each other: {' after '.join(ring)}",
            "Remove one of these links",
        )
