"""The shapes of the judging content: practices, and maturity models with their criteria, bands and golden cases.
Measured items and their clusters are in `measures.py`.

The YAML under `assessments/content/` holds the words and numbers; `assessments/library/load.py` reads it. No
scoring here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, model_validator

from assessments.errors import ModelNotFound
from assessments.shapes.measures import ClusterDefinition, MeasureDefinition
from canvas.method.conditions import Plain
from canvas.method.credited import Credited
from canvas.method.facts import RequirementDefinition
from canvas.reading.types import Id, Model, Number, Phase, PracticeValue, Revision, ShortText, Text

PRACTICE_VALUES: tuple[PracticeValue, ...] = get_args(PracticeValue)

Method = Literal["min_of_sections", "staged_gate", "share", "banded_metric"]
Step = Annotated[int, Field(ge=1, le=5)]


class EvidenceExamples(Model):
    """What would convince a reviewer, and what often gets shown but does not."""

    enough: Annotated[tuple[Text, ...], Field(min_length=1)]
    not_enough: Annotated[tuple[Text, ...], Field(min_length=1)]


class Effort(Model):
    """What it takes a team to automate a practice, each from 1 (an afternoon) to 5 (a quarter)."""

    knowledge: Step
    time: Step
    resources: Step

    @property
    def most(self) -> int:
        """Return the largest of the three: the one that decides how hard it is."""
        return max(self.knowledge, self.time, self.resources)


class PracticeDefinition(Credited):
    """One checkable statement that a team answers once with none, manual or automated.

    `manual` and `automated` say what these two answers mean for this practice. `impact` is 1 (slight) to 5 (decisive).
    `revision` rises when its meaning changes, and `changed` says what did. `replaces` names the practices it stands for
    since its last revision: their answers are carried over.
    """

    id: Annotated[str, Field(pattern=r"^[a-z-]+\.[a-z-]+$", max_length=64)]
    title: ShortText
    question: Text
    why: Text
    verify: Text
    evidence: EvidenceExamples
    effort: Effort
    impact: Step
    prerequisites: tuple[Id, ...] = ()
    blocks: Annotated[tuple[Id, ...], Field(min_length=1)]
    phase: Phase
    manual: Text
    automated: Text
    revision: Revision = 1
    changed: Text | None = None
    replaces: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _told(self) -> Self:
        if (self.revision > 1) != (self.changed is not None):
            raise ValueError("a revision above 1 says in 'changed' what changed, and the first one has nothing to say")
        # An answer that is carried over has the first revision, so it shows as one to check again.
        if self.replaces and self.revision == 1:
            raise ValueError("a practice that 'replaces' others has a revision above 1")
        return self


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
    """What a value means: exactly `at` a number, or `above` one and `up_to` another, which is included."""

    at: float | None = None
    above: float | None = None
    up_to: float | None = None
    label: ShortText
    meaning: Text

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


@dataclass(frozen=True)
class Library:
    """Everything the answers are judged by, to be looked up by id. Practices come in the order of the life cycle.

    `earlier` are the editions of a model before the present one, as far as they are kept.
    """

    practices: Mapping[str, PracticeDefinition]
    models: Mapping[str, ModelDefinition]
    requirements: Mapping[str, RequirementDefinition]
    measures: Mapping[str, MeasureDefinition] = field(default_factory=dict)
    earlier: Mapping[str, tuple[ModelDefinition, ...]] = field(default_factory=dict)

    @cached_property
    def successors(self) -> Mapping[str, tuple[str, ...]]:
        """The practices that stand for one that is gone, by the id of that one."""
        found: dict[str, tuple[str, ...]] = {}
        for practice in self.practices.values():
            for gone in practice.replaces:
                # A later pack may bring an id back that an earlier one has replaced; then it is answered by itself.
                if gone in self.practices:
                    continue
                found[gone] = (*found.get(gone, ()), practice.id)
        return found

    def edition(self, model_id: str, edition: str | None) -> ModelDefinition:
        """Return a model in one edition; the present one when none is named or it is not kept any more."""
        kept = (model for model in self.earlier.get(model_id, ()) if model.edition == edition)
        return next(kept, self.model(model_id))

    def judging(self, editions: Mapping[str, str]) -> Library:
        """Return the library with the editions that a workshop was judged under in the place of the present ones."""
        earlier = {id_: self.edition(id_, editions[id_]) for id_ in self.earlier if id_ in editions}
        return replace(self, models={**self.models, **earlier}) if earlier else self

    def model(self, model_id: str) -> ModelDefinition:
        """Return one model. Raises `ModelNotFound` with the ids that exist."""
        if model_id not in self.models:
            raise ModelNotFound(model_id, tuple(self.models))
        return self.models[model_id]

    def title(self, item: str) -> str:
        """Return how an item of the sheet reads: the title of its practice, measure or requirement."""
        known = self.practices.get(item) or self.measures.get(item) or self.requirements.get(item)
        return known.title if known else item

    def models_using(self, item: str) -> tuple[ModelDefinition, ...]:
        """Return the models that ask for an item."""
        return tuple(model for model in self.models.values() if model.asks(item))
