"""How verbs write what they made: never over what somebody edited, and with one message when it cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import typer

from templates.plan import Plan
from templates.signature import COMMENTS, may_replace, of_others, signed, writings
from views.terminal.support import fail


def make_folder(path: Path) -> None:
    """Make a folder unless it is there; end with a message when that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"{path} is not a folder that can be written ({error.strerror}). Name another one.")


def write_result(output: Path, made: bytes, plan: Plan, force: bool) -> None:
    """Write a result. Where it can carry a line that says so, a file that somebody edited is kept."""
    suffix = output.suffix.lower()
    if suffix in COMMENTS:
        write_texts(output.parent, {output.name: signed(made.decode(), plan.slug, suffix)}, plan.slug, force)
    else:
        write(output, made, force)


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
            _remove(path)
        kept = kept or found.what == "keep"
        typer.echo(f"{path} is {'removed' if found.what == 'remove' else 'kept'}: {found.why}.", err=True)
    if kept:
        fail(
            "Move what is kept to where you want it and write again"
            + ("." if force else ", or use --force to replace it.")
        )


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        fail(f"{path} cannot be removed ({error.strerror}). Check the folder and its rights.")


def _text_of(path: Path) -> str:
    """Return the text of a file that may be anybody's; what is no text was not written by us."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
    except OSError as error:
        return fail(f"{path} cannot be read ({error.strerror}). Check the folder and its rights.")
