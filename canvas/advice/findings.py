"""What experience says goes wrong, seen in the answers, tables and decisions of a team. The signs are content.

A finding says where it was seen, so that a team can check it in a minute. Prose is not read: what a note says has to be
entered where it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from canvas.advice.excluded import applying, without_default
from canvas.advice.facts import unfit_answers
from canvas.advice.options import in_use
from canvas.document.unfit import chosen_scale, given_values
from canvas.document.workshop import Workshop
from canvas.method.advisors import FindingDefinition, RunByVendor, Worse
from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.method.quoted import quote
from canvas.method.subjects import subject_step
from canvas.method.suited import cautions, unsuited
from canvas.reading.types import NONE_YET, NOT_APPLICABLE

SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True)
class Finding:
    """One finding with its signs: answered subjects by id, and slots that hold no choice."""

    definition: FindingDefinition
    subjects: tuple[str, ...]
    undecided: tuple[str, ...]


def findings(workshop: Workshop, facts: Facts, content: Content) -> tuple[Finding, ...]:
    """Return what is found, the severest first, then in the order of the content.

    Nothing is found about what does not apply.
    """
    asked = [definition for definition in content.findings.values() if definition.id not in facts.excluded]
    workshop = applying(workshop, facts.excluded)
    seen = [_seen(definition, workshop, content, facts) for definition in asked]
    misled = [found for d in asked if d.misled for found in _misled(d, d.misled, facts, content)]
    told = [_quoting(found, facts, content) for found in (*filter(None, seen), *misled)]
    unfit = [found for definition in asked if definition.unfit for found in _unfit(definition, workshop, content)]
    return tuple(sorted((*told, *unfit), key=lambda found: SEVERITIES.index(found.definition.severity)))


def _quoting(found: Finding, facts: Facts, content: Content) -> Finding:
    texts = {name: getattr(found.definition, name) for name in ("title", "because", "mend")}
    told = {name: quote(text, facts, content) for name, text in texts.items()}
    return replace(found, definition=found.definition.model_copy(update=told))


def _misled(definition: FindingDefinition, answer: str, facts: Facts, content: Content) -> Iterator[Finding]:
    """Yield a finding for each reason why the chosen option misleads, with what shows it."""
    for option in content.requirements[answer].options:
        for caution in cautions(option, facts) if option.id == facts.requirements.get(answer) else ():
            told = {"because": caution.because, "severity": caution.severity}
            yield Finding(definition.model_copy(update=told), (answer, *caution.when.grounds(facts)), ())


def _unfit(definition: FindingDefinition, workshop: Workshop, content: Content) -> Iterator[Finding]:
    """Yield a finding for each number that cannot be true, on the step where it is mended."""
    for subject, sentence in unfit_answers(workshop, content).items():
        told = {"title": sentence.removesuffix("."), "step": subject_step(subject, content) or definition.step}
        yield Finding(definition.model_copy(update=told), (subject,), ())


def _worse(worse: Worse | None, workshop: Workshop, content: Content) -> tuple[str, ...]:
    """Return the answers to look at when one is worse than the other on the scale that was chosen."""
    if worse is None:
        return ()
    given, definition = given_values(workshop), content.requirements[worse.answer]
    answer, other = given.get(worse.answer), given.get(worse.other)
    chosen = chosen_scale(definition, given, content)
    if chosen is None or not (isinstance(answer, int | float) and isinstance(other, int | float)):
        return ()
    is_worse = answer < other if chosen[1].better == "higher" else answer > other
    return (definition.scale_of or "", worse.answer, worse.other) if is_worse else ()


def _seen(definition: FindingDefinition, workshop: Workshop, content: Content, facts: Facts) -> Finding | None:
    grounds = [subject for condition in definition.when for subject in condition.grounds(facts)]
    worse = _worse(definition.worse, workshop, content)
    vendor = _run_by_vendor(definition.run_by_vendor, workshop, facts, content)
    choice = content.requirements.get(definition.unsuited or "")
    unfitting = (choice.suits_of or "", choice.id) if choice and unsuited(choice, facts) else ()
    subjects = tuple(dict.fromkeys([*grounds, *worse, *vendor, *unfitting]))
    undecided = _undecided(definition, workshop, content, facts)
    return Finding(definition, subjects, undecided) if subjects or undecided else None


def _run_by_vendor(found: RunByVendor | None, workshop: Workshop, facts: Facts, content: Content) -> tuple[str, ...]:
    """Return the answers and the slots to look at, when something in one of them runs nowhere but at its vendor."""
    if found is None or not found.when.holds(facts):
        return ()
    decided = {slot: workshop.decision_for(slot) for slot in found.slots}
    used = {slot: tuple(in_use(decision, content)) for slot, decision in decided.items() if decision}
    slots = tuple(slot for slot, entries in used.items() if any(e.hosting == ("managed",) for e in entries))
    return (*found.when.grounds(facts), *slots) if slots else ()


def _undecided(definition: FindingDefinition, workshop: Workshop, content: Content, facts: Facts) -> tuple[str, ...]:
    """Return the slots without a choice, when none of them has one though the rest of the stack is being decided.

    One that does not apply is not waited for. Where that is so, or a rule says why nothing stands there and what is
    done instead, others that are merely open say nothing: only a decision to have nothing yet does.
    """
    decided = {decision.name: decision.choice for decision in workshop.decisions if decision.in_force}
    chosen = {slot for slot, choice in decided.items() if choice not in (NONE_YET, NOT_APPLICABLE)}
    if chosen.intersection(definition.undecided) or not chosen.intersection(definition.decided):
        return ()
    waived = {*facts.excluded, *without_default(workshop, content)}
    asked = tuple(slot for slot in definition.undecided if slot not in waived or decided.get(slot) == NONE_YET)
    settled = len(asked) < len(definition.undecided) and NONE_YET not in map(decided.get, asked)
    return () if settled else asked
