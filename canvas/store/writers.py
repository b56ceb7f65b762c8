"""Which versions of the tool may write to a database: the least one stands in it, and every writer says its own.

The database itself refuses who is older (see `migrations/`), so that versions which never heard of this are stopped as
well. They see a database that does not answer, and what was typed stays with the people who typed it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from canvas import __version__
from canvas.errors import DatabaseAway, DatabaseOvertaken
from canvas.store.sql_tables import WRITER

# Rises with a revision beside which an earlier version of the tool must not write. Version 0.1.0 says none and has 1.
LEVEL = 3
# What the database says when it refuses somebody older: part of its triggers, so it never changes.
OVERTAKEN = "overtaken by a later version"
_NEEDED = sa.select(WRITER.c.level, WRITER.c.version).order_by(WRITER.c.level.desc())


def say_level(connection: Any, dialect: str) -> None:
    """Tell a new connection of the driver which level its writer has."""
    if dialect == "sqlite":
        # Triggers may call it only where schemas are trusted, and some builds of SQLite start without.
        connection.execute("PRAGMA trusted_schema=ON")
        connection.create_function("stack_canvas_level", 0, lambda: LEVEL)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('stack_canvas.level', %s, false)", [str(LEVEL)])
    connection.commit()


def needed(connection: sa.Connection) -> tuple[int, str] | None:
    """Return the least level that may write, and the version that has it; None when the database says none."""
    row = connection.execute(_NEEDED).first()
    return None if row is None else (int(row.level), str(row.version))


def refuse_overtaken(connection: sa.Connection) -> None:
    """Raise `DatabaseOvertaken` when a later version has upgraded the database."""
    found = needed(connection)
    if found and found[0] > LEVEL:
        raise overtaken(found[1])


def overtaken_by(engine: sa.Engine, statement: str | None, error: BaseException | None) -> DatabaseOvertaken | None:
    """Return what to tell when a statement failed because a later version has upgraded the database, else None."""
    if str(statement) == str(_NEEDED.compile(dialect=engine.dialect)):
        return None
    try:
        with engine.connect() as connection:
            refuse_overtaken(connection)
    except DatabaseOvertaken as found:
        return found
    except (DatabaseAway, sa.exc.SQLAlchemyError):
        pass
    return overtaken("a later version") if OVERTAKEN in str(error) else None


def overtaken(version: str) -> DatabaseOvertaken:
    """Return the error that names the version which reads the database now."""
    later = version if version.startswith("a ") else f"version {version}"
    return DatabaseOvertaken(
        f"This app is version {__version__}, and {later} has upgraded its database meanwhile, so this one writes "
        f"nothing more there. Whoever runs it has to start {later}; then reload the page."
    )
