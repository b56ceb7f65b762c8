"""Inputs that a run took off the page, because it ended early, are told anew what they hold when they are back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from canvas.document.workshop import Requirement, Workshop
from canvas.errors import DatabaseAway
from tests.joined import joined
from tests.whole_app import open_page
from views.web.context import context

SAVED = Workshop(
    title="Parcels",
    requirements=(Requirement(id="users", value="Couriers", state="decided"),),
)


def told(shown: AppTest, key: str) -> bool:
    """Whether the last run wrote into an input what it holds, instead of leaving it to the browser."""
    (found,) = [one for kind in (shown.text_area, shown.button_group) for one in kind if str(one.key).startswith(key)]
    assert found.value
    return bool(found.proto.set_value)


def raising(fault: Exception) -> Callable[..., None]:
    def fail(*_args: object, **_more: object) -> None:
        raise fault

    return fail


@pytest.mark.parametrize("key", ["requirement:users:value", "requirement:users:state"])
@pytest.mark.parametrize(
    ("where", "fault"),
    [
        ("views.visit.session.visit_of", DatabaseAway("The database does not answer.")),
        ("views.frame.frame.progress", DatabaseAway("The database does not answer.")),
        ("views.frame.frame.progress", RuntimeError("a fault")),
    ],
    ids=["before the page", "at its beginning", "a fault"],
)
def test_an_input_is_told_what_it_holds_after_a_run_that_did_not_draw_it(
    own_store: None, monkeypatch: pytest.MonkeyPatch, key: str, where: str, fault: Exception
) -> None:
    shown = open_page(monkeypatch, joined(context().store.create(SAVED), "facilitator"), "phase-zero")
    shown.run()
    assert not told(shown, key)
    with monkeypatch.context() as broken:
        broken.setattr(where, raising(fault))
        shown.run()
    shown.run()
    assert told(shown, key)
    shown.run()
    assert not told(shown, key)
