"""What the room settles on after a reveal: recorded with spread, reason and dissent, one by one or at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from canvas.document.workshop import Answer, Workshop
from canvas.log.facilitation import room_of
from canvas.log.fold import document_of
from canvas.log.op import Author, Role, parse_op
from canvas.method.load import shipped
from views.web.context import context

LEAD = Author("lead", "facilitator")
MODEL = "mltestscore"
STALE, SCHEMA, SKEW = "monitoring.staleness", "data.schema", "monitoring.skew"
SAID = {STALE: ("none", "automated"), SCHEMA: ("manual", "manual"), SKEW: ("not-applicable", "not-applicable")}
Open = Callable[..., AppTest]


def page(workshop: str, role: str) -> None:
    from tests.joined import joined
    from views.steps.assess.blind_round import blind_round
    from views.visit import changing, session

    visit = session.visit_of(joined(workshop, role))
    changing.show_refusal(visit)
    blind_round(visit)


def say(room: str, who: Author, item: str, prop: str, value: object) -> None:
    op_id = f"op{context().store.read(room, lambda state: state.seq)}"
    op = {"op_id": op_id, "action": "set", "item": item, "prop": prop, "value": value}
    context().store.apply(room, parse_op(op), who, shipped())


@pytest.fixture
def revealed(own_store: None) -> Open:
    def open_page(role: Role = "participant") -> AppTest:
        room = context().store.create(Workshop(title="Parcels"))
        say(room, LEAD, "room:", "assessing", {"state": "open", "model": MODEL})
        for practice, answers in SAID.items():
            for number, answer in enumerate(answers):
                say(room, Author(f"p{number}", "participant"), f"judgement:{practice}", "value", answer)
        say(room, LEAD, "room:", "assessing", {"state": "shown", "model": MODEL})
        shown = AppTest.from_function(page, default_timeout=60, args=(room, role)).run()
        assert not shown.exception
        shown.session_state["room"] = room
        return shown

    return open_page


def answers(shown: AppTest) -> dict[str, Answer]:
    return {a.id: a for a in context().store.read(shown.session_state["room"], document_of).answers}


def settle(shown: AppTest, practice: str, value: str) -> AppTest:
    group = next(group for group in shown.button_group if str(group.key).startswith(f"consensus:{practice}~"))
    return group.set_value(value).run()


def field(shown: AppTest, start: str) -> object:
    return next(field for field in shown.text_input if str(field.key).startswith(start))


def test_an_agreed_answer_keeps_what_everybody_had_said(revealed: Open) -> None:
    shown = settle(revealed(), STALE, "manual")
    assert not shown.exception
    [found] = answers(shown).values()
    assert (found.value, dict(found.spread), found.dissent) == ("manual", {"none": 1, "automated": 1}, None)


def test_dissent_is_kept_with_the_answer_and_goes_when_the_room_settles_anew(revealed: Open) -> None:
    shown = settle(revealed(), STALE, "manual")
    field(shown, f"dissent:{STALE}").set_value("The alert <b>exists</b>").run()  # type: ignore[attr-defined]
    assert answers(shown)[STALE].dissent == "The alert <b>exists</b>"
    settle(shown, STALE, "automated")
    assert (answers(shown)[STALE].value, answers(shown)[STALE].dissent) == ("automated", None)


def test_what_somebody_wrote_beside_an_answer_survives_the_consensus(revealed: Open) -> None:
    shown = revealed()
    for prop, value in {"value": "none", "state": "answered", "reason": "Nobody looks at it."}.items():
        say(shown.session_state["room"], LEAD, f"answer:{STALE}", prop, value)
    settle(shown.run(), STALE, "manual")
    found = answers(shown)[STALE]
    assert (found.value, found.reason) == ("manual", "Nobody looks at it.")


def test_what_does_not_apply_is_recorded_only_with_a_reason(revealed: Open) -> None:
    shown = settle(revealed(), SKEW, "not-applicable")
    assert answers(shown) == {}
    field(shown, f"why-not:{SKEW}").set_value("No features are computed twice.").run()  # type: ignore[attr-defined]
    found = answers(shown)[SKEW]
    assert (found.state, found.reason, dict(found.spread)) == (
        "not-applicable",
        "No features are computed twice.",
        {"not-applicable": 2},
    )


def test_all_that_is_agreed_is_recorded_at_once_but_nothing_without_its_reason(revealed: Open) -> None:
    shown = revealed()
    next(button for button in shown.button if button.label == "Record what all agree on (1)").click().run()
    assert {id_: answer.value for id_, answer in answers(shown).items()} == {SCHEMA: "manual"}
    assert not any(button.label.startswith("Record what all agree on") for button in shown.button)


def test_who_looks_on_settles_nothing(revealed: Open) -> None:
    shown = revealed("viewer")
    assert all(group.disabled for group in shown.button_group)
    assert all(button.disabled for button in shown.button)


def test_the_words_say_who_differs_and_that_two_people_are_few(revealed: Open) -> None:
    shown = revealed()
    told = "\n".join(element.value for element in (*shown.markdown, *shown.caption))
    assert "Not done 1 · Automated 1" in told
    assert "To talk about: 1." in told
    assert "Too little to say" in told
    assert "from 0 to 0.5" in told or "0 for everybody" in told


@pytest.mark.parametrize("state", ["open", "shown"])
def test_a_round_on_a_model_that_is_gone_can_be_closed_and_stops_nobody(revealed: Open, state: str) -> None:
    shown = revealed("facilitator")
    room = shown.session_state["room"]
    say(room, LEAD, "room:", "assessing", None)
    say(room, LEAD, "room:", "assessing", {"state": "open", "model": "gone"})
    say(room, LEAD, "room:", "assessing", {"state": state, "model": "gone"})
    shown.run()
    assert not shown.exception
    assert "does not have" in shown.warning[0].value
    next(button for button in shown.button if button.label == "Close the round").click().run()
    assert not shown.warning
    assert not any(button.label == "Close the round" for button in shown.button)
    assert context().store.read(room, room_of).assessing is None


def test_what_only_one_person_answered_is_nothing_that_all_agree_on(revealed: Open) -> None:
    shown = revealed()
    room = shown.session_state["room"]
    for state in ("open", "shown"):
        say(room, LEAD, "room:", "assessing", {"state": state, "model": MODEL})
        if state == "open":
            say(room, LEAD, f"judgement:{SCHEMA}", "value", "manual")
    shown.run()
    assert [one.label for one in shown.expander if "Only one" in one.label] == ["Only one of you answered: 1"]
    assert not any(button.label.startswith("Record what all agree on") for button in shown.button)
    settle(shown, SCHEMA, "manual")
    assert answers(shown)[SCHEMA].value == "manual"
