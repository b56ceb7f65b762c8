"""The whole app in this process, page by page and without a browser, and a person who uses everything on it at once.

What a browser sends is forged here: every widget that a page shows is pressed, chosen or filled in one message, so that
all callbacks of a page run before it is drawn again. Components (board, header) are not; their ops go over the socket.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from canvas.store.access import Member
from views.frame import frame
from views.steps.method.one_question import LIST, VIEW
from views.visit import session
from views.web.context import context

MAIN = str(Path(__file__).parents[1] / "views/main.py")


def open_page(monkeypatch: pytest.MonkeyPatch, member: Member, step: str, view: str = LIST) -> AppTest:
    """Open the page of a step as a member does who has followed their link; where it has questions, all as a list."""

    monkeypatch.setattr(session, "cookie_of", lambda *_: member.id)
    monkeypatch.setattr(context().access, "member", lambda *_: context().access.again(member))
    shown = AppTest.from_file(MAIN, default_timeout=120)
    shown.session_state[VIEW] = view
    shown.query_params = {"w": member.workshop, "as": member.role}
    go_to(shown, monkeypatch, step)
    return shown


def go_to(shown: AppTest, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Go to the page of a step, as a click on one of the header's or sidebar's links does."""

    def header(data: dict[str, Any], key: str, **_more: object) -> SimpleNamespace:
        return SimpleNamespace(go=None if data["here"] == step else step, invite=False)

    monkeypatch.setattr(frame, "header", header)
    shown.run()
    assert not shown.exception, shown.exception


def use_everything(shown: AppTest, text: str = "0,5") -> int:
    """Use every widget of a page in one message; return how many there were that are not closed."""
    forged = WidgetStates()
    for widget in (node for node in shown._tree if isinstance(node, Widget)):
        state = _used(widget, text)
        if state is not None:
            state.id = widget.id
            forged.widgets.append(state)
    shown._run(forged)
    return sum(1 for state in forged.widgets)


def _used(widget: Any, text: str) -> WidgetState | None:
    """Return what a browser would send had somebody used a widget; None for what nobody can use."""
    state, kind = WidgetState(), widget.type
    if kind == "button":
        state.trigger_value = True
    elif kind in {"text_input", "text_area"}:
        state.string_value = text
    elif kind == "chat_input":
        state.chat_input_value.data = text
    elif kind == "date_input":
        state.string_array_value.data[:] = ["2027/03/01"]
    elif kind == "slider":
        state.double_array_value.data[:] = [float(widget.proto.min)]
    elif kind in {"checkbox", "toggle"}:
        state.bool_value = not widget.value
    elif kind in CHOSEN:
        return _chosen(widget)
    else:
        # A download is made without the page, when its file is asked for.
        assert kind in {"download_button", "file_uploader"}, f"nobody says how a {kind} is used"
        return None
    return state


CHOSEN = {
    "selectbox": lambda box: [] if box.index is None else [box.options[box.index]],
    "button_group": lambda group: group.formatted_values,
    "multiselect": lambda box: box.values,
}


def _chosen(widget: Any) -> WidgetState | None:
    """Return the choice of something that is not chosen yet."""
    present, state = CHOSEN[widget.type](widget), WidgetState()
    other = next((option for option in widget.options if option not in present), None)
    if other is None:
        return None
    if widget.type == "selectbox":
        state.string_value = other
    else:
        state.string_array_value.data[:] = [other]
    return state
