"""Which options of a choice suit what was answered elsewhere, such as the metrics of a task, and which mislead there.

Only what content says about its options is read here; findings and inputs say it to people.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from canvas.method.conditions import Facts
from canvas.method.facts import RequirementDefinition
from canvas.method.typed_values import Caution, Option


def suited(definition: RequirementDefinition, facts: Facts) -> tuple[Option, ...]:
    """Return the options that suit what was answered and do not mislead there, in the order of the content.

    While that is open, they are those which suit the same as the chosen one. An option that suits nothing by name is
    never among them: nobody knows what it goes with.
    """
    return tuple(option for option in _related(definition, facts) if not cautions(option, facts))


def suited_by_name(definition: RequirementDefinition, facts: Facts) -> tuple[Option, ...]:
    """Return the options that suit by name what was answered and do not mislead there; none where none is named."""
    wanted = _asked(definition, facts)
    suiting = (option for option in definition.options if not wanted.isdisjoint(option.suits))
    return tuple(option for option in suiting if not cautions(option, facts))


def misleading(definition: RequirementDefinition, facts: Facts) -> tuple[Option, ...]:
    """Return the options that suit what was answered, as for `suited`, and mislead there."""
    return tuple(option for option in _related(definition, facts) if cautions(option, facts))


def cautions(option: Option, facts: Facts) -> tuple[Caution, ...]:
    """Return why an option misleads, as far as answers show it."""
    return tuple(caution for caution in option.misleads if caution.when.holds(facts))


def unsuited(definition: RequirementDefinition, facts: Facts) -> bool:
    """Return whether the chosen option is known not to suit what was answered."""
    chosen, wanted = _chosen(definition, facts), _asked(definition, facts)
    return bool(chosen and chosen.suits and wanted and wanted.isdisjoint(chosen.suits))


def best_first(definition: RequirementDefinition, facts: Facts) -> tuple[Option, ...]:
    """Return all options for a list to pick from: those that suit, those that suit and mislead, then all others."""
    wanted = _asked(definition, facts) or _named(definition.options)

    def place(option: Option) -> tuple[bool, bool]:
        return wanted.isdisjoint(option.suits), bool(cautions(option, facts))

    return tuple(sorted(definition.options, key=place)) if definition.suits_of else definition.options


def _related(definition: RequirementDefinition, facts: Facts) -> Iterable[Option]:
    chosen = _chosen(definition, facts)
    wanted = _asked(definition, facts) or (set(chosen.suits) if chosen else set()) or _named(definition.options)
    return (option for option in definition.options if not wanted.isdisjoint(option.suits))


def _asked(definition: RequirementDefinition, facts: Facts) -> set[str]:
    """Return what the options should suit; nothing while it is open, or something that no option names."""
    answer = facts.requirements.get(definition.suits_of or "")
    return {str(answer)} & _named(definition.options)


def _named(options: Iterable[Option]) -> set[str]:
    return set(chain.from_iterable(option.suits for option in options))


def _chosen(definition: RequirementDefinition, facts: Facts) -> Option | None:
    answer = facts.requirements.get(definition.id)
    return next((option for option in definition.options if option.id == answer), None)
