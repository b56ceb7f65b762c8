"""Days that cannot be true: in files, in live changes, in what is judged; and whose day it is."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.library.packs import library
from assessments.library.workshop_check import checked_workshop
from assessments.standing.evidence import check_evidence
from canvas.document.days import FIRST, LAST, has_been, refusal
from canvas.document.workshop import Answer, Evidence, Workshop
from canvas.errors import OpRefused
from canvas.log.events import State, fold
from canvas.log.op import Author, Op
from canvas.log.ops import to_events
from canvas.method.load import shipped
from canvas.reading.strict_yaml import read_text
from views.terminal import support as terminal
from views.visit import clock

TODAY = date(2026, 11, 29)
AT = "2026-11-29T23:00:00.000+00:00"
LEADER = Author("lea", "facilitator")
FILE = """title: Churn
date: {date}
decisions:
  - {{number: 1, slot: data.versioning, status: accepted, choice: none-yet, because: b, decided_on: {decided_on}}}
  - {{number: 2, slot: data.storage, status: deprecated, choice: none-yet, because: b, status_on: {status_on}}}
answers:
  - id: data.schema
    value: manual
    evidence:
      - {{ref: log, seen_on: {seen_on}}}
  - {{id: delivery.change-fail-rate, value: 5, measured_on: {measured_on}}}
targets:
  - {{model: google, value: 1, by: {target}}}
assignments:
  - {{id: data.schema, by: {assignment}}}
