"""The shapes of maturity models: criteria, sections, columns, bands, symptoms and golden cases. No scoring here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from assessments.shapes.measures import ClusterDefinition
from assessments.shapes.practice import PRACTICE_VALUES, Step
from canvas.method.conditions import Plain, Reason
from canvas.method.credited import Credited
from canvas.reading.types import Id, Model, Number, PracticeValue, ShortText, Text

Method = Literal["min_of_sections", "staged_gate", "share", "banded_metric"]


class Weights(Model):
    """Points for the three answers of a practice. What is not done has none, and a better answer never gets less."""

    none: Annotated[float, Field(ge=0, le=0)]
    manual: Annotated[float, Field(ge=0)]
    automated: Annotated[float, Field(gt=0)]

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if self.manual > self.automated:
            raise ValueError("automated is worth at least as much as manual")
        return self


class ItemTest(Model):
    """One item of the answer sheet and at most one test of its value.

    `at_least` is an answer for a practice and a number for a fact or a measure. Packs of earlier versions call the two
    bounds of a number `minimum` and `maximum`.
    """

    item: Id
    at_least: Literal["manual", "automated"] | Number | None = None
    at_most: Number | None = None
    within: Annotated[tuple[Plain, ...], Field(min_length=1)] | None = Field(default=None, alias="in")

    @model_validator(mode="before")
    @classmethod
    def _earlier_words(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return {_EARLIER_WORDS.get(name, name): value for name, value in given.items()}

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        if len(self.tests) > 1:
            raise ValueError(f"only one of {', '.join(self.tests)} can be tested here; join two criteria with 'group'")
        return self

    @property
    def tests(self) -> tuple[str, ...]:
        """Return the names of the tests that are given, as the YAML spells them."""
        given = {"at_least": self.at_least, "in": self.within, "at_most": self.at_most}
        return tuple(name for name, value in given.items() if value is not None)

    @property
    def lowest(self) -> float | None:
        """The least number that passes, where it tests a number from below."""
        return None if isinstance(self.at_least, str) else self.at_least

    @property
    def bound(self) -> float | None:
        """The number it tests against, if it tests a number."""
        return self.at_most if self.lowest is None else self.lowest

    def passes(self, value: Plain) -> bool | None:
        """Return whether `value` passes, or None when the test cannot read a value of this kind."""
        if isinstance(self.at_least, str):
            ranks = {name: rank for rank, name in enumerate(PRACTICE_VALUES)}
            return ranks[value] >= ranks[self.at_least] if value in ranks else None
        if self.within is not None:
            return value in self.within
        if isinstance(value, bool | str):
            return None
        if self.at_least is not None:
            return value >= self.at_least
        return value <= self.at_most if self.at_most is not None else None


_EARLIER_WORDS = {"minimum": "at_least", "maximum": "at_most"}


class CriterionDefinition(ItemTest):
    """What a model asks of one item. Without a test of its own, the weights of the criterion or the model count.

    `group` joins criteria of one section into a statement that passes when all do, or one when `any` is set.
    `column` places it in a model that has columns.
    `effort` says what it takes to change a fact or a measure; practices bring their own.
    """

    id: Id
    title: ShortText | None = None
    section: Id
    column: Id | None = None
    weights: Weights | None = None
    effort: Step | None = None
    optional: bool = False
    group: Id | None = None
    any: bool = False


class SectionDefinition(Model):
    """A part of a model with a sum of its own. In a staged model the first section is level 1, the next level 2, ..."""

    id: Id
    title: ShortText


class ColumnDefinition(Model):
    """A part of a model across its sections, such as an asset or a role, shown beside the sections."""

    id: Id
    title: ShortText


class Band(Model):
    """What a value means: exactly `at` a number, or `above` one and `up_to` another, which is included.

    `no_aim` says when a team has nothing to gain from it; without targets of its own no roadmap then leads there.
    """

    at: float | None = None
    above: float | None = None
    up_to: float | None = None
    label: ShortText
    meaning: Text
    no_aim: Reason | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.at is None) == (self.above is None) or (self.at is not None and self.up_to is not None):
            raise ValueError("a band has either 'at', or 'above' with an optional 'up_to'")
        return self


class Symptom(Model):
    """A negative statement, shown when every test of `when` holds. It never costs points."""

    id: Id
    text: Text
    when: Annotated[tuple[ItemTest, ...], Field(min_length=1)]


class Expectation(Model):
    """What a golden case must score, to four decimals."""

    value: float | None
    band: ShortText | None
    upper: float | None = None
    sections: dict[Id, float] = Field(default_factory=dict)
    columns: dict[Id, ShortText] = Field(default_factory=dict)
    fits: dict[Id, tuple[ShortText, ...]] = Field(default_factory=dict)


class GoldenCase(Model):
    """Answers with a known result. `every` answers all practices of the model that `answers` leaves out.

    Answers are values, or `unanswered`, `unknown`, `not-applicable`.
    """

    name: ShortText
    every: PracticeValue | None = None
    answers: dict[Id, Plain] = Field(default_factory=dict)
    expect: Expectation


class ModelDefinition(Credited):
    """A maturity model. `official` means that its arithmetic is published; otherwise `rule` says that it is ours.

    `inversions` are practices that a lower level needs and a higher one asks for, each with the reason to keep it so.
    `omitted_by` names rules of omission by which all of it leaves, because its subject does, each with that reason.
    """

    id: Id
    title: ShortText
    edition: ShortText
    official: bool
    summary: Text
    rule: Text
    method: Method
    can_gate: bool
    weights: Weights | None = None
    sections: Annotated[tuple[SectionDefinition, ...], Field(min_length=1)]
    columns: tuple[ColumnDefinition, ...] = ()
    groups: dict[Id, ShortText] = Field(default_factory=dict)
    criteria: Annotated[tuple[CriterionDefinition, ...], Field(min_length=1)]
    bands: tuple[Band, ...] = ()
    clusters: tuple[ClusterDefinition, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    inversions: dict[Id, Text] = Field(default_factory=dict)
    omitted_by: dict[Id, Text] = Field(default_factory=dict)
    golden: Annotated[tuple[GoldenCase, ...], Field(min_length=1)]

    @property
    def ordered(self) -> bool:
        """True when it has one value that can be compared, and False when it only describes what was measured."""
        return self.method != "banded_metric"

    def asks(self, item: str) -> bool:
        """Return whether one of its criteria is about an item of the sheet."""
        return any(criterion.item == item for criterion in self.criteria)

    @property
    def origin(self) -> str:
        """Return title and address of its source in one line."""
        return f"{self.source.title}, {self.source.url}" if self.source.url else self.source.title

    @model_validator(mode="after")
    def _bands_or_clusters(self) -> Self:
        if self.ordered and (len(self.bands) < 2 or self.clusters):
            raise ValueError("a model with a value has at least two bands, and no clusters")
        if not self.ordered and (self.bands or self.can_gate or not self.clusters):
            raise ValueError("a model of measures has clusters, no bands, and cannot gate")
        return self
