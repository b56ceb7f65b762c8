"""What all verbs of the terminal share: reading a workshop file, writing a result, and ending with a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from assessments.library import packs
from assessments.library.revisions import current, migrate
from assessments.library.workshop_check import checked_workshop, live_workshop
from canvas.document.days import AHEAD
from canvas.document.unfit import other_units
from canvas.document.workshop import Workshop
from canvas.errors import FileProblems
from canvas.method.load import shipped
from canvas.reading.strict_yaml import read_file
from canvas.reading.text_gate import counted
from templates.signature import may_replace, of_others, writings

_LIVE = ContextVar("live", default=False)
EXAMPLES = Path(__file__).parents[2] / "examples"

Output = Annotated[Path, typer.Option("-o", "--output", help="Where to write it.")]


def today() -> date:
    """Return the day on this machine's calendar."""
    return datetime.now().astimezone().date()


def resolve(file: Path) -> Path:
    """Return the path of a file, where a bare name may stand for a shipped example."""
    example = EXAMPLES / f"{file.name}.workshop.yaml"
    return example if not file.exists() and example.exists() else file


def read_workshop(file: Path) -> Workshop:
    """Return the workshop in a file or of an example, its answers carried over to the practices of today.

    Raises `FileProblems` with all that is wrong with it. A live workshop that the app hands over may hold numbers that
    cannot be true, and answers of a pack that has gone: what is made of it tells them.
    """
    library, source = packs.library(), read_file(resolve(file))
    if _LIVE.get():
        return current(live_workshop(source, shipped(), library, today())[0], library)
    workshop, problems = checked_workshop(source, shipped(), library, today())
    if problems:
        raise FileProblems(problems)
    return current(workshop, library)


def hand_over(live: Annotated[bool, typer.Option("--live", hidden=True)] = False) -> None:
    """Note that the file is a live workshop, which the app hands over to make a download of."""
    _LIVE.set(live)


def remarks(workshop: Workshop) -> Iterator[str]:
    """Yield what a team should look at though it may be right: units, and what has changed since it was judged."""
    for id_, unit, own in other_units(workshop, shipped()):
        yield f"requirement '{id_}' is read in '{own}', and the file says '{unit}': check that the number is meant so"
    if workshop.date and date.fromisoformat(workshop.date) > today() + AHEAD:
        yield f"the workshop is dated {workshop.date}, which is still to come: check that it is planned"
    library = packs.library()
    marked = [mark.item for mark in migrate(workshop, library).check_again]
    if marked:
        again = counted(len(marked), "answer that should be", "answers that should be")
        yield f"{again} checked again, because what is asked has changed: {', '.join(marked)}"
    for model, edition in workshop.editions.items():
        if model in library.models and library.edition(model, edition).edition != edition:
            present = library.models[model].edition
            yield f"{model} was judged in the edition {edition}, which is not kept; now it is judged in {present}"


def kind_of(output: Path, known: Iterable[str], what: str) -> str:
    """Return the suffix that says how to write a file, in small letters; end with a message when nobody knows it."""
    suffix = output.suffix.lower()
    if suffix not in known:
        usage(f"{what} is written as {', '.join(known)}, not '{output.suffix or output.name}'.")
    return suffix


def make_folder(path: Path) -> None:
    """Make a folder unless it is there; end with a message when that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"{path} is not a folder that can be written ({error.strerror}). Name another one.")


def write(path: Path, data: bytes, force: bool) -> None:
    """Write a file that is no text, unless one is there that may be anybody's; end with a message when it cannot be."""
    try:
        present = path.read_bytes() if path.exists() and not force else None
    except OSError as error:
        fail(f"{path} cannot be read ({error.strerror}). Check the folder and its rights.")
    if present is not None and not may_replace(present, data, path.suffix.lower()):
        fail(
            f"{path} is kept: nothing in it says that this tool wrote it and that nobody edited it since. Name another "
            "file, or use --force to replace it."
        )
    write_over(path, data)


def write_over(path: Path, data: bytes) -> None:
    """Write a file; end with a message when that cannot be."""
    try:
        path.write_bytes(data)
    except OSError as error:
        fail(f"{path} cannot be written ({error.strerror}). Check the folder and its rights.")


def write_texts(folder: Path, texts: Mapping[str, str], slug: str, force: bool, series: str | None = None) -> None:
    """Write signed text files into a folder. What somebody edited is kept and told, which ends with exit code 1.

    What we wrote before under a name of the same `series`, and is not among `texts`, is removed unless it was edited.
    Where the files of another project are nothing is written.
    """
    beside = folder.iterdir() if series else ()
    names = {*texts, *(path.name for path in beside if re.fullmatch(series or "", path.name))}
    present = {name: _text_of(folder / name) for name in sorted(names) if (folder / name).exists()}
    if not force and (found_there := of_others(present, slug)):
        name, owner = found_there
        fail(
            f"Nothing is written: {folder / name} belongs to '{owner}', and this is '{slug}'. Name another place; if "
            f"only the title has changed, write `slug: {owner}` into the workshop file; or use --force to replace it."
        )
    kept = False
    for found in writings(present, texts, slug, series):
        path = folder / found.name
        if found.what == "write" or (force and found.name in texts):
            write_over(path, texts[found.name].encode())
            continue
        if found.what == "remove":
            path.unlink()
        kept = kept or found.what == "keep"
        typer.echo(f"{path} is {'removed' if found.what == 'remove' else 'kept'}: {found.why}.", err=True)
    if kept:
        fail(
            "Move what is kept to where you want it and write again"
            + ("." if force else ", or use --force to replace it.")
        )


def _text_of(path: Path) -> str:
    """Return the text of a file that may be anybody's; what is no text was not written by us."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
    except OSError as error:
        return fail(f"{path} cannot be read ({error.strerror}). Check the folder and its rights.")


def usage(message: str) -> NoReturn:
    """End because the command was called in a way that makes no sense."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def fail(message: str) -> NoReturn:
    """End because the input is wrong, or what it asks for cannot be done."""
    typer.echo(message, err=True)
    raise typer.Exit(1)
