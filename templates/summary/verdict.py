"""Go, proof of concept or stop, why, and which answer would turn it. The rule is content; here it is followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assessments.standing.holding_words import listed
from canvas.advice.advisors import Advice, decide
from canvas.advice.sheet import AdviceSheet, said
from canvas.method.advisors import AdvisorDefinition
from canvas.method.conditions import Condition, Facts
from canvas.method.content import Content
from canvas.method.subjects import subject_step, subject_title
from canvas.reading.text_gate import counted
from canvas.reading.types import RequirementValue
from templates.adr.options import sentence

ADVISOR = "go"
GO, STOP = "go", "stop"
SHOWN_REASONS = 3
NAMED_AT_MOST = 3

Answers = Mapping[str, RequirementValue]


@dataclass(frozen=True)
class Verdict:
    """`kind` is the id of the outcome, `open` while answers are missing, `absent` where the question does not arise.

    `because` are the reasons, `turn` says what would turn it, and `step` is the page of the answers behind it.
    """

    kind: str
    question: str
    title: str
    because: tuple[str, ...]
    turn: str | None
    step: str

    @property
    def settled(self) -> bool:
        return self.kind not in ("open", "absent")


def verdict(sheet: AdviceSheet) -> Verdict:
    """Return what the answers of phase zero amount to."""
    advice = sheet.advice[ADVISOR]
    question, step = f"{advice.definition.title}?", _page(sheet.content)
    if advice.omitted is not None:
        return Verdict("absent", question, "Does not arise", (sentence(advice.omitted),), None, step)
    if advice.value is None:
        because, turn = _open(advice, sheet)
        return Verdict("open", question, "Open", because, turn, _first_page(advice, sheet.content) or step)
    reasons = tuple(sentence(reason.text) for reason in advice.because)
    return Verdict(advice.value, question, advice.title or "", reasons[:SHOWN_REASONS], _turn(advice, sheet), step)


def _page(content: Content) -> str:
    """Return the step that shows the advice."""
    shown = (s.id for s in content.steps.values() if any(p.kind == "advice" and p.id == ADVISOR for p in s.parts))
    return next(shown, "")


def _first_page(advice: Advice, content: Content) -> str | None:
    return next((step for subject in advice.missing if (step := subject_step(subject, content))), None)


def _open(advice: Advice, sheet: AdviceSheet) -> tuple[tuple[str, ...], str]:
    """Return what is missing, and what it can still become."""
    titles = [f"“{subject_title(subject, sheet.content)}”" for subject in advice.missing]
    outcomes = {outcome.id: outcome.title for outcome in advice.definition.outcomes}
    asked = _asked(advice.definition, sheet.content)
    known = [id_ for id_ in asked if id_ in sheet.facts.requirements]
    begun = "Not enough is answered yet." if known else "Nothing that decides this is answered yet."
    answer = f"Answer {counted(len(titles), 'question')} first: {listed(titles, NAMED_AT_MOST)}." if titles else ""
    possible = [f"“{outcomes[id_]}”" for id_ in outcomes if id_ in advice.ranked]
    still = f"It can still become {_either(possible)}." if len(possible) > 1 else "No verdict can be given before that."
    return tuple(filter(None, (begun, answer, _ruled_out(advice, sheet)))), still


def _ruled_out(advice: Advice, sheet: AdviceSheet) -> str:
    """Return which answers rule a go out while others are missing; empty while it can still become one."""
    outcome = next(found for found in advice.definition.outcomes if found.id == GO)
    if GO in advice.ranked:
        return ""
    against = [subject for reason in outcome.when for subject in _denying(reason.when, sheet.facts)]
    answers = [f"“{said(subject, sheet)}”" for subject in dict.fromkeys(against)]
    return f"“{outcome.title}” is ruled out by {listed(answers, NAMED_AT_MOST)}." if answers else ""


def _denying(condition: Condition, facts: Facts) -> Iterator[str]:
    """Yield the subjects that make a condition fail, of all that have to hold only those that do not."""
    if condition.holds(facts) is not False:
        return
    parts = [*(condition.all or ()), *(condition.any or ())]
    yield from (subject for part in parts for subject in _denying(part, facts))
    if not parts:
        yield from condition.subjects()


def _turn(advice: Advice, sheet: AdviceSheet) -> str:
    """Return which answer would turn a verdict that is given: of a go to a stop, of the others to something better."""
    advisor, facts = advice.definition, sheet.facts
    titles = {outcome.id: outcome.title for outcome in advisor.outcomes}
    turned: dict[str, dict[str, RequirementValue]] = {}
    for id_, value, outcome in _single(advisor, facts, sheet.content):
        turned.setdefault(outcome, {}).setdefault(id_, value)
    wanted = STOP if advice.value == GO else GO
    if wanted in turned:
        return f"It would turn to “{titles[wanted]}” if {_answered(turned[wanted], sheet.content)}."
    if advice.value != GO and (needed := _together(advisor, facts, sheet.content)):
        return f"It would turn to “{titles[GO]}” with several other answers together: {_all_of(needed, sheet.content)}."
    other = next(iter(turned), None)
    if other is not None:
        return f"It would turn to “{titles[other]}” if {_answered(turned[other], sheet.content)}."
    return "No single answer would turn it."


def _single(advisor: AdvisorDefinition, facts: Facts, content: Content) -> Iterator[tuple[str, RequirementValue, str]]:
    """Yield each other answer to one question, by itself, that gives another outcome."""
    now = decide(advisor, facts, content).value
    for id_ in _asked(advisor, content):
        # What nobody has answered turns nothing by being answered otherwise.
        for value in _values(id_, content) if id_ in facts.requirements else ():
            then = decide(advisor, _with(facts, {id_: value}), content).value
            if value != facts.requirements[id_] and then is not None and then != now:
                yield id_, value, then


def _together(advisor: AdvisorDefinition, facts: Facts, content: Content) -> dict[str, RequirementValue]:
    """Return the answers that together make it a go, each the first that fits; empty when they do not."""
    outcome = next(found for found in advisor.outcomes if found.id == GO)
    needed: dict[str, RequirementValue] = {}
    for part in (part for reason in outcome.when for part in (reason.when.all or (reason.when,))):
        if not part.holds(_with(facts, needed)):
            needed |= _fulfilling(part, _with(facts, needed), content)
    return needed if needed and decide(advisor, _with(facts, needed), content).value == GO else {}


def _fulfilling(part: Condition, facts: Facts, content: Content) -> dict[str, RequirementValue]:
    for id_ in part.subjects():
        for value in _values(id_, content) if id_ in content.requirements else ():
            if part.holds(_with(facts, {id_: value})):
                return {id_: value}
    return {}


def _asked(advisor: AdvisorDefinition, content: Content) -> list[str]:
    subjects = (s for outcome in advisor.outcomes for reason in outcome.when for s in reason.when.subjects())
    return [id_ for id_ in dict.fromkeys(subjects) if id_ in content.requirements]


def _values(id_: str, content: Content) -> tuple[RequirementValue, ...]:
    """Return the answers that can be chosen; a number or a text is none of them."""
    definition = content.requirements[id_]
    return tuple(option.id for option in definition.options) or ((True, False) if definition.type == "yes-no" else ())


def _with(facts: Facts, more: Answers) -> Facts:
    return facts.model_copy(update={"requirements": {**facts.requirements, **more}})


def _answered(otherwise: Answers, content: Content) -> str:
    return _either(list(_said(otherwise, content)))


def _all_of(needed: Answers, content: Content) -> str:
    return listed(list(_said(needed, content, verb=" is")))


def _said(answers: Answers, content: Content, verb: str = " were answered") -> Iterator[str]:
    for id_, value in answers.items():
        definition = content.requirements[id_]
        yield f"“{definition.title}”{verb} “{definition.printed(value)}”"


def _either(names: Iterable[str]) -> str:
    """Return names as alternatives: "A, B or C"."""
    shown = list(names)[:NAMED_AT_MOST]
    return " or ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)
