"""Choose the parts of a project from the plan, and name what people have to do themselves. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from canvas.advice.facts import Fact
from canvas.method.conditions import Facts
from canvas.reading.types import NOT_APPLICABLE, OTHER, RequirementValue
from templates.errors import ScaffoldError
from templates.plan import Choice, Plan
from templates.scaffold.definitions import Dependency, Part, PartFile, release
from templates.scaffold.parts import LoadedPart, Parts

Coverage = Literal["served", "stand-in", "left-out", "not-applicable"]
StepKind = Literal["no-part", "none-yet", "left-out", "like", "beside", "by-hand", "not-applicable", "kept", "to-do"]


@dataclass(frozen=True)
class SlotStep:
    """What a choice means for people. `to-do` is a part's own; the other kinds follow from the choice.

    `no-part`, `none-yet`, `like` and `kept` come with a stand-in, `beside` is a further choice next to the one that is
    generated, and `by-hand` has no files at all. `left-out` and `not-applicable` leave nothing to do. `instead` is what
    a part of its own says it holds in place of what was decided.
    """

    slot: str
    kind: StepKind
    title: str
    text: str
    stand_in: str | None = None
    instead: str | None = None


@dataclass(frozen=True)
class Covered:
    """How far one slot is covered: by which parts, and what people have to know or do about it."""

    coverage: Coverage
    parts: tuple[Part, ...] = ()
    step: SlotStep | None = None


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
    files: tuple[tuple[LoadedPart, PartFile], ...]
    coverage: Mapping[str, Coverage]
    steps: tuple[SlotStep, ...]
    practices: tuple[ClaimedPractice, ...]
    dependencies: tuple[Dependency, ...]
    development: tuple[Dependency, ...]


def select(plan: Plan, parts: Parts) -> Selection:
    """Choose the parts for a plan. Raises `ScaffoldError` when two chosen parts cannot live in one project."""
    facts = facts_with_defaults(plan)
    fitting = [loaded.part for loaded in parts.values() if loaded.part.applies(facts)]
    by_slot = {slot: covered(choice, fitting, plan) for slot, choice in plan.choices.items()}
    chosen = {part.id for part in fitting if part.foundation}
    chosen |= {part.id for found in by_slot.values() for part in found.parts}
    known = {part.id: part for part in fitting}
    selected = tuple(parts[name] for name in sorted(_with_included(chosen, known)))
    files = tuple((loaded, file) for loaded in selected for file in loaded.part.files if file.applies(facts))
    _refuse_collisions(files)
    coverage = {slot: found.coverage for slot, found in by_slot.items()}
    steps = [found.step for found in by_slot.values() if found.step]
    steps += [step for slot, choice in plan.choices.items() for step in _beside(choice, coverage[slot])]
    steps += [step for loaded in selected for step in _own_steps(loaded.part, facts)]
    return Selection(
        selected,
        files,
        coverage,
        tuple(steps),
        tuple(claim for claim in _practices(files, coverage, facts) if claim.id in plan.library.practices),
        merged(item for loaded in selected for item in loaded.part.dependencies),
        merged(item for loaded in selected for item in loaded.part.development),
    )


def facts_with_defaults(plan: Plan) -> Facts:
    """Return the plan's facts for conditions. Unlike advice, a project has to be built even where facts are assumed."""
    values = {id_: value for id_, fact in plan.facts.items() if (value := value_to_run(fact)) is not None}
    choices = {slot: "other" if c.choice.startswith(OTHER) else c.choice for slot, c in plan.choices.items()}
    return Facts(requirements=values, choices=choices)


def value_to_run(fact: Fact) -> RequirementValue | None:
    """Return the value that a project is built with; what does not apply has what this amounts to, or a placeholder."""
    if fact.absent is None:
        return fact.value
    known = fact.definition
    return known.default if known.absent_is is None else known.absent_is


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


