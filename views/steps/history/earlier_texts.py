"""The earlier texts of one note: who wrote what when, which text lost against another, and taking one up again."""

from __future__ import annotations

import streamlit as st

from canvas.store.lookback import EarlierText
from views.literal import literal
from views.steps.history.past import NoteToPick, Past
from views.visit.changing import submit
from views.visit.session import Visit
from views.widgets.choices import pick
from views.widgets.rows import text_and_button

SHOWN_OF_TEXT = 90
SHOWN_AT_FIRST = 30


def earlier_texts(past: Past) -> None:
    """Let the person pick a note and show its texts, the present one first."""
    notes = {note.id: note for note in past.notes()}
    if not notes:
        st.info("There are no notes yet.", icon=":material/sticky_note_2:")
        return
    picked = pick("Note", {id_: _label(note) for id_, note in notes.items()}, key="earlier-texts-of")
    note, texts = notes[picked], past.texts(picked)
    if note.deleted:
        _bring_back(past.visit, note)
    st.caption("One text so far." if len(texts) == 1 else f"{len(texts)} texts, the latest first.")
    all_of_them = len(texts) <= SHOWN_AT_FIRST or st.toggle(
        f"All {len(texts)} instead of the last {SHOWN_AT_FIRST}", key=f"all-texts-of-{picked}"
    )
    by_seq = {text.seq: text for text in texts}
    for index, text in enumerate(reversed(texts if all_of_them else texts[-SHOWN_AT_FIRST:])):
        winner = by_seq.get(text.lost_to) if text.lost_to else None
        _card(past, note, text, winner, latest=index == 0)


def _label(note: NoteToPick) -> str:
    line = " ".join(note.text.split())
    short = line if len(line) <= SHOWN_OF_TEXT else f"{line[:SHOWN_OF_TEXT]}…"
    return f"{'Deleted · ' if note.deleted else ''}{note.block} · {short}"


def _bring_back(visit: Visit, note: NoteToPick) -> None:
    said, act = text_and_button()
    said.info("This note has been deleted.", icon=":material/delete:")
    act.button(
        "Bring the note back",
        on_click=submit,
        args=(visit, f"note:{note.id}", {"deleted": False}),
        disabled=not visit.may_edit,
    )


def _card(past: Past, note: NoteToPick, text: EarlierText, winner: EarlierText | None, *, latest: bool) -> None:
    with st.container(border=True):
        said, act = text_and_button()
        said.markdown(literal(text.text))
        said.caption(
            f"{literal(past.who(text.author))} · {past.when(text.at)}" + (" · **as it is now**" if latest else "")
        )
        if winner:
            said.markdown(
                f":orange[:material/merge:] {literal(past.who(winner.author))} wrote over this without having seen it."
            )
        if not latest:
            act.button(
                "Use this text",
                key=f"use-{text.seq}",
                on_click=submit,
                args=(past.visit, f"note:{note.id}", {"text": text.text}),
                disabled=not past.visit.may_edit or note.deleted,
            )
