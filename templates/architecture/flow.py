"""Read `flow.yaml`: the stages of the picture and the arrows between slots. Words and places only; nothing is drawn."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from canvas.method.conditions import Condition
from canvas.method.credited import Credited
from canvas.reading.read import read_model
from canvas.reading.types import Id, Model, ShortText, Text
from templates.drawing.palette import PALETTE, EdgeKind

FLOW = Path(__file__).parent / "flow.yaml"


def _hue(name: str) -> str:
    if name not in PALETTE:
        raise ValueError(f"'{name}' is no hue: there are {', '.join(PALETTE)}")
    return name


class Stage(Model):
    """A cluster of the picture: its column from the left, and the order of its slots from the top.

    `detail` names a slot that is not drawn itself; its choice, if it is short, is added to the title.
    """

    id: Id
    title: ShortText
    hue: Annotated[str, AfterValidator(_hue)]
    column: Annotated[int, Field(ge=1, le=8)]
    slots: tuple[Id, ...]
    detail: Id | None = None


class Arrow(Model):
    """What flows from one slot to another, always, only `when` a condition holds, or `unless` one does.

    `detail` names a slot that is not drawn itself; its choice, if it is short, is the label.
    """

    source: Id = Field(alias="from")
    target: Id = Field(alias="to")
    kind: EdgeKind
    label: ShortText | None = None
    detail: Id | None = None
    when: Condition | None = None
    unless: Condition | None = None


class BoxBeside(Model):
    """A box for what no slot holds, such as a model that somebody else runs; drawn only `when` its condition holds.

    `mark` says what is not known of it, for nobody decides it in a slot; it is drawn as assumed.
    """

    id: Id
    title: ShortText
    role: ShortText
    mark: ShortText
    stage: Id
    when: Condition
    because: Text


class Marks(Model):
    """The words printed beside the role of a box: that it is no accepted decision, and what own words are like."""

    draft: ShortText
    proposed: ShortText
    like: ShortText
    default: ShortText
    none_yet: ShortText = Field(alias="none-yet")


class Legend(Model):
    """What each kind of box and arrow means, in a word or two."""

    decided: ShortText
    draft: ShortText
    default: ShortText
    none_yet: ShortText = Field(alias="none-yet")
    data: ShortText
    control: ShortText
    feedback: ShortText


class Flow(Credited):
    """All that the picture knows beyond the plan."""

    marks: Marks
    legend: Legend
    notice: ShortText
    stages: tuple[Stage, ...]
    beside: tuple[BoxBeside, ...] = ()
    level: tuple[tuple[Id, Id], ...]
    edges: tuple[Arrow, ...]


@cache
def flow() -> Flow:
    """Return the shipped flow. Raises `FileProblems` when the file breaks its contract."""
    return read_model(FLOW, Flow)[1]
