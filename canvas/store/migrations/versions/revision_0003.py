"""Events of version 3 begin here, which may name the models of a workshop: who cannot read them is kept out.

No table changes. Snapshots of version 2 stay and are passed over; logs are folded anew.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Raise the least level that may write."""
    op.execute("UPDATE writer SET level = 3, version = '0.2.0'")
