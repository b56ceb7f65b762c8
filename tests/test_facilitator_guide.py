"""The facilitator's guide agrees with the product: minutes and order of each course, and the words on every control."""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import Path

import pytest

from canvas.method.load import CONTENT, shipped
from canvas.method.steps import Agenda

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/facilitator-guide.md").read_text(encoding="utf-8")
AGENDAS, STEPS = shipped().agendas, shipped().steps


def course(title: str) -> list[tuple[str, ...]]:
    """Return the rows of a course: at, minutes, stretch, step, what to say and do."""
    section = GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\d:\d\d .*) \|$", section, re.M)
    return [tuple(cell.strip() for cell in row.split("|")) for row in rows]


@pytest.mark.parametrize("agenda", AGENDAS.values(), ids=list(AGENDAS))
def test_a_course_has_the_stretches_and_minutes_of_the_app(agenda: Agenda) -> None:
    starts = [0, *accumulate(entry.minutes for entry in agenda.entries)]
    expected = [
        (f"{start // 60}:{start % 60:02d}", str(entry.minutes), entry.title, STEPS[entry.step].title)
        for start, entry in zip(starts, agenda.entries, strict=False)
    ]
    assert [row[:4] for row in course(agenda.title)] == expected


@pytest.mark.parametrize(("agenda", "minutes"), [("thirty-minutes", 30), ("ninety-minutes", 90), ("half-day", 180)])
def test_a_course_takes_the_time_it_promises(agenda: str, minutes: int) -> None:
    assert AGENDAS[agenda].minutes == minutes


@pytest.mark.parametrize("agenda", AGENDAS.values(), ids=list(AGENDAS))
def test_every_stretch_says_what_to_do(agenda: Agenda) -> None:
    assert all(len(row) == 5 and len(row[4]) > 20 for row in course(agenda.title))


def test_every_control_that_the_guide_names_is_in_the_app() -> None:
    files = [*(ROOT / "views").rglob("*.py"), *(ROOT / "views").rglob("*.js"), *CONTENT.rglob("*.yaml")]
    app = "".join(file.read_text(encoding="utf-8") for file in files)
    controls = set(re.findall(r"(?<![*\w])\*([^*\n]+)\*(?!\*)", GUIDE))
    assert len(controls) > 15
    assert not [control for control in controls if control not in app]
