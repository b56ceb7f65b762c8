"""A table of a step: each row with its title, and an input for each column; on a phone one below the other."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from canvas.advice.excluded import omitted
from canvas.advice.row_checks import lacking
from canvas.advice.step_progress import done_rows
from canvas.document.workshop import Row
from canvas.method.tables import RowDefinition, TableDefinition
from canvas.method.typed_values import TEXT_LIMITS, ValueDefinition
from canvas.store.store import new_id
from views.literal import literal
from views.visit.changing import Refusal, change
from views.visit.session import Visit, content
from views.widgets.add_input import add_input
from views.widgets.remove_button import remove_button
from views.widgets.rows import cells, headed, text_and_button
from views.widgets.value_widget import value_widget

# How many letters of options fit into an input, by how many inputs stand beside the title.
LETTERS = {1: 36, 2: 24, 3: 14}
# How many letters wide a title, a text and a number stand; and what a list needs beside its longest option.
TITLE_LETTERS, TEXT_LETTERS, NUMBER_LETTERS, LIST_EDGES = 32, 20, 14, 8


def table_card(visit: Visit, table: TableDefinition) -> None:
    """Show a table: the rows that every team has by their groups, then the team's own, and a way to add one."""
    left = omitted(visit.workshop, content())
    gone = [left[f"{table.id}.{row.id}"] for row in table.rows if f"{table.id}.{row.id}" in left]
    asked = [row for row in table.rows if f"{table.id}.{row.id}" not in left]
    done = len({row.id for row in asked}.intersection(done_rows(table, visit.workshop)))
    written = {row.id: row for row in visit.workshop.tables.get(table.id, ())}
    with st.container(border=True, key=f"table-{table.id}"):
        st.subheader(table.title, anchor=table.id, help=table.purpose)
        if asked and not table.own_rows:
            st.caption(f"{done} of {len(asked)} done.")
        if gone:
            do = "row does" if len(gone) == 1 else "rows do"
            st.caption(f"{len(gone)} more {do} not apply. {gone[0].because}")
        with headed(table.id, [table.heading, *(column.title for column in table.columns)], _widths(table)):
            for group, rows in groupby(asked, key=lambda row: row.group):
                if group:
                    st.markdown(f"**{group}**")
                for row in rows:
                    _row(visit, table, row, written.get(row.id))
            for own in (row for id_, row in written.items() if table.row(id_) is None):
                _row(visit, table, None, own)
        if table.own_rows and visit.may_edit:
            _add(visit, table)


def _widths(table: TableDefinition) -> list[int]:
    """Return how wide title and columns are, in letters: a choice that stands in a list is shown on one line."""
    return [TITLE_LETTERS, *(_letters(column) for column in table.columns)]


def _letters(column: ValueDefinition) -> int:
    if column.type != "choice":
        return TEXT_LETTERS if column.type in TEXT_LIMITS else NUMBER_LETTERS
    return max(NUMBER_LETTERS, *(len(option.title) + LIST_EDGES for option in column.options))


def _row(visit: Visit, table: TableDefinition, known: RowDefinition | None, written: Row | None) -> None:
    row_id = known.id if known else written.id if written else ""
    title = known.title if known else (written.title if written else None) or row_id
    item = f"row:{table.id}/{row_id}"
    values = written.cells if written else {}
    letters = LETTERS.get(len(table.columns), 0)
    with cells(item):
        if known:
            _known_title(known)
        else:
            _own_title(visit, item, title)
        for column in table.columns:
            value_widget(visit, item, column.id, column, values.get(column.id), label=title, letters=letters)
    if written:
        for check in lacking(table, written):
            st.caption(f":orange[**{check.title}**] {check.mend}")


def _known_title(row: RowDefinition) -> None:
    blocks = [block.short for id_ in row.blocks if (block := content().block(id_)) is not None]
    about = [row.help or "", f"Blocks: {', '.join(blocks)}." if blocks else ""]
    st.markdown(row.title, help=" ".join(filter(None, about)) or None)


def _own_title(visit: Visit, item: str, title: str) -> None:
    text, remove = text_and_button()
    text.markdown(literal(title))
    remove_button(visit, item, title, remove)


def _add(visit: Visit, table: TableDefinition) -> None:
    """Let the team name a row of its own; naming it adds it."""

    def add(title: str) -> Refusal | None:
        return change(visit, f"row:{table.id}/own-{new_id().lower()}", {"title": title})

    add_input(f"Add: {table.heading.lower()}", f"add-{table.id}", add, max_chars=200)
