"""The terminal door: check, score, advise, draw and generate from workshop files, and make links to live workshops.

Exit codes: 0 fine, 1 the input is wrong or a gate failed, 2 usage. Messages go to stderr, results to stdout.
"""

from __future__ import annotations

import json
import math
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from assessments.library import packs
from assessments.library.packs import library
from assessments.library.workshop_check import checked_workshop
from assessments.standing.score_all import score_all
from canvas.document.file import has_comments
from canvas.document.workshop import Workshop
from canvas.errors import CanvasError, FileProblems
from canvas.method.content import Content
from canvas.method.load import shipped
from canvas.reading.strict_yaml import read_file
from canvas.reading.text_gate import counted
from templates.errors import TemplatesError
from templates.plan import Plan, make_plan
from templates.signature import COMMENTS, signed
from views.terminal import live_verbs as operations
from views.terminal.content_verbs import check_content
from views.terminal.support import (
    Output,
    hand_over,
    kind_of,
    make_folder,
    read_workshop,
    remarks,
    resolve,
    today,
    usage,
    write,
    write_texts,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

app.callback()(hand_over)

SHOWN_PROBLEMS = 50

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


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Workshop files.")],
    own_packs: OwnPacks = None,
) -> None:
    """Check workshop files: one line per problem as `file:line: what. how to mend it`."""
    content, failed = shipped(), False
    for file in files:
        try:
            workshop, problems = checked_workshop(read_file(resolve(file)), content, library(), today())
        except FileProblems as error:
            problems = list(error.problems)
        for problem in problems[:SHOWN_PROBLEMS]:
            typer.echo(problem, err=True)
        if len(problems) > SHOWN_PROBLEMS:
            typer.echo(f"{file}: and {counted(len(problems) - SHOWN_PROBLEMS, 'more problem')} of this file", err=True)
        failed = failed or bool(problems)
        if not problems:
            note = " (its comments are lost when the app saves it)" if has_comments(resolve(file)) else ""
            typer.echo(f"{file}: fine{note}")
            for remark in remarks(workshop):
                typer.echo(f"{file}: {remark}")
    raise typer.Exit(1 if failed else 0)


