"""The steps of the method in the report: what a team wrote, once each, with the advice, contradictions and findings."""

from __future__ import annotations

import html
import io
import re

import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from assessments.library.packs import library
from canvas.document.workshop import Decision, Note, Requirement, Risk, Row, Task, Workshop
from canvas.method.load import shipped
from templates.plan import make_plan
from templates.report.markdown import to_markdown
from templates.report.model import Report, report_model
from templates.report.pdf import to_pdf
from templates.report.register import Register
from templates.report.steps import Numbers, Part, StepChapter, TableSheet
from templates.report.task_rows import TaskList
from tests.hostile import HOSTILE, hostile_workshop

COLUMN = shipped().tables["model-catalogue"].columns[0].id
RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def report(**changes: object) -> Report:
    workshop = Workshop(title="Tag suggester").model_copy(update=changes)
    return report_model(make_plan(workshop, shipped(), library()), (), "2026-11-23")


def given(**values: object) -> tuple[Requirement, ...]:
    """Return answers by id, with underscores for hyphens."""
    return tuple(Requirement(id=id_.replace("_", "-"), value=v, state="decided") for id_, v in values.items())


def chapter(made: Report, step: str) -> StepChapter:
    return next(found for found in (made.phase_zero, *made.steps) if found.id == step)


def parts(made: Report, step: str, kind: str) -> list[Part]:
    return [part for part in chapter(made, step).parts if part.kind == kind]


def table(made: Report, step: str) -> TableSheet:
    [found] = parts(made, step, "table")
    assert isinstance(found, TableSheet)
    return found


def shown(markdown: str) -> str:
    """Return what a reader sees of Markdown."""
    return html.unescape(re.sub(r"<[^>]+>", "", RENDERER.render(markdown).replace("<br>", "\n")))


def pdf_text(made: Report) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(made))).pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_an_empty_workshop_names_the_steps_that_nobody_worked_on() -> None:
    made = report()
    worked_through = [step for step in shipped().steps.values() if step.parts and step.id != "phase-zero"]
    assert made.steps == ()
    assert made.idle == tuple(step.title for step in worked_through)
    assert not parts(made, "phase-zero", "advice")


def test_notes_on_a_canvas_are_work_on_its_step_and_stand_in_their_own_chapter() -> None:
    made = report(canvases={"ml-canvas": {"ml-decisions": (Note(id="a", text="x"),)}})
    assert shipped().steps["ml-canvas"].title not in made.idle
    assert "ml-canvas" not in [step.id for step in made.steps]
    assert "ml-canvas" in [sheet.id for sheet in made.canvases]


def test_a_step_prints_what_was_answered_and_its_advice_and_nothing_else() -> None:
    made = report(requirements=given(training_mode="offline", prediction_timing="batch"))
    [section] = parts(made, "levels", "facts")
    assert [(fact.title, fact.state) for fact in section.facts] == [("Moment of learning", "decided")]
    advised = [part.title for part in parts(made, "levels", "advice")]
    assert advised == [shipped().advisors[p.id].title for p in shipped().steps["levels"].parts if p.kind == "advice"]
    assert [step.id for step in made.steps] == ["levels"]


def test_advice_names_the_answers_it_rests_on() -> None:
    made = report(requirements=given(training_mode="offline", prediction_timing="batch"))
    advice = parts(made, "levels", "advice")[0]
    assert advice.value == "Forecast"
    assert [reason.answers for reason in advice.because] == [
        "Moment of learning: Before it is released; Moment of prediction: In batches"
    ]


def test_advice_that_lacks_answers_says_which_and_does_not_fill_the_page() -> None:
    made = report(
        tables={"crisp-tasks": (Row(id=shipped().tables["crisp-tasks"].rows[0].id, cells={"state": "done"}),)}
    )
    [gate] = parts(made, "crisp-ml", "advice")
    assert gate.value is None
    assert gate.missing.count(";") == 6
    assert re.search(r"; and \d+ more$", gate.missing)


def test_a_table_prints_its_filled_rows_and_columns_by_group_and_own_rows_last() -> None:
    known = shipped().tables["requirement-list"]
    last, first = known.rows[-1], known.rows[0]
    own = Row(id="own-1", title="Ours")
    made = report(tables={"requirement-list": (own, _begun(last.id), _begun(first.id))})
    printed = table(made, "phase-zero")
    assert printed.columns == (known.columns[0].title,)
    assert [group.title for group in printed.groups] == [first.group, last.group, None]
    assert [row.title for group in printed.groups for row in group.rows] == [first.title, last.title, "Ours"]
    assert printed.groups[0].rows[0].lacks == tuple(check.title for check in known.checks if check.column != "need")
    assert printed.groups[2].rows[0].lacks == ()


