"""Looking back in the log: a workshop as it was, its named moments, and the earlier texts of a note. Only reads.

The past is read with the eyes of its time: what was hidden then and never shown stays hidden. Bringing an earlier state
back is `log/restore.py`; what differs between two of them is `document/differences.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa

from canvas.log.events import Event, Item, State
from canvas.log.facilitation import hidden, room_of
from canvas.log.kept_moments import is_named
from canvas.store.event_rows import event_of, events_after, state_stored
from canvas.store.sql_tables import EVENT


@dataclass(frozen=True)
class Moment:
    """A point in the log that has a name: the state after the event `at`.

    `by_itself` says that it was kept as the agenda went on, and that nobody has given it another name since.
    """

    id: str
    name: str
    at: int
    author: str
    by_itself: bool = False


@dataclass(frozen=True)
class EarlierText:
    """One text that a note has had. `lost_to` is the sequence of the text that replaced it without having seen it."""

    text: str
    author: str
    at: str
    seq: int
    lost_to: int | None = None


def state_at(connection: sa.Connection, workshop: str, seq: int) -> State:
    """Return the state after event `seq`, from the nearest stored snapshot before it."""
    state = state_stored(connection, workshop, seq)
    for event in events_after(connection, workshop, state.seq, seq - state.seq):
        state.apply(event)
    return state


def event_at(connection: sa.Connection, workshop: str, seq: int) -> Event | None:
    """Return the event with a sequence, or None when the log has not reached it."""
    return next((event for event in events_after(connection, workshop, seq - 1, 1) if event.seq == seq), None)


def times_of(connection: sa.Connection, workshop: str, seqs: Collection[int]) -> dict[int, str]:
    """Return when the changes with these sequences were made, in UTC, ISO 8601; what came with a file has no time."""
    action = EVENT.c.body["action"].as_string()
    wanted = sa.select(EVENT.c.seq, EVENT.c.at).where(
        EVENT.c.workshop == workshop, EVENT.c.seq.in_(seqs), action != "import"
    )
    return {row.seq: row.at for row in connection.execute(wanted)}


def events_about(connection: sa.Connection, workshop: str, note_id: str) -> Iterator[Event]:
    """Yield the events that can have changed a note or who may see it, in order."""
    item, action = EVENT.c.body["item"].as_string(), EVENT.c.body["action"].as_string()
    about = item.in_([f"note:{note_id}", "room:"]) | (action == "import")
    wanted = sa.select(EVENT).where(EVENT.c.workshop == workshop, about).order_by(EVENT.c.seq)
    return (event_of(row) for row in connection.execute(wanted))


def moments(state: State) -> tuple[Moment, ...]:
    """Return the named moments in the order of the log."""
    found = [
        Moment(item.id, item.get("name"), item.get("at"), item.author, not is_named(item))
        for item in state.of_kind("moment")
    ]
    return tuple(sorted(found, key=lambda moment: (moment.at, moment.id)))


def texts_of(events: Iterable[Event], note_id: str, reader: str) -> tuple[EarlierText, ...]:
    """Return the texts a note has had, oldest first, the present one last, as far as `reader` could ever see them.

    A text that its author changed or deleted before a private round was revealed is shown to its author alone.
    `events` are those of `events_about`, or more.
    """
    state, texts, shown = State(), list[EarlierText](), set[int]()
    for event in events:
        state.apply(event)
        note = state.items.get(f"note:{note_id}")
        if note is None or "text" not in note.properties:
            continue
        written = note.properties["text"]
        if written.seq == event.seq:
            _add_text(texts, EarlierText(written.value, written.author, event.at, event.seq), event.base)
        if not note.deleted and not hidden(note, room_of(state), reader):
            shown.add(written.seq)
    return tuple(text for text in texts if text.seq in shown)


def _add_text(texts: list[EarlierText], new: EarlierText, base: int | None) -> None:
    """Append a text, and mark the one before as lost when this one was written without having seen it."""
    if texts:
        before = texts[-1]
        # Somebody who types on before the first answer is back sends an old base too, but loses nothing by it.
        if base is not None and base < before.seq and before.author != new.author:
            texts[-1] = replace(before, lost_to=new.seq)
    texts.append(new)


def notes_to_look_up(state: State, reader: str) -> list[Item]:
    """Return the notes whose earlier texts `reader` may ask for, deleted ones last.

    Of the deleted ones only those that were never in a private round, or are the reader's own: nobody can tell from
    the present state alone whether the others were ever revealed.
    """
    room = room_of(state)
    notes = [item for key, item in state.items.items() if key.startswith("note:") and not hidden(item, room, reader)]
    notes = [note for note in notes if not note.deleted or note.get("round") is None or note.author == reader]
    return sorted(notes, key=lambda note: note.deleted)
