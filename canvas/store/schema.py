"""Brings a database to the present schema when it is opened: new, of an earlier version, or refused in one sentence.

The revisions are in `migrations/versions/` and run by Alembic, in one transaction: whoever is killed in it leaves the
old state, and whoever comes at the same time waits and finds the work done. What is stored is in `sql_tables.py`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from canvas import __version__
from canvas.errors import DatabaseUnusable
from canvas.store.database_file import DatabaseFile
from canvas.store.sql_tables import METADATA, WRITER
from canvas.store.writers import LEVEL, needed

MIGRATIONS = Path(__file__).parent / "migrations"
# The tables of version 0.1.0, which named no revision.
FIRST = "0001"
FIRST_COLUMNS = {
    "workshop": {"id", "seq", "created_at"},
    "event": {"workshop", "seq", "op_id", "part", "at", "author", "body"},
    "snapshot": {"workshop", "seq", "state"},
    "link": {"id", "workshop", "role", "created_at", "revoked"},
    "participant": {"id", "workshop", "link", "name", "joined_at"},
}
_WRITER_COLUMNS = {WRITER.name: set(WRITER.columns.keys())}
PRESENT_COLUMNS = {table.name: set(table.columns.keys()) for table in METADATA.sorted_tables} | _WRITER_COLUMNS
# Alembic's own table, which names the revision that a database has reached.
REACHED = "alembic_version"
# PostgreSQL has no other way to let one process at a time change the schema; version 0.1.0 takes the same number.
SCHEMA_LOCK = 5_190_276_501
# So long another process may hold what an upgrade needs.
PATIENCE_S = 60
HELP = 'docs/operating.md, "Upgrading"'

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """What stands in a database: the columns of each table, the revisions it names, and who may write, if it says."""

    columns: dict[str, set[str]]
    revisions: tuple[str, ...] = ()
    writer: tuple[int, str] | None = None

    def has(self, columns: Mapping[str, set[str]]) -> bool:
        """Return whether all columns of these tables are there; others may be too."""
        return all(wanted <= self.columns.get(table, set()) for table, wanted in columns.items())


def bring_up(engine: sa.Engine, file: DatabaseFile | None = None) -> None:
    """Bring a database to the present schema, keeping a copy of an embedded one. Raises `DatabaseUnusable`."""
    where = f"The database {file.path}" if file else "The database"
    with engine.connect() as connection:
        if not _behind(look(connection), where):
            return
    with _alone(engine) as connection:
        # Another process may have been first.
        if since := _behind(found := look(connection), where):
            if found.columns:
                _tell(where, file.keep_copy(f"before-{__version__}") if file else None)
            _run(connection, since, where)
            _behind(look(connection), where)
            _refuse_torn(connection, where)


def known_revisions() -> tuple[str, ...]:
    """Return the revisions that this version of the tool knows, oldest first."""
    return tuple(sorted(path.stem.removeprefix("revision_") for path in MIGRATIONS.glob("versions/revision_*.py")))


def look(connection: sa.Connection) -> Found:
    """Return what stands in a database."""
    tables = sa.inspect(connection).get_multi_columns()
    columns = {str(name): {str(column["name"]) for column in found} for (_, name), found in tables.items()}
    if REACHED not in columns:
        return Found(columns)
    named = sa.select(sa.column("version_num", sa.String)).select_from(sa.table(REACHED))
    revisions = tuple(connection.scalars(named))
    said = Found(columns).has(_WRITER_COLUMNS)
    return Found(columns, revisions, needed(connection) if said else None)


def _behind(found: Found, where: str) -> str | None:
    """Return what the missing revisions begin at: `base`, or one that is reached; None when none is missing.

    Raises `DatabaseUnusable` for a database of a later version, of something else, or one that somebody tore apart.
    """
    if REACHED not in found.columns:
        return "base" if not found.columns else FIRST if found.has(FIRST_COLUMNS) else _refuse_foreign(found, where)
    if found.writer and found.writer[0] > LEVEL:
        raise DatabaseUnusable(
            f"{where} was upgraded by a later version of this app, which is {__version__} here: version "
            f"{found.writer[1]} or later reads it. Install that one, or go back to a copy from before ({HELP})."
        )
    reached = found.revisions[0] if len(found.revisions) == 1 else ""
    if reached in known_revisions()[:-1] and (reached != FIRST or found.has(FIRST_COLUMNS)):
        return reached
    # A revision that is not known here, and beside which this version may write, only adds something.
    if reached and found.writer and found.has(PRESENT_COLUMNS):
        return None
    if not (found.has(FIRST_COLUMNS) or found.has(_WRITER_COLUMNS)):
        return _refuse_foreign(found, where)
    raise DatabaseUnusable(
        f"{where} is neither of an earlier nor of the present version: something has changed or removed a part of it. "
        f"Put a copy from before the upgrade or a backup in its place ({HELP})."
    )


def _refuse_foreign(found: Found, where: str) -> str:
    names = ", ".join(sorted(found.columns)[:5])
    raise DatabaseUnusable(
        f"{where} holds tables of something else ({names}), so nothing was made in it. Point DATABASE_URL or "
        "STACK_CANVAS_DATA at an empty database."
    )


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a transaction beside which nobody writes and nobody else upgrades."""
    with engine.connect().execution_options(write=True) as connection:
        if engine.dialect.name == "sqlite":
            # Making a table anew must not take along the rows that point to it.
            _set_up(connection, "foreign_keys=OFF", f"busy_timeout={PATIENCE_S * 1000}")
        try:
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    _keep_writers_out(connection)
                yield connection
        finally:
            if engine.dialect.name == "sqlite":
                _set_up(connection, "foreign_keys=ON", "busy_timeout=10000")


