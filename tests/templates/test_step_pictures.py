"""The pictures of the steps: what they mark, that nothing in them runs, and that grey paper shows the same."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.library.packs import library
from canvas.document.workshop import Answer, Requirement, Row, Task, Workshop
from canvas.method.advisors import GoldenAdvice
from canvas.method.load import shipped
from templates.drawing import engine
from templates.drawing.labels import Box
from templates.pictures import PICTURES, Picture, draw_picture
from templates.pictures.matrix import SHADES
from templates.pictures.picture import picture_words
from templates.pictures.routes import Loop, lanes
from templates.pictures.workflow import LOOKS, NOT_DONE
from tests.hostile import HOSTILE, OTHER_SCRIPTS

SVG = "{http://www.w3.org/2000/svg}"
FIELDS = ("workflow-types", "governance-variants")


def picture(picture_id: str, **changes: object) -> Picture:
    return draw_picture(picture_id, Workshop(title="Tag suggester", **changes), shipped(), library())


def drawn(made: Picture) -> ElementTree.Element:
    assert made.svg is not None
    return ElementTree.fromstring(made.svg)


def texts(made: Picture) -> list[str]:
    return ["".join(element.itertext()) for element in drawn(made).iter(f"{SVG}text")]


def squeezed(text: str) -> str:
    """Return text without white space: boxes break lines wherever they must."""
    return "".join(text.split())


def tasks(*titles: str) -> tuple[Task, ...]:
    found = [Task(id=f"t{number}", title=title) for number, title in enumerate(titles)]
    return tuple(found)


TASKS = (
    Task(id="read", title="Read the mail"),
    Task(id="sort", title="Sort it", after=("read",), prediction=True, gain=10, effort=5),
    Task(id="send", title="Send it on", after=("sort", "read"), prediction=True, gain=100, effort=5),
    Task(id="thank", title="Say thanks", after=("send",), prediction=True),
)
FILLED = {
    "tasks": TASKS,
    "tables": {
        "end-to-end": (Row(id="data-ingestion", cells={"how": "automated"}),),
        "feedback-loops": (Row(id="evaluation-to-training", cells={"realised": True}),),
    },
    "requirements": (
        Requirement(id="training-mode", value="offline", state="decided"),
        Requirement(id="prediction-timing", value="batch", state="decided"),
        Requirement(id="models-in-production", value=1, state="decided"),
        Requirement(id="regulated", value=True, state="decided"),
    ),
    "answers": (Answer(id="data.versions", value="automated"),),
}


def test_another_id_is_no_picture() -> None:
    with pytest.raises(KeyError):
        picture("no-such-picture")


@pytest.mark.parametrize("picture_id", PICTURES)
def test_a_picture_is_inert_named_told_in_words_and_the_same_every_time(picture_id: str) -> None:
    made = picture(picture_id, **FILLED)
    root = drawn(made)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    names = {name for element in root.iter() for name in element.attrib}
    plain = {"svg", "g", "title", "desc", "path", "polygon", "polyline", "ellipse", "rect", "text", "tspan"}
    assert tags <= plain
    assert not [name for name in names if "href" in name or name.startswith("on") or name == "style"]
    assert (root.get("role"), root[0].text, root[1].text) == ("img", made.title, " ".join(made.words))
    assert {element.get("font-family", "").split(",")[0] for element in root.iter(f"{SVG}text")} == {"Inter"}
    assert made == picture(picture_id, **FILLED)


@pytest.mark.parametrize("picture_id", PICTURES)
def test_everything_stands_inside_the_picture(picture_id: str) -> None:
    root = drawn(picture(picture_id, **FILLED))
    wide, high = float(root.get("width") or 0), float(root.get("height") or 0)
    for box in root.iter(f"{SVG}rect"):
        left, top = float(box.get("x", 0)), float(box.get("y", 0))
        assert left >= 0
        assert top >= 0
        assert left + float(box.get("width", 0)) <= wide
        assert top + float(box.get("height", 0)) <= high


@pytest.mark.parametrize("picture_id", PICTURES)
def test_a_picture_knows_whether_anything_was_said(picture_id: str) -> None:
    assert picture(picture_id, **FILLED).filled
    assert not picture(picture_id).filled


@pytest.mark.parametrize("looks", [[*LOOKS.values(), NOT_DONE], [look for _, look in SHADES]])
def test_grey_paper_keeps_the_looks_apart(looks: list) -> None:
    def grey(color: str) -> float:
        red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    shades = [(grey(look.fill), look.dash is not None) for look in looks]
    for index, (shade, dashed) in enumerate(shades):
        assert all(abs(shade - other) > 0.05 or dashed != dash for other, dash in shades[:index])


def test_the_workflow_says_of_each_step_how_it_is_done() -> None:
    cells = {"data-ingestion": "automated", "data-validation": "scripted", "data-wrangling": "manual"}
    rows = tuple(Row(id=id_, cells={"how": how}) for id_, how in cells.items())
    made = picture("workflow", tables={"end-to-end": rows})
    column = shipped().tables["end-to-end"].column("how")
    assert column is not None
    assert len(made.words) == 3 + 4
    assert f"Wrangling ({column.printed('manual')})" in made.words[0]
    assert "Labelling (not said yet)" in made.words[0]
    fills = {box[0].text: box.get("fill") for box in drawn(made).iter(f"{SVG}rect") if len(box)}
    assert len({fills[f"{title}"] for title in fills if "not said" not in title}) == 3


@pytest.mark.parametrize(("value", "state"), [(True, "closed"), (False, "not closed"), (None, "not closed")])
def test_a_way_back_is_closed_when_the_team_says_so(value: bool | None, state: str) -> None:
    cells = {} if value is None else {"realised": value}
    made = picture("workflow", tables={"feedback-loops": (Row(id="evaluation-to-training", cells=cells),)})
    [line] = [words for words in made.words if "From evaluation" in words]
    assert line.endswith(f": {state}.")


LANES = (("a", "b", "c", "d", "e"), ("f", "g", "h", "i"), ("j", "k", "l"))
ENDS = st.sampled_from([id_ for lane in LANES for id_ in lane])


@given(st.lists(st.tuples(ENDS, ENDS), max_size=6, unique=True))
@settings(max_examples=60, deadline=None)
def test_no_arrow_crosses_a_box(ends: list[tuple[str, str]]) -> None:
    lane_of = {id_: number for number, lane in enumerate(LANES) for id_ in lane}
    back = [(a, b) for a, b in ends if lane_of[a] > lane_of[b] or (lane_of[a] == lane_of[b] and a > b)]
    loops = [Loop(number, "x", a, b, closed=True) for number, (a, b) in enumerate(back, 1)]
    place = lanes(LANES, loops, 50)
    ways = [*place.flow, *(corners for corners, _ in place.ways.values())]
    for corners in ways:
        for (x1, y1), (x2, y2) in pairwise(corners):
            line = Box(min(x1, x2) - 0.1, min(y1, y2) - 0.1, max(x1, x2) + 0.1, max(y1, y2) + 0.1)
            # Arrows touch the edges of the boxes that they join, by no more than the thickness given here.
            assert all(line.overlap(_inner(box)) == 0 for box in place.boxes.values())


def _inner(box: Box) -> Box:
    return Box(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1)


def _golden(picture_id: str) -> list[GoldenAdvice]:
    return list(shipped().advisors[picture_words().fields[picture_id].advisor].golden)


@pytest.mark.parametrize(("picture_id", "case"), [(p, case) for p in FIELDS for case in _golden(p)])
def test_the_field_that_the_advice_names_is_marked_and_no_other(picture_id: str, case: GoldenAdvice) -> None:
    given_ = tuple(Requirement(id=id_, value=value, state="decided") for id_, value in case.answers.items())
    made = picture(picture_id, requirements=given_)
    thick = [box[0].text for box in drawn(made).iter(f"{SVG}rect") if box.get("stroke-width") == "3"]
    outcomes = {o.id: o.title for o in shipped().advisors[picture_words().fields[picture_id].advisor].outcomes}
    assert thick == ([outcomes[case.expect]] if case.expect else [])
    assert made.filled == (case.expect is not None)


def test_tasks_are_drawn_with_what_they_need_and_candidates_with_their_place() -> None:
    made = picture("task-graph", tasks=TASKS)
    assert len(list(drawn(made).iter(f"{SVG}polygon"))) == 1 + 4
    assert made.words == (
        "Read the mail.",
        "Sort it (prediction candidate 2), after Read the mail.",
        "Send it on (prediction candidate 1), after Sort it, Read the mail.",
        "Say thanks (prediction candidate), after Send it on.",
    )
    assert "● prediction candidate 1" in texts(made)


@pytest.mark.parametrize("titles", [HOSTILE, OTHER_SCRIPTS])
def test_tasks_read_literally(titles: tuple[str, ...]) -> None:
    made = picture("task-graph", tasks=tasks(*titles))
    shown = squeezed("".join(texts(made)))
    assert all(squeezed(title) in shown for title in titles)


def test_a_task_that_needs_a_task_which_is_gone_is_drawn_without_it() -> None:
    made = picture("task-graph", tasks=(Task(id="a", title="A", after=("gone",)),))
    assert made.words == ("A.",)


def test_without_an_engine_the_tasks_are_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "engines", list)
    made = picture("task-graph", tasks=TASKS)
    assert made.svg is None
    assert "pip install graphviz-pure" in (made.problem or "")
    assert made.words[0] == "Read the mail."


def test_the_matrix_shows_what_is_sure_and_what_is_possible() -> None:
    made = picture("principles-matrix", answers=(Answer(id="data.versions", value="automated"),))
    versioning = made.words[0]
    assert re.match(r"Versioning: Data 1 of 4, up to 4; ML model 0 of 4, up to 4; Code 0 of 2, up to 2\.", versioning)
    assert texts(made).count("1 of 4") >= 1


def test_what_does_not_apply_is_said_in_the_matrix() -> None:
    skipped = tuple(
        Answer(id=id_, state="not-applicable", reason="Nothing is deployed")
        for id_ in ("features.shared-definitions", "deployment.environments")
    )
    assert "not applicable" in " ".join(picture("principles-matrix", answers=skipped).words)


READY_MADE = (Requirement(id="model-source", value="ready-made", state="decided"),)


def test_the_workflow_draws_only_the_steps_and_ways_back_that_apply() -> None:
    rows = {"feedback-loops": (Row(id="monitoring-to-retraining", cells={"realised": True}),)}
    made = picture("workflow", requirements=READY_MADE, tables=rows)
    left = shipped().omissions["no-own-training"].rows
    for table in ("end-to-end", "feedback-loops"):
        for row in shipped().tables[table].rows:
            said = any(squeezed(row.title) in squeezed(text) for text in (*texts(made), *made.words))
            assert said == (f"{table}.{row.id}" not in left), row.id
    assert not [text for text in (*texts(made), *made.words) if "raining" in text]
    assert "Training (not said yet)" in " ".join(picture("workflow").words)


def test_a_field_of_four_is_not_drawn_where_its_question_does_not_arise() -> None:
    made = picture("workflow-types", requirements=READY_MADE)
    assert (made.svg, made.absent, made.filled) == (None, True, False)
    assert made.words == (shipped().omissions["no-own-training"].because,)
    assert not picture("workflow-types").absent
