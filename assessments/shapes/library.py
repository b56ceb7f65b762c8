"""Everything the answers are judged by, to be looked up by id: practices, measures, models and their editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from assessments.errors import ModelNotFound
from assessments.shapes.left_out import LeftOut, leaving_items, left_of, staying_practices
from assessments.shapes.measures import MeasureDefinition
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PracticeDefinition
from canvas.advice.excluded import omissions_in_force
from canvas.document.workshop import Workshop
from canvas.method.facts import RequirementDefinition
from canvas.method.omissions import OmissionRule


@dataclass(frozen=True)
class Library:
    """Everything the answers are judged by, to be looked up by id. Practices come in the order of the life cycle.

    `earlier` are the editions of a model before the present one, as far as they are kept. `omissions` are the rules
    that a workshop may switch on. A library that judges a workshop (see `judging`) has what applies to it: `origin` is
    the one it was made from, `gone` the practices and facts that rules took out, `left` the same by model.
    """

    practices: Mapping[str, PracticeDefinition]
    models: Mapping[str, ModelDefinition]
    requirements: Mapping[str, RequirementDefinition]
    measures: Mapping[str, MeasureDefinition] = field(default_factory=dict)
    earlier: Mapping[str, tuple[ModelDefinition, ...]] = field(default_factory=dict)
    omissions: Mapping[str, OmissionRule] = field(default_factory=dict)
    origin: Library | None = None
    gone: Mapping[str, OmissionRule] = field(default_factory=dict)
    left: Mapping[str, LeftOut] = field(default_factory=dict)

    @property
    def whole(self) -> Library:
        """The library without a workshop: everything that can be answered, in the present editions."""
        return self.origin or self

    @cached_property
    def successors(self) -> Mapping[str, tuple[str, ...]]:
        """The practices that stand for one that is gone, by the id of that one."""
        found: dict[str, tuple[str, ...]] = {}
        # Answers are carried over also while a rule takes their practice out: they may count again.
        practices = self.whole.practices
        for practice in practices.values():
            for gone in practice.replaces:
                # A later pack may bring an id back that an earlier one has replaced; then it is answered by itself.
                if gone in practices:
                    continue
                found[gone] = (*found.get(gone, ()), practice.id)
        return found

    def edition(self, model_id: str, edition: str | None) -> ModelDefinition:
        """Return a model in one edition; the present one when none is named or it is not kept any more."""
        kept = (model for model in self.earlier.get(model_id, ()) if model.edition == edition)
        return next(kept, self.model(model_id))

    def judging(self, workshop: Workshop, omitting: Workshop | None = None) -> Library:
        """Return the library that judges a workshop: each model in its edition, without what the rules take out.

        The one home of both. It makes no difference whether this one judges a workshop already. With `omitting` the
        rules are those that hold for another workshop.
        """
        whole = self.whole
        editions = {
            id_: whole.edition(id_, workshop.editions[id_]) for id_ in whole.earlier if id_ in workshop.editions
        }
        models = {**whole.models, **editions}
        rules = omissions_in_force(omitting or workshop, whole.omissions.values())
        if not editions and not rules:
            return whole
        leaving = leaving_items(rules, whole.practices.values())
        found = {id_: left_of(model, rules, leaving) for id_, model in models.items()}
        return replace(
            whole,
            practices=staying_practices(whole.practices, leaving),
            models={id_: model for id_, (model, _) in found.items()},
            left={id_: left for id_, (_, left) in found.items() if left is not None},
            origin=whole,
            gone=leaving,
        )

    def model(self, model_id: str) -> ModelDefinition:
        """Return one model. Raises `ModelNotFound` with the ids that exist."""
        if model_id not in self.models:
            raise ModelNotFound(model_id, tuple(self.models))
        return self.models[model_id]

    def title(self, item: str) -> str:
        """Return how an item of the sheet reads: the title of its practice, measure or requirement."""
        known = self.whole.practices.get(item) or self.measures.get(item) or self.requirements.get(item)
        return known.title if known else item

    def models_using(self, item: str) -> tuple[ModelDefinition, ...]:
        """Return the models that ask for an item."""
        return tuple(model for model in self.models.values() if model.asks(item))
