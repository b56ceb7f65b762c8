"""Rows of tables, live: what may be written, what is refused, and that file, log and document agree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from canvas.document.differences import differences
from canvas.document.file import dump_workshop, parse_workshop
from canvas.document.links import broken_links
from canvas.document.workshop import Row, Workshop
from canvas.errors import OpRefused
from canvas.log.events import Event, State, fold
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.log.ops import MAX_ROWS, to_events
from canvas.log.restore import restore_events
from canvas.method.content import Content
from canvas.method.load import shipped
from canvas.method.tables import TableDefinition

AT = "2026-11-23T10:00:00+00:00"
ME = Author("me", "participant")
LEAD = Author("lead", "facilitator")


def content() -> Content:
    columns = [
        {
            "id": "how",
            "title": "How",
            "type": "choice",
            "options": [{"id": "manual", "title": "By hand"}, {"id": "auto", "title": "Automated"}],
        },
        {"id": "cost", "title": "Cost", "type": "number", "minimum": 0},
    ]
    credit = {"source": {"title": "s"}, "license": "l", "attribution": "a"}
    table = {
        "id": "demo",
        "title": "T",
        "purpose": "p",
        "heading": "h",
        "columns": columns,
        "done_by": "how",
        "own_rows": True,
        "rows": [{"id": "fixed", "title": "Fixed"}],
        **credit,
    }
    closed = {**table, "id": "closed", "own_rows": False}
    tables = {t["id"]: TableDefinition.model_validate(t) for t in (table, closed)}
    return replace(shipped(), tables=tables)


class Log:
    """A log in memory that takes ops one after the other."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.content = content()

    @property
    def state(self) -> State:
        return fold(self.events)

    @property
    def document(self) -> Workshop:
        return document_of(self.state)

    def set(self, row: str, prop: str, value: Any, author: Author = ME) -> None:
        op = Op(op_id=f"op-{len(self.events)}", action="set", item=f"row:{row}", prop=prop, value=value)
        self.events += to_events(op, self.state, self.content, author, AT)


@pytest.fixture
def log() -> Log:
    found = Log()
    body = {"format": 1, "title": "T"}
    found.events.append(Event(1, "import", 0, AT, "system", "import", "workshop:", None, body))
    return found


def test_cells_of_the_tables_rows_and_of_own_rows_reach_the_document(log: Log) -> None:
    log.set("demo/fixed", "how", "manual")
    log.set("demo/own-1", "title", "Our own")
    log.set("demo/own-1", "cost", 5)
    assert log.document.tables["demo"] == (
        Row(id="fixed", cells={"how": "manual"}),
        Row(id="own-1", title="Our own", cells={"cost": 5}),
    )


@pytest.mark.parametrize(
    ("row", "prop", "value", "code"),
    [
        ("demo/fixed", "how", "sideways", "malformed"),
        ("demo/fixed", "cost", -1, "malformed"),
        ("demo/fixed", "cost", "much", "malformed"),
        ("demo/fixed", "colour", "red", "unknown"),
        ("demo/fixed", "title", "Renamed", "forbidden"),
        ("demo/fixed", "deleted", True, "forbidden"),
        ("closed/own-1", "title", "Mine", "unknown"),
        ("nowhere/fixed", "how", "manual", "unknown"),
        ("demo/own-1", "how", "manual", "malformed"),
        ("demo/BAD ID", "title", "Mine", "malformed"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(log: Log, row: str, prop: str, value: Any, code: str) -> None:
    before = log.state.seq
    with pytest.raises(OpRefused) as refused:
        log.set(row, prop, value)
    assert (refused.value.code, log.state.seq) == (code, before)


def test_a_row_of_ones_own_keeps_a_title_until_it_is_removed(log: Log) -> None:
    log.set("demo/own-1", "title", "Mine")
    with pytest.raises(OpRefused):
        log.set("demo/own-1", "title", "")
    log.set("demo/own-1", "deleted", True)
    assert "demo" not in log.document.tables


def test_there_is_an_end_to_own_rows(log: Log) -> None:
    for number in range(MAX_ROWS):
        item = f"row:demo/own-{number}"
        log.events.append(Event(log.events[-1].seq + 1, f"o{number}", 0, AT, "me", "set", item, "title", "x"))
    with pytest.raises(OpRefused) as refused:
        log.set("demo/one-more", "title", "x")
    assert refused.value.code == "too-large"


def test_an_emptied_cell_is_gone(log: Log) -> None:
    log.set("demo/fixed", "cost", 5)
    log.set("demo/fixed", "cost", None)
    assert log.document.tables == {}


def test_an_import_takes_tables_apart_and_the_document_puts_them_together() -> None:
    rows = (Row(id="fixed", cells={"how": "auto", "cost": 2.5}), Row(id="own-1", title="Mine", cells={"cost": 1}))
    workshop = Workshop(title="T", tables={"demo": rows})
    body = workshop.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    state = fold([Event(1, "i", 0, AT, "system", "import", "workshop:", None, body)])
    assert document_of(state) == workshop
    assert parse_workshop(dump_workshop(workshop).encode(), "x.yaml") == workshop


def test_an_earlier_state_of_a_table_can_be_brought_back(log: Log) -> None:
    log.set("demo/fixed", "how", "manual")
    then = log.state.seq
    log.set("demo/fixed", "how", "auto")
    log.set("demo/own-1", "title", "Mine")
    op = Op(op_id="back", action="restore", item="", value=then)
    log.events += restore_events(op, log.state, lambda seq: fold(log.events[:seq]), LEAD, AT)
    assert log.document.tables == {"demo": (Row(id="fixed", cells={"how": "manual"}),)}


def test_differences_name_table_row_and_column() -> None:
    old = Workshop(title="T", tables={"demo": (Row(id="fixed", cells={"cost": 1, "how": "manual"}),)})
    new = Workshop(title="T", tables={"demo": (Row(id="fixed", cells={"cost": True}), Row(id="own", title="Mine"))})
    found = [(d.kind, d.where, d.id, d.field, d.before, d.after) for d in differences(old, new)]
    assert found == [
        ("changed", ("demo",), "fixed", "cost", 1, True),
        ("added", ("demo",), "own", "title", None, "Mine"),
        ("removed", ("demo",), "fixed", "how", "manual", None),
    ]


@pytest.mark.parametrize(
    ("tables", "what"),
    [
        ({"demmo": ()}, "unknown table"),
        ({"demo": (Row(id="own", cells={"cost": 1}),)}, "unknown row"),
        ({"closed": (Row(id="own", title="x"),)}, "unknown row"),
        ({"demo": (Row(id="fixed", title="Renamed"),)}, "belongs to the table"),
        ({"demo": (Row(id="fixed", cells={"cosst": 1}),)}, "unknown column"),
        ({"demo": (Row(id="fixed", cells={"how": "sideways"}),)}, "is not one of"),
    ],
)
def test_a_file_with_a_broken_table_is_told_where(tables: dict[str, tuple[Row, ...]], what: str) -> None:
    problems = list(broken_links(Workshop(title="T", tables=tables), content()))
    assert any(what in text for _, text, _ in problems)
