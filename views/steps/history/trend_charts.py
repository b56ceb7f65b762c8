"""How every model stood at the moments: a small chart for each, and a table that says the same in numbers."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from assessments.compare.trend import Trend, sure_to_possible, trend
from assessments.library.packs import library
from assessments.standing.as_data import standing
from canvas.method.colours import Theme
from canvas.method.load import shipped
from views.literal import literal
from views.steps.history.past import Past

HEIGHT = 150
LABEL = 14


def trend_charts(past: Past) -> None:
    """Show all models with a value over the start, the moments and now."""
    points = past.points
    trends = trend([(point.name, past.day(point.at), past.document(point.at)) for point in points], library())
    if len(points) < 3:
        st.info(
            "Each step of the agenda becomes a point here once something has changed in it. You can name moments of "
            "your own under Replay.",
            icon=":material/flag:",
        )
    st.caption(
        "Filled dots and solid line: sure. Grey area and hollow dots: what open answers could still make of it. "
        "A dashed line across: the model changed there (its edition, or what a rule takes out of it), and numbers on "
        "its two sides do not compare."
    )
    left, right = st.columns(2, gap="medium")
    for place, one in enumerate(trends):
        with (left, right)[place % 2], st.container(border=True):
            st.markdown(f"**{literal(one.title)}** :gray[of {one.maximum:g}]")
            st.altair_chart(_chart(one), width="stretch")
    st.markdown("**The same in numbers**")
    st.dataframe(_table(trends), width="stretch")
    with st.expander("The charts in words"):
        st.markdown("\n".join(f"- {literal(in_words(one))}" for one in trends))


def _chart(one: Trend) -> alt.LayerChart:
    data = pd.DataFrame(_rows(one))
    names = data["label"].tolist()
    across = alt.X("label:N", sort=names, title=None, axis=alt.Axis(labelAngle=0, labelLimit=90, labelOverlap="greedy"))
    scale = alt.Scale(domain=[0, one.maximum])
    base = alt.Chart(data).encode(x=across, detail="run:N", tooltip=["name:N", "day:N", "standing:N"])
    lower = alt.Y("lower:Q", scale=scale, title=None, axis=alt.Axis(tickCount=4))
    upper = alt.Y("upper:Q", scale=scale, title=None)
    shared, theme = shipped().colours.shared, _theme()
    # Shape and shade tell sure from possible, so that it also reads on a black-and-white print.
    sure, possible, changed = (colour.on(theme) for colour in (shared.brand, shared.outline, shared.warn))
    layers = [
        base.mark_area(color=possible, opacity=0.25).encode(y=lower, y2="upper:Q"),
        base.mark_point(color=possible, filled=False, size=40).encode(y=upper),
        base.mark_line(color=sure).encode(y=lower),
        base.mark_point(color=sure, filled=True, size=60, opacity=1).encode(y=lower),
    ]
    broken = data[data["breaks"]]
    if len(broken):
        edge = alt.Chart(broken).encode(x=across)
        layers.append(edge.mark_rule(color=changed, strokeDash=[4, 3], strokeWidth=2))
        layers.append(edge.mark_text(color=changed, align="left", dx=4, y=LABEL // 2).encode(text="edition:N"))
    return alt.layer(*layers).properties(height=HEIGHT, description=in_words(one))


def _theme() -> Theme:
    return "dark" if st.context.theme.type == "dark" else "light"


def _rows(one: Trend) -> list[dict[str, object]]:
    return [
        {
            # Two moments may have one name; the number keeps them apart.
            "label": f"{number}. {point.name}",
            "name": point.name,
            "day": point.day or "",
            "lower": point.result.lower,
            "upper": point.result.upper,
            "standing": standing(point.result),
            "run": run,
            "breaks": point.breaks,
            "edition": point.changed,
        }
        for number, (run, point) in enumerate(((r, p) for r, run in enumerate(one.runs) for p in run), start=1)
    ]


def in_words(one: Trend) -> str:
    """Return what the chart of a model shows, for those who cannot see it."""
    told = []
    for point in one.points:
        told += [f"Here the edition changed to {point.result.edition}"] if point.edition_changed else []
        told += ["Here a rule takes out other criteria than before"] if point.rule_changed else []
        told += [f"{point.name}: {standing(point.result)}"]
    return f"{one.title}. {'. '.join(told)}."


def _table(trends: tuple[Trend, ...]) -> pd.DataFrame:
    """Return a row for each model and a column for each point, with the bounds and where the model changed."""
    head = [f"{number}. {point.name}" for number, point in enumerate(trends[0].points, start=1)]
    days = [f"{name} ({point.day})" if point.day else name for name, point in zip(head, trends[0].points, strict=True)]
    cells = {
        one.title: [sure_to_possible(p.result) + (f" ({p.changed})" if p.breaks else "") for p in one.points]
        for one in trends
    }
    return pd.DataFrame.from_dict(cells, orient="index", columns=days)
