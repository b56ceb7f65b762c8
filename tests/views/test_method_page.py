"""The page on the method is complete: every part of the source and of every step is in it, and every id exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from assessments.library.load import shipped as shipped_library
from canvas.method.load import shipped
from canvas.method.steps import StepDefinition
from templates.pictures import PICTURES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/method.md").read_text(encoding="utf-8")
CONTENT = shipped()
KNOWN = {
    "step": set(CONTENT.steps),
    "card": set(CONTENT.sections),
    "table": set(CONTENT.tables),
    "canvas": set(CONTENT.canvases),
    "advice": set(CONTENT.advisors),
    "picture": set(PICTURES),
    "block": {block.id for block in CONTENT.canvases["stack-canvas"].blocks},
    "slot": set(CONTENT.slots),
    "model": set(shipped_library().models),
    "practice": set(shipped_library().practices),
}
# How the page calls a part of a step, where it has no id of its own.
LISTS = {"tasks": "list of tasks", "risks": "risk register"}
PAGE_WORDS = {"facts": "card"}
NAMED = re.compile(rf"\b({'|'.join(KNOWN)})s? (`[a-z0-9.-]+`(?:(?:, | and )`[a-z0-9.-]+`)*)", re.I)
WITH_PARTS = [step for step in CONTENT.steps.values() if step.covers]


def rows() -> dict[str, str]:
    """Return what stands beside each part of the source."""
    return dict(re.findall(r"^\| (\d[^|]*?) \| (.+) \|$", PAGE, re.M))


def named(text: str) -> set[tuple[str, str]]:
    """Return the ids that a text names, each with what it says they are."""
    found = NAMED.findall(text)
    return {(kind.lower(), id_) for kind, ids in found for id_ in re.findall(r"`([^`]+)`", ids)}


def test_every_id_exists_and_is_what_the_page_calls_it() -> None:
    wrong = [f"{kind} {id_}" for kind, id_ in named(PAGE) if id_ not in KNOWN[kind]]
    assert not wrong


def test_every_code_in_a_row_is_an_id_or_a_command() -> None:
    for part, text in rows().items():
        ids = {id_ for _, id_ in named(text)}
        codes = [code for code in re.findall(r"`([^`]+)`", text) if not code.startswith("python cli.py")]
        assert set(codes) == ids, part


@pytest.mark.parametrize("step", WITH_PARTS, ids=lambda step: step.id)
def test_every_part_that_a_step_covers_has_a_row_that_names_the_step(step: StepDefinition) -> None:
    for part in step.covers:
        assert part in rows()
        assert ("step", step.id) in named(rows()[part]), part


@pytest.mark.parametrize("step", CONTENT.steps.values(), ids=list(CONTENT.steps))
def test_every_step_and_everything_on_it_is_named(step: StepDefinition) -> None:
    assert ("step", step.id) in named(PAGE)
    texts = " ".join(rows()[part] for part in step.covers)
    for part in step.parts:
        if part.kind in LISTS:
            assert LISTS[part.kind] in texts
        else:
            assert (PAGE_WORDS.get(part.kind, part.kind), part.id) in named(texts)


def test_every_chapter_that_the_page_names_is_in_the_report() -> None:
    words = yaml.safe_load((ROOT / "templates/report/words.yaml").read_text(encoding="utf-8"))["words"]
    chapters = [name for line in re.findall(r"^Report: .*$", PAGE, re.M) for name in re.findall(r'"([^"]+)"', line)]
    assert len(chapters) >= 9
    assert set(chapters) <= set(words.values())


def test_the_licences_are_those_of_the_notice() -> None:
    notice = " ".join((ROOT / "NOTICE").read_text(encoding="utf-8").split())
    assert "INNOQ, CC BY-SA 4.0" in notice
    assert "INNOQ, CC BY-SA 4.0" in PAGE
    assert "text CC BY 4.0" in notice
    assert CONTENT.canvases["ml-canvas"].license in PAGE
    assert "© 2019 Agrawal, Gans, Goldfarb" in CONTENT.canvases["ai-canvas"].license
    assert "© 2019 Agrawal, Gans, Goldfarb" in PAGE
