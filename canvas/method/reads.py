"""Which rules of the content read which requirement: what an answer decides, derived from them and listed nowhere else.

Only names are gathered here; what a rule makes of an answer is worked out in `canvas/advice`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from canvas.method.conditions import Condition

if TYPE_CHECKING:
    from canvas.method.content import Content

STACK_CANVAS = "stack-canvas"


@dataclass(frozen=True)
class Reads:
    """What reads one requirement, each by its id and in the order of the content.

    `blocks` are those of the stack canvas whose gate reads it, or which leave by it; `leaving` are the requirements
    that its answer can make pointless; `slots` those whose options it speaks for or against; `bounded` the
    requirements whose range, options or default hang on it.
    """

    advisors: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    bounded: tuple[str, ...] = ()


def what_reads(content: Content) -> dict[str, Reads]:
    """Return for each requirement what reads it."""
    pairs = {
        "advisors": _advisors(content),
        "blocks": _blocks(content),
        "leaving": _leaving(content),
        "slots": _slots(content),
        "findings": _findings(content),
        "bounded": _bounded(content),
    }
    found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: {name: {} for name in pairs})
    for name, read in pairs.items():
        for subject, reader in read:
            for requirement in requirements_behind(subject, content):
                found[requirement][name].setdefault(reader)
    return {id_: Reads(**{name: tuple(ids) for name, ids in found[id_].items()}) for id_ in content.requirements}


def requirements_behind(subject: str, content: Content) -> Iterator[str]:
    """Yield the requirements that a subject of a condition is, or is worked out from."""
    if subject in content.requirements:
        yield subject
    elif subject in content.quantities:
        for member in content.quantities[subject].members:
            if isinstance(member, str):
                yield from requirements_behind(member, content)


def _subjects(conditions: Iterable[Condition], reader: str) -> Iterator[tuple[str, str]]:
    return ((subject, reader) for condition in conditions for subject in condition.subjects())


def _advisors(content: Content) -> Iterator[tuple[str, str]]:
    for advisor in content.advisors.values():
        yield from _subjects((reason.when for outcome in advisor.outcomes for reason in outcome.when), advisor.id)
        if advisor.slot is not None:
            yield from ((subject, advisor.id) for subject, slot in _slots(content) if slot == advisor.slot)


def _blocks(content: Content) -> Iterator[tuple[str, str]]:
    for block in content.canvases[STACK_CANVAS].blocks:
        if block.gate is not None:
            yield from _subjects((r.when for r in (*block.gate.mandatory, *block.gate.recommended)), block.id)
        for rule in content.omissions.values():
            if f"{STACK_CANVAS}.{block.id}" in rule.blocks:
                yield from _subjects((rule.when,), block.id)


def _leaving(content: Content) -> Iterator[tuple[str, str]]:
    for rule in content.omissions.values():
        for requirement in rule.requirements:
            yield from _subjects((rule.when,), requirement)


def _slots(content: Content) -> Iterator[tuple[str, str]]:
    for entry in content.catalog.values():
        conditions = [*(fit.when for fit in entry.fits), *(need.must for need in entry.needs)]
        for slot in entry.slots:
            yield from _subjects(conditions, slot)


def _findings(content: Content) -> Iterator[tuple[str, str]]:
    for finding in content.findings.values():
        yield from _subjects(finding.when, finding.id)
        compared = (finding.worse.answer, finding.worse.other) if finding.worse else ()
        yield from ((subject, finding.id) for subject in (*compared, finding.unsuited, finding.misled) if subject)
        if finding.run_by_vendor:
            yield from _subjects((finding.run_by_vendor.when,), finding.id)


def _bounded(content: Content) -> Iterator[tuple[str, str]]:
    for requirement in content.requirements.values():
        hangs_on = (requirement.scale_of, requirement.suits_of, requirement.default_with)
        yield from ((other, requirement.id) for other in hangs_on if other)
        cautions = (caution for option in requirement.options for caution in option.misleads)
        yield from _subjects((caution.when for caution in cautions), requirement.id)
