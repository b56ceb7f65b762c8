"""Several assessors answer unseen by each other: what each may do, who learns what and when, what the file keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from canvas.document.workshop import Workshop
from canvas.errors import OpRefused
from canvas.live import frames
from canvas.log.blind_answers import (
    Judged,
    hands_counted,
    own_judgements,
    own_reply,
    replying,
    shown_judgements,
    shown_replies,
    taking_part,
)
from canvas.log.events import State
from canvas.log.facilitation import room_of
from canvas.log.fold import document_of
from canvas.log.op import Author, parse_op
from canvas.method.load import shipped
from canvas.store.store import Store

LEAD = Author("lead", "facilitator")
ANNE = Author("anne", "participant")
BEN = Author("ben", "participant")
LOOKING = Author("vera", "viewer")
DRIFT = "judgement:monitoring.drift"
OPEN = {"state": "open", "model": "mltestscore"}
SHOWN = {"state": "shown", "model": "mltestscore"}


class Round:
    """A workshop in a database of its own, with short words for what people do."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.in_folder(folder)
        self.id = self.store.create(Workshop(title="Parcel delays"))
        self.count = 0

    def do(self, who: Author, item: str, prop: str, value: Any, action: str = "set") -> str:
        self.count += 1
        op = {"op_id": f"op{self.count}", "action": action, "item": item, "prop": prop, "value": value}
        self.store.apply(self.id, parse_op(op), who, shipped())
        return f"op{self.count}"

    def read(self, look: Any, *args: Any) -> Any:
        return self.store.read(self.id, lambda state: look(state, *args))

    def sent(self, who: Author) -> str:
        """Everything the live route tells one person, as text."""
        found = self.store.events_since(self.id, 0)
        events = self.read(lambda state: frames.events(found, state, who.id))
        return json.dumps([events, self.read(lambda state: frames.snapshot(state, who))])


@pytest.fixture
def room(tmp_path: Path) -> Round:
    made = Round(tmp_path)
    made.do(LEAD, "room:", "assessing", OPEN)
    return made


def test_answers_stay_with_their_assessor_until_the_reveal(room: Round) -> None:
    room.do(ANNE, DRIFT, "value", "automated")
    room.do(BEN, DRIFT, "value", "none")
    assert room.read(own_judgements, "anne") == {"monitoring.drift": "automated"}
    assert room.read(shown_judgements) == ()
    room.do(LEAD, "room:", "assessing", SHOWN)
    assert room.read(shown_judgements) == (Judged("monitoring.drift", 1, {"anne": "automated", "ben": "none"}, {}),)


def test_the_live_route_never_tells_who_answered_what(room: Round) -> None:
    room.do(ANNE, DRIFT, "value", "automated")
    for who in (BEN, LEAD, LOOKING):
        assert "anne" not in room.sent(who)
        assert "monitoring.drift" not in room.sent(who)
    assert "automated" not in room.sent(ANNE)
    room.do(LEAD, "room:", "assessing", SHOWN)
    assert "anne" not in room.sent(BEN)


def test_the_room_learns_how_many_answer(room: Round) -> None:
    room.do(ANNE, DRIFT, "value", "manual")
    room.do(BEN, DRIFT, "value", "none")
    room.do(BEN, "judgement:data.schema", "value", "none")
    assert room.read(taking_part) == {"anne": 1, "ben": 2}
    board = room.read(lambda state: frames.snapshot(state, ANNE))
    assert board["room"]["assessing"] == {
        "round": 1,
        "state": "open",
        "model": "mltestscore",
        "question": None,
        "assessors": 2,
    }


def test_an_answer_can_be_changed_and_taken_back_before_the_reveal(room: Round) -> None:
    room.do(ANNE, DRIFT, "value", "manual")
    room.do(ANNE, DRIFT, "value", "unknown")
    assert room.read(own_judgements, "anne") == {"monitoring.drift": "unknown"}
    room.do(ANNE, DRIFT, "value", None)
    assert room.read(own_judgements, "anne") == {}
    assert room.read(taking_part) == {}


