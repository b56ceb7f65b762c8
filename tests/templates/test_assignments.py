"""Who makes a step of the roadmap, and by when: in the file, live, on the page, in everything that is taken home."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from assessments.compare.comparison import as_text, compare
from assessments.library.load import shipped as library
from assessments.roadmap.phases import roadmap
from assessments.scoring.sheet import broken_answers
from canvas.document.file import check_workshop, dump_workshop, parse_workshop
from canvas.document.workshop import Answer, Assignment, Workshop
from canvas.errors import FileProblems, OpRefused
from canvas.log.events import Event, State, fold
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.log.ops import to_events
from canvas.log.restore import restoration
from canvas.method.load import shipped
from canvas.method.load import shipped as shipped_content
from canvas.reading.strict_yaml import read_file
from templates.plan import make_plan
from templates.report.markdown import to_markdown as report_markdown
from templates.report.model import report_model
from templates.roadmap.export import to_csv, to_issues, to_markdown
from tests.views.test_roadmap_card import Open, labelled, opened, stored

__all__ = ["opened"]

ITEM = "foundations.source-control"
ANN, BEN = Author("a", "participant"), Author("b", "viewer")
BEGUN = (Answer(id="data.schema", value="none"),)
OWNED = Assignment(id=ITEM, owner="ML engineer", by="2027-02-01")


def playing(*changes: tuple[str, str, Any]) -> State:
    """Return the state after these changes as `(item, property, value)`, one after the other."""
    at = "2026-11-23T10:00:00.000+00:00"
    state = fold([Event(1, "start", 0, at, "system", "import", "workshop:", None, {"title": "W"})])
    for number, (item, prop, value) in enumerate(changes):
        op = Op(op_id=f"op-{number}", action="set", item=item, prop=prop, value=value)
        for event in to_events(op, state, shipped(), ANN, at):
            state.apply(event)
    return state


def test_owner_and_day_are_set_and_emptied_live() -> None:
    item = f"assignment:{ITEM}"
    both = [(item, "owner", " ML engineer "), (item, "by", "2027-02-01")]
    assert document_of(playing(*both)).assignments == (OWNED,)
    assert document_of(playing(*both, (item, "owner", ""))).assignments == (Assignment(id=ITEM, by="2027-02-01"),)
    assert document_of(playing(*both, (item, "owner", None), (item, "by", None))).assignments == ()
    assert document_of(playing(*both, (item, "deleted", True))).assignments == ()


@pytest.mark.parametrize(
    ("item", "prop", "value"),
    [
        (f"assignment:{ITEM}", "by", "soon"),
        (f"assignment:{ITEM}", "by", "2027-02-30"),
        (f"assignment:{ITEM}", "owner", "x" * 201),
        (f"assignment:{ITEM}", "owner", ["a", "b"]),
        (f"assignment:{ITEM}", "note", "x"),
        ("assignment:Not an id", "owner", "x"),
    ],
)
def test_what_does_not_fit_is_refused(item: str, prop: str, value: object) -> None:
    with pytest.raises(OpRefused):
        playing((item, prop, value))


def test_who_may_only_look_assigns_nobody() -> None:
    op = Op(op_id="o", action="set", item=f"assignment:{ITEM}", prop="owner", value="Me")
    with pytest.raises(OpRefused, match="looking only"):
        to_events(op, playing(), shipped(), BEN, "2026-11-23T10:00:00.000+00:00")


def test_an_earlier_state_comes_back_without_later_owners() -> None:
    then, now = playing(), playing((f"assignment:{ITEM}", "owner", "ML engineer"))
    (change,) = restoration(now, then).changes
    assert (change.item, change.prop, change.was, change.value) == (
        f"assignment:{ITEM}",
        "owner",
        "ML engineer",
        None,
    )


def test_a_file_keeps_assignments_and_comes_back_through_the_log() -> None:
    workshop = Workshop(title="W", assignments=(OWNED, Assignment(id="data.schema", owner="Product owner")))
    text = dump_workshop(workshop)
    assert "assignments:\n  - id: foundations.source-control\n    owner: ML engineer\n    by: '2027-02-01'\n" in text
    assert parse_workshop(text.encode(), "w.yaml") == workshop
    plain = workshop.model_dump(mode="json", exclude_none=True)
    imported = fold([Event(1, "start", 0, "2026-11-23T10:00:00Z", "system", "import", "workshop:", None, plain)])
    assert document_of(imported) == workshop
    assert "assignments" not in dump_workshop(Workshop(title="W"))


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("{id: data.schema}", "w.yaml:3: the assignment of 'data.schema' names neither an owner nor a day"),
        ("{id: data.schema, owner: a}\n  - {id: data.schema, owner: b}", "w.yaml:4: 'data.schema' is in assignments"),
        ("{id: data.schema, by: soon}", "w.yaml:3: assignments[1].by"),
        ("{id: data.schema, owner: a, note: b}", "w.yaml:3: unknown key 'note'"),
    ],
)
def test_a_mistake_is_told_with_its_line(entry: str, what: str) -> None:
    with pytest.raises(FileProblems) as caught:
        parse_workshop(f"title: W\nassignments:\n  - {entry}\n".encode(), "w.yaml")
    assert what in "\n".join(map(str, caught.value.problems))


def test_an_assignment_to_something_unknown_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "w.yaml"
    file.write_text("title: W\nassignments:\n  - {id: data.shema, owner: a}\n", encoding="utf-8")
    _, problems = check_workshop(read_file(file), shipped(), partial(broken_answers, library=library()))
    assert [(p.line, p.what) for p in problems] == [(3, "unknown practice 'data.shema'")]
    assert "docs/packs.md" in problems[0].mend
    measure = next(iter(library().measures))
    known = Workshop(title="W", assignments=(OWNED, Assignment(id=measure, owner="Team lead")))
    assert list(broken_answers(known, library())) == []


def test_a_comparison_tells_who_took_over() -> None:
    other = OWNED.model_copy(update={"owner": "Product owner"})
    before, after = Workshop(title="W", assignments=(OWNED,)), Workshop(title="W", assignments=(other,))
    shown = as_text(compare(before, after, shipped(), library()))
    title = library().practices[ITEM].title
    assert f"Owners:\n  {title}: owner changed\n    - ML engineer\n    + Product owner\n" in shown
    assert f"Owners:\n  {title}: added\n    + ML engineer\n" in as_text(
        compare(Workshop(title="W"), before, shipped(), library())
    )


def test_a_step_has_its_owner_and_keeps_its_place() -> None:
    without, found = (
        roadmap(Workshop(title="W", answers=BEGUN), library()),
        roadmap(Workshop(title="W", answers=BEGUN, assignments=(OWNED,)), library()),
    )
    assert [step.candidate for step in found.steps] == [step.candidate for step in without.steps]
    owners = {step.candidate.item: (step.owner, step.by) for step in found.steps if step.owner or step.by}
    assert owners == {ITEM: ("ML engineer", "2027-02-01")}


def test_the_files_of_the_roadmap_name_owner_and_day_literally() -> None:
    hostile = Assignment(id=ITEM, owner="=SUM(1) *lead* <b>", by="2027-02-01")
    found = roadmap(Workshop(title="W", assignments=(hostile,)), library())
    page = to_markdown(found, library(), shipped_content())
    assert "- Owner: =SUM(1) \\*lead\\* \\<b\\>\n- By: 2027-02-01\n" in page
    (row,) = [row for row in csv.DictReader(io.StringIO(to_csv(found).removeprefix("\ufeff"))) if row["item"] == ITEM]
    assert (row["owner"], row["by"]) == ("'=SUM(1) *lead* <b>", "2027-02-01")
    number = [step.candidate.item for step in found.steps].index(ITEM)
    body = to_issues(found, library(), shipped_content())[number]["body"]
    assert "\nOwner: =SUM(1) \\*lead\\* \\<b\\>\n\nBy: 2027-02-01\n" in body
    assert "Owner:" not in to_issues(found, library(), shipped_content())[number - 1]["body"]


def test_the_roadmap_of_the_report_names_owner_block_and_proof() -> None:
    from assessments.standing.score_all import score_all

    target = {"model": "google", "value": 1}
    workshop = Workshop.model_validate({"title": "W", "targets": [target], "assignments": [OWNED.model_dump()]})
    report = report_model(make_plan(workshop, shipped(), library()), score_all(workshop, library()), "2026-11-23")
    (step,) = [step for step in report.roadmap if step.item == ITEM]
    assert step.details[0].startswith("block: ")
    assert step.details[1].startswith("proved by: ")
    assert step.details[2:] == ("owner: ML engineer", "by: 2027-02-01")
    assert "<br>owner: ML engineer<br>by: 2027-02-01" in report_markdown(report)


def test_the_page_saves_owner_and_day_of_a_step(opened: Open) -> None:
    shown = opened(Workshop(title="W", answers=BEGUN))
    title = library().practices[ITEM].title
    labelled(shown.text_input, f"{title}: owner").set_value("ML engineer").run()
    labelled(shown.date_input, f"{title}: by").set_value(datetime(2027, 2, 1, tzinfo=UTC).date()).run()
    assert not shown.exception
    assert stored(shown).assignments == (OWNED,)
    labelled(shown.text_input, f"{title}: owner").set_value("").run()
    labelled(shown.date_input, f"{title}: by").set_value(None).run()
    assert stored(shown).assignments == ()
    labelled(shown.text_input, f"{title}: owner").set_value("Team lead").run()
    assert stored(shown).assignments == (Assignment(id=ITEM, owner="Team lead"),)


def test_who_may_only_look_sees_owners_and_changes_none(opened: Open) -> None:
    shown = opened(Workshop(title="W", assignments=(OWNED,)), role="viewer")
    box = labelled(shown.text_input, f"{library().practices[ITEM].title}: owner")
    assert (box.value, box.disabled) == ("ML engineer", True)  # type: ignore[attr-defined]
