"""The shapes of the content: canvases, requirements, slots and the tool catalog.

The YAML under `canvas/content/` holds the words; `canvas/method/content.py` reads it. Adding a canvas or a tool needs
no code.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from canvas.document.workshop import Day, Id, Model, NoteKind, RequirementValue, ShortText, Text
from canvas.method.conditions import Condition
from canvas.method.typed_values import TEXT_LIMITS as TEXT_LIMITS
from canvas.method.typed_values import ValueDefinition as ValueDefinition


class Origin(Model):
    """Where a piece of content comes from."""

    title: ShortText
    url: Annotated[str, Field(pattern=r"^https://")] | None = None
    retrieved: Day | None = None


class Credited(Model):
    """Base of every content file: reports print these three."""

    source: Origin
    license: ShortText
    attribution: ShortText


class Reason(Model):
    """A condition and, in one sentence for the team, what follows when it holds."""

    when: Condition
    because: Text


class Group(Model):
    """A family of blocks that share a hue and a label on one edge of the drawing."""

    id: Id
    title: ShortText
    hue: Literal["data", "model", "value", "meta"]
    edge: Literal["left", "right", "bottom"] | None = None


class Place(Model):
    """Where a block stands on the grid. Rows and columns count from 1; spans are at least 1."""

    column: Annotated[int, Field(ge=1)]
    columns: Annotated[int, Field(ge=1)] = 1
    row: Annotated[int, Field(ge=1)]
    rows: Annotated[int, Field(ge=1)] = 1


class Question(Model):
    """A guiding question, with a short hint on what a good answer names."""

    id: Id
    text: Text
    hint: Text | None = None


class ExampleNote(Model):
    """A note that shows what belongs into a block."""

    kind: NoteKind
    text: Text


class Gate(Model):
    """Whether a block is needed at all: the question, and when the answer is mandatory or recommended."""

    question: Text
    mandatory: tuple[Reason, ...] = ()
    recommended: tuple[Reason, ...] = ()
    otherwise: Text


class BlockDefinition(Credited):
    """One field of a canvas: what it is for, what to ask, and what a note in it looks like."""

    id: Id
    number: Annotated[int, Field(ge=0)]
    title: ShortText
    short: Annotated[str, Field(min_length=1, max_length=28)]
    group: Id
    phases: tuple[ShortText, ...] = ()
    purpose: Text
    opener: Text
    place: Place
    minutes: Annotated[int, Field(ge=1, le=60)]
    advanced: bool = False
    gate: Gate | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    examples: Annotated[tuple[ExampleNote, ...], Field(min_length=2)]
    outputs: tuple[ShortText, ...] = ()


class CanvasHead(Credited):
    """A canvas without its blocks, as `_canvas.yaml` holds it."""

    id: Id
    title: ShortText
    version: ShortText
    purpose: Text
    columns: Annotated[int, Field(ge=1, le=12)]
    rows: Annotated[int, Field(ge=1, le=60)]
    groups: tuple[Group, ...]


class CanvasDefinition(CanvasHead):
    """A canvas with its blocks in reading order."""

    blocks: tuple[BlockDefinition, ...]

    def block(self, block_id: str) -> BlockDefinition | None:
        return next((b for b in self.blocks if b.id == block_id), None)

    def group(self, group_id: str) -> Group:
        return next(g for g in self.groups if g.id == group_id)


class RequirementDefinition(ValueDefinition):
    """A typed fact that a step asks for. `default` is what outputs assume, and name as assumed, while it is open.

    `default_with` names a requirement whose own default this default belongs to: once the team has answered that one
    differently, nothing is assumed here. `scale_of` names a choice: the scale of the option chosen there bounds this.
    """

    question: Text
    purpose: Text
    default: RequirementValue | None = None
    default_because: Text | None = None
    default_with: Id | None = None
    scale_of: Id | None = None
    blocks: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        if self.scale_of is not None and (self.type != "number" or (self.minimum, self.maximum) != (None, None)):
            raise ValueError("scale_of is for a number, and stands instead of minimum and maximum")
        return self


class FactSection(Credited):
    """A handful of requirements that are asked together, on one card of a step.

    A requirement is defined in one section only; `also` shows requirements of other sections here, so that what was
    answered once is seen again instead of asked again. `order` sorts all sections of the product.
    """

    id: Id
    order: int
    title: ShortText
    purpose: Text
    minutes: Annotated[int, Field(ge=1, le=60)]
    also: tuple[Id, ...] = ()
    requirements: tuple[RequirementDefinition, ...]


class Slot(Model):
    """One choice an architecture needs. `default` is the embedded stand-in a plan uses while nobody has decided.

    `role` is the short noun that diagrams print; `stage` is the cluster it is drawn in.
    """

    id: Annotated[str, Field(pattern=r"^[a-z-]+\.[a-z-]+$")]
    title: ShortText
    question: Text
    role: ShortText
    stage: Literal["sources", "data", "training", "delivery", "serving", "monitoring", "metadata", "none"]
    default: Id
    default_because: Text
    none_yet_because: Text

    @property
    def block(self) -> str:
        return self.id.split(".")[0]


class AgendaEntry(Model):
    """One stretch of a workshop: what to do, where in the app, and how long it usually takes."""

    id: Id
    title: ShortText
    advice: Text
    minutes: Annotated[int, Field(ge=1, le=120)]
    step: Id
    blocks: tuple[Id, ...] = ()


class Agenda(Credited):
    """The course of a workshop, in order."""

    id: Id
    title: ShortText
    entries: Annotated[tuple[AgendaEntry, ...], Field(min_length=1)]

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)


class SlotList(Credited):
    """All slots, in the order in which they are decided."""

    slots: tuple[Slot, ...]


class Fit(Model):
    """A rule of thumb: when the condition holds, the option gains or loses `weight`, for the reason given."""

    when: Condition
    weight: Annotated[int, Field(ge=-5, le=5)]
    because: Text


class Needs(Model):
    """Something an option cannot do without (or cannot live with): the condition that must hold, and the mend."""

    must: Condition
    because: Text
    mend: Text


class Verified(Model):
    """That somebody ran it: the day, the versions, and what was seen."""

    on: Day
    versions: ShortText
    result: Text


class CatalogEntry(Credited):
    """A tool or a pattern that can fill slots. `tool_license` is None for patterns.

    maturity: `safe` is a safe default, `reasoned` fine with reasons, `niche` declining or special, `avoid` not for new
    projects (kept because teams have it).
    """

    id: Id
    title: ShortText
    kind: Literal["tool", "pattern"]
    slots: Annotated[tuple[Id, ...], Field(min_length=1)]
    summary: Text
    good: tuple[Text, ...] = ()
    watch: tuple[Text, ...] = ()
    hosting: tuple[Literal["embedded", "self-hosted", "managed"], ...] = ()
    maturity: Literal["safe", "reasoned", "niche", "avoid"]
    tool_license: ShortText | None = None
    homepage: Annotated[str, Field(pattern=r"^https://")] | None = None
    package: ShortText | None = None
    version: ShortText | None = None
    verified: Verified | None = None
    icon: ShortText | None = None
    fits: tuple[Fit, ...] = ()
    needs: tuple[Needs, ...] = ()
    grows_to: tuple[Id, ...] = ()
