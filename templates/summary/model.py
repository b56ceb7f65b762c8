"""Everything that "Where we stand" says, as one plain structure: the page lays it out, and the PDF summary prints it.

Computed from what there is; only owner and day of a step are typed. What is not known is never called a lack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessments.hints.suggested_answers import contradictions as denied
from assessments.roadmap.phases import first_steps
from assessments.scoring.leading import leading_models
from assessments.shapes.answers import within
from canvas.advice.sheet import AdviceSheet, advice_sheet, said
from canvas.document.workshop import Workshop
from canvas.method.content import Content
from canvas.method.subjects import subject_step
from canvas.reading.text_gate import counted
from templates.plan import Plan, make_plan
from templates.summary.level import Holding, Level, holding, level
from templates.summary.next_steps import STEPS, NextSteps, next_steps
from templates.summary.since import Figures, Since, recorded, since, with_evidence
from templates.summary.verdict import Verdict, verdict

CONTRADICTIONS = 2


@dataclass(frozen=True)
class Clash:
    """Answers that do not go together: where, why, how to mend it; `step` is its page, `practice` an answer on it."""

    places: tuple[str, ...]
    because: str
    mend: str
    step: str
    practice: str | None = None


@dataclass(frozen=True)
class Clashes:
    """The first contradictions of `count`; without any, what can be said of that; what is accepted, in a sentence."""

    shown: tuple[Clash, ...]
    count: int
    none: str
    accepted: str


@dataclass(frozen=True)
class Moment:
    """A moment to compare with: what people call it, its day if it is known, and the workshop as it was."""

    name: str
    day: str | None
    workshop: Workshop


@dataclass(frozen=True)
class Summary:
    """One workshop on one page. `chosen` are the models it leads with, `by_default` that nobody chose them, `missing`
    those that are not loaded; `decisions` counts choices, `since` is None where no moment differs from now.
    """

    title: str
    team: str | None
    date: str | None
    verdict: Verdict
    levels: tuple[Level, ...]
    by_default: bool
    missing: tuple[str, ...]
    holding: Holding
    steps: NextSteps
    clashes: Clashes
    decisions: str
    since: Since | None

    @property
    def empty(self) -> bool:
        """Whether nothing at all is known yet: no verdict, and nothing of the models."""
        return not self.verdict.settled and not any(one.known for one in self.levels)


def summary(plan: Plan, today: date, before: Moment | None = None) -> Summary:
    """Return where the workshop of a plan stands; `before` is the last moment from which it differs."""
    workshop, library = plan.workshop, plan.library
    advised = advice_sheet(workshop, plan.content, plan.known)
    lead = leading_models(workshop, library)
    levels = tuple(level(workshop, library, id_, today) for id_ in lead.models)
    found = _clashes(advised, plan)
    decided = verdict(advised)
    changed = None
    if before is not None:
        model = next((one for one in levels if one.value is not None), None)
        then = _figures_of(before.workshop, plan, model, today)
        now = _figures(workshop, plan, model, found.count, decided)
        changed = since(before.name, before.day, model.title if model else None, then, now)
    return Summary(
        title=workshop.title,
        team=workshop.team,
        date=workshop.date,
        verdict=decided,
        levels=levels,
        by_default=lead.by_default,
        missing=lead.missing,
        holding=holding(workshop, library, levels),
        steps=next_steps(first_steps(workshop, library, STEPS), workshop, library, levels, decided),
        clashes=found,
        decisions=decisions_told(plan),
        since=changed,
    )


def decisions_told(plan: Plan) -> str:
    """Return how many choices there are, and how many of them are recorded, drafts, or left to our defaults."""
    states = Counter(choice.status for choice in plan.choices.values() if choice.status != "omitted")
    told = [f"{states['accepted']} recorded"]
    told += [f"{states['proposed']} proposed"] if states["proposed"] else []
    told += [counted(states["draft"], "draft")] if states["draft"] else []
    told += [f"{states['default']} not made, for which a default of this tool is drawn"] if states["default"] else []
    told += [f"{states['open']} not made, for which nothing is drawn"] if states["open"] else []
    return f"{counted(states.total(), 'decision')}: {', '.join(told)}"


def _clashes(advised: AdviceSheet, plan: Plan) -> Clashes:
    content = plan.content
    found = [
        Clash(tuple(said(s, advised) for s in one.subjects), one.because, one.mend, _step(one.subjects, content))
        for one in advised.contradictions
    ]
    found += [
        Clash(
            (f"{one.title}: the answer is “{within(one.answer)}”", *one.hint.places),
            f"The second suggests “{within(one.hint.value)}”. {one.hint.because}",
            "Look at both places, and change the one that is wrong.",
            "assess",
            one.practice,
        )
        for one in denied(plan.workshop, content, plan.library)
    ]
    accepted = len(advised.accepted)
    none = _nothing_clashes(plan.workshop, accepted)
    return Clashes(tuple(found[:CONTRADICTIONS]), len(found), none, _accepted(accepted, len(found)))


def _accepted(number: int, others: int) -> str:
    """Say how many contradictions the team accepts as risks, beside those that are open; nothing without any."""
    if not number:
        return ""
    more = " more" if others else ""
    return f"One{more} is accepted as a risk." if number == 1 else f"{number}{more} are accepted as risks."


def _nothing_clashes(workshop: Workshop, accepted: int) -> str:
    """Return what can be said where no contradiction is found; where little is said, little can contradict."""
    given = any(item.value is not None for item in workshop.requirements)
    if not (given or workshop.answers or workshop.decisions):
        return "Nothing is answered or decided yet, so nothing can contradict anything."
    other = "other " if accepted else ""
    return f"No {other}contradiction was found among the answers and decisions so far."


def _step(subjects: Sequence[str], content: Content) -> str:
    return next((step for subject in subjects if (step := subject_step(subject, content))), "decide")


def _figures_of(workshop: Workshop, plan: Plan, model: Level | None, today: date) -> Figures:
    """Return the figures of an earlier state, judged by what judges today."""
    then = make_plan(workshop, plan.content, plan.library.whole)
    advised = advice_sheet(workshop, then.content, then.known)
    asked = model.model if model else None
    stood = level(workshop, then.library, asked, today) if asked in then.library.models and asked else None
    return _figures(workshop, then, stood, _clashes(advised, then).count, verdict(advised))


def _figures(workshop: Workshop, plan: Plan, stood: Level | None, clashes: int, decided: Verdict) -> Figures:
    sure = stood.lower if stood and stood.value is not None else None
    title = "open" if decided.kind == "open" else decided.title.lower()
    return Figures(sure, recorded(workshop, [*plan.content.slots]), clashes, with_evidence(workshop), title)
