"""The architecture as DOT, Mermaid, SVG and PNG: safe with any text, and drawn by whatever engine is there."""

from __future__ import annotations

import re
import stat
import struct
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assessments.library.packs import library
from canvas.document.file import load_workshop
from canvas.document.workshop import Decision, Requirement, Workshop
from canvas.method.load import shipped
from templates.architecture import SUFFIXES, export
from templates.architecture.dot import to_dot
from templates.architecture.graph import architecture
from templates.architecture.icons import icon
from templates.architecture.mermaid import mermaid_text, to_mermaid
from templates.drawing import engine, fonts
from templates.drawing.labels import Box, box_of
from templates.errors import DiagramError, UnknownFormat
from templates.plan import Plan, make_plan
from tests.hostile import HOSTILE, OTHER_SCRIPTS, hostile_workshop

EXAMPLES = Path(__file__).parents[2] / "examples"
SVG = "{http://www.w3.org/2000/svg}"


def plan_of(workshop: Workshop | None = None) -> Plan:
    return make_plan(workshop or Workshop(title="Tag suggester"), shipped(), library())


def drawing(plan: Plan) -> ElementTree.Element:
    return ElementTree.fromstring(export(plan, ".svg"))


def squeezed(text: str) -> str:
    """Return text without white space: boxes break lines wherever they must."""
    return "".join(text.split())


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


@pytest.mark.parametrize("texts", [HOSTILE, OTHER_SCRIPTS])
def test_the_drawing_shows_every_text_literally(texts: tuple[str, ...]) -> None:
    root = drawing(plan_of(hostile_workshop(texts=texts)))
    shown = squeezed("".join("".join(node.itertext()) for node in root.iter(f"{SVG}text")))
    drawn_slots = min(len(texts), 16)
    assert all(squeezed(text) in shown for text in texts[:drawn_slots])


def test_the_drawing_is_inert_and_needs_nothing_else() -> None:
    raw = export(plan_of(hostile_workshop()), ".svg")
    root = ElementTree.fromstring(raw)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    attributes = {name for element in root.iter() for name in element.attrib}
    drawn = {"svg", "g", "title", "desc", "path", "polygon", "polyline", "ellipse", "rect", "line", "text", "tspan"}
    assert tags <= drawn | {"style"}
    # The one thing that a style brings along are the fonts, which are in it.
    (style,) = root.iter(f"{SVG}style")
    source = r"src:url\(data:font/woff;base64,[\w+/=]+\) format\('woff'\)"
    face = rf"@font-face\{{font-family:'[\w ]+';font-weight:400 700;{source}\}}"
    assert re.fullmatch(f"({face})+", style.text or "")
    assert not [name for name in attributes if "href" in name or name.startswith("on") or name == "style"]
    assert b"<!DOCTYPE" not in raw


def test_the_drawing_can_be_read_by_a_screen_reader() -> None:
    root = drawing(plan_of())
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text == "Tag suggester"
    assert "FastAPI (Prediction service, assumed)" in (root[1].text or "")


def test_the_drawing_has_sizes_without_units_and_a_legend() -> None:
    root = drawing(plan_of())
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    assert (float(root.get("width") or 0), float(root.get("height") or 0)) == (width, height)
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert "decided" in words
    assert any("belong to their owners" in (word or "") for word in words)


def with_choices(choices: dict[str, str], source: str | None = None) -> Plan:
    decided = [
        Decision(number=n, slot=slot, status="accepted", choice=choice, because="So.")
        for n, (slot, choice) in enumerate(choices.items(), 1)
    ]
    said = (Requirement(id="model-source", value=source, state="decided"),) if source else ()
    return plan_of(Workshop(title="Letters", requirements=said, decisions=tuple(decided)))


ALL_BUT_ONE = {slot: "not-applicable" for slot in shipped().slots if slot != "serving.runtime"}


