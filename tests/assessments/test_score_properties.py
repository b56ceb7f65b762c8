"""What holds for every model and every sheet: order, bounds, not-applicable, blockers, and the exact smallest unlock.

Random small models stand for all that a team may write; the shipped ones are tried on random sheets.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assessments.library.load import shipped
from assessments.library.packs import library
from assessments.scoring.assessment import Assessment
from assessments.scoring.bands import goal_of
from assessments.scoring.moves import Move, moves_of
from assessments.scoring.score import score
from assessments.scoring.sheet import Entry, Sheet
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PracticeDefinition
from assessments.shapes.result import Result
from assessments.standing.score_all import score_all
from canvas.document.workshop import Answer, Workshop
from canvas.method.facts import RequirementDefinition

MODELS = sorted(model.id for model in shipped().models.values() if model.ordered)
WEIGHTED = ("min_of_sections", "share")
COLUMNS = ("left", "right")
PRACTICES = ["a.one", "a.two", "b.one", "b.two"]
CREDIT = {"source": {"title": "Made up for tests"}, "license": "CC BY 4.0", "attribution": "Tests"}
SIZE = RequirementDefinition(id="team-size", title="Team", question="How many?", purpose="Test", type="number")
VALUES = st.sampled_from(["none", "manual", "automated"])
ENTRIES = st.one_of(
    VALUES.map(lambda value: Entry("answered", value)),
    st.sampled_from([Entry("unanswered"), Entry("unknown"), Entry("not-applicable")]),
)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def practice(id_: str, effort: int) -> PracticeDefinition:
    return PracticeDefinition.model_validate(
        {
            **CREDIT,
            **dict.fromkeys(("title", "question", "why", "verify", "manual", "automated"), id_),
            "id": id_,
            "evidence": {"enough": ["Yes"], "not_enough": ["No"]},
            "effort": {"knowledge": 1, "time": effort, "resources": 1},
            "impact": 3,
            "blocks": ["data"],
            "phase": "deployment",
        }
    )


def model_of(
    method: str,
    sections: list[str],
    criteria: list[dict[str, Any]],
    bands: list[dict[str, Any]],
    columns: tuple[str, ...] = (),
) -> ModelDefinition:
    return ModelDefinition.model_validate(
        {
            **CREDIT,
            **dict.fromkeys(("id", "title", "edition", "summary", "rule"), "random"),
            "official": False,
            "method": method,
            "can_gate": True,
            "weights": {"none": 0, "manual": 0.5, "automated": 1} if method in WEIGHTED else None,
            "sections": [{"id": s, "title": s} for s in sections],
            "columns": [{"id": c, "title": c} for c in columns],
            "criteria": criteria,
            "bands": [{**band, "label": f"band {n}", "meaning": "."} for n, band in enumerate(bands)],
            "golden": [{"name": "none", "expect": {"value": 0, "band": None}}],
        }
    )


@st.composite
def criteria(draw: st.DrawFn, section: str, number: int, weighted: bool) -> list[dict[str, Any]]:
    """One statement: a single criterion, or a group of two that needs all or any."""
    drawn = []
    column = draw(st.sampled_from(COLUMNS))
    size = draw(st.sampled_from([1, 1, 2]))
    group = {"group": f"{section}-g{number}", "any": draw(st.booleans())} if size == 2 else {}
    for member in range(size):
        criterion: dict[str, Any] = {
            "id": f"{section}-{number}-{member}",
            "section": section,
            "column": column,
            **group,
        }
        if draw(st.integers(0, 4)) == 0:
            bound = draw(st.sampled_from([{"at_least": 3}, {"at_most": 5}, {"in": [2, 4]}]))
            criterion |= {"item": "team-size", "effort": 2, **bound}
        else:
            criterion["item"] = draw(st.sampled_from(PRACTICES))
            if not weighted or draw(st.booleans()):
                criterion["at_least"] = draw(st.sampled_from(["manual", "automated"]))
        drawn.append(criterion)
    return drawn


@st.composite
def models(draw: st.DrawFn, method: str | None = None) -> ModelDefinition:
    method = method or draw(st.sampled_from(["min_of_sections", "staged_gate", "share"]))
    weighted = method in WEIGHTED
    sections = ["s1", "s2"]
    asked = [draw(criteria(s, n, weighted)) for s in sections for n in range(draw(st.integers(1, 3)))]
    flat = [criterion for statement in asked for criterion in statement]
    if weighted:
        steps = [10, 25, 33.3, 50, 75, 90] if method == "share" else [0.5, 1, 1.5, 2]
        edges = sorted(draw(st.sets(st.sampled_from(steps), min_size=1, max_size=3)))
        bands: list[dict[str, Any]] = [{"at": 0}]
        bands += [{"above": low, "up_to": high} for low, high in zip([0, *edges[:-1]], edges, strict=True)]
        bands.append({"above": edges[-1]})
    else:
        bands = [{"at": n} for n in range(len(sections) + 1)]
    return model_of(method, sections, flat, bands, COLUMNS)


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    practices = {id_: practice(id_, draw(st.integers(1, 5))) for id_ in PRACTICES}
    return Library(practices, {}, {"team-size": SIZE})


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    sizes = [Entry("unanswered"), *(Entry("answered", size) for size in (1, 2, 4, 9))]
    return Sheet({**{item: draw(ENTRIES) for item in PRACTICES}, "team-size": draw(st.sampled_from(sizes))})


@st.composite
def shipped_sheets(draw: st.DrawFn) -> Sheet:
    ids = tuple(shipped().practices)
    entries = draw(st.lists(ENTRIES, min_size=len(ids), max_size=len(ids)))
    return Sheet(dict(zip(ids, entries, strict=True)))


def bounds(result: Result) -> tuple[float, float]:
    assert result.lower is not None
    assert result.upper is not None
    return result.lower, result.upper


def best_first(moves: tuple[Move, ...]) -> tuple[int, int, list[str]]:
    return sum(move.effort for move in moves), len(moves), sorted(move.item for move in moves)


def reaches(seen: Assessment, moves: tuple[Move, ...]) -> bool:
    band = seen.better_band
    assert band is not None
    after = Assessment(seen.model, seen.sheet.answering({move.item: move.to for move in moves}), seen.library)
    return goal_of(band).met(after.lower)


def every_way(seen: Assessment) -> list[tuple[Move, ...]]:
    offers = moves_of((one for one in seen.judged if not one.definition.optional), seen.library)
    ways = product(*[(None, *moves) for moves in offers.values()])
    return [tuple(move for move in way if move is not None) for way in ways]


@pytest.mark.parametrize(
    ("efforts", "manual", "expected"),
    [
        # A whole point by automating the first alone would take 5; two half points take 2 + 2.
        ({"a.one": 5, "a.two": 2, "b.one": 2}, ["a.two", "b.one"], ["a.two", "b.one"]),
        # The same effort of 4 either way: one change rather than two.
        ({"a.one": 4, "a.two": 2, "b.one": 2}, ["a.two", "b.one"], ["a.one"]),
        # The same effort and number: the ids that sort first.
        ({"a.one": 3, "a.two": 3, "b.one": 3}, [], ["a.one"]),
    ],
    ids=["least effort first", "then fewest", "then ids"],
)
def test_smallest_means_least_effort_then_fewest_then_ids(
    efforts: dict[str, int], manual: list[str], expected: list[str]
) -> None:
    library = Library({id_: practice(id_, effort) for id_, effort in efforts.items()}, {}, {})
    asked = [{"id": f"c{n}", "section": "s1", "item": item} for n, item in enumerate(reversed(efforts))]
    edge = len(manual) / 2 + 0.5
    model = model_of("min_of_sections", ["s1"], asked, [{"at": 0}, {"above": 0, "up_to": edge}, {"above": edge}])
    unlock = score(model, Sheet({item: Entry("answered", "manual") for item in manual}), library).unlock
    assert unlock is not None
    assert sorted(change.item for change in unlock.changes) == expected


@settings(quick, max_examples=150)
@given(models(), libraries(), sheets())
def test_unlock_is_the_smallest_of_all_sets_that_reach_the_next_band(
    model: ModelDefinition, library: Library, sheet: Sheet
) -> None:
    seen = Assessment(model, sheet, library)
    assume(seen.assessable and seen.better_band is not None)
    unlock = score(model, sheet, library).unlock
    reaching = [way for way in every_way(seen) if reaches(seen, way)]
    if unlock is None:
        assert not reaching
        return
    smallest = min(best_first(way) for way in reaching)
    assert (unlock.effort, len(unlock.changes), sorted(c.item for c in unlock.changes)) == smallest


@quick
@given(models(), libraries(), sheets())
def test_unlock_reaches_its_band_and_no_part_of_it_does(model: ModelDefinition, library: Library, sheet: Sheet) -> None:
    seen = Assessment(model, sheet, library)
    assume(seen.assessable)
    unlock = score(model, sheet, library).unlock
    assume(unlock is not None)
    assert unlock is not None
    offers = moves_of(seen.judged, library)
    moves = tuple(
        next(move for move in offers[change.item] if str(move.to).removesuffix(".0") == change.to)
        for change in unlock.changes
    )
    after = score(model, sheet.answering({move.item: move.to for move in moves}), library)
    assert (after.value, after.lower_band) == (unlock.value, unlock.reaches)
    assert reaches(seen, moves)
    for size in range(len(moves)):
        assert not any(reaches(seen, part) for part in combinations(moves, size))


@quick
@given(models(), libraries(), sheets(), st.lists(VALUES, min_size=4, max_size=4), st.sampled_from([1, 2, 4, 9]))
def test_bounds_bracket_whatever_the_open_answers_turn_out_to_be(
    model: ModelDefinition, library: Library, sheet: Sheet, values: list[str], size: int
) -> None:
    before = score(model, sheet, library)
    assume(before.assessable)
    turned_out = {item: value for item, value in zip(PRACTICES, values, strict=True) if sheet.entry(item).open}
    facts = {"team-size": size} if sheet.entry("team-size").open else {}
    final = score(model, sheet.answering({**turned_out, **facts}), library)
    lower, upper = bounds(before)
    assert final.value is not None
    assert lower <= final.value <= upper
    assert final.lower == final.upper
    assert final.band is not None


@quick
@given(models(), libraries(), sheets(), st.sampled_from(PRACTICES), ENTRIES)
def test_answering_more_never_widens_the_bounds(
    model: ModelDefinition, library: Library, sheet: Sheet, item: str, entry: Entry
) -> None:
    sheet = Sheet({**sheet.entries, item: Entry("unanswered")})
    before = score(model, sheet, library)
    after = score(model, Sheet({**sheet.entries, item: entry}), library)
    assume(before.assessable and after.assessable)
    assert bounds(before)[0] <= bounds(after)[0]
    assert bounds(after)[1] <= bounds(before)[1]
    assert after.coverage >= before.coverage


@quick
@given(models(), libraries(), sheets(), st.sampled_from(PRACTICES))
def test_a_better_answer_never_lowers_a_score(
    model: ModelDefinition, library: Library, sheet: Sheet, item: str
) -> None:
    values = [score(model, sheet.answering({item: value}), library) for value in ("none", "manual", "automated")]
    assume(values[0].assessable)
    assert [bounds(v)[0] for v in values] == sorted(bounds(v)[0] for v in values)
    assert [bounds(v)[1] for v in values] == sorted(bounds(v)[1] for v in values)
    for section in range(len(model.sections)):
        assert [v.sections[section].value for v in values] == sorted(v.sections[section].value for v in values)


@quick
@given(models("min_of_sections"), libraries(), sheets())
def test_the_minimum_is_at_most_every_section(model: ModelDefinition, library: Library, sheet: Sheet) -> None:
    result = score(model, sheet, library)
    assume(result.assessable)
    assert all(bounds(result)[0] <= section.value <= section.maximum for section in result.sections)


@quick
@given(models("staged_gate"), libraries(), sheets())
def test_a_level_implies_the_levels_below_it(model: ModelDefinition, library: Library, sheet: Sheet) -> None:
    result = score(model, sheet, library)
    assume(result.assessable)
    reached = int(bounds(result)[0])
    assert all(section.value == section.maximum for section in result.sections[:reached])
    assert reached == len(result.sections) or result.sections[reached].value < result.sections[reached].maximum


@quick
@given(models("share"), libraries(), sheets())
def test_a_share_counts_every_statement_that_applies_the_same(
    model: ModelDefinition, library: Library, sheet: Sheet
) -> None:
    seen = Assessment(model, sheet, library)
    assume(seen.assessable)
    statements = [s for section in seen.sections for s in section.statements if s.applicable]
    assert seen.lower == Fraction(100) * sum(s.lower for s in statements) / len(statements)
    assert 0 <= seen.lower <= seen.upper <= 100


@quick
@given(models("staged_gate"), libraries(), sheets())
def test_a_level_is_the_lowest_of_its_columns(model: ModelDefinition, library: Library, sheet: Sheet) -> None:
    result = score(model, sheet, library)
    assume(result.assessable)
    judged = [column for column in result.columns if column.reading is not None]
    assert result.lower == min(column.lower for column in judged if column.lower is not None)
    assert result.upper == min(column.upper for column in judged if column.upper is not None)


@quick
@given(models(), libraries(), sheets())
def test_the_cells_of_a_section_add_up_to_it(model: ModelDefinition, library: Library, sheet: Sheet) -> None:
    result = score(model, sheet, library)
    for section in result.sections:
        cells = [cell for cell in result.cells if cell.section == section.id]
        assert sum(cell.maximum for cell in cells) == section.maximum
        assert all(0 <= cell.lower <= cell.upper <= cell.maximum for cell in cells)
        if result.standard:
            assert sum(cell.lower for cell in cells) == section.value


@quick
@given(shipped_sheets(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_never_matters(sheet: Sheet, random: Any) -> None:
    answers = [
        Answer(id=item, state=entry.state, value=entry.value, reason="Out of scope")  # type: ignore[arg-type]
        for item, entry in sheet.entries.items()
        if entry.state != "unanswered"
    ]
    shuffled = random.sample(answers, len(answers))
    assert score_all(Workshop(title="a", answers=tuple(answers)), library()) == score_all(
        Workshop(title="a", answers=tuple(shuffled)), library()
    )


@pytest.mark.parametrize("model_id", MODELS)
def test_everything_not_applicable_is_not_assessable(model_id: str) -> None:
    library = shipped()
    result = score(library.model(model_id), Sheet(dict.fromkeys(library.practices, Entry("not-applicable"))), library)
    assert (result.assessable, result.value, result.lower, result.upper, result.band) == (False, None, None, None, None)
    assert (result.unlock, result.blockers, result.standard) == (None, (), False)


@pytest.mark.parametrize("model_id", MODELS)
@quick
@given(sheet=shipped_sheets())
def test_only_blockers_hold_the_band_and_all_that_would_not_help_does_not(model_id: str, sheet: Sheet) -> None:
    library = shipped()
    model = library.model(model_id)
    result = score(model, sheet, library)
    assume(result.assessable)
    others = score(model, sheet.answering(dict.fromkeys(result.not_helping, "automated")), library)
    assert (others.value, others.lower_band) == (result.value, result.lower_band)
    raised = score(model, sheet.answering(dict.fromkeys(result.blockers, "automated")), library)
    assert (raised.lower_band != result.lower_band) == bool(result.blockers)
    assert not set(result.blockers) & set(result.not_helping)
    if result.unlock:
        assert {change.item for change in result.unlock.changes} <= set(result.blockers)


@quick
@given(shipped_sheets())
def test_without_any_one_blocker_a_gate_stays_shut(sheet: Sheet) -> None:
    library = shipped()
    model = library.model("google")
    result = score(model, sheet, library)
    for blocker in result.blockers:
        everything_else = {p: "automated" for p in library.practices if p != blocker}
        applicable = {p: v for p, v in everything_else.items() if sheet.entry(p).state != "not-applicable"}
        assert score(model, sheet.answering(applicable), library).lower_band == result.lower_band
