"""The shapes of what is asked and what is worked out from it: requirements, their sections, and quantities."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from canvas.method.credited import Credited
from canvas.method.tables import ColumnPath
from canvas.method.typed_values import ValueDefinition
from canvas.reading.types import Id, Model, RequirementValue, ShortText, Text


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


class Quantity(Model):
    """A number worked out from answers: the total of a column, a product, or the first less all others.

    The members of `product` and `less` are numbers or ids of requirements and of quantities listed before this one.
    Without one of them there is no number.
    """

    id: Id
    title: ShortText
    unit: ShortText | None = None
    meaning: Text
    total: ColumnPath | None = None
    product: Annotated[tuple[float | Id, ...], Field(min_length=2)] | None = None
    less: Annotated[tuple[float | Id, ...], Field(min_length=2)] | None = None

    @model_validator(mode="after")
    def _one_formula(self) -> Self:
        if sum(formula is not None for formula in (self.total, self.product, self.less)) != 1:
            raise ValueError("a quantity has exactly one of total, product, less")
        return self


class QuantityList(Credited):
    """All quantities, each after those it is worked out from."""

    quantities: tuple[Quantity, ...]
