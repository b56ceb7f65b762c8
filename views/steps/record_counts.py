"""How many decisions are recorded, by what became of them, in words."""

from __future__ import annotations

from collections import Counter

from canvas.document.workshop import Workshop


def records_told(workshop: Workshop) -> str:
    """Return how many decisions are accepted, proposed and drafted, and how many were recorded and hold no more."""
    by_status = Counter(decision.status for decision in workshop.decisions)
    past = sum(by_status[status] for status in ("rejected", "deprecated", "superseded"))
    told = [f"{by_status['accepted']} accepted"]
    told += [f"{by_status['proposed']} proposed"] if by_status["proposed"] else []
    told += [f"{past} no longer in force or rejected"] if past else []
    return ", ".join([*told, f"{by_status['draft']} still drafts"])
