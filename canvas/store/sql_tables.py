"""The tables of the store, for SQLite and PostgreSQL alike. Shapes only; `store.py` reads and writes them."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

WORKSHOP = sa.Table(
    "workshop",
    METADATA,
    sa.Column("id", sa.String(24), primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False, default=0),
    sa.Column("created_at", sa.String(40), nullable=False),
)

EVENT = sa.Table(
    "event",
    METADATA,
    sa.Column("workshop", sa.ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("op_id", sa.String(40), nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("author", sa.String(24), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    # The same op sent twice is one change: this is what makes a client's resend harmless.
    sa.UniqueConstraint("workshop", "op_id", "part"),
)

SNAPSHOT = sa.Table(
    "snapshot",
    METADATA,
    sa.Column("workshop", sa.ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("state", sa.JSON, nullable=False),
)

LINK = sa.Table(
    "link",
    METADATA,
    sa.Column("id", sa.String(24), primary_key=True),
    sa.Column("workshop", sa.ForeignKey("workshop.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("created_at", sa.String(40), nullable=False),
    sa.Column("revoked", sa.Boolean, nullable=False, default=False),
)

# Names live here and nowhere else, so that deleting a row forgets the person and breaks nothing.
PARTICIPANT = sa.Table(
    "participant",
    METADATA,
    sa.Column("id", sa.String(24), primary_key=True),
    sa.Column("workshop", sa.ForeignKey("workshop.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("link", sa.ForeignKey("link.id", ondelete="CASCADE"), nullable=False),
    sa.Column("name", sa.String(60)),
    sa.Column("joined_at", sa.String(40), nullable=False),
)

# One row: the least level of the tool that may write here, and the version that has it first. It belongs to this
# database and not to what is kept in it, so no backup takes it along.
WRITER = sa.Table(
    "writer",
    sa.MetaData(),
    sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.String(20), nullable=False),
)
