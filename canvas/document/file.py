"""Load and save `*.workshop.yaml`. A file that we wrote loads and saves to the same bytes; comments are not kept.

What it says about content (blocks, slots, requirements, tables) is checked by `links.py`.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from canvas.document.formats import FORMAT, not_a_workshop, refused_format, upgraded
from canvas.document.found import Found
from canvas.document.links import broken_links
from canvas.document.rules import inconsistencies
from canvas.document.unfit import unfit_links
from canvas.document.workshop import Row, Workshop
from canvas.errors import FileProblems, Problem
from canvas.method.content import Content
from canvas.reading.problems import to_problems
from canvas.reading.strict_yaml import LOADER, Source, read_bytes, read_file, scalar_stays_text

Check = Callable[[Workshop], Iterable[Found]]

_HEADER = "# MLOps Stack Canvas workshop. Comments are not kept when the tool saves this file.\n"


def load_workshop(path: Path) -> Workshop:
    """Read a workshop file. Raises `FileProblems` that holds every problem with its line."""
    return _consistent(read_file(path))


def parse_workshop(raw: bytes, name: str) -> Workshop:
    """Read a workshop from bytes, as an upload gives them; `name` is what messages call it."""
    return _consistent(read_bytes(raw, name))


def check_workshop(source: Source, content: Content, *more: Check) -> tuple[Workshop, list[Problem]]:
    """Return the workshop of a file or an upload with all its problems. Raises `FileProblems` for a wrong shape.

    `more` are the checks of later rooms, which know content that this one does not.
    """
    workshop, problems = _checked(source, content, *more)
    return workshop, _by_line([*problems, *_unfit(source, workshop, content)])


def open_workshop(
    source: Source, content: Content, *more: Check, kept: Sequence[Check] = ()
) -> tuple[Workshop, list[Problem]]:
    """Return the workshop of a file that is to be worked on, with its numbers that cannot be true.

    Those are kept and shown where they are mended, as in a workshop that is open already; a file that the app wrote can
    be opened again. What the checks `kept` find is such, too. Raises `FileProblems` for everything else.
    """
    workshop, problems = _checked(source, content, *more)
    found = [*_unfit(source, workshop, content), *_found(source, workshop, kept)]
    if problems:
        raise FileProblems([*problems, *found])
    return workshop, _by_line(found)


def _checked(source: Source, content: Content, *more: Check) -> tuple[Workshop, list[Problem]]:
    workshop = _shaped(source)
    return workshop, _found(source, workshop, (inconsistencies, lambda given: broken_links(given, content), *more))


def _found(source: Source, workshop: Workshop, checks: Sequence[Check]) -> list[Problem]:
    return [source.problem(*found) for found in chain.from_iterable(check(workshop) for check in checks)]


def _unfit(source: Source, workshop: Workshop, content: Content) -> list[Problem]:
    return [source.problem(*found) for found in unfit_links(workshop, content)]


def _by_line(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.line)


def dump_workshop(workshop: Workshop) -> str:
    """Return the file text of a workshop: stable key order, nothing that is empty, one entry per item."""
    data = workshop.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    ordered = {"format": workshop.format, "needs": workshop.needs, **data}
    body = yaml.dump(ordered, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=False)
    return _HEADER + body


def save_workshop(workshop: Workshop, path: Path) -> None:
    """Write a workshop file whole or not at all."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8", newline="\n") as draft:
        draft.write(dump_workshop(workshop))
    os.chmod(draft.name, 0o644)
    os.replace(draft.name, path)


def has_comments(path: Path) -> bool:
    """Return whether saving over this file would lose comments that a person wrote."""
    text = path.read_text(encoding="utf-8-sig").removeprefix(_HEADER)
    inside = [(node.start_mark.index, node.end_mark.index) for node in _scalars(yaml.compose(text, Loader=LOADER))]
    marks = (found.start() for found in re.finditer(r"(?m)(?:^|\s)#", text))
    return any(not any(start <= mark < end for start, end in inside) for mark in marks)


def arrange(workshop: Workshop, content: Content) -> Workshop:
    """Return the same workshop with blocks, requirements and drafts in the order in which content lists them."""
    canvases = {}
    for canvas, blocks in workshop.canvases.items():
        definition = content.canvases.get(canvas)
        order = [block.id for block in definition.blocks] if definition else []
        canvases[canvas] = {block: blocks[block] for block in sorted(blocks, key=_rank(order))}
    known, slots = list(content.requirements), list(content.slots)
    tables = {table: _arranged_rows(table, rows, content) for table, rows in sorted(workshop.tables.items())}
    requirements = sorted(workshop.requirements, key=lambda item: _rank(known)(item.id))
    decisions = sorted(workshop.decisions, key=lambda d: (d.number or 10**9, _rank(slots)(d.name)))
    lists = {"requirements": tuple(requirements), "decisions": tuple(decisions)}
    return workshop.model_copy(update={"canvases": canvases, "tables": tables, **lists})


def _arranged_rows(table_id: str, rows: tuple[Row, ...], content: Content) -> tuple[Row, ...]:
    table = content.tables.get(table_id)
    known = [row.id for row in table.rows] if table else []
    columns = [column.id for column in table.columns] if table else []
    # Rows of the team's own keep the order in which they were written.
    ordered = sorted(rows, key=lambda row: known.index(row.id) if row.id in known else len(known))
    return tuple(
        row.model_copy(update={"cells": {c: row.cells[c] for c in sorted(row.cells, key=_rank(columns))}})
        for row in ordered
    )


def _rank(order: list[str]) -> Callable[[str], tuple[int, str]]:
    """Return a sort key: known ids in their order, unknown ones after them by name."""
    return lambda name: (order.index(name), "") if name in order else (len(order), name)


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.CollectionNode):
        for child in node.value:
            for part in child if isinstance(child, tuple) else (child,):
                yield from _scalars(part)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of workshop files, for editors and other programs."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Workshop.model_json_schema()}


def _consistent(source: Source) -> Workshop:
    workshop = _shaped(source)
    problems = [source.problem(*found) for found in inconsistencies(workshop)]
    if problems:
        raise FileProblems(problems)
    return workshop


def _shaped(source: Source) -> Workshop:
    """Return the workshop of a file whose shape is right; what its parts say about each other is not checked yet."""
    if not isinstance(source.data, dict):
        mend = f"Start with 'format: {FORMAT}' and 'title: ...'"
        raise FileProblems([Problem(source.name, 1, "this is not a workshop file", mend)])
    known = [field.alias or name for name, field in Workshop.model_fields.items()]
    if wrong := not_a_workshop(source.data, known) or refused_format(source.data):
        raise FileProblems([source.problem(*wrong)])
    try:
        return Workshop.model_validate(upgraded(source.data))
    except ValidationError as error:
        raise FileProblems(to_problems(error, source, Workshop)) from None


class _Dumper(yaml.SafeDumper):
    """Writes what `strict_yaml` reads back: no aliases, list entries indented, text that looks like a number quoted."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    if not scalar_stays_text(value):
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="'")
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value.strip() else None)


_Dumper.add_representer(str, _text)
