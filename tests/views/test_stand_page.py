"""The page "Where we stand": what it hands over, for each role, and what it does when somebody there asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from canvas.document.file import load_workshop
from canvas.document.workshop import Answer, Note, Requirement, Workshop
from canvas.log.fold import document_of
from canvas.log.op import Author, Op, Role
from canvas.store.lookback import moments
from canvas.store.store import new_id
from tests.joined import joined
from tests.relayed import Relayed
from tests.whole_app import open_page
from views import stand as component
from views.frame.first_page import first_page
from views.live import relay as relaying
from views.visit.session import visit_of
from views.web.context import context

STARTER = load_workshop(Path(__file__).parents[2] / "examples/starter-git-dvc-make.workshop.yaml")
ANSWERED = Workshop(title="W", answers=(Answer(id="data.schema", value="none"),))


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Relayed:
    browser = Relayed()
    monkeypatch.setattr(relaying, "relay", browser.relay)
    monkeypatch.setattr(component, "stand", browser.show)
    return browser


@pytest.fixture
def opened(own_store: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def open_stand(room: str, role: Role = "facilitator") -> AppTest:
        shown = open_page(monkeypatch, joined(room, role), "where-we-stand")
        assert not shown.exception
        return shown

    return open_stand


def new_room(document: Workshop = STARTER) -> str:
    return context().store.create(document)


def stored(room: str) -> Workshop:
    return context().store.read(room, document_of)


def says(room: str, item: str, prop: str, value: Any, role: Role = "facilitator") -> None:
    op = Op(op_id=new_id(), action="set", item=item, prop=prop, value=value)
    context().store.apply(room, op, Author("somebody", role), context().content)


def wants(shown: AppTest, browser: Relayed, **wanted: Any) -> dict[str, Any]:
    """Ask for something as the page does; return what it is told then."""
    browser.wanted = wanted
    shown.run()
    before = len(browser.told)
    shown.run()
    assert not shown.exception
    return browser.told[before]


def assigning(item: str, value: str, base: int = 0, prop: str = "owner", **more: Any) -> dict[str, Any]:
    return {"n": 1, "key": f"{item}/{prop}", "item": item, "prop": prop, "value": value, "base": base, **more}


@pytest.mark.parametrize("document", [STARTER, Workshop(title="W")], ids=["full", "empty"])
def test_the_page_comes_whole_and_stays_small(
    opened: Callable[..., AppTest], browser: Relayed, document: Workshop
) -> None:
    opened(new_room(document), "viewer")
    page = browser.shown
    assert (page["mayChoose"], page["mayEdit"]) == (False, False)
    assert page["summary"]["title"] == document.title
    assert page["picture"]["light"].startswith("<svg") or "<svg" in page["picture"]["light"]
    assert len(json.dumps(page["summary"])) < 20_000
    # The picture comes with the page, and again only when it is another one.
    assert all("picture" not in told for told in browser.told)


def test_who_leads_chooses_the_models_and_nobody_else_can(opened: Callable[..., AppTest], browser: Relayed) -> None:
    room = new_room()
    told = wants(opened(room), browser, models=["google", "aws"])
    assert (told["refused"], stored(room).models) == (None, ("google", "aws"))
    assert [level["model"] for level in told["summary"]["levels"]] == ["google", "aws"]
    told = wants(opened(room, "participant"), browser, models=["azure"])
    assert "Only the facilitator chooses" in told["refused"]
    assert stored(room).models == ("google", "aws")
    told = wants(opened(room), browser, models=[])
    assert (stored(room).models, told["summary"]["by_default"]) == ((), True)


def test_owner_and_day_are_kept_and_are_those_of_the_roadmap(opened: Callable[..., AppTest], browser: Relayed) -> None:
    room = new_room(ANSWERED)
    shown = opened(room)
    item = browser.shown["summary"]["steps"]["steps"][0]["item"]
    told = wants(
        shown, browser, assign=[assigning(item, "Amina"), {**assigning(item, "2026-12-11", prop="by"), "n": 2}]
    )
    assert [one["message"] for one in told["assigned"]] == [None, None]
    (kept,) = stored(room).assignments
    assert (kept.id, kept.owner, kept.by) == (item, "Amina", "2026-12-11")
    step = next(step for step in told["summary"]["steps"]["steps"] if step["item"] == item)
    assert (step["owner"], step["by"]) == ("Amina", "2026-12-11")
    wants(shown, browser, assign=[assigning(item, "", step["bases"]["owner"])])
    assert stored(room).assignments[0].owner is None


def test_who_was_slower_is_told_and_loses_nothing(opened: Callable[..., AppTest], browser: Relayed) -> None:
    room = new_room(ANSWERED)
    shown = opened(room)
    step = browser.shown["summary"]["steps"]["steps"][0]
    item = step["item"]
    says(room, f"assignment:{item}", "owner", "Jonas")
    told = wants(shown, browser, assign=[assigning(item, "Amina", step["bases"]["owner"])])
    (one,) = told["assigned"]
    assert (one["key"], one["stale"]) == (f"{item}/owner", True)
    assert stored(room).assignments[0].owner == "Jonas"
    told = wants(shown, browser, assign=[assigning(item, "Amina", step["bases"]["owner"], over=True)])
    assert told["assigned"][0]["message"] is None
    assert stored(room).assignments[0].owner == "Amina"


@pytest.mark.parametrize(
    "wanted",
    [
        {"assign": "x"}, {"assign": [1, {"prop": "slug"}, {"item": 5, "prop": "owner", "value": []}]}, {"models": [3]},
        {"models": "google"}, {"name": ""}, {"name": 4}, {"go": "nowhere"}, {"go": ["assess"]}, {"fresh": "x"},
        {"assign": [{"n": 1, "key": "k", "item": "data.schema", "prop": "by", "value": "yesterday"}]},
    ],
)  # fmt: skip
def test_whatever_a_browser_sends_nothing_breaks(
    opened: Callable[..., AppTest], browser: Relayed, wanted: dict[str, Any]
) -> None:
    room = new_room(ANSWERED)
    wants(opened(room), browser, **wanted)
    assert (stored(room).models, stored(room).assignments) == ((), ())


def test_a_named_moment_is_what_the_next_change_is_compared_with(
    opened: Callable[..., AppTest], browser: Relayed
) -> None:
    room = new_room(ANSWERED)
    shown = opened(room)
    assert (browser.shown["summary"]["since"], browser.shown["unchanged"]) == (None, None)
    told = wants(shown, browser, name="Kick-off")
    assert told["named"]
    assert [moment.name for moment in context().store.read(room, moments)] == ["Kick-off"]
    assert told["unchanged"] == "Kick-off"
    says(room, "requirement:upkeep", "value", False)
    told = wants(shown, browser, fresh=3)
    since = told["summary"]["since"]
    assert since["name"] == "Kick-off"
    assert ("Verdict", "open", "stop") in [(one["label"], one["before"], one["after"]) for one in since["lines"]]


def test_a_link_leads_to_the_answers_behind_it(opened: Callable[..., AppTest], browser: Relayed) -> None:
    shown = opened(new_room(ANSWERED))
    wants(shown, browser, go="assess", practice="data.schema", model="google")
    assert shown.session_state["sheet-model"] == "google"
    assert shown.session_state["sheet-brought-up"][1] == "data.schema"


VALUE = (Requirement(id="upkeep", value=True, state="decided"),)
NOTED = {"stack-canvas": {"value": (Note(id="n", text="x"),)}}


@pytest.mark.parametrize(
    ("document", "page"),
    [
        (Workshop(title="W"), "canvas"),
        (Workshop(title="W", canvases=NOTED), "canvas"),
        (ANSWERED, "where-we-stand"),
        (Workshop(title="W", requirements=VALUE), "where-we-stand"),
        (STARTER, "where-we-stand"),
    ],
)
def test_a_workshop_with_answers_opens_on_where_it_stands(own_store: None, document: Workshop, page: str) -> None:
    room = new_room(document)
    member = joined(room, "participant")
    assert first_page(visit_of(member)) == page
    # Whoever comes while the room is led finds the room.
    says(room, "room:", "agenda", {"leaves": None, "enters": "arrive"})
    assert first_page(visit_of(member)) == "canvas"


def test_what_was_led_days_ago_leads_nobody_any_more(own_store: None, monkeypatch: pytest.MonkeyPatch) -> None:
    room = new_room(ANSWERED)
    says(room, "room:", "agenda", {"leaves": None, "enters": "arrive"})
    monkeypatch.setattr("views.frame.first_page.stamp", lambda: "2999-01-01T10:00:00.000+00:00")
    assert first_page(visit_of(joined(room, "participant"))) == "where-we-stand"
