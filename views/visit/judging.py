"""What judges the workshop of a visit: the library of this process, as far as it applies to it."""

from __future__ import annotations

from assessments.library.packs import library
from assessments.shapes.library import Library
from views.visit.session import Visit


def judging(visit: Visit) -> Library:
    """Return the models in the editions of a workshop, and the practices, without what a rule takes out."""
    return library().judging(visit.workshop)
