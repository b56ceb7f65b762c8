"""What a rule such as "no model of our own is trained" takes out of practices and models, and what is left of a model.

Pure. Which rules hold is decided in `canvas/advice/excluded.py`; practices and models say by which they leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.shapes.model import CriterionDefinition, ModelDefinition
from assessments.shapes.practice import PracticeDefinition
from assessments.shapes.result import OmittedCriteria
from canvas.method.omissions import OmissionRule

Leaving = Mapping[str, OmissionRule]


@dataclass(frozen=True)
class LeftOut:
    """What rules take out of one model. `definition` is the model before; `reason` is why all of it leaves, if it does.

    Each criterion is told by the first rule that takes it out.
    """

    definition: ModelDefinition
    omitted: tuple[OmittedCriteria, ...]
    reason: str | None = None


def leaving_items(rules: Sequence[OmissionRule], practices: Iterable[PracticeDefinition]) -> Leaving:
    """Return the practices and facts that leave, each with the first rule that takes it out."""
    found: dict[str, OmissionRule] = {}
    asked = tuple(practices)
    for rule in rules:
        own = (practice.id for practice in asked if rule.id in practice.omitted_by)
        for item in (*own, *rule.requirements):
            found.setdefault(item, rule)
    return found


def staying_practices(practices: Mapping[str, PracticeDefinition], leaving: Leaving) -> dict[str, PracticeDefinition]:
    """Return the practices that stay, none of which waits for one that leaves."""
    return {id_: _without_waiting(practice, leaving) for id_, practice in practices.items() if id_ not in leaving}


def left_of(
    model: ModelDefinition, rules: Sequence[OmissionRule], leaving: Leaving
) -> tuple[ModelDefinition, LeftOut | None]:
    """Return what is left of a model, and what left it; the same model and None when nothing does.

    A section, or a column, without anything that is demanded leaves with the rest of it, and so does a symptom that
    rests on what left. A staged model leaves as a whole rather than lose a level, for each level above would mean
    something else. Of a model that leaves as a whole no section is left, so that it cannot be assessed.
    """
    about = next((rule for rule in rules if rule.id in model.omitted_by), None)
    if about is not None:
        return _all_of(model, about, model.omitted_by[about.id])
    if not any(criterion.item in leaving for criterion in model.criteria):
        return model, None
    kept = _staying_criteria(model, leaving)
    told = tuple(one for one in (_told(rule, model, kept, leaving) for rule in rules) if one.criteria)
    emptying = next((one for one in told if one.sections), None)
    if emptying is not None and (not kept or model.method == "staged_gate"):
        rule = next(rule for rule in rules if rule.id == emptying.rule)
        level = f" Nothing is left of {', '.join(emptying.sections)}, on which the levels above rest."
        return _all_of(model, rule, rule.because + (level if kept else ""))
    return _kept(model, kept, leaving), LeftOut(model, told)


def _all_of(model: ModelDefinition, rule: OmissionRule, reason: str) -> tuple[ModelDefinition, LeftOut]:
    omitted = OmittedCriteria(rule.id, rule.because, len(model.criteria), tuple(s.title for s in model.sections))
    return _kept(model, ()), LeftOut(model, (omitted,), reason)


def _without_waiting(practice: PracticeDefinition, leaving: Leaving) -> PracticeDefinition:
    if not any(earlier in leaving for earlier in practice.prerequisites):
        return practice
    kept = tuple(earlier for earlier in practice.prerequisites if earlier not in leaving)
    return practice.model_copy(update={"prerequisites": kept})


def _staying_criteria(model: ModelDefinition, leaving: Leaving) -> tuple[CriterionDefinition, ...]:
    staying = [criterion for criterion in model.criteria if criterion.item not in leaving]
    demanding = {criterion.section for criterion in staying if not criterion.optional}
    return tuple(criterion for criterion in staying if criterion.section in demanding)


def _told(
    rule: OmissionRule, model: ModelDefinition, kept: Sequence[CriterionDefinition], leaving: Leaving
) -> OmittedCriteria:
    """Return how many criteria one rule takes out, and the sections that it was the first to empty."""
    here = {criterion.section for criterion in kept}
    first = {c.section: leaving[c.item] for c in reversed(model.criteria) if c.item in leaving}
    emptied = {s.id: s.title for s in model.sections if s.id not in here and first.get(s.id) is rule}
    # What is optional leaves with the section it stands in.
    gone = [
        c for c in model.criteria if leaving.get(c.item) is rule or (c.item not in leaving and c.section in emptied)
    ]
    return OmittedCriteria(rule.id, rule.because, len(gone), tuple(emptied.values()))


def _kept(
    model: ModelDefinition, kept: Sequence[CriterionDefinition], leaving: Leaving | None = None
) -> ModelDefinition:
    sections, columns = {criterion.section for criterion in kept}, {criterion.column for criterion in kept}
    gone = leaving or {}
    update: dict[str, Any] = {
        "criteria": tuple(kept),
        "sections": tuple(section for section in model.sections if section.id in sections),
        "columns": tuple(column for column in model.columns if column.id in columns),
        "symptoms": tuple(s for s in model.symptoms if kept and not any(test.item in gone for test in s.when)),
    }
    return model.model_copy(update=update)
