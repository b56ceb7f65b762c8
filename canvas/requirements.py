"""The facts of phase zero as advice, assessment and outputs read them: with defaults, and each default named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from canvas.conditions import Facts
from canvas.content import Content
from canvas.definitions import RequirementDefinition
from canvas.workshop import OTHER, Requirement, RequirementValue, Workshop


@dataclass(frozen=True)
class Fact:
    """One requirement with the value in force. `assumed` is true when the team has not decided it."""

    definition: RequirementDefinition
    value: RequirementValue | None
    assumed: bool
    because: str | None

    @property
    def printed(self) -> str:
        """The value as a person reads it, with its unit; 'open' when there is none."""
        if self.value is None:
            return "open"
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        titles = {option.id: option.title for option in self.definition.options}
        text = titles.get(str(self.value), _number(self.value) if isinstance(self.value, int | float) else self.value)
        return f"{text} {self.definition.unit}" if self.definition.unit else text


def _number(value: float) -> str:
    whole = isinstance(value, int) or value.is_integer()
    return f"{int(value):,}" if whole else f"{value:g}"


def resolve(workshop: Workshop, content: Content) -> Mapping[str, Fact]:
    """Return every requirement of phase zero by id, in the order of the page."""
    given = {item.id: item for item in workshop.requirements}
    return dict(_facts(given, content))


def _facts(given: Mapping[str, Requirement], content: Content) -> Iterator[tuple[str, Fact]]:
    for definition in content.requirements.values():
        item = given.get(definition.id)
        if item is None or item.value is None:
            default = None if _default_is_void(definition, given, content) else definition.default
            because = definition.default_because if default is not None else None
            yield definition.id, Fact(definition, default, True, because)
        else:
            yield definition.id, Fact(definition, item.value, item.state == "assumed", item.source)


def _default_is_void(definition: RequirementDefinition, given: Mapping[str, Requirement], content: Content) -> bool:
    other = given.get(definition.default_with or "")
    return other is not None and other.value not in (None, content.requirements[other.id].default)


def facts_for_conditions(workshop: Workshop) -> Facts:
    """Return what the team itself has said, for conditions: no defaults, so that open stays open."""
    requirements = {r.id: r.value for r in workshop.requirements if r.value is not None}
    in_force = {d.slot: workshop.decision_for(d.slot) for d in workshop.decisions}
    choices = {slot: "other" if d.choice.startswith(OTHER) else d.choice for slot, d in in_force.items() if d}
    return Facts(requirements=requirements, choices=choices)
