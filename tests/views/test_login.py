"""With `STACK_CANVAS_LOGIN=required` only who has logged in starts a workshop; without it nobody needs to."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from canvas.errors import SettingWrong
from canvas.store.sql_tables import WORKSHOP
from views.web.context import context, ready
from views.web.login import check_login, login_required

START = str(Path(__file__).parents[2] / "views/steps/start.py")


@pytest.fixture
def page(own_store: None, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.delenv("STACK_CANVAS_LOGIN", raising=False)
    return AppTest.from_file(START, default_timeout=30)


def workshops() -> int:
    with context().store.engine.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(WORKSHOP)) or 0)


def start(page: AppTest) -> None:
    page.text_input[0].input("Parcel delays")
    next(button for button in page.button if button.label == "Start").click().run()


def labels(page: AppTest) -> set[str]:
    return {button.label for button in page.button}


def test_nobody_needs_a_login_unless_it_is_demanded(page: AppTest) -> None:
    page.run()
    assert not labels(page) & {"Log in", "Log out"}
    start(page)
    assert workshops() == 1


def test_who_has_not_logged_in_is_offered_the_login_and_nothing_else(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STACK_CANVAS_LOGIN", "required")
    page.run()
    assert not page.exception
    assert labels(page) == {"Log in"}
    assert not page.text_input


def test_who_has_logged_in_starts_a_workshop(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STACK_CANVAS_LOGIN", "required")
    page.user = {"is_logged_in": True, "email": "*lead*@example.com"}
    page.run()
    assert "Log in" not in labels(page)
    assert "Log out" in labels(page)
    assert any("\\*lead" in caption.value for caption in page.caption), "an address is text, never markup"
    start(page)
    assert workshops() == 1


def test_a_form_left_open_from_before_starts_nothing(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    page.run()
    monkeypatch.setenv("STACK_CANVAS_LOGIN", "required")
    start(page)
    assert workshops() == 0


@pytest.mark.parametrize("value", ["Required", "yes", "1", "off"])
def test_a_value_that_means_nothing_opens_nothing(page: AppTest, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("STACK_CANVAS_LOGIN", value)
    with pytest.raises(SettingWrong, match="Set it to 'required'"):
        login_required()
    with pytest.raises(SystemExit, match="STACK_CANVAS_LOGIN"):
        ready()


def test_a_login_that_cannot_work_ends_the_start_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STACK_CANVAS_LOGIN", "required")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SettingWrong, match="pip install"):
        check_login()
