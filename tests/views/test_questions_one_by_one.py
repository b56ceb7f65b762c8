"""One question at a time, behind the component: what it is given, what becomes of what it asks for, and for whom."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from canvas.log.facilitation import room_of
from canvas.log.op import Author, Op, Role
from canvas.method.load import shipped
from canvas.store.store import new_id
from tests.joined import joined
from tests.opened_pages import somebody_sets, stored, values
from tests.relayed import Relayed
from tests.whole_app import open_page
from views.steps.method import one_question
from views.steps.method.one_question import ONE
from views.web.context import context

CONTENT = shipped()
DELAY, COST = "label-delay", "wrong-prediction-cost"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Relayed:
    browser = Relayed()
    monkeypatch.setattr(one_question, "relay", browser.relay)
    monkeypatch.setattr(one_question, "question", browser.show)
    return browser


Opens = Callable[..., AppTest]


@pytest.fixture
def page(room: str, browser: Relayed, monkeypatch: pytest.MonkeyPatch) -> Opens:
    def open_it(role: Role = "participant", step: str = "phase-zero") -> AppTest:
        return open_page(monkeypatch, joined(room, role), step, view=ONE)

    return open_it


def wants(shown: AppTest, browser: Relayed, **wanted: Any) -> AppTest:
    browser.wanted = wanted
    shown.run()
    shown.run()
    assert not shown.exception
    return shown


def save(question: str, typed: str, kind: str = "value", **more: Any) -> dict[str, Any]:
    return {"id": new_id(), "kind": kind, "question": question, "typed": typed, "base": 0, **more}


def saves(shown: AppTest, browser: Relayed, *all_of: dict[str, Any]) -> list[Any]:
    """Send saves and return what became of each: None, or the code of the refusal."""
    wants(shown, browser, saves=list(all_of))
    results = browser.told[-1]["results"]
    return [results[one["id"]] and results[one["id"]]["code"] for one in all_of]


def leads(room: str, prop: str, value: Any) -> None:
    op = Op(op_id=new_id(), action="set", item="room:", prop=prop, value=value)
    context().store.apply(room, op, Author("lead", "facilitator"), context().content)


def replies(room: str, who: str, value: Any) -> None:
    op = Op(op_id=new_id(), action="set", item=f"judgement:{DELAY}", prop="reply", value=value)
    context().store.apply(room, op, Author(who, "participant"), context().content)


def test_all_questions_come_once_and_stay_small(page: Opens, browser: Relayed) -> None:
    page()
    asked = [id_ for group in browser.shown["groups"] for id_ in group["questions"]]
    assert set(asked) == set(browser.shown["questions"]) == set(browser.told[-1]["answers"])
    assert len(json.dumps(browser.shown)) < 60_000
    assert len(json.dumps(browser.told[-1])) < 16_000
    assert CONTENT.requirements[DELAY].purpose not in json.dumps(browser.told[-1])


def test_what_an_answer_decides_is_derived_from_the_rules(page: Opens, browser: Relayed) -> None:
    page()
    told = browser.shown["questions"]
    assert any("Monitoring" in line for line in told[DELAY]["decides"])
    assert f"The advice: {CONTENT.advisors['go'].title}." in told["gain"]["decides"]
    assert "No advice reads it. It goes into the report as you write it." in told["users"]["decides"]
    assert "{" not in json.dumps([one["decides"] for one in told.values()])
    read = [id_ for id_, found in CONTENT.reads.items() if found.advisors or found.blocks or found.slots]
    assert not [id_ for id_ in read if id_ in told and "No advice" in " ".join(told[id_]["decides"])]


def test_what_is_typed_is_read_as_in_the_list(room: str, page: Opens, browser: Relayed) -> None:
    done = saves(
        page(), browser, save("base-rate", "1 in 500"), save(COST, "medium"), save("human-check", "no"),
        save("users", "  The\tdispatchers "), save("metric-threshold", "0,92"),
    )  # fmt: skip
    assert done == [None] * 5
    told = {COST: "medium", "human-check": False, "users": "The dispatchers", "metric-threshold": 0.92}
    assert values(room) == {"base-rate": 0.2, **told}
    assert browser.told[-1]["answers"]["human-check"]["typed"] == "no"
    assert browser.told[-1]["answers"][COST]["printed"] == "Medium"
    assert browser.told[-1]["answers"][COST]["state"] == "decided"


@pytest.mark.parametrize(
    ("question", "typed", "code"),
    [
        (DELAY, "soon", "malformed"),
        (DELAY, "4 days", None),
        ("benefit-per-year", "1.500", "malformed"),
        ("users", "x" * 201, "too-large"),
        (COST, "no such option", "malformed"),
        ("human-check", "perhaps", "malformed"),
    ],
)
def test_what_cannot_be_read_is_refused_and_changes_nothing(
    room: str, page: Opens, browser: Relayed, question: str, typed: str, code: str | None
) -> None:
    assert saves(page(), browser, save(question, typed)) == [code]
    assert (values(room) == {}) == (code is not None)


def test_emptying_an_answer_opens_it_again(room: str, page: Opens, browser: Relayed) -> None:
    shown = page()
    saves(shown, browser, save(DELAY, "4"))
    saves(shown, browser, save(DELAY, ""))
    assert values(room) == {}
    assert browser.told[-1]["answers"][DELAY]["assumed"]["printed"] == "7 days"


def test_each_asking_is_done_once_however_often_it_comes(room: str, page: Opens, browser: Relayed) -> None:
    shown, one = page(), save(DELAY, "4")
    saves(shown, browser, one)
    somebody_sets(room, f"requirement:{DELAY}", "value", 9)
    assert saves(shown, browser, one) == [None]
    assert values(room) == {DELAY: 9}


def test_of_two_at_once_the_second_is_refused_until_they_have_seen_it(room: str, page: Opens, browser: Relayed) -> None:
    shown = page()
    somebody_sets(room, f"requirement:{DELAY}", "value", 9)
    assert saves(shown, browser, save(DELAY, "4")) == ["stale"]
    assert values(room) == {DELAY: 9}
    assert browser.told[-1]["answers"][DELAY]["printed"] == "9 days"
    assert saves(shown, browser, save(DELAY, "4", over=True)) == [None]
    assert values(room) == {DELAY: 4}
    # What I have saved myself is no news to me.
    assert saves(shown, browser, save(DELAY, "5")) == [None]


def test_what_is_typed_counts_in_the_advice_before_it_is_saved(room: str, page: Opens, browser: Relayed) -> None:
    shown = page()
    wants(shown, browser, at="upkeep", typed="no")
    [go] = [one for one in browser.told[-1]["advice"] if one["id"] == "go"]
    assert (go["value"], go["turns"]) == ("stop", [])
    assert browser.told[-1]["with"]["printed"] == "no"
    assert "Stop" in str(browser.told[-1]["with"]["changes"])
    assert values(room) == {}
    wants(shown, browser, at="upkeep", typed=None)
    [go] = [one for one in browser.told[-1]["advice"] if one["id"] == "go"]
    assert (go["value"], go["soFar"]) == (None, None)
    assert go["turns"]


def test_a_number_that_cannot_be_read_is_told_while_it_is_typed(page: Opens, browser: Relayed) -> None:
    wants(page(), browser, at=DELAY, typed="soonish")
    assert "such as" in browser.told[-1]["with"]["refused"]
    assert "printed" not in browser.told[-1]["with"]


def test_what_a_rule_takes_out_is_left_out_with_its_reason(room: str, page: Opens, browser: Relayed) -> None:
    shown = page()
    saves(shown, browser, save("model-source", "ready-made"))
    assert "retraining" not in browser.told[-1]["answers"]
    assert browser.told[-1]["left"]["retraining"].startswith("A ready-made model answers")
    # The page was drawn anew in the words of that rule.
    assert browser.shown["questions"]["kinds-of-model"] is not None


def test_a_question_is_set_aside_with_its_reason_and_taken_up_again(room: str, page: Opens, browser: Relayed) -> None:
    shown = page()
    saves(shown, browser, save(DELAY, "4"))
    assert saves(shown, browser, save(DELAY, "Nobody learns it", "absent")) == [None]
    assert browser.told[-1]["answers"][DELAY]["absent"] == "Nobody learns it"
    assert saves(shown, browser, save(DELAY, "", "applies")) == [None]
    assert values(room) == {DELAY: 4}
    assert saves(shown, browser, save(DELAY, "assumed", "state", base=context().store.read(room, lambda s: s.seq))) == [
        None
    ]
    assert stored(room).requirements[0].state == "assumed"


def test_who_only_looks_changes_nothing(room: str, page: Opens, browser: Relayed) -> None:
    assert saves(page("viewer"), browser, save(DELAY, "4")) == ["forbidden"]
    assert values(room) == {}


def test_nothing_of_a_blind_round_is_told_before_the_reveal(room: str, page: Opens, browser: Relayed) -> None:
    leads(room, "assessing", {"state": "open", "question": DELAY})
    replies(room, "ana", 3211)
    for role in ("facilitator", "participant", "viewer"):
        page(role)
        assert "3211" not in json.dumps(browser.told[-1])
    shown = page("participant")
    assert saves(shown, browser, save(DELAY, "5", "reply")) == [None]
    assert browser.told[-1]["round"]["own"] == "5"
    assert values(room) == {}


def test_the_spread_names_people_and_its_middle_is_the_facilitators(room: str, page: Opens, browser: Relayed) -> None:
    ana = joined(room, "participant")
    context().access.rename(ana, "Ana")
    leads(room, "assessing", {"state": "open", "question": DELAY})
    for who, value in ((ana.id, 4), ("ben", 5), ("cem", 14)):
        replies(room, who, value)
    leads(room, "assessing", {"state": "shown", "question": DELAY})
    shown = page("participant")
    found = browser.told[-1]["round"]
    assert [one["number"] for one in found["said"]] == [4, 5, 14]
    assert (found["said"][0]["who"][0]["name"], found["wide"], found["middle"]["printed"]) == ("Ana", True, "5 days")
    assert saves(shown, browser, save(DELAY, "5", "take")) == ["forbidden"]
    assert saves(page("facilitator"), browser, save(DELAY, "5", "take")) == [None]
    assert values(room) == {DELAY: 5}
    leads(room, "hide_authors", True)
    page("participant")
    # The one who looks is told their own name all the same.
    assert '"Ana"' not in json.dumps({key: value for key, value in browser.told[-1].items() if key != "me"})
    assert [one["who"] for one in browser.told[-1]["round"]["said"]] == [None] * 3


def test_a_reply_after_the_reveal_is_too_late_and_said(room: str, page: Opens, browser: Relayed) -> None:
    leads(room, "assessing", {"state": "open", "question": DELAY})
    shown = page()
    leads(room, "assessing", {"state": "shown", "question": DELAY})
    assert saves(shown, browser, save(DELAY, "5", "reply")) == ["forbidden"]
    assert context().store.read(room, room_of).assessing


@pytest.mark.parametrize(
    "nonsense",
    [
        {"saves": "all"},
        {"saves": [1, {"id": 1}, {"id": "a", "question": "no-such"}, {"id": "b", "question": DELAY, "typed": 7}]},
        {"saves": [{"id": "c", "question": DELAY, "typed": "x" * 30_000, "kind": "value", "base": "x"}]},
        {"at": ["x"], "typed": {}},
        {"view": "start", "go": "nowhere"},
    ],
)
def test_nonsense_from_a_browser_changes_nothing(room: str, page: Opens, browser: Relayed, nonsense: Any) -> None:
    wants(page(), browser, **nonsense)
    assert values(room) == {}


def test_the_list_is_the_other_view_and_leads_back(page: Opens, browser: Relayed) -> None:
    shown = page()
    assert not shown.text_area
    wants(shown, browser, view="list", saves=[])
    assert shown.text_area
    next(button for button in shown.button if button.key == "one-question").click().run()
    assert not shown.text_area


def test_a_step_without_questions_has_one_view(page: Opens) -> None:
    shown = page(step="workflow")
    assert not [button for button in shown.button if button.key == "one-question"]
    assert shown.selectbox or shown.text_input or shown.text_area
