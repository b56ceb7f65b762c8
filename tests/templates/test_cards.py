"""Model card and datasheet: what is answered, what is not, and every text literal."""

from __future__ import annotations

import html
import re

import pytest
from markdown_it import MarkdownIt

from assessments.library.packs import library
from canvas.document.workshop import Requirement, Workshop
from canvas.method.load import shipped
from templates.cards import datasheet, model_card
from templates.plan import Plan, make_plan
from tests.hostile import HOSTILE

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PAGES = {"model-card": model_card, "datasheet": datasheet}


def plan_of(**answers: object) -> Plan:
    """Return a plan with answers by id, with underscores for hyphens."""
    given = (Requirement(id=id_.replace("_", "-"), value=v, state="decided") for id_, v in answers.items())
    return make_plan(Workshop(title="Tag suggester", requirements=tuple(given)), shipped(), library())


def shown(markdown: str) -> str:
    """Return what a reader sees of Markdown."""
    return html.unescape(re.sub(r"<[^>]+>", "", RENDERER.render(markdown).replace("<br>", "\n")))


def asked(section_id: str) -> list[str]:
    section = shipped().sections[section_id]
    return [*section.also, *(requirement.id for requirement in section.requirements)]


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_card_asks_everything_and_assumes_nothing(page: str) -> None:
    text = shown(PAGES[page](plan_of()))
    assert f"0 of {len(asked(page))} questions are answered." in text
    assert text.count("not answered") == len(asked(page))
    assert all(shipped().requirements[id_].title in text for id_ in asked(page))


def test_a_card_says_what_was_answered_and_how_complete_it_is() -> None:
    text = shown(model_card(plan_of(card_limits="Short mails.\nForwarded chains.", main_metric="f1")))
    assert f"2 of {len(asked('model-card'))} questions are answered." in text
    assert "Short mails.\nForwarded chains." in text
    assert shipped().requirements["main-metric"].printed("f1") in text


def test_a_no_is_an_answer() -> None:
    text = datasheet(plan_of(deletion_settled=False))
    assert f"1 of {len(asked('datasheet'))} questions" in text


@pytest.mark.parametrize("page", PAGES)
def test_the_questions_are_credited(page: str) -> None:
    section = shipped().sections[page]
    assert f"{section.attribution} ({section.license})" in shown(PAGES[page](plan_of()))


@pytest.mark.parametrize("typed", HOSTILE)
def test_every_text_reads_literally(typed: str) -> None:
    page = model_card(plan_of(card_limits=typed, prediction_target=typed))
    assert shown(page).count(typed) == 2
    assert not {"script", "img", "del", "blockquote"} & set(re.findall(r"<(\w+)", RENDERER.render(page)))
