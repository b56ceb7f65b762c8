"""What all verbs of the terminal share: their options, reading a workshop file, ending with a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from assessments.library import packs
from assessments.library.revisions import current, migrate
from assessments.library.workshop_check import checked_workshop, live_workshop
from assessments.standing.kept_answers import kept_answers
from canvas.advice.excluded import kept_back
from canvas.document.days import AHEAD
from canvas.document.unfit import other_units
from canvas.document.workshop import Workshop
from canvas.errors import FileProblems
from canvas.method.load import shipped
from canvas.reading.strict_yaml import read_file
from canvas.reading.text_gate import counted
from templates.plan import Plan, make_plan

_LIVE = ContextVar("live", default=False)
EXAMPLES = Path(__file__).parents[2] / "examples"

Output = Annotated[Path, typer.Option("-o", "--output", help="Where to write it.")]
WorkshopFile = Annotated[Path, typer.Argument(metavar="FILE", help="A workshop file, or the id of a shipped example.")]


def _use_packs(folders: list[str] | None) -> None:
    if folders:
        packs.use(folders)


OwnPacks = Annotated[
    list[str] | None,
    typer.Option("--packs", metavar="DIR", callback=_use_packs, help="Judge by these practices and models, too."),
]


OnDay = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Judge evidence on this day, not on today."),
]


Force = Annotated[bool, typer.Option("--force", help="Replace a file also when somebody edited it or it is not ours.")]


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
    yield from _not_counted(workshop)
    for model, edition in workshop.editions.items():
        if model in library.models and library.edition(model, edition).edition != edition:
            present = library.models[model].edition
            yield f"{model} was judged in the edition {edition}, which is not kept; now it is judged in {present}"


def _not_counted(workshop: Workshop) -> Iterator[str]:
    """Yield what is kept and counts nowhere, by the rule that takes it out."""
    library = packs.library()
    told: dict[str, list[str]] = {}
    for gone in kept_back(workshop, shipped()):
        told.setdefault(gone.because, []).append(gone.subject)
    for item, rule in kept_answers(workshop, library).items():
        told.setdefault(rule.because, []).append(item)
    for because, items in told.items():
        yield f"kept, and counted nowhere: {', '.join(items)}. {because}"


def kind_of(output: Path, known: Iterable[str], what: str) -> str:
    """Return the suffix that says how to write a file, in small letters; end with a message when nobody knows it."""
    suffix = output.suffix.lower()
    if suffix not in known:
        usage(f"{what} is written as {', '.join(known)}, not '{output.suffix or output.name}'.")
    return suffix


def plan_of(file: Path) -> Plan:
    """Return the plan of the workshop in a file."""
    return make_plan(read_workshop(file), shipped(), packs.library())


def usage(message: str) -> NoReturn:
    """End because the command was called in a way that makes no sense."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def fail(message: str) -> NoReturn:
    """End because the input is wrong, or what it asks for cannot be done."""
    typer.echo(message, err=True)
    raise typer.Exit(1)
