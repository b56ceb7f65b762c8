"""What the history page reads: earlier states of one workshop for one reader, and events in words. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any

from assessments.compare.comparison import differ
from assessments.library.packs import library
from canvas.document.workshop import Workshop
from canvas.live import frames
from canvas.log.events import Event, Item, State
from canvas.log.facilitation import hidden, room_of
from canvas.log.fold import document_of
from canvas.log.restore import restoration
from canvas.store.lookback import (
    EarlierText,
    Moment,
    event_at,
    events_about,
    moments,
    notes_to_look_up,
    state_at,
    texts_of,
)
from views.board.picture import picture
from views.visit.session import Visit, content, log_of, names, read

SYSTEM = "system"
# What a workshop has that was begun empty.
HEAD = ("title", "team", "date", "slug")
NOUNS = {
    "requirement": "a requirement",
    "draft": "a drafted decision",
    "answer": "an answer",
    "risk": "a risk",
    "task": "a task",
    "target": "a target",
    "assignment": "who makes a step",
    "workshop": "the head of the canvas",
    "room": "how the room is led",
}


@dataclass(frozen=True)
class Point:
    """A point in the log that can be compared: the start, a moment, or now. `id` stays while its name may change."""

    id: str
    name: str
    at: int


@dataclass(frozen=True)
class NoteToPick:
    """A note whose earlier texts can be asked for, with the short title of its block."""

    id: str
    block: str
    text: str
    deleted: bool


class Past:
    """One workshop's log as one person may see it. `zone` is the reader's time zone."""

    def __init__(self, visit: Visit, zone: tzinfo) -> None:
        self.visit = visit
        self.reader = visit.member.id
        self.zone = zone
        self._documents: dict[int, Workshop] = {}

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """The moments in the order of the log, those with a name from somebody and those kept by themselves."""
        return read(self.visit, moments)

    @cached_property
    def _unsigned(self) -> bool:
        return read(self.visit, lambda state: room_of(state).hide_authors)

    @cached_property
    def _names(self) -> dict[str, str]:
        return names(self.visit)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """What can be compared, in order: the start, the moments, and now."""
        start = [] if any(moment.at == 1 for moment in self.moments) else [Point("start", self._start, 1)]
        named = [Point(moment.id, moment.name, moment.at) for moment in self.moments]
        return (*start, *named, Point("now", "Now", self.visit.seq))

    @cached_property
    def _start(self) -> str:
        """How the start is called: an example or a file brought something along."""
        begun = self.document(1).model_dump(exclude={"format", "needs", *HEAD}, exclude_defaults=True)
        return "As it was opened" if begun else "The start"

    def last_that_differ(self) -> tuple[Point, Point] | None:
        """Return now and the latest point that differs from it, the earlier one first; None when there is none."""
        now = self.points[-1]
        earlier = reversed(self.points[:-1])
        found = next((point for point in earlier if self._differs(point.at, now.at)), None)
        return (found, now) if found else None

    def last_moment_that_differs(self) -> Moment | None:
        """Return the latest moment from which the present state differs; the start is no moment."""
        found = (moment for moment in reversed(self.moments) if self._differs(moment.at, self.visit.seq))
        return next(found, None)

    def _differs(self, before: int, after: int) -> bool:
        return differ(self.document(before), self.document(after), content(), library())

    def day(self, seq: int) -> str:
        """Return the day of the change `seq` on the reader's calendar, as 2026-11-23."""
        with log_of(self.visit) as connection:
            event = event_at(connection, self.visit.id, seq)
        return f"{datetime.fromisoformat(event.at).astimezone(self.zone):%Y-%m-%d}" if event else ""

    def state(self, seq: int) -> State:
        """Return the state after the change `seq`."""
        with log_of(self.visit) as connection:
            return state_at(connection, self.visit.id, seq)

    def document(self, seq: int) -> Workshop:
        """Return the document after the change `seq`: without what was private then."""
        if seq not in self._documents:
            self._documents[seq] = document_of(self.state(seq))
        return self._documents[seq]

    def board(self, state: State) -> dict[str, Any]:
        """Return the data of a board that shows an earlier state and cannot be edited."""
        visit = self.visit
        snapshot = frames.snapshot(state, visit.member.author)
        data = picture(document_of(state), snapshot, visit.member, content().canvases["stack-canvas"], content())
        # Who wrote what may be hidden by now though it was not then.
        return {**data, "live": None, "notes": [{**note, "author": None} for note in data["notes"]]}

    def restored(self, seq: int) -> Workshop:
        """Return what the document becomes when the state after `seq` is brought back."""
        then, now = self.document(seq), self.visit.workshop
        recorded = [decision for decision in now.decisions if decision.number is not None]
        drafts = [decision for decision in then.decisions if decision.number is None]
        return then.model_copy(update={"decisions": (*recorded, *drafts)})

    def kept_decisions(self, seq: int) -> tuple[int, ...]:
        """Return the numbers of the decisions that stay when the state after `seq` is brought back."""
        then = self.state(seq)
        return read(self.visit, lambda now: restoration(now, then).kept)

    def told(self, seq: int, state: State) -> str:
        """Return when the change `seq` was made, by whom, and what it was; `state` is the one after it."""
        with log_of(self.visit) as connection:
            event = event_at(connection, self.visit.id, seq)
        return f"{self.when(event.at)} · {self._sentence(event, state)}" if event else ""

    def when(self, at: str) -> str:
        """Return a time of the log as the reader's clock shows it."""
        return f"{datetime.fromisoformat(at).astimezone(self.zone):%d %b %Y, %H:%M:%S}"

    def who(self, author: str) -> str:
        """Return the name of an author: `You`, what they typed, or nobody's."""
        if author in {self.reader, SYSTEM}:
            return "You" if author == self.reader else "From the start"
        return "Somebody" if self._unsigned else self._names.get(author, "Somebody")

    def notes(self) -> tuple[NoteToPick, ...]:
        """Return the notes whose earlier texts can be asked for, block by block, deleted ones last."""
        canvases = content().canvases.values()
        blocks = {(canvas.id, block.id): block.short for canvas in canvases for block in canvas.blocks}
        order = list(blocks)

        def key(note: Item) -> tuple[bool, int, float, str]:
            where = _where(note)
            return (
                note.deleted,
                order.index(where) if where in blocks else len(order),
                note.get("place")["pos"],
                note.id,
            )

        def look(state: State) -> list[NoteToPick]:
            found = sorted(notes_to_look_up(state, self.reader), key=key)
            return [NoteToPick(n.id, blocks.get(_where(n), _where(n)[1]), n.get("text"), n.deleted) for n in found]

        return tuple(read(self.visit, look))

    def texts(self, note: str) -> tuple[EarlierText, ...]:
        """Return the texts a note has had, oldest first."""
        with log_of(self.visit) as connection:
            return texts_of(events_about(connection, self.visit.id, note), note, self.reader)

    def _sentence(self, event: Event, state: State) -> str:
        if event.action == "import":
            return "The workshop started" if event.seq == 1 else f"{self.who(event.author)} brought in a file"
        item = state.items[event.item]
        mine = event.author == self.reader
        if event.kind == "vote":
            return "You placed dots" if mine else "Somebody voted"
        if event.kind == "judgement":
            return "You answered blind" if mine else "Somebody answered blind"
        if event.kind == "moment" and (event.value or {}).get("kept_for"):
            return f"The agenda went on, and the moment before was kept: {event.value['name']}"
        if event.kind == "note" and hidden(item, room_of(state), self.reader):
            return "Somebody wrote in private"
        return f"{self.who(event.author)} {_deed(event)}"


