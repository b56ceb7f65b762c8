"""Whoever was put out is out: using what an open page of theirs still shows changes nothing. So with too few rights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from canvas.document.file import load_workshop
from canvas.errors import LinkRefused
from canvas.log.events import Event
from canvas.log.op import Role
from canvas.method.load import shipped
from canvas.store.access import Member
from canvas.store.database import writing
from canvas.store.sql_tables import LINK, PARTICIPANT
from tests.joined import joined
from tests.whole_app import open_page, use_everything
from views.frame import invite
from views.steps import steps_of
from views.steps.assess.practice_sheet import PART
from views.visit import fragments, session
from views.web.context import context
from views.widgets import downloads

Place = tuple[str, Mapping[str, str]]
EXAMPLE = Path(__file__).parents[2] / "examples/starter-git-dvc-make.workshop.yaml"
# Every page, and each part of the pages that show one part at a time, by what opens it.
PARTS = {
    "assess": [{PART: name} for name in ("Measured figures", "Evidence", "Roadmap", "All models", "Pictures")],
    "decide": [{"slot": "data.versioning"}],
    "history": [{"history-mode": mode} for mode in ("Compare", "Trend", "Earlier texts")],
}
PLACES = [(step.id, part) for step in steps_of(shipped())[1:] for part in ({}, *PARTS.get(step.id, []))]
Open = Callable[[Place, Role], AppTest]


@pytest.fixture
def room(own_store: None) -> str:
    return context().store.create(load_workshop(EXAMPLE))


@pytest.fixture
def opened(room: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    def open_place(place: Place, role: Role) -> AppTest:
        step, part = place
        shown = open_page(monkeypatch, joined(room, role), step)
        if part:
            for key, value in part.items():
                shown.session_state[key] = value
            shown.run()
        return shown

    return open_place


def events(room: str) -> list[Event]:
    return context().store.events_since(room, 1)


def kept(room: str) -> tuple[list[Event], Any, Any]:
    """Everything that a page could change: the log, the links and the people."""
    with context().store.engine.connect() as connection:
        links = connection.execute(sa.select(LINK).order_by(LINK.c.id)).all()
        people = connection.execute(sa.select(PARTICIPANT).order_by(PARTICIPANT.c.id)).all()
    return events(room), links, people


def becomes(member: Member, role: Role) -> None:
    """Give the link of a member another role, as if it had been this one all along."""
    with writing(context().store.engine) as connection:
        connection.execute(sa.update(LINK).where(LINK.c.id == member.link).values(role=role))


def named(place: Place) -> str:
    return " ".join((place[0], *place[1].values()))


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_an_open_page_changes_nothing_once_its_link_is_taken_back(room: str, opened: Open, place: Place) -> None:
    shown = opened(place, "facilitator")
    context().access.revoke(room, joined(room, "facilitator").link)
    before = kept(room)
    assert use_everything(shown) > 0
    assert kept(room) == before
    assert "no longer valid" in shown.error[0].value
    assert not shown.exception
    assert not shown.button


def test_who_was_put_out_while_typing_sees_what_they_typed(room: str, opened: Open) -> None:
    shown = opened(("phase-zero", {}), "participant")
    field = next(area for area in shown.text_area if area.key == "requirement:users:value")
    put_out(joined(room, "participant"))
    field.set_value("The couriers of all depots").run()
    assert "no longer valid" in shown.error[0].value
    assert [code.value for code in shown.code] == ["The couriers of all depots"]
    assert events(room) == []


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_an_open_page_of_a_facilitator_leads_nobody_once_they_only_take_part(
    room: str, opened: Open, place: Place
) -> None:
    shown = opened(place, "facilitator")
    becomes(joined(room, "facilitator"), "participant")
    links = kept(room)[1]
    use_everything(shown)
    assert not shown.exception
    assert not [event for event in events(room) if event.kind == "room"]
    assert kept(room)[1] == links


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_who_looks_on_changes_nothing_on_their_own_page_nor_on_one_that_was_more(
    room: str, opened: Open, place: Place
) -> None:
    for role in ("viewer", "participant"):
        shown = opened(place, role)
        becomes(joined(room, role), "viewer")
        use_everything(shown)
        assert not shown.exception
        assert events(room) == []


def test_the_same_hands_do_change_something_as_long_as_they_may(room: str, opened: Open) -> None:
    changed = {}
    for step in ("decide", "phase-zero", "crisp-ml"):
        before = len(events(room))
        [part] = PARTS.get(step, [{}])
        shown = opened((step, part), "facilitator")
        use_everything(shown)
        # What the first time opens; a record ends if what is typed can be a day as well.
        use_everything(shown, "2019" if step == "decide" else "0,5")
        changed[step] = {event.kind for event in events(room)[before:]}
    assert {"draft", "outcome"} <= changed["decide"]
    assert "requirement" in changed["phase-zero"]
    assert "task" in changed["phase-zero"]
    assert {"risk", "row"} <= changed["crisp-ml"]
    for part, kind in zip(PARTS["assess"][:3], ("answer", "answer", "target"), strict=True):
        before = len(events(room))
        use_everything(opened(("assess", part), "facilitator"))
        assert kind in {event.kind for event in events(room)[before:]}, part


def test_a_download_of_an_open_page_hands_out_nothing_once_its_link_is_taken_back(
    room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = session.visit_of(joined(room, "participant"))
    made: list[Callable[[], bytes]] = []
    monkeypatch.setattr(st, "download_button", lambda _label, make, *_rest, **_look: made.append(make))
    downloads.download(visit, "YAML", lambda: b"all of it", "w.yaml", "application/yaml")
    assert made[0]() == b"all of it"
    context().access.revoke(room, visit.member.link)
    with pytest.raises(LinkRefused, match="no longer valid"):
        made[0]()


def put_out(member: Member) -> None:
    context().access.revoke(member.workshop, member.link)


def let_only_take_part(member: Member) -> None:
    becomes(member, "participant")


@pytest.mark.parametrize("change", [put_out, let_only_take_part])
def test_the_invite_dialog_shows_no_link_and_takes_none_back(room: str, change: Callable[[Member], None]) -> None:
    visit = session.visit_of(joined(room, "facilitator"))
    other = context().access.new_link(room, "participant")
    links = {link.id for link in context().access.links(room)}
    change(visit.member)
    for ask in (lambda: session.links(visit), lambda: session.link_for(visit, "participant")):
        with pytest.raises(LinkRefused):
            ask()
    for link in links - {visit.member.link}:
        invite.take_back(visit, link)
    assert context().access.invited(other)


@pytest.mark.parametrize("change", [put_out, let_only_take_part])
def test_a_dialog_that_runs_by_itself_asks_before_it_shows_anything(
    room: str, monkeypatch: pytest.MonkeyPatch, change: Callable[[Member], None]
) -> None:
    class WholePage(Exception):
        pass

    def run_again() -> None:
        raise WholePage

    shown: list[str] = []
    monkeypatch.setattr(st, "rerun", run_again)
    monkeypatch.setattr(st, "dialog", lambda _title, **_look: lambda body: body)
    part = fragments.dialog("Links", leads=True)(lambda visit: shown.append(visit.id))
    visit = session.visit_of(joined(room, "facilitator"))
    part(visit)
    assert shown == [room]
    change(visit.member)
    with pytest.raises(WholePage):
        part(visit)
    assert shown == [room]
