"""Where every model stands on the same answers, and one of them looked at closely: its parts, and what holds it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessments.library.packs import library
from assessments.scoring.explain import omitted_in_words
from assessments.scoring.leading import Leading
from assessments.shapes.answers import answer_title
from assessments.shapes.result import Change, Result
from assessments.standing.as_data import standing
from canvas.document.workshop import Target
from templates.drawing.embedded_fonts import with_fonts
from templates.pictures import gap_bars, interval_bars, model_picture
from views.literal import literal
from views.widgets.bars import interval_bar
from views.widgets.choices import pick
from views.widgets.sketch import themed
from views.widgets.step_pictures import show_picture

SHOWN_CHANGES = 6


def model_overview(results: Sequence[Result], lead: Leading) -> None:
    """Show the models that lead in a line or two each, and all others a click away."""
    st.caption("Solid: sure. Striped: depends on answers still open. Official: published arithmetic.")
    leading = [result for result in results if result.id in lead.models]
    for result in leading:
        model_row(result)
    others = [result for result in results if result not in leading]
    with st.expander(f"All models ({len(others)} more)", expanded=not leading):
        for result in others:
            model_row(result)


def model_pictures(results: Sequence[Result], targets: Sequence[Target]) -> None:
    """Show how far the targets are, and all models on one scale."""
    for picture in (gap_bars(results, targets), interval_bars(results)):
        if picture is not None:
            with st.container(border=True, key=f"picture-{picture.id}"):
                st.subheader(picture.title, anchor=picture.id)
                show_picture(picture)


def model_closely(results: Sequence[Result], targets: Sequence[Target]) -> None:
    """Show one model with all of its parts and the smallest change that raises it."""
    st.subheader("Look closer")
    known = {result.id: result for result in results}
    picked = pick("Model", {id_: result.title for id_, result in known.items()}, key="model-closely")
    result, definition = known[picked], library().models[picked]
    st.caption(f"{definition.summary} {result.coverage:.0%} answered.")
    for omitted in () if result.left_because else result.omitted:
        st.caption(omitted_in_words(omitted))
    for measure in result.measures:
        st.markdown(f"- {measure.title}: {literal(measure.reading)}")
    picture = model_picture(result, next((target for target in targets if target.model == picked), None))
    if picture is not None and picture.svg is not None:
        st.image(themed(with_fonts(picture.svg)), width="content", alt=" ".join(picture.words))
        with st.expander("The table"):
            _sections(result)
    if result.cells:
        _grid(result)
    for symptom in result.symptoms:
        st.markdown(f":orange[Symptom:] {symptom}")
    if result.ordered:
        holding_back(result)
    with st.expander("The rule behind it"):
        st.markdown(definition.rule)
        st.caption(f"Source: {literal(result.source)}")


def _sections(result: Result) -> None:
    """Show what is sure and what is possible in each section."""
    rows = [(section.title, section.lower, section.upper, section.maximum) for section in result.sections]
    st.dataframe(
        pd.DataFrame(rows, columns=["Section", "Sure", "At best", "Of"]),
        hide_index=True,
        width="stretch",
        column_config={name: st.column_config.NumberColumn(format="%g") for name in ("Sure", "At best", "Of")},
    )


def _grid(result: Result) -> None:
    """Show sections against columns, with what is reached of what there is."""
    sections = {section.id: section.title for section in result.sections}
    columns = {column.id: column.title for column in result.columns}
    points = {(c.section, c.column): f"{c.lower:g} of {c.maximum:g}" for c in result.cells if c.applicable}
    rows = {title: [points.get((id_, column), "") for column in columns] for id_, title in sections.items()}
    st.dataframe(pd.DataFrame.from_dict(rows, orient="index", columns=list(columns.values())), width="stretch")
    read = " · ".join(f"{column.title} {column.reading or 'not applicable'}" for column in result.columns)
    st.caption(read)


def model_row(result: Result) -> None:
    """Show one model: value or open band, the bar of sure and open, its sections."""
    kind = ":green-badge[rule of its authors]" if result.official else ":gray-badge[derived rule]"
    st.markdown(f"**{result.title}** {kind} :gray[{literal(standing(result))}]")
    if result.assessable and result.lower is not None and result.upper is not None:
        interval_bar(result.lower, result.upper, result.maximum, f"{result.title}: {standing(result)}")


def show_change(change: Change) -> None:
    """Show one answer to raise: from what to what, how much effort, and what comes first."""
    effort = "●" * change.effort + "○" * (5 - change.effort)
    step = f"{answer_title(change.current)} → {answer_title(change.to)}"
    first = ", ".join(map(library().title, change.prerequisites))
    st.markdown(f"{change.title}  \n:gray[:small[{step} · effort {effort}{f' · first: {first}' if first else ''}]]")


def holding_back(result: Result) -> None:
    """Show what holds a model's value and the smallest change that raises it."""
    if result.left_because is not None:
        st.caption(f"It cannot be assessed here. {result.left_because}")
        return
    if result.unlock is None:
        st.caption("Nothing left to reach here.")
        return
    st.caption(f"Smallest change that reaches {result.unlock.reaches}:")
    for change in result.unlock.changes[:SHOWN_CHANGES]:
        show_change(change)
    rest = result.unlock.changes[SHOWN_CHANGES:]
    if rest:
        with st.expander(f"{len(rest)} more"):
            for change in rest:
                show_change(change)
    if result.not_helping:
        with st.expander("What would not help now"):
            st.caption(", ".join(map(library().title, result.not_helping)))
