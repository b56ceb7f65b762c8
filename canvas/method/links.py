"""What content files say about each other: links that lead nowhere, ids used twice, outcomes nobody can reach.

Each problem names the file and the line where the link stands. Reading the files is the part of `load.py`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from canvas.errors import Problem
from canvas.method.advisors import AdvisorDefinition, FindingList
from canvas.method.canvases import BlockDefinition, CanvasHead, Place
from canvas.method.catalog import CatalogEntry, SlotList
from canvas.method.conditions import Condition
from canvas.method.content import Content
from canvas.method.facts import FactSection, QuantityList, RequirementDefinition
from canvas.method.quoted import unquotable
from canvas.method.steps import Agenda, CarryList, Glossary, StepDefinition
from canvas.method.tables import TableDefinition
from canvas.method.typed_values import ValueDefinition
from canvas.reading.read import Link, Read, Reading, misnamed, same_place
from canvas.reading.strict_yaml import YamlPath


def broken_content(content: Content, reading: Reading) -> Iterator[Problem]:
    """Yield every broken link between the files that were read, every id used twice, and every misnamed file."""
    yield from _used_twice(reading)
    yield from same_place(read.source for read in reading.files if read.kind.numbered)
    for read in reading.files:
        for path, what, mend in _links(read, content):
            yield read.source.problem(path, what, mend)
        if read.kind.named_by_file:
            yield from misnamed(read.source, read.model.id, read.kind.numbered)


def _links(read: Read[Any], content: Content) -> Iterator[Link]:
    for path, condition in _conditions(read.model):
        yield from _broken_condition(path, condition, content)
    if read.kind.check is not None:
        yield from read.kind.check(read.model, content)


def _conditions(value: Any, path: YamlPath = ()) -> Iterator[tuple[YamlPath, Condition]]:
    """Yield every outermost condition inside a model with the place where it stands."""
    if isinstance(value, Condition):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _conditions(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _conditions(entry, (*path, index))


def _broken_condition(path: YamlPath, condition: Condition, content: Content) -> Iterator[Link]:
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from _broken_condition(path, part, content)
    wrong = _unknown_subject(condition, content) or _impossible_test(condition, content)
    if wrong:
        yield path, f"the condition {wrong}", "Use ids and options that the content defines"


def _unknown_subject(condition: Condition, content: Content) -> str | None:
    known = (
        (condition.requirement, content.requirements, "requirement"),
        (condition.decision, content.slots, "slot"),
        (condition.quantity, content.quantities, "quantity"),
    )
    for subject, defined, word in known:
        if subject is not None and subject not in defined:
            return f"looks at '{subject}', which is no {word}"
    if condition.cell is not None and not _cell_exists(condition.cell, content):
        return f"looks at '{condition.cell}', which is no cell of a table"
    return None


def _cell_exists(cell: str, content: Content) -> bool:
    table_id, row, column = cell.split(".")
    table = content.tables.get(table_id)
    return table is not None and table.row(row) is not None and table.column(column) is not None


def _impossible_test(condition: Condition, content: Content) -> str | None:
    """Return how a test asks for an option that its subject does not have."""
    tested = [condition.equals, *(condition.within or ()), *(condition.not_in or ())]
    values = [value for value in tested if value is not None]
    definition: ValueDefinition | None = None
    if condition.requirement is not None:
        definition = content.requirements.get(condition.requirement)
    elif condition.cell is not None and _cell_exists(condition.cell, content):
        table_id, _, column = condition.cell.split(".")
        definition = content.tables[table_id].column(column)
    elif condition.decision is not None:
        known = {entry.id for entry in content.options(condition.decision)} | {"none-yet", "other"}
        unfit = (f"asks '{condition.decision}' for '{v}', which cannot fill it" for v in values if v not in known)
        return next(unfit, None)
    if definition is None:
        return None
    wrong = (definition.refusal(value) for value in values)
    return next((f"asks '{definition.id}' for something else: {text}" for text in wrong if text), None)


def _used_twice(reading: Reading) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for read in reading.files:
        source = read.source
        for word, path, id_ in _ids(read):
            first = seen.setdefault((word, id_), source.name)
            if first != source.name or _again(read, word, path, id_):
                what = f"the id '{id_}' is used twice ({Path(first).name} has it too)"
                yield source.problem(path, what, "Give one of them another id")


def _again(read: Read[Any], word: str, path: YamlPath, id_: str) -> bool:
    """Return whether the same file has the id at an earlier place."""
    earlier = next(found for other, found, name in _ids(read) if (other, name) == (word, id_))
    return earlier != path


def _ids(read: Read[Any]) -> Iterator[tuple[str, YamlPath, str]]:
    """Yield every id that a file gives, with the word for what has it and its place."""
    if read.kind.lists is not None:
        word, name = read.kind.lists
        for index, entry in enumerate(getattr(read.model, name)):
            yield word, (name, index, "id"), entry.id
    if read.kind.named_by_file:
        yield read.kind.name, ("id",), read.model.id


def _unknown(ids: Iterable[str], known: Iterable[str], path: YamlPath, word: str) -> Iterator[Link]:
    defined = set(known)
    for index, id_ in enumerate(ids):
        if id_ not in defined:
            yield (*path, index), f"'{id_}' is no {word}", f"Use the id of a {word}"


def _blocks(content: Content) -> set[str]:
    return {block.id for canvas in content.canvases.values() for block in canvas.blocks}


def canvas(head: CanvasHead, content: Content) -> Iterator[Link]:
    """Yield each group whose hue has no colours."""
    for index, group in enumerate(head.groups):
        if group.hue not in content.colours.hues:
            yield ("groups", index, "hue"), f"'{group.hue}' is no hue", f"Use one of {', '.join(content.colours.hues)}"


def block(found: BlockDefinition, content: Content) -> Iterator[Link]:
    """Yield an unknown group of a block, and a place that is outside of its canvas or taken already."""
    home = next(canvas for canvas in content.canvases.values() if any(found is one for one in canvas.blocks))
    groups = [group.id for group in home.groups]
    if found.group not in groups:
        yield ("group",), f"'{found.group}' is no group of {home.id}", f"Use one of {', '.join(groups)}"
    place = found.place
    if place.column + place.columns - 1 > home.columns or place.row + place.rows - 1 > home.rows:
        what = f"the block ends outside of the grid of {home.columns} x {home.rows} that {home.id} has"
        yield ("place",), what, "Move it, or give the canvas more columns or rows"
    for other in home.blocks[: home.blocks.index(found)]:
        if _overlap(place, other.place):
            yield ("place",), f"the block '{other.id}' is there already", "Move one of them"


def _overlap(one: Place, other: Place) -> bool:
    columns = one.column < other.column + other.columns and other.column < one.column + one.columns
    return columns and one.row < other.row + other.rows and other.row < one.row + one.rows


def catalog_entry(entry: CatalogEntry, content: Content) -> Iterator[Link]:
    """Yield what is wrong with the links of a catalog entry."""
    yield from _unknown(entry.slots, content.slots, ("slots",), "slot")
    yield from _unknown(entry.grows_to, content.catalog, ("grows_to",), "catalog entry")


def slots(listed: SlotList, content: Content) -> Iterator[Link]:
    """Yield each slot whose default cannot fill it."""
    for index, slot in enumerate(listed.slots):
        if slot.default not in content.catalog or slot.id not in content.catalog[slot.default].slots:
            what = f"the default '{slot.default}' of slot '{slot.id}' cannot fill it"
            yield ("slots", index, "default"), what, "Name a catalog entry that lists this slot"


def section(section: FactSection, content: Content) -> Iterator[Link]:
    """Yield blocks and requirements that a section names and nobody defines, and a section that no step shows."""
    yield from _unknown(section.also, content.requirements, ("also",), "requirement")
    for index, requirement in enumerate(section.requirements):
        yield from _unknown(requirement.blocks, _blocks(content), ("requirements", index, "blocks"), "block")
        yield from _default(requirement, ("requirements", index), content)
        yield from _scale(requirement, ("requirements", index, "scale_of"), content)
        yield from _suits(requirement, ("requirements", index), content)
    yield from _shown("facts", section.id, content)


def _default(requirement: RequirementDefinition, path: YamlPath, content: Content) -> Iterator[Link]:
    """Yield a default that is no answer to its own question, and one that hangs on a question nobody asks."""
    wrong = None if requirement.default is None else requirement.refusal(requirement.default)
    if wrong:
        what = f"the default of '{requirement.id}' is no answer to it: {wrong.removesuffix('.')}"
        yield (*path, "default"), what, "Use an answer that can be given, or leave the default out"
    if requirement.default_with is not None and requirement.default_with not in content.requirements:
        what = f"'{requirement.default_with}' is no requirement"
        yield (*path, "default_with"), what, "Use the id of a requirement"


def _scale(requirement: RequirementDefinition, path: YamlPath, content: Content) -> Iterator[Link]:
    """Yield a problem when no option of what a requirement takes its scale from has one: it would bound nothing."""
    if requirement.scale_of is None:
        return
    chosen = content.requirements.get(requirement.scale_of)
    if chosen is None or not any(option.scale for option in chosen.options):
        yield path, f"'{requirement.scale_of}' is no choice with scales", "Name a choice whose options have a scale"


def _suits(requirement: RequirementDefinition, path: YamlPath, content: Content) -> Iterator[Link]:
    """Yield what options suit and nobody can choose, and cautions that quote what nobody can fill in."""
    chosen = content.requirements.get(requirement.suits_of or "")
    if requirement.suits_of is not None and (chosen is None or chosen.type != "choice"):
        yield (*path, "suits_of"), f"'{requirement.suits_of}' is no choice", "Name a requirement that is a choice"
        return
    known = [option.id for option in chosen.options] if chosen is not None else []
    for index, option in enumerate(requirement.options):
        place = (*path, "options", index)
        yield from _unknown(option.suits, known, (*place, "suits"), f"option of '{requirement.suits_of}'")
        for number, caution in enumerate(option.misleads):
            yield from _quotes(caution.because, (*place, "misleads", number, "because"), content)


def _quotes(text: str, path: YamlPath, content: Content) -> Iterator[Link]:
    for found in unquotable(text, content):
        mend = "Quote a quantity or a requirement that is no free text, or the options of a choice with suits_of"
        yield path, f"the text quotes '{found}', which cannot be filled in", mend


def step(found: StepDefinition, content: Content) -> Iterator[Link]:
    """Yield parts and feeds of a step that do not exist."""
    yield from _unknown((feed.step for feed in found.feeds), content.steps, ("feeds",), "step")
    known: dict[str, Container[str]] = {
        "facts": content.sections,
        "table": content.tables,
        "canvas": content.canvases,
        "advice": content.advisors,
    }
    for index, part in enumerate(found.parts):
        if part.kind in known and part.id not in known[part.kind]:
            yield ("parts", index), f"'{part.id}' is no {part.kind}", "Use an id that the content defines"


def _shown(kind: str, id_: str, content: Content) -> Iterator[Link]:
    """Yield a problem when no step shows something: nobody would ever see it."""
    if not any((part.kind, part.id) == (kind, id_) for step in content.steps.values() for part in step.parts):
        yield ("id",), f"no step shows the {kind} '{id_}'", "Name it in the parts of a step"


def table(table: TableDefinition, content: Content) -> Iterator[Link]:
    """Yield blocks that a table names and nobody defines, and a table that no step shows."""
    yield from _shown("table", table.id, content)
    for index, row in enumerate(table.rows):
        yield from _unknown(row.blocks, _blocks(content), ("rows", index, "blocks"), "block")


def quantities(quantities: QuantityList, content: Content) -> Iterator[Link]:
    """Yield members of a formula that are no numbers known before it."""
    known = set(content.requirements)
    for index, quantity in enumerate(quantities.quantities):
        for member in quantity.members:
            if isinstance(member, str) and member not in known:
                what = f"'{member}' is neither a requirement nor a quantity listed before"
                yield ("quantities", index), what, "Mend the id or the order"
        if quantity.total is not None:
            table_id, column = quantity.total.split(".")
            table = content.tables.get(table_id)
            if table is None or table.column(column) is None:
                yield ("quantities", index, "total"), f"'{quantity.total}' is no column", "Write <table>.<column>"
        known.add(quantity.id)


def advisor(advisor: AdvisorDefinition, content: Content) -> Iterator[Link]:
    """Yield outcomes that no golden case reaches, and cases that expect something else."""
    yield from _shown("advice", advisor.id, content)
    outcomes = {outcome.id for outcome in advisor.outcomes}
    if advisor.slot is not None:
        yield from _unknown([advisor.slot], content.slots, (), "slot")
        outcomes = {entry.id for entry in content.options(advisor.slot)}
    for index, case in enumerate(advisor.golden):
        if case.expect is not None and case.expect not in outcomes:
            yield ("golden", index, "expect"), f"'{case.expect}' is no outcome of this advisor", "Mend the id"
    expected = {case.expect for case in advisor.golden}
    for index, outcome in enumerate(advisor.outcomes):
        if outcome.id not in expected:
            what = f"no golden case leads to '{outcome.id}', so nothing shows that it can be reached"
            yield ("outcomes", index), what, "Add a golden case, or remove the outcome"


def findings(findings: FindingList, content: Content) -> Iterator[Link]:
    """Yield steps, blocks and slots that a finding names and nobody defines."""
    for index, finding in enumerate(findings.findings):
        path = ("findings", index)
        yield from _unknown([finding.step], content.steps, path, "step")
        yield from _unknown(finding.blocks, _blocks(content), (*path, "blocks"), "block")
        vendor = finding.run_by_vendor.slots if finding.run_by_vendor else ()
        yield from _unknown((*finding.undecided, *finding.decided, *vendor), content.slots, path, "slot")
        for name in ("title", "because", "mend"):
            yield from _quotes(getattr(finding, name), (*path, name), content)
        for name, choice in (("misled", finding.misled), ("unsuited", finding.unsuited)):
            known = content.requirements.get(choice or "")
            if choice is not None and (known is None or known.suits_of is None):
                yield (
                    (*path, name),
                    f"'{choice}' is no choice with suits_of",
                    "Name a choice whose options suit another",
                )
        if finding.worse is not None:
            both = [content.requirements.get(id_) for id_ in (finding.worse.answer, finding.worse.other)]
            if None in both or len({known.scale_of if known else None for known in both} - {None}) != 1:
                yield (*path, "worse"), "the two are not requirements of one scale", "Use two with the same scale_of"


def carries(carries: CarryList, content: Content) -> Iterator[Link]:
    """Yield places and sources of a carry-over that do not exist."""
    for index, carry in enumerate(carries.carries):
        source, path = carry.source, ("carries", index)
        places = [f"{carry.canvas}.{carry.block}", *([source.notes] if source.notes else [])]
        for place in places:
            canvas, block = place.split(".")
            if canvas not in content.canvases or content.canvases[canvas].block(block) is None:
                yield path, f"'{place}' is no block of a canvas", "Write the ids of canvas and block"
        if source.requirement is not None:
            yield from _unknown([source.requirement], content.requirements, path, "requirement")
        if source.table is not None:
            table = content.tables.get(source.table)
            if table is None or table.column(source.column or "") is None:
                yield path, f"'{source.table}.{source.column}' is no column of a table", "Mend the ids"


def agenda(agenda: Agenda, content: Content) -> Iterator[Link]:
    """Yield steps and blocks of an agenda that do not exist."""
    yield from _unknown((entry.step for entry in agenda.entries), content.steps, ("entries",), "step")
    for index, entry in enumerate(agenda.entries):
        yield from _unknown(entry.blocks, _blocks(content), ("entries", index, "blocks"), "block")


def glossary(glossary: Glossary, content: Content) -> Iterator[Link]:
    """Yield steps that a term names and nobody defines."""
    for index, term in enumerate(glossary.terms):
        yield from _unknown([term.step] if term.step else [], content.steps, ("terms", index), "step")