@pytest.mark.parametrize(
    "plan",
    [plan_of(), with_choices({}, "ready-made"), with_choices(ALL_BUT_ONE), with_choices(ALL_BUT_ONE, "ready-made")],
    ids=["trains", "trains nothing", "one box", "a box and a model"],
)
def test_the_whole_legend_stands_inside_the_picture(plan: Plan) -> None:
    root = drawing(plan)
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    (legend,) = (group for group in root.iter(f"{SVG}g") if group.get("class") == "legend")
    shown = {"".join(text.itertext()): text for text in legend.iter(f"{SVG}text")}
    assert {"decided", "proposed or a draft", "starts or builds", "feedback"} <= shown.keys()
    for words, text in shown.items():
        assert float(text.get("x") or 0) + fonts.width(words, float(text.get("font-size") or 0)) <= width
        assert float(text.get("y") or 0) <= height
    places = [(text.get("x"), text.get("y")) for text in shown.values()]
    assert len(set(places)) == len(places)


def test_what_is_decided_proposed_assumed_and_left_out_has_a_border_of_its_own_which_the_legend_shows() -> None:
    decided = Decision(number=1, slot="serving.runtime", status="accepted", choice="fastapi")
    gap = Decision(number=2, slot="features.store", status="accepted", choice="none-yet")
    proposed = Decision(number=3, slot="data.validation", status="proposed", choice="own-schema-check")
    root = drawing(plan_of(Workshop(title="w", decisions=(decided, gap, proposed))))

    def dash(words: str) -> str | None:
        (found,) = (g for g in root.iter(f"{SVG}g") if g.get("class") == "node" and words in "".join(g.itertext()))
        return next(found.iter(f"{SVG}path")).get("stroke-dasharray")

    (legend,) = (group for group in root.iter(f"{SVG}g") if group.get("class") == "legend")
    samples = [sample.get("stroke-dasharray") for sample in legend.findall(f"{SVG}rect")]
    borders = [dash(words) for words in ("Prediction service", "Data checks", "Experiment tracker", "Features")]
    assert borders == samples
    assert len(set(borders)) == len(borders)


@pytest.mark.parametrize("case", ["starter-git-dvc-make", "open-source-mlops-package", "platform-at-scale", None])
def test_no_arrow_runs_through_the_title_of_a_stage_and_no_word_of_one_touches_it(case: str | None) -> None:
    workshop = load_workshop(EXAMPLES / f"{case}.workshop.yaml") if case else Workshop(title="Tags")
    root = drawing(plan_of(workshop))
    texts = [text for group in root.iter(f"{SVG}g") if group.get("class") == "labels" for text in group]
    titles = [covered(text) for text in texts if text.get("font-weight") == "bold"]
    words = [covered(text) for text in texts if text.get("text-anchor") == "middle"]
    assert titles
    assert words
    assert not [1 for title in titles for word in words if title.overlap(word) > 0]
    lines = [line for group in root.iter(f"{SVG}g") if group.get("class") == "edge" for line in straight(group)]
    assert lines
    assert not [1 for title in titles for line in lines if title.overlap(line) > 0]


def covered(text: ElementTree.Element) -> Box:
    x, y, size = (float(text.get(name) or 0) for name in ("x", "y", "font-size"))
    wide = fonts.width("".join(text.itertext()), size, bold=text.get("font-weight") == "bold")
    left = x - wide / 2 if text.get("text-anchor") == "middle" else x
    return Box(left, y - size * 0.8, left + wide, y)


def straight(group: ElementTree.Element) -> list[Box]:
    numbers = [float(n) for path in group.iter(f"{SVG}path") for n in re.findall(r"-?[\d.]+", path.get("d") or "")]
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))[::3]
    ends = (box_of(pair) for pair in pairwise(corners))
    return [Box(box.left - 0.5, box.top - 0.5, box.right + 0.5, box.bottom + 0.5) for box in ends]


