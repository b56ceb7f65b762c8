"""How a room is being facilitated: timer, locks, private writing, voting, focus. Live only, never in the document.

Everything here is read from the items `room:` and `vote:` of the log; who may change them is decided in `ops.py`.
What is not revealed is filtered here, once, for board, replay, pages and exports alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from canvas.log.events import Item, State

BOARD = "*"
TALLY = "tally"


@dataclass(frozen=True)
class Voting:
    """A round of dot voting: `open` while people vote and nobody sees results, `shown` afterwards."""

    round: int
    budget: int
    state: str


@dataclass(frozen=True)
class Assessing:
    """A round of blind answers: `open` while nobody sees the others', `shown` after.

    They are given to the practices of `model`, or to one `question` of phase zero; the other of the two is None.
    """

    round: int
    state: str
    model: str | None
    question: str | None = None


@dataclass(frozen=True)
class Room:
    """The facilitation of one workshop at one moment.

    `private` is the number of the private round, or None; `plan` the id of the agenda, `agenda` its present entry.
    `instructions` are sentences that this workshop reads instead of those of content, by entry. A timer that has a
    `paused_at` stands still since then.
    """

    timer: dict[str, Any] | None
    locked: tuple[str, ...]
    private: int | None
    voting: Voting | None
    hide_authors: bool
    focus: dict[str, Any] | None
    agenda: str | None
    plan: str | None
    instructions: Mapping[str, str]
    assessing: Assessing | None

    def locks(self, block: str) -> bool:
        """Return whether participants may not change notes of a block."""
        return BOARD in self.locked or block in self.locked


def room_of(state: State) -> Room:
    """Return how the room is facilitated now."""
    item = state.items.get("room:") or Item("", "")
    voting, assessing = item.get("voting"), item.get("assessing")
    return Room(
        timer=item.get("timer"),
        locked=tuple(item.get("locked", ())),
        private=item.get("private"),
        voting=Voting(voting["round"], voting["budget"], voting["state"]) if voting else None,
        hide_authors=bool(item.get("hide_authors", False)),
        focus=item.get("focus"),
        agenda=item.get("agenda"),
        plan=item.get("plan"),
        instructions=item.get("instructions", {}),
        assessing=_assessing(assessing) if assessing else None,
    )


def _assessing(said: dict[str, Any]) -> Assessing:
    return Assessing(said["round"], said["state"], said.get("model"), said.get("question"))


def answered_alone(room: Room) -> bool:
    """Return whether people answer practices alone now, so that what is recorded about them is for nobody's eyes."""
    running = room.assessing
    return running is not None and running.state == "open" and running.question is None


def ends_alone(was: dict[str, Any] | None, value: dict[str, Any] | None) -> bool:
    """Return whether a change of `assessing` ends a time in which people answered practices alone."""
    before, after = (said is not None and said["state"] == "open" and not said.get("question") for said in (was, value))
    return before and not after


def hidden(note: Item, room: Room, reader: str | None) -> bool:
    """Return whether a note of the running private round is not for `reader`'s eyes. None reads for everybody."""
    return room.private is not None and note.get("round") == room.private and note.author != reader


def visible_notes(state: State, reader: str | None) -> list[Item]:
    """Return the notes that `reader` may see, in the order in which they were added."""
    room = room_of(state)
    return [note for note in state.of_kind("note") if not hidden(note, room, reader)]


def written_unseen(state: State) -> dict[str, int]:
    """Return how many notes of the running private round each person has written. For those who lead, and no words."""
    room = room_of(state)
    unseen = (note for note in state.of_kind("note") if hidden(note, room, None))
    return dict(Counter(note.author for note in unseen))


def votes_of(state: State, author: str) -> dict[str, int]:
    """Return how many dots one person has put on which note in the present round."""
    return {note: count for note, who, count in _votes(state) if who == author and count}


def vote_totals(state: State) -> dict[str, int] | None:
    """Return the dots of each note once the round is shown, else None."""
    room = room_of(state)
    if room.voting is None or room.voting.state != "shown":
        return None
    totals: Counter[str] = Counter()
    for note, _, count in _votes(state):
        totals[note] += count
    return dict(totals)


def voters(state: State) -> int:
    """Return how many people have voted in the present round."""
    return len({who for _, who, count in _votes(state) if count and who != TALLY})


def _votes(state: State) -> list[tuple[str, str, int]]:
    voting = room_of(state).voting
    if voting is None:
        return []
    prefix = f"vote:{voting.round}/"
    found = []
    for key, item in state.items.items():
        if key.startswith(prefix):
            note, who = key.removeprefix(prefix).split("/", 1)
            # Dots on a note that was deleted are free again.
            if (voted := state.items.get(f"note:{note}")) and not voted.deleted:
                found.append((note, who, int(item.get("count", 0))))
    return found
