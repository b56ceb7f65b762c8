"""The web door and own packs: with a broken one it starts all the same, and says what is wrong with it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from assessments.library.packs import SETTING, packs
from canvas.document.workshop import Answer, Assignment, Target, Workshop
from canvas.log.fold import document_of
from canvas.method.load import shipped
from tests.joined import joined
from tests.live_server import Server
from tests.whole_app import go_to, open_page
from views.steps.assess.practice_sheet import PART
from views.steps.exports import export
from views.web.context import context

# A workshop that was held with a pack of its own.
GONE = Workshop(
    title="Parcels",
    answers=(Answer(id="team.runbook", value="manual"),),
    targets=(Target(model="team-model", value=3, by="2027-06-30"),),
    assignments=(Assignment(id="team.runbook", owner="Ana"),),
)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A pack of one practice that says next to nothing."""
    (tmp_path / "pack/practices").mkdir(parents=True)
    (tmp_path / "pack/practices/team.runbook.yaml").write_text("id: team.runbook\nmood: fine\n", encoding="utf-8")
    return tmp_path / "pack"


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    packs.cache_clear()
    yield monkeypatch
    packs.cache_clear()


def page() -> AppTest:
    return AppTest.from_string("from views.widgets.refused_packs import refused_packs\nrefused_packs()").run()


def test_the_app_starts_without_the_broken_pack_and_logs_why(tmp_path: Path, broken: Path) -> None:
    server = Server(tmp_path, settings={SETTING: str(broken)})
    try:
        server.start()
    finally:
        server.kill()
    log = server.log()
    assert f"Pack refused: {broken}/practices/team.runbook.yaml:2: " in log
    assert "Traceback" not in log


def test_a_page_names_the_file_the_line_and_the_reason(broken: Path, setting: pytest.MonkeyPatch) -> None:
    setting.setenv(SETTING, str(broken))
    shown = page()
    assert "left out" in shown.warning[0].value
    assert f"{broken}/practices/team.runbook.yaml:1: 'source' is missing" in shown.code[0].value
    assert "more, in the log" in shown.code[0].value


def test_a_page_says_nothing_when_all_packs_are_fine(setting: pytest.MonkeyPatch) -> None:
    setting.setenv(SETTING, "")
    assert not page().warning


def test_a_workshop_with_answers_and_a_target_of_a_pack_that_is_gone_opens_on_every_page(
    own_store: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = context().store.create(GONE)
    shown = open_page(monkeypatch, joined(room, "facilitator"), "canvas")
    for step in shipped().steps:
        go_to(shown, monkeypatch, step)
    go_to(shown, monkeypatch, "assess")
    for part in ("Evidence", "Pictures", "Roadmap"):
        shown.session_state[PART] = part
        shown.run()
        assert not shown.exception
    assert any("no model of this name is loaded" in text.value for text in shown.markdown)
    shown.button(key="remove-target:team-model").click().run()
    assert not context().store.read(room, document_of).targets


def test_a_workshop_of_a_pack_that_is_gone_is_still_taken_home_and_the_report_names_what_it_leaves_out() -> None:
    report = export(GONE, "report", "report.md").decode()
    (said,) = [line for line in report.splitlines() if "no pack in use" in line]
    assert "unknown practice 'team.runbook', unknown maturity model 'team-model'" in said
    pages = PdfReader(io.BytesIO(export(GONE, "report", "report.pdf"))).pages
    read = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "unknown practice 'team.runbook'" in read
    assert export(GONE, "diagram", "picture.svg")
    assert export(GONE, "roadmap", "plan.csv")
    assert export(GONE, "scaffold", "project.zip", "--zip")
