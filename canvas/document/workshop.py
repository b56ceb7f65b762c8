"""The workshop document: what a team fills in and keeps in its repository.

Only shapes. What its parts must say about each other is in `rules.py`, what they say about content in
`links.py`. Never stored here: people's names, tokens, unrevealed notes or votes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from canvas.reading.types import (
    Amount,
    AnswerState,
    ChosenModels,
    Day,
    DecisionStatus,
    Editions,
    Id,
    Model,
    NoteKind,
    Number,
    PartialDay,
    Phase,
    PracticeValue,
    RequirementState,
    RequirementValue,
    Residual,
    Revision,
    ShortText,
    Slug,
    Spread,
    Text,
)


class Note(Model):
    """A sticky note. Its order in the block is its position in the list."""

    id: Id
    kind: NoteKind = "fact"
    text: Text
    source: ShortText | None = None
    votes: Annotated[int, Field(ge=0)] = 0


class Requirement(Model):
    """An answered question of phase zero. `assumed` and `decided` have a value; `open` has none.

    `not-applicable` has none either, and a `reason` instead.
    """

    id: Id
    value: RequirementValue | None = None
    unit: ShortText | None = None
    source: ShortText | None = None
    state: RequirementState
    reason: Text | None = None


class Row(Model):
    """What a team wrote into one row of a table: a value by column. A row of its own has a title as well."""

    id: Id
    title: ShortText | None = None
    cells: dict[Id, RequirementValue] = Field(default_factory=dict)


class Task(Model):
    """One task of the decomposed workflow, with the tasks whose output it needs.

    `prediction` says whether a prediction could take it over. `gain` is what that would bring in a year and `effort`
    what it would cost to get there, both in the team's currency.
    """

    id: Id
    title: ShortText
    after: tuple[Id, ...] = ()
    prediction: bool | None = None
    gain: Amount | None = None
    effort: Amount | None = None
    note: Text | None = None


class Risk(Model):
    """A risk of the ML system: what it endangers, in which phase and task, what is done about it, and what is left.

    `phase` is one of CRISP-ML(Q), `residual` what the team thinks of the risk once `mitigation` is in place.
    """

    id: Id
    text: Text
    block: Id | None = None
    phase: Phase | None = None
    requirement: ShortText | None = None
    task: ShortText | None = None
    mitigation: Text | None = None
    residual: Residual | None = None
    owner: ShortText | None = None
    source: ShortText | None = None


class Decision(Model):
    """A choice that fills one slot, or one beyond the slots, which has a `title` instead.

    Drafts have no number; a recorded decision keeps its number for ever. `choice` is a catalog id, `none-yet`,
    `not-applicable` or `other: <text>`, and beyond the slots it is words. `like` names the entry of the catalog that an
    `other:` resembles; `beside` are choices in use next to the main one, `options` the alternatives that were looked
    at, both in the same form. `drivers` are ids of requirements or notes that led to it. `advised` means that the
    choice was drafted from the advice together with others, and that nobody has chosen it by itself since. `status_on`
    and `status_because` say when and why a recorded one was accepted later, rejected or deprecated.
    """

    number: Annotated[int, Field(ge=1)] | None = None
    slot: Id | None = None
    title: ShortText | None = None
    status: DecisionStatus
    choice: ShortText
    like: Id | None = None
    beside: Annotated[tuple[ShortText, ...], Field(max_length=20)] = ()
    options: tuple[ShortText, ...] = ()
    because: Text | None = None
    drivers: tuple[Id, ...] = ()
    advised: bool = False
    decided_on: PartialDay | None = None
    status_on: PartialDay | None = None
    status_because: Text | None = None
    supersedes: Annotated[int, Field(ge=1)] | None = None

    @property
    def name(self) -> str:
        """What it decides: the id of its slot, or its title."""
        return self.slot or self.title or ""

    @property
    def in_force(self) -> bool:
        """Whether it counts: it is a draft, proposed or accepted."""
        return self.status in {"draft", "proposed", "accepted"}


class Evidence(Model):
    """What shows that an answer is true: a path, an address or a sentence, and the day it was seen.

    A `hint` is only where the answer was read off, such as a note: it explains the answer and proves nothing.
    """

    ref: ShortText
    seen_on: Day | None = None
    hint: bool = False


class Answer(Model):
    """The room's answer to one practice or measure. A missing answer is an unanswered one.

    `answered` has a value (`none`, `manual`, `automated`, or a number for a measure); `unknown` means "don't know";
    `not-applicable` needs a reason. `spread` counts what the assessors said before they agreed, `dissent` is what those
    say who still see it otherwise. `revision` is that of the practice when it was answered.
    """

    id: Id
    state: AnswerState = "answered"
    value: PracticeValue | Number | None = None
    reason: Text | None = None
    measured_on: Day | None = None
    revision: Revision = 1
    evidence: tuple[Evidence, ...] = ()
    spread: Spread = Field(default_factory=dict)
    dissent: Text | None = None


class Target(Model):
    """Where the team wants to be on one model, and by when."""

    model: Id
    value: Number
    by: Day | None = None


class Assignment(Model):
    """Who makes a change of the roadmap, and by when. `id` is the practice or measure that changes.

    The owner is a role or a name that the team writes itself; nobody is filled in.
    """

    id: Id
    owner: ShortText | None = None
    by: Day | None = None


T = TypeVar("T")
# More than any team writes; a list that is longer is a broken file, and checking it must not stall a server.
Few = Annotated[tuple[T, ...], Field(max_length=2000)]
Blocks = dict[Id, Few[Note]]


class Workshop(Model):
    """One team, one ML system, everything it worked out. The fold of a workshop's log, and the content of its file."""

    format: Literal[3] = 3
    # The version of this tool that the file needs, so that an older one can name it.
    needs: Literal["0.2"] = "0.2"
    title: ShortText
    team: ShortText | None = None
    date: Day | None = None
    slug: Slug | None = None
    requirements: Few[Requirement] = ()
    canvases: dict[Id, Blocks] = Field(default_factory=dict)
    tables: dict[Id, Few[Row]] = Field(default_factory=dict)
    tasks: Few[Task] = ()
    risks: Few[Risk] = ()
    decisions: Few[Decision] = ()
    answers: Few[Answer] = ()
    # Under which editions the answers were last judged; a model that is not named is judged by the present one.
    editions: Editions = Field(default_factory=dict)
    # The models that page, report and roadmap lead with, the first one first; without any, what leads is worked out.
    models: ChosenModels = ()
    targets: Few[Target] = ()
    assignments: Few[Assignment] = ()

    def notes(self, canvas: str) -> Iterator[tuple[str, Note]]:
        """Yield `(block, note)` of one canvas in board order."""
        for block, notes in self.canvases.get(canvas, {}).items():
            for note in notes:
                yield block, note

    def row(self, table: str, row: str) -> Row | None:
        """Return what the team wrote into a row, or None when it wrote nothing."""
        return next((found for found in self.tables.get(table, ()) if found.id == row), None)

    def decision_for(self, slot: str) -> Decision | None:
        """Return the decision in force for `slot`: the accepted one, else the latest proposed, the draft, or None."""
        by_status = {d.status: d for d in self.decisions if d.slot == slot}
        return by_status.get("accepted") or by_status.get("proposed") or by_status.get("draft")

    def draft_of(self, slot: str) -> Decision | None:
        """Return what is drafted for `slot`, recorded or not what is in force, or None."""
        return next((d for d in self.decisions if d.slot == slot and d.status == "draft"), None)

    @property
    def beyond(self) -> tuple[Decision, ...]:
        """The decisions that fill no slot."""
        return tuple(decision for decision in self.decisions if decision.slot is None)
