"""The risk register as the report prints it: phase by phase with its gate, then the risks that belong to no phase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from canvas.advice.accepted import source_said
from canvas.document.risk_gates import PhaseRisks, phase_risks
from canvas.document.workshop import Risk
from canvas.method.typed_values import ValueDefinition
from templates.plan import Plan
from templates.report.words import count, say


@dataclass(frozen=True)
class RiskRow:
    """A risk as printed. `details` are what it endangers, where it arises, who watches it and where it comes from."""

    text: str
    details: tuple[str, ...]
    mitigation: str
    residual: str
    state: str


@dataclass(frozen=True)
class RiskPhase:
    """A phase with its risks. `passed` is None for the risks without a phase, which have no gate."""

    title: str
    gate: str | None
    passed: bool | None
    risks: tuple[RiskRow, ...]


@dataclass(frozen=True)
class Register:
    """The whole register; phases without a risk are left out."""

    mitigation: str
    residual: str
    phases: tuple[RiskPhase, ...]
    kind: str = "risks"


def register(plan: Plan) -> Register | None:
    """Return the register of a workshop, or None when no risk is in it."""
    if not plan.workshop.risks:
        return None
    form = {field.id: field for field in plan.content.forms.get("risk", ())}
    return Register(form["mitigation"].title, form["residual"].title, tuple(_phases(plan, form)))


def _phases(plan: Plan, form: Mapping[str, ValueDefinition]) -> Iterator[RiskPhase]:
    for phase in phase_risks(plan.workshop):
        risks = tuple(_row(risk, form, plan) for risk in plan.workshop.risks if risk.phase == phase.phase)
        if risks:
            yield RiskPhase(form["phase"].printed(phase.phase), _gate(phase), phase.passed, risks)
    loose = tuple(_row(risk, form, plan) for risk in plan.workshop.risks if risk.phase is None)
    if loose:
        yield RiskPhase(say("no-phase"), None, None, loose)


def _gate(phase: PhaseRisks) -> str:
    if phase.passed:
        return say("gate-passed")
    return say("gate-closed", open=count(phase.open, "not-judged"), high=count(phase.too_high, "too-high"))


def _row(risk: Risk, form: Mapping[str, ValueDefinition], plan: Plan) -> RiskRow:
    found = (canvas.block(risk.block or "") for canvas in plan.content.canvases.values())
    block = next(filter(None, found), None)
    named = ((form["requirement"].title, risk.requirement), (form["task"].title, risk.task),
             (say("block"), block.title if block else risk.block), (form["owner"].title, risk.owner),
             (say("source"), source_said(risk)))  # fmt: skip
    state = risk.residual or "open"
    return RiskRow(
        text=risk.text,
        details=tuple(say("named", name=name, text=text) for name, text in named if text),
        mitigation=risk.mitigation or "",
        residual=form["residual"].printed(state),
        state=state,
    )
