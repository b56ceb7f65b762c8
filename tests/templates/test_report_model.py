"""What a report says: where the team stands, what is assumed, what comes first, and whom to credit."""

from __future__ import annotations

import pytest

from assessments.library.packs import library
from assessments.roadmap.phases import roadmap as plan_roadmap
from assessments.shapes.result import Change, Result, SectionResult, TraceStep, Unlock
from assessments.standing.score_all import score_all
from canvas.document.workshop import Answer, Decision, Note, Requirement, Risk, Target, Workshop
from canvas.method.load import shipped
from templates.drawing import engine
from templates.plan import make_plan
from templates.report.maturity import roadmap
from templates.report.model import Report, report_model


def result(model: str, *changes: Change, **fields: object) -> Result:
    values: dict[str, object] = {
        "id": model, "title": model.title(), "edition": "1", "official": True, "method": "min_of_sections",
        "source": "A paper", "license": "CC BY 4.0", "value": 1.0, "lower": 1.0, "upper": 1.0, "maximum": 7.0,
        "band": "tested", "lower_band": "tested", "upper_band": "tested", "coverage": 0.5, "standard": True,
        "assessable": True, "can_gate": True, "sections": (SectionResult("data", "Data", 1.0, 3.0, 4.0),),
        "criteria": (), "blockers": tuple(change.item for change in changes),
        "unlock": Unlock("well tested", 2.0, changes) if changes else None, "not_helping": (), "symptoms": (),
        "trace": (TraceStep("The lowest section counts", 1.0),),
    }  # fmt: skip
    return Result(**{**values, **fields})


def report(*results: Result, **changes: object) -> Report:
    workshop = Workshop(title="Tag suggester", **changes)
    return report_model(make_plan(workshop, shipped(), library()), results, "2026-11-23")


def test_the_cover_counts_what_is_decided_known_and_noted() -> None:
    made = report(
        decisions=(Decision(number=1, slot="serving.runtime", status="accepted", choice="fastapi"),),
        requirements=(Requirement(id="kubernetes", value=False, state="decided"),),
        canvases={"stack-canvas": {"data": (Note(id="a", kind="risk", text="x"), Note(id="b", text="y"))}},
        risks=(Risk(id="r", text="z"),),
    )
    asked = sum(len(section.requirements) for section in shipped().sections_of("phase-zero"))
    assert [(figure.number, figure.whole) for figure in made.figures] == [(1, 18), (1, asked), (0, None), (2, None)]
    standing = " ".join(made.standing)
    assert (
        "Recorded as decisions: 1 of 18 choices, and 0 more as drafts or proposals. 17 other choices stand on the"
        in standing
    )
    assert "2 notes, among them 0 open questions and 2 risks" in standing


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Mltest stands at “tested”."),
        ({"band": None, "upper_band": "best"}, "Mltest stands at “tested”, or as high as “best”"),
        ({"band": None, "lower_band": None, "upper_band": None, "lower": None}, "Mltest stands at “open”."),
    ],
)
def test_the_cover_says_where_each_model_stands(fields: dict[str, object], sentence: str) -> None:
    assert sentence in " ".join(report(result("mltest", **fields)).standing)


def test_the_cover_shows_three_models_and_counts_the_others() -> None:
    weak = [result(name, coverage=0.1) for name in ("a", "b", "c", "d")]
    standing = " ".join(report(*weak[:3], result("known")).standing)
    assert "Known stands at" in standing
    assert "C stands at" not in standing
    assert "1 more model is scored in" in standing
    assert "2 more models are scored in" in " ".join(report(*weak, result("known")).standing)


@pytest.mark.parametrize(("left", "sentence"), [(0, None), (1, "1 other choice stands on"), (2, "2 other choices")])
def test_the_cover_says_what_stands_on_defaults_in_whole_sentences(left: int, sentence: str | None) -> None:
    decided = [slot for slot in shipped().slots][left:]
    drafts = tuple(Decision(slot=slot, status="draft", choice="none-yet", because="b") for slot in decided)
    standing = " ".join(report(decisions=drafts).standing)
    assert sentence in standing if sentence else "on the embedded defaults" not in standing


def test_a_practice_has_one_name_in_all_models_though_one_words_it_for_itself() -> None:
    item, worded = "value.iterations", "MANAGE 4.2"
    assert worded in {
        criterion.title for criterion in library().models["nist-ai-rmf"].criteria if criterion.item == item
    }
    made = report(*score_all(Workshop(title="T", answers=(Answer(id="data.schema", value="manual"),)), library()))
    told = {title for model in made.models for title in (*model.holds_back, *model.not_helping)}
    assert library().practices[item].title in told
    assert told <= {one.title for one in (*library().practices.values(), *library().requirements.values())}


