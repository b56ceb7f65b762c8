"""The verb `check-content`: everything that content and packs say, held against its contract and its own examples.

The rooms check; here it is only decided in which order, and what is printed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from canvas.errors import ContentError, Problem
from canvas.reading.folder_credit import NAME
from canvas.reading.read import Kind, passed_over, tried
from canvas.reading.text_gate import counted

ROOT = Path(__file__).parents[2]


def check_content(
    own_packs: Annotated[
        list[str] | None, typer.Option("--packs", metavar="DIR", help="Check this pack, too; can be given again.")
    ] = None,
) -> None:
    """Check content and packs, the examples inside them included: one line per problem, with file and line."""
    from assessments.library.packs import named

    # From within the repository the files are named as people type them there.
    here = Path.cwd()
    files, problems = check(ROOT.relative_to(here) if ROOT.is_relative_to(here) else ROOT, named(own_packs))
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        typer.echo(f"{counted(len(problems), 'problem')} in {counted(files, 'file')}", err=True)
        raise typer.Exit(1)
    typer.echo(f"{counted(files, 'file')} fine")


def check(root: Path, packs: Sequence[Path] = ()) -> tuple[int, list[Problem]]:
    """Return how many files of content there are below `root` and in packs, and what is wrong in them, in order.

    What builds on something broken is not checked: it could only repeat what is wrong there.
    """
    from assessments.hints.examples import KINDS as JUDGING
    from assessments.library.kinds import OF_A_PACK
    from canvas.advice.examples import KINDS as METHOD
    from templates.content import KINDS as TEMPLATES

    method, judging, templates = root / "canvas" / "content", root / "assessments" / "content", root / "templates"
    files = _files(method, METHOD) | _files(judging, JUDGING) | _files(templates, TEMPLATES)
    for pack in packs:
        files |= _files(pack, OF_A_PACK)
    problems = [*passed_over(method, METHOD), *passed_over(judging, JUDGING)]
    try:
        for problem in _broken(method, judging, templates, packs):
            problems.append(problem)
    except ContentError as error:
        problems += error.problems
    return len(files), sorted(dict.fromkeys(problems))


def _broken(method: Path, judging: Path, templates: Path, packs: Sequence[Path]) -> Iterator[Problem]:
    """Yield what is wrong from room to room. Raises `ContentError` where nothing further can be checked."""
    from assessments.hints.examples import check_folder as check_judging
    from assessments.library.packs import load_packs
    from canvas.advice.examples import KINDS as METHOD
    from canvas.method.load import read_content
    from templates.content import check_folder as check_templates

    content, reading = read_content(method)
    yield from tried(reading.files, METHOD, content)
    library, problems = check_judging(judging, content)
    yield from problems
    yield from check_templates(templates, content, library, reading)
    yield from load_packs(packs, library, content).refused


def _files(folder: Path, kinds: Iterable[Kind[Any]]) -> set[str]:
    paths = {path for kind in kinds for path in kind.files(folder)}
    # What a folder says for its files is read with them.
    return {os.path.abspath(path) for path in (*paths, *(path.parent / NAME for path in paths)) if path.exists()}
