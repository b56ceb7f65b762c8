"""Deciding on pages that change under the hand: what the page hands over, whose it is, and what it does when asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from canvas.advice.facts import known_facts
from canvas.advice.options import rank_options
from canvas.document.file import load_workshop
from canvas.log.op import Author, Op, Role
from canvas.store.store import new_id
from tests.joined import joined
from tests.opened_pages import Open, keyed, somebody_sets, stored, words
from tests.relayed import Relayed
from tests.whole_app import open_page
from views.steps.decide.decide_data import choosable, standing
from views.visit.session import visit_of
from views.web.context import context

SLOT = "serving.runtime"
STARTER = load_workshop(Path(__file__).parents[2] / "examples/starter-git-dvc-make.workshop.yaml")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Relayed:
    browser = Relayed()
    monkeypatch.setattr("views.live.relay.relay", browser.relay)
    monkeypatch.setattr("views.deciding.deciding", browser.show)
    return browser


def told(room: str, role: Role = "facilitator") -> dict[str, Any]:
    return standing(visit_of(joined(room, role)))


def slot_of(room: str, slot: str = SLOT, role: Role = "facilitator") -> dict[str, Any]:
    return next(found for found in told(room, role)["slots"] if found["id"] == slot)


def answered(room: str) -> None:
    for name, value in {"prediction-timing": "on-request", "team-size": 3, "latency-p95": 300}.items():
        somebody_sets(room, f"requirement:{name}", "value", value)


def records(room: str, slot: str = SLOT, **more: Any) -> None:
    op = Op(op_id=new_id(), action="record", item=f"draft:{slot}", value={"decided_on": "2026-11-20", **more})
    context().store.apply(room, op, Author("lead", "facilitator"), context().content)


# What is handed over


def test_what_is_handed_over_can_be_sent(room: str) -> None:
    context().store.create(STARTER)
    for data in (choosable(visit_of(joined(room, "viewer"))), told(room)):
        assert json.loads(json.dumps(data)) == data


def test_every_slot_is_told_with_its_options_as_they_rank(room: str) -> None:
    answered(room)
    found = told(room)
    content = context().content
    assert [slot["id"] for slot in found["slots"]] == list(content.slots)
    facts = known_facts(stored(room), content)
    for slot in content.slots:
        ranked = rank_options(slot, facts, content)
        assert [option["id"] for option in found["ranked"][slot]["options"]] == [option.entry.id for option in ranked]
        assert [option["fit"] for option in found["ranked"][slot]["options"]] == [option.fit for option in ranked]
    runtime = found["ranked"][SLOT]
    assert ["Team size", "3 people"] in [[title, value] for title, value in runtime["from"]] or runtime["from"]
    assert "Requests a day" in " ".join(runtime["open"]) or runtime["open"]
    best = runtime["options"][0]
    assert best["id"] == "fastapi"
    assert best["reason"].startswith("Answers one request at a time, as we need it; ")
    assert best["project"]["way"] == "generated"


def test_a_draft_and_a_record_are_told_apart(room: str) -> None:
    assert (slot_of(room)["draft"], slot_of(room)["record"]) == (None, None)
    somebody_sets(room, f"draft:{SLOT}", "choice", "fastapi")
    somebody_sets(room, f"draft:{SLOT}", "because", "It is small")
    found = slot_of(room)
    assert (found["draft"]["choice"], found["draft"]["because"], found["record"]) == ("fastapi", "It is small", None)
    assert found["seqs"]["choice"] > 0
    records(room)
    found = slot_of(room)
    assert (found["draft"], found["record"]["number"], found["records"]) == (None, 1, 1)
    somebody_sets(room, f"draft:{SLOT}", "choice", "bentoml")
    found = slot_of(room)
    assert (found["draft"]["choice"], found["record"]["choice"]) == ("bentoml", "fastapi")
    records_before = found["records"]
    somebody_sets(room, f"draft:{SLOT}", "because", "No")
    records(room, status="rejected")
    found = slot_of(room)
    assert (found["record"]["choice"], found["records"]) == ("fastapi", records_before + 1)


def test_who_chose_is_told_only_while_authors_are_shown(room: str) -> None:
    member = joined(room, "participant")
    context().access.rename(member, "Amina")
    op = Op(op_id=new_id(), action="set", item=f"draft:{SLOT}", prop="choice", value="fastapi")
    context().store.apply(room, op, member.author, context().content)
    assert slot_of(room)["who"]["choice"] == {"mine": False, "name": "Amina"}
    hide = Op(op_id=new_id(), action="set", item="room:", prop="hide_authors", value=True)
    context().store.apply(room, hide, Author("lead", "facilitator"), context().content)
    assert slot_of(room)["who"]["choice"] == {"mine": False, "name": None}


def test_a_slot_that_a_rule_takes_out_has_no_options_and_says_why(room: str) -> None:
    somebody_sets(room, "requirement:model-source", "value", "ready-made")
    found = told(room)
    gone = next(slot for slot in found["slots"] if slot["id"] == "experiments.framework")
    assert gone["gone"]["why"] == "Without training there is no library to train with."
    assert "experiments.framework" not in found["ranked"]
    runtime = next(slot for slot in found["slots"] if slot["id"] == SLOT)
    assert runtime["question"] == "Which program takes the question, asks the model and gives the answer?"


def test_a_contradiction_comes_with_both_places_and_goes_with_its_mend(room: str) -> None:
    for slot, choice in {"pipeline.ci": "github-actions", "foundations.repository": "gitlab"}.items():
        somebody_sets(room, f"draft:{slot}", "choice", choice)
    found = told(room)
    [against] = found["contradictions"]
    assert [place["slot"] for place in against["places"]] == ["pipeline.ci", "foundations.repository"]
    assert {"slot": "pipeline.ci", "choice": "gitlab-ci"} in against["mends"]
    assert [slot["id"] for slot in found["slots"] if slot["contradicts"]] == ["pipeline.ci"]
    somebody_sets(room, "draft:pipeline.ci", "choice", "gitlab-ci")
    assert told(room)["contradictions"] == []


def test_what_can_be_drafted_as_advised_leaves_with_the_draft(room: str) -> None:
    answered(room)
    drafts = {draft["slot"]: draft for draft in told(room)["advised"]["drafts"]}
    assert drafts[SLOT]["choice"] == "fastapi"
    somebody_sets(room, f"draft:{SLOT}", "choice", "bentoml")
    assert SLOT not in {draft["slot"] for draft in told(room)["advised"]["drafts"]}


# The page


def test_the_records_below_are_those_of_the_slot_that_is_looked_at(room: str, opened: Open) -> None:
    somebody_sets(room, f"draft:{SLOT}", "choice", "fastapi")
    somebody_sets(room, f"draft:{SLOT}", "because", "It is small")
    records(room)
    shown = opened("decide")
    assert "Decision 1, recorded" not in words(shown)
    shown.session_state["slot"] = SLOT
    shown.run()
    assert "Decision 1, recorded 2026-11-20" in words(shown)


@pytest.mark.parametrize(
    "wanted", [{"slot": SLOT}, {"slot": "no.slot"}, {"slot": 7}, {"upto": "x"}, {"accept": ["x"]}, {"reopen": "x"}, {}]
)
def test_what_the_component_asks_for_is_checked(
    room: str, browser: Relayed, monkeypatch: pytest.MonkeyPatch, wanted: dict[str, Any]
) -> None:
    browser.wanted = wanted
    shown = open_page(monkeypatch, joined(room, "facilitator"), "decide")
    assert not shown.exception
    slot = shown.session_state["slot"] if "slot" in shown.session_state else None  # noqa: SIM401
    assert slot == (SLOT if wanted.get("slot") == SLOT else None)
    assert browser.shown["me"]["role"] == "facilitator"
    assert browser.told[-1]["picture"] is None


@pytest.mark.parametrize(("role", "may"), [("viewer", False), ("participant", True)])
def test_a_contradiction_is_accepted_by_those_who_may_edit_and_once(
    room: str, browser: Relayed, monkeypatch: pytest.MonkeyPatch, role: Role, may: bool
) -> None:
    somebody_sets(room, "draft:pipeline.ci", "choice", "github-actions")
    somebody_sets(room, "draft:foundations.repository", "choice", "gitlab")
    [found] = told(room)["contradictions"]
    shown = open_page(monkeypatch, joined(room, role), "decide")
    for _ in range(2):
        browser.wanted = {"accept": found["source"]}
        shown.run()
        shown.run()
    assert [risk.residual for risk in stored(room).risks] == (["acceptable"] if may else [])
    assert any(one["refused"] for one in browser.told) is not may
    assert len(told(room)["accepted"]) == (1 if may else 0)
    browser.wanted = {"reopen": found["source"]}
    shown.run()
    assert [risk.residual for risk in stored(room).risks] == (["open"] if may else [])
    assert [one["source"] for one in told(room)["contradictions"]] == [found["source"]]


def test_the_picture_comes_when_it_is_asked_for(room: str, browser: Relayed, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.wanted = {"picture": True}
    shown = open_page(monkeypatch, joined(room, "viewer"), "decide")
    assert "picture" not in browser.shown
    shown.run()
    assert "<svg" in next(told["picture"]["svg"] for told in browser.told if told["picture"])


# Texts and labels that change elsewhere


def test_a_text_whose_field_went_away_before_it_was_saved_is_told_on_its_page(room: str, opened: Open) -> None:
    task = Op(op_id=new_id(), action="add", item="task:t-1", value={"title": "Sort"})
    context().store.apply(room, task, Author("somebody", "facilitator"), context().content)
    shown = opened("phase-zero")
    keyed(shown.text_area, "task:t-1:note").set_value("x" * 5000).run()
    assert "Nothing is saved until it is shortened" in words(shown)
    assert "What you had typed was not saved," not in words(shown)
    somebody_sets(room, "task:t-1", "deleted", True)
    shown.run()
    assert "What you had typed was not saved," in words(shown)
    assert "x" * 5000 in [code.value for code in shown.code]
    shown.button(key="go-task:t-1:note").click().run()
    assert "What you had typed was not saved," not in words(shown)


def test_things_with_the_same_label_are_told_apart(room: str, opened: Open) -> None:
    somebody_sets(room, "workshop:", "team", "Depot")
    for moment in ("m-one", "m-two"):
        op = Op(op_id=new_id(), action="add", item=f"moment:{moment}", value={"name": "After lunch"})
        context().store.apply(room, op, Author("somebody", "facilitator"), context().content)
    shown = opened("history")
    keyed(shown.button_group, "history-mode").set_value("Compare").run()
    box = keyed(shown.selectbox, "compare-from")
    assert box.options == ["The start", "After lunch", "After lunch (2)", "Now"]
    picked = []
    for index in (1, 2):
        keyed(shown.selectbox, "compare-from").select_index(index).run()
        picked.append(shown.session_state["compare-from"])
    assert picked == ["m-one", "m-two"]
