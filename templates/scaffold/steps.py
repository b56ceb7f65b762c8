"""What people have to do themselves, in words: the sentences of phrases.yaml filled in. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from templates.plan import Plan
from templates.scaffold.phrases import phrases
from templates.scaffold.select import Selection, SlotStep


@dataclass(frozen=True)
class ManualStep:
    """Something people have to do themselves, ready to be printed; `slot_title` names the decision it belongs to.

    `instead` says in a sentence what the project holds in place of what was chosen, and is None where it does not.
    """

    slot: str
    slot_title: str
    kind: str
    title: str
    text: str
    instead: str | None = None


def worded_steps(plan: Plan, selection: Selection) -> tuple[ManualStep, ...]:
    """Return the steps of a selection in the order of the decisions, in words."""
    order = {slot: place for place, slot in enumerate(plan.content.slots)}
    steps = sorted(selection.steps, key=lambda step: order[step.slot])
    return tuple(_worded(step, plan) for step in steps)


def stand_ins(steps: Iterable[ManualStep]) -> tuple[str, ...]:
    """Return what a project holds in place of what was chosen, each sentence once."""
    return tuple(dict.fromkeys(step.instead for step in steps if step.instead is not None))


def _worded(step: SlotStep, plan: Plan) -> ManualStep:
    slot = plan.content.slots[step.slot]
    if step.kind == "to-do":
        return ManualStep(slot.id, slot.title, step.kind, step.title, step.text, step.instead)
    phrase = phrases().steps[step.kind]
    because = step.text or phrases().nothing_here
    status = plan.choices[step.slot].status
    named = phrases().decision["default" if status == "open" or status == "omitted" else status]
    names = {"decision": named, "choice": step.title, "slot": slot.title, "stand_in": step.stand_in, "because": because}
    instead = phrases().instead[step.kind].format(**names) if step.kind in phrases().instead else None
    title, text = phrase.title.format(**names), phrase.text.format(**names)
    return ManualStep(slot.id, slot.title, step.kind, title, text, instead)
