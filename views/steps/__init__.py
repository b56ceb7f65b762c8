"""The pages of a workshop: the start, and one for each step that content lists, in its order.

Most steps are shown by one page that reads their parts from content (`method/method.py`); a few have a page of their
own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from canvas.method.content import Content
from views.steps.method.method import method_page

OWN_PAGES = {
    "decide": "steps/decide/decide.py",
    "assess": "steps/assess/assess.py",
    "where-we-stand": "steps/stand/where_we_stand.py",
    "take-home": "steps/take_home.py",
    "history": "steps/history/history.py",
}
GROUPS = {"frame": "Frame the problem", "design": "Design the system", "run": "Run it well", "judge": "Judge and go on"}


@dataclass(frozen=True)
class Step:
    """One page: its id, which is its address too, how it is named, what shows it, and the group it is listed under."""

    id: str
    title: str
    page: str | Callable[[], None]
    group: str | None = None


START = Step("start", "Start", "steps/start.py")


def steps_of(content: Content) -> tuple[Step, ...]:
    """Return the steps of a workshop in the order in which a team takes them; the start comes first."""
    taken = (
        Step(step.id, step.title, OWN_PAGES.get(step.id) or partial(method_page, step.id), GROUPS[step.group])
        for step in content.steps.values()
    )
    return START, *taken
