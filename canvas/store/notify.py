"""How processes that share a PostgreSQL tell each other to look: LISTEN and NOTIFY. Nothing of this on SQLite.

A notification carries only workshop and sequence, and is only a hint: who misses one looks every two seconds anyway.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

CHANNEL = "stack_canvas"
LISTEN_FOR_S = 0.5
FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0

log = logging.getLogger(__name__)


def announce(connection: sa.Connection, workshop: str, seq: int) -> None:
    """Tell every process, once this transaction is committed, that a workshop has reached `seq`."""
    connection.execute(sa.select(sa.func.pg_notify(CHANNEL, f"{workshop} {seq}")))


@contextmanager
def listening(engine: sa.Engine, hint: Callable[[str, int], None]) -> Iterator[None]:
    """Call `hint(workshop, seq)` for what other processes announce, from a thread, until the block ends."""
    if engine.dialect.name != "postgresql":
        yield
        return
    stopped = threading.Event()
    thread = threading.Thread(target=_listen, args=(engine.url, hint, stopped), name="notify", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(5 * LISTEN_FOR_S)


def _listen(address: sa.URL, hint: Callable[[str, int], None], stopped: threading.Event) -> None:
    """Listen until told to stop; a lost connection is opened again, ever more patiently."""
    # Imported here: the driver is an optional extra that only a PostgreSQL installation has.
    import psycopg

    pause = FIRST_PAUSE_S
    while not stopped.is_set():
        try:
            with psycopg.connect(_plain(address), autocommit=True, connect_timeout=10) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                pause = FIRST_PAUSE_S
                while not stopped.is_set():
                    for found in connection.notifies(timeout=LISTEN_FOR_S):
                        _pass_on(found.payload, hint)
        except psycopg.Error as error:
            log.warning(
                "Lost the connection that listens for changes; trying again in %.1f s. (%s)", pause, _first_line(error)
            )
            stopped.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)


def _pass_on(payload: str, hint: Callable[[str, int], None]) -> None:
    workshop, _, seq = payload.partition(" ")
    # Anybody with access to the database may notify on this channel; what is not ours is passed over.
    if seq.isascii() and seq.isdigit():
        hint(workshop, int(seq))


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _plain(address: sa.URL) -> str:
    return address.set(drivername="postgresql").render_as_string(hide_password=False)
