"""The kinds of item that a log knows: what properties each has, and what may become of it. One table for all rules.

Checking an op, folding, undo, bringing the past back and taking a document apart read it. No rule is followed here, and
nothing is asked of content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from canvas.document.workshop import Answer, Evidence
from canvas.reading.types import (
    Amount,
    ChosenModels,
    Day,
    Editions,
    Id,
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


class Position(BaseModel):
    """Where a note stands: canvas, block, and a number that orders it among its neighbours."""

    model_config = ConfigDict(extra="forbid")

    canvas: Id
    block: Id
    pos: Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)]


class Outcome(BaseModel):
    """What became of a recorded decision, when and why. An accepted proposal may name the decision it replaces."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["accepted", "rejected", "deprecated"]
    on: PartialDay | None = None
    because: Text | None = None
    supersedes: Annotated[int, Field(ge=1)] | None = None


@dataclass(frozen=True)
class ItemKind:
    """One kind of item.

    `properties` is the type of each, for those that are set one by one; a kind without any has ops of its own.
    `needed` are those that people give when they add an item of this kind; of one that nobody adds there are none.
    `never_empty` are those that stay filled once they are.
    `document_list` is the list of the document that holds it plainly, by id.
    `named_by_others` means that its id is one of a practice, measure or model, which this room does not know.
    `deleted` items of the kind are gone while others may be at them; all others are only emptied.
    `comes_back` means that bringing an earlier state back includes it.
    `taken_back` means that its events can be undone.
    `secret` is what one person said, and nobody else may know that they did.
    """

    properties: Mapping[str, Any] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    never_empty: tuple[str, ...] = ()
    document_list: str | None = None
    named_by_others: bool = False
    deleted: bool = False
    comes_back: bool = True
    taken_back: bool = True
    secret: bool = False

    @property
    def added(self) -> bool:
        """Whether people add items of it; the others are there as soon as one of their properties is set."""
        return bool(self.needed)


# In the order in which a document is taken apart.
KINDS: Mapping[str, ItemKind] = {
    "workshop": ItemKind(
        {
            "title": ShortText,
            "team": ShortText,
            "date": Day,
            "slug": Slug,
            "editions": Editions,
            "models": ChosenModels,
        },
        never_empty=("title",),
    ),
    "requirement": ItemKind(
        {
            "value": RequirementValue,
            "unit": ShortText,
            "source": ShortText,
            "state": RequirementState,
            "reason": Text,
            "deleted": bool,
        },
        document_list="requirements",
    ),
    "task": ItemKind(
        {
            "title": ShortText,
            "after": tuple[Id, ...],
            "prediction": bool,
            "gain": Amount,
            "effort": Amount,
            "note": Text,
            "deleted": bool,
        },
        needed=("title",),
        document_list="tasks",
        deleted=True,
    ),
    "risk": ItemKind(
        {
            "text": Text,
            "block": Id,
            "phase": Phase,
            "requirement": ShortText,
            "task": ShortText,
            "mitigation": Text,
            "residual": Residual,
            "owner": ShortText,
            "source": ShortText,
            "deleted": bool,
        },
        needed=("text",),
        document_list="risks",
        deleted=True,
    ),
    "answer": ItemKind(
        {
            "state": Answer.model_fields["state"].annotation,
            "value": PracticeValue | Number,
            "reason": Text,
            "measured_on": Day,
            "evidence": tuple[Evidence, ...],
            "revision": Revision,
            "spread": Spread,
            "dissent": Text,
            "deleted": bool,
        },
        never_empty=("state",),
        document_list="answers",
        named_by_others=True,
    ),
    "assignment": ItemKind(
        {"owner": ShortText, "by": Day, "deleted": bool}, document_list="assignments", named_by_others=True
    ),
    "note": ItemKind(
        {"text": Text, "kind": NoteKind, "source": ShortText, "place": Position, "deleted": bool},
        needed=("text", "kind", "place"),
        deleted=True,
    ),
    # A row has the columns of its table as properties as well.
    "row": ItemKind({"title": ShortText, "deleted": bool}, never_empty=("title",), deleted=True),
    # By its slot, or beyond the slots by an id of its own that begins with `BEYOND`; such a one has a title.
    "draft": ItemKind(
        {
            "title": ShortText,
            "choice": ShortText,
            "like": Id,
            "beside": tuple[ShortText, ...],
            "options": tuple[ShortText, ...],
            "because": Text,
            "drivers": tuple[Id, ...],
            "advised": bool,
            "deleted": bool,
        },
    ),
    # A recorded decision is for ever.
    "decision": ItemKind(comes_back=False, taken_back=False),
    # What became of a recorded decision, by its number.
    "outcome": ItemKind({"outcome": Outcome}, never_empty=("outcome",), comes_back=False, taken_back=False),
    "target": ItemKind({"value": Number, "by": Day, "deleted": bool}, named_by_others=True),
    "moment": ItemKind({"name": ShortText, "deleted": bool}, needed=("name",), deleted=True, comes_back=False),
    "room": ItemKind(comes_back=False, taken_back=False),
    "vote": ItemKind(comes_back=False, taken_back=False, secret=True),
    "judgement": ItemKind(comes_back=False, taken_back=False, secret=True),
}
# The lists of a document that hold items plainly, by the kind of item.
LISTS: Mapping[str, str] = {name: kind.document_list for name, kind in KINDS.items() if kind.document_list}
# How the id of a draft begins that is for no slot.
BEYOND = "own-"
NO_KIND = ItemKind(comes_back=False)


def kind_of(item: str) -> str:
    """Return the kind in `<kind>:<id>`; a text without a colon is a kind alone."""
    return item.split(":", 1)[0]


def rules_of(kind: str) -> ItemKind:
    """Return what holds for a kind; of an unknown one nothing can be set, added or brought back."""
    return KINDS.get(kind, NO_KIND)
