"""What ops cause in a workshop: the events of each, judged by what those before it leave. Writes nothing.

What an op may change is decided in `canvas/log/ops.py`; here are those that need the log itself as well, undo and
restore.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from re import fullmatch

import sqlalchemy as sa

from canvas.errors import NothingToUndo, OpRefused
from canvas.log.events import Event, State
from canvas.log.op import OP_ID, Author, Op
from canvas.log.ops import to_events
from canvas.log.restore import restore_events
from canvas.log.undo import undo_op
from canvas.method.content import Content
from canvas.store.event_rows import events_of_op
from canvas.store.lookback import state_at


@dataclass(frozen=True)
class Causing:
    """Who asks for changes of which workshop, and what they are judged by; `clock` gives the time of events."""

    connection: sa.Connection
    workshop: str
    author: Author
    content: Content
    clock: Callable[[], str]

    def events_of(self, ops: Sequence[Op], state: State) -> list[Event]:
        """Return the events of ops one after the other. Raises `OpRefused`, which names the op that is refused.

        An undo among others that finds nothing is passed over: it takes back a part that had changed nothing.
        """
        events: list[Event] = []
        idle = 0
        for op in ops:
            try:
                caused = self._events_of(op, state)
            except OpRefused as refused:
                refused.op_id = op.op_id
                idle += isinstance(refused, NothingToUndo)
                if not isinstance(refused, NothingToUndo) or idle == len(ops):
                    raise
                continue
            if caused:
                events += caused
                state = state.after(caused)
        return events

    def _events_of(self, op: Op, state: State) -> list[Event]:
        at = self.clock()
        if op.action == "restore":
            return restore_events(op, state, lambda seq: state_at(self.connection, self.workshop, seq), self.author, at)
        if op.action != "undo":
            return to_events(op, state, self.content, self.author, at)
        if not isinstance(op.value, str) or not fullmatch(OP_ID, op.value):
            raise OpRefused("malformed", "An undo names the op it takes back.")
        caused = list(events_of_op(self.connection, self.workshop, op.value))
        events: list[Event] = []
        for step in undo_op(op, caused, state, self.author):
            events += to_events(step, state.after(events) if events else state, self.content, self.author, at)
        return [replace(event, seq=state.seq + 1 + part, part=part) for part, event in enumerate(events)]
