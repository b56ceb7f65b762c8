"""What changed between two standings of one model, in a sentence that can be read aloud. Nothing is scored here."""

from __future__ import annotations

from assessments.standing.as_data import figure
from assessments.standing.holding_words import listed
from assessments.standing.sheet_standing import SectionStanding, SheetStanding

SECTIONS_AT_MOST = 3


def told_change(before: SheetStanding, after: SheetStanding) -> str | None:
    """Return what moved, and why the sure score did not if it stayed; None when no figure changed.

    Also None between two models, which have nothing to compare.
    """
    if before.model != after.model or before.maximum != after.maximum:
        return None
    if before.has_value != after.has_value:
        now = f"{_sure(after)}, at most {_at_most(after)}" if after.has_value else "It cannot be assessed any more"
        return f"{f'It can be assessed now: {now}' if after.has_value else now}."
    if not after.has_value:
        return None
    earlier = {section.id: section for section in before.sections}
    moved = [(earlier[s.id], s) for s in after.sections if s.id in earlier and _figure(earlier[s.id]) != _figure(s)]
    told = [_moved(moved)] if moved else []
    if before.lower != after.lower or moved:
        told.append(_score(before, after, [section for _, section in moved]))
    if _at_most(before) != _at_most(after):
        told.append(f"at most {_at_most(after)} now, {_at_most(before)} before")
    if not told:
        return None
    sentence = "; ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _moved(moved: list[tuple[SectionStanding, SectionStanding]]) -> str:
    told = [f"{now.title} goes from {_figure(was)} to {_figure(now)}" for was, now in moved]
    return listed(told, SECTIONS_AT_MOST)


def _score(before: SheetStanding, after: SheetStanding, moved: list[SectionStanding]) -> str:
    was, now = _figures(before), _figures(after)
    if was == now:
        finer = before.lower != after.lower
        return f"the sure score stays {now}{' in whole points' if finer else _because(after, moved)}"
    band = f", “{after.lower_band}”" if after.lower_band != before.lower_band else ""
    return f"the sure score goes from {was} to {now}{band}"


def _because(after: SheetStanding, moved: list[SectionStanding]) -> str:
    """Return why the sure score stays although a section moved, where that is known."""
    still = [section for section in after.sections if section not in moved]
    if after.method == "min_of_sections":
        lowest = [section.title for section in still if section.lower == after.lower]
        return (
            f", because {listed(lowest)} {'are' if len(lowest) > 1 else 'is'} still at {_figures(after)}"
            if lowest
            else ""
        )
    if after.method == "staged_gate":
        first = next((section for section in after.sections if section.holds), None)
        return f", because not all of {first.title} holds" if first else ""
    return ""


def _sure(standing: SheetStanding) -> str:
    return f"the sure score is {_figures(standing)}"


def _figures(standing: SheetStanding) -> str:
    return figure(standing.lower or 0, standing.maximum)


def _at_most(standing: SheetStanding) -> str:
    return figure(standing.upper or 0, standing.maximum)


def _figure(section: SectionStanding) -> str:
    return figure(section.lower, section.maximum)
