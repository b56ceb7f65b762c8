"""Answers to practices that a rule takes out: they stay in the document and are not scored while the rule holds."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.library.revisions import current
from assessments.shapes.library import Library
from canvas.document.workshop import Workshop
from canvas.method.omissions import OmissionRule


def kept_answers(workshop: Workshop, library: Library) -> Mapping[str, OmissionRule]:
    """Return the practices with an answer that is kept and not scored, each with its rule, in the order of answers."""
    gone = library.judging(workshop).gone
    answered = (answer.id for answer in current(workshop, library).answers)
    return {item: gone[item] for item in answered if item in gone}
