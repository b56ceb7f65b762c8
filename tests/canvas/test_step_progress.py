"""How far a team is on a step: counted from facts, tables and canvases, and never more than there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas.advice.step_progress import Done, open_facts, part_done, step_done
from canvas.document.file import load_workshop
from canvas.document.workshop import Note, Requirement, Row, Workshop
from canvas.method.load import shipped
from canvas.method.steps import StepPart

CONTENT = shipped()
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.workshop.yaml"))
CLOSED = next(table for table in CONTENT.tables.values() if not table.own_rows)
GROWING = next(table for table in CONTENT.tables.values() if table.own_rows)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_no_step_of_an_example_has_more_done_than_there_is(path: Path) -> None:
    workshop = load_workshop(path)
    for step in CONTENT.steps.values():
        done = step_done(step, workshop, CONTENT)
        assert 0 <= done.done <= done.of, step.id


def test_an_answered_fact_is_done_and_no_longer_open() -> None:
    section = CONTENT.sections["problem"]
    answered = Workshop(
        title="T", requirements=(Requirement(id=section.requirements[0].id, value="x", state="decided"),)
    )
    assert part_done(StepPart(facts="problem"), answered, CONTENT) == Done(1, len(section.requirements))
    assert section.requirements[0].id not in open_facts(CONTENT.steps["phase-zero"], answered, CONTENT)
    assert section.requirements[1].id in open_facts(CONTENT.steps["phase-zero"], answered, CONTENT)


def test_a_row_counts_by_the_column_that_decides() -> None:
    deciding = CLOSED.column(CLOSED.done_by)
    assert deciding is not None
    value = deciding.options[0].id if deciding.options else "x"
    rows = (Row(id=CLOSED.rows[0].id, cells={deciding.id: value}), Row(id=CLOSED.rows[1].id, cells={}))
    workshop = Workshop(title="T", tables={CLOSED.id: rows})
    assert part_done(StepPart(table=CLOSED.id), workshop, CONTENT) == Done(1, len(CLOSED.rows))


def test_a_table_that_grows_has_no_end() -> None:
    workshop = Workshop(title="T", tables={GROWING.id: (Row(id="own", title="x", cells={GROWING.done_by: "x"}),)})
    assert part_done(StepPart(table=GROWING.id), workshop, CONTENT) == Done(0, 0)


def test_a_block_with_a_note_is_done() -> None:
    workshop = Workshop(title="T", canvases={"stack-canvas": {"data": (Note(id="n", text="x"),)}})
    assert part_done(StepPart(canvas="stack-canvas"), workshop, CONTENT) == Done(1, 11)
