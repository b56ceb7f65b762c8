"""The small button that takes away what a team has added, on every page alike."""

from __future__ import annotations

from typing import Any

import streamlit as st

from views.literal import literal
from views.visit.changing import submit
from views.visit.session import Visit


def remove_button(visit: Visit, item: str, title: str, where: Any = st) -> None:
    """Show the button that removes an item; `title` is how people know it."""
    where.button(
        "",
        key=f"remove-{item}",
        icon=":material/delete:",
        help=f"Remove '{literal(title)}'",
        type="tertiary",
        on_click=submit,
        args=(visit, item, {"deleted": True}),
        disabled=not visit.may_edit,
    )