@pytest.mark.parametrize(
    ("who", "item", "prop", "value", "reason"),
    [
        (LOOKING, DRIFT, "value", "none", "looking only"),
        (ANNE, DRIFT, "value", "perhaps", "not accepted"),
        (ANNE, DRIFT, "value", 2, "not accepted"),
        (ANNE, DRIFT, "tally", {"none": 3}, "Only the facilitator counts"),
        (LEAD, DRIFT, "tally", {"none": -1}, "not accepted"),
        (LEAD, DRIFT, "tally", {"perhaps": 1}, "not accepted"),
        (ANNE, DRIFT, "state", "answered", "a value, or a tally"),
        (ANNE, "judgement:../x", "value", "none", "not accepted"),
        (ANNE, "room:", "assessing", SHOWN, "Only the facilitator"),
        (LEAD, "room:", "assessing", {"state": "open"}, "not accepted"),
        (LEAD, "room:", "assessing", {**OPEN, "round": 7}, "not accepted"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    room: Round, who: Author, item: str, prop: str, value: Any, reason: str
) -> None:
    before = room.read(lambda state: state.dump())
    with pytest.raises(OpRefused, match=reason):
        room.do(who, item, prop, value)
    assert room.read(lambda state: state.dump()) == before


def test_nobody_answers_after_the_reveal_nor_without_a_round(room: Round) -> None:
    room.do(LEAD, "room:", "assessing", SHOWN)
    with pytest.raises(OpRefused, match="round is over"):
        room.do(ANNE, DRIFT, "value", "none")
    room.do(LEAD, "room:", "assessing", None)
    with pytest.raises(OpRefused, match="round is over"):
        room.do(ANNE, DRIFT, "value", "none")


def test_a_blind_answer_is_not_undone_after_others_could_have_seen_it(room: Round) -> None:
    said = room.do(ANNE, DRIFT, "value", "none")
    with pytest.raises(OpRefused, match="cannot be taken back"):
        room.do(ANNE, "", "", said, action="undo")


def test_what_is_asked_does_not_change_while_people_answer(room: Round) -> None:
    room.do(LEAD, "room:", "assessing", {"state": "open", "model": "google"})
    assert room.read(lambda state: room_of(state).assessing.model) == "mltestscore"


def test_a_new_round_begins_from_nothing_and_hides_only_itself(room: Round) -> None:
    room.do(ANNE, DRIFT, "value", "none")
    room.do(ANNE, "judgement:data.schema", "value", "manual")
    room.do(LEAD, "room:", "assessing", SHOWN)
    room.do(LEAD, "room:", "assessing", None)
    room.do(LEAD, "room:", "assessing", OPEN)
    assert room.read(lambda state: room_of(state).assessing.round) == 2
    assert room.read(own_judgements, "anne") == {}
    room.do(ANNE, DRIFT, "value", "automated")
    assert {one.practice: one.spread for one in room.read(shown_judgements)} == {
        "monitoring.drift": {"none": 1},
        "data.schema": {"manual": 1},
    }
    room.do(LEAD, "room:", "assessing", SHOWN)
    assert {one.practice: one.spread for one in room.read(shown_judgements)}["monitoring.drift"] == {"automated": 1}


def test_a_round_that_nobody_answered_still_has_a_number_of_its_own(room: Round) -> None:
    room.do(LEAD, "room:", "assessing", SHOWN)
    room.do(LEAD, "room:", "assessing", OPEN)
    assert room.read(lambda state: room_of(state).assessing.round) == 2


def test_one_driver_counts_hands_and_only_leaders_see_them_before_the_reveal(room: Round) -> None:
    room.do(LEAD, DRIFT, "tally", {"none": 2, "manual": 3})
    room.do(ANNE, DRIFT, "value", "manual")
    assert room.read(hands_counted) == {"monitoring.drift": {"none": 2, "manual": 3}}
    assert room.read(taking_part) == {"anne": 1}
    assert '"tally": {"none"' not in room.sent(ANNE)
    room.do(LEAD, "room:", "assessing", SHOWN)
    [judged] = room.read(shown_judgements)
    assert judged.spread == {"none": 2, "manual": 4}


def test_the_document_holds_nothing_of_it_until_the_room_agrees(room: Round) -> None:
    room.do(ANNE, DRIFT, "value", "none")
    room.do(LEAD, "room:", "assessing", SHOWN)
    assert room.read(document_of).answers == ()
    changes = {"value": "none", "state": "answered", "spread": {"none": 2, "manual": 1}, "dissent": "The alert is new."}
    for prop, value in changes.items():
        room.do(ANNE, "answer:monitoring.drift", prop, value)
    [answer] = room.read(document_of).answers
    assert (dict(answer.spread), answer.dissent) == ({"none": 2, "manual": 1}, "The alert is new.")


def test_the_state_of_a_round_survives_a_stored_snapshot(room: Round) -> None:
    room.do(ANNE, DRIFT, "value", "none")
    again = room.read(lambda state: State.restore(json.loads(json.dumps(state.dump()))))
    assert own_judgements(again, "anne") == {"monitoring.drift": "none"}
    assert taking_part(again) == {"anne": 1}


ASKED = "judgement:team-size"


@pytest.fixture
def question(tmp_path: Path) -> Round:
    made = Round(tmp_path)
    made.do(LEAD, "room:", "assessing", {"state": "open", "question": "team-size"})
    return made


def test_everybody_answers_a_question_alone_until_it_is_revealed(question: Round) -> None:
    question.do(ANNE, ASKED, "reply", 3)
    question.do(BEN, ASKED, "reply", 12)
    question.do(BEN, ASKED, "reply", 8)
    assert (question.read(own_reply, "anne"), question.read(own_reply, "lead")) == (3, None)
    assert question.read(replying) == 2
    assert question.read(shown_replies) == ()
    assert "8" not in json.dumps([e for e in json.loads(question.sent(ANNE))[0]["events"] if e["item"] == ASKED])
    assert question.read(lambda state: frames.snapshot(state, ANNE))["room"]["assessing"]["assessors"] == 2
    question.do(LEAD, "room:", "assessing", {"state": "shown", "question": "team-size"})
    [replies] = question.read(shown_replies)
    assert (replies.question, dict(replies.by)) == ("team-size", {"anne": 3, "ben": 8})
    # The document learns nothing of it until the room has agreed.
    assert question.read(document_of).requirements == ()


def test_a_round_about_a_question_and_one_about_practices_are_never_mixed(question: Round) -> None:
    question.do(ANNE, ASKED, "reply", 3)
    with pytest.raises(OpRefused, match="over"):
        question.do(ANNE, DRIFT, "value", "none")
    with pytest.raises(OpRefused, match="over"):
        question.do(ANNE, "judgement:label-delay", "reply", 3)
    question.do(LEAD, "room:", "assessing", {"state": "shown", "question": "team-size"})
    assert question.read(shown_judgements) == ()
    assert question.read(taking_part) == {}
    question.do(LEAD, "room:", "assessing", None)
    question.do(LEAD, "room:", "assessing", OPEN)
    assert question.read(room_of).assessing.question is None
    with pytest.raises(OpRefused, match="over"):
        question.do(ANNE, ASKED, "reply", 3)


@pytest.mark.parametrize("value", ["many", -1, [3], {"a": 1}])
def test_a_reply_is_an_answer_that_the_question_takes(question: Round, value: Any) -> None:
    with pytest.raises(OpRefused):
        question.do(ANNE, ASKED, "reply", value)


def test_only_the_facilitator_asks_and_reveals(question: Round) -> None:
    for state in ("shown", "open"):
        with pytest.raises(OpRefused, match="Only the facilitator"):
            question.do(ANNE, "room:", "assessing", {"state": state, "question": "team-size"})
    with pytest.raises(OpRefused, match="looking only"):
        question.do(LOOKING, ASKED, "reply", 3)
    for about in ({}, {"model": "google", "question": "team-size"}):
        with pytest.raises(OpRefused, match="practices of a model or about one question"):
            question.do(LEAD, "room:", "assessing", {"state": "open", **about})
