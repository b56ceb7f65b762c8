"""Decision records in the shape of MADR 4.0: one file for each recorded decision, and an index. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from canvas.document.workshop import Decision, Note
from canvas.method.canvases import BlockDefinition
from canvas.method.subjects import is_subject, subject_title, subject_value
from canvas.reading.file_names import slug_from
from templates.adr.options import ConsideredOption, considered, verdict
from templates.markdown_text import render
from templates.plan import Plan, choice_said, choice_title
from templates.signature import signed

TEMPLATES = Path(__file__).parent
FOLDER = "docs/adr"
# The names of records, as a regular expression; whoever keeps records of their own beside them names them otherwise.
SERIES = r"\d{4,}-[a-z0-9._-]+\.md"


@dataclass(frozen=True)
class Reference:
    """Another record: its number and title, and the file next to this one."""

    number: int
    title: str
    file: str


@dataclass(frozen=True)
class Driver:
    """What led to a decision: an answer, choice or number worked out, with its value, or a note with its kind."""

    text: str
    assumed: bool = False
    kind: str | None = None


def records(plan: Plan) -> dict[str, str]:
    """Return path -> Markdown for every recorded decision, plus `docs/adr/index.md`. Drafts are only listed there."""
    recorded = _recorded(plan)
    files = {f"{FOLDER}/{_file_name(decision)}": _record(decision, plan) for decision in recorded}
    return {path: signed(text, plan.slug) for path, text in {**files, f"{FOLDER}/index.md": _index(plan)}.items()}


def record_path(decision: Decision) -> str:
    """Return where the record of a numbered decision stands in a repository."""
    return f"{FOLDER}/{_file_name(decision)}"


def _recorded(plan: Plan) -> list[Decision]:
    numbered = [decision for decision in plan.workshop.decisions if decision.number is not None]
    return sorted(numbered, key=lambda decision: decision.number or 0)


def _file_name(decision: Decision) -> str:
    assert decision.number is not None
    # What a decision beyond the slots is about may be said in any script, and file names take few.
    name = decision.slot.replace(".", "-") if decision.slot else slug_from(decision.name)
    return f"{decision.number:04d}-{name}.md"


def _reference(decision: Decision, plan: Plan) -> Reference:
    assert decision.number is not None
    return Reference(decision.number, _title(decision, plan), _file_name(decision))


def _title(decision: Decision, plan: Plan) -> str:
    slot = plan.content.slots.get(decision.name)
    return f"{slot.title if slot else decision.name}: {choice_said(decision, plan.content)}"


def _record(decision: Decision, plan: Plan) -> str:
    # A slot that later content dropped keeps its records; only its question is gone.
    slot = plan.content.slots.get(decision.name)
    block = plan.content.block(slot.block) if slot else None
    options = considered(decision, plan)
    return render(
        TEMPLATES,
        "record.md.j2",
        workshop=plan.workshop,
        decision=decision,
        title=_title(decision, plan),
        slot=slot,
        block=block,
        drivers=_drivers(decision, plan),
        facts=_block_facts(block, plan),
        options=options,
        needs=_needs(options[0], plan),
        like=plan.content.catalog.get(decision.like or ""),
        beside=[choice_title(choice, plan.content) for choice in decision.beside],
        left=_left(decision, plan),
        successor=_successor(decision, plan),
        predecessor=_predecessor(decision, plan),
        credits=_credits(options),
    )


def _left(decision: Decision, plan: Plan) -> str | None:
    """Return why a decision that nothing ended does not count: a rule has taken its slot out."""
    choice = plan.choices.get(decision.name)
    return choice.because if choice and choice.status == "omitted" and decision.in_force else None


def _successor(decision: Decision, plan: Plan) -> Reference | None:
    superseding = [other for other in _recorded(plan) if other.supersedes == decision.number]
    found = superseding if decision.status == "superseded" else []
    return _reference(found[0], plan) if found else None


def _predecessor(decision: Decision, plan: Plan) -> Reference | None:
    found = [other for other in _recorded(plan) if other.number == decision.supersedes]
    return _reference(found[0], plan) if found else None


def _drivers(decision: Decision, plan: Plan) -> tuple[Driver, ...]:
    notes = {note.id: note for canvas in plan.workshop.canvases for _, note in plan.workshop.notes(canvas)}
    found = (_driver(driver, plan, notes) for driver in decision.drivers)
    return tuple(driver for driver in found if driver is not None)


def _driver(driver: str, plan: Plan, notes: dict[str, Note]) -> Driver | None:
    if driver in plan.facts:
        return _fact_driver(driver, plan)
    if driver in notes:
        return Driver(notes[driver].text, kind=notes[driver].kind)
    if driver in plan.choices:
        choice = plan.choices[driver]
        return Driver(f"{choice.slot.title}: {choice.title}", choice.status == "default")
    if is_subject(driver, plan.content):
        value = subject_value(driver, plan.known, plan.content)
        return Driver(f"{subject_title(driver, plan.content)}: {value}")
    # A note that was deleted after the decision leaves its id behind; there is nothing left to quote.
    return None


def _fact_driver(requirement: str, plan: Plan) -> Driver:
    fact = plan.facts[requirement]
    return Driver(f"{fact.definition.title}: {fact.printed}", fact.assumed and fact.value is not None)


def _block_facts(block: BlockDefinition | None, plan: Plan) -> tuple[Driver, ...]:
    asked = (fact for section in plan.content.sections_of("phase-zero") for fact in section.requirements)
    return tuple(_fact_driver(fact.id, plan) for fact in asked if block is not None and block.id in fact.blocks)


def _needs(chosen: ConsideredOption, plan: Plan) -> list[dict[str, str]]:
    facts = plan.known
    needs = chosen.entry.needs if chosen.entry else ()
    return [{"because": need.because, "mend": need.mend, "state": verdict(need, facts)} for need in needs]


def _credits(options: tuple[ConsideredOption, ...]) -> tuple[str, ...]:
    entries = (option.entry for option in options if option.entry)
    return tuple(dict.fromkeys(f"{entry.attribution} ({entry.license})" for entry in entries))


def _index(plan: Plan) -> str:
    return render(
        TEMPLATES,
        "index.md.j2",
        workshop=plan.workshop,
        rows=[(_reference(d, plan), d, _successor(d, plan)) for d in reversed(_recorded(plan))],
        drafts=[(_title(d, plan), d) for d in plan.workshop.decisions if d.status == "draft"],
        assumed=[choice for choice in plan.choices.values() if choice.status == "default"],
    )
