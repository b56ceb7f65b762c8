"""What the people of the walk enter: the words and numbers as they type them, and what the file must hold of them.

Numbers are typed as people write them; the value beside is the one that is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from canvas.method.load import shipped

TITLE = "Parcel delay & <b>forecast</b> {{7*7}} $x$"
TEAM = "Data science, platform | Zürich"
COURSE = "ninety-minutes"
CONTENT = shipped()

# By requirement: what is typed, or the option that is taken, and the value that it means.
TYPED: dict[str, tuple[str, Any]] = {
    "prediction-target": ("Will this parcel be more than a day late?", None),
    "users": ("Dispatchers of the hub in Zürich; later the customers' app", None),
    "business-metric": ("Calls about late parcels: 340 a day today", None),
    "non-ml-baseline": ("A rule: late when the truck left after 18:00", None),
    "model-owner": ("Ana Kovač (dispatch)", None),
    "metric-threshold": ("0,92", 0.92),
    "metric-baseline": ("0.85", 0.85),
    "kinds-of-model": ("1", 1),
    "base-rate": ("8,5", 8.5),
    "label-delay": ("2", 2),
    "data-volume": ("1.5", 1.5),
    "benefit-per-year": ("120000", 120000),
    "error-cost": ("4.25", 4.25),
    "error-share": ("8", 8),
    "latency-p95": ("250", 250),
    "requests-per-day": ("40000", 40000),
    "team-size": ("5", 5),
    "models-in-production": ("2", 2),
    "models-sharing-features": ("1", 1),
}
TAKEN: dict[str, Any] = {
    "wrong-prediction-cost": "medium",
    "model-source": "own",
    "freshness": "hour",
    "training-data-place": "own-cloud",
    "trained-on-devices": False,
    "task-type": "binary-classification",
    "input-kind": "tabular",
    "main-metric": "roc-auc",
    "manual-labelling": False,
    "human-check": True,
    "upkeep": True,
    "gain": "clearly-more",
    "data-at-hand": "ready",
    "shown-so-far": "beats-today",
    "learns-from-use": True,
    "prediction-timing": "on-request",
    "live-features": False,
    "retraining": "weekly",
    "regulated": False,
    "personal-data": True,
    "reproducibility": True,
    "kubernetes": False,
    "cloud": "none",
    "hosting": "self-hosted",
}
# Written alone, each by one person: block and text.
SCANNER = "Who sees that the scanner is down?"
NOTES = {
    "facilitator": (("value", "Fewer calls about late parcels"), ("data", "Scans of 14 hubs, one row each")),
    "participant": (("data", "Truck GPS, 30 s apart: 12 GB a month"), ("serving", "The dispatch screen asks at 06:00")),
    "phone": (("monitoring", SCANNER), ("serving", "An answer within 0.25 s")),
}
DOTS = 3
# By person: on which notes the dots go.
VOTES = {
    "participant": (
        "Who sees that the scanner is down?",
        "Who sees that the scanner is down?",
        "An answer within 0.25 s",
    ),
    "phone": (SCANNER, "Truck GPS, 30 s apart: 12 GB a month"),
}
REASON = "Reason {number}: “{slot}” fits five people | says 100% so, since 2026."
OWN_WORDS = {"data.versioning": "Snapshots on our NAS, by day"}
MODEL = "mltestscore"
EVIDENCE = "https://git.example.org/parcels/-/blob/main/tests/test_schema.py"
TARGET, TARGET_DAY = 5.0, "2027-06-30"
OWNER, OWNER_DAY = "Ana & Li", "2027-03-31"


def printed(requirement: str, option: Any) -> str:
    """Return what stands on the option that is taken."""
    definition = CONTENT.requirements[requirement]
    return {True: "Yes", False: "No"}[option] if definition.type == "yes-no" else definition.printed(option)


def meant(requirement: str) -> Any:
    """Return the value that an entry stands for."""
    if requirement in TAKEN:
        return TAKEN[requirement]
    text, value = TYPED[requirement]
    return text if value is None else value


@dataclass
class Entered:
    """What has been entered so far, in the words of the file: grows as the walk goes on."""

    requirements: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    votes: dict[str, int] = field(default_factory=dict)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    assigned: str = ""
    shown: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> list[str]:
        """Return every sentence that was entered, to be looked for in what is taken home."""
        reasons = [str(decision["because"]) for decision in self.decisions]
        return [*reasons, *(text for block in self.notes.values() for text in block)]
