"""Model card and datasheet: one page each, filled from the facts of their sections. Asks nothing and assumes nothing.

Which questions a page has is content: the section of its name, and the facts of other steps that the section shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from canvas.method.credited import Credited
from canvas.reading.read import read_model
from canvas.reading.text_gate import clean
from canvas.reading.types import Id, Text
from templates.markdown_text import render
from templates.plan import Plan
from templates.signature import signed

FOLDER = Path(__file__).parent


class CardWords(Credited):
    """The fixed words of both pages, by id."""

    words: dict[Id, Text]


@dataclass(frozen=True)
class Entry:
    """One line of a card. `value` is None while nobody has answered; defaults are no answers about a real model.

    `absent` is why the question has no answer in this system, by the team or by a rule.
    """

    title: str
    question: str
    value: str | None
    source: str | None
    absent: str | None


@cache
def card_words() -> CardWords:
    """Return the shipped words. Raises `FileProblems` when the file breaks its contract."""
    return read_model(FOLDER / "cards.yaml", CardWords)[1]


def model_card(plan: Plan) -> str:
    """Return the model card of a plan as Markdown, with what is not answered marked."""
    return _card("model-card", plan)


def datasheet(plan: Plan) -> str:
    """Return the datasheet of a plan's data as Markdown, with what is not answered marked."""
    return _card("datasheet", plan)


def _card(section_id: str, plan: Plan) -> str:
    section, words = plan.content.sections[section_id], card_words()
    known, own = list(_entries(section.also, plan)), list(_entries((r.id for r in section.requirements), plan))
    asked = [entry for entry in (*known, *own) if entry.absent is None]
    answered = sum(entry.value is not None for entry in asked)
    complete = words.words["complete" if asked else "nothing-asked"].format(answered=answered, asked=len(asked))
    text = render(
        FOLDER,
        "card.md.j2",
        w=words.words,
        title=section.title,
        workshop=plan.workshop,
        complete=complete,
        known=known,
        own=own,
        credit=f"{section.attribution} ({section.license})",
    )
    return signed(text, plan.slug)


def _entries(ids: Iterator[str] | tuple[str, ...], plan: Plan) -> Iterator[Entry]:
    given = {item.id: item for item in plan.workshop.requirements}
    for id_ in ids:
        definition, item = plan.content.requirements[id_], given.get(id_)
        fact = plan.facts[id_]
        absent = None if fact.absent is None else clean(fact.absent)
        answered = item is not None and item.value is not None and absent is None
        source = clean(item.source) if item and item.source and answered else None
        yield Entry(definition.title, definition.question, clean(fact.printed) if answered else None, source, absent)
