"""The roadmap on the page: targets are set there, other answers tried without being stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from canvas.document.file import load_workshop
from canvas.document.workshop import Answer, Workshop
from canvas.log.op import Role
from views.web.context import context

STARTER = load_workshop(Path(__file__).parents[2] / "examples/starter-git-dvc-make.workshop.yaml")
Open = Callable[..., AppTest]


def page(workshop: str, role: str) -> None:
    from tests.joined import joined
    from views.steps.assess.roadmap_card import roadmap_card
    from views.visit import session

    roadmap_card(session.visit_of(joined(workshop, role)))


@pytest.fixture
def opened(own_store: None) -> Open:
    def open_page(document: Workshop, role: Role = "participant") -> AppTest:
        room = context().store.create(document)
        shown = AppTest.from_function(page, default_timeout=60, args=(room, role)).run()
        assert not shown.exception
        shown.session_state["room"] = room
        return shown

    return open_page


def stored(shown: AppTest) -> Workshop:
    from canvas.log.fold import document_of

    return context().store.read(shown.session_state["room"], document_of)


def words(shown: AppTest) -> str:
    return "\n".join(element.value for element in (*shown.markdown, *shown.caption))


def labelled(elements: object, label: str) -> object:
    return next(element for element in elements if element.label == label)  # type: ignore[attr-defined]


def test_a_target_is_set_changed_dated_and_removed(opened: Open) -> None:
    shown = opened(Workshop(title="W"))
    assert "There is nothing to plan from yet" in words(shown)
    assert "No target is set" not in words(shown)
    labelled(shown.selectbox, "Add a target").select("google").run()
    assert [(t.model, t.value, t.by) for t in stored(shown).targets] == [("google", 1.0, None)]
    labelled(shown.text_input, "Google Cloud MLOps levels: value").set_value("2,0").run()
    labelled(shown.date_input, "Google Cloud MLOps levels: by").set_value(datetime(2027, 6, 1, tzinfo=UTC).date()).run()
    assert [(t.model, t.value, t.by) for t in stored(shown).targets] == [("google", 2.0, "2027-06-01")]
    assert "Google Cloud MLOps levels** by 2027-06-01: Level 2" in words(shown)
    next(button for button in shown.button if button.key == "remove-target:google").click().run()
    assert stored(shown).targets == ()
    labelled(shown.selectbox, "Add a target").select("google").run()
    assert [(t.model, t.value, t.by) for t in stored(shown).targets] == [("google", 1.0, None)]


def test_the_phases_follow_the_capacity(opened: Open) -> None:
    shown = opened(Workshop(title="W", answers=(Answer(id="data.schema", value="none"),)))
    before = len([e for e in shown.expander if e.label.startswith("Phase")])
    labelled(shown.text_input, "Effort a phase has room for").set_value("60").run()
    assert 0 < len([e for e in shown.expander if e.label.startswith("Phase")]) < before
    assert "Proved by: " in words(shown)


def test_what_if_shows_models_before_and_after_and_stores_nothing(opened: Open) -> None:
    shown = opened(Workshop(title="W"))
    labelled(shown.multiselect, "Practices").select("pipeline.orchestrated").run()
    assert not shown.exception
    said = words(shown)
    assert "before: " in said
    assert "after: " in said
    assert "**Automation levels of ml-ops.org**" in said
    assert stored(shown).answers == ()


def test_who_may_only_look_changes_nothing(opened: Open) -> None:
    shown = opened(STARTER, role="viewer")
    assert all(button.disabled for button in shown.button)
    assert "Add a target" not in {box.label for box in shown.selectbox}
