"""The ranking of prediction candidates, the gates of the phases, and what a row still lacks."""

from __future__ import annotations

import pytest

from canvas.advice.row_checks import lacking
from canvas.document.risk_gates import phase_risks, unregistered
from canvas.document.task_ranking import candidates
from canvas.document.workshop import Note, Risk, Row, Task, Workshop
from canvas.method.tables import TableDefinition


def test_candidates_are_ranked_by_return_and_the_unjudged_come_last() -> None:
    tasks = (
        Task(id="open", title="Open", prediction=True, gain=5),
        Task(id="small", title="Small", prediction=True, gain=10, effort=10),
        Task(id="not", title="Not", prediction=False, gain=99, effort=1),
        Task(id="free", title="Free", prediction=True, gain=1, effort=0),
        Task(id="nothing", title="Nothing", prediction=True, gain=0, effort=0),
        Task(id="large", title="Large", prediction=True, gain=30, effort=10),
    )
    ranked = candidates(Workshop(title="T", tasks=tasks))
    assert [candidate.task.id for candidate in ranked] == ["free", "large", "small", "nothing", "open"]


@pytest.mark.parametrize(
    ("residuals", "passed"),
    [((), True), (("acceptable",), True), (("acceptable", None), False), (("open",), False), (("too-high",), False)],
)
def test_a_phase_is_finished_when_no_risk_is_open_or_too_high(residuals: tuple[str | None, ...], passed: bool) -> None:
    risks = tuple(
        Risk.model_validate({"id": f"r{n}", "text": "x", "phase": "deployment", "residual": residual})
        for n, residual in enumerate(residuals)
    )
    found = {phase.phase: phase for phase in phase_risks(Workshop(title="T", risks=risks))}
    assert found["deployment"].passed is passed
    assert found["data-engineering"].passed


def test_notes_marked_as_risks_are_offered_until_they_are_registered() -> None:
    notes = (Note(id="a", kind="risk", text="It breaks"), Note(id="b", kind="fact", text="Fine"))
    workshop = Workshop(title="T", canvases={"stack-canvas": {"data": notes}})
    assert [(block, note.id) for block, note in unregistered(workshop)] == [("data", "a")]
    registered = workshop.model_copy(update={"risks": (Risk(id="r", text="it breaks"),)})
    assert unregistered(registered) == ()


def table() -> TableDefinition:
    columns = [{"id": "target", "title": "Target", "type": "text"}, {"id": "when", "title": "When", "type": "text"}]
    checks = [
        {"id": "m", "title": "Measurable", "column": "target", "pattern": r"\d", "mend": "Give a number."},
        {"id": "t", "title": "Time-bound", "column": "when", "mend": "Say when."},
    ]
    credit = {"source": {"title": "s"}, "license": "l", "attribution": "a"}
    plain = {"id": "t", "title": "T", "purpose": "p", "heading": "h", "columns": columns, "done_by": "target"}
    return TableDefinition.model_validate({**plain, "own_rows": True, "checks": checks, **credit})


@pytest.mark.parametrize(
    ("cells", "lacks"),
    [
        ({}, []),
        ({"target": "fast"}, ["m", "t"]),
        ({"target": "under 200 ms"}, ["t"]),
        ({"target": "under 200 ms", "when": "May"}, []),
        ({"when": "May"}, ["m"]),
    ],
)
def test_a_row_says_what_it_lacks_once_it_is_begun(cells: dict[str, str], lacks: list[str]) -> None:
    assert [check.id for check in lacking(table(), Row(id="x", cells=cells))] == lacks
