"""The steps of a workshop, one page each, in the order in which a team takes them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One page: where its script is, how it is named, its address, and its sign where no progress is shown."""

    id: str
    title: str
    script: str
    path: str
    default: bool = False
    icon: str = ":material/inventory_2:"


STEPS = (
    Step("start", "Start", "steps/start.py", "start", default=True),
    Step("phase-zero", "Phase zero", "steps/phase_zero.py", "phase-zero"),
    Step("canvas", "Canvas", "steps/board.py", "canvas"),
    Step("decide", "Decide", "steps/decide.py", "decide"),
    Step("assess", "Assess", "steps/assess.py", "assess"),
    Step("take-home", "Take home", "steps/take_home.py", "take-home"),
    Step("history", "History", "steps/history.py", "history", icon=":material/history:"),
)