def test_known_tools_get_their_icon_and_others_their_initials() -> None:
    mlflow = icon("mlflow")
    assert mlflow is not None
    assert icon("no-such-icon") is None
    assert icon("../secrets") is None
    paths = [path.get("d") for path in drawing(plan_of()).iter(f"{SVG}path")]
    assert mlflow.path in paths
    own = drawing(plan_of(hostile_workshop(texts=("Zebra Quux tool",))))
    assert "ZQ" in [text.text for text in own.iter(f"{SVG}text")]


def test_all_icons_that_the_catalog_names_exist() -> None:
    named = {entry.icon for entry in shipped().catalog.values() if entry.icon}
    assert [slug for slug in sorted(named) if icon(slug) is None] == []


def test_every_choice_is_in_every_text_format() -> None:
    graph = architecture(plan_of())
    dot, mermaid = to_dot(graph), to_mermaid(graph)
    assert all(f"{node.id} [" in dot and f'{node.id}["' in mermaid for node in graph.nodes)
    assert all(f"{edge.source} -> {edge.target}" in dot for edge in graph.edges)


def test_dot_doubles_backslashes_and_reads_no_files() -> None:
    dot = to_dot(
        architecture(plan_of(hostile_workshop(texts=(r"\N \G C:\temp", 'image="/etc/passwd" URL="http://a"'))))
    )
    assert r"\\N" in dot
    assert r"\\G" in dot
    assert 'image="/etc' not in dot.replace("&quot;", "'")
    assert all(word not in dot for word in ("<IMG", 'URL="', "shapefile", "fontpath"))


def test_mermaid_leaves_nothing_that_could_start_markup() -> None:
    for text in HOSTILE:
        escaped = mermaid_text(text)
        assert not set('"<>`{}[]|\\$*_&%') & set(escaped)
    assert mermaid_text("two\nlines") == "two lines"
    assert mermaid_text('a "b" #1;') == "a #34;b#34; #35;1#59;"
    assert "fa:fa-" not in mermaid_text("fa:fa-car").replace("#58;", ":")


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert all(export(plan_of(), suffix) == export(plan_of(), suffix) for suffix in SUFFIXES)


def test_the_png_is_a_png_of_the_drawing() -> None:
    root, png = drawing(plan_of()), export(plan_of(), ".png")
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG\r\n")
    assert width / height == pytest.approx(float(root.get("width") or 0) / float(root.get("height") or 1), rel=0.01)


def test_an_unknown_ending_is_refused_by_name() -> None:
    with pytest.raises(UnknownFormat, match=r"'\.gif'.*\.svg"):
        export(plan_of(), ".gif")


def test_without_an_engine_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "engines", list)
    with pytest.raises(DiagramError, match="pip install graphviz-pure"):
        export(plan_of(), ".svg")
    assert export(plan_of(), ".mmd")


def test_the_bundled_engine_comes_before_an_installed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.shutil, "which", lambda name: f"/usr/bin/{name}")
    bundled, installed = engine.engines()
    assert "graphviz-pure" in bundled
    assert installed == "/usr/bin/dot"


def test_the_second_engine_draws_when_the_first_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = script(tmp_path / "broken", "echo 'Error: no layout' >&2; exit 1")
    working = engine.engines()[0]
    monkeypatch.setattr(engine, "engines", lambda: [broken, working])
    assert b"<svg" in export(plan_of(), ".svg")
    monkeypatch.setattr(engine, "engines", lambda: [broken, str(tmp_path / "missing")])
    with pytest.raises(DiagramError, match=r"broken failed: Error: no layout.*missing could not be started"):
        export(plan_of(), ".svg")


def test_an_engine_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine, "engines", lambda: [script(tmp_path / "slow", "exec sleep 30")])
    monkeypatch.setattr(engine, "TIMEOUT", 0.2)
    with pytest.raises(DiagramError, match="took longer"):
        export(plan_of(), ".svg")
