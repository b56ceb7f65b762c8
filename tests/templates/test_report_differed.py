"""The report tells where assessors differed, what was agreed, and what speaks against it, literally."""

from __future__ import annotations

import pytest

from assessments.library.packs import library
from assessments.standing.score_all import score_all
from canvas.document.workshop import Answer, Workshop
from canvas.method.load import shipped
from templates.plan import make_plan
from templates.report.differed import differed
from templates.report.markdown import to_markdown
from templates.report.model import report_model

DRIFT = "monitoring.drift"


def told(*answers: Answer) -> tuple[str, ...]:
    return differed(Workshop(title="W", answers=answers), library())


def test_what_differed_is_told_with_what_was_agreed() -> None:
    [line] = told(Answer(id=DRIFT, value="manual", spread={"none": 2, "manual": 1, "unknown": 1}))
    assert line.endswith(": not done 2, by hand 1, don't know 1. Agreed: by hand.")


@pytest.mark.parametrize("spread", [{}, {"manual": 4}])
def test_what_all_said_alike_needs_no_line(spread: dict[str, int]) -> None:
    assert told(Answer(id=DRIFT, value="manual", spread=spread)) == ()


def test_dissent_is_told_even_when_the_words_are_the_same() -> None:
    [line] = told(Answer(id=DRIFT, state="not-applicable", reason="r", spread={"not-applicable": 3}, dissent="Soon."))
    assert line.endswith("not applicable 3. Agreed: not applicable. Another view: Soon.")


def test_the_report_prints_it_and_hostile_dissent_stays_text() -> None:
    answer = Answer(id=DRIFT, value="none", spread={"none": 1, "manual": 1}, dissent="<script>x</script> *b* {{ 1 }}")
    plan = make_plan(Workshop(title="W", answers=(answer,)), shipped(), library())
    text = to_markdown(report_model(plan, score_all(plan.workshop, library()), "2026-11-23"))
    assert "### Where assessors differed" in text
    assert "<script>" not in text
    assert "{{ 1 }}" in text.replace("\\", "")
