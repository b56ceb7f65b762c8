"""Read the method from its folder: each kind of file with its shape and its check, and everything linked by id.

Content is found by folder; there is no registration list. A file that breaks its contract is refused with its line.
What the files say about each other is checked in `links.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from canvas.errors import ContentError, Problem
from canvas.method import links, omission_links
from canvas.method.advisors import AdvisorDefinition, FindingList
from canvas.method.canvases import BlockDefinition, CanvasDefinition, CanvasHead
from canvas.method.catalog import CatalogEntry, SlotList
from canvas.method.colours import Colours
from canvas.method.content import Content
from canvas.method.credited import Credited
from canvas.method.facts import FactSection, QuantityList
from canvas.method.omissions import OmissionList
from canvas.method.steps import Agenda, CarryList, Glossary, StepDefinition
from canvas.method.tables import Forms, TableDefinition
from canvas.reading.later import Later, LaterList
from canvas.reading.read import META, Kind, Reading

CONTENT = Path(__file__).parents[1] / "content"

CANVAS = Kind("canvas-head", "canvases/*/_canvas.yaml", CanvasHead, links.canvas)
BLOCK = Kind("block", "canvases/*/[!_]*.yaml", BlockDefinition, links.block)
FACTS = Kind(
    "facts", "facts/*.yaml", FactSection, links.section, named_by_file=True, lists=("requirement", "requirements")
)
SLOTS = Kind("slots", "slots.yaml", SlotList, links.slots, lists=("slot", "slots"))
CATALOG = Kind("catalog", "catalog/*.yaml", CatalogEntry, links.catalog_entry, named_by_file=True)
AGENDA = Kind("agenda", "agendas/*.yaml", Agenda, links.agenda, named_by_file=True)
STEP = Kind("step", "steps/*.yaml", StepDefinition, links.step, named_by_file=True, numbered=True)
TABLE = Kind("table", "tables/*.yaml", TableDefinition, links.table, named_by_file=True)
QUANTITIES = Kind("quantities", "quantities.yaml", QuantityList, links.quantities, lists=("quantity", "quantities"))
ADVISOR = Kind("advisor", "advisors/*.yaml", AdvisorDefinition, links.advisor, named_by_file=True)
FINDINGS = Kind(
    "findings", "findings/*.yaml", FindingList, links.findings, named_by_file=True, lists=("finding", "findings")
)
CARRIES = Kind("carries", "carries.yaml", CarryList, links.carries)
FORMS = Kind("forms", "forms.yaml", Forms)
GLOSSARY = Kind("glossary", "glossary.yaml", Glossary, links.glossary, lists=("term", "terms"))
OMISSIONS = Kind(
    "omissions", "omissions.yaml", OmissionList, omission_links.omissions, lists=("rule of omission", "omissions")
)
COLOURS = Kind("colours", "colours.yaml", Colours)
KINDS: tuple[Kind[Any], ...] = (
    CANVAS, BLOCK, FACTS, SLOTS, CATALOG, AGENDA, STEP, TABLE, QUANTITIES, ADVISOR, FINDINGS, CARRIES, FORMS, GLOSSARY,
    OMISSIONS, COLOURS, META,
)  # fmt: skip


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_HasId)
M = TypeVar("M")


# The content that comes with the product, read bit by bit.
_SHIPPED = Reading(CONTENT)


@cache
def shipped() -> Content:
    """Return the content that comes with the product; each kind of it is read when it is first asked for.

    A file that breaks its contract raises `ContentError` then. What the files say about each other is not looked at:
    `check_shipped` does that.
    """
    singly = {"catalog": partial(_SHIPPED.one, CATALOG)}
    parts: dict[str, Any] = {
        **{name: Later(partial(_read_now, _SHIPPED, make), singly.get(name)) for name, make in _MAPPINGS.items()},
        **{name: LaterList(partial(_read_now, _SHIPPED, make)) for name, make in _LISTS.items()},
    }
    return Content(**parts)


def check_shipped() -> None:
    """Read everything that comes with the product, and check every link in it. Raises `ContentError`."""
    content = shipped()
    for name in (*_MAPPINGS, *_LISTS):
        len(getattr(content, name))
    if problems := list(links.broken_content(content, _SHIPPED)):
        raise ContentError(problems)


def load(folder: Path) -> Content:
    """Load all content below `folder` and check every link between files. Raises `ContentError`."""
    return read_content(folder)[0]


def read_content(folder: Path) -> tuple[Content, Reading]:
    """Load all content below `folder`, with what was read from which file. Raises `ContentError`."""
    reading = Reading(folder)
    content = Content(**{name: make(reading) for name, make in {**_MAPPINGS, **_LISTS}.items()})
    if not reading.problems:
        reading.problems += links.broken_content(content, reading)
    if reading.problems:
        raise ContentError(reading.problems)
    return content, reading


def _read_now(reading: Reading, make: Callable[[Reading], M]) -> M:
    found = make(reading)
    if reading.problems:
        raise ContentError(reading.problems)
    return found


def _by_id(items: Iterable[Named]) -> dict[str, Named]:
    return {item.id: item for item in items}


def _canvases(reading: Reading) -> Iterator[CanvasDefinition]:
    for folder in sorted(path.parent for path in reading.folder.glob(CANVAS.pattern)):
        inside = folder.relative_to(reading.folder)
        blocks = list(reading.models(BLOCK, f"{inside}/[!_]*.yaml"))
        # Block 0 is a side box: it is read last though its number is the smallest.
        blocks.sort(key=lambda b: (b.number == 0, b.number))
        for head in reading.models(CANVAS, f"{inside}/_canvas.yaml"):
            yield CanvasDefinition(**dict(head), blocks=tuple(blocks))


def _look(reading: Reading) -> tuple[Colours, ...]:
    """Return the colours, without which nothing can be shown."""
    found = tuple(reading.models(COLOURS))
    if not found and not reading.problems:
        where = str(reading.folder / COLOURS.pattern)
        reading.problems.append(Problem(where, 0, "the file is missing", "Say how everything looks"))
    return found


def _listed(reading: Reading) -> tuple[Credited, ...]:
    kinds: tuple[Kind[Any], ...] = (SLOTS, FORMS, QUANTITIES, FINDINGS)
    return tuple(credited for kind in kinds for credited in reading.models(kind))


# How each part of the content is made of the files of a folder, by its name in `Content`.
_MAPPINGS: Mapping[str, Callable[[Reading], Any]] = {
    "canvases": lambda reading: _by_id(_canvases(reading)),
    "sections": lambda reading: _by_id(sorted(reading.models(FACTS), key=lambda section: section.order)),
    "slots": lambda reading: _by_id(slot for found in reading.models(SLOTS) for slot in found.slots),
    "catalog": lambda reading: _by_id(reading.models(CATALOG)),
    "agendas": lambda reading: _by_id(sorted(reading.models(AGENDA), key=lambda agenda: agenda.minutes)),
    "steps": lambda reading: _by_id(reading.models(STEP)),
    "tables": lambda reading: _by_id(reading.models(TABLE)),
    "quantities": lambda reading: _by_id(q for found in reading.models(QUANTITIES) for q in found.quantities),
    "advisors": lambda reading: _by_id(reading.models(ADVISOR)),
    "findings": lambda reading: _by_id(f for found in reading.models(FINDINGS) for f in found.findings),
    "forms": lambda reading: {kind: form for found in reading.models(FORMS) for kind, form in found.forms.items()},
    "omissions": lambda reading: _by_id(rule for found in reading.models(OMISSIONS) for rule in found.omissions),
    "terms": lambda reading: _by_id(term for found in reading.models(GLOSSARY) for term in found.terms),
}
_LISTS: Mapping[str, Callable[[Reading], Any]] = {
    "carries": lambda reading: tuple(carry for found in reading.models(CARRIES) for carry in found.carries),
    "lists": _listed,
    "look": _look,
}