def covered(choice: Choice, fitting: Iterable[Part], plan: Plan) -> Covered:
    """Return how one slot is covered by the parts that fit the facts."""

    def serving(entry: str) -> tuple[Part, ...]:
        return tuple(part for part in fitting if part.serves_choice(choice.slot.id, entry))

    if choice.status == "omitted":
        return Covered("not-applicable", (), _step(choice, "not-applicable", choice.because))
    if served := serving(choice.choice):
        return Covered("served", served)
    if choice.like is not None and (alike := serving(choice.like.id)):
        return Covered("stand-in", alike, _step(choice, "like", stand_in=choice.like.title))
    stand_ins = serving(choice.slot.default)
    return _without_part(choice, stand_ins, plan) if stand_ins else _nothing_fits(choice)


def _without_part(choice: Choice, stand_ins: tuple[Part, ...], plan: Plan) -> Covered:
    """Return what stands in for a choice that no part serves, or that it is left out."""
    default = plan.content.catalog[choice.slot.default].title
    unwanted = choice.choice == NOT_APPLICABLE
    if (choice.open or unwanted) and all(part.optional for part in stand_ins):
        if unwanted:
            return Covered("not-applicable", (), _step(choice, "not-applicable", choice.because))
        return Covered("left-out", (), _step(choice, "left-out"))
    kind: StepKind = "kept" if unwanted else "none-yet" if choice.open else "no-part"
    return Covered("stand-in", stand_ins, _step(choice, kind, choice.because, default))


def _nothing_fits(choice: Choice) -> Covered:
    """Return how a slot is covered for which projects with these facts have no files, whatever is chosen."""
    if choice.choice == NOT_APPLICABLE:
        return Covered("not-applicable", (), _step(choice, "not-applicable", choice.because))
    if choice.status in ("default", "open") or choice.open:
        # Why nothing stands there by default is told; a team's own "none yet" needs no reason of ours.
        empty = choice.because if choice.status == "open" else ""
        return Covered("not-applicable", (), _step(choice, "not-applicable", empty))
    return Covered("left-out", (), _step(choice, "by-hand"))


def _step(choice: Choice, kind: StepKind, text: str = "", stand_in: str | None = None) -> SlotStep:
    return SlotStep(choice.slot.id, kind, choice.title, text, stand_in)


def _beside(choice: Choice, coverage: Coverage) -> Iterator[SlotStep]:
    """Yield a step for each further choice in use next to the main one, which alone is generated."""
    for title in choice.beside if coverage != "not-applicable" else ():
        yield SlotStep(choice.slot.id, "beside", title, "", stand_in=choice.title)


def _with_included(chosen: set[str], fitting: Mapping[str, Part]) -> set[str]:
    """Return the chosen parts with those they bring along, as far as these fit the facts."""
    found = set(chosen)
    waiting = list(chosen)
    while waiting:
        new = (set(fitting[waiting.pop()].includes) & set(fitting)) - found
        found |= new
        waiting += new
    return found


def _refuse_collisions(files: Iterable[tuple[LoadedPart, PartFile]]) -> None:
    owners: dict[str, str] = {}
    for loaded, file in files:
        other = owners.setdefault(file.path.lower(), loaded.part.id)
        if other != loaded.part.id:
            raise ScaffoldError(f"The parts '{other}' and '{loaded.part.id}' both bring {file.path.lower()}.")


def _own_steps(part: Part, facts: Facts) -> Iterator[SlotStep]:
    for step in part.steps:
        if step.applies(facts):
            yield SlotStep(step.slot, "to-do", step.title, step.text, instead=step.instead)


def _practices(
    files: Iterable[tuple[LoadedPart, PartFile]], coverage: Mapping[str, Coverage], facts: Facts
) -> Iterator[ClaimedPractice]:
    """Claim a practice unless its file belongs to a slot with a stand-in: there the team decided otherwise."""
    best: dict[str, ClaimedPractice] = {}
    for loaded, file in files:
        decided = all(coverage.get(slot) == "served" for slot in file.slots)
        for practice in loaded.part.practices if decided else ():
            if practice.evidence == file.path and practice.applies(facts):
                automated = practice.value == "automated" or coverage.get(practice.automated_by or "") == "served"
                value: Literal["manual", "automated"] = "automated" if automated else "manual"
                claim = ClaimedPractice(practice.id, value, practice.evidence, loaded.part.id)
                if practice.id not in best or best[practice.id].value == "manual":
                    best[practice.id] = claim
    yield from (best[name] for name in sorted(best))
