"""Everything the method holds, ready to be looked up by id. Read by `load.py`; knows no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from canvas.method.advisors import AdvisorDefinition, FindingDefinition
from canvas.method.canvases import BlockDefinition, CanvasDefinition
from canvas.method.catalog import CatalogEntry, Slot
from canvas.method.colours import Colours
from canvas.method.credited import Credited
from canvas.method.facts import FactSection, Quantity, RequirementDefinition
from canvas.method.omissions import OmissionRule
from canvas.method.reads import Reads, what_reads
from canvas.method.steps import USUAL_COURSE, Agenda, Carry, StepDefinition, Term
from canvas.method.tables import TableDefinition
from canvas.method.typed_values import ValueDefinition


@dataclass(frozen=True)
class Content:
    """Everything the canvas room knows, ready to be looked up by id. Sections and steps come in their order."""

    canvases: Mapping[str, CanvasDefinition]
    sections: Mapping[str, FactSection]
    slots: Mapping[str, Slot]
    catalog: Mapping[str, CatalogEntry]
    agendas: Mapping[str, Agenda]
    steps: Mapping[str, StepDefinition]
    tables: Mapping[str, TableDefinition]
    quantities: Mapping[str, Quantity]
    advisors: Mapping[str, AdvisorDefinition]
    findings: Mapping[str, FindingDefinition]
    carries: Sequence[Carry]
    forms: Mapping[str, tuple[ValueDefinition, ...]]
    terms: Mapping[str, Term]
    look: Sequence[Colours]
    # The files that hold lists, which say whom to name for what stands in them.
    lists: Sequence[Credited] = ()
    # What a fact switches off.
    omissions: Mapping[str, OmissionRule] = field(default_factory=dict)
    # What this is worded anew from, where a rule has other words for some of it; see `wording.py`.
    base: Content | None = None

    @cached_property
    def wordings(self) -> dict[tuple[str, ...], Content]:
        """The same content in the words of rules, as far as it was asked for."""
        return {}

    @property
    def colours(self) -> Colours:
        """The colours of everything that is shown."""
        return self.look[0]

    @cached_property
    def requirements(self) -> dict[str, RequirementDefinition]:
        return {r.id: r for section in self.sections.values() for r in section.requirements}

    @cached_property
    def asked_in(self) -> dict[str, str]:
        """The section that asks for each requirement."""
        return {r.id: section.id for section in self.sections.values() for r in section.requirements}

    @cached_property
    def shown_on(self) -> dict[tuple[str, str], str]:
        """The first step that shows a part, by the part's kind and id."""
        every = [((part.kind, part.id), step.id) for step in self.steps.values() for part in step.parts]
        return dict(reversed(every))

    @cached_property
    def reads(self) -> dict[str, Reads]:
        """What the rules of this content read of each requirement."""
        return what_reads(self)

    def sections_of(self, step_id: str) -> tuple[FactSection, ...]:
        """Return the sections that a step asks for, in the order of its parts."""
        return tuple(self.sections[part.id] for part in self.steps[step_id].parts if part.kind == "facts")

    def course(self, plan: str | None) -> Agenda:
        """Return the agenda that a workshop follows. One that content no longer has counts as not chosen."""
        return self.agendas.get(plan or USUAL_COURSE, self.agendas[USUAL_COURSE])

    def options(self, slot_id: str) -> tuple[CatalogEntry, ...]:
        """Return the catalog entries that can fill a slot, by title."""
        fitting = (entry for entry in self.catalog.values() if slot_id in entry.slots)
        return tuple(sorted(fitting, key=lambda entry: entry.title.lower()))

    def block(self, block_id: str, canvas: str = "stack-canvas") -> BlockDefinition | None:
        return self.canvases[canvas].block(block_id)
