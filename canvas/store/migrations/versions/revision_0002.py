"""Version 0.2.0: the database says which version may write, and refuses every older one.

Version 0.1.0 says no level. On SQLite the function that triggers ask is unknown to it, on PostgreSQL the error has the
code of a server that does not take connections just now: it takes both for a database that is away for a moment, keeps
nothing and loses nothing. Events of version 2 begin here, so snapshots of version 1 go; logs are folded anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

LEVEL, VERSION = 2, "0.2.0"
# By table, what of it nobody older may do. Deleting is the same in all versions.
GUARDED = (
    ("workshop", "INSERT"), ("workshop", "UPDATE"), ("event", "INSERT"), ("link", "INSERT"), ("link", "UPDATE"),
    ("participant", "INSERT"), ("participant", "UPDATE"),
)  # fmt: skip
REFUSE = """
CREATE FUNCTION stack_canvas_refuse_older() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF (SELECT level FROM writer) > coalesce(nullif(current_setting('stack_canvas.level', true), '')::integer, 1) THEN
        RAISE EXCEPTION 'overtaken by a later version' USING ERRCODE = '57P03';
    END IF;
    RETURN NULL;
END $$
"""
REFUSED_BY_POSTGRESQL = "FOR EACH STATEMENT EXECUTE FUNCTION stack_canvas_refuse_older()"
REFUSED_BY_SQLITE = """
WHEN stack_canvas_level() < (SELECT level FROM writer)
BEGIN SELECT RAISE(ABORT, 'overtaken by a later version'); END
"""


def upgrade() -> None:
    """Make the table that says who may write, and the triggers that hold to it."""
    writer = op.create_table(
        "writer",
        sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.String(20), nullable=False),
    )
    op.bulk_insert(writer, [{"level": LEVEL, "version": VERSION}])
    op.execute("DELETE FROM snapshot")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(REFUSE)
    for table, action in GUARDED:
        op.execute(_guard(table, action))


def _guard(table: str, action: str) -> str:
    name = f"{table}_{action.lower()}_by_older"
    if op.get_bind().dialect.name == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {action} ON {table} {REFUSED_BY_POSTGRESQL}"
    return f"CREATE TRIGGER {name} BEFORE {action} ON {table} {REFUSED_BY_SQLITE}"
