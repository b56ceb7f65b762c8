"""What the header is told of the method: every course with what the room reads, and advice for who leads alone."""

from __future__ import annotations

import json

import pytest

from canvas.method.load import shipped
from canvas.method.steps import StepDefinition
from views.frame.courses import course_data, page_purpose

ENTRIES = [entry for agenda in shipped().agendas.values() for entry in agenda.entries]


def test_the_advice_of_an_entry_reaches_only_who_leads() -> None:
    told = {leads: json.dumps(course_data(shipped(), leads), ensure_ascii=False) for leads in (True, False)}
    for entry in ENTRIES:
        assert json.dumps(entry.instruction, ensure_ascii=False) in told[False]
        assert json.dumps(entry.advice, ensure_ascii=False) in told[True]
        assert json.dumps(entry.advice, ensure_ascii=False) not in told[False]


def test_every_block_that_a_course_leads_to_has_its_title() -> None:
    titles = course_data(shipped(), leads=False)["blocks"]
    assert {block for entry in ENTRIES for block in entry.blocks} == set(titles)
    assert titles["value"] == "Value Proposition"


@pytest.mark.parametrize("step", shipped().steps.values(), ids=list(shipped().steps))
def test_what_a_page_is_for_is_one_whole_sentence(step: StepDefinition) -> None:
    said = page_purpose(step.purpose)
    assert step.purpose.startswith(said)
    assert said.endswith(".")
    assert ". " not in said
