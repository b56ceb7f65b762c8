"""Contradictions that a team knows of and lives with: each is a risk of the register, judged as acceptable there.

The risk names the contradiction as its source. Removed or judged otherwise, it leaves the contradiction open.
"""

from __future__ import annotations

from collections.abc import Iterable

from canvas.advice.options import Contradiction
from canvas.document.workshop import Risk, Workshop
from canvas.method.content import Content
from canvas.reading.types import Residual

ACCEPTED: Residual = "acceptable"
_BEGINS = "contradiction of "


def source_of(found: Contradiction) -> str:
    """Return how a risk names the contradiction that it accepts, whatever words it is shown with later."""
    return f"{_BEGINS}{found.choice} with {', '.join(found.subjects)}"


def risk_of(found: Contradiction, workshop: Workshop) -> Risk | None:
    """Return the risk of the register that names a contradiction as its source, however it is judged."""
    return next((risk for risk in workshop.risks if risk.source == source_of(found)), None)


def source_said(risk: Risk) -> str | None:
    """Return where a risk comes from in words; one that names a contradiction does so by ids."""
    if risk.source and risk.source.startswith(_BEGINS):
        return "a contradiction among decisions and answers"
    return risk.source


def accepting_risk(found: Contradiction, content: Content) -> dict[str, str]:
    """Return the properties of a risk that accepts a contradiction."""
    slot, choice = content.slots[found.slot].title, content.catalog[found.choice].title
    return {"text": f"{slot}: {choice}. {found.because}", "residual": ACCEPTED, "source": source_of(found)}


def accepted_among(found: Iterable[Contradiction], workshop: Workshop) -> tuple[Contradiction, ...]:
    """Return the contradictions that the team accepts as risks."""
    judged = {risk.source: risk.residual for risk in workshop.risks}
    return tuple(one for one in found if judged.get(source_of(one)) == ACCEPTED)
