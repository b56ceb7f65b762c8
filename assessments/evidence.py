"""A claimed score beside one that evidence backs: which answers are proved, since when, and until when.

Only what is claimed to be done needs proof: manual, automated, or a number. "Not done", "don't know" and "not
applicable" with its reason stay as they are. How good a piece of evidence is, people judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from assessments import packs
from assessments.content import CONTENT
from assessments.definitions import Library
from assessments.result import Result
from assessments.rules import EvidenceRule
from assessments.score import score_all
from canvas.content import read_model
from canvas.errors import ContentError, FileProblems
from canvas.workshop import Answer, Workshop

BackingState = Literal["fresh", "undated", "expired", "missing"]


@dataclass(frozen=True)
class Backing:
    """What backs one answer. `undated` evidence counts and never expires, because nobody said when it was seen.

    `seen_on` is the latest day on which evidence was seen, `expires_on` the last day on which that still counts.
    """

    item: str
    title: str
    state: BackingState
    seen_on: date | None = None
    expires_on: date | None = None

    @property
    def counts(self) -> bool:
        return self.state in ("fresh", "undated")


@dataclass(frozen=True)
class BackedScore:
    """One model as claimed, and with unproved answers counted as unanswered."""

    claimed: Result
    backed: Result


@dataclass(frozen=True)
class EvidenceCheck:
    """Every model both ways, and what backs each answer that needs proof, in the order of the life cycle."""

    today: date
    days: int
    scores: tuple[BackedScore, ...]
    backings: tuple[Backing, ...]

    def of(self, *states: BackingState) -> tuple[Backing, ...]:
        """Return what is in one of these states; where days are known, the one that expires first comes first."""
        found = (backing for backing in self.backings if backing.state in states)
        return tuple(sorted(found, key=lambda backing: backing.expires_on or date.max))


@cache
def shipped_rule() -> EvidenceRule:
    """Return how long evidence lasts. Raises `ContentError` when the file breaks its contract."""
    try:
        return read_model(CONTENT / "evidence.yaml", EvidenceRule)[1]
    except FileProblems as error:
        raise ContentError(error.problems) from None


def check_evidence(
    workshop: Workshop, today: date, days: int | None = None, library: Library | None = None
) -> EvidenceCheck:
    """Score a workshop as claimed and as backed by evidence that was seen in the last `days` before `today`.

    Without `days` (at least 1) those of the content count.
    """
    library, days = library or packs.library(), shipped_rule().days if days is None else days
    answers = {answer.id: answer for answer in workshop.answers if _claims(answer)}
    order = [item for item in (*library.practices, *library.measures) if item in answers]
    backings = tuple(_backing(answers[item], today, days, library) for item in order)
    unproved = {backing.item for backing in backings if not backing.counts}
    kept = tuple(answer for answer in workshop.answers if answer.id not in unproved)
    scored = zip(
        score_all(workshop, library),
        score_all(workshop.model_copy(update={"answers": kept}), library),
        strict=True,
    )
    return EvidenceCheck(today, days, tuple(BackedScore(*pair) for pair in scored), backings)


def _claims(answer: Answer) -> bool:
    return answer.state == "answered" and answer.value != "none"


def _backing(answer: Answer, today: date, days: int, library: Library) -> Backing:
    title = library.title(answer.id)
    dated = [date.fromisoformat(found.seen_on) for found in answer.evidence if found.seen_on is not None]
    seen_on = max(dated, default=None)
    expires_on = seen_on + timedelta(days=days) if seen_on else None
    state: BackingState
    if expires_on is not None and today <= expires_on:
        state = "fresh"
    elif len(dated) < len(answer.evidence):
        # An older dated piece is not what counts now, so its day is not told.
        return Backing(answer.id, title, "undated")
    else:
        state = "expired" if answer.evidence else "missing"
    return Backing(answer.id, title, state, seen_on, expires_on)