def test_a_model_that_nobody_answered_is_named_and_not_printed() -> None:
    made = report(result("one"), result("other", coverage=0.0))
    assert [model.title for model in made.models] == ["One"]
    assert made.unscored == ("Other",)
    assert "Other" not in " ".join(made.standing)


def test_facts_say_whether_they_are_decided_assumed_or_open() -> None:
    made = report(requirements=(Requirement(id="latency-p95", value=50, state="assumed", source="a guess"),))
    facts = {fact.title: fact for part in made.phase_zero.parts if part.kind == "facts" for fact in part.facts}
    assert (facts["Latency, 95th percentile"].value, facts["Latency, 95th percentile"].state) == ("50 ms", "assumed")
    assert facts["Users"].state == "open"
    assert facts["Latency, 95th percentile"] in made.assumed
    assert facts["Users"] not in made.assumed


def test_open_points_come_from_notes_with_most_votes_first() -> None:
    notes = (
        Note(id="a", kind="risk", text="little", votes=1),
        Note(id="b", kind="question", text="who", votes=0),
        Note(id="c", kind="risk", text="much", votes=4, source="a talk"),
        Note(id="d", kind="fact", text="known"),
        Note(id="e", kind="risk", text="In the register"),
    )
    made = report(canvases={"stack-canvas": {"data": notes}}, risks=(Risk(id="r", text="in the register"),))
    assert [point.text for point in made.open_points] == ["who", "much", "little"]
    assert made.open_points[1].block == "Data Sources & Data Versioning"
    assert made.open_points[1].details == ("Source: a talk",)


def test_the_roadmap_is_that_of_the_targets_with_all_each_step_reaches() -> None:
    workshop = Workshop(
        title="T", targets=(Target(model="automation-levels", value=2), Target(model="google", value=1))
    )
    planned = plan_roadmap(workshop, library())
    steps = roadmap(planned, shipped())
    assert [step.item for step in steps] == [step.candidate.item for step in planned.steps]
    assert steps[-1].phase == len(planned.phases)
    schema = next(step for step in steps if step.item == "data.schema")
    assert schema.needs == ("Code, configuration and pipeline definitions are under version control",)
    levels = "Level 2: ML pipeline automation (Automation levels of ml-ops.org)"
    assert set(schema.helps) == {levels, "Level 1: ML pipeline automation (Google Cloud MLOps levels)"}


def test_a_step_that_only_comes_first_says_for_what() -> None:
    workshop = Workshop(title="T", targets=(Target(model="automation-levels", value=2),))
    steps = roadmap(plan_roadmap(workshop, library()), shipped())
    (before,) = next(step for step in steps if step.item == "foundations.source-control").helps
    assert before.startswith("comes before: ")
    assert "A schema says what the input data must look like" in before


def test_without_answers_and_targets_there_is_no_roadmap() -> None:
    waiting = report(result("one", coverage=0.0))
    assert waiting.roadmap == ()
    assert waiting.roadmap_none.startswith("There is nothing to plan from yet")
    assert not report(targets=(Target(model="delivery", value=1),)).roadmap_none.startswith("There is nothing")
    assert report(result("one", coverage=0.0), targets=(Target(model="google", value=1),)).roadmap


def test_a_section_that_is_not_applicable_draws_an_empty_bar() -> None:
    made = report(result("one", sections=(SectionResult("x", "X", 0.0, 0.0, 0.0),)))
    assert (made.models[0].sections[0].sure, made.models[0].sections[0].possible) == (0.0, 0.0)


def test_every_slot_has_a_row_and_replaced_decisions_name_their_successor() -> None:
    made = report(
        decisions=(
            Decision(number=1, slot="serving.runtime", status="superseded", choice="kserve"),
            Decision(
                number=2,
                slot="serving.runtime",
                status="accepted",
                choice="fastapi",
                options=("fastapi", "kserve"),
                supersedes=1,
            ),
            Decision(number=3, slot="old.slot", status="superseded", choice="other: x"),
        )
    )
    assert len(made.decisions) == len(shipped().slots)
    runtime = next(row for row in made.decisions if row.number == 2)
    assert (runtime.considered, runtime.record) == (("KServe",), "docs/adr/0002-serving-runtime.md")
    assert [(gone.number, gone.part, gone.status) for gone in made.not_in_force] == [
        (1, "Serving runtime", "replaced by 2"),
        (3, "old.slot", "replaced"),
    ]