"""
FINE = {
    "date": "2026-11-20",
    "decided_on": "2026-11-20",
    "status_on": "2026-11-20",
    "seen_on": "2026-11-20",
    "measured_on": "2026-11-20",
    "target": "2027-06-30",
    "assignment": "2027-06-30",
}
LINES = {"date": 2, "decided_on": 4, "status_on": 5, "seen_on": 10, "measured_on": 11, "target": 13, "assignment": 15}
PAST = ("decided_on", "status_on", "seen_on", "measured_on")


def problems(**days: str) -> list[str]:
    source = read_text(FILE.format_map({**FINE, **days}), "w.yaml")
    return [str(problem) for problem in checked_workshop(source, shipped(), library(), TODAY)[1]]


def test_days_that_can_be_are_no_problem() -> None:
    assert problems() == []
    ahead = (TODAY + timedelta(days=1)).isoformat()
    # Somewhere else it is tomorrow already.
    assert problems(**dict.fromkeys(FINE, ahead)) == []


@pytest.mark.parametrize("field", FINE)
@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_outside_what_is_possible_is_a_problem_with_its_line(field: str, day: str) -> None:
    (problem,) = problems(**{field: day})
    assert problem.startswith(f"w.yaml:{LINES[field]}: ")
    assert f"{day} cannot be: days go from 1990-01-01 to 2099-12-31. Write " in problem


@pytest.mark.parametrize("field", PAST)
def test_what_must_have_happened_has_no_day_to_come(field: str) -> None:
    (problem,) = problems(**{field: "2026-12-01"})
    assert problem.startswith(f"w.yaml:{LINES[field]}: ")
    assert problem.endswith("2026-12-01 is still to come. Write the day it was, as 2026-11-23")


@given(st.dates(), st.dates(FIRST, LAST))
def test_what_has_been_is_never_refused(day: date, today: date) -> None:
    fits = refusal(day.isoformat(), today, past=True) is None
    assert fits == has_been(day.isoformat(), today)
    assert fits <= (refusal(day.isoformat(), today, past=False) is None)


@pytest.mark.parametrize("day", ["2026-12-05", "1980-01-01", "9999-12-31"])
def test_evidence_of_such_a_day_backs_nothing(day: str) -> None:
    answer = Answer(id="data.schema", value="manual", evidence=(Evidence(ref="log", seen_on=day),))
    (backing,) = check_evidence(Workshop(title="W", answers=(answer,)), library(), TODAY).backings
    assert (backing.state, backing.counts) == ("misdated", False)
    older = answer.model_copy(update={"evidence": (*answer.evidence, Evidence(ref="x", seen_on="2026-11-01"))})
    (backing,) = check_evidence(Workshop(title="W", answers=(older,)), library(), TODAY).backings
    assert (backing.state, backing.seen_on) == ("fresh", date(2026, 11, 1))


def change(state: State, item: str, prop: str, value: Any) -> State:
    op = Op(op_id="o", action="set", item=item, prop=prop, value=value)
    for event in to_events(op, state, shipped(), LEADER, AT):
        state.apply(event)
    return state


@pytest.mark.parametrize(
    ("item", "prop", "value"),
    [
        ("workshop:", "date", "9999-12-31"),
        ("answer:delivery.change-fail-rate", "measured_on", "2027-01-01"),
        ("answer:data.schema", "evidence", [{"ref": "log", "seen_on": "2027-01-01"}]),
        ("target:google", "by", "0001-01-01"),
        ("assignment:data.schema", "by", "2100-01-01"),
    ],
)
def test_a_live_change_to_such_a_day_is_refused(item: str, prop: str, value: Any) -> None:
    state = fold([])
    with pytest.raises(OpRefused, match=r"cannot be|still to come"):
        change(state, item, prop, value)
    assert state.seq == 0
    change(state, item, prop, None)


def test_a_decision_is_recorded_on_a_day_that_has_been() -> None:
    state = change(fold([]), "workshop:", "title", "Churn")
    for prop, value in (("choice", "none-yet"), ("because", "b")):
        change(state, "draft:data.versioning", prop, value)
    for day, says in (("2027-01-01", "still to come"), ("1066-10-14", "cannot be")):
        op = Op(op_id="o", action="record", item="draft:data.versioning", value=day)
        with pytest.raises(OpRefused, match=says):
            to_events(op, state, shipped(), LEADER, AT)
    # It is the next day already where they are.
    op = Op(op_id="o", action="record", item="draft:data.versioning", value="2026-11-30")
    assert to_events(op, state, shipped(), LEADER, AT)


def test_evidence_beside_an_impossible_day_of_before_can_still_be_added() -> None:
    state = fold([])
    with patch("canvas.log.ops.refused_day", return_value=None):
        change(state, "answer:data.schema", "evidence", [{"ref": "old", "seen_on": "9999-01-01"}])
    both = [{"ref": "old", "seen_on": "9999-01-01"}, {"ref": "new", "seen_on": "2026-11-29"}]
    kept = change(state, "answer:data.schema", "evidence", both).items["answer:data.schema"].get("evidence")
    assert [found["seen_on"] for found in kept] == ["9999-01-01", "2026-11-29"]


class Browser:
    """What a browser says of its clock."""

    def __init__(self, timezone: str | None, timezone_offset: int | None) -> None:
        self.timezone, self.timezone_offset = timezone, timezone_offset


@pytest.mark.parametrize(
    ("name", "offset", "day"),
    [
        ("America/Los_Angeles", 480, date(2026, 11, 28)),
        ("Pacific/Kiritimati", -840, date(2026, 11, 29)),
        ("Europe/Berlin", -60, date(2026, 11, 29)),
        ("Not/A_Zone", 480, date(2026, 11, 28)),
        ("../../etc/passwd", 480, date(2026, 11, 28)),
        (None, 480, date(2026, 11, 28)),
        (None, 2**31 - 1, date(2026, 11, 29)),
        (None, None, date(2026, 11, 29)),
    ],
)
def test_the_day_is_the_one_of_the_browser(
    name: str | None, offset: int | None, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock.st, "context", Browser(name, offset))
    # A Saturday evening in Los Angeles.
    moment = datetime(2026, 11, 29, 4, 0, tzinfo=UTC)
    assert moment.astimezone(clock.zone()).date() == day


def test_the_day_of_the_terminal_is_the_one_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        for place in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
            monkeypatch.setenv("TZ", place)
            time.tzset()
            assert terminal.today() == datetime.now().date()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_every_day_of_a_document_is_looked_at() -> None:
    """Nobody adds a day to the document and forgets this rule."""
    schema = Workshop.model_json_schema()
    shapes = {"Workshop": schema, **schema["$defs"]}
    days = {
        f"{shape}.{name}"
        for shape, found in shapes.items()
        for name, field in found["properties"].items()
        if "[0-9]{4}" in json.dumps(field)
    }
    looked_at = {"Workshop.date", "Decision.decided_on", "Decision.status_on", "Evidence.seen_on", "Answer.measured_on"}
    assert days == looked_at | {"Target.by", "Assignment.by"}
    everywhere = problems(**dict.fromkeys(FINE, "0001-01-01"))
    assert len(everywhere) == len(days)