def _begun(row: str) -> Row:
    return Row(id=row, cells={"need": "at-launch"})


def test_tasks_are_listed_with_the_candidates_first() -> None:
    tasks = (
        Task(id="a", title="Read"),
        Task(id="b", title="Sort", after=("a",), prediction=True, gain=5, effort=10),
        Task(id="c", title="Send", prediction=True, gain=100, effort=0),
        Task(id="d", title="Thank", prediction=True),
    )
    [listed] = parts(report(tasks=tasks), "phase-zero", "tasks")
    assert isinstance(listed, TaskList)
    assert [(task.title, task.rank, task.ratio) for task in listed.tasks] == [
        ("Send", 1, "no effort"), ("Sort", 2, "0.5"), ("Thank", None, ""), ("Read", None, "")
    ]  # fmt: skip
    assert listed.tasks[1].after == "Read"


def test_the_register_is_read_phase_by_phase_with_its_gates() -> None:
    risks = (
        Risk(id="a", text="late", phase="deployment", residual="too-high", owner="ops", block="serving"),
        Risk(id="b", text="unjudged", phase="deployment"),
        Risk(id="c", text="fine", phase="data-engineering", residual="acceptable"),
        Risk(id="d", text="loose"),
    )
    [listed] = parts(report(risks=risks), "crisp-ml", "risks")
    assert isinstance(listed, Register)
    assert [(phase.title, phase.passed) for phase in listed.phases] == [
        ("Data engineering", True), ("Deployment", False), ("Without a phase", None)
    ]  # fmt: skip
    assert listed.phases[1].gate == "The gate is closed: 1 risk is not judged, 1 is too high."
    assert listed.phases[1].risks[0].details == ("Block: Prediction Serving", "Who watches it: ops")


def test_numbers_stand_where_their_answers_are_given() -> None:
    made = report(requirements=given(requests_per_day=10), tables={"hidden-costs": (_cost("purchase", 1200),)})
    [numbers] = parts(made, "phase-zero", "numbers")
    assert isinstance(numbers, Numbers)
    assert [(row.title, row.value) for row in numbers.rows] == [
        ("Predictions per year", "3,650"), ("Hidden costs, once", "1,200 in your currency")
    ]  # fmt: skip
    assert not [step for step in made.steps if parts(made, step.id, "numbers")]


def _cost(row: str, once: float) -> Row:
    return Row(id=row, cells={"once": once})


def test_contradictions_and_findings_name_every_place() -> None:
    made = report(
        requirements=given(kubernetes=False),
        decisions=(Decision(number=1, slot="serving.runtime", status="accepted", choice="kserve"),),
        tables={"data-checklist": (Row(id="test-set-aside", cells={"state": "not-done"}),)},
    )
    assert [row.places for row in made.contradictions] == [("Serving runtime: KServe", "Kubernetes at hand: no")]
    [tested] = [row for row in made.findings if "nobody has looked at" in row.title]
    assert tested.places == (
        "Data checklist › A test set is set aside before anybody looks, and used once › State: Not done",
    )
    assert "1 contradiction and" in " ".join(made.standing)
    page = shown(to_markdown(made))
    assert page.count(tested.because) == 1


def test_without_any_the_chapter_says_so() -> None:
    page = shown(to_markdown(report()))
    assert "No answer contradicts another, and nothing was found" in page


def filled() -> Report:
    """Return the report of a workshop with work in most steps."""
    content = shipped()
    rows = {t.id: tuple(_filled_row(t.id, row.id) for row in t.rows[:2]) for t in content.tables.values() if t.rows}
    return report(
        tables=rows,
        requirements=given(training_mode="offline", prediction_timing="batch", card_limits="Short mails"),
        tasks=(Task(id="a", title="Read"), Task(id="b", title="Sort", after=("a",), prediction=True)),
        risks=(Risk(id="r", text="Labels are late", phase="data-engineering"),),
        canvases={"stack-canvas": {"data": (Note(id="n", kind="risk", text="labels are late"),)}},
    )


def _filled_row(table_id: str, row_id: str) -> Row:
    cells: dict[str, object] = {}
    for column in shipped().tables[table_id].columns:
        by_type = {"text": "some words", "long-text": "many words", "number": 3, "yes-no": True}
        cells[column.id] = column.options[0].id if column.type == "choice" else by_type[column.type]
    return Row(id=row_id, cells=cells)


