"""Drawings on a page, in the theme of whoever looks: the architecture as in the report, and a canvas, small."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from assessments.library.packs import library
from canvas.document.workshop import Workshop
from templates.architecture import export
from templates.drawing.dark import in_dark
from templates.errors import TemplatesError
from templates.pictures.small_canvas import small_canvas
from templates.plan import make_plan
from views.visit.session import Visit, content


def themed(svg: str) -> str:
    """Return a drawing as it stands on this page: on a dark one, a light picture is a slab."""
    return _in_dark(svg) if st.context.theme.type == "dark" else svg


@lru_cache(maxsize=64)
def _in_dark(svg: str) -> str:
    return in_dark(svg)


@st.cache_data(max_entries=64, show_spinner=False)
def _svg(workshop: str, seq: int, _visit: Visit) -> str:
    return export(make_plan(_visit.workshop, content(), library()), ".svg").decode()


def architecture_svg(visit: Visit) -> str:
    """Return the architecture of the present decisions, light. Raises `TemplatesError` without a layout engine."""
    return _svg(visit.id, visit.seq, visit)


def architecture_picture(visit: Visit) -> dict[str, str | None]:
    """Return the architecture of the present decisions as a drawing for this page, or what to install for one."""
    try:
        return {"svg": themed(_svg(visit.id, visit.seq, visit)), "why": None}
    except TemplatesError as error:
        return {"svg": None, "why": str(error)}


def architecture_sketch(visit: Visit) -> None:
    """Show the architecture of the present decisions; without a layout engine, say what to install."""
    try:
        st.image(themed(architecture_svg(visit)), width="stretch", alt="Architecture as chosen so far")
    except TemplatesError as error:
        st.warning(str(error))


@st.cache_data(max_entries=32, show_spinner=False)
def _small(name: str, changed: str, _workshop: Workshop) -> str:
    return small_canvas(content().canvases["stack-canvas"], _workshop)


def canvas_sketch(name: str, workshop: Workshop) -> None:
    """Show the stack canvas of a workshop as a small picture. `name` tells it from others that were drawn."""
    notes = sum(1 for _ in workshop.notes("stack-canvas"))
    svg = _small(name, repr(workshop.canvases), workshop)
    st.image(themed(svg), width="stretch", alt=f"Its canvas with {notes} notes, small")
