"""What several assessors say about the practices of a model, each unseen by the others until it is revealed.

Live only: items `judgement:<round>/<practice>/<who>` of the log, never in the document. What the room agrees on becomes
an answer, with its spread. How far people are apart is worked out in `assessments/standing/agreement.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Field

from canvas.errors import OpRefused
from canvas.log.events import Item, State
from canvas.log.facilitation import TALLY, room_of
from canvas.log.facilitation_ops import Change, is_facilitator
from canvas.log.op import Author, Op
from canvas.log.property_values import checked
from canvas.reading.types import Id

Said = Literal["none", "manual", "automated", "unknown", "not-applicable"]
SAID: tuple[Said, ...] = get_args(Said)
PREFIX = "judgement:"
_Hands = dict[Said, Annotated[int, Field(ge=0, le=999)]]


@dataclass(frozen=True)
class Judged:
    """What was said about one practice in one round: by each assessor, and by hands that the facilitator counted."""

    practice: str
    round: int
    by: Mapping[str, Said]
    hands: Mapping[Said, int]

    @property
    def spread(self) -> dict[Said, int]:
        """How many said what, in the order of `SAID`, without what nobody said."""
        counted = Counter(self.by.values()) + Counter(dict(self.hands))
        return {said: counted[said] for said in SAID if counted[said]}


def own_judgements(state: State, assessor: str) -> dict[str, Said]:
    """Return what one assessor has said in the present round, by practice."""
    return {judged.practice: judged.by[assessor] for judged in _of_present_round(state) if assessor in judged.by}


def hands_counted(state: State) -> dict[str, Mapping[Said, int]]:
    """Return the hands counted in the present round, by practice. For facilitators only."""
    return {judged.practice: judged.hands for judged in _of_present_round(state) if judged.hands}


def shown_judgements(state: State) -> tuple[Judged, ...]:
    """Return what everybody may see: for each practice the latest round that is not open any more."""
    running = room_of(state).assessing
    latest: dict[str, Judged] = {}
    for judged in _rounds(state):
        if running is None or running.state == "shown" or judged.round != running.round:
            before = latest.get(judged.practice)
            latest[judged.practice] = judged if before is None or before.round < judged.round else before
    return tuple(latest.values())


def taking_part(state: State) -> Counter[str]:
    """Return how many practices each assessor has judged in the present round; who counted hands is not among them."""
    return Counter(assessor for judged in _of_present_round(state) for assessor in judged.by)


def judgement_changes(op: Op, state: State, author: Author) -> list[Change]:
    """Return what an op `judgement:<practice>` changes: `value` is one's own, `tally` are hands counted for the room.

    None takes a judgement back. Raises `OpRefused` when no round is open or the role does not allow it.
    """
    running = room_of(state).assessing
    practice = op.item.removeprefix(PREFIX)
    checked(Id, practice)
    if op.action != "set" or op.prop not in {"value", TALLY}:
        raise OpRefused("malformed", "A judgement has a value, or a tally of hands.")
    if running is None or running.state != "open":
        raise OpRefused("forbidden", "The blind round is over. What the room agrees on is answered openly now.")
    if op.prop == TALLY and not is_facilitator(author):
        raise OpRefused("forbidden", "Only the facilitator counts for the room.")
    kind = Said if op.prop == "value" else _Hands
    value = None if op.value in (None, {}) else checked(kind, op.value)
    item = f"{PREFIX}{running.round}/{practice}/{TALLY if op.prop == TALLY else author.id}"
    was = state.items[item].get("value") if item in state.items else None
    return [] if was == value else [("set", item, "value", value, was)]


def _of_present_round(state: State) -> Iterator[Judged]:
    running = room_of(state).assessing
    return (judged for judged in _rounds(state) if running and judged.round == running.round)


def _rounds(state: State) -> Iterator[Judged]:
    found: dict[tuple[int, str], list[tuple[str, Item]]] = {}
    for key, item in state.items.items():
        if key.startswith(PREFIX) and item.get("value") is not None:
            round_, practice, who = item.id.split("/", 2)
            found.setdefault((int(round_), practice), []).append((who, item))
    for (number, practice), items in found.items():
        by = {who: item.get("value") for who, item in items if who != TALLY}
        hands: Mapping[Said, int] = next((item.get("value") for who, item in items if who == TALLY), {})
        yield Judged(practice, number, by, hands)
