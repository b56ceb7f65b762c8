"""What the page hands over to the sheet, and what it does when somebody there asks: for each role, and in secret."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assessments.hints.suggested_answers import suggestions
from assessments.library import packs
from assessments.library.packs import library
from assessments.standing.as_data import figure
from assessments.standing.score_all import score_all
from canvas.document.file import load_workshop
from canvas.document.workshop import Answer, Target, Workshop
from canvas.log.facilitation import room_of
from canvas.log.fold import document_of
from canvas.log.op import Author, Op, Role
from canvas.method.load import shipped
from canvas.store.store import new_id
from tests.joined import joined
from tests.relayed import Relayed
from tests.whole_app import open_page
from views.steps.assess import practice_sheet
from views.steps.assess.practices_asked import ALL, BROUGHT_UP, MODEL
from views.web.context import context

STARTER = load_workshop(Path(__file__).parents[2] / "examples/starter-git-dvc-make.workshop.yaml")
FIRST = "mltestscore"
ASKED = [c.item for c in library().models[FIRST].criteria]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Relayed:
    browser = Relayed()
    monkeypatch.setattr(practice_sheet, "relay", browser.relay)
    monkeypatch.setattr(practice_sheet, "sheet", browser.show)
    return browser


@pytest.fixture
def opened(own_store: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def open_sheet(room: str, role: Role = "participant") -> AppTest:
        shown = open_page(monkeypatch, joined(room, role), "assess")
        assert not shown.exception
        return shown

    return open_sheet


def new_room(document: Workshop = STARTER) -> str:
    return context().store.create(document)


def says(room: str, author: str, item: str, prop: str, value: Any, role: Role = "participant") -> None:
    op = Op(op_id=new_id(), action="set", item=item, prop=prop, value=value)
    context().store.apply(room, op, Author(author, role), context().content)


def stored(room: str) -> Workshop:
    return context().store.read(room, document_of)


def wants(shown: AppTest, browser: Relayed, **wanted: Any) -> AppTest:
    browser.wanted = wanted
    shown.run()
    shown.run()
    assert not shown.exception
    return shown


def test_each_card_comes_once_and_all_of_it_stays_small(opened: Callable[..., AppTest], browser: Relayed) -> None:
    opened(new_room())
    assert set(browser.shown["practices"]) == set(library().judging(STARTER).practices)
    text = json.dumps(browser.shown, ensure_ascii=False)
    assert text.count(library().practices["data.schema"].verify) == 1
    assert len(text) < 300_000
    # What comes again with every score says no card a second time.
    assert len(json.dumps(browser.told[-1])) < 15_000
    assert library().practices["data.schema"].verify not in json.dumps(browser.told)


def test_the_first_target_is_asked_first_and_a_choice_stays(opened: Callable[..., AppTest], browser: Relayed) -> None:
    shown = opened(new_room(Workshop(title="W", targets=(Target(model="google", value=1.0),))))
    assert browser.told[-1]["model"] == "google"
    wants(shown, browser, model="azure")
    assert browser.told[-1]["model"] == "azure"
    wants(shown, browser, model="no such model")
    assert browser.told[-1]["model"] == "azure"


def test_rows_keep_their_order_while_people_answer(opened: Callable[..., AppTest], browser: Relayed) -> None:
    room = new_room(Workshop(title="W"))
    shown = opened(room)
    before = browser.told[-1]["sections"]
    first = before[0]["practices"][0]
    says(room, "ana", f"answer:{first}", "value", "automated")
    wants(shown, browser, score=1)
    assert browser.told[-1]["seq"] > browser.told[0]["seq"]
    assert browser.told[-1]["sections"] == before
    assert any(told["said"] for told in browser.told)


def test_accepting_does_what_was_promised(opened: Callable[..., AppTest], browser: Relayed) -> None:
    opened(new_room(STARTER.model_copy(update={"answers": ()})))
    told = browser.told[-1]
    asked = {practice for section in told["sections"] for practice in section["practices"]}
    found = [s for s in suggestions(stored(browser.shown["workshop"]), shipped(), library()) if s.practice in asked]
    assert told["accepting"]["count"] == len(found) > 0
    answers = tuple(Answer(id=s.practice, value=s.value) for s in found)
    (then,) = score_all(STARTER.model_copy(update={"answers": answers}), library(), only=[FIRST])
    assert told["accepting"]["text"].endswith(f" {figure(then.lower or 0, then.maximum)}.")


def test_names_are_told_unless_authors_are_hidden(opened: Callable[..., AppTest], browser: Relayed) -> None:
    room = new_room(Workshop(title="W"))
    ana = joined(room, "participant")
    context().access.rename(ana, "Ana")
    says(room, ana.id, "answer:data.schema", "value", "manual")
    opened(room, "facilitator")
    who = browser.shown["who"]["data.schema"]
    assert (who["author"], browser.shown["names"]) == (ana.id, {ana.id: "Ana"})
    assert who["at"]
    says(room, "lead", "room:", "hide_authors", True, "facilitator")
    opened(room, "facilitator")
    assert browser.shown["who"]["data.schema"]["author"] is None
    assert "Ana" not in json.dumps(browser.shown)


def test_what_came_with_a_file_was_answered_by_nobody_here(opened: Callable[..., AppTest], browser: Relayed) -> None:
    opened(new_room())
    assert browser.shown["answers"]["data.schema"]["value"] == "none"
    assert browser.shown["who"] == {}


def test_who_answers_alone_gets_nothing_of_what_is_recorded(opened: Callable[..., AppTest], browser: Relayed) -> None:
    room = new_room()
    says(room, "lead", "room:", "assessing", {"state": "open", "model": FIRST}, "facilitator")
    for role in ("participant", "viewer", "facilitator"):
        opened(room, role)
    assert (browser.shown, browser.told) == ({}, [])


@pytest.mark.parametrize(("role", "state"), [("facilitator", "open"), ("participant", None), ("viewer", None)])
def test_only_who_leads_starts_answering_alone(
    opened: Callable[..., AppTest], browser: Relayed, role: Role, state: str | None
) -> None:
    room = new_room()
    shown = opened(room, role)
    assert browser.shown["blind"] is (role == "facilitator")
    wants(shown, browser, blind=FIRST)
    running = context().store.read(room, room_of).assessing
    assert (running.state if running else None) == state


def test_a_practice_that_the_model_does_not_ask_comes_up_among_all(
    opened: Callable[..., AppTest], browser: Relayed
) -> None:
    shown = opened(new_room())
    other = next(practice for practice in library().practices if practice not in ASKED)
    shown.session_state[BROUGHT_UP] = (1, other)
    shown.run()
    assert (browser.told[-1]["model"], browser.told[-1]["focus"]) == (ALL, {"at": 1, "practice": other})
    assert shown.session_state[MODEL] == ALL
    assert {line["title"] for line in browser.told[-1]["standing"]["models"]} == {
        model.title for model in library().models.values()
    }


def test_what_is_asked_from_a_page_that_has_been_left_asks_nothing(
    opened: Callable[..., AppTest], browser: Relayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def relay(data: dict[str, Any], key: str, on_want: Callable[[], None]) -> None:
        # What was pressed last comes with the click that leaves the page: nothing is known of the component by then.
        st.session_state.pop(key, None)
        on_want()

    monkeypatch.setattr(practice_sheet, "relay", relay)
    assert not opened(new_room()).exception


def test_the_editions_are_noted_once_somebody_has_answered(opened: Callable[..., AppTest], browser: Relayed) -> None:
    room = new_room(Workshop(title="W"))
    shown = opened(room)
    wants(shown, browser, score=1)
    assert stored(room).editions == {}
    wants(shown, browser, score=1, mine=True)
    assert stored(room).editions[FIRST] == library().models[FIRST].edition


def test_answers_to_a_practice_that_is_gone_are_carried_over_for_who_may_answer(
    opened: Callable[..., AppTest], browser: Relayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {"replaces": ("data.old",), "revision": 2, "changed": "It was two practices before."}
    known = library()
    split = known.practices["data.schema"].model_copy(update=changes)
    monkeypatch.setattr(
        packs, "packs", lambda: packs.Packs(replace(known, practices={**known.practices, split.id: split}))
    )
    room = new_room(Workshop(title="W", answers=(Answer(id="data.old", value="manual"),)))
    opened(room, "viewer")
    assert {answer.id for answer in stored(room).answers} == {"data.old"}
    carried = browser.shown["answers"][split.id]
    assert (carried["value"], carried["revision"], carried["seqs"]) == ("manual", 1, {})
    opened(room, "participant")
    assert {answer.id for answer in stored(room).answers} == {split.id}
    assert browser.shown["answers"][split.id]["seqs"]["value"] > 0
    assert browser.shown["practices"][split.id]["changed"] == changes["changed"]