def test_what_is_not_in_force_and_what_goes_beyond_have_rows_of_their_own() -> None:
    made = report(
        decisions=(
            Decision(number=1, slot="pipeline.ci", status="accepted", choice="jenkins", beside=("gitlab-ci",)),
            Decision(number=2, slot="pipeline.ci", status="proposed", choice="github-actions", because="Near."),
            Decision(number=3, slot="serving.runtime", status="rejected", choice="kserve", status_on="2026-05"),
            Decision(number=4, slot="data.storage", status="proposed", choice="local-files"),
            Decision(number=5, title="Reviews", status="accepted", choice="Monthly", because="The law."),
            Decision(
                number=6, title="Old", status="deprecated", choice="x", status_on="2026", status_because="No more."
            ),
            Decision(slot="features.store", status="draft", choice="not-applicable", because="Images only."),
        )
    )
    rows = {row.part: row for row in made.decisions}
    ci = rows["Continuous integration"]
    assert (ci.choice, ci.status) == (
        "Jenkins, beside it GitLab CI/CD",
        "accepted",
    )
    assert (rows["Data storage"].status, rows["Data storage"].number) == ("proposed", 4)
    assert (rows["Serving runtime"].status, rows["Serving runtime"].number) == ("default", None)
    assert (rows["Feature store"].choice, rows["Feature store"].because) == ("Not applicable", "Images only.")
    assert [(row.part, row.choice, row.status) for row in made.beyond] == [("Reviews", "Monthly", "accepted")]
    assert [(gone.number, gone.status, gone.ended) for gone in made.not_in_force] == [
        (2, "proposed", None),
        (3, "rejected, 2026-05", None),
        (6, "deprecated, 2026", "No more."),
    ]


def test_a_question_that_does_not_apply_is_answered() -> None:
    made = report(requirements=(Requirement(id="label-delay", state="not-applicable", reason="Nobody ever knows."),))
    facts = {fact.title: fact for part in made.phase_zero.parts for fact in getattr(part, "facts", ())}
    found = facts[shipped().requirements["label-delay"].title]
    assert (found.state, found.value, found.because) == ("not-applicable", "does not apply", "Nobody ever knows.")
    asked = sum(len(section.requirements) for section in shipped().sections_of("phase-zero"))
    assert any(f"Phase zero has 1 of {asked} answers" in sentence for sentence in made.standing)
    assert (made.figures[1].number, made.figures[1].whole) == (1, asked)
    assert "label-delay" not in {fact.title for fact in made.assumed}


def test_notes_of_an_unknown_block_are_kept() -> None:
    made = report(canvases={"stack-canvas": {"ghost": (Note(id="a", text="kept"),)}})
    assert [note.text for note in made.canvases[0].stray["ghost"]] == ["kept"]


def test_sources_are_credited_once_each_with_their_terms() -> None:
    made = report(result("one"))
    seen = [(source, credit.attribution, credit.license) for credit in made.credits for source in credit.sources]
    assert len(seen) == len(set(seen))
    licenses = {credit.license for credit in made.credits}
    assert {"CC BY-SA 4.0", "CC BY 4.0", "SIL Open Font License 1.1", "CC0 1.0"} <= licenses
    assert any("INNOQ" in credit.attribution for credit in made.credits)
    assert any(source.title == "One: A paper" for source, _, _ in seen)


def test_control_characters_and_direction_overrides_never_reach_an_output() -> None:
    made = report(canvases={"stack-canvas": {"data": (Note(id="a", text="a\u0007b\u202ec"),)}}, team="x\u0000y")
    assert made.team == "xy"
    data = next(block for block in made.canvases[0].blocks if block.id == "data")
    assert data.notes[0].text == "abc"


def test_a_missing_engine_leaves_the_picture_out_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "engines", list)
    made = report()
    assert made.diagram.svg is None
    assert "pip install graphviz-pure" in (made.diagram.problem or "")
    assert made.diagram.mermaid.startswith("flowchart")


@pytest.mark.parametrize(
    ("because", "said", "marked"),
    [(None, "Drafted from the advice; nobody has said why yet.", False), ("It is small.", "It is small.", True)],
)
def test_a_choice_drafted_from_the_advice_is_marked_once(because: str | None, said: str, marked: bool) -> None:
    drafts = (Decision(slot="serving.runtime", status="draft", choice="fastapi", because=because, advised=True),)
    rows = {row.part: row for row in report(decisions=drafts).decisions}
    assert (rows["Serving runtime"].because, rows["Serving runtime"].advised) == (said, marked)
    assert not any(row.advised for part, row in rows.items() if part != "Serving runtime")
