"""The decisions as the report lists them: in force for each part, beyond the parts, and those that do not count."""

from __future__ import annotations

from dataclasses import dataclass

from canvas.document.workshop import Decision
from templates.adr.records import record_path
from templates.plan import Choice, Plan, choice_said, choice_title
from templates.report.words import say


@dataclass(frozen=True)
class DecisionRow:
    """What fills one slot. `status` is that of the decision, or `default`; `record` is the file of its record.

    `advised` means that its choice was drafted from the advice together with others.
    """

    number: int | None
    part: str
    choice: str
    status: str
    because: str
    considered: tuple[str, ...]
    decided_on: str | None
    record: str | None
    advised: bool = False


@dataclass(frozen=True)
class NotInForce:
    """A recorded decision that does not count: proposed beside another, rejected, deprecated or replaced.

    `status` is in words, with its day or the number of its successor. `because` is why it was chosen, and `ended` why
    it does not count.
    """

    number: int
    part: str
    choice: str
    because: str | None
    status: str
    ended: str | None


def decision_rows(plan: Plan) -> tuple[DecisionRow, ...]:
    """Return one row for every slot, in the order in which slots are decided."""
    return tuple(_row(choice, plan) for choice in plan.choices.values())


def beyond_rows(plan: Plan) -> tuple[DecisionRow, ...]:
    """Return one row for every decision in force that fills no slot, recorded ones first."""
    found = sorted((d for d in plan.workshop.beyond if d.in_force), key=lambda d: d.number or 10**9)
    return tuple(_beyond(decision) for decision in found)


def not_in_force(plan: Plan) -> tuple[NotInForce, ...]:
    """Return the recorded decisions that do not count, by number."""
    counting = {choice.decision.number for choice in plan.choices.values() if choice.decision}
    counting |= {decision.number for decision in plan.workshop.beyond if decision.in_force}
    gone = [d for d in plan.workshop.decisions if d.number is not None and d.number not in counting]
    return tuple(_not_in_force(decision, plan) for decision in sorted(gone, key=lambda d: d.number or 0))


def _row(choice: Choice, plan: Plan) -> DecisionRow:
    decision = choice.decision
    # What is in use beside the choice stands in the choice.
    others = [o for o in decision.options if o not in (decision.choice, *decision.beside)] if decision else []
    return DecisionRow(
        number=decision.number if decision else None,
        part=choice.slot.title,
        choice=choice.said,
        status=choice.status,
        because=choice.because,
        considered=tuple(choice_title(option, plan.content) for option in dict.fromkeys(others)),
        decided_on=decision.decided_on if decision else None,
        record=record_path(decision) if decision and decision.number is not None else None,
        # A draft without a reason says so in place of it.
        advised=decision is not None and decision.advised and decision.because is not None,
    )


def _beyond(decision: Decision) -> DecisionRow:
    return DecisionRow(
        number=decision.number,
        part=decision.name,
        choice=decision.choice,
        status=decision.status,
        because=decision.because or "",
        considered=(),
        decided_on=decision.decided_on,
        record=record_path(decision) if decision.number is not None else None,
    )


def _not_in_force(decision: Decision, plan: Plan) -> NotInForce:
    slot = plan.content.slots.get(decision.name)
    return NotInForce(
        number=decision.number or 0,
        part=slot.title if slot else decision.name,
        choice=choice_said(decision, plan.content),
        because=decision.because,
        status=_status(decision, plan),
        ended=decision.status_because or _left(decision, plan),
    )


def _left(decision: Decision, plan: Plan) -> str | None:
    """Return why a decision that nothing ended does not count: a rule has taken its slot out."""
    choice = plan.choices.get(decision.name)
    left = choice is not None and choice.status == "omitted" and decision.in_force
    return choice.because if choice and left else None


def _status(decision: Decision, plan: Plan) -> str:
    if _left(decision, plan):
        return say("left-by-rule")
    successors = (d.number for d in plan.workshop.decisions if d.supersedes == decision.number and d.number)
    if decision.status == "superseded" and (successor := next(successors, None)):
        return say("replaced-by", number=successor)
    status = say(f"status-{decision.status}")
    return say("status-since", status=status, date=decision.status_on) if decision.status_on else status
