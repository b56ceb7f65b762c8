"""What tests of pages look for on them, and what somebody else does meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from canvas.document.workshop import Workshop
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.store.store import new_id
from views.web.context import context

# Opens the page of a step.
Open = Callable[[str], AppTest]


def stored(room: str) -> Workshop:
    return context().store.read(room, document_of)


def values(room: str) -> dict[str, Any]:
    return {item.id: item.value for item in stored(room).requirements if item.value is not None}


def labelled(elements: Any, label: str) -> Any:
    return next(element for element in elements if element.label == label)


def keyed(elements: Any, key: str) -> Any:
    return next(element for element in elements if element.key == key or str(element.key).startswith(f"{key}~"))


def words(shown: AppTest) -> str:
    return "\n".join(element.value for element in (*shown.markdown, *shown.caption))


def somebody_sets(room: str, item: str, prop: str, value: Any) -> None:
    op = Op(op_id=new_id(), action="set", item=item, prop=prop, value=value)
    context().store.apply(room, op, Author("somebody", "participant"), context().content)


def open_menu(shown: AppTest, fact: str) -> AppTest:
    """Open the menu of a question, as a click on its dots does, if it is not open yet."""
    key = f"more-{fact}"
    if key not in shown.session_state or not shown.session_state[key]:
        shown.session_state[key] = True
        shown.run()
    assert not shown.exception
    return shown
