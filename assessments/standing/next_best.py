"""The answer to give next: of those still open, the first that would move the sure score, and what it would do.

What it would do is worked out by scoring again with that answer. Nothing here says what the answer should be.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessments.scoring.assessment import Assessment
from assessments.scoring.sections import Section
from assessments.shapes.answers import within
from assessments.shapes.result import CriterionResult, Result
from assessments.standing.as_data import figure
from assessments.standing.holding_words import listed
from assessments.standing.sheet_rows import HOLDS, NEXT_BAND, ranks_of

BEST = "automated"


@dataclass(frozen=True)
class NextBest:
    """A practice to answer next, the section (id and title) that it moves, and why it comes next."""

    practice: str
    title: str
    section: str
    section_title: str
    because: str


def next_best(seen: Assessment, result: Result) -> tuple[NextBest | None, str | None]:
    """Return what to answer next, or None and why there is nothing. For a model that can be assessed.

    What nobody has answered comes before what nobody knows.
    """
    ranks = ranks_of(result)
    open_ = [one for one in result.criteria if not one.optional and one.state in ("unanswered", "unknown")]
    practices = [one for one in open_ if one.item in seen.library.practices]
    helping = [one for one in practices if ranks.get(one.item) in (NEXT_BAND, HOLDS)]
    if not helping:
        others = [one.item for one in open_ if one not in practices and ranks.get(one.item) in (NEXT_BAND, HOLDS)]
        return None, _why_none(len({one.item for one in practices}), [*map(seen.library.title, dict.fromkeys(others))])

    # Where several sections ask for it, the one that keeps the next band away is what it is for.
    def place(one: CriterionResult) -> tuple[bool, int, bool]:
        return one.state == "unknown", ranks[one.item], bool(result.short) and one.section not in result.short

    chosen = min(helping, key=place)
    title = next(section.title for section in result.sections if section.id == chosen.section)
    because = " ".join(_because(seen, result, chosen.item, chosen.section))
    return NextBest(chosen.item, seen.library.title(chosen.item), chosen.section, title, because), None


def _why_none(practices: int, facts: list[str]) -> str:
    """Return why no open practice is the next: `facts` are what holds the score and is asked in another place."""
    if facts:
        return f"What holds the sure score is no practice but a fact that is still open: {listed(facts)}."
    if practices == 0:
        return "Every practice that counts is answered."
    if practices == 1:
        return "The one open answer would not raise the sure score now: what holds it back is answered."
    return f"None of the {practices} open answers would raise the sure score now: what holds it back is answered."


def _because(seen: Assessment, result: Result, item: str, section_id: str) -> list[str]:
    found = [_effect(seen, result, item, section_id)]
    changes = result.unlock.changes if result.unlock else ()
    if result.unlock and any(change.item == item for change in changes) and len(changes) > 1:
        smallest = f"the {len(changes)} changes of the smallest set that reaches “{result.unlock.reaches}”"
        found.append(f"It is one of {smallest}.")
    if seen.sheet.entry(item).state == "unknown":
        found.append("Nobody knew so far.")
    return found


def _part_of_more(seen: Assessment, item: str, section: Section) -> str:
    """Return why an answer helps that moves nothing by itself."""
    asking = (s for s in section.statements if any(member.definition.item == item for member in s.members))
    together = next((statement for statement in asking if len(statement.members) > 1 and not statement.any), None)
    if together is not None:
        return f"It is part of “{together.title}”, which counts only when all of its parts do."
    band = seen.better_band
    return f"It is one of those that “{band.label}” needs." if band else "The score can rise with it."


def _effect(seen: Assessment, result: Result, item: str, section_id: str) -> str:
    """Return what the best answer would do to its section and to the sure score, worked out by scoring again."""
    then = Assessment(seen.model, seen.sheet.answering({item: BEST}), seen.library)
    before, after = (next(s for s in one.sections if s.id == section_id) for one in (seen, then))
    answered = f"Answered “{within(BEST)}”, it "
    if after.lower <= before.lower:
        return _part_of_more(seen, item, before)
    low, high = (figure(float(one.lower), float(one.maximum)) for one in (before, after))
    section = f"takes {before.title} from {low} to {high}"
    if then.lower <= seen.lower:
        return f"{answered}{section}; the sure score needs other answers too."
    low, high = (figure(float(one.lower), result.maximum) for one in (seen, then))
    return f"{answered}{section}" + (f" and the sure score from {low} to {high}." if low != high else ".")
