"""The shapes of what is asked and what is worked out from it: requirements, their sections, and quantities."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from canvas.method.credited import Credited
from canvas.method.tables import ColumnPath
from canvas.method.typed_values import ValueDefinition
from canvas.reading.types import Amount, Id, Model, RequirementValue, ShortText, Text


class Preset(Model):
    """A number that people often mean, in the words in which they say it."""

    value: Amount
    title: ShortText


class RequirementDefinition(ValueDefinition):
    """A typed fact that a step asks for. `default` is what outputs assume, and name as assumed, while it is open.

    `default_with` names a requirement whose own default this default belongs to: once the team has answered that one
    differently, or something else is assumed there, nothing is assumed here. `scale_of` names a choice: the scale of
    the option chosen there bounds this. `suits_of` names the choice that the options of this one suit, such as the task
    of a metric; where the default does not suit it, or misleads, the first option that does neither is assumed, for the
    reason `default_suited`. `absent_is` is the answer that "does not apply" amounts to, where there is one. `presets`
    are numbers that people often mean.
    """

    question: Text
    purpose: Text
    default: RequirementValue | None = None
    default_because: Text | None = None
    default_suited: Text | None = None
    default_with: Id | None = None
    absent_is: RequirementValue | None = None
    scale_of: Id | None = None
    suits_of: Id | None = None
    presets: tuple[Preset, ...] = ()
    blocks: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _absent_is_an_answer(self) -> Self:
        if self.absent_is is not None and (wrong := self.refusal(self.absent_is)):
            raise ValueError(f"absent_is: {wrong}")
        return self

    @model_validator(mode="after")
    def _presets_are_answers(self) -> Self:
        for preset in self.presets:
            if wrong := self.refusal(preset.value):
                raise ValueError(f"presets: {wrong}")
        return self

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        if self.scale_of is not None and (self.type != "number" or (self.minimum, self.maximum) != (None, None)):
            raise ValueError("scale_of is for a number, and stands instead of minimum and maximum")
        return self

    @model_validator(mode="after")
    def _suits_something(self) -> Self:
        if (self.suits_of is not None) != any(option.suits for option in self.options):
            raise ValueError("suits_of and options with 'suits' belong together")
        if (self.default_suited is not None) != (self.suits_of is not None and self.default is not None):
            raise ValueError("default_suited goes with suits_of and a default")
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
    """A number worked out from answers: the total of a column, a product, a quotient, or the first less all others.

    The members of `product`, `quotient` and `less` are numbers or ids of requirements and of quantities listed before
    this one. Without one of them there is no number. It is printed with at most so many `decimals`.
    """

    id: Id
    title: ShortText
    unit: ShortText | None = None
    meaning: Text
    total: ColumnPath | None = None
    product: Annotated[tuple[float | Id, ...], Field(min_length=2)] | None = None
    quotient: tuple[float | Id, float | Id] | None = None
    less: Annotated[tuple[float | Id, ...], Field(min_length=2)] | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] = 0

    @model_validator(mode="after")
    def _one_formula(self) -> Self:
        if sum(formula is not None for formula in (self.total, self.product, self.quotient, self.less)) != 1:
            raise ValueError("a quantity has exactly one of total, product, quotient, less")
        return self

    @property
    def members(self) -> tuple[float | str, ...]:
        """What it is worked out from, besides the column of a total."""
        return self.product or self.quotient or self.less or ()

    def number(self, value: float) -> str:
        """Return a value as a person reads it, without its unit and without zeros that say nothing."""
        written = f"{value:,.{self.decimals}f}"
        return written.rstrip("0").rstrip(".") if self.decimals else written

    def printed(self, value: float) -> str:
        """Return a value as a person reads it, with its unit."""
        return f"{self.number(value)} {self.unit}" if self.unit else self.number(value)


class QuantityList(Credited):
    """All quantities, each after those it is worked out from."""

    quantities: tuple[Quantity, ...]
