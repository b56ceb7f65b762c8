"""A rule takes practices, sections and whole models out before anything is scored, says so, and gives them back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assessments.compare.causes import causes
from assessments.compare.comparison import compare
from assessments.compare.trend import as_text as trend_text
from assessments.compare.trend import trend
from assessments.compare.what_if import answering, what_if
from assessments.errors import AnswerRefused
from assessments.hints.suggested_answers import contradictions, suggestions
from assessments.library.load import load, shipped
from assessments.library.revisions import migrate
from assessments.library.workshop_check import checked_workshop
from assessments.roadmap.effects import candidates
from assessments.roadmap.phases import roadmap
from assessments.scoring.moves import unmet_prerequisites
from assessments.scoring.score import score
from assessments.scoring.sheet import sheet_from
from assessments.shapes.left_out import left_of
from assessments.shapes.library import Library
from assessments.shapes.result import Result
from assessments.standing.as_data import as_json, standing
from assessments.standing.evidence import check_evidence
from assessments.standing.kept_answers import kept_answers
from assessments.standing.score_all import score_all
from canvas.document.file import load_workshop, save_workshop
from canvas.document.workshop import Answer, Requirement, Target, Workshop
from canvas.errors import ContentError
from canvas.method.load import shipped as shipped_content
from canvas.reading.strict_yaml import read_file
from tests.content_copy import copy_content, replace_once
from tests.verbs import ran

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.workshop.yaml"))
LIBRARY = shipped()
RULE = LIBRARY.omissions["no-own-training"]
GONE = {id_ for id_, practice in LIBRARY.practices.items() if RULE.id in practice.omitted_by}
WHOLE = {id_ for id_, model in LIBRARY.models.items() if RULE.id in model.omitted_by}
TODAY = date(2026, 11, 23)


def source(value: str | None) -> tuple[Requirement, ...]:
    return (Requirement(id="model-source", value=value, state="decided"),) if value else ()


def team(value: str | None = "ready-made", *answers: Answer, every: str | None = None) -> Workshop:
    given = {answer.id for answer in answers}
    others = (
        Answer.model_validate({"id": id_, "value": every}) for id_ in LIBRARY.practices if every and id_ not in given
    )
    return Workshop(title="Helpdesk", requirements=source(value), answers=(*answers, *others))


def scored(workshop: Workshop, library: Library = LIBRARY) -> dict[str, Result]:
    return {result.id: result for result in score_all(workshop, library)}


def judged(workshop: Workshop) -> Library:
    return LIBRARY.judging(workshop)


def test_what_leaves_is_about_training_and_what_stays_is_not() -> None:
    assert len(GONE) == 31
    assert {"training.unit-tests", "pipeline.continuous-training", "features.shared-definitions", "registry.versions",
            "data.lineage", "model.tuning", "monitoring.skew"} <= GONE  # fmt: skip
    needed = {"deployment.quality-gate", "deployment.rollback", "deployment.fallback", "monitoring.quality",
              "monitoring.compute", "monitoring.dependencies", "model.test-set", "model.slices", "model.baseline",
              "model.security", "data.privacy", "data.versions", "docs.model-card", "experiments.tracking",
              "foundations.configuration", "foundations.source-control", "serving.prediction-log",
              "governance.approval", "docs.labelling"}  # fmt: skip
    assert needed <= LIBRARY.practices.keys() - GONE
    assert {"google", "azure", "automation-levels"} == WHOLE


def test_the_levels_of_google_are_not_five_changes_away_but_cannot_be_assessed_with_the_reason() -> None:
    nearly = team("own", every="automated")
    assert scored(nearly)["google"].value == 2
    found = scored(team(every="automated"))["google"]
    assert (found.value, found.band, found.unlock, found.blockers, found.can_gate) == (None, None, None, (), False)
    assert (found.assessable, found.criteria, found.sections, found.coverage) == (False, (), (), 0.0)
    reason = LIBRARY.models["google"].omitted_by[RULE.id]
    assert found.left_because == reason
    assert standing(found) == f"cannot be assessed: {reason.removesuffix('.')}"
    [left] = found.omitted
    assert (left.rule, left.because, left.criteria) == (RULE.id, RULE.because, len(LIBRARY.models["google"].criteria))


def test_no_practice_that_left_is_asked_counted_or_waited_for() -> None:
    here = judged(team())
    assert here.practices.keys() == LIBRARY.practices.keys() - GONE
    for practice in here.practices.values():
        assert not GONE & set(practice.prerequisites)
    for result in scored(team()).values():
        assert not GONE & {criterion.item for criterion in result.criteria}
    # Rollback waits for a registry of own models, and without one it does not.
    assert "registry.versions" in unmet_prerequisites(
        "deployment.rollback", sheet_from(team("own")), judged(team("own"))
    )
    assert "registry.versions" not in unmet_prerequisites("deployment.rollback", sheet_from(team()), here)


def test_coverage_is_the_share_of_what_applies_and_nothing_is_marked_not_applicable() -> None:
    stays = tuple(Answer(id=id_, value="none") for id_ in LIBRARY.practices if id_ not in GONE)
    for result in scored(team("ready-made", *stays)).values():
        if result.id not in WHOLE and result.ordered:
            assert (result.coverage, result.standard, result.assessable) == (1.0, True, True), result.id
            assert not [criterion for criterion in result.criteria if criterion.state == "not-applicable"]


def test_the_result_says_how_many_criteria_left_and_that_its_rule_is_ours_now() -> None:
    found, before = scored(team())["mltestscore"], scored(team("own"))["mltestscore"]
    asked = [c for c in LIBRARY.models["mltestscore"].criteria if c.item in GONE]
    assert [(left.rule, left.criteria, left.sections) for left in found.omitted] == [(RULE.id, len(asked), ())]
    assert len(found.criteria) == len(before.criteria) - len(asked)
    assert (before.official, before.omitted) == (True, ())
    # The paper has no such case, so nobody may read this as its arithmetic.
    assert not found.official
    assert any("the published rule has no such case" in step.text for step in found.trace)


def test_the_scale_of_the_ml_test_score_keeps_its_meaning() -> None:
    for every, value in (("none", 0), ("manual", 3.5), ("automated", 7)):
        found, before = scored(team(every=every))["mltestscore"], scored(team("own", every=every))["mltestscore"]
        assert (found.value, found.band, found.maximum) == (value, before.band, 7)
        assert {section.maximum for section in found.sections} == {7}


def test_a_section_that_is_emptied_leaves_and_the_rest_is_judged_by_itself() -> None:
    found = scored(team(every="automated"))["reproducibility"]
    title = next(s.title for s in LIBRARY.models["reproducibility"].sections if s.id == "features")
    assert "features" not in [section.id for section in found.sections]
    assert [left.sections for left in found.omitted] == [(title,)]
    assert (found.value, found.assessable) == (100, True)
    # What the team marks itself is another matter: a section that is wholly not applicable ends the assessment.
    own = [c.item for c in LIBRARY.models["reproducibility"].criteria if c.section == "features"]
    marked = [Answer(id=item, state="not-applicable", reason="Because.") for item in own]
    assert not scored(team("own", *marked, every="automated"))["reproducibility"].assessable


def test_no_staged_model_that_stays_loses_a_level() -> None:
    for model in judged(team()).models.values():
        if model.method == "staged_gate" and model.id not in WHOLE:
            assert model.sections == LIBRARY.models[model.id].sections


def test_symptoms_of_what_left_are_not_shown() -> None:
    # Everything is done by hand, which is what the level 0 of Google looks like.
    assert scored(team("own", every="none"))["google"].symptoms
    assert not scored(team(every="none"))["google"].symptoms


def test_answers_to_what_left_are_kept_and_told_and_count_again_when_the_rule_is_off(tmp_path: Path) -> None:
    said = team(
        "ready-made", Answer(id="training.unit-tests", value="automated"), Answer(id="data.schema", value="manual")
    )
    assert {item: rule.id for item, rule in kept_answers(said, LIBRARY).items()} == {"training.unit-tests": RULE.id}
    file = tmp_path / "kept.workshop.yaml"
    save_workshop(said, file)
    read, problems = checked_workshop(read_file(file), shipped_content(), LIBRARY, TODAY)
    assert (problems, read.answers) == ([], said.answers)
    without = said.model_copy(update={"answers": said.answers[1:]})
    assert scored(said) == scored(without)
    off, off_without = (w.model_copy(update={"requirements": source("tuned")}) for w in (said, without))
    assert kept_answers(off, LIBRARY) == {}
    assert scored(off)["azure"] != scored(off_without)["azure"]
    assert scored(off) == scored(said.model_copy(update={"requirements": ()}))


@pytest.mark.parametrize("value", [None, "own", "tuned"])
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name.split(".")[0])
def test_for_everybody_who_trains_scores_and_roadmap_are_what_they_were_without_rules(
    file: Path, value: str | None
) -> None:
    found = load_workshop(file)
    said = found.model_copy(update={"requirements": (*found.requirements, *source(value))})
    without = replace(LIBRARY, omissions={})
    assert score_all(said, LIBRARY) == score_all(said, without)
    assert as_json(score_all(said, LIBRARY)) == as_json(score_all(found, without))
    if value == "own":
        assert roadmap(said, LIBRARY) == roadmap(found, without)
    assert suggestions(said, shipped_content(), LIBRARY) == suggestions(found, shipped_content(), without)


def test_judging_twice_is_judging_once_and_the_whole_library_is_not_lost() -> None:
    here = judged(team())
    assert here.judging(team()) == here
    assert here.judging(team("own")) is LIBRARY
    assert here.whole is LIBRARY
    assert here.title("training.unit-tests") == LIBRARY.practices["training.unit-tests"].title


def test_a_target_on_a_model_that_left_is_told_and_nothing_is_planned_for_it() -> None:
    said = team("ready-made", every="none").model_copy(update={"targets": (Target(model="google", value=1),)})
    found = roadmap(said, LIBRARY)
    assert [(goal.model, goal.problem, goal.phase) for goal in found.goals] == [("google", "left-by-rule", None)]
    assert found.phases == ()
    assert candidates(said, LIBRARY) == ()


def test_the_roadmap_asks_for_nothing_that_left() -> None:
    planned = roadmap(team(every="none"), LIBRARY)
    assert planned.steps
    assert not GONE & {item for step in planned.steps for item in (step.candidate.item, *step.candidate.prerequisites)}
    assert not WHOLE & {goal.model for goal in planned.goals}
    offered = {candidate.item for candidate in candidates(team(every="none"), LIBRARY)}
    assert offered
    assert not GONE & offered


def test_nothing_is_suggested_contradicted_or_asked_again_about_what_left() -> None:
    facts = (Requirement(id="training-path", value="starts-itself", state="decided"),)
    own, ready = (
        Workshop(
            title="W", requirements=(*source(value), *facts), answers=(Answer(id="pipeline.triggers", value="none"),)
        )
        for value in ("own", "ready-made")
    )
    suggested = [{s.practice for s in suggestions(w, shipped_content(), LIBRARY)} for w in (own, ready)]
    assert GONE & suggested[0]
    assert not GONE & suggested[1]
    assert not GONE & {c.practice for c in contradictions(ready, shipped_content(), LIBRARY)}
    revised = next(iter(sorted(GONE)))
    newer = LIBRARY.practices[revised].model_copy(update={"revision": 2, "changed": "More."})
    library = replace(LIBRARY, practices={**LIBRARY.practices, revised: newer})
    marks = [
        [mark.item for mark in migrate(team(value, Answer(id=revised, value="manual")), library).check_again]
        for value in ("own", "ready-made")
    ]
    assert marks == [[revised], []]


def test_what_left_needs_no_evidence() -> None:
    answers = [Answer(id="training.unit-tests", value="automated"), Answer(id="data.schema", value="manual")]
    found = [
        [b.item for b in check_evidence(team(v, *answers), LIBRARY, TODAY).backings] for v in ("own", "ready-made")
    ]
    assert [sorted(items) for items in found] == [["data.schema", "training.unit-tests"], ["data.schema"]]


def test_what_if_refuses_an_answer_that_would_not_count() -> None:
    with pytest.raises(AnswerRefused, match=RULE.because):
        answering(team(), {"training.unit-tests": "automated"}, LIBRARY)
    assert any(change.changed for change in what_if(team(every="none"), {"data.schema": "automated"}, LIBRARY))


def test_a_score_that_moves_by_a_rule_says_so_and_its_parts_add_up() -> None:
    mixed = [Answer(id=id_, value="automated") for id_ in GONE]
    own, ready = team("own", *mixed, every="none"), team("ready-made", *mixed, every="none")
    found = causes(own, ready, LIBRARY)
    assert not WHOLE & found.keys()
    for model, parts in found.items():
        before, after = scored(own)[model], scored(ready)[model]
        assert before.lower is not None
        assert after.lower is not None
        assert float(sum(part.amount for part in parts)) == pytest.approx(after.lower - before.lower)
        assert {part.name for part in parts if part.amount} <= {"rule"}
    back = {part.name: part.amount for part in causes(ready, own, LIBRARY)["crisp-ml-q"]}
    assert back["rule"] == -next(part.amount for part in found["crisp-ml-q"] if part.name == "rule") != 0
    told = {score.after.id: score.because for score in compare(own, ready, shipped_content(), LIBRARY).scores}
    assert "because of what a rule takes out (0 criteria before, 8 now)" in told["crisp-ml-q"]
    # Nobody reads of a rule where none took anything out.
    assert all(
        part.name != "rule" for parts in causes(own, team("tuned", every="manual"), LIBRARY).values() for part in parts
    )


def test_a_trend_breaks_where_a_rule_begins_to_take_criteria_out() -> None:
    own, ready = team("own", every="manual"), team(every="manual")
    found = {one.id: one for one in trend([("a", None, own), ("b", None, ready), ("c", None, ready)], LIBRARY)}
    assert [point.breaks for point in found["mltestscore"].points] == [False, True, False]
    assert [point.edition_changed for point in found["mltestscore"].points] == [False] * 3
    assert [point.result.value for point in found["google"].points][1:] == [None, None]
    assert "--- a rule takes out other criteria: not to be compared with what is above ---" in trend_text(
        [found["mltestscore"]]
    )


FILE = """\
format: 1
title: Helpdesk
requirements:
- {id: model-source, value: ready-made, state: decided}
answers:
- {id: training.unit-tests, value: automated}
- {id: data.schema, value: manual}
targets:
- {model: google, value: 2.0}
"""


def test_a_gate_on_a_model_that_left_ends_with_one_message_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FILE, encoding="utf-8")
    refused = ran("score", "a.yaml", "--fail-under", "google=1", cwd=tmp_path)
    reason = LIBRARY.models["google"].omitted_by[RULE.id]
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.strip() == f"'google' cannot gate here, because it cannot be assessed: {reason}"
    assert ran("score", "a.yaml", "--fail-under", "aws=1", cwd=tmp_path).returncode == 1
    trains = FILE.replace("ready-made", "own")
    (tmp_path / "b.yaml").write_text(trains, encoding="utf-8")
    assert ran("score", "b.yaml", "--fail-under", "google=1", cwd=tmp_path).returncode == 1


def test_the_terminal_tells_what_is_kept_and_not_scored(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FILE, encoding="utf-8")
    shown = ran("score", "a.yaml", cwd=tmp_path).stdout
    assert "Kept and not scored, by the rule no-own-training: training.unit-tests" in shown
    assert "criteria leave by the rule no-own-training" in shown
    found = json.loads(ran("score", "a.yaml", "--json", cwd=tmp_path).stdout)
    assert found["not_scored"] == {"training.unit-tests": RULE.id}
    google = next(model for model in found["models"] if model["id"] == "google")
    assert (google["value"], google["unlock"], google["omitted"][0]["rule"]) == (None, [], RULE.id)
    checked = ran("check", "a.yaml", cwd=tmp_path)
    assert checked.returncode == 0
    assert f"kept, and counted nowhere: training.unit-tests. {RULE.because}" in checked.stdout


def refusal(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        load(folder / "assessments/content", shipped_content(), examples=False)
    return [str(problem).removeprefix(f"{folder}/assessments/content/") for problem in refused.value.problems]


def test_a_band_that_is_no_aim_by_an_unknown_fact_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    model = folder / "assessments/content/models/google.yaml"
    line = replace_once(model, "when: {requirement: retraining, is: never}", "when: {requirement: nobody, is: never}")
    assert refusal(folder) == [
        f"models/google.yaml:{line}: the condition looks at 'nobody', which is no requirement. "
        "Use the id of a requirement"
    ]


def test_an_unknown_rule_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    practice = folder / "assessments/content/practices/model.tuning.yaml"
    line = replace_once(practice, "omitted_by: [no-own-training]", "omitted_by: [nobody]")
    assert refusal(folder) == [
        f"practices/model.tuning.yaml:{line}: 'nobody' is no rule of omission. Known: no-own-training"
    ]


def test_a_staged_model_that_does_not_say_so_leaves_as_a_whole_rather_than_lose_a_level() -> None:
    # As one of a pack does that was written before there were rules.
    model = LIBRARY.models["automation-levels"].model_copy(update={"omitted_by": {}})
    library = replace(LIBRARY, models={**LIBRARY.models, model.id: model})
    found = scored(team(every="automated"), library)[model.id]
    assert (found.value, found.unlock, found.sections, found.can_gate) == (None, None, (), False)
    assert found.left_because == f"{RULE.because} Nothing is left of Level 1, on which the levels above rest."
    assert found.omitted[0].criteria == len(model.criteria)
    assert scored(team("own", every="automated"), library)[model.id].value == 3


def test_what_is_optional_leaves_with_its_section_and_is_counted() -> None:
    model = LIBRARY.models["crisp-ml-q"]
    [first, *_] = [c for c in model.criteria if c.section == "data-engineering"]
    own = [c.item for c in model.criteria if c.section == "data-engineering" and c.item != first.item]
    loose = tuple(c.model_copy(update={"optional": True}) if c is first else c for c in model.criteria)
    kept, left = left_of(model.model_copy(update={"criteria": loose}), [RULE], dict.fromkeys(own, RULE))
    assert left is not None
    assert "data-engineering" not in {criterion.section for criterion in kept.criteria}
    assert left.omitted[0].criteria == len(model.criteria) - len(kept.criteria)


@pytest.mark.parametrize("model_id", ["mltestscore", "crisp-ml-q", "delivery"])
def test_a_model_without_a_criterion_left_leaves_with_the_sentence_of_the_rule(model_id: str) -> None:
    model = LIBRARY.models[model_id]
    kept, left = left_of(model, [RULE], {criterion.item: RULE for criterion in model.criteria})
    assert left is not None
    library = replace(LIBRARY, models={model_id: kept}, left={model_id: left}, origin=LIBRARY)
    found = score(kept, sheet_from(team(every="automated")), library)
    assert (found.left_because, found.value, found.assessable, found.coverage) == (RULE.because, None, False, 0.0)
    assert found.omitted[0].sections == tuple(section.title for section in model.sections)
    assert standing(found) == f"cannot be assessed: {RULE.because.removesuffix('.')}"
