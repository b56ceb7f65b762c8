"""The order of the answer sheet: what helps the next band first, every practice once, the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.errors import ModelNotFound
from assessments.library.load import load, shipped
from assessments.library.revisions import current
from assessments.scoring.score import score
from assessments.scoring.sheet import sheet_from
from assessments.shapes.library import Library
from assessments.standing.sheet_rows import (
    COULD_BE_BETTER,
    EVERY_PRACTICE,
    HOLDS,
    NEXT_BAND,
    REST,
    ranks_of,
    sheet_rows,
)
from canvas.document.file import load_workshop
from canvas.document.workshop import Answer, Requirement, Workshop
from canvas.method.load import shipped as shipped_content
from tests.small_pack import STAGED, canvas, write

LIBRARY = shipped()
EXAMPLES = [load_workshop(path) for path in sorted((Path(__file__).parents[2] / "examples").glob("*.workshop.yaml"))]
EMPTY = Workshop(title="Parcel delays")
READY_MADE = Workshop(
    title="Helpdesk", requirements=(Requirement(id="model-source", value="ready-made", state="decided"),)
)
WORKSHOPS = [EMPTY, READY_MADE, *EXAMPLES]
SAID = ("none", "manual", "automated", "unknown", "not-applicable")


def answer(item: str, said: str) -> Answer:
    if said == "unknown":
        return Answer(id=item, state="unknown")
    if said == "not-applicable":
        return Answer(id=item, state="not-applicable", reason="Not here.")
    return Answer.model_validate({"id": item, "value": said})


def ranks_in(workshop: Workshop, model_id: str, library: Library = LIBRARY) -> dict[str, int]:
    judging = library.judging(workshop)
    return ranks_of(score(judging.model(model_id), sheet_from(current(workshop, judging)), judging))


@pytest.mark.parametrize("workshop", WORKSHOPS, ids=lambda workshop: workshop.title)
@pytest.mark.parametrize("model_id", [*LIBRARY.models, EVERY_PRACTICE])
def test_every_practice_that_is_asked_for_has_one_row(model_id: str, workshop: Workshop) -> None:
    judging = LIBRARY.judging(workshop)
    sections = sheet_rows(workshop, LIBRARY, model_id)
    rows = [practice for section in sections for practice in section.practices]
    if model_id == EVERY_PRACTICE:
        asked = set(judging.practices)
    else:
        asked = {c.item for c in judging.model(model_id).criteria if c.item in judging.practices}
    assert len(rows) == len(set(rows))
    assert set(rows) == asked
    assert all(section.practices and section.title for section in sections)
    assert sections == sheet_rows(workshop, LIBRARY, model_id)


@pytest.mark.parametrize("workshop", WORKSHOPS, ids=lambda workshop: workshop.title)
@pytest.mark.parametrize("model_id", LIBRARY.models)
def test_sections_are_those_of_the_model_and_what_helps_comes_first(model_id: str, workshop: Workshop) -> None:
    model, ranks = LIBRARY.judging(workshop).model(model_id), ranks_in(workshop, model_id)
    sections = sheet_rows(workshop, LIBRARY, model_id)
    order = [section.id for section in model.sections]
    assert [s.id for s in sections] == sorted((s.id for s in sections), key=order.index)
    demanded = {c.item for c in model.criteria if not c.optional}
    for section in sections:
        known = [ranks.get(practice, REST) for practice in section.practices]
        assert known == sorted(known)
        for first, second in zip(section.practices, section.practices[1:], strict=False):
            if ranks.get(first, REST) == ranks.get(second, REST) and {first, second} <= demanded:
                same = [c.item for c in model.criteria if c.section == section.id and not c.optional]
                assert same.index(first) < same.index(second)


def test_the_smallest_set_comes_first_then_what_holds_then_what_would_not_help_now() -> None:
    left = next(c.item for c in LIBRARY.model("mltestscore").criteria if c.section == "monitoring")
    found = Workshop(title="W", answers=(answer("data.schema", "manual"), answer(left, "not-applicable")))
    ranks = ranks_in(found, "mltestscore")
    assert {NEXT_BAND, HOLDS, COULD_BE_BETTER} <= set(ranks.values())
    by_id = {section.id: section.practices for section in sheet_rows(found, LIBRARY, "mltestscore")}
    assert ranks[by_id["infrastructure"][0]] == NEXT_BAND
    # Nothing in a section that has enough for the next band would help now, and nothing that does not apply.
    asked = {c.item for c in LIBRARY.model("mltestscore").criteria if c.section == "data"}
    assert {ranks.get(item) for item in asked} == {COULD_BE_BETTER}
    assert by_id["monitoring"][-1] == left


def test_levels_above_the_next_come_in_the_order_of_the_model() -> None:
    first, *above = sheet_rows(EMPTY, LIBRARY, "automation-levels")
    ranks = ranks_in(EMPTY, "automation-levels")
    assert {ranks[practice] for practice in first.practices} == {NEXT_BAND}
    own = [c.item for c in LIBRARY.model("automation-levels").criteria if not c.optional]
    for section in above:
        assert {ranks[practice] for practice in section.practices if practice in own} == {COULD_BE_BETTER}


def test_what_is_only_optional_stands_last_in_its_section() -> None:
    optional = [c for c in LIBRARY.model("google").criteria if c.optional]
    demanded = {c.item for c in LIBRARY.model("google").criteria if not c.optional}
    only = {c.item for c in optional} - demanded
    assert only
    for section in sheet_rows(EMPTY, LIBRARY, "google"):
        last = [practice in only for practice in section.practices]
        assert last == sorted(last)


def test_a_model_of_measures_has_no_rows_and_an_unknown_one_is_refused() -> None:
    assert sheet_rows(EMPTY, LIBRARY, "delivery") == ()
    with pytest.raises(ModelNotFound):
        sheet_rows(EMPTY, LIBRARY, "nobody")


def test_all_practices_come_by_block_of_the_canvas() -> None:
    blocks = {block.id: block for block in shipped_content().canvases["stack-canvas"].blocks}
    sections = sheet_rows(EMPTY, LIBRARY, EVERY_PRACTICE)
    numbers = [blocks[section.id].number for section in sections]
    assert numbers == sorted(numbers)
    assert [section.title for section in sections] == [blocks[section.id].title for section in sections]


def test_a_pack_may_ask_for_facts_and_for_blocks_of_another_canvas(tmp_path: Path) -> None:
    library = load(write(tmp_path, STAGED), canvas())
    assert [(s.id, s.practices) for s in sheet_rows(EMPTY, library, "ours")] == [("two", ("a.first",))]
    [section] = sheet_rows(EMPTY, library, EVERY_PRACTICE)
    assert (section.id, set(section.practices)) == ("data", {"a.first", "a.second"})


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(list(LIBRARY.practices)), st.sampled_from(SAID), max_size=60))
def test_whatever_is_answered_what_is_said_not_to_help_does_not(said: dict[str, str]) -> None:
    found = Workshop(title="Parcel delays", answers=tuple(answer(item, what) for item, what in said.items()))
    sheet = sheet_from(found)
    for model_id in ("mltestscore", "azure", "nist-ai-rmf"):
        model = LIBRARY.model(model_id)
        before, ranks = score(model, sheet, LIBRARY), ranks_in(found, model_id)
        if before.assessable:
            idle = [item for item, rank in ranks.items() if rank == COULD_BE_BETTER]
            assert score(model, sheet.answering(dict.fromkeys(idle, "automated")), LIBRARY).lower == before.lower
        sections = sheet_rows(found, LIBRARY, model_id)
        for section in sections:
            assert [ranks.get(p, REST) for p in section.practices] == sorted(
                ranks.get(p, REST) for p in section.practices
            )
