"""Typing text and numbers: nothing that is typed is cut, read as something else, or gone without a word.

What does not fit stays in its field with the reason below it, until it is mended or taken back. See `keeping.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from canvas.document.days import FIRST, LAST, refusal
from canvas.errors import NumberRefused
from canvas.reading.number_range import NumberRange
from canvas.reading.numerals import is_share, read_in, write_number
from canvas.reading.text_gate import clean
from canvas.reading.types import PartialDay
from views.literal import literal
from views.visit.changing import Refusal, change
from views.visit.clock import today
from views.visit.session import Visit
from views.widgets.keeping import BACK, Save, beside, follow, keep, kept, settle

END_SHOWN = 24
PARTIAL_DAY = TypeAdapter(PartialDay)
NO_DAY = "This is no day. Write a day as 2026-11-23, a month as 2026-11, or only the year, 2026."


def saver(visit: Visit, item: str, prop: str) -> Save:
    """Return what saves one property of an item."""
    return lambda value, over: change(visit, item, {prop: value}, over=over)


def text_field(
    label: str,
    saved: str | None,
    seq: object,
    save: Save,
    *,
    key: str,
    limit: int,
    long: bool = False,
    where: Any = st,
    **look: Any,
) -> None:
    """Let a saved text be typed, in one line or `long`; its cleaned text of at most `limit` letters is saved."""
    follow(key, seq, saved or None, saved or "")
    widget = where.text_area if long else where.text_input
    widget(label, key=key, on_change=save_text, args=(key, limit, save), **look)
    beside(key, save, str, saved, joined=limit if long else 0)


def save_text(key: str, limit: int, save: Save) -> None:
    """Save what a text field holds, or keep it there. For its own changes, and for the button beside it."""
    typed = st.session_state[key]
    text = clean(typed)
    if len(text) > limit:
        keep(key, typed, text, Refusal("too-large", too_long(text, limit)))
    else:
        settle(key, typed, text or None, save)


def too_long(text: str, limit: int) -> str:
    """Say how much too long a text is, and where what fits ends."""
    last = " ".join(text[:limit].split())[-END_SHOWN:]
    return (
        f"These are {len(text):,} characters, and {limit:,} is the most. Nothing is saved until it is shortened by "
        f"{len(text) - limit:,}; what fits ends with “…{last}”."
    )


def number_field(
    label: str,
    saved: float | None,
    seq: object,
    save: Save,
    bounds: NumberRange,
    *,
    key: str,
    where: Any = st,
    back: str = BACK,
    **look: Any,
) -> None:
    """Let a saved number be typed, as people write it anywhere; the number, or None for an empty field, is saved."""
    follow(key, seq, saved, "" if saved is None else write_number(saved))
    where.text_input(label, key=key, on_change=_save_number, args=(key, bounds, save), **look)
    if saved is not None and (wrong := bounds.told_of(saved)):
        # It was saved before something else made it impossible, or came with a file: it is told, and not touched.
        where.markdown(f":red[:material/error:] {literal(wrong)}")
    read = st.session_state.get(f"{key}:read")
    if read is not None and read[1] == saved:
        unit = f" {bounds.unit}" if bounds.unit else ""
        where.caption(f"Read '{literal(read[0])}' as {literal(write_number(saved or 0) + unit)}.")
    beside(key, save, write_number, saved, back=back)


def _save_number(key: str, bounds: NumberRange, save: Save) -> None:
    typed = st.session_state[key]
    try:
        value = read_in(bounds, typed) if typed.strip() else None
    except NumberRefused as refused:
        keep(key, typed, None, Refusal("malformed", str(refused)))
    else:
        # What is not kept as it was typed is told.
        st.session_state[f"{key}:read"] = (typed.strip(), value) if is_share(typed) else None
        settle(key, typed, value, save)


def day_field(
    label: str, saved: str | None, seq: object, save: Save, *, key: str, where: Any = st, **look: Any
) -> None:
    """Let a saved day be chosen or typed; it is saved as `2026-11-23`, or None for an empty field."""
    follow(key, seq, saved, date.fromisoformat(saved) if saved else None)
    held = date.fromisoformat(saved) if saved else None
    where.date_input(
        label,
        value=None,
        # A day that cannot be may come with a file; the calendar must reach it to show it.
        min_value=min(FIRST, held or FIRST),
        max_value=max(LAST, held or LAST),
        key=key,
        format="YYYY-MM-DD",
        on_change=_save_day,
        args=(key, save),
        **look,
    )
    if saved and (wrong := refusal(saved, LAST, past=False)):
        where.markdown(f":red[:material/error:] {wrong}.")
    beside(key, save, str, saved)


def _save_day(key: str, save: Save) -> None:
    picked: date | None = st.session_state[key]
    settle(key, picked, picked.isoformat() if picked else None, save)


def own_number(label: str, default: float, bounds: NumberRange, *, key: str, where: Any = st, **look: Any) -> float:
    """Let a number be typed that only this page uses, and return it; what is no number leaves the last one in force."""
    held = f"{key}:number"
    st.session_state.setdefault(held, default)

    def hold(value: float | None, _over: bool) -> None:
        st.session_state[held] = default if value is None else value

    number: float = st.session_state[held]
    back = f"Go on with {write_number(number)}"
    number_field(label, number, 0, hold, bounds, key=key, where=where, back=back, **look)
    return number


def typed_number(key: str) -> float | None:
    """Return the number in a field of `own_number`, for the button beside it; None while the field refuses its text."""
    number: float = st.session_state[f"{key}:number"]
    return None if kept(key) else number


def own_text(label: str, *, key: str, limit: int, where: Any = st, **look: Any) -> None:
    """Let a text be typed that only the buttons beside it use; it stays until it is used, on whatever page one is."""
    text_field(label, own_words(key), 0, _holds(key), key=key, limit=limit, long=True, where=where, **look)


def taken_text(key: str, limit: int) -> str | None:
    """Return what is in a field of `own_text`, for the button beside it; None while there is too much in it."""
    if key in st.session_state:
        save_text(key, limit, _holds(key))
    return None if kept(key) else own_words(key)


def own_words(key: str) -> str:
    """Return what a field of `own_text` held last, on the page or not."""
    held: str = st.session_state.get(f"{key}:held", "")
    return held


def used(*keys: str) -> None:
    """Empty fields of this page's own, once what was typed there is used. Only for callbacks."""
    for key in keys:
        st.session_state[f"{key}:held"] = st.session_state[key] = ""


def own_day(label: str, *, key: str, where: Any = st, **look: Any) -> None:
    """Let a day, a month or a year be typed that only the button beside it uses; nothing typed means today."""
    held = own_words(key)
    follow(key, 0, held, held)
    look = {"placeholder": today().isoformat(), "help": "A day, a month or a year. Left empty, it is today."} | look
    where.text_input(label, key=key, on_change=taken_day, args=(key,), **look)
    beside(key, _holds(key), str, held, back=f"Go on with {held or 'today'}")


def taken_day(key: str) -> str | None:
    """Return the day in a field of `own_day`, for the button beside it; None while there is no day in it."""
    typed = st.session_state.get(key) or ""
    day = clean(typed)
    try:
        wrong = refusal(PARTIAL_DAY.validate_python(day), today(), past=True) if day else None
    except ValidationError:
        wrong = NO_DAY
    if wrong:
        keep(key, typed, None, Refusal("malformed", wrong))
        return None
    settle(key, typed, day, _holds(key))
    return day or today().isoformat()


def _holds(key: str) -> Save:
    def hold(value: str | None, _over: bool) -> None:
        st.session_state[f"{key}:held"] = value or ""

    return hold
