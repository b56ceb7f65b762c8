"""The pictures of the assessment: they measure what they say, need no colour, and show what packs wrote literally."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from test_report_model import result

from assessments.library.packs import library
from assessments.roadmap.phases import Roadmap, roadmap
from assessments.shapes.answers import within
from assessments.shapes.result import Result, SectionResult
from assessments.standing.score_all import score_all
from canvas.document.file import load_workshop
from canvas.document.workshop import Answer, Target, Workshop
from canvas.method.load import shipped
from templates.drawing.labels import Box
from templates.drawing.primitives import Drawing, Look
from templates.pictures import Picture, bars, gap_bars, interval_bars, model_picture, radar, radar_picture
from templates.pictures import timeline as timeline_of
from templates.pictures.timeline import MOST_LINES, lines_of
from templates.plan import make_plan
from templates.report.assessment_pictures import MOST_RADARS, assessment_pictures
from templates.report.markdown import to_markdown
from templates.report.model import report_model
from templates.report.pdf import to_pdf
from tests.hostile import HOSTILE, OTHER_SCRIPTS

SVG = "{http://www.w3.org/2000/svg}"
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.workshop.yaml"))
TARGETS = (
    Target(model="mltestscore", value=3, by="2027-06-01"),
    Target(model="google", value=1),
    Target(model="automation-levels", value=9),
    Target(model="sig-mlops", value=15, by="2027-01-31"),
)
SHARES = st.floats(0, 1)


def all_pictures(workshop: Workshop) -> list[Picture]:
    results = score_all(workshop, library())
    aims = {target.model: target for target in workshop.targets}
    drawn = [model_picture(found, aims.get(found.id)) for found in results]
    drawn += [interval_bars(results), gap_bars(results, workshop.targets), timeline_of(roadmap(workshop, library()))]
    return [picture for picture in drawn if picture is not None]


def example(path: Path, *targets: Target) -> Workshop:
    return load_workshop(path).model_copy(update={"targets": targets})


def drawn(made: Picture | None) -> ElementTree.Element:
    assert made is not None
    assert made.svg is not None
    return ElementTree.fromstring(made.svg)


def texts(made: Picture | None) -> str:
    """Return all that is written in a picture, without the white space at which lines are broken."""
    return "".join("".join("".join(element.itertext()).split()) for element in drawn(made).iter(f"{SVG}text"))


def sections(*values: tuple[float, float, float], names: Sequence[str] = ()) -> tuple[SectionResult, ...]:
    titles = [*names, *(f"Part {number}" for number in range(len(names), len(values)))]
    return tuple(SectionResult(f"s{n}", titles[n], *value) for n, value in enumerate(values))


def model(*values: tuple[float, float, float], **fields: object) -> Result:
    return result("mltest", **{"sections": sections(*values), **fields})


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.split(".")[0])
@pytest.mark.parametrize("targets", [(), TARGETS], ids=["without targets", "with targets"])
def test_every_picture_of_every_example_is_inert_named_inside_its_edges_and_told(
    path: Path, targets: tuple[Target, ...]
) -> None:
    pictures = all_pictures(example(path, *targets))
    assert len(pictures) >= 15 + bool(targets)
    for made in pictures:
        root = drawn(made)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        names = {name for element in root.iter() for name in element.attrib}
        plain = {"svg", "title", "desc", "path", "polygon", "polyline", "ellipse", "rect", "text", "tspan"}
        assert tags <= plain
        assert not [name for name in names if "href" in name or name.startswith("on") or name == "style"]
        assert (root.get("role"), root[0].text, root[1].text) == ("img", made.title, " ".join(made.words))
        _inside(root)


def _inside(root: ElementTree.Element) -> None:
    wide, high = float(root.get("width") or 0), float(root.get("height") or 0)
    corners = [corner for shape in root.iter() for corner in shape.get("points", "").split()]
    points = [tuple(float(number) for number in corner.split(",")) for corner in corners]
    points += [(float(box.get("x", 0)), float(box.get("y", 0))) for box in root.iter(f"{SVG}rect")]
    points += [(float(text.get("x", 0)), float(text.get("y", 0))) for text in root.iter(f"{SVG}text")]
    assert all(0 <= x <= wide and 0 <= y <= high for x, y in points)


@given(st.lists(SHARES, min_size=3, max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_radar_puts_each_share_on_its_axis_as_far_out_as_it_is_large(shares: list[float]) -> None:
    centre = (200.0, 200.0)
    for place, (share, (x, y)) in enumerate(zip(shares, radar.corners(shares, centre), strict=True)):
        assert math.dist((x, y), centre) == pytest.approx(share * radar.RADIUS, abs=0.01)
        if share > 0.01:
            angle = math.atan2(x - centre[0], centre[1] - y) % (2 * math.pi)
            assert angle == pytest.approx(2 * math.pi * place / len(shares), abs=0.01)


@given(SHARES, SHARES, SHARES)
@settings(max_examples=60, deadline=None)
def test_a_bar_is_as_long_as_its_share(one: float, other: float, target: float) -> None:
    sure, best = sorted((round(one, 3), round(other, 3)))
    root = ElementTree.fromstring(bars.draw_bars([bars.Bar("A", sure, best, "words", target)], "T", "D"))
    # The ground and the whole bar come first; samples of the legend are much narrower than a point of the bar is long.
    whole, *parts = [box for box in root.iter(f"{SVG}rect")][1:]
    left, wide = float(whole.get("x", 0)), float(whole.get("width", 0))
    lengths = [float(box.get("width", 0)) / wide for box in parts if box.get("y") == whole.get("y")]
    assert lengths == pytest.approx([length for length in (best - sure, sure) if length > 0], abs=0.001)
    flag = next(root.iter(f"{SVG}polyline")).get("points", "")
    assert float(flag.split(",")[0]) == pytest.approx(left + target * wide, abs=0.01)


@given(st.floats(10, 300), st.floats(4, 40))
@settings(max_examples=40, deadline=None)
def test_the_strokes_of_a_hatched_box_stay_in_it(wide: float, high: float) -> None:
    drawing = Drawing()
    drawing.box(Box(5, 7, 5 + wide, 7 + high), Look(hatch="#000000"))
    [path] = ElementTree.fromstring(drawing.finish("T", "D")).iter(f"{SVG}path")
    ends = [end.split() for stroke in path.get("d", "").split("M")[1:] for end in stroke.split("L")]
    assert ends
    for x, y in ends:
        assert 4.99 <= float(x) <= 5.01 + wide
        assert 6.99 <= float(y) <= 7.01 + high


def _grey(color: str) -> float:
    if color == "none":
        return 1.0
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    "looks",
    [[bars.SURE, bars.OPEN, bars.LEFT_OVER, bars.NOT_APPLICABLE], [radar.SURE, radar.AT_BEST, radar.TARGET]],
    ids=["bars", "radar"],
)
def test_grey_paper_keeps_the_looks_apart(looks: list[Look]) -> None:
    for index, look in enumerate(looks):
        for other in looks[:index]:
            patterns = (look.dash, look.hatch is None) != (other.dash, other.hatch is None)
            assert patterns or abs(_grey(look.fill) - _grey(other.fill)) > 0.3


def test_sections_side_by_side_are_a_radar_and_levels_are_bars() -> None:
    values = [(1.0, 3.0, 7.0)] * 4
    assert radar_picture(model(*values)) is not None
    assert radar_picture(model(*values, method="share")) is not None
    assert radar_picture(model(*values, method="staged_gate")) is None
    assert model_picture(model(*values, method="staged_gate")) is not None
    assert model_picture(model()) is None


@pytest.mark.parametrize(("number", "round_"), [(1, False), (2, False), (3, True), (12, True), (13, False)])
def test_a_radar_has_three_to_twelve_axes(number: int, round_: bool) -> None:
    made = model(*[(1.0, 1.0, 7.0)] * number)
    assert (radar_picture(made) is not None) == round_
    assert model_picture(made) is not None


def test_names_that_would_run_into_each_other_are_bars() -> None:
    values = [(1.0, 1.0, 7.0)] * 3
    assert radar_picture(result("m", sections=sections(*values, names=("word " * 60,)))) is None


def test_a_radar_shows_what_is_sure_what_is_possible_and_the_target() -> None:
    values = [(0.0, 7.0, 7.0), (3.5, 3.5, 7.0), (7.0, 7.0, 7.0)]
    made = model_picture(model(*values), Target(model="mltest", value=3.5))
    areas = [area for area in drawn(made).iter(f"{SVG}polygon") if area.get("stroke-width") in {"2", "1.4", "2.6"}]
    assert [area.get("stroke-dasharray") for area in areas] == [None, radar.AT_BEST.dash, radar.TARGET.dash]
    centre = _middle(areas[2])
    far = [[round(math.dist(corner, centre) / radar.RADIUS, 2) for corner in _corners(area)] for area in areas]
    assert far == [[0, 0.5, 1], [1, 0.5, 1], [0.5, 0.5, 0.5]]
    assert made is not None
    assert made.words[1:] == (
        "Part 0: 0 of 7, up to 7, lowest.",
        "Part 1: 3.5 of 7.",
        "Part 2: 7 of 7.",
        "Target: 3.5 in every section.",
    )


def _corners(area: ElementTree.Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (corner.split(",") for corner in area.get("points", "").split())]


def _middle(area: ElementTree.Element) -> tuple[float, float]:
    corners = _corners(area)
    return sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)


@pytest.mark.parametrize(("value", "flags"), [(0.0, 0), (1.0, 1), (1.5, 2), (3.0, 3), (9.0, 3)])
def test_a_target_on_levels_asks_for_all_levels_up_to_it(value: float, flags: int) -> None:
    made = model_picture(model(*[(1.0, 2.0, 5.0)] * 3, method="staged_gate"), Target(model="mltest", value=value))
    marks = [line for line in drawn(made).iter(f"{SVG}polyline") if line.get("stroke-width") == "4.5"]
    assert len(marks) == flags + bool(flags)


def test_what_does_not_apply_is_said_and_takes_no_axis() -> None:
    shipped_model = library().models["mltestscore"]
    items = {criterion.item for criterion in shipped_model.criteria if criterion.section == "data"}
    skipped = tuple(Answer(id=id_, state="not-applicable", reason="No data") for id_ in sorted(items))
    [found] = score_all(Workshop(title="W", answers=skipped), library(), only=["mltestscore"])
    made = model_picture(found)
    assert made is not None
    assert made.words[1] == "Data: not applicable."
    assert "Data" not in texts(made)
    several = interval_bars([found])
    assert several is not None
    assert several.words == (
        "ML Test Score: not assessable, a whole section is not applicable; bands begin at 1, 2, 3, 5.",
    )


@pytest.mark.parametrize(
    ("lower", "upper", "target", "said"),
    [
        (1.0, 1.0, 3.0, "target 3; 2 missing"),
        (1.0, 2.0, 3.0, "target 3; 2 missing, of which open answers may bring 1"),
        (1.0, 4.0, 3.0, "target 3; 2 missing, which open answers may close, worth up to 3"),
        (3.0, 4.0, 3.0, "target 3; reached"),
        (1.0, 4.0, 9.0, "target 9; 8 missing, and cannot be reached: the most is 7"),
        (None, None, 3.0, "target 3; cannot be told"),
    ],
)
def test_the_gap_to_a_target_is_said(lower: float | None, upper: float | None, target: float, said: str) -> None:
    found = result("mltest", lower=lower, upper=upper, assessable=lower is not None)
    made = gap_bars([found], [Target(model="mltest", value=target)])
    assert made is not None
    assert made.words[0].endswith(f"{said}.")
    assert "".join(said.split()) in texts(made)


def test_models_without_a_target_follow_without_a_mark() -> None:
    known, aimed, idle = result("known"), result("aimed"), result("idle", coverage=0.0)
    made = gap_bars([known, aimed, idle], [Target(model="aimed", value=3, by="2027-06-01")])
    assert made is not None
    assert [words.split(":")[0] for words in made.words] == ["Aimed", "Known"]
    assert "by 2027-06-01" in made.words[0]
    assert made.words[1].endswith("no target.")
    assert gap_bars([known, aimed], ()) is None
    assert gap_bars([known], [Target(model="gone", value=1)]) is None


def test_the_intervals_tell_every_model_with_a_value_and_where_its_bands_begin() -> None:
    results = score_all(load_workshop(EXAMPLES[0]), library())
    made = interval_bars(results)
    assert made is not None
    assert [words.split(":")[0] for words in made.words] == [found.title for found in results if found.ordered]
    assert "bands begin at 1, 2, 3, 5." in next(words for words in made.words if words.startswith("ML Test Score"))
    assert interval_bars([replace(found, ordered=False) for found in results]) is None


def test_without_answers_nothing_is_filled_in() -> None:
    results = score_all(Workshop(title="W"), library())
    for made in (interval_bars(results), *(model_picture(found) for found in results if found.ordered)):
        assert made is not None
        assert not made.filled
        # The sample of what is sure, in the legend, is all that is solid.
        assert sum(box.get("fill") == bars.SURE.fill for box in drawn(made).iter(f"{SVG}rect")) <= 1


def _planned(capacity: int = 10, *targets: Target) -> Roadmap:
    return roadmap(example(EXAMPLES[-1], *targets), library(), capacity)


def test_steps_follow_each_other_along_the_effort() -> None:
    found = _planned()
    steps = [line for line in lines_of(found) if line.step]
    assert [line.step.candidate.item for line in steps if line.step] == [step.candidate.item for step in found.steps]
    assert [line.end - line.start for line in steps] == [step.candidate.effort for step in found.steps]
    assert all(line.start == before.end for before, line in pairwise(steps))
    assert steps[-1].end == found.effort


def test_bars_of_the_roadmap_are_as_long_as_their_effort_and_nothing_crosses_them() -> None:
    found = _planned()
    root = drawn(timeline_of(found))
    titles = {step.candidate.title: step.candidate.effort for step in found.steps}
    steps = [box for box in root.iter(f"{SVG}rect") if len(box) and box[0].text in titles]
    assert len(steps) == len(found.steps)
    units = {round(float(box.get("width", 0)) / titles[box[0].text or ""], 2) for box in steps}
    assert len(units) == 1
    boxes = [
        (float(b.get("x", 0)), float(b.get("y", 0)), float(b.get("width", 0)), float(b.get("height", 0))) for b in steps
    ]
    for line in root.iter(f"{SVG}polyline"):
        if line.get("stroke-width") == "0.9":
            (x1, y1), (x2, y2) = _corners(line)
            for x, y, wide, high in boxes:
                across = min(max(x1, x2), x + wide - 0.1) - max(min(x1, x2), x + 0.1)
                down = min(max(y1, y2), y + high - 0.1) - max(min(y1, y2), y + 0.1)
                assert across < 0 or down < 0


def test_the_words_of_the_roadmap_say_phases_efforts_needs_and_days() -> None:
    found = _planned(10, *TARGETS)
    made = timeline_of(found)
    assert made is not None
    told = " ".join(made.words)
    for phase in found.phases:
        assert f"Phase {phase.number}: effort {phase.effort}." in told
    for step in found.steps:
        assert f"{step.candidate.title}: {within(step.candidate.to)} (effort {step.candidate.effort}" in told
    assert "wanted by 2027-06-01, with phase" in told
    assert "Automation levels of ml-ops.org: no step reaches the target." in told
    shown = texts(made)
    assert "wantedby2027-01-31" in shown
    assert "Automationlevelsofml-ops.org:nostepreachesthetarget" in shown
    assert timeline_of(Roadmap(10, (), ())) is None


def test_a_long_roadmap_counts_what_it_leaves_out() -> None:
    found = _planned(1, *(Target(model=id_, value=100) for id_ in ("principles-matrix", "nist-ai-rmf")))
    made = timeline_of(found)
    assert made is not None
    steps = [line for line in lines_of(found)[MOST_LINES:] if line.step]
    assert steps
    assert f"And{len(steps)}stepsmore" in texts(made)
    assert all(step.candidate.title in " ".join(made.words) for step in found.steps)


@pytest.mark.parametrize("titles", [HOSTILE, OTHER_SCRIPTS])
def test_what_a_pack_wrote_reads_literally(titles: tuple[str, ...]) -> None:
    values = [(1.0, 2.0, 7.0)] * 3
    for title in titles:
        parts = sections(*values, names=(title,))
        found = replace(result("m", sections=parts), title=title)
        target = [Target(model="m", value=3)]
        pictures = (model_picture(found, target[0]), interval_bars([found]), gap_bars([found], target))
        for made in (*pictures, model_picture(replace(found, method="staged_gate"), target[0])):
            assert "".join(title.split()) in texts(made)


def test_the_report_shows_few_radars_and_those_with_a_target_first() -> None:
    results = [model(*[(1.0, 2.0, 7.0)] * 3)] + [
        replace(model(*[(1.0, 2.0, 7.0)] * 3), id=f"m{n}", method="share", maximum=100.0) for n in range(9)
    ]
    waiting = roadmap(Workshop(title="W"), library())
    chosen = assessment_pictures(Workshop(title="W"), results, waiting)
    assert list(chosen.sections) == ["mltest"]
    assert chosen.roadmap is None
    aims = tuple(Target(model=f"m{n}", value=50) for n in range(9))
    chosen = assessment_pictures(Workshop(title="W", targets=aims), results, waiting)
    assert list(chosen.sections) == [f"m{n}" for n in range(MOST_RADARS)]


def test_the_report_tells_gaps_and_phases_in_markdown_and_draws_them_in_an_archival_pdf() -> None:
    workshop = example(EXAMPLES[-1], *TARGETS)
    made = report_model(make_plan(workshop, shipped(), library()), score_all(workshop, library()), "2026-11-23")
    page = to_markdown(made)
    assert "### How far it is to the targets" in page
    assert "- Phase 1: effort" in page
    pdf = to_pdf(made)
    assert b"pdfaid:part>2<" in pdf
    assert b"pdfuaid:part>1<" in pdf


@pytest.mark.parametrize(("method", "marked"), [("min_of_sections", 1), ("share", 0), ("staged_gate", 0)])
def test_the_section_that_holds_the_value_is_named_where_one_does(method: str, marked: int) -> None:
    values = [(1.0, 2.0, 7.0), (3.0, 3.0, 7.0), (2.0, 2.0, 7.0)]
    assert texts(model_picture(model(*values, method=method))).count("lowest") == marked
    assert "lowest" not in texts(model_picture(model(*[values[0]] * 3, method=method)))


def page(path: str) -> None:
    from pathlib import Path

    from assessments.library.packs import library
    from assessments.standing.score_all import score_all
    from canvas.document.file import load_workshop
    from canvas.document.workshop import Target
    from views.steps.assess.model_cards import model_closely, model_pictures

    targets = (Target(model="google", value=1),)
    results = score_all(load_workshop(Path(path)), library())
    model_closely(results, targets)
    model_pictures(results, targets)


def test_the_page_shows_each_model_with_its_table_and_all_of_them_in_words() -> None:
    shown = AppTest.from_function(page, default_timeout=60, args=(str(EXAMPLES[0]),)).run()
    assert not shown.exception
    assert [box.value for box in shown.subheader][1:] == [
        "How far it is to the targets",
        "All models as shares of their best values",
    ]
    assert list(shown.dataframe[0].value.columns) == ["Section", "Sure", "At best", "Of"]
    assert "Google Cloud MLOps levels: 0 of 2" in " ".join(box.value.replace("\\", "") for box in shown.markdown)
    for found in library().models:
        assert not next(box for box in shown.selectbox if box.label == "Model").select(found).run().exception
