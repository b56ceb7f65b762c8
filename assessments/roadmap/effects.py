"""What one answer raised, by itself, really does to every model, worked out by scoring again and never estimated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.roadmap.reach import aims_of
from assessments.scoring.assessment import Assessment
from assessments.scoring.moves import Move, moves_of, spoken, unmet_prerequisites, wording
from assessments.scoring.sheet import Sheet, sheet_from
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from canvas.document.workshop import Workshop

Rank = tuple[Fraction, Fraction, int, str, str]


@dataclass(frozen=True)
class Effect:
    """What a change does to one model: its sure value before and after, and the `share` of all its points it gains.

    `share` is 0 to 1. `band` is the sure band after the change when that is another one, else None.
    """

    model: str
    title: str
    before: float
    after: float
    maximum: float
    share: float
    band: str | None


@dataclass(frozen=True)
class Candidate:
    """One answer raised, by itself, from the answers of today.

    `prerequisites` are missing today, in the order in which they build up. `proof` is evidence that will do.
    """

    move: Move
    title: str
    current: str
    prerequisites: tuple[str, ...]
    blocks: tuple[str, ...]
    proof: tuple[str, ...]
    effects: tuple[Effect, ...]

    @property
    def item(self) -> str:
        return self.move.item

    @property
    def to(self) -> str:
        return spoken(self.move.to)

    @property
    def effort(self) -> int:
        """From 1 (an afternoon) to 5 (a quarter)."""
        return self.move.effort


def candidates(workshop: Workshop, library: Library) -> tuple[Candidate, ...]:
    """Return every single answer that, raised, gains points for a target; the most for its effort comes first.

    Without targets, for the next band of each model that can gate.
    """
    library = library.judging(workshop)
    sheet = sheet_from(workshop)
    wanted = [aim.model for aim in aims_of(workshop, library) if aim.model.ordered]
    judged = (one for model in wanted for one in Assessment(model, sheet, library).judged if one.improvable)
    offered = [move for moves in moves_of(judged, library).values() for move in moves]
    ranked = sorted(((rank(move, sheet, wanted, library), move) for move in offered), key=lambda pair: pair[0])
    return tuple(candidate(move, sheet, library) for place, move in ranked if any(place[:2]))


def candidate(move: Move, sheet: Sheet, library: Library, *, effects: bool = True) -> Candidate:
    """Return a move from the answers of a sheet with all that a team has to know about it.

    Without `effects` no model is scored, which is most of the work.
    """
    practice = library.practices.get(move.item)
    return Candidate(
        move=move,
        title=library.title(move.item),
        current=wording(sheet.entry(move.item)),
        prerequisites=unmet_prerequisites(move.item, sheet, library),
        blocks=practice.blocks if practice else (),
        proof=practice.evidence.enough if practice else (),
        effects=effects_of((move,), sheet, library) if effects else (),
    )


def effects_of(moves: Collection[Move], sheet: Sheet, library: Library) -> tuple[Effect, ...]:
    """Return what moves made together do to the models that have a value, leaving out those where nothing changes."""
    after = sheet.answering({move.item: move.to for move in moves})
    asking = (m for m in library.models.values() if m.ordered and any(m.asks(move.item) for move in moves))
    found = (_effect(Assessment(model, sheet, library), Assessment(model, after, library)) for model in asking)
    return tuple(effect for effect in found if effect is not None)


def rank(move: Move, sheet: Sheet, models: Sequence[ModelDefinition], library: Library) -> Rank:
    """Return where a move stands among others, the smallest first.

    It is what the values of `models` gain for each point of effort, as a part of their maximum; then what their points
    gain, so that work on a model whose value is a minimum is seen before the minimum moves; then effort, item, answer.
    """
    value = points = Fraction(0)
    after = sheet.answering({move.item: move.to})
    for model in models:
        if model.asks(move.item):
            old, new = (Assessment(model, answers, library) for answers in (sheet, after))
            if old.assessable and new.assessable:
                value += (new.lower - old.lower) / old.method.maximum(old.sections)
                points += new.share - old.share
    return -value / move.effort, -points / move.effort, move.effort, move.item, spoken(move.to)


def _effect(old: Assessment, new: Assessment) -> Effect | None:
    if not (old.assessable and new.assessable) or (old.lower, old.share) == (new.lower, new.share):
        return None
    return Effect(
        model=old.model.id,
        title=old.model.title,
        before=float(old.lower),
        after=float(new.lower),
        maximum=float(old.method.maximum(old.sections)),
        share=float(new.share - old.share),
        band=None if old.lower_band is new.lower_band else new.lower_band.label,
    )
