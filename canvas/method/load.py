"""Read the method from its folder: each kind of file with its shape and its check, and everything linked by id.

Content is found by folder; there is no registration list. A file that breaks its contract is refused with its line.
What the files say about each other is checked in `links.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from canvas.errors import ContentError
from canvas.method import links
from canvas.method.advisors import AdvisorDefinition, FindingList
from canvas.method.canvases import BlockDefinition, CanvasDefinition, CanvasHead
from canvas.method.catalog import CatalogEntry, SlotList
from canvas.method.content import Content
from canvas.method.credited import Origin
from canvas.method.facts import FactSection, QuantityList
from canvas.method.steps import Agenda, CarryList, Glossary, StepDefinition
from canvas.method.tables import Forms, TableDefinition
from canvas.reading.read import META, Kind, Reading

CONTENT = Path(__file__).parents[1] / "content"
NO_GLOSSARY = Glossary(source=Origin(title="none"), license="none", attribution="none", terms=())

CANVAS = Kind("canvas-head", "canvases/*/_canvas.yaml", CanvasHead)
BLOCK = Kind("block", "canvases/*/[!_]*.yaml", BlockDefinition)
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
KINDS: tuple[Kind[Any], ...] = (
    CANVAS, BLOCK, FACTS, SLOTS, CATALOG, AGENDA, STEP, TABLE, QUANTITIES, ADVISOR, FINDINGS, CARRIES, FORMS, GLOSSARY,
    META,
)  # fmt: skip


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_HasId)


@cache
def shipped() -> Content:
    """Return the content that comes with the product. Raises `ContentError` when a file breaks its contract."""
    return load(CONTENT)


def load(folder: Path) -> Content:
    """Load all content below `folder` and check every link between files. Raises `ContentError`."""
    return read_content(folder)[0]


def read_content(folder: Path) -> tuple[Content, Reading]:
    """Load all content below `folder`, with what was read from which file. Raises `ContentError`."""
    reading = Reading(folder)
    slots, forms = list(reading.models(SLOTS)), list(reading.models(FORMS))
    quantities, findings = list(reading.models(QUANTITIES)), list(reading.models(FINDINGS))
    content = Content(
        canvases={canvas.id: canvas for canvas in _canvases(reading)},
        sections=_by_id(sorted(reading.models(FACTS), key=lambda s: s.order)),
        slots=_by_id(slot for found in slots for slot in found.slots),
        catalog=_by_id(reading.models(CATALOG)),
        agendas=_by_id(sorted(reading.models(AGENDA), key=lambda a: a.minutes)),
        steps=_by_id(reading.models(STEP)),
        tables=_by_id(reading.models(TABLE)),
        quantities=_by_id(quantity for found in quantities for quantity in found.quantities),
        advisors=_by_id(reading.models(ADVISOR)),
        findings=_by_id(finding for found in findings for finding in found.findings),
        carries=tuple(carry for found in reading.models(CARRIES) for carry in found.carries),
        forms={kind: form for found in forms for kind, form in found.forms.items()},
        glossary=next(reading.models(GLOSSARY), NO_GLOSSARY),
        lists=(*slots, *forms, *quantities, *findings),
    )
    if not reading.problems:
        reading.problems += links.broken_content(content, reading)
    if reading.problems:
        raise ContentError(reading.problems)
    return content, reading


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
