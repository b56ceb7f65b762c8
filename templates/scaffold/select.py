"""Choose the parts of a project from the plan, and name what people have to do themselves. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from canvas.method.conditions import Condition, Facts
from canvas.reading.types import OTHER
from templates.errors import ScaffoldError
from templates.plan import Choice, Plan
from templates.scaffold.definitions import Dependency, Part, release
from templates.scaffold.parts import LoadedPart, Parts

Coverage = Literal["served", "stand-in", "left-out"]
StepKind = Literal["no-part", "none-yet", "left-out", "to-do"]


@dataclass(frozen=True)
class SlotStep:
    """Something to do by hand. `no-part`, `none-yet` and `left-out` follow from the choice; `to-do` is a part's own."""

    slot: str
    kind: StepKind
    title: str
    text: str
    stand_in: str | None = None


@dataclass(frozen=True)
class ClaimedPractice:
    """A practice that the project fulfils once it is adopted, with the file that shows it."""

    id: str
    value: Literal["manual", "automated"]
    evidence: str
    part: str


@dataclass(frozen=True)
class Selection:
    """The parts of one project in a stable order, and how far each slot is covered."""

    parts: tuple[LoadedPart, ...]
    coverage: Mapping[str, Coverage]
    steps: tuple[SlotStep, ...]
    practices: tuple[ClaimedPractice, ...]
    dependencies: tuple[Dependency, ...]
    development: tuple[Dependency, ...]


def select(plan: Plan, parts: Parts) -> Selection:
    """Choose the parts for a plan. Raises `ScaffoldError` when two chosen parts cannot live in one project."""
    facts = facts_with_defaults(plan)
    fitting = [loaded for loaded in parts.values() if holds(loaded.part.when, facts)]
    chosen = {loaded.part.id for loaded in fitting if loaded.part.foundation}
    coverage: dict[str, Coverage] = {}
    steps: list[SlotStep] = []
    for slot, choice in plan.choices.items():
        served = [loaded.part.id for loaded in fitting if loaded.part.serves_choice(slot, choice.choice)]
        if served:
            coverage[slot] = "served"
            chosen.update(served)
        else:
            stand_ins = [p.part for p in fitting if p.part.serves_choice(slot, choice.slot.default)]
            coverage[slot], step = _without_part(choice, stand_ins, plan)
            steps.append(step)
            chosen.update(part.id for part in stand_ins if coverage[slot] == "stand-in")
    selected = tuple(parts[name] for name in sorted(_with_included(chosen, parts)))
    _refuse_collisions(selected)
    steps += [step for loaded in selected for step in _own_steps(loaded.part, facts)]
    return Selection(
        selected,
        coverage,
        tuple(steps),
        tuple(_practices(selected, coverage, facts)),
        merged(item for loaded in selected for item in loaded.part.dependencies),
        merged(item for loaded in selected for item in loaded.part.development),
    )


def facts_with_defaults(plan: Plan) -> Facts:
    """Return the plan's facts for conditions. Unlike advice, a project has to be built even where facts are assumed."""
    values = {id_: fact.value for id_, fact in plan.facts.items() if fact.value is not None}
    choices = {slot: "other" if c.choice.startswith(OTHER) else c.choice for slot, c in plan.choices.items()}
    return Facts(requirements=values, choices=choices)


def holds(condition: Condition | None, facts: Facts) -> bool:
    """Return whether a part or step applies; one that asks about an open fact does not."""
    return condition is None or condition.holds(facts) is True


def merged(dependencies: Iterable[Dependency]) -> tuple[Dependency, ...]:
    """Return each distribution once, with the narrowest bounds. Raises `ScaffoldError` when none is left."""
    narrowest: dict[str, Dependency] = {}
    for item in dependencies:
        known = narrowest.get(item.name.lower(), item)
        at_least = max(known.at_least, item.at_least, key=release)
        below = min(known.below, item.below, key=release)
        if release(at_least) >= release(below):
            raise ScaffoldError(f"No release of {item.name} suits all parts: at least {at_least}, below {below}.")
        narrowest[item.name.lower()] = Dependency(name=item.name, at_least=at_least, below=below)
    return tuple(narrowest[name] for name in sorted(narrowest))


def _without_part(choice: Choice, stand_ins: list[Part], plan: Plan) -> tuple[Coverage, SlotStep]:
    """Return how a slot is covered when no part serves its choice, and the step that says so."""
    default = plan.content.catalog[choice.slot.default].title
    leave_out = choice.open and all(part.optional for part in stand_ins)
    kind: StepKind = "left-out" if leave_out else "none-yet" if choice.open else "no-part"
    step = SlotStep(choice.slot.id, kind, choice.title, choice.because, None if leave_out else default)
    return ("left-out" if leave_out else "stand-in"), step


def _with_included(chosen: set[str], parts: Parts) -> set[str]:
    found = set(chosen)
    waiting = list(chosen)
    while waiting:
        new = set(parts[waiting.pop()].part.includes) - found
        found |= new
        waiting += new
    return found


def _refuse_collisions(selected: Iterable[LoadedPart]) -> None:
    owners: dict[str, str] = {}
    for loaded in selected:
        for file in loaded.part.files:
            other = owners.setdefault(file.path.lower(), loaded.part.id)
            if other != loaded.part.id:
                raise ScaffoldError(f"The parts '{other}' and '{loaded.part.id}' both bring {file.path.lower()}.")


def _own_steps(part: Part, facts: Facts) -> Iterator[SlotStep]:
    for step in part.steps:
        if holds(step.when, facts):
            yield SlotStep(step.slot, "to-do", step.title, step.text)


def _practices(
    selected: Iterable[LoadedPart], coverage: Mapping[str, Coverage], facts: Facts
) -> Iterator[ClaimedPractice]:
    """Claim a practice unless its file belongs to a slot with a stand-in: there the team decided otherwise."""
    best: dict[str, ClaimedPractice] = {}
    for loaded in selected:
        slots = {file.path: file.slots for file in loaded.part.files}
        for practice in loaded.part.practices:
            decided = all(coverage.get(slot) == "served" for slot in slots[practice.evidence])
            if decided and not (practice.unless and practice.unless.holds(facts)):
                automated = practice.value == "automated" or coverage.get(practice.automated_by or "") == "served"
                value: Literal["manual", "automated"] = "automated" if automated else "manual"
                claim = ClaimedPractice(practice.id, value, practice.evidence, loaded.part.id)
                if practice.id not in best or best[practice.id].value == "manual":
                    best[practice.id] = claim
    yield from (best[name] for name in sorted(best))