def _set_up(connection: sa.Connection, *pragmas: str) -> None:
    # Past SQLAlchemy, which would begin a transaction, in which these mean nothing.
    for pragma in pragmas:
        connection.connection.cursor().execute(f"PRAGMA {pragma}")


def _keep_writers_out(connection: sa.Connection) -> None:
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(SCHEMA_LOCK)))
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'")
    present = look(connection).columns
    for table in METADATA.sorted_tables:
        if table.name in present:
            # Who is writing gets to the end first; who reads is not disturbed.
            connection.exec_driver_sql(f'LOCK TABLE "{table.name}" IN SHARE ROW EXCLUSIVE MODE')


def _run(connection: sa.Connection, since: str, where: str) -> None:
    """Run the revisions after `since`. An upgrade that fails is told as one; a new database has nothing to lose."""
    try:
        _migrate(connection, since)
    except sa.exc.DatabaseError as error:
        if since == "base":
            raise
        reason = str(error.orig).splitlines()[0]
        raise DatabaseUnusable(
            f"{where} was not upgraded for version {__version__} and is as it was: {reason}. If that stays so, "
            f"restore a backup ({HELP})."
        ) from None


def _migrate(connection: sa.Connection, since: str) -> None:
    # Imported here: who opens a database of the present version needs none of it.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    if since == FIRST and REACHED not in look(connection).columns:
        command.stamp(config, FIRST)
    command.upgrade(config, "head")


def _refuse_torn(connection: sa.Connection, where: str) -> None:
    """Refuse, before anything is kept, an upgrade after which rows of SQLite point nowhere."""
    if connection.dialect.name == "sqlite" and (torn := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise DatabaseUnusable(
            f"{where} was not upgraded: rows of its table {torn[0]} belong to nothing. Restore a backup ({HELP})."
        )


def _tell(where: str, copy: Path | None) -> None:
    kept = f" As it was it is kept in {copy}." if copy else ""
    log.warning("%s is being upgraded for version %s.%s", where, __version__, kept)
