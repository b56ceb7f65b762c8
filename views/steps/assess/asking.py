"""How a practice is asked, wherever it is: its question, the field of the five answers, what they mean, how to verify.

What an answer does is with whoever asks: `blind_round.py`, `consensus_card.py`. The sheet asks by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from assessments.shapes.answers import answer_titles, within
from assessments.shapes.practice import PracticeDefinition
from canvas.document.workshop import Answer
from canvas.method.typed_values import TEXT_LIMITS
from views.visit.changing import Refusal
from views.visit.session import Visit
from views.widgets.choices import choice_field
from views.widgets.fields import text_field
from views.widgets.keeping import Save


def ask(practice: PracticeDefinition, answers: Callable[[], None] | None, *, heading: bool = False) -> None:
    """Show a practice: its question, why, what `answers` shows to take one, what answers mean, and how to verify.

    Without `answers` it is only looked up, and why it matters has been said.
    """
    if answers is None:
        st.markdown(practice.question)
    else:
        (st.subheader if heading else _strong)(practice.question)
        st.markdown(practice.why)
        answers()
    by_hand, automated = (within(answer).capitalize() for answer in ("manual", "automated"))
    st.markdown(f"**{by_hand}** means: {practice.manual}  \n**{automated}** means: {practice.automated}")
    st.markdown(f"**How to verify.** {practice.verify}")


def answer_field(label: str, given: str | None, base: object, save: Save, *, key: str, **look: Any) -> str | None:
    """Take one of the five answers, or take it back; `save` gets what changed. Returns which is picked.

    `label` is what a screen reader says, and is shown unless `look` has it `collapsed` below the question.
    """
    return choice_field(label, answer_titles(), given, base, save, key=key, segments=True, **look)


def ask_why_not(visit: Visit, practice: str, answer: Answer | None, save: Save) -> None:
    """Ask why a practice does not apply; `save` gets the reason, never an empty one."""
    given = answer is not None and answer.state == "not-applicable"

    def save_some(reason: str | None, over: bool) -> Refusal | None:
        if reason is not None:
            return save(reason, over)
        needed = "A practice that does not apply needs its reason. Write one, or choose another answer above."
        return Refusal("malformed", needed) if given else None

    text_field(
        "Why it does not apply",
        answer.reason if answer else None,
        visit.base(f"answer:{practice}", "reason"),
        save_some,
        key=f"why-not:{practice}",
        limit=TEXT_LIMITS["long-text"],
        placeholder="Saved once there is a reason",
        disabled=not visit.may_edit,
    )


def spread_words(spread: Mapping[str, int]) -> str:
    """Return how many assessors said what: `Not done 2 · By hand, documented 1`."""
    known = answer_titles()
    return " · ".join(f"{known[said]} {count}" for said, count in spread.items() if said in known)


def _strong(text: str) -> None:
    st.markdown(f"**{text}**")
