"""What the page hands over as plain data: the summary, the picture, the models to choose from. Worked out once a state.

Every sentence is made in `templates/summary`; which moment it is compared with is looked up here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, tzinfo
from typing import Any

import streamlit as st

from assessments.library.packs import library
from assessments.shapes.model import ModelDefinition
from templates.drawing.dark import in_dark
from templates.errors import TemplatesError
from templates.plan import make_plan
from templates.summary.model import Moment, summary
from views.live import seen_by
from views.steps.history.past import Past
from views.visit.clock import today, zone
from views.visit.session import Visit, content
from views.widgets.sketch import architecture_svg

ASSIGNED = ("owner", "by")


def stand_data(visit: Visit) -> dict[str, Any]:
    """Return the first picture of the page for one person; see `docs/live-protocol.md`."""
    return {
        **told_data(visit),
        "picture": picture(visit),
        "models": [_model(model) for model in library().models.values()],
        "titles": {step.id: step.title for step in content().steps.values()},
        "mayChoose": visit.leads,
        "mayEdit": visit.may_edit,
    }


def told_data(visit: Visit) -> dict[str, Any]:
    """Return what is worked out anew: where the workshop stands now, and what each owner and day was last set at."""
    found = _summary(visit.id, visit.seq, today(), str(zone()), zone(), visit)
    for step in found["summary"]["steps"]["steps"]:
        item = f"assignment:{step['item']}"
        step["bases"] = {prop: visit.base(item, prop, "deleted") for prop in ASSIGNED}
    return {**seen_by(visit.member, visit.seq), **found}


def picture(visit: Visit) -> Mapping[str, str | None]:
    """Return the architecture as SVG, light and in the dark theme dark; without an engine, what to install."""
    try:
        light = architecture_svg(visit)
    except TemplatesError as error:
        return {"light": None, "dark": None, "problem": str(error)}
    # The browser draws paper from the light one, whatever the theme.
    return {"light": light, "dark": _dark(light) if st.context.theme.type == "dark" else None, "problem": None}


@st.cache_data(max_entries=32, show_spinner=False)
def _dark(svg: str) -> str:
    return in_dark(svg)


def _model(model: ModelDefinition) -> dict[str, str]:
    return {"id": model.id, "title": model.title, "about": model.summary.split(". ")[0].rstrip(".") + "."}


@st.cache_data(max_entries=64, show_spinner=False)
def _summary(workshop: str, seq: int, day: date, there: str, _zone: tzinfo, _visit: Visit) -> dict[str, Any]:
    """Return where a workshop stood at `seq`, the same for everybody; `unchanged` names a last moment that is now."""
    past = Past(_visit, _zone)
    before = past.last_moment_that_differs()
    moment = Moment(before.name, past.day(before.at), past.document(before.at)) if before else None
    found = summary(make_plan(_visit.workshop, content(), library()), day, moment)
    same = past.moments[-1].name if past.moments and before is None else None
    return {"summary": asdict(found), "unchanged": same}
