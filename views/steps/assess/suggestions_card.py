"""What the board suggests as answers, each a click to accept, and where board and answers contradict each other."""

from __future__ import annotations

import streamlit as st

from assessments.hints.hints import Hint
from assessments.hints.suggested_answers import Contradiction, Suggestion, contradictions, suggestions
from assessments.library.packs import library
from assessments.shapes.answers import answer_title, within
from canvas.document.workshop import Evidence
from views.literal import literal
from views.visit.answering import answer_now
from views.visit.session import Visit, content
from views.widgets.rows import text_and_button

MOST_LETTERS = 200


def suggestions_card(visit: Visit) -> None:
    """Show contradictions first, then the suggestions for practices that nobody has answered."""
    denied = contradictions(visit.workshop, content(), library())
    suggested = suggestions(visit.workshop, content(), library())
    st.subheader("What the board says", anchor="suggestions")
    st.caption(
        "Decisions, tables, facts and the tools that notes name hint at answers. A hint is no proof: look before you "
        "accept, and replace the place it came from with better evidence later."
    )
    if not denied and not suggested:
        st.markdown("Nothing on the board speaks about a practice that is still open.")
    for contradiction in denied:
        _contradiction(contradiction)
    for suggestion in suggested:
        _suggestion(visit, suggestion)


def accept(visit: Visit, suggestion: Suggestion) -> None:
    """Store a suggested answer with the places it was read off. They are hints: what backs it is still to be added."""
    places = dict.fromkeys(
        place for hint in suggestion.hints if hint.value == suggestion.value for place in hint.places
    )
    evidence = [Evidence(ref=place[:MOST_LETTERS], hint=True).model_dump(exclude_defaults=True) for place in places]
    changes = {"deleted": None, "value": suggestion.value, "state": "answered", "evidence": evidence}
    answer_now(visit, suggestion.practice, changes)


def _contradiction(found: Contradiction) -> None:
    st.markdown(f":orange-badge[contradiction] **{found.title}**")
    st.markdown(f"- Answered: {answer_title(found.answer)}")
    _hint(found.hint)


def _suggestion(visit: Visit, suggestion: Suggestion) -> None:
    text, button = text_and_button("top")
    with text:
        confidence = f":gray-badge[{suggestion.confidence} confidence]"
        st.markdown(f"**{suggestion.title}**: {answer_title(suggestion.value)} {confidence}")
        for hint in suggestion.hints:
            _hint(hint)
    button.button(
        "Accept",
        key=f"accept-{suggestion.practice}",
        help=f"Answer '{suggestion.title}' with: {answer_title(suggestion.value)}",
        on_click=accept,
        args=(visit, suggestion),
        disabled=not visit.may_edit,
    )


def _hint(hint: Hint) -> None:
    places = "; ".join(literal(place) for place in hint.places)
    st.markdown(f"- {places} :gray[:small[suggests {within(hint.value)}. {hint.because}]]")
