"""The connection to the database: SQLite in the data folder, or PostgreSQL by address. Both behave alike from here on.

Nothing here knows what is stored: the shapes are in `sql_tables.py`, reading and writing in `store.py`.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from canvas.errors import DatabaseAway, DatabaseDamaged, DatabaseUnusable
from canvas.store.database_file import DatabaseFile, is_damage, make_whole
from canvas.store.schema import bring_up
from canvas.store.writers import OVERTAKEN, overtaken_by, say_level

CONNECT_TIMEOUT_S = 10
ADDRESS_EXAMPLE = "postgresql://user:password@host:5432/name"

DAMAGED = "The database is damaged, and this could not be read or saved. Whoever runs the app must restore a backup."

log = logging.getLogger(__name__)


def open_database(url: str) -> sa.Engine:
    """Connect to `url` and bring it to the present schema. Raises `DatabaseUnusable` with what to mend."""
    address = _parsed(url)
    engine, file = _engine(address), file_of(address)
    try:
        if file is not None:
            file.refuse_unsound()
            if not file.path.exists():
                make_whole(file.path, lambda draft: _make(address.set(database=str(draft))))
        bring_up(engine, file)
    except (sa.exc.DatabaseError, sqlite3.Error, OSError) as error:
        engine.dispose()
        raise DatabaseUnusable(_why_unusable(file, error)) from None
    except DatabaseUnusable:
        engine.dispose()
        raise
    sa.event.listen(engine, "handle_error", _say_that_it_is_away)
    return engine


def file_of(address: URL) -> DatabaseFile | None:
    """Return the file of an embedded database, or None for a server and for one in memory."""
    named = address.database if address.drivername == "sqlite" else None
    return DatabaseFile(Path(named)) if named and named != ":memory:" and not named.startswith("file:") else None


def _make(address: URL) -> None:
    """Make a whole new database."""
    engine = _engine(address)
    try:
        bring_up(engine)
    finally:
        engine.dispose()


def _why_unusable(file: DatabaseFile | None, error: Exception) -> str:
    reason = _first_line(error.orig if isinstance(error, sa.exc.DatabaseError) else error)
    if file is None:
        mend = "Check that it runs, and that the address, user and password are right."
        return f"The database cannot be opened: {reason} {mend}"
    if "is locked" in reason:
        return f"The database {file.path} is held by another process for long: {reason} Start again when it is done."
    return (
        f"The database {file.path} cannot be used: {reason} Check that this user may write to the file and to its "
        "folder, and that the disk is not full; STACK_CANVAS_DATA names another folder."
    )


def is_postgresql(engine: sa.Engine) -> bool:
    """Return whether this is a database server, which several processes may share and listen to."""
    return engine.dialect.name == "postgresql"


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a transaction that writes from the start, committed at the end of the block."""
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        yield connection


def erase_deleted(engine: sa.Engine) -> None:
    """Take what has been deleted out of SQLite's write-ahead file too; PostgreSQL does the like in its own time."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            # Past SQLAlchemy, because it would begin a transaction, in which a checkpoint is refused.
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _parsed(url: str) -> URL:
    try:
        address = make_url(url.replace("postgres://", "postgresql://", 1))
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseUnusable(f"DATABASE_URL cannot be read. Write it as {ADDRESS_EXAMPLE}.") from None
    if address.drivername in {"postgresql", "postgresql+psycopg"}:
        if importlib.util.find_spec("psycopg") is None:
            raise DatabaseUnusable(
                "The PostgreSQL driver is not installed. Install it: pip install -r requirements-postgres.txt"
            )
        return address.set(drivername="postgresql+psycopg")
    if address.drivername != "sqlite":
        raise DatabaseUnusable(
            f"DATABASE_URL names '{address.drivername}', which is not supported. Use PostgreSQL ({ADDRESS_EXAMPLE}), "
            "or leave it unset for the embedded database."
        )
    return address


def _engine(address: URL) -> sa.Engine:
    if address.drivername == "sqlite":
        engine = sa.create_engine(address, json_deserializer=_read_json)
        sa.event.listen(engine, "connect", _configure_sqlite)
        sa.event.listen(engine, "begin", _begin_immediately)
        return engine
    # READ COMMITTED on purpose: after the workshop's row is locked, the next statement must see what its last
    # holder committed. A connection that died with the server is replaced before it is used.
    engine = sa.create_engine(
        address,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "mlops-stack-canvas"},
    )
    sa.event.listen(engine, "connect", lambda connection, _record: say_level(connection, "postgresql"))
    return engine


def _read_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise DatabaseDamaged(DAMAGED) from None


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    # synchronous=FULL: a note shown as saved must survive a power cut, not only kill -9. secure_delete: what somebody
    # deleted is overwritten in the file.
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    say_level(connection, "sqlite")


def _begin_immediately(connection: sa.Connection) -> None:
    # A reader that becomes a writer half-way can fail with "database is locked"; writers say so from the start.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")


def _say_that_it_is_away(context: sa.engine.ExceptionContext) -> None:
    """Let a lost connection, a lock that is not given up, or a damaged file reach the doors as an error they know."""
    if is_damage(context.original_exception):
        log.error("The database is damaged: %s", _first_line(context.original_exception))
        raise DatabaseDamaged(DAMAGED) from context.original_exception
    if context.engine and _may_be_overtaken(context):
        told = overtaken_by(context.engine, context.statement, context.original_exception)
        if told:
            log.error("%s", told)
            raise told from context.original_exception
    if isinstance(context.sqlalchemy_exception, sa.exc.OperationalError) and not context.is_pre_ping:
        log.warning("The database does not answer: %s", _first_line(context.original_exception))
        # Raised here, SQLAlchemy puts it in the place of its own error and still drops the dead connection.
        raise DatabaseAway("The database does not answer just now. Try again in a few seconds.") from (
            context.original_exception
        )


def _may_be_overtaken(context: sa.engine.ExceptionContext) -> bool:
    """Return whether an error may come from a schema that is a later one than ours."""
    if context.statement is None or context.is_disconnect or context.is_pre_ping:
        return False
    of_schema = isinstance(context.sqlalchemy_exception, sa.exc.OperationalError | sa.exc.ProgrammingError)
    return of_schema or OVERTAKEN in str(context.original_exception)


def _first_line(error: BaseException | None) -> str:
    """Return what the driver said, without its SQL; it never holds the password."""
    lines = str(error).strip().splitlines() or ["no reason was given"]
    return lines[0].rstrip(".") + "."
