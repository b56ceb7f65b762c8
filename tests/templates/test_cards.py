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


def test_a_card_says_what_does_not_apply_as_the_report_does_and_waits_for_none_of_it() -> None:
    plan = plan_of(model_source="ready-made", card_training_data="Mails of 2025")
    text = shown(model_card(plan))
    assert f"0 of {len(asked('model-card')) - 1} questions are answered." in text
    because = plan.facts["card-training-data"].absent
    assert because is not None
    assert f"does not apply: {because}" in text
    assert "Mails of 2025" not in text
    assert text.count("not answered") == len(asked("model-card")) - 1


def test_a_card_says_why_the_team_left_a_question_out() -> None:
    gone = Requirement(id="sheet-use", state="not-applicable", reason="It {never} leaves *us*.")
    plan = make_plan(Workshop(title="T", requirements=(gone,)), shipped(), library())
    text = shown(datasheet(plan))
    assert "does not apply: It {never} leaves *us*." in text
    assert f"0 of {len(asked('datasheet')) - 1} questions are answered." in text


def test_the_datasheet_of_a_team_that_trains_nothing_asks_about_the_data_it_has() -> None:
    text = shown(datasheet(plan_of(model_source="ready-made")))
    assert (
        "Volume of training data | does not apply" in text
        or "does not apply" in text.split("Volume of training data")[1]
    )
    assert "Who wrote or collected the examples and the texts" in text
    assert "training sets" not in text
