"""How a practice is asked, wherever it is: its question, the field of the five answers, what they mean, how to verify.

What an answer does is with whoever asks: `practice_card.py`, `blind_round.py`, `consensus_card.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from assessments.shapes.practice import PracticeDefinition
from views.widgets.choices import choice_field
from views.widgets.keeping import Save

CHOICES = {
    "none": "Not done",
    "manual": "By hand, documented",
    "automated": "Automated",
    "unknown": "Don't know",
    "not-applicable": "Not applicable",
}
MARKS: Mapping[str | None, str] = {
    "none": "○",
    "manual": "◐",
    "automated": "●",
    "unknown": "?",
    "not-applicable": "n/a",
    None: "☐",
}


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
    st.markdown(f"**By hand** means: {practice.manual}  \n**Automated** means: {practice.automated}")
    st.markdown(f"**How to verify.** {practice.verify}")


def answer_field(label: str, given: str | None, base: object, save: Save, *, key: str, **look: Any) -> str | None:
    """Take one of the five answers, or take it back; `save` gets what changed. Returns which is picked.

    `label` is what a screen reader says, and is shown unless `look` has it `collapsed` below the question.
    """
    return choice_field(label, CHOICES, given, base, save, key=key, segments=True, **look)


def spread_words(spread: Mapping[str, int]) -> str:
    """Return how many assessors said what: `Not done 2 · By hand, documented 1`."""
    return " · ".join(f"{CHOICES[said]} {count}" for said, count in spread.items() if said in CHOICES)


def _strong(text: str) -> None:
    st.markdown(f"**{text}**")
