"""The facts of phase zero as advice, assessment and outputs read them: with defaults, and each default named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from canvas.advice.excluded import Omitted, applying, omitted, worded
from canvas.advice.quantities import work_out
from canvas.document.unfit import Given, chosen_scale, given_values, refusal_of, unfit_values
from canvas.document.workshop import Decision, Requirement, Workshop
from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.method.facts import RequirementDefinition
from canvas.method.suited import suited_by_name
from canvas.reading.types import NOT_APPLICABLE, OTHER, RequirementValue


@dataclass(frozen=True)
class Fact:
    """One requirement with the value in force. `assumed` is true when the team has not decided it.

    `unfit` says why the value cannot be true, as sentences; None when it can. `absent` says why the question has no
    answer in this system, by the team or by a rule, and is None where it has one; then there is no value, whatever the
    document holds.
    """

    definition: RequirementDefinition
    value: RequirementValue | None
    assumed: bool
    because: str | None
    unfit: str | None = None
    absent: str | None = None

    @property
    def printed(self) -> str:
        """The value as a person reads it, with its unit and with what is wrong with it; 'open' when there is none."""
        if self.absent is not None:
            return "does not apply"
        if self.value is None:
            return "open"
        printed = self.definition.printed(self.value)
        return f"{printed} ({self.unfit.removesuffix('.')})" if self.unfit else printed


def resolve(workshop: Workshop, content: Content) -> Mapping[str, Fact]:
    """Return every requirement of phase zero by id, in the order of the page."""
    content, left = worded(workshop, content), omitted(workshop, content)
    given = {item.id: item for item in applying(workshop, left).requirements}
    facts = dict(_facts(given, content, left))
    # Placeholders count here too: a bound that does not fit the metric in force must not go on into a project.
    in_force = {id_: fact.value for id_, fact in facts.items() if fact.value is not None}
    return {id_: replace(fact, unfit=_unfit(fact, in_force, content, given)) for id_, fact in facts.items()}


def _unfit(fact: Fact, in_force: Given, content: Content, given: Mapping[str, Requirement]) -> str | None:
    wrong = None if fact.value is None else refusal_of(fact.definition, fact.value, in_force, content)
    other = given.get(fact.definition.scale_of or "")
    found = chosen_scale(fact.definition, in_force, content)
    if not wrong or found is None or (other is not None and other.value is not None):
        return wrong
    title = content.requirements[fact.definition.scale_of or ""].title
    return f"{wrong} {found[0].title} is our placeholder while '{title}' is open: answer that first."


def _facts(
    given: Mapping[str, Requirement], content: Content, left: Mapping[str, Omitted]
) -> Iterator[tuple[str, Fact]]:
    """Yield each requirement, in the order of the content: a default may rest on what is in force before it."""
    in_force: dict[str, RequirementValue] = {}
    for definition in content.requirements.values():
        fact = _fact(definition, given.get(definition.id), left.get(definition.id), in_force, content)
        if fact.value is not None:
            in_force[definition.id] = fact.value
        yield definition.id, fact


def _fact(
    definition: RequirementDefinition, item: Requirement | None, gone: Omitted | None, in_force: Given, content: Content
) -> Fact:
    if gone is not None:
        return Fact(definition, None, False, gone.because, absent=gone.because)
    if item is not None and item.state == NOT_APPLICABLE:
        return Fact(definition, None, False, item.reason, absent=item.reason)
    if item is None or item.value is None:
        return Fact(definition, *_assumed(definition, in_force, content))
    return Fact(definition, item.value, item.state == "assumed", item.source)


def _assumed(
    definition: RequirementDefinition, in_force: Given, content: Content
) -> tuple[RequirementValue | None, bool, str | None]:
    """Return what is assumed of an open question, that it is, and why; nothing where no default has a true reason."""
    nothing = (None, True, None)
    default, because = definition.default, definition.default_because
    other = definition.default_with
    if default is None or (other is not None and in_force.get(other) != content.requirements[other].default):
        return nothing
    if definition.suits_of is None:
        return default, True, because
    if definition.suits_of not in in_force:
        return nothing
    fitting = [option.id for option in suited_by_name(definition, Facts(requirements=in_force, choices={}))]
    if default in fitting:
        return default, True, because
    return (fitting[0], True, definition.default_suited) if fitting else nothing


def unfit_answers(workshop: Workshop, content: Content) -> Mapping[str, str]:
    """Return why a number that the team entered cannot be true, in sentences, by requirement, cell or task."""
    workshop = applying(workshop, omitted(workshop, content))
    given = given_values(workshop)
    facts = {id_: fact.unfit for id_, fact in resolve(workshop, content).items() if fact.unfit and id_ in given}
    cells = {found.subject: found.sentence for found in unfit_values(workshop, content) if found.subject not in given}
    return {**facts, **cells}


def facts_for_conditions(workshop: Workshop, content: Content) -> Facts:
    """Return what the team itself has said, for conditions: no defaults, so that open stays open.

    What a rule takes out is not among it, even where the document holds an answer, nor what does not apply by the team;
    but where that amounts to an answer, as with retraining, it counts as this.
    """
    said, left, excluded = workshop.requirements, omitted(workshop, content), _excluded(workshop, content)
    workshop = applying(workshop, excluded)
    requirements = {
        item.id: value for item in said if (value := _value_of(item, content)) is not None and item.id not in left
    }
    in_force = {slot: workshop.decision_for(slot) for slot in {d.slot: None for d in workshop.decisions if d.slot}}
    choices = {slot: _known_choice(d) for slot, d in in_force.items() if d}
    worked = {id_: found.value for id_, found in work_out(workshop, content).items() if found.value is not None}
    cells = {
        f"{table}.{row.id}.{column}": value
        for table, rows in workshop.tables.items()
        for row in rows
        for column, value in row.cells.items()
    }
    return Facts(requirements=requirements, choices=choices, quantities=worked, cells=cells, excluded=excluded)


def _value_of(item: Requirement, content: Content) -> RequirementValue | None:
    definition = content.requirements.get(item.id)
    return definition.absent_is if item.state == NOT_APPLICABLE and definition else item.value


def _known_choice(decision: Decision) -> str:
    if decision.choice.startswith(OTHER):
        return decision.like or "other"
    return decision.choice


def _excluded(workshop: Workshop, content: Content) -> Mapping[str, str]:
    """Return what does not apply, each with why: by what the team said of it, and by rules."""
    said = {item.id: item.reason or "" for item in workshop.requirements if item.state == NOT_APPLICABLE}
    in_force = (workshop.decision_for(slot) for slot in content.slots)
    absent = {d.name: d.because or "" for d in in_force if d and d.choice == NOT_APPLICABLE}
    return {**said, **absent, **{subject: gone.because for subject, gone in omitted(workshop, content).items()}}


def known_facts(workshop: Workshop, content: Content) -> Facts:
    """Return what advice may rest on. Worked out once, and handed to everything that advises.

    A choice in words of the team's own counts as what it is like; without that nobody knows what it can do.
    """
    facts = facts_for_conditions(workshop, content)
    choices = {slot: choice for slot, choice in facts.choices.items() if choice != "other"}
    return facts.model_copy(update={"choices": choices})
