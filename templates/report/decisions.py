"""The decisions as the report lists them: what is in force for every part, and what was replaced."""

from __future__ import annotations

from dataclasses import dataclass

from canvas.document.workshop import Decision
from templates.adr.records import record_path
from templates.plan import Choice, Plan, choice_title


@dataclass(frozen=True)
class DecisionRow:
    """What fills one slot. `status` is `accepted`, `draft` or `default`; `record` is the file of its record."""

    number: int | None
    part: str
    choice: str
    status: str
    because: str
    considered: tuple[str, ...]
    decided_on: str | None
    record: str | None


@dataclass(frozen=True)
class Replaced:
    """A decision that is no longer in force, and the number of its successor."""

    number: int
    part: str
    choice: str
    because: str | None
    successor: int | None


def decision_rows(plan: Plan) -> tuple[DecisionRow, ...]:
    """Return one row for every slot, in the order in which slots are decided."""
    return tuple(_row(choice, plan) for choice in plan.choices.values())


def replaced(plan: Plan) -> tuple[Replaced, ...]:
    """Return the superseded decisions by number."""
    gone = [d for d in plan.workshop.decisions if d.status == "superseded" and d.number is not None]
    return tuple(_replaced(decision, plan) for decision in sorted(gone, key=lambda d: d.number or 0))


def _row(choice: Choice, plan: Plan) -> DecisionRow:
    decision = choice.decision
    others = [o for o in decision.options if o != decision.choice] if decision else []
    return DecisionRow(
        number=decision.number if decision else None,
        part=choice.slot.title,
        choice=choice.title,
        status=choice.status,
        because=choice.because,
        considered=tuple(choice_title(option, plan.content) for option in dict.fromkeys(others)),
        decided_on=decision.decided_on if decision else None,
        record=record_path(decision) if decision and decision.number is not None else None,
    )


def _replaced(decision: Decision, plan: Plan) -> Replaced:
    successors = (d.number for d in plan.workshop.decisions if d.supersedes == decision.number and d.number)
    slot = plan.content.slots.get(decision.slot)
    return Replaced(
        number=decision.number or 0,
        part=slot.title if slot else decision.slot,
        choice=choice_title(decision.choice, plan.content),
        because=decision.because,
        successor=next(successors, None),
    )
