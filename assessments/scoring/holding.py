"""What holds a result where it is, what would lift it, and what would not help now. Judges nothing itself."""

from __future__ import annotations

from assessments.scoring.assessment import Assessment
from assessments.scoring.bands import goal_of
from assessments.scoring.moves import Move, moves_of, spoken, unmet_prerequisites, wording
from assessments.scoring.sections import Goal, Need
from assessments.scoring.unlock import smallest_moves
from assessments.shapes.result import Change, Unlock


def blockers(assessment: Assessment) -> tuple[str, ...]:
    """Return the items whose answers keep the next band out of reach: those of the sections that fall short of it.

    Nothing holds the best band, so there it is empty.
    """
    return _holding(assessment) if assessment.better_band else ()


def short_sections(assessment: Assessment) -> tuple[str, ...]:
    """Return the sections each of which by itself keeps the next band out of reach.

    None at the best band, and none of several where the method asks for points of all of them together.
    """
    if assessment.better_band is None:
        return ()
    short = [{id(statement) for statement in need.statements} for need in _needs_now(assessment) if not need.met]
    return tuple(
        section.id for section in assessment.sections if {id(statement) for statement in section.statements} in short
    )


def not_helping(assessment: Assessment) -> tuple[str, ...]:
    """Return the items that could be better and yet would not move the result now, even all together."""
    holding = _holding(assessment)
    better = (one.definition.item for one in assessment.judged if one.improvable)
    return tuple(dict.fromkeys(item for item in better if item not in holding))


def unlock(assessment: Assessment) -> Unlock | None:
    """Return the smallest set of changes to the next band, or None when there is none to reach or no way to it."""
    band = assessment.better_band
    if band is None:
        return None
    needs = assessment.method.needs(assessment.sections, goal_of(band))
    offers = moves_of(assessment.judged, assessment.library)
    moves = smallest_moves(assessment.model, needs, offers)
    if moves is None:
        return None
    after = Assessment(
        assessment.model, assessment.sheet.answering({move.item: move.to for move in moves}), assessment.library
    )
    changes = sorted((_change(move, assessment) for move in moves), key=lambda change: (change.effort, change.item))
    return Unlock(after.lower_band.label, float(after.lower), tuple(changes))


def _needs_now(assessment: Assessment) -> tuple[Need, ...]:
    """Return what has to be met for the next band, or at the best band for any better value."""
    band = assessment.better_band
    goal = goal_of(band) if band else Goal(assessment.lower, strict=True)
    return assessment.method.needs(assessment.sections, goal)


def _holding(assessment: Assessment) -> tuple[str, ...]:
    short = [need for need in _needs_now(assessment) if not need.met]
    lacking = (statement for need in short for statement in need.statements if not statement.complete)
    return tuple(dict.fromkeys(m.definition.item for statement in lacking for m in statement.members if m.improvable))


def _change(move: Move, assessment: Assessment) -> Change:
    return Change(
        item=move.item,
        title=assessment.library.title(move.item),
        current=wording(assessment.sheet.entry(move.item)),
        to=spoken(move.to),
        effort=move.effort,
        prerequisites=unmet_prerequisites(move.item, assessment.sheet, assessment.library),
    )
