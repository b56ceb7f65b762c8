"""The one way in which pages change an answer: what was carried over is kept first, and the editions are noted after.

Which of the five choices became which change is the part of the cards that ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.migration import answered_now, carried_changes, editions_now
from assessments.packs import library
from views.context import context
from views.session import Visit, note_down, submit, visit_of


def answer_item(visit: Visit, item: str, changes: Mapping[str, Any]) -> bool:
    """Change the answer to a practice or measure. Returns whether all of it was taken; shows why when it was not."""
    fine = submit(_carried_over(visit), f"answer:{item}", answered_now(item, changes, library()))
    # Whoever answers today has seen what the present editions make of it.
    return fine and note_down(visit, "workshop:", "editions", editions_now(visit.workshop, library()))


def _carried_over(visit: Visit) -> Visit:
    """Store the answers that were carried over to other practices, before the first change of one."""
    carried = list(carried_changes(context().store.document(visit.id), library()))
    for item, prop, value in carried:
        note_down(visit, item, prop, value)
    return visit_of(visit.member) if carried else visit
