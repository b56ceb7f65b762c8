"""What stands beside the answer sheet: one model's sure and possible score, what holds it, and what to answer next.

Data and full sentences, every one of which is true of this workshop today. The order of the rows is in `sheet_rows.py`,
what holds a score in `holding_words.py`, what changed between two standings in `standing_change.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assessments.library.revisions import current
from assessments.scoring.assessment import Assessment
from assessments.scoring.explain import omitted_in_words
from assessments.scoring.score import score
from assessments.scoring.sheet import Sheet, sheet_from
from assessments.shapes.library import Library
from assessments.shapes.result import Result
from assessments.standing.as_data import figure
from assessments.standing.evidence import backings, proved_only, shipped_rule
from assessments.standing.holding_words import what_holds
from assessments.standing.next_best import NextBest, next_best
from assessments.standing.sheet_rows import EVERY_PRACTICE
from canvas.document.workshop import Workshop
from canvas.reading.text_gate import counted

# Above this share of criteria that do not apply, a score says little beside others.
MUCH_DOES_NOT_APPLY = 0.2


@dataclass(frozen=True)
class SectionStanding:
    """One section; `holds` when it keeps the next band out of reach by itself."""

    id: str
    title: str
    lower: float
    upper: float
    maximum: float
    holds: bool


@dataclass(frozen=True)
class SheetStanding:
    """One model beside the sheet. `lower` is sure, `upper` at most; both are None when it has no value.

    `lower_band` and `upper_band` name the bands or levels of both, `bounds` is where bands begin. `official` is False
    when the arithmetic is ours. `asked` counts its practices, `answered` those with any answer, `open_answers` what it
    demands and what is unanswered or not known. `verdict` says in a few words where it stands, `holding` what holds it,
    `next_best` what to answer next or else `no_next` why nothing, `backed` is the sure score with evidence only,
    `evidence` the same in words, and `remarks` what the score must not be read without.
    """

    model: str
    title: str
    method: str
    official: bool
    lower: float | None
    upper: float | None
    maximum: float
    lower_band: str | None
    upper_band: str | None
    bounds: tuple[float, ...]
    sections: tuple[SectionStanding, ...]
    asked: int
    answered: int
    open_answers: int
    verdict: str
    holding: tuple[str, ...] = ()
    next_best: NextBest | None = None
    no_next: str | None = None
    backed: float | None = None
    evidence: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def has_value(self) -> bool:
        """Whether there is a score at all."""
        return self.lower is not None


def sheet_standing(workshop: Workshop, library: Library, model_id: str, today: date) -> SheetStanding:
    """Return where a workshop stands by one model, or by none for `EVERY_PRACTICE`. Raises `ModelNotFound`.

    `today` is the day by which evidence counts.
    """
    library = library.judging(workshop)
    workshop = current(workshop, library)
    sheet = sheet_from(workshop)
    if model_id == EVERY_PRACTICE:
        return _of_no_model(sheet, library)
    result = score(library.model(model_id), sheet, library)
    figures = _figures(result, sheet, library)
    if result.lower is None:
        return _without_value(figures, result)
    seen = Assessment(library.model(model_id), sheet, library)
    found, why = next_best(seen, result)
    backed, evidence = _backed(workshop, library, result, today)
    return replace(
        figures,
        verdict=_verdict(result),
        holding=what_holds(seen, result),
        next_best=found,
        no_next=why,
        backed=backed,
        evidence=evidence,
        remarks=tuple(_remarks(result)),
    )


def _figures(result: Result, sheet: Sheet, library: Library) -> SheetStanding:
    """Return the numbers of a result, still without a word about them."""
    demanded = {criterion.item for criterion in result.criteria if not criterion.optional}
    practices = {criterion.item for criterion in result.criteria if criterion.item in library.practices}
    return SheetStanding(
        model=result.id,
        title=result.title,
        method=result.method,
        official=result.official,
        lower=result.lower,
        upper=result.upper,
        maximum=result.maximum,
        lower_band=result.lower_band,
        upper_band=result.upper_band,
        bounds=result.bounds,
        sections=tuple(
            SectionStanding(s.id, s.title, s.lower, s.upper, s.maximum, s.id in result.short) for s in result.sections
        ),
        asked=len(practices),
        answered=sum(sheet.entry(item).state != "unanswered" for item in practices),
        open_answers=sum(sheet.entry(item).open for item in demanded),
        verdict="",
    )


def _of_no_model(sheet: Sheet, library: Library) -> SheetStanding:
    """Return what can be said of all practices together: no score, for models are not melted into one."""
    states = [sheet.entry(item).state for item in library.practices]
    answered = sum(state != "unanswered" for state in states)
    return SheetStanding(
        model=EVERY_PRACTICE,
        title="All practices",
        method="",
        official=False,
        lower=None,
        upper=None,
        maximum=0.0,
        lower_band=None,
        upper_band=None,
        bounds=(),
        sections=(),
        asked=len(states),
        answered=answered,
        open_answers=sum(state in ("unanswered", "unknown") for state in states),
        verdict=f"{answered} of {counted(len(states), 'practice')} answered.",
        no_next="Choose a model to see which answer moves its score most. There is no score of all models together.",
    )


def _without_value(figures: SheetStanding, result: Result) -> SheetStanding:
    """Return a model that has no value here: one of measured figures, or one that cannot be assessed."""
    if not result.ordered and result.left_because is None:
        measured = sum(measure.value is not None for measure in result.measures)
        verdict = f"It has no overall score: {measured} of {counted(len(result.measures), 'figure')} measured."
        return replace(figures, verdict=verdict, no_next="It compares measured figures and asks for no practice.")
    why = (result.left_because,) if result.left_because else tuple(_sentence(step.text) for step in result.trace)
    never = "As long as it cannot be assessed, no open answer changes that."
    return replace(figures, verdict="It cannot be assessed.", holding=why, no_next=never)


def _verdict(result: Result) -> str:
    sure, most = result.lower_band, result.upper_band
    if result.band is not None:
        return f"{'Level' if result.method == 'staged_gate' else 'Band'}: {result.band}."
    return f"Sure: {sure}. At most: {most}."


def _backed(workshop: Workshop, library: Library, result: Result, today: date) -> tuple[float | None, tuple[str, ...]]:
    """Return the sure score when only answers with evidence count, and what evidence there is, in words."""
    model = library.model(result.id)
    claims = [b for b in backings(workshop, library, today, shipped_rule().days) if model.asks(b.item)]
    if not claims:
        return result.lower, ("Nothing that is answered so far claims to be done, so nothing needs evidence.",)
    if all(backing.counts for backing in claims):
        return result.lower, ("Evidence backs every answer that claims something.",)
    proved = sheet_from(proved_only(workshop, claims))
    backed = float(Assessment(model, proved, library).lower)
    shown, claimed = (figure(value or 0, result.maximum) for value in (backed, result.lower))
    if shown != claimed:
        first = f"With evidence only, the sure score is {shown} instead of {claimed}."
    else:
        first = (
            f"With evidence only, the sure score stays {claimed}{'' if backed == result.lower else ' in whole points'}."
        )
    counts = [(sum(b.state == state for b in claims), one, many) for state, one, many in _UNPROVED]
    told = [f"{counted(number, 'answer')} {one if number == 1 else many}." for number, one, many in counts if number]
    return backed, (first, *told)


_UNPROVED = (
    ("missing", "has no evidence yet", "have no evidence yet"),
    ("hinted", "rests on a hint of the board only", "rest on hints of the board only"),
    ("expired", "has evidence that was seen too long ago", "have evidence that was seen too long ago"),
    ("misdated", "has evidence of a day that cannot be", "have evidence of days that cannot be"),
)


def _remarks(result: Result) -> Iterator[str]:
    yield from (omitted_in_words(omitted) for omitted in result.omitted)
    yield from _what_does_not_apply(result)
    yield from (f"Symptom: {symptom}" for symptom in result.symptoms)


def _what_does_not_apply(result: Result) -> Iterator[str]:
    left = sum(criterion.state == "not-applicable" for criterion in result.criteria)
    much = left > MUCH_DOES_NOT_APPLY * len(result.criteria)
    if left and (much or not result.standard):
        do = "does" if left == 1 else "do"
        count = f"{left} of {counted(len(result.criteria), 'criterion', 'criteria')} {do} not apply"
        rescaled = ", and what is left of their sections counts for all of them"
        unknown = ", which the published rule does not provide for" if result.official else ""
        rule = "" if result.standard else rescaled + unknown
        yield f"{count}{rule}."
    if much:
        yield "That is more than a fifth, so compare this score with no other."


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
