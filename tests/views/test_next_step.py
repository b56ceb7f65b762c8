"""At the end of each page stands what comes next in the agenda of the workshop, and on the last what else there is."""

from __future__ import annotations

import pytest

from canvas.document.workshop import Requirement, Workshop
from canvas.method.load import shipped
from canvas.method.steps import Agenda
from tests.opened_pages import Open
from views.visit.agenda import following_entry

CONTENT = shipped()
AGENDAS = CONTENT.agendas
EMPTY = Workshop(title="Parcels")


def following(agenda: str, here: str, running: str | None = None, workshop: Workshop = EMPTY) -> str | None:
    found = following_entry(AGENDAS[agenda], running, here, workshop, CONTENT)
    return None if found is None else found.id


@pytest.mark.parametrize("agenda", AGENDAS.values(), ids=list(AGENDAS))
def test_from_each_page_of_an_agenda_the_next_one_is_another_page_and_the_last_has_none(agenda: Agenda) -> None:
    last = agenda.entries[-1].step
    for step in {entry.step for entry in agenda.entries}:
        found = following_entry(agenda, None, step, EMPTY, CONTENT)
        assert (found is None) == (step == last)
        assert found is None or found.step != step


def test_a_page_that_the_room_comes_to_twice_leads_on_from_where_the_room_is() -> None:
    assert following("ninety-minutes", "canvas", "arrive") == "entry"
    assert following("ninety-minutes", "canvas", "value") == "workflow"
    assert following("ninety-minutes", "canvas", "vote") == "workflow"


def test_without_a_led_room_the_first_way_on_counts_that_nobody_has_begun() -> None:
    assert following("ninety-minutes", "canvas") == "entry"
    entry = CONTENT.steps["sig-mlops"]
    asked = CONTENT.sections_of(entry.id)[0].requirements[0]
    value = True if asked.type == "yes-no" else asked.options[0].id if asked.options else 1
    begun = Workshop(title="Parcels", requirements=(Requirement(id=asked.id, value=value, state="decided"),))
    assert following("ninety-minutes", "canvas", None, begun) == "workflow"


def test_from_a_page_outside_of_the_agenda_the_next_planned_one_follows() -> None:
    assert following("ninety-minutes", "levels") == "decide"
    assert following("thirty-minutes", "history") is None


def links(shown: object) -> dict[str, str]:
    """Return the pages that the end of a page links to, by their labels."""
    return {link.label: link.page for link in shown.get("page_link") if link.label.startswith("**Next")}  # type: ignore[attr-defined]


def test_the_page_says_what_is_next_and_what_it_is_for(room: str, opened: Open) -> None:
    [(label, page)] = links(opened("readiness")).items()
    assert page == "canvas"
    assert "Next: Stack Canvas" in label
    assert CONTENT.steps["canvas"].outcome in label


def test_another_agenda_leads_elsewhere(room: str, opened: Open) -> None:
    somebody_sets_plan(room, "thirty-minutes")
    [(_, page)] = links(opened("canvas")).items()
    assert page == "sig-mlops" or page == "take-home"
    [(_, page)] = links(opened("phase-zero")).items()
    assert page == "canvas"


def somebody_sets_plan(room: str, plan: str) -> None:
    from canvas.log.op import Author, Op
    from canvas.store.store import new_id
    from views.web.context import context

    op = Op(op_id=new_id(), action="set", item="room:", prop="plan", value=plan)
    context().store.apply(room, op, Author("somebody", "facilitator"), context().content)


def test_the_last_page_names_the_steps_that_the_agenda_left_out(room: str, opened: Open) -> None:
    shown = opened("where-we-stand")
    assert not links(shown)
    planned = {entry.step for entry in AGENDAS["ninety-minutes"].entries}
    offered = {link.label for link in shown.main.get("page_link")}
    assert offered == {step.title for id_, step in CONTENT.steps.items() if id_ not in planned} | {"All workshops"}
