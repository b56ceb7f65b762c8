"""What pages may not do by themselves, read off their source: each way to the store, and each input, has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

VIEWS = Path(__file__).parents[2] / "views"
# The web's own routes are no pages; the start page is outside of every workshop.
OUTSIDE = {
    "visit/session.py",
    "web/routes.py",
    "web/join.py",
    "web/telemetry.py",
    "web/context.py",
    "steps/start.py",
    "steps/opened_before.py",
}
FORMS = {"steps/start.py", "steps/history/history.py"}
HOMES = {
    "selectbox": {"widgets/choices.py"},
    "multiselect": {"widgets/choices.py"},
    "segmented_control": {"widgets/choices.py"},
    "radio": set(),
    "pills": set(),
    "select_slider": set(),
    # What a browser takes for a number depends on its language; `fields.py` reads what was typed.
    "number_input": set(),
    "data_editor": set(),
    # `shown.py` has one that nobody sees.
    "text_input": {"widgets/fields.py", "visit/shown.py", *FORMS},
    "text_area": {"widgets/fields.py", "widgets/add_input.py"},
    "chat_input": {"widgets/add_input.py"},
    "date_input": {"widgets/fields.py"},
    "fragment": {"visit/fragments.py"},
    "dialog": {"visit/fragments.py"},
    "download_button": {"widgets/downloads.py", "steps/start.py"},
}
SOURCES = {str(path.relative_to(VIEWS)): ast.parse(path.read_text()) for path in sorted(VIEWS.rglob("*.py"))}


def streamlit_uses(tree: ast.AST) -> Iterator[ast.Attribute]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in HOMES)


@pytest.mark.parametrize("name", SOURCES)
def test_a_page_reaches_the_store_only_through_the_door_that_asks_who_is_there(name: str) -> None:
    reached = {
        f"{name}:{node.lineno}"
        for node in ast.walk(SOURCES[name])
        if isinstance(node, ast.Attribute)
        and node.attr in {"store", "access", "hub"}
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "context"
    }
    assert not reached or name in OUTSIDE


@pytest.mark.parametrize("name", SOURCES)
def test_each_kind_of_input_is_made_in_its_home(name: str) -> None:
    strays = {f"{name}:{use.lineno} {use.attr}" for use in streamlit_uses(SOURCES[name]) if name not in HOMES[use.attr]}
    assert not strays


@pytest.mark.parametrize("name", SOURCES)
def test_no_input_cuts_or_drops_what_is_too_long(name: str) -> None:
    """Streamlit keeps a paste that is longer than `max_chars` out of the field, without a word."""
    typed = {"text_input", "text_area", "chat_input"}
    cutting = {
        f"{name}:{node.lineno}"
        for node in ast.walk(SOURCES[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in typed
        if any(keyword.arg == "max_chars" for keyword in node.keywords)
    }
    assert not cutting


def test_the_homes_are_there() -> None:
    used = {(name, use.attr) for name, tree in SOURCES.items() for use in streamlit_uses(tree)}
    assert {(home, kind) for kind, homes in HOMES.items() for home in homes} <= used
