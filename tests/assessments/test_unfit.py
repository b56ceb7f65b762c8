"""Numbers that cannot be true: one rule for a file, a live change, an old log, and everything that is made of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from assessments.library.packs import library
from assessments.library.workshop_check import checked_workshop, opened_workshop
from assessments.standing.score_all import score_all
from canvas.advice.facts import resolve
from canvas.advice.sheet import advice_sheet, as_json
from canvas.document.file import arrange, dump_workshop
from canvas.document.unfit import range_of, unfit_values
from canvas.document.workshop import Requirement, Row, Task, Workshop
from canvas.errors import FileProblems, OpRefused
from canvas.log.events import Event
from canvas.log.op import Author, parse_op
from canvas.log.property_values import property_value
from canvas.method.facts import RequirementDefinition
from canvas.method.load import shipped
from canvas.reading.strict_yaml import read_bytes
from canvas.store.event_rows import row_of
from canvas.store.sql_tables import EVENT, WORKSHOP
from canvas.store.store import Store
from templates.cards import model_card
from templates.errors import ScaffoldError
from templates.plan import make_plan
from templates.report.markdown import to_markdown
from templates.report.model import report_model
from templates.scaffold.render import render_project
from tests.scaffold_support import plan, project, text
from views.steps.exports import export
from views.terminal.support import remarks

CONTENT = shipped()
TODAY = date(2026, 11, 29)
OLD_LOG = Path(__file__).parents[1] / "golden/log-unfit-numbers.jsonl"
ANNE = Author("anne", "participant")
NUMBERS = [r for r in CONTENT.requirements.values() if r.type == "number"]
THRESHOLD = "ROC AUC of 92 cannot be: it goes from 0 to 1. Did you mean 0.92?"


def answered(**facts: Any) -> Workshop:
    """Return a workshop that answers requirements, by id with '_' for '-'."""
    given = (Requirement(id=id_.replace("_", "-"), value=value, state="decided") for id_, value in facts.items())
    return Workshop(title="Churn", requirements=tuple(given))


def problems(workshop: Workshop) -> list[str]:
    """Return what a check says about the file of a workshop."""
    source = read_bytes(dump_workshop(workshop).encode(), "w.yaml")
    return [str(problem) for problem in checked_workshop(source, CONTENT, library(), TODAY)[1]]


def titles(workshop: Workshop) -> list[str]:
    """Return the titles of what is found in a workshop."""
    return [found["title"] for found in as_json(advice_sheet(workshop, CONTENT))["findings"]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path, clock=lambda: "2026-11-23T10:00:00.000+00:00")


@pytest.fixture
def old(store: Store) -> str:
    """A live workshop whose log holds numbers from before they were refused."""
    events = [Event(**json.loads(line)) for line in OLD_LOG.read_text(encoding="utf-8").splitlines()]
    with store.engine.begin() as connection:
        connection.execute(sa.insert(WORKSHOP).values(id="old", seq=events[-1].seq, created_at=events[0].at))
        for event in events:
            connection.execute(sa.insert(EVENT).values(row_of("old", event)))
    return "old"


def change(store: Store, workshop: str, item: str, prop: str, value: Any) -> None:
    op = {"op_id": f"op-{item[-30:].replace(':', '-').replace('/', '-')}-{value}"[:40], "action": "set"}
    store.apply(workshop, parse_op({**op, "item": item, "prop": prop, "value": value}), ANNE, CONTENT)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"main_metric": "roc-auc", "metric_threshold": 92}, f"w.yaml:10: requirement 'metric-threshold': {THRESHOLD}"),
        (
            {"main_metric": "f1", "metric_baseline": 85.5},
            "F1 of 85.5 cannot be: it goes from 0 to 1. Did you mean 0.855?",
        ),
        (
            {"main_metric": "r2", "metric_threshold": 1.2},
            "R² of 1.2 cannot be: it is a number of at most 1. Change",
        ),
        ({"main_metric": "rmse", "metric_threshold": -1}, "RMSE of -1 cannot be: it is a number of at least 0."),
        ({"main_metric": "log-loss", "metric_threshold": -0.1}, "Log loss of -0.1 cannot be"),
        ({"team_size": 2.5}, "2.5 cannot be: it is a whole number of at least 1 people."),
        ({"requests_per_day": -3}, "-3 cannot be: it is a whole number of at least 0 per day."),
        ({"error_share": 250}, "250 cannot be: it goes from 0 to 100 %."),
        ({"latency_p95": 0}, "0 cannot be: it is a number of at least 0.001 ms."),
        ({"label_delay": -1}, "-1 cannot be: it goes from 0 to 3650 days."),
        ({"latency_p95": "0,5"}, "the answer should be a number. Write 0.5, without quotes and with nothing behind it"),
        ({"latency_p95": "1.500"}, "the answer should be a number. Change the value"),
    ],
)
def test_a_number_that_cannot_be_true_is_a_problem_with_its_line_and_a_mend(facts: dict[str, Any], told: str) -> None:
    (found,) = problems(answered(**facts))
    assert told in found


@pytest.mark.parametrize(
    "facts",
    [
        {"main_metric": "rmse", "metric_threshold": 3200.5, "metric_baseline": 4000},
        {"main_metric": "r2", "metric_threshold": -0.4},
        {"main_metric": "log-loss", "metric_threshold": 1.7},
        {"main_metric": "accuracy", "metric_threshold": 1, "metric_baseline": 0},
        {"main_metric": "other", "metric_threshold": 92},
        {"metric_threshold": 92},
        {"latency_p95": 0.4, "data_volume": 0.00028, "requests_per_day": 1000000000, "team_size": 3.0},
        {"label_delay": 0.5, "error_share": 0.5},
    ],
)
def test_honest_numbers_of_other_teams_are_fine(facts: dict[str, Any]) -> None:
    assert problems(answered(**facts)) == []


def test_cells_tasks_measures_and_targets_have_ranges_too() -> None:
    made = {
        "tables": {"hidden-costs": (Row(id="purchase", cells={"once": -2}),)},
        "tasks": (Task(id="a", title="A", gain=-5),),
        "answers": [{"id": "delivery.change-fail-rate", "value": 180}],
        "targets": [{"model": "google", "value": 5}],
    }
    found = problems(Workshop.model_validate({"title": "T", **made}))
    assert [line.split(": ", 1)[1] for line in found] == [
        "column 'once': -2 cannot be: it is a number of at least 0. Change the value",
        "task 'a.gain': -5 cannot be: it goes from 0 to 1000000000000000 in your currency. Change the value",
        "measure 'delivery.change-fail-rate': 180 cannot be: it goes from 0 to 100 percent. Change the value",
        "target 'google': 5 cannot be: it goes from 0 to 2. Change the value",
    ]


@given(st.sampled_from(NUMBERS), st.floats(-1e6, 1e6) | st.integers(-(10**6), 10**6) | st.just(0.5))
def test_what_a_file_may_hold_is_what_the_page_takes(definition: RequirementDefinition, value: float) -> None:
    metric = {"main-metric": "average-precision"}
    in_file = list(unfit_values(answered(main_metric="average-precision", **{definition.id: value}), CONTENT))
    if range_of(definition, metric, CONTENT).holds(value):
        assert property_value("requirement", definition.id, "value", value, CONTENT, metric) == value
        assert in_file == []
    else:
        with pytest.raises(OpRefused) as refused:
            property_value("requirement", definition.id, "value", value, CONTENT, metric)
        assert str(refused.value) == f"{definition.title}: {in_file[0].sentence}"


def test_new_live_input_is_refused_with_the_mend(store: Store) -> None:
    workshop = store.create(answered(main_metric="roc-auc"))
    refused = {
        "requirement:metric-threshold": ("value", 92, f"Least acceptable value: {THRESHOLD}"),
        "requirement:team-size": ("value", 2.5, "2.5 cannot be: it is a whole number of at least 1 people."),
        "row:hidden-costs/purchase": ("once", -1, "Once: -1 cannot be: it is a number of at least 0."),
    }
    for item, (prop, value, told) in refused.items():
        with pytest.raises(OpRefused) as found:
            change(store, workshop, item, prop, value)
        assert told in str(found.value)
    assert store.document(workshop) == answered(main_metric="roc-auc")


def test_another_metric_keeps_the_bound_and_tells_that_it_does_not_fit(store: Store) -> None:
    workshop = store.create(answered(main_metric="rmse", metric_threshold=92))
    assert titles(store.document(workshop)) == []
    change(store, workshop, "requirement:main-metric", "value", "roc-auc")
    assert resolve(store.document(workshop), CONTENT)["metric-threshold"].value == 92
    assert titles(store.document(workshop)) == [THRESHOLD.removesuffix(".")]
    change(store, workshop, "requirement:metric-threshold", "value", 0.92)
    assert titles(store.document(workshop)) == []


def test_an_old_live_workshop_opens_and_everything_made_of_it_tells_the_number(store: Store, old: str) -> None:
    document = store.document(old)
    facts = resolve(document, CONTENT)
    assert facts["metric-threshold"].unfit == THRESHOLD
    assert facts["metric-threshold"].printed == f"92 ({THRESHOLD})"
    assert titles(document) == [
        THRESHOLD,
        "ROC AUC of 85 cannot be: it goes from 0 to 1. Did you mean 0.85?",
        "2.5 cannot be: it is a whole number of at least 1 people",
        "-40 cannot be: it is a number of at least 0",
    ]
    made = make_plan(document, CONTENT, library())
    report = to_markdown(report_model(made, score_all(document, library()), "2026-11-23"))
    assert report.count(THRESHOLD) >= 2
    assert THRESHOLD in model_card(made)


def test_no_project_is_generated_with_a_gate_of_92(store: Store, old: str) -> None:
    with pytest.raises(ScaffoldError) as refused:
        render_project(make_plan(store.document(old), CONTENT, library()))
    assert f"Least acceptable value: {THRESHOLD}" in str(refused.value)
    assert "Hidden costs › Buying data › Once: -40 cannot be" in str(refused.value)


def test_a_bound_without_a_metric_is_not_held_against_our_placeholder() -> None:
    with pytest.raises(ScaffoldError, match="ROC AUC is our placeholder while 'Main metric' is open"):
        render_project(plan({"metric-threshold": 92}))
    assert "threshold: 0.92 " in text(project({"metric-threshold": 0.92}), "config/project.yaml")


def test_the_exported_file_is_a_problem_at_the_terminal_and_opens_in_the_app(store: Store, old: str) -> None:
    document = arrange(store.document(old), CONTENT)
    source = read_bytes(dump_workshop(document).encode(), "w.yaml")
    checked, found = checked_workshop(source, CONTENT, library(), TODAY)
    opened, kept = opened_workshop(source, CONTENT, library(), TODAY)
    assert checked == opened == document
    assert found == kept
    lines = dump_workshop(document).splitlines()
    assert [lines[problem.line - 1].strip() for problem in kept] == [
        "value: 92.0", "value: 85.0", "value: 2.5", "once: -40.0",
    ]  # fmt: skip
    assert arrange(store.document(store.create(opened)), CONTENT) == document


def test_a_file_with_another_problem_does_not_open_and_tells_both() -> None:
    broken = (
        b"title: T\nrequirements: [{id: team-size, value: 0, state: decided},\n {id: teem, value: 1, state: decided}]\n"
    )
    with pytest.raises(FileProblems) as refused:
        opened_workshop(read_bytes(broken, "w.yaml"), CONTENT, library(), TODAY)
    assert [problem.line for problem in refused.value.problems] == [2, 3]


def test_a_download_of_an_old_live_workshop_is_made_and_tells_the_number(store: Store, old: str) -> None:
    assert THRESHOLD in export(store.document(old), "report", "report.md").decode()


@pytest.mark.parametrize(
    ("metric", "threshold", "baseline", "found"),
    [
        ("roc-auc", 0.7, 0.8, True),
        ("roc-auc", 0.8, 0.7, False),
        ("roc-auc", 0.8, 0.8, False),
        ("rmse", 12, 9, True),
        ("rmse", 9, 12, False),
        ("other", 1, 2, False),
    ],
)
def test_a_bound_that_is_worse_than_today_is_found(metric: str, threshold: float, baseline: float, found: bool) -> None:
    made = answered(main_metric=metric, metric_threshold=threshold, metric_baseline=baseline)
    assert ("The least acceptable value is worse than the present way" in titles(made)) is found


def test_a_unit_that_the_number_is_not_read_in_is_remarked_on() -> None:
    asked = [("latency-p95", "s"), ("label-delay", "Days"), ("error-share", "percent"), ("error-cost", "EUR")]
    given = tuple(Requirement(id=id_, value=2, unit=unit, state="decided") for id_, unit in asked)
    (remark,) = remarks(Workshop(title="T", requirements=given))
    assert remark.startswith("requirement 'latency-p95' is read in 'ms', and the file says 's'")


def test_a_large_or_long_number_is_printed_as_it_was_entered() -> None:
    volume = CONTENT.requirements["data-volume"]
    assert volume.printed(1234567.5) == "1,234,567.5 GB"
    assert volume.printed(0.00028) == "0.00028 GB"
    assert CONTENT.requirements["metric-threshold"].printed(0.9234567) == "0.9234567"
