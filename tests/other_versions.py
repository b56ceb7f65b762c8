"""Runs as a process of another version on a database: `python -m tests.other_versions VERSION ADDRESS ROOM`.

0.1.0 made its tables itself, knew no levels and took every error of a driver's connection for a database that is away.
0.3.0 is not written yet: it is this version with one more revision, which gives links a colour. Each writes what it is
told line by line (`note ID`, `end`) and answers with `saved`, or the code and message of a refusal.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from canvas.errors import CanvasError, OpRefused
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.store import database, schema
from canvas.store.sql_tables import METADATA
from canvas.store.store import Store

REVISION = '''
"""Version 0.3.0: links have a colour, and nobody older may write."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0004", "0003"
def upgrade():
    op.add_column("link", sa.Column("colour", sa.String(9)))
    op.execute("UPDATE writer SET level = 4, version = '0.3.0'")
'''
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}


@contextmanager
def older() -> Iterator[None]:
    """Behave towards the database as version 0.1.0 does."""
    with (
        patch.object(database, "bring_up", lambda engine, _file=None: METADATA.create_all(engine)),
        patch.object(database, "say_level", lambda *_: None),
        patch.object(database, "_may_be_overtaken", lambda _context: False),
    ):
        yield


@contextmanager
def later() -> Iterator[None]:
    """Behave towards the database as version 0.3.0 may."""
    with tempfile.TemporaryDirectory() as folder:
        migrations = Path(shutil.copytree(schema.MIGRATIONS, Path(folder) / "migrations"))
        (migrations / "versions/revision_0004.py").write_text(REVISION, encoding="utf-8")
        with (
            patch.object(schema, "MIGRATIONS", migrations),
            patch.object(schema, "LEVEL", 4),
            patch.object(schema, "__version__", "0.3.0"),
            patch("canvas.store.writers.LEVEL", 4),
        ):
            yield


def work(address: str, room: str) -> None:
    """Open the database and do what the lines of the standard input say."""
    store = Store(address)
    print("open", flush=True)
    for line in sys.stdin:
        if line == "end\n":
            break
        note = line.split()[1]
        value = {"place": PLACE, "kind": "fact", "text": f"written by {note}"}
        op = Op(op_id=f"add-{note}", action="add", item=f"note:{note}", value=value)
        try:
            store.apply(room, op, Author("anne", "participant"), shipped())
            print("saved", flush=True)
        except OpRefused as refused:
            print(refused.code, refused, flush=True)
    store.close()


if __name__ == "__main__":
    try:
        with {"0.1.0": older, "0.3.0": later}[sys.argv[1]]():
            work(*sys.argv[2:])
    except CanvasError as error:
        sys.exit(str(error))
