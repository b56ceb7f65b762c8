"""Which files a draft changes: those in which the project differs once the facilitator has recorded it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.library.packs import library
from canvas.document.file import load_workshop
from canvas.document.workshop import Workshop
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.store.store import new_id
from templates.plan import make_plan
from templates.scaffold.file_changes import OF_RECORDS
from templates.scaffold.render import render_project
from tests.joined import joined
from tests.opened_pages import somebody_sets, stored
from tests.relayed import Relayed
from tests.whole_app import open_page
from views.steps.decide.decide_data import told_files
from views.visit.clock import today
from views.visit.session import visit_of
from views.web.context import context

ROOT = Path(__file__).parents[2]
WORKSHOPS = {
    "empty": Workshop(title="Parcels"),
    **{path.name.split(".")[0]: load_workshop(path) for path in sorted(ROOT.glob("examples/*.workshop.yaml"))},
}
CHOICES = {
    "data.versioning": "dvc",
    "pipeline.ci": "gitlab-ci",
    "serving.runtime": "bentoml",
    "monitoring.drift": "evidently",
    "experiments.tracking": "other: A sheet of paper",
}


def files(workshop: Workshop) -> dict[str, bytes]:
    project = render_project(make_plan(workshop, shipped(), library()))
    return {file.path: file.content for file in project.files if not file.path.startswith(OF_RECORDS)}


@pytest.mark.parametrize("name", WORKSHOPS)
@pytest.mark.parametrize("slot", CHOICES)
def test_what_is_foretold_is_what_the_record_changes(room: str, name: str, slot: str) -> None:
    store = context().store
    room = store.create(WORKSHOPS[name])
    before = files(stored(room))
    somebody_sets(room, f"draft:{slot}", "choice", CHOICES[slot])
    somebody_sets(room, f"draft:{slot}", "because", "It is what we know")
    found = told_files(visit_of(joined(room, "participant")), slot)
    assert found
    op = Op(op_id=new_id(), action="record", item=f"draft:{slot}", value={"decided_on": today().isoformat()})
    store.apply(room, op, Author("lead", "facilitator"), context().content)
    after = files(stored(room))
    assert set(found["added"]) == after.keys() - before.keys()
    assert set(found["removed"]) == before.keys() - after.keys()
    assert set(found["changed"]) == {path for path in after if path in before and after[path] != before[path]}
    assert (found["choice"], found["problem"]) == (CHOICES[slot], "")


def test_the_files_come_when_they_are_asked_for_and_only_for_a_draft(
    room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Relayed()
    monkeypatch.setattr("views.live.relay.relay", browser.relay)
    monkeypatch.setattr("views.deciding.deciding", browser.show)
    somebody_sets(room, "draft:pipeline.ci", "choice", "gitlab-ci")
    browser.wanted = {"files": "pipeline.ci"}
    shown = open_page(monkeypatch, joined(room, "viewer"), "decide")
    shown.run()
    found = [told["files"] for told in browser.told if told["files"]]
    assert ".gitlab-ci.yml" in found[0]["added"]
    for wanted in ("serving.runtime", "no.slot", 7):
        browser.told.clear()
        browser.wanted = {"files": wanted}
        shown.run()
        shown.run()
        assert not shown.exception
        assert [told["files"] for told in browser.told if told["files"]] == []
