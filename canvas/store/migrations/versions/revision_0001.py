"""The tables of version 0.1.0, which made them without Alembic.

A revision never changes once it is released, and uses nothing of the tool: `sql_tables.py` is what all of them lead to.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of workshops, their logs and snapshots, links and participants."""
    op.create_table(
        "workshop",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "event",
        _workshop(primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("op_id", sa.String(40), nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("author", sa.String(24), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.UniqueConstraint("workshop", "op_id", "part"),
    )
    op.create_table(
        "snapshot",
        _workshop(primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("state", sa.JSON, nullable=False),
    )
    _make_people()


def _make_people() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.String(24), primary_key=True),
        _workshop(nullable=False, index=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("revoked", sa.Boolean, nullable=False),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.String(24), primary_key=True),
        _workshop(nullable=False, index=True),
        sa.Column("link", sa.String(24), sa.ForeignKey("link.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(60)),
        sa.Column("joined_at", sa.String(40), nullable=False),
    )


def _workshop(**how: Any) -> sa.Column[str]:
    return sa.Column("workshop", sa.String(24), sa.ForeignKey("workshop.id", ondelete="CASCADE"), **how)
