"""Everything the answers are judged by, to be looked up by id: practices, measures, models and their editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from assessments.errors import ModelNotFound
from assessments.shapes.measures import MeasureDefinition
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PracticeDefinition
from canvas.method.facts import RequirementDefinition


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