@app.command()
def score(
    file: WorkshopFile,
    model: Annotated[list[str] | None, typer.Option(help="Only these models.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
    fail_under: Annotated[
        list[str] | None, typer.Option(metavar="MODEL=VALUE", help="Exit 1 when the model's sure value is lower.")
    ] = None,
    fail_under_backed: Annotated[
        list[str] | None, typer.Option(metavar="MODEL=VALUE", help="Exit 1 when evidence backs less than this.")
    ] = None,
    evidence_days: Annotated[
        int | None, typer.Option(min=1, max=3650, help="How many days evidence counts after it was seen.")
    ] = None,
    on: OnDay = None,
    what_if: Annotated[
        list[str] | None, typer.Option(metavar="PRACTICE=VALUE", help="Score as if this were the answer.")
    ] = None,
    own_packs: OwnPacks = None,
) -> None:
    """Score the answers of a workshop on the maturity models, as claimed and as backed by evidence."""
    from assessments.standing.as_data import as_json as results_as_json
    from assessments.standing.as_data import as_text
    from assessments.standing.evidence import check_evidence

    workshop, day = _answering(read_workshop(file), what_if or []), on.date() if on else today()
    check = check_evidence(workshop, library(), day, evidence_days)
    results = tuple(score.claimed for score in check.scores)
    backed = tuple(score.backed for score in check.scores)
    gates = [(*_gate(text, results), "") for text in fail_under or []]
    gates += [(*_gate(text, backed), " backed by evidence") for text in fail_under_backed or []]
    unknown = sorted(set(model or []) - {result.id for result in results})
    if unknown:
        usage(f"Unknown model {', '.join(unknown)}. Known: {', '.join(result.id for result in results)}.")
    shown = [result for result in results if not model or result.id in model]
    made = results_as_json(shown, check) if as_json else None
    typer.echo(as_text(shown, check) if made is None else json.dumps(made, ensure_ascii=False, indent=1))
    below = [(result, limit, how) for result, limit, how in gates if result.lower is None or result.lower < limit]
    for result, limit, how in below:
        typer.echo(f"{result.title}: {_number(result.lower)}{how} is under {_number(limit)}", err=True)
    raise typer.Exit(1 if below else 0)


@app.command()
def roadmap(
    file: WorkshopFile,
    output: Output,
    capacity: Annotated[int, typer.Option(min=1, help="Points of effort that one phase has room for.")] = 10,
    force: Force = False,
    own_packs: OwnPacks = None,
) -> None:
    """Write the way to the targets in phases: OUT.md, .csv, or .json with issues for a tracker."""
    from assessments.roadmap.phases import roadmap as planned
    from templates.roadmap.export import WRITERS

    kind = kind_of(output, WRITERS, "A roadmap")
    plan = _plan(file)
    made = WRITERS[kind](planned(plan.workshop, library(), capacity), library(), shipped())
    _write(output, made.encode(), plan, force)


@app.command()
def advise(
    file: WorkshopFile,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say what the answers amount to: go or stop, readiness, workflow type, patterns, contradictions, findings."""
    from assessments.hints import suggested_answers
    from canvas.advice.sheet import advice_sheet, as_text
    from canvas.advice.sheet import as_json as advice_as_json

    workshop = read_workshop(file)
    sheet = advice_sheet(workshop, shipped())
    denied = suggested_answers.contradictions(workshop, shipped(), library())
    if as_json:
        found = {**advice_as_json(sheet), "denied_answers": suggested_answers.contradictions_json(denied)}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        typer.echo(as_text(sheet) + "\n" + suggested_answers.contradictions_text(denied))


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A workshop file, or the id of a shipped example.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The file to compare it with.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
    own_packs: OwnPacks = None,
) -> None:
    """Show what changed from one workshop file to another: notes, requirements, decisions, answers, scores."""
    from assessments.compare import comparison

    found = comparison.compare(read_workshop(old), read_workshop(new), shipped(), library())
    shown = comparison.as_json(found)
    typer.echo(json.dumps(shown, ensure_ascii=False, indent=1) if as_json else comparison.as_text(found))


@app.command()
def trend(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Workshop files, or ids of shipped examples.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
    own_packs: OwnPacks = None,
) -> None:
    """Show how every model stood from file to file, by their dates; without a date in each, in the order given."""
    from assessments.compare import trend as trends

    found = [(file.name.removesuffix(".workshop.yaml"), read_workshop(file)) for file in files]
    states = [(name, workshop.date, workshop) for name, workshop in found]
    shown = trends.trend(trends.by_day(states), library())
    typer.echo(json.dumps(trends.as_json(shown), ensure_ascii=False, indent=1) if as_json else trends.as_text(shown))


@app.command()
def diagram(file: WorkshopFile, output: Output, force: Force = False) -> None:
    """Draw the architecture: OUT.svg, .png, .dot or .mmd."""
    from templates.architecture import SUFFIXES, export

    kind = kind_of(output, SUFFIXES, "A diagram")
    plan = _plan(file)
    _write(output, export(plan, kind), plan, force)


@app.command()
def report(
    file: WorkshopFile, output: Output, on: OnDay = None, force: Force = False, own_packs: OwnPacks = None
) -> None:
    """Write the report, dated today or --on a day: OUT.md or OUT.pdf."""
    from templates.report.markdown import to_markdown
    from templates.report.model import report_model
    from templates.report.pdf import to_pdf

    kind = kind_of(output, (".md", ".pdf"), "A report")
    plan = _plan(file)
    model = report_model(plan, score_all(plan.workshop, library()), (on.date() if on else today()).isoformat())
    _write(output, to_pdf(model) if kind == ".pdf" else to_markdown(model).encode(), plan, force)


@app.command()
def adr(file: WorkshopFile, output: Output, force: Force = False) -> None:
    """Write the decision records (MADR) into a folder. Records that somebody edited are kept, and told."""
    from templates.adr.records import SERIES, records

    plan = _plan(file)
    made = {Path(path).name: text for path, text in records(plan).items()}
    make_folder(output)
    write_texts(output, made, plan.slug, force, series=SERIES)


@app.command()
def cards(file: WorkshopFile, output: Output, force: Force = False) -> None:
    """Write the model card and the datasheet into a folder. Those that somebody edited are kept, and told."""
    from templates.cards import datasheet, model_card

    plan = _plan(file)
    made = {"model-card.md": model_card(plan), "datasheet.md": datasheet(plan)}
    make_folder(output)
    write_texts(output, made, plan.slug, force)


@app.command()
def canvas(
    output: Output,
    name: Annotated[str, typer.Option("--canvas", help="Which canvas.")] = "stack-canvas",
    force: Force = False,
) -> None:
    """Write a blank canvas to print, as an A3 PDF."""
    from templates.report.blank import blank_canvas_pdf

    known = shipped().canvases
    if name not in known:
        usage(f"Unknown canvas '{name}'. Known: {', '.join(sorted(known))}.")
    kind_of(output, (".pdf",), "A blank canvas")
    write(output, blank_canvas_pdf(known[name]), force)


@app.command()
def scaffold(
    file: WorkshopFile,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="An empty or new folder.")] = None,
    archive: Annotated[Path | None, typer.Option("--zip", help="Write a zip instead.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List the files and write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a zip that is not ours.")] = False,
) -> None:
    """Generate the project that the decisions describe."""
    from templates.scaffold.render import render_project
    from templates.scaffold.write import write_project, zip_project

    if (output is None) == (archive is None) and not dry_run:
        usage("Say where to: -o DIR or --zip OUT.zip (or --dry-run).")
    project = render_project(_plan(file))
    if dry_run:
        for entry in project.files:
            typer.echo(f"{entry.path}\t{entry.owner}\t{', '.join(entry.slots)}")
    elif output is not None:
        write_project(project, output)
        typer.echo(f"{counted(len(project.files), 'file')} in {output}. Next: cd {output} && make test", err=True)
    elif archive is not None:
        kind_of(archive, (".zip",), "An archive")
        write(archive, zip_project(project), force)


app.command("check-content")(check_content)
app.add_typer(operations.app)


def _write(output: Path, made: bytes, plan: Plan, force: bool) -> None:
    """Write a result. Where it can carry a line that says so, a file that somebody edited is kept."""
    suffix = output.suffix.lower()
    if suffix in COMMENTS:
        write_texts(output.parent, {output.name: signed(made.decode(), plan.slug, suffix)}, plan.slug, force)
    else:
        write(output, made, force)


def _plan(file: Path) -> Plan:
    content: Content = shipped()
    return make_plan(read_workshop(file), content, library())


def _gate(text: str, results: tuple[Any, ...]) -> tuple[Any, float]:
    name, _, value = text.partition("=")
    can = [result.id for result in results if result.can_gate]
    if name not in can:
        usage(f"'{name}' cannot gate. These can: {', '.join(can)}.")
    try:
        limit = float(value)
    except ValueError:
        limit = math.nan
    if math.isfinite(limit):
        return next(result for result in results if result.id == name), limit
    usage(f"'{value}' is not a number. Write --fail-under {name}=2.")


def _answering(workshop: Workshop, changes: list[str]) -> Workshop:
    from assessments.compare.what_if import answering
    from assessments.errors import AnswerRefused

    pairs = (text.partition("=")[::2] for text in changes)
    try:
        return answering(workshop, {item: _answer_value(value) for item, value in pairs}, library())
    except AnswerRefused as refused:
        return usage(str(refused))


def _answer_value(text: str) -> Any:
    """Return a number for a measure, or else the word as it is; what does not fit its item is refused later."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _number(value: float | None) -> str:
    return "no value" if value is None else f"{value:g}"


def main() -> None:
    """Run the command line; errors that are the user's to mend become one message and exit code 1."""
    try:
        app()
    except (CanvasError, TemplatesError) as error:
        typer.echo(error, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