def _where(note: Item) -> tuple[str, str]:
    place = note.get("place")
    return place["canvas"], place["block"]


def _deed(event: Event) -> str:
    """Return what an event did, as the end of a sentence that begins with its author."""
    if event.kind == "note":
        return _note_deed(event)
    if event.kind == "moment":
        return "named a moment" if event.action == "add" else "changed a named moment"
    if event.kind == "decision":
        record = (event.value or {}).get("record", {})
        as_what = f" as {status}" if (status := record.get("status")) else ""
        return f"recorded decision {event.item.partition(':')[2]}{as_what}"
    if event.kind == "outcome":
        return f"{event.value['status']} decision {event.item.partition(':')[2]}"
    if event.kind == "workshop" and event.prop == "slug":
        return "gave the project the name of its folder"
    verb = "added" if event.action == "add" else "emptied" if event.value is None else "changed"
    return f"{'deleted' if event.prop == 'deleted' and event.value else verb} {NOUNS.get(event.kind, event.kind)}"


def _note_deed(event: Event) -> str:
    if event.action == "add":
        return f"added a note in {_block(event.value['place'])}"
    if event.prop == "place":
        moved_on = event.was and event.was["block"] != event.value["block"]
        return f"moved a note {'to' if moved_on else 'within'} {_block(event.value)}"
    if event.prop == "deleted":
        return "deleted a note" if event.value else "brought a note back"
    return f"changed the {event.prop} of a note"


def _block(place: dict[str, Any]) -> str:
    canvas = content().canvases.get(place["canvas"])
    block = canvas.block(place["block"]) if canvas else None
    return block.title if block else str(place["block"])
