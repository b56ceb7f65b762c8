"""The start page tells the workshops of a browser apart, also two of one name, and shows what the examples are like."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from canvas.document.workshop import Workshop
from canvas.log.op import Role
from canvas.store.access import cookie_name
from tests.opened_pages import somebody_sets
from views.steps import opened_before
from views.web.context import context

START = Path(__file__).parents[2] / "views/steps/start.py"


def joined_as(workshop: str, role: Role) -> dict[str, str]:
    """Return the cookie that a browser gets for a link of this role."""
    access = context().access
    _, cookie = access.join(access.link_for(workshop, role))
    return {cookie_name(workshop, role): cookie}


@pytest.fixture
def cookies(own_store: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The cookies of the browser that looks."""
    given: dict[str, str] = {}
    found = SimpleNamespace(context=SimpleNamespace(cookies=given), subheader=lambda _: None, html=lambda _: None)
    monkeypatch.setattr(opened_before, "st", found)
    return given


def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the entries of the list, in order."""
    told: list[str] = []
    monkeypatch.setattr(opened_before.st, "html", told.append)
    opened_before.show_opened()
    return told[0].removeprefix('<ul class="opened">').removesuffix("</ul>").split("</li>")[:-1] if told else []


def test_two_of_one_name_differ_in_team_role_last_change_and_how_far_they_are(
    cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = context().store.create(Workshop(title="Parcels", team="Depot north"))
    second = context().store.create(Workshop(title="Parcels", team="Depot south"))
    cookies |= joined_as(first, "facilitator") | joined_as(second, "viewer")
    somebody_sets(first, "requirement:users", "value", "Couriers")
    north, south = shown(monkeypatch)
    assert "Depot north" in north
    assert "you lead" in north
    assert "1 answer<" in north
    assert f"w={first}&amp;as=facilitator" in north
    assert "Depot south" in south
    assert "you view it" in south
    assert "0 notes, 0 decisions, 0 answers" in south
    assert all("changed 20" in entry for entry in (north, south))


def test_what_people_typed_is_no_markup(cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = context().store.create(Workshop(title="<img src=x>", team="a & b"))
    cookies |= joined_as(workshop, "participant")
    [entry] = shown(monkeypatch)
    assert "&lt;img src=x&gt;" in entry
    assert "a &amp; b" in entry
    assert "<img" not in entry


def test_nobody_elses_are_listed_and_no_heading_stands_over_nothing(
    cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = context().store.create(Workshop(title="Not mine"))
    cookies[cookie_name(workshop, "facilitator")] = "forged"
    assert shown(monkeypatch) == []
    assert opened_before.opened_before() == []


@pytest.mark.usefixtures("own_store")
def test_each_example_has_a_picture_that_says_what_it_is() -> None:
    page = AppTest.from_file(str(START), default_timeout=60).run()
    assert not page.exception
    pictures = page.get("image")
    assert len(pictures) == len([button for button in page.button if button.label == "Open a copy"]) == 3
