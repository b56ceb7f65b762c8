"""What an input could not save stays with it: as it was typed, with the reason beside it and a way on.

Inputs have keys that never change, so that nothing is drawn anew under somebody's fingers. They follow what is saved
whenever that changes; what was refused, or lost against somebody faster, waits here until its person decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from views.literal import literal
from views.visit.changing import Refusal
from views.visit.session import UNSAVED
from views.visit.shown import drawn_anew, has_shown, is_on_page, present_run

KEPT = "kept"
SEEN = "seen"
# The step whose page is shown.
HERE = "here"
MINE = "mine"
REPLACED = "replaced"
NOTHING: Any = object()
LEFT_OVER_PX = 120
BACK = "Back to what is saved"
AWAY = "The database does not answer just now, so this was not saved."

# Saves a value; with True it does so whatever somebody else has made of it. Returns why it was not saved, or None.
Save = Callable[[Any, bool], Refusal | None]


@dataclass(frozen=True)
class Kept:
    """What an input holds that is not saved: as typed, as a value when it could be read, and why it is not saved."""

    typed: Any
    value: Any
    refusal: Refusal
    step: str | None = None


@dataclass(frozen=True)
class Replaced:
    """What an input held before a run gave it something else; `theirs` when somebody else saved that."""

    run: int
    was: Any
    now: Any
    theirs: bool


def kept(key: str) -> Kept | None:
    """Return what the input with this key could not save, or None."""
    found: Kept | None = st.session_state.get(KEPT, {}).get(key)
    return found


def keep(key: str, typed: Any, value: Any, refusal: Refusal) -> None:
    """Keep what could not be saved; an echo, which nobody has typed, gives way to what took its place."""
    unseen = _unseen(key)
    if unseen is not None and typed == unseen.was:
        st.session_state[key] = unseen.now
    else:
        st.session_state.setdefault(KEPT, {})[key] = Kept(typed, value, refusal, st.session_state.get(HERE))


def let_go(key: str) -> None:
    """Forget what could not be saved; the input shows what is saved again."""
    st.session_state.get(KEPT, {}).pop(key, None)
    st.session_state.get(SEEN, {}).pop(key, None)


def is_mine(key: str, saved: Any) -> None:
    """Say that what an input will show is an act of this person elsewhere on the page, and no news to them."""
    st.session_state.setdefault(MINE, {})[key] = saved


def settle(key: str, typed: Any, value: Any, save: Save, *, over: bool = False) -> None:
    """Save a value, or keep what was typed together with why not.

    `over` saves it also when somebody else has put another in its place that this person has seen.
    """
    unseen = None if over else _unseen(key)
    # What this person typed in the meantime of their own saving is no news to them.
    if unseen is not None and (unseen.theirs or typed == unseen.was):
        keep(key, typed, value, Refusal("stale", "Somebody else has just changed this."))
        st.session_state[key] = unseen.now
        return
    refusal = save(value, over)
    if refusal is None:
        st.session_state.get(KEPT, {}).pop(key, None)
        is_mine(key, value)
    elif refusal.code != "out":
        keep(key, typed, value, refusal)
    elif isinstance(typed, str) and typed.strip():
        # Whoever was put out sees the closed door next, and what they typed in front of it.
        st.session_state.setdefault(UNSAVED, []).append(typed)


def follow(key: str, seq: object, saved: Any, shown: Any) -> None:
    """Let the input show what is saved, once for each change of it: whenever `seq` is another than before.

    `shown` is what is saved as the input holds it. What was typed and not saved stays, except against somebody faster:
    then theirs is in the input, and both below it.
    """
    found = kept(key)
    waiting = found is not None and not found.refusal.stale
    seen = st.session_state.setdefault(SEEN, {})
    new = drawn_anew(key)
    if key in st.session_state and (waiting or seen.get(key) == seq):
        if new:
            st.session_state[key] = st.session_state[key]
        return
    now = found.typed if found is not None and waiting else shown
    mine = st.session_state.setdefault(MINE, {})
    if st.session_state.get(key, now) != now:
        before, news = _unseen(key), seen.get(key, seq) != seq and mine.get(key, NOTHING) != saved
        was, theirs = (before.was, before.theirs or news) if before else (st.session_state[key], news)
        st.session_state.setdefault(REPLACED, {})[key] = Replaced(present_run(), was, now, theirs)
    mine.pop(key, None)
    st.session_state[key] = now
    seen[key] = seq


def _unseen(key: str) -> Replaced | None:
    """Return what the input lost in a run that the browser had not shown when it sent what is looked at now."""
    replaced: Replaced | None = st.session_state.get(REPLACED, {}).get(key)
    return None if replaced is None or has_shown(replaced.run) else replaced


def beside(key: str, save: Save, words: Callable[[Any], str], saved: Any, *, joined: int = 0, back: str = BACK) -> None:
    """Show under an input what it could not save, why, and the ways on.

    `words` says a value as people read it. Texts that lost against another can be joined to it up to `joined` letters.
    `back` names the button that gives up what was typed.
    """
    found = kept(key)
    if found is None:
        return
    with st.container(border=True, key=f"kept-{key}"):
        if found.refusal.stale:
            _both(key, found, save, words, saved, joined)
        else:
            _why_not(key, found, save, back)


def _why_not(key: str, found: Kept, save: Save, back: str) -> None:
    away = found.refusal.code == "busy"
    st.markdown(f":red[:material/error:] :small[{literal(AWAY if away else found.refusal.message)}]")
    with st.container(horizontal=True):
        if away:
            args = (key, found.typed, found.value, save)
            st.button("Try again", key=f"again-{key}", on_click=settle, args=args)
        st.button(back, key=f"back-{key}", type="tertiary", on_click=let_go, args=(key,))


def _both(key: str, found: Kept, save: Save, words: Callable[[Any], str], saved: Any, joined: int) -> None:
    st.markdown(
        ":material/merge: :small[**Somebody else changed this while you did.** Theirs is saved, yours is not.]  \n"
        f"Theirs: {_said(words, saved)}  \nYours: {_said(words, found.value)}"
    )
    both = f"{saved}\n{found.value}" if joined and saved and found.value else ""
    with st.container(horizontal=True):
        st.button("Keep mine", key=f"mine-{key}", type="primary", on_click=_replace, args=(key, found.value, save))
        st.button("Take theirs", key=f"theirs-{key}", on_click=let_go, args=(key,))
        if both and len(both) <= joined:
            st.button("Keep both", key=f"both-{key}", on_click=_replace, args=(key, both, save))


def _said(words: Callable[[Any], str], value: Any) -> str:
    return ":gray[nothing]" if value is None or value == "" else literal(words(value))


def _replace(key: str, value: Any, save: Save) -> None:
    let_go(key)
    settle(key, value, value, save, over=True)


def left_over(step: str, where: Any) -> None:
    """Show what was typed on this page and not saved, where its input went away meanwhile. For the end of a run."""
    kept_here = {key: found for key, found in st.session_state.get(KEPT, {}).items() if found.step == step}
    for key, found in kept_here.items():
        if is_on_page(key) or not str(found.typed or "").strip():
            continue
        with where, st.container(border=True, key=f"kept-{key}"):
            st.markdown(
                ":red[:material/error:] **What you had typed was not saved, and its field is not on the page now.** "
                "Copy it if you want to keep it:"
            )
            st.code(str(found.typed), language=None, wrap_lines=True, height=LEFT_OVER_PX)
            st.button("Discard it", key=f"go-{key}", on_click=let_go, args=(key,))
