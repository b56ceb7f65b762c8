"""Puts what version 0.1.0 wrote (`golden/40f986e`) into an empty database of either kind, and tells what it held."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import sqlalchemy as sa

OLD = Path(__file__).parent / "golden/40f986e"
SECRET = "of the fixtures and of nobody"  # As it stands in the script that wrote them.


def put_old_database(address: str) -> None:
    """Make the database at an address the one of version 0.1.0."""
    if address.startswith("sqlite"):
        shutil.copy(OLD / "workshops.sqlite", address.removeprefix("sqlite:///"))
        return
    import psycopg

    with psycopg.connect(sa.make_url(address).render_as_string(hide_password=False)) as connection:
        connection.execute((OLD / "postgresql.sql").read_text(encoding="utf-8"))  # type: ignore[call-overload]


def expected(address: str) -> dict[str, Any]:
    """Return what version 0.1.0 read out of it, by workshop: state, document, tokens, cookies, names."""
    kind = "sqlite" if address.startswith("sqlite") else "postgresql"
    found: dict[str, Any] = json.loads((OLD / f"{kind}.expected.json").read_text(encoding="utf-8"))
    return found
