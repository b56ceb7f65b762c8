"""The terminal verbs for live workshops: start one, replace a lost link, back up, restore, export, delete.

They work on the database that the environment names, while the app runs. Added to the verbs of `cli.py`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvas.document.workshop import Workshop
from canvas.log.op import ROLES, Role
from canvas.reading.text_gate import clean
from views.terminal.support import Output, fail, read_workshop, usage

# The database is loaded by the verbs that need it: for those of files it would be half of their time.
if TYPE_CHECKING:
    from canvas.store.access import Access
    from canvas.store.settings import Missing
    from canvas.store.store import Store

WorkshopId = Annotated[str, typer.Argument(metavar="WORKSHOP", help="The id after ?w= in the address.")]
Address = Annotated[str, typer.Option(help="Where the app runs.")]


def new(
    title: Annotated[str, typer.Argument(help="What the workshop is about.")],
    example: Annotated[Path | None, typer.Option("--from", help="Start from a workshop file or example.")] = None,
    url: Address = "http://127.0.0.1:8501",
) -> None:
    """Start a live workshop and print its links as JSON, one for each role."""
    name = clean(title)
    if not 0 < len(name) <= 200:
        usage("A title has 1 to 200 letters.")
    document = (read_workshop(example) if example else Workshop(title=name)).model_copy(update={"title": name})

    def tell(workshop: str, tokens: Mapping[Role, str]) -> None:
        links = {role: f"{url}/join/{token}" for role, token in tokens.items()}
        typer.echo(json.dumps({"workshop": workshop, **links}))
        sys.stdout.flush()

    with _opened("begin") as (_, access):
        access.begin(document, ROLES, tell)


def link(
    workshop: WorkshopId,
    role: Annotated[str, typer.Option(help="facilitator, participant or viewer.")] = "facilitator",
    url: Address = "http://127.0.0.1:8501",
) -> None:
    """Print a new link to a live workshop, for a lost one."""
    wanted = next((known for known in ROLES if known == role), None)
    if wanted is None:
        usage(f"Unknown role '{role}'. Known: {', '.join(ROLES)}.")
    with _opened() as (store, access):
        if not store.exists(workshop):
            fail(f"There is no workshop '{workshop}' in this database.")
        typer.echo(f"{url}/join/{access.new_link(workshop, wanted)}")


def backup(output: Output) -> None:
    """Write everything in the database into one file, also while the app runs."""
    from canvas.store.backup import backup as write_backup
    from canvas.store.backup import is_backup, write_whole

    with _opened() as (store, _), _file_errors(output):
        rows = write_whole(output, lambda target: write_backup(store, target), is_backup)
    typer.echo(f"{rows} rows in {output}. It holds names and texts: keep it as you keep the database.", err=True)


def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.")]) -> None:
    """Put a backup into an empty database, SQLite or PostgreSQL."""
    from canvas.store.backup import restore as read_backup

    with _file_errors(file), file.open("rb") as source, _opened("make") as (store, _):
        rows = read_backup(store, source)
    typer.echo(f"{rows} rows restored.", err=True)


def export(workshop: WorkshopId, output: Output) -> None:
    """Write one workshop as a zip: its document and its whole log, without names and links."""
    from canvas.method.load import shipped
    from canvas.store.backup import write_whole
    from canvas.store.export import export_workshop, is_export

    with _opened() as (store, _), _file_errors(output):
        events = write_whole(output, lambda target: export_workshop(store, workshop, shipped(), target), is_export)
    typer.echo(
        f"{events} events in {output}. The log also holds what was never revealed: keep it to you.",
        err=True,
    )


def delete(
    workshop: WorkshopId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a workshop with its log, links and names. This cannot be undone."""
    with _opened() as (store, _):
        title = store.document(workshop).title
        if not yes:
            typer.confirm(f"Delete '{title}' with everything in it?", abort=True, err=True)
        store.delete(workshop)
    typer.echo(f"'{title}' is deleted.", err=True)


@contextmanager
def _opened(missing: Missing = "refuse") -> Iterator[tuple[Store, Access]]:
    from canvas.store.settings import open_store

    store, access = open_store(missing)
    try:
        yield store, access
    finally:
        store.close()


@contextmanager
def _file_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        fail(f"{path}: {error.strerror or error}. Check the path and its rights.")
