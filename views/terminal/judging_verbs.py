"""The verbs that judge workshop files: check, score, advise, plan a roadmap, compare, look at a trend."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Annotated, Any

import typer

from assessments.library.packs import library
from assessments.library.workshop_check import checked_workshop
from assessments.scoring.leading import Leading
from canvas.document.file import has_comments
from canvas.document.workshop import Workshop
from canvas.errors import FileProblems
from canvas.method.load import shipped
from canvas.reading.strict_yaml import read_file
from canvas.reading.text_gate import counted
from views.terminal.support import (
    Force,
    OnDay,
    Output,
    OwnPacks,
    WorkshopFile,
    kind_of,
    plan_of,
    read_workshop,
    remarks,
    resolve,
    today,
    usage,
)
from views.terminal.writing import write_result

SHOWN_PROBLEMS = 50


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
    from assessments.scoring.leading import leading_models
    from assessments.standing.as_data import as_json as results_as_json
    from assessments.standing.as_data import as_text
    from assessments.standing.evidence import check_evidence
    from assessments.standing.kept_answers import kept_answers

    workshop, day = _answering(read_workshop(file), what_if or []), on.date() if on else today()
    check = check_evidence(workshop, library(), day, evidence_days)
    results = tuple(score.claimed for score in check.scores)
    backed = tuple(score.backed for score in check.scores)
    gates = [(*_gate(text, results), "") for text in fail_under or []]
    gates += [(*_gate(text, backed), " backed by evidence") for text in fail_under_backed or []]
    unknown = sorted(set(model or []) - {result.id for result in results})
    if unknown:
        usage(f"Unknown model {', '.join(unknown)}. Known: {', '.join(result.id for result in results)}.")
    lead = leading_models(workshop, library())
    shown = lead.first((result for result in results if not model or result.id in model), lambda result: result.id)
    kept = {item: rule.id for item, rule in kept_answers(workshop, library()).items()}
    if as_json:
        made = {**results_as_json(shown, check), "not_scored": kept, "leading": list(lead.models)}
        typer.echo(json.dumps(made, ensure_ascii=False, indent=1))
    else:
        rules = ", ".join(dict.fromkeys(kept.values()))
        told = f"\n\nKept and not scored, by the rule {rules}: {', '.join(kept)}" if kept else ""
        led = "" if model else f"{_led(lead)}\n\n"
        typer.echo(led + as_text(shown, check) + told)
    below = [(result, limit, how) for result, limit, how in gates if result.lower is None or result.lower < limit]
    for result, limit, how in below:
        typer.echo(f"{result.title}: {_number(result.lower)}{how} is under {_number(limit)}", err=True)
    raise typer.Exit(1 if below else 0)


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
    from templates.scaffold.adopting import after_adopting

    kind = kind_of(output, WRITERS, "A roadmap")
    plan = plan_of(file)
    adopting = after_adopting(plan).lines
    made = WRITERS[kind](planned(plan.workshop, library(), capacity), library(), shipped(), adopting)
    write_result(output, made.encode(), plan, force)


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


def _led(lead: Leading) -> str:
    """Return which models come first, and why."""
    titles = ", ".join(library().models[id_].title for id_ in lead.models)
    gone = f" Chosen, and not loaded here: {', '.join(lead.missing)}." if lead.missing else ""
    return f"First {'by default' if lead.by_default else 'as chosen'}: {titles}.{gone}"


def _gate(text: str, results: tuple[Any, ...]) -> tuple[Any, float]:
    name, _, value = text.partition("=")
    if reason := next((result.left_because for result in results if result.id == name and result.left_because), None):
        usage(f"'{name}' cannot gate here, because it cannot be assessed: {reason}")
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
