"""A claimed score beside one that evidence backs: which answers are proved, since when, and until when.

Only what is claimed to be done needs proof: manual, automated, or a number. "Not done", "don't know" and "not
applicable" with its reason stay as they are. How good a piece of evidence is, people judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from assessments.library.load import CONTENT
from assessments.library.revisions import current
from assessments.shapes.library import Library
from assessments.shapes.result import Result
from assessments.shapes.rules import EvidenceRule
from assessments.standing.score_all import score_all
from canvas.document.days import has_been
from canvas.document.workshop import Answer, Evidence, Workshop
from canvas.errors import ContentError, FileProblems
from canvas.reading.read import read_model

BackingState = Literal["fresh", "undated", "expired", "misdated", "hinted", "missing"]


@dataclass(frozen=True)
class Backing:
    """What backs one answer. `undated` evidence counts and never expires, because nobody said when it was seen.

    `hinted` is an answer with hints only: somebody read it off the board, and nobody has looked whether it is so.
    `misdated` has only evidence of days that have not been yet, or from before there was anything to see.
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

    def due(self, days: int) -> tuple[Backing, ...]:
        """Return what counts today and expires in at most `days`, the first to expire first."""
        last = self.today.toordinal() + days
        return tuple(found for found in self.of("fresh") if found.expires_on and found.expires_on.toordinal() <= last)


@cache
def shipped_rule() -> EvidenceRule:
    """Return how long evidence lasts. Raises `ContentError` when the file breaks its contract."""
    try:
        return read_model(CONTENT / "evidence.yaml", EvidenceRule)[1]
    except FileProblems as error:
        raise ContentError(error.problems) from None


def check_evidence(
    workshop: Workshop,
    library: Library,
    today: date,
    days: int | None = None,
    claimed: Sequence[Result] | None = None,
) -> EvidenceCheck:
    """Score a workshop as claimed and as backed by evidence that was seen in the last `days` before `today`.

    Without `days` (at least 1) those of the content count. `claimed` are the scores as claimed, where they are known
    already.
    """
    days = shipped_rule().days if days is None else days
    workshop = current(workshop, library)
    library = library.judging(workshop)
    found = backings(workshop, library, today, days)
    proved = proved_only(workshop, found)
    claimed = score_all(workshop, library) if claimed is None else claimed
    # Where everything is proved, both are the same.
    backed = claimed if proved is workshop else score_all(proved, library)
    scored = zip(claimed, backed, strict=True)
    return EvidenceCheck(today, days, tuple(BackedScore(*pair) for pair in scored), found)


def backings(workshop: Workshop, library: Library, today: date, days: int) -> tuple[Backing, ...]:
    """Return what backs each answer that needs proof, in the order of the library, which judges this workshop.

    Its answers are carried over already.
    """
    answers = {answer.id: answer for answer in workshop.answers if claims(answer)}
    order = [item for item in (*library.practices, *library.measures) if item in answers]
    return tuple(_backing(answers[item], today, days, library) for item in order)


def proved_only(workshop: Workshop, found: Sequence[Backing]) -> Workshop:
    """Return the workshop without the answers that nothing backs; the same one when everything is backed."""
    unproved = {backing.item for backing in found if not backing.counts}
    if not unproved:
        return workshop
    kept = tuple(answer for answer in workshop.answers if answer.id not in unproved)
    return workshop.model_copy(update={"answers": kept})


def claims(answer: Answer) -> bool:
    """Return whether an answer says that something is done, or gives a number."""
    return answer.state == "answered" and answer.value != "none"


def last_day(seen_on: str, days: int) -> date:
    """Return the last day on which evidence counts that was seen on a day as `2026-11-23`."""
    # A file may hold any day there is, and no calendar goes beyond the last one.
    return date.fromordinal(min(date.fromisoformat(seen_on).toordinal() + days, date.max.toordinal()))


def seen_again(evidence: Sequence[Evidence], today: date) -> tuple[Evidence, ...]:
    """Return the evidence with its newest proof seen today; pieces without a day count as the oldest."""
    proofs = [index for index, found in enumerate(evidence) if not found.hint]
    newest = max(proofs, key=lambda index: evidence[index].seen_on or "")
    return tuple(
        found.model_copy(update={"seen_on": today.isoformat()}) if index == newest else found
        for index, found in enumerate(evidence)
    )


def _backing(answer: Answer, today: date, days: int, library: Library) -> Backing:
    title = library.title(answer.id)
    proofs = [found for found in answer.evidence if not found.hint]
    if not proofs:
        return Backing(answer.id, title, "hinted" if answer.evidence else "missing")
    undated = any(found.seen_on is None for found in proofs)
    dated = [found.seen_on for found in proofs if found.seen_on is not None and has_been(found.seen_on, today)]
    if not dated and not undated:
        return Backing(answer.id, title, "misdated")
    newest = max(dated, default=None)
    seen_on = date.fromisoformat(newest) if newest else None
    expires_on = last_day(newest, days) if newest else None
    state: BackingState
    if expires_on is not None and today <= expires_on:
        state = "fresh"
    elif undated:
        # An older dated piece is not what counts now, so its day is not told.
        return Backing(answer.id, title, "undated")
    else:
        state = "expired"
    return Backing(answer.id, title, state, seen_on, expires_on)
