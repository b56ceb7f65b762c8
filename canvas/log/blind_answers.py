"""What several people say alone, each unseen by the others until it is revealed: about practices, or to one question.

Live only: items `judgement:<round>/<practice or question>/<who>` of the log, never in the document. What is said to a
question stands in a property of its own, so that neither is ever counted among the other. What the room agrees on
becomes an answer, with its spread. How far people are apart is worked out in `assessments/standing/agreement.py`.
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
from canvas.log.property_values import checked, property_value
from canvas.method.content import Content
from canvas.reading.types import Id, RequirementValue

Said = Literal["none", "manual", "automated", "unknown", "not-applicable"]
SAID: tuple[Said, ...] = get_args(Said)
PREFIX = "judgement:"
REPLY = "reply"
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


@dataclass(frozen=True)
class Replies:
    """What was said to one question of phase zero in one round, by each person."""

    question: str
    round: int
    by: Mapping[str, RequirementValue]


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


def own_reply(state: State, person: str) -> RequirementValue | None:
    """Return what a person has said to the question of the present round."""
    present = _present_replies(state)
    return present.by.get(person) if present else None


def replying(state: State) -> int:
    """Return how many people have answered the question of the present round."""
    present = _present_replies(state)
    return len(present.by) if present else 0


def shown_replies(state: State) -> tuple[Replies, ...]:
    """Return what everybody may see: for each question its latest round that is not open any more."""
    running = room_of(state).assessing
    open_round = running.round if running and running.state == "open" else None
    latest: dict[str, Replies] = {}
    for replies in _replies(state):
        if replies.round != open_round:
            before = latest.get(replies.question)
            latest[replies.question] = replies if before is None or before.round < replies.round else before
    return tuple(latest.values())


def _present_replies(state: State) -> Replies | None:
    running = room_of(state).assessing
    return next((found for found in _replies(state) if running and found.round == running.round), None)


def _replies(state: State) -> Iterator[Replies]:
    found: dict[tuple[int, str], dict[str, RequirementValue]] = {}
    for key, item in state.items.items():
        if key.startswith(PREFIX) and item.get(REPLY) is not None:
            round_, question, who = item.id.split("/", 2)
            found.setdefault((int(round_), question), {})[who] = item.get(REPLY)
    for (number, question), by in found.items():
        yield Replies(question, number, by)


def judgement_changes(op: Op, state: State, author: Author, content: Content) -> list[Change]:
    """Return what an op `judgement:<practice>` changes: `value` is one's own, `tally` are hands counted for the room.

    In a round about a question it is `judgement:<question>` with the property `reply`. None takes back what was said.
    Raises `OpRefused` when no such round is open or the role does not allow it.
    """
    running = room_of(state).assessing
    practice = op.item.removeprefix(PREFIX)
    checked(Id, practice)
    if op.action != "set" or op.prop not in {"value", TALLY, REPLY}:
        raise OpRefused("malformed", "A judgement has a value, or a tally of hands; a question has a reply.")
    asked = running.question if running else None
    if running is None or running.state != "open" or asked != (practice if op.prop == REPLY else None):
        raise OpRefused("forbidden", "The blind round is over. What the room agrees on is answered openly now.")
    if op.prop == REPLY:
        value = property_value("requirement", practice, "value", op.value, content)
        item = f"{PREFIX}{running.round}/{practice}/{author.id}"
        was = state.items[item].get(REPLY) if item in state.items else None
        return [] if was == value else [("set", item, REPLY, value, was)]
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
