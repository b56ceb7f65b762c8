"""The one way in which pages change an answer: what was carried over is kept first, and the editions are noted after.

Which of the five choices became which change is the part of the cards that ask. The sheet sends its answers itself; for
it the page carries over before, and notes the editions after.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.library.packs import library
from assessments.library.revisions import answered_now, carried_changes, editions_now
from canvas.log.fold import document_of
from views.visit.changing import Refusal, change, note_down, refusing, tell
from views.visit.session import Visit, read, visit_of


@refusing
def answer_item(visit: Visit, item: str, changes: Mapping[str, Any], *, over: bool = False) -> Refusal | None:
    """Change the answer to a practice or measure, all of it or nothing. Returns why it was not, or None."""
    refused = change(carry_over(visit), f"answer:{item}", answered_now(item, changes, library()), over=over)
    return refused or note_editions(visit)


def note_editions(visit: Visit) -> Refusal | None:
    """Note the present editions: whoever answers today has seen what these make of it."""
    return note_down(visit, "workshop:", "editions", editions_now(visit.workshop, library()))


def carry_over(visit: Visit) -> Visit:
    """Store the answers that were carried over to other practices, before the first change of one."""
    carried = list(carried_changes(read(visit, document_of), library()))
    for item, prop, value in carried:
        tell(note_down(visit, item, prop, value))
    return visit_of(visit.member) if carried else visit
