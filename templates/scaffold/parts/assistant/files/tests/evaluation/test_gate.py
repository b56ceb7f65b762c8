"""The gate: a prompt that answers worse than agreed, or worse than the accepted one, does not get through."""

from __future__ import annotations

import json

import pytest

from assistant.settings import Gate, Settings
from assistant.stand_in import StandIn
from evaluation.gate import judge
from evaluation.result import Evaluation, Judged
from evaluation.run import accept, evaluate
from tests.scripted_model import changed


def result(passed: str, prompt: str = "p1", model: str = "m", stand_in: bool = False, critical: str = "") -> Evaluation:
    """Return a result in which `y` passed and `n` failed; the question at a `!` of `critical` is critical."""
    questions = tuple(
        Judged(
            id=f"q{number}",
            digest=f"d{number}",
            critical=critical[number : number + 1] == "!",
            shortcomings=() if letter == "y" else ("wrong",),
        )
        for number, letter in enumerate(passed)
    )
    return Evaluation(
        prompt="answer",
        prompt_version=1,
        prompt_digest=prompt,
        model=model,
        stand_in=stand_in,
        tokens=0,
        questions=questions,
    )


NOT_WORSE = Gate(threshold=0.5, against_accepted="not-worse")
BETTER = Gate(threshold=0.5, against_accepted="better")


@pytest.mark.parametrize(
    ("found", "accepted", "gate", "passes"),
    [
        (result("yyn"), None, NOT_WORSE, True),
        (result("ynn"), None, NOT_WORSE, False),
        (result("yyn", critical="!"), None, NOT_WORSE, True),
        (result("yyn", critical="  !"), None, NOT_WORSE, False),
        (result("yyn", "p2"), result("yyn"), NOT_WORSE, True),
        (result("yyn", "p2"), result("yyy"), NOT_WORSE, False),
        (result("yyn", "p2"), result("yyn"), BETTER, False),
        (result("yyy", "p2"), result("yyn"), BETTER, True),
        (result("yyn", model="m2"), result("yyn"), BETTER, False),
        (result("yyn"), result("yyn"), BETTER, True),
        (result("yyn"), result("yyy"), BETTER, False),
        (result("yyn", "p2"), result("yyy", stand_in=True), BETTER, True),
    ],
)
def test_threshold_critical_questions_and_the_accepted_result_decide(
    found: Evaluation, accepted: Evaluation | None, gate: Gate, passes: bool
) -> None:
    assert judge(found, accepted, gate).passed is passes


def test_new_easy_questions_do_not_hide_a_loss() -> None:
    assert not judge(result("yynyyyyy", "p2"), result("yyy"), NOT_WORSE).passed


def test_with_other_questions_only_nothing_gets_through() -> None:
    question = Judged(id="x", digest="x", critical=False, shortcomings=())
    other = result("yyy").model_copy(update={"questions": (question,)})
    verdict = judge(other, result("yyy"), NOT_WORSE)
    assert not verdict.passed
    assert "accepted.json" in str(verdict.reasons[-1])


def test_a_prompt_that_answers_everything_gets_through(project: Settings) -> None:
    found, verdict = evaluate(project, StandIn())
    assert verdict.passed, [str(reason) for reason in verdict.reasons]
    assert found.share == 1


def test_a_worse_prompt_is_refused_and_the_report_says_why(project: Settings) -> None:
    accept(project, evaluate(project, StandIn())[0])
    shorter = [line for line in project.prompt_file.read_text(encoding="utf-8").splitlines() if "fine" not in line]
    project.prompt_file.write_text("\n".join(shorter), encoding="utf-8")
    _, verdict = evaluate(changed(project, "gate", threshold=0.5), StandIn())
    assert [reason.met for reason in verdict.reasons] == [True, True, False]
    assert "75.0% now, 100.0% accepted" in str(verdict.reasons[-1])
    told = json.loads((project.reports / "evaluation.json").read_text(encoding="utf-8"))
    assert (told["passed"], told["share"]) == (False, 0.75)
    page = (project.reports / "evaluation.md").read_text(encoding="utf-8")
    assert "| late-bags | no | was refused" in page
    assert "stops it" in page


def test_a_prompt_that_is_no_better_is_refused_where_that_was_decided(project: Settings) -> None:
    accept(project, evaluate(project, StandIn())[0])
    project.prompt_file.write_text(project.prompt_file.read_text(encoding="utf-8") + "- More.\n", encoding="utf-8")
    assert evaluate(project, StandIn())[1].passed
    assert not evaluate(changed(project, "gate", against_accepted="better"), StandIn())[1].passed
