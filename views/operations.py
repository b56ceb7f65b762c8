"""The terminal verbs of whoever runs the app: backup, restore, export and deletion of live workshops.

They work on the database that the environment names, while the app runs. Added to the verbs of `cli.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from canvas.store import Store

app = typer.Typer()

Output = Annotated[Path, typer.Option("-o", "--output", help="Where to write it.")]
WorkshopId = Annotated[str, typer.Argument(metavar="WORKSHOP", help="The id after ?w= in the address.")]


@app.command()
def backup(output: Output) -> None:
    """Write everything in the database into one file, also while the app runs."""
    from canvas.backup import backup as write_backup
    from canvas.backup import write_whole

    with _store() as store, _file_errors(output):
        rows = write_whole(output, lambda target: write_backup(store, target))
    typer.echo(f"{rows} rows in {output}. It holds names and texts: keep it as you keep the database.", err=True)


@app.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.")]) -> None:
    """Put a backup into an empty database, SQLite or PostgreSQL."""
    from canvas.backup import restore as read_backup

    with _file_errors(file), file.open("rb") as source, _store() as store:
        rows = read_backup(store, source)
    typer.echo(f"{rows} rows restored.", err=True)


@app.command()
def export(workshop: WorkshopId, output: Output) -> None:
    """Write one workshop as a zip: its document and its whole log, without names and links."""
    from canvas.backup import write_whole
    from canvas.content import shipped
    from canvas.export import export_workshop

    with _store() as store, _file_errors(output):
        events = write_whole(output, lambda target: export_workshop(store, workshop, shipped(), target))
    typer.echo(
        f"{events} events in {output}. The log also holds what was never revealed: keep it to you.",
        err=True,
    )


@app.command()
def delete(
    workshop: WorkshopId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a workshop with its log, links and names. This cannot be undone."""
    with _store() as store:
        title = store.document(workshop).title
        if not yes:
            typer.confirm(f"Delete '{title}' with everything in it?", abort=True, err=True)
        store.delete(workshop)
    typer.echo(f"'{title}' is deleted.", err=True)


@contextmanager
def _store() -> Iterator[Store]:
    from views.context import open_store

    store, _ = open_store()
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _file_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        typer.echo(f"{path}: {error.strerror or error}. Check the path and its rights.", err=True)
        raise typer.Exit(1) from None