def test_nothing_is_printed_twice() -> None:
    page = to_markdown(filled())
    headings = re.findall(r"^#{3,4} (.+)$", page, flags=re.MULTILINE)
    wanted = [table.title for table in shipped().tables.values() if table.rows]
    assert all(headings.count(title) == 1 for title in wanted)
    assert page.count("Labels are late") == 1


def test_markdown_and_pdf_say_the_same_of_the_steps() -> None:
    made = filled()
    page, pdf = squeezed(shown(to_markdown(made))), squeezed(pdf_text(made))
    for step in made.steps:
        said = [step.title, step.purpose, *(part.title for part in step.parts if hasattr(part, "title"))]
        assert all(squeezed(text) in page and squeezed(text) in pdf for text in said)
    rows = [
        row for part in chapter(made, "crisp-ml").parts if part.kind == "table" for g in part.groups for row in g.rows
    ]
    assert rows
    assert all(squeezed(row.title) in page and squeezed(row.title) in pdf for row in rows)


def test_the_pdf_shows_the_pictures() -> None:
    text = pdf_text(filled())
    assert "Feedback loops" in text
    assert "not said yet" in text


def test_a_report_with_every_part_is_still_archival() -> None:
    assert b"pdfaid:part>2<" in to_pdf(filled())


@pytest.fixture(scope="module")
def hostile() -> Report:
    texts = iter((*reversed(HOSTILE), HOSTILE[0]))
    rows = tuple(Row(id=f"own-{n}", title=text, cells={COLUMN: next(texts)}) for n, text in enumerate(HOSTILE))
    workshop = hostile_workshop().model_copy(
        update={
            "tables": {"model-catalogue": rows, "monitoring-plan": _bounds(next(texts))},
            "tasks": tuple(Task(id=f"t{n}", title=text, note=text, prediction=True) for n, text in enumerate(HOSTILE)),
            "risks": tuple(Risk(id=f"r{n}", text=f"{text} {text}", requirement=text, task=text, mitigation=text,
                                owner=text, source=text) for n, text in enumerate(HOSTILE)),
        }
    )  # fmt: skip
    return report_model(make_plan(workshop, shipped(), library()), (), "2026-11-23")


def _bounds(text: str) -> tuple[Row, ...]:
    known = shipped().tables["monitoring-plan"]
    return (Row(id=known.rows[0].id, cells={known.columns[0].id: text}),)


def test_what_people_typed_reads_literally_in_every_part(hostile: Report) -> None:
    page = shown(to_markdown(hostile))
    for row in table(hostile, "governance").groups[0].rows:
        assert row.title in page
        assert row.cells[0] in page
    for text in HOSTILE:
        assert f"{text} {text}" in page
        assert f"Who watches it: {text}" in page
    tags = set(re.findall(r"<(/?\w+)", RENDERER.render(to_markdown(hostile))))
    assert not {"script", "img", "del", "blockquote", "b"} & tags
    printed = squeezed(pdf_text(hostile))
    assert all(squeezed(f"Who watches it: {text}") in printed for text in HOSTILE)


def test_tables_keep_their_columns_whatever_is_typed(hostile: Report) -> None:
    for page in (hostile, filled()):
        for found in re.findall(r"<table>.*?</table>", RENDERER.render(to_markdown(page)), flags=re.DOTALL):
            rows = re.findall(r"<tr>(.*?)</tr>", found, flags=re.DOTALL)
            assert len({row.count("<td") + row.count("<th") for row in rows}) == 1


def test_everything_that_is_printed_is_credited_and_nothing_else() -> None:
    content = shipped()

    def credited(made: Report) -> set[tuple[str, str]]:
        return {(source.title, credit.attribution) for credit in made.credits for source in credit.sources}

    full, empty = credited(filled()), credited(report())
    for known in (*content.tables.values(), content.sections["learning-mode"], content.advisors["workflow-type"]):
        if not isinstance(known, type(content.tables["end-to-end"])) or known.rows:
            assert (known.source.title, known.attribution) in full
    lists = [attribution for _, attribution in empty]
    assert any("after CRISP-ML(Q) and Phase Zero" in attribution for attribution in lists)
    assert any("hidden costs of Phase Zero" in attribution for attribution in lists)
    levels = content.tables["end-to-end"]
    assert (levels.source.title, levels.attribution) not in empty


def test_findings_are_credited_when_something_is_found() -> None:
    found = report(requirements=given(ml_tests="not-yet"))
    assert any("what counts as a sign is our reading" in credit.attribution for credit in found.credits)
    assert not any("what counts as a sign is our reading" in credit.attribution for credit in report().credits)
