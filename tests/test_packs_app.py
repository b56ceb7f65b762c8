"""The web door and own packs: with a broken one it starts all the same, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessments.packs import SETTING, packs
from tests.live_server import Server


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
    return AppTest.from_string("from views.refused_packs import refused_packs\nrefused_packs()").run()


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
