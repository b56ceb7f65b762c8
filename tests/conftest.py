"""Fixtures that several test files share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from canvas.document.workshop import Workshop
from tests.databases import new_database, postgresql_server
from tests.joined import joined
from tests.opened_pages import Open
from tests.whole_app import open_page
from views.web.context import context


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL server."""
    with postgresql_server() as address:
        yield address


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Makes an empty database of a kind and returns its address."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / f'{uuid4().hex}.sqlite'}"
        return new_database(request.getfixturevalue("postgresql"))

    return make


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let pages and routes that run in this process keep their workshops in a folder of this test."""
    monkeypatch.setenv("STACK_CANVAS_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    context.cache_clear()
    yield
    context().store.close()
    context.cache_clear()


@pytest.fixture
def room(own_store: None) -> str:
    """A new workshop of this test."""
    return context().store.create(Workshop(title="Parcels"))


@pytest.fixture
def opened(room: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the page of a step in that workshop, as its facilitator."""
    return lambda step: open_page(monkeypatch, joined(room, "facilitator"), step)


@pytest.fixture(autouse=True)
def own_main_module() -> Iterator[None]:
    """Put the main module back: a page run in a test takes its place, and processes spawned later would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
