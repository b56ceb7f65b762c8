"""The verbs that make something of a workshop file: diagram, report, records, cards, a blank canvas, a project."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from canvas.method.load import shipped
from canvas.reading.text_gate import counted
from views.terminal.support import (
    Force,
    OnDay,
    Output,
    OwnPacks,
    WorkshopFile,
    kind_of,
    plan_of,
    today,
    usage,
)
from views.terminal.writing import make_folder, write, write_result, write_texts


def diagram(
    file: WorkshopFile,
    output: Output,
    force: Force = False,
    dark: Annotated[bool, typer.Option("--dark", help="For a dark page; .svg and .png.")] = False,
) -> None:
    """Draw the architecture: OUT.svg, .png, .dot or .mmd."""
    from templates.architecture import DRAWN, SUFFIXES, export

    kind = kind_of(output, SUFFIXES, "A diagram")
    if dark and kind not in DRAWN:
        usage(f"--dark is for pictures, {' and '.join(DRAWN)}: whoever draws a {kind} chooses its ground.")
    plan = plan_of(file)
    write_result(output, export(plan, kind, "dark" if dark else "light"), plan, force)


def report(
    file: WorkshopFile,
    output: Output,
    on: OnDay = None,
    length: Annotated[str, typer.Option(help="'report', or 'page' for where you stand, in short (PDF).")] = "report",
    force: Force = False,
    own_packs: OwnPacks = None,
) -> None:
    """Write the report, dated today or --on a day: OUT.md or OUT.pdf."""
    if length not in ("report", "page"):
        usage(f"A report has the length 'report' or 'page', not '{length}'.")
    if length == "page":
        _summary(file, output, on.date() if on else today(), force)
        return
    from assessments.standing.score_all import score_all
    from templates.report.markdown import to_markdown
    from templates.report.model import report_model
    from templates.report.pdf import to_pdf

    kind = kind_of(output, (".md", ".pdf"), "A report")
    plan = plan_of(file)
    model = report_model(plan, score_all(plan.workshop, plan.library), (on.date() if on else today()).isoformat())
    write_result(output, to_pdf(model) if kind == ".pdf" else to_markdown(model).encode(), plan, force)


def _summary(file: Path, output: Path, day: date, force: bool) -> None:
    from templates.summary.pdf import summary_pdf

    kind_of(output, (".pdf",), "Where you stand, in short,")
    plan = plan_of(file)
    write_result(output, summary_pdf(plan, day), plan, force)


def adr(file: WorkshopFile, output: Output, force: Force = False) -> None:
    """Write the decision records (MADR) into a folder. Records that somebody edited are kept, and told."""
    from templates.adr.records import SERIES, records

    plan = plan_of(file)
    made = {Path(path).name: text for path, text in records(plan).items()}
    make_folder(output)
    write_texts(output, made, plan.slug, force, series=SERIES)


def cards(file: WorkshopFile, output: Output, force: Force = False) -> None:
    """Write the model card and the datasheet into a folder. Those that somebody edited are kept, and told."""
    from templates.cards import datasheet, model_card

    plan = plan_of(file)
    made = {"model-card.md": model_card(plan), "datasheet.md": datasheet(plan)}
    make_folder(output)
    write_texts(output, made, plan.slug, force)


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
    project = render_project(plan_of(file))
    if dry_run:
        for entry in project.files:
            typer.echo(f"{entry.path}\t{entry.owner}\t{', '.join(entry.slots)}")
    elif output is not None:
        write_project(project, output)
        typer.echo(f"{counted(len(project.files), 'file')} in {output}. Next: cd {output} && make test", err=True)
    elif archive is not None:
        kind_of(archive, (".zip",), "An archive")
        write(archive, zip_project(project), force)
