"""From a workshop to a printed result: the sheet, the four states, the words, and the promised JSON keys."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assessments.errors import ModelNotFound
from assessments.library.load import shipped
from assessments.library.packs import library
from assessments.scoring.score import score
from assessments.scoring.sheet import Entry, Sheet, broken_answers, sheet_from
from assessments.shapes.result import CriterionResult, Result
from assessments.standing.as_data import as_json, as_text
from assessments.standing.score_all import score_all
from canvas.document.workshop import Answer, Requirement, Target, Workshop

PROMISED = {"id", "title", "official", "value", "band", "lower", "upper", "coverage", "sections", "criteria"}
HOSTILE = ['#import "/etc/passwd": *', "{{7*7}}", "<script>", '"; drop table', "| a | b |", "مرحبا", "日本", "🙂"]


def workshop(*answers: Answer, **fields: object) -> Workshop:
    return Workshop.model_validate({"title": "Test", "answers": [a.model_dump() for a in answers], **fields})


def result_of(model_id: str, *answers: Answer) -> Result:
    return score_all(workshop(*answers), library(), only=[model_id])[0]


def criterion(result: Result, item: str) -> CriterionResult:
    return next(c for c in result.criteria if c.item == item)


def test_the_four_states_of_an_answer_stay_apart() -> None:
    result = result_of(
        "mltestscore",
        Answer(id="data.schema", value="automated"),
        Answer(id="features.cost", value="none"),
        Answer(id="data.privacy", state="not-applicable", reason="No personal data"),
        Answer(id="features.tests", state="unknown"),
    )
    seen = {
        item: criterion(result, item) for item in ("data.schema", "features.cost", "data.privacy", "features.tests")
    }
    states = ["met", "not-met", "not-applicable", "unknown"]
    assert [c.state for c in seen.values()] == states
    assert [c.answer for c in seen.values()] == ["automated", "none", None, None]
    assert criterion(result, "model.tuning").state == "unanswered"
    assert result.coverage == 3 / 28
    assert result.standard is False
    assert criterion(result, "data.schema").value == 1.0


def test_a_practice_by_hand_counts_half_and_is_not_met() -> None:
    result = result_of("mltestscore", Answer(id="data.schema", value="manual"))
    seen = criterion(result, "data.schema")
    assert (seen.state, seen.value, seen.answer) == ("not-met", 0.5, "manual")


def test_the_band_is_open_while_open_answers_can_move_it() -> None:
    result = result_of("mltestscore")
    assert (result.value, result.lower, result.upper) == (0.0, 0.0, 7.0)
    assert result.band is None
    assert result.lower_band != result.upper_band
    assert any("open answers decide" in step.text for step in result.trace)


def test_facts_are_read_from_the_requirements_and_open_ones_stay_open() -> None:
    given = (
        Requirement(id="team-size", value=4, state="assumed"),
        Requirement(id="regulated", value=False, state="decided"),
        Requirement(id="model-owner", state="open"),
    )
    sheet = sheet_from(Workshop(title="Test", requirements=given))
    assert sheet.entry("team-size") == Entry("answered", 4)
    assert sheet.entry("regulated") == Entry("answered", False)
    assert sheet.entry("model-owner").open


def test_answers_that_no_practice_takes_are_named_and_count_as_open() -> None:
    odd = workshop(
        Answer(id="data.shema", value="manual"),
        Answer(id="data.schema", value=3.0),
        targets=[Target(model="gogle", value=1).model_dump()],
    )
    problems = list(broken_answers(odd, shipped()))
    assert [path for path, _, _ in problems] == [("answers", 0, "id"), ("answers", 1, "value"), ("targets", 0, "model")]
    assert criterion(score_all(odd, library(), only=["mltestscore"])[0], "data.schema").state == "unanswered"


def test_an_unknown_model_is_refused_by_name() -> None:
    with pytest.raises(ModelNotFound, match=r"'azzure'.*mltestscore, .*google"):
        score_all(workshop(), library(), only=["azzure"])


def test_prerequisites_are_listed_beside_a_change_in_the_order_they_build_up() -> None:
    library = shipped()
    done = Sheet({practice: Entry("answered", "automated") for practice in library.practices})
    gap = {"deployment.canary": "none", "deployment.rollback": "none", "registry.versions": "none"}
    result = score(library.model("google"), done.answering(gap), library)
    assert result.unlock is not None
    change = next(c for c in result.unlock.changes if c.item == "deployment.canary")
    assert change.prerequisites == ("registry.versions", "deployment.rollback")
    assert (change.current, change.to) == ("none", "manual")


def test_by_hand_takes_no_more_than_automating_and_most_often_less() -> None:
    practices = shipped().practices.values()
    halves = [((p.effort.most + 1) // 2, p.effort.most) for p in practices]
    assert all(by_hand <= automated for by_hand, automated in halves)
    assert sum(by_hand < automated for by_hand, automated in halves) > len(halves) / 2


def test_the_best_band_has_no_blockers_and_nothing_to_unlock() -> None:
    library = shipped()
    done = Sheet({practice: Entry("answered", "automated") for practice in library.practices})
    for model in (m for m in library.models.values() if m.ordered):
        result = score(model, done, library)
        assert (result.value, result.unlock, result.blockers, result.not_helping) == (result.maximum, None, (), ())


def test_the_trace_names_what_a_level_lacks_and_what_was_left_out() -> None:
    library = shipped()
    done = Sheet({practice: Entry("answered", "automated") for practice in library.practices})
    lacking = score(library.model("google"), done.answering({"metadata.runs": "manual"}), library)
    assert any("missing: Metadata management" in step.text for step in lacking.trace)
    scaled = score(
        library.model("mltestscore"), Sheet({**done.entries, "data.privacy": Entry("not-applicable")}), library
    )
    assert any("not-applicable answers are left out" in step.text for step in scaled.trace)
    assert scaled.sections[0].value == 7.0


def test_json_keeps_the_promised_keys_and_is_plain_data() -> None:
    results = score_all(workshop(Answer(id="data.schema", value="automated")), library())
    printed = json.loads(json.dumps(as_json(results), allow_nan=False))
    assert [model["id"] for model in printed["models"]] == list(shipped().models)
    for model in printed["models"]:
        assert set(model) >= PROMISED | {"blockers", "unlock"}
        assert all(set(section) >= {"id", "value", "max"} for section in model["sections"])
        assert all(set(one) >= {"id", "item", "group", "state", "value"} for one in model["criteria"])
        assert all(set(change) >= {"item", "to", "effort"} for change in model["unlock"])
    assert [model["id"] for model in printed["models"] if model["official"]] == ["mltestscore"]


def test_text_names_the_value_the_rule_the_next_change_and_the_source() -> None:
    text = as_text(score_all(workshop(Answer(id="monitoring.compute", value="manual")), library()))
    assert "ML Test Score (2017, rule of its authors): band open, 0 to 6.5 of 7" in text
    assert "Google Cloud MLOps levels (Levels 0 to 2, derived rule)" in text
    assert "data.schema: unanswered -> manual (effort 1; first: foundations.source-control)" in text
    assert "Source: The ML Test Score" in text


def test_a_model_that_cannot_be_judged_prints_no_number() -> None:
    nothing = [Answer(id=p, state="not-applicable", reason="Not ours") for p in shipped().practices]
    result = result_of("mltestscore", *nothing)
    assert as_json([result])["models"][0]["value"] is None
    assert "not assessable" in as_text([result])
    assert any("nothing in it is applicable" in step.text for step in result.trace)


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_a_model_appear_literally(text: str) -> None:
    result = replace(result_of("google"), title=text)
    assert text in as_text([result])
    assert json.loads(json.dumps(as_json([result]), ensure_ascii=False))["models"][0]["title"] == text
