"""What moves while questions are asked one at a time: answers, what is assumed, the advice, what one answer changes.

Plain data for the component `views/question`; what it asks for is done in `one_question.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median_low
from typing import Any

from canvas.advice.advisors import Advice
from canvas.advice.excluded import omitted
from canvas.advice.facts import Fact, known_facts, resolve
from canvas.advice.prospects import Change, changes, consequences, outcome_standings, so_far, turns, with_answer
from canvas.advice.sheet import AdviceSheet, advice_sheet
from canvas.document.unfit import given_values, range_of
from canvas.document.workshop import Requirement, Workshop
from canvas.method.content import Content
from canvas.method.facts import RequirementDefinition
from canvas.method.reads import STACK_CANVAS
from canvas.method.steps import StepDefinition
from canvas.method.subjects import subject_title
from canvas.method.suited import best_first
from canvas.reading.types import RequirementValue
from views.steps.method.blind_question import QuestionRound, question_round
from views.steps.method.typed_answer import as_typed, read_answer, read_as
from views.visit.changing import Refusal
from views.visit.session import Visit, names

SHOWN_TURNS = 4
GATE_WORDS = {
    "mandatory": ("becomes", "mandatory"),
    "recommended": ("becomes", "recommended"),
    "optional": ("becomes", "optional"),
    "not-applicable": ("is", "not needed"),
}


@dataclass(frozen=True)
class Draft:
    """What somebody is at: the question before them, and what they have typed or chosen and not saved, if anything."""

    question: str
    typed: str | None


def told(visit: Visit, step: StepDefinition, asked: tuple[str, ...], draft: Draft | None, content: Content) -> Any:
    """Return what moves on the page of a step, for one person, with what they are typing counted in."""
    workshop, value = visit.workshop, None
    if draft is not None and draft.typed is not None:
        read = read_answer(content.requirements[draft.question], draft.typed, workshop, content)
        value = None if isinstance(read, Refusal) else read
        workshop = workshop if value is None else with_answer(workshop, draft.question, value)
    sheet = advice_sheet(workshop, content)
    return {
        **_answers(visit, asked, content),
        "advice": [_advice(sheet.advice[part.id], sheet, content) for part in step.parts if part.kind == "advice"],
        "with": None if draft is None else _with(visit.workshop, draft, sheet, content),
        "round": _round(visit, asked, content),
    }


def _answers(visit: Visit, asked: tuple[str, ...], content: Content) -> dict[str, Any]:
    facts = resolve(visit.workshop, content)
    given = {item.id: item for item in visit.workshop.requirements}
    left = omitted(visit.workshop, content)
    return {
        "answers": {id_: _answer(visit, facts[id_], given.get(id_), content) for id_ in asked if id_ not in left},
        "left": {id_: left[id_].because for id_ in asked if id_ in left},
        "orders": _orders(visit.workshop, asked, content),
    }


def _answer(visit: Visit, fact: Fact, item: Requirement | None, content: Content) -> dict[str, Any]:
    """Return how a question is answered. `typed` is what its input holds, `base` the sequence that the next is on."""
    definition = fact.definition
    found: dict[str, Any] = {"base": visit.base(f"requirement:{definition.id}", "value")}
    if fact.absent is not None:
        return {**found, "absent": fact.absent, "typed": "", "state": "not-applicable"}
    if item is None or item.value is None:
        assumed = fact.value is not None
        return {
            **found,
            "typed": "",
            "state": "open",
            "assumed": {"printed": definition.printed(fact.value), "typed": as_typed(fact.value)} if assumed else None,
            "because": fact.because if assumed else None,
        }
    return {
        **found,
        "typed": as_typed(item.value),
        "printed": definition.printed(item.value),
        "state": item.state,
        "stateBase": visit.base(f"requirement:{definition.id}", "state", "value"),
        "wrong": _wrong(definition, item.value, fact, visit.workshop, content),
    }


def _wrong(
    definition: RequirementDefinition, value: RequirementValue, fact: Fact, workshop: Workshop, content: Content
) -> str | None:
    """Return why a saved answer cannot be true, by what else is answered or assumed."""
    if isinstance(value, bool | str):
        return None
    return range_of(definition, given_values(workshop), content).told_of(value) or fact.unfit


def _orders(workshop: Workshop, asked: tuple[str, ...], content: Content) -> dict[str, list[str]]:
    """Return the order of options that suit another answer, the fitting ones first."""
    choices = [definition for id_ in asked if (definition := content.requirements[id_]).suits_of]
    facts = known_facts(workshop, content) if choices else None
    return {d.id: [option.id for option in best_first(d, facts)] for d in choices if facts is not None}


def _advice(advice: Advice, sheet: AdviceSheet, content: Content) -> dict[str, Any]:
    definition, facts = advice.definition, sheet.facts
    standings = outcome_standings(definition, facts)
    now = so_far(definition, facts)
    held = next((found for found in standings if found.id == now), None)
    about: dict[str, Any] = {"id": definition.id, "title": definition.title, "omitted": advice.omitted}
    if advice.omitted is not None:
        return about
    because = advice.because if advice.value is not None else held.because if held else ()
    return {
        **about,
        "outcomes": [{"id": found.id, "title": found.title, "standing": found.standing} for found in standings],
        "value": advice.value,
        "soFar": now,
        "name": advice.title or (held.title if held else None),
        "meaning": advice.meaning,
        "because": [reason.text for reason in because],
        "missing": [subject_title(subject, content) for subject in advice.missing],
        "turns": _turns(advice, sheet, content) if advice.value is None and standings else [],
    }


def _turns(advice: Advice, sheet: AdviceSheet, content: Content) -> list[dict[str, Any]]:
    found = turns(advice.definition, sheet.facts, content)
    return [
        {
            "question": turn.question,
            "title": content.requirements[turn.question].title,
            "ways": [{"answers": list(answers), "outcome": outcome} for answers, outcome in turn.ways],
        }
        for turn in found[:SHOWN_TURNS]
    ]


def _with(workshop: Workshop, draft: Draft, sheet: AdviceSheet, content: Content) -> dict[str, Any]:
    """Return what the answer before somebody changes, against leaving it open; or why it is none."""
    definition = content.requirements[draft.question]
    typed = draft.typed
    about: dict[str, Any] = {"question": draft.question, "typed": typed, "changes": []}
    if typed is None:
        value: Any = given_values(workshop).get(draft.question)
    else:
        value = read_answer(definition, typed, workshop, content)
        if isinstance(value, Refusal):
            return {**about, "refused": value.message}
    if value is None:
        return about
    then = workshop if typed is None else with_answer(workshop, draft.question, value)
    without = consequences(with_answer(workshop, draft.question, None), content)
    after = consequences(then, content, sheet.facts)
    return {
        **about,
        "printed": definition.printed(value),
        "reads": None if typed is None else read_as(definition, typed, value),
        "changes": [_change(found, content) for found in changes(without, after)],
    }


def _change(found: Change, content: Content) -> dict[str, Any]:
    if found.kind == "gate":
        canvas = content.canvases[STACK_CANVAS]
        block = next(block for block in canvas.blocks if block.id == found.subject)
        verb, state = GATE_WORDS[found.text]
        hue = canvas.group(block.group).hue
        return {"number": block.number, "hue": hue, "lead": f"{block.short} {verb}", "strong": state, "tail": ""}
    if found.kind == "advice":
        title = content.advisors[found.subject].title
        return {"lead": f"{title}:", "strong": found.text, "tail": ""}
    if found.kind in ("left", "back"):
        does = "are not asked" if found.kind == "left" else "are asked again"
        noun = "question" if found.subject == "1" else "questions"
        return {"lead": "", "strong": f"{found.subject} {noun}", "tail": f"{does}. {found.text}"}
    lead = "A warning comes up:" if found.kind == "finding" else "A warning is settled:"
    return {"lead": lead, "strong": found.text, "tail": ""}


def _round(visit: Visit, asked: tuple[str, ...], content: Content) -> dict[str, Any] | None:
    """Return the blind round about one of the questions; who said what only once it is revealed."""
    found = question_round(visit)
    if found.running is None or found.running.question not in asked:
        return None
    definition = content.requirements[found.running.question]
    about = {
        "question": definition.id,
        "round": found.running.round,
        "state": found.running.state,
        "own": "" if found.own is None else as_typed(found.own),
    }
    return about if found.running.state == "open" else {**about, **_spread(visit, definition, found)}


def _spread(visit: Visit, definition: RequirementDefinition, found: QuestionRound) -> dict[str, Any]:
    numbers = definition.type == "number"
    counted = Counter(found.shown)
    values = sorted(counted) if numbers else [value for value, _ in counted.most_common()]
    middle = median_low(found.shown) if numbers and found.by else None
    return {
        "said": [_said(definition, value, counted[value], _who(visit, found.by, value)) for value in values],
        "middle": None if middle is None else {"typed": as_typed(middle), "printed": definition.printed(middle)},
        "wide": _is_wide(found.shown, counted, numbers),
    }


def _said(definition: RequirementDefinition, value: RequirementValue, count: int, who: Any) -> dict[str, Any]:
    number = value if definition.type == "number" else None
    return {
        "typed": as_typed(value),
        "printed": definition.printed(value),
        "number": number,
        "count": count,
        "who": who,
    }


def _who(visit: Visit, by: Mapping[str, RequirementValue], value: RequirementValue) -> list[dict[str, Any]] | None:
    """Return who said something, or None while authors are hidden."""
    if visit.room["hide_authors"]:
        return None
    known = names(visit)
    return [{"id": id_, "name": known.get(id_)} for id_, said in by.items() if said == value]


def _is_wide(shown: tuple[Any, ...], counted: Counter[Any], numbers: bool) -> bool:
    """Return whether people are far apart: numbers by more than twice, anything else without a majority."""
    if len(counted) < 2:
        return False
    if numbers:
        return bool(min(shown) <= 0 or max(shown) > 2 * min(shown))
    return counted.most_common(1)[0][1] * 2 <= len(shown)
