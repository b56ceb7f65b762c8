"""What the page hands over once to the component that asks one question at a time: what is asked, why, what it decides.

Answers, advice and what else moves are in `question_told.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from canvas.advice.question_order import FIRST, QuestionGroup, minutes_of, question_groups
from canvas.method.content import Content
from canvas.method.facts import RequirementDefinition
from canvas.method.reads import STACK_CANVAS
from canvas.method.steps import StepDefinition
from canvas.method.subjects import subject_title
from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.text_gate import counted
from views.live import seen_by
from views.steps.method.part_titles import part_title
from views.visit.agenda import agenda_of, following_entry
from views.visit.session import Visit

FIRST_TITLE = "What decides first"
NAMED = 3


def question_data(visit: Visit, step: StepDefinition, content: Content) -> dict[str, Any]:
    """Return what is asked on the page of a step; see `docs/live-protocol.md`."""
    groups = question_groups(step.id, content)
    # On which card of the list each is.
    sections = content.sections_of(step.id)
    parts = {id_: s.id for s in sections for id_ in s.also} | {r.id: s.id for s in sections for r in s.requirements}
    asked = [id_ for group in groups for id_ in group.questions]
    return {
        **seen_by(visit.member, visit.seq),
        "step": step.id,
        "title": step.title,
        "outcome": step.outcome,
        "leads": visit.leads,
        "groups": [_group(group, content) for group in groups],
        "questions": {id_: _question(content.requirements[id_], parts[id_], content) for id_ in asked},
        "advisors": {id_: [q for q in asked if id_ in content.reads[q].advisors] for id_ in _advisors(step)},
        "others": [{"id": part.id or part.kind, "title": part_title(part, content)} for part in _others(step)],
        "next": _next_step(visit, step, content),
    }


def _group(group: QuestionGroup, content: Content) -> dict[str, Any]:
    title = FIRST_TITLE if group.id == FIRST else content.sections[group.id].title
    return {"id": group.id, "title": title, "questions": list(group.questions), "minutes": minutes_of((group,))}


def _question(definition: RequirementDefinition, part: str, content: Content) -> dict[str, Any]:
    """Return one question. `step` of a number is left to the component; its bounds may hang on another answer."""
    return {
        "part": part,
        "title": definition.title,
        "question": definition.question,
        "why": definition.purpose,
        "decides": list(decides(definition, content)),
        "kind": definition.type,
        "unit": definition.unit,
        "minimum": definition.minimum,
        "maximum": definition.maximum,
        "whole": definition.whole,
        "limit": TEXT_LIMITS.get(definition.type),
        "options": [{"id": option.id, "title": option.title, "help": option.help} for option in definition.options],
        "presets": [{"typed": f"{preset.value:g}", "title": preset.title} for preset in definition.presets],
    }


def decides(definition: RequirementDefinition, content: Content) -> Iterable[str]:
    """Yield in plain words what is worked out from an answer, as the rules of the content read it."""
    reads = content.reads[definition.id]
    if reads.advisors:
        yield f"The advice: {_named(content.advisors[id_].title for id_ in reads.advisors)}."
    if reads.blocks:
        blocks = (block.short for block in content.canvases[STACK_CANVAS].blocks if block.id in reads.blocks)
        yield f"Which blocks the canvas needs: {_named(blocks)}."
    if reads.leaving:
        yield f"Whether {counted(len(reads.leaving), 'later question')} {_are(reads.leaving)} asked at all."
    if reads.bounded:
        yield f"What fits as an answer to: {_named(content.requirements[id_].title for id_ in reads.bounded)}."
    if reads.slots:
        yield f"Which options suit you: {_named(subject_title(id_, content) for id_ in reads.slots)}."
    # A title may quote an answer, which is not there yet.
    warnings = [title for id_ in reads.findings if "{" not in (title := content.findings[id_].title)]
    if warnings and not (reads.advisors or reads.blocks or reads.slots):
        yield f"Whether you are warned: {_named(warnings)}."
    if not any((reads.advisors, reads.blocks, reads.leaving, reads.bounded, reads.slots, reads.findings)):
        yield "No advice reads it. It goes into the report as you write it."


def _are(several: tuple[str, ...]) -> str:
    return "is" if len(several) == 1 else "are"


def _named(titles: Iterable[str]) -> str:
    """Return titles in a line, the first few of many."""
    told = list(titles)
    if len(told) > NAMED + 1:
        return f"{', '.join(told[:NAMED])} and {len(told) - NAMED} more"
    *first, last = told
    return f"{', '.join(first)} and {last}" if first else last


def _advisors(step: StepDefinition) -> list[str]:
    return [part.id for part in step.parts if part.kind == "advice"]


def _others(step: StepDefinition) -> list[Any]:
    """Return the parts of a step that are on its list alone."""
    return [part for part in step.parts if part.kind not in ("facts", "advice", "picture")]


def _next_step(visit: Visit, step: StepDefinition, content: Content) -> dict[str, str] | None:
    following = following_entry(agenda_of(visit), visit.room.get("agenda"), step.id, visit.workshop, content)
    return {"id": following.step, "title": content.steps[following.step].title} if following else None
