"""Text of every script and direction in pictures and lines: drawn with the right font, or said not to be drawn."""

from __future__ import annotations

import base64
import io
import re
import struct
import threading
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from assessments.library.packs import library
from canvas.document.workshop import Decision, Workshop
from canvas.method.load import shipped
from canvas.reading.text_gate import clean, isolated
from templates.adr.records import records
from templates.architecture import export
from templates.architecture.dot import to_dot
from templates.architecture.draw import draw
from templates.architecture.graph import architecture
from templates.cards import model_card
from templates.drawing import embedded_fonts, fonts
from templates.drawing.apart import apart
from templates.drawing.embedded_fonts import with_fonts
from templates.plan import make_plan
from templates.report.markdown import to_markdown
from templates.report.model import report_model
from templates.report.pdf import to_pdf
from tests.hundred_titles import ALL
from views.literal import literal

SVG = "{http://www.w3.org/2000/svg}"
LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
ARABIC, HEBREW, THAI, DEVANAGARI = "فريق البيانات", "צוות", "พยากรณ์", "तारीख"


def titled(title: str, team: str | None = None) -> Workshop:
    return Workshop(title=title, team=team, date="2026-11-29")


def embedded(svg: bytes) -> dict[str, set[int]]:
    """Return the characters of each font that a drawing carries, by family."""
    (style,) = ElementTree.fromstring(svg).iter(f"{SVG}style")
    faces = re.findall(r"font-family:'([^']+)'.*?base64,([^)]+)\)", style.text or "")
    return {family: set(TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()) for family, data in faces}


def shown(svg: bytes) -> str:
    return "".join("".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("title", ["Łódź Straße", ARABIC, HEBREW, THAI, DEVANAGARI, f"Team {ARABIC}, 2026 · {THAI} ß"])
def test_a_picture_carries_every_letter_that_an_installed_font_has(title: str) -> None:
    svg = export(make_plan(titled(title), shipped(), library()), ".svg")
    carried = embedded(svg)
    for char in shown(svg):
        font = fonts.font_of(char)
        assert font is not None or not fonts.is_drawn(char)
        if font is not None:
            assert ord(char) in carried[font.family]
    root = ElementTree.fromstring(svg)
    for part in root.iter(f"{SVG}tspan"):
        first = (part.get("font-family") or "").split(",")[0].strip("'")
        used = {fonts.font_of(char) for char in part.text or "" if fonts.is_drawn(char)}
        assert {font.family for font in used if font} == {first}


@pytest.mark.parametrize("text", [ARABIC, HEBREW, THAI, DEVANAGARI, "中文" * 6, "i" * 40, "W" * 40])
def test_what_stands_in_a_box_starts_at_one_place_whatever_the_script(text: str) -> None:
    decided = Decision(
        number=1, slot="data.storage", status="accepted", choice=f"other: {text}", because="b", decided_on="2026-11-20"
    )
    plan = make_plan(Workshop(title="Parcel delays", decisions=(decided,)), shipped(), library())
    root = ElementTree.fromstring(export(plan, ".svg"))
    starts = set()
    for node in root.iter(f"{SVG}g"):
        if node.get("class") != "node":
            continue
        edge = min(float(x) for x in re.findall(r"(-?[\d.]+),", node.find(f"{SVG}path").get("d")))  # type: ignore[union-attr,arg-type]
        words = [text for text in node.iter(f"{SVG}text") if text.get("text-anchor") == "start"]
        starts |= {round(float(word.get("x", "0")) - edge) for word in words}
    assert starts == {45}


def test_the_fonts_in_a_picture_are_small_and_the_same_every_time() -> None:
    drawn = {
        text: with_fonts(f"<svg xmlns='{SVG[1:-1]}'><desc></desc><text>{text}</text></svg>") for text in ("a b", "b a")
    }
    faces = {text: ElementTree.fromstring(svg).findtext(f"{SVG}style") or "" for text, svg in drawn.items()}
    assert faces["a b"] == faces["b a"]
    assert len(faces["a b"]) < 60_000
    assert "fvar" in TTFont(io.BytesIO(base64.b64decode(faces["a b"].partition("base64,")[2].partition(")")[0])))


def test_many_who_look_at_once_and_a_server_that_made_ready_share_one_cut() -> None:
    embedded_fonts._cut.cache_clear()
    pictures = [f"<svg xmlns='{SVG[1:-1]}'><desc></desc><text>shared {number}</text></svg>" for number in range(3)]
    looking = [threading.Thread(target=embedded_fonts.make_ready)]
    looking += [threading.Thread(target=with_fonts, args=(picture,)) for picture in pictures]
    for one in looking:
        one.start()
    for one in looking:
        one.join()
    assert embedded_fonts._cut.cache_info().misses == 1


def test_a_line_is_cut_where_its_font_changes_and_nowhere_else() -> None:
    assert fonts.runs("Parcel delays") == [("Parcel delays", "Inter")]
    assert fonts.runs(f"a {THAI} b") == [("a ", "Inter"), (f"{THAI} ", "Noto Sans Thai"), ("b", "Inter")]
    assert fonts.runs("中") == [("中", None)]
    assert fonts.runs(f"{FSI}{HEBREW}{PDI} ab") == [(f"{FSI}{HEBREW}{PDI} ", "Noto Sans Hebrew"), ("ab", "Inter")]
    assert "".join(part for part, _ in fonts.runs(ARABIC)) == ARABIC


@pytest.mark.parametrize(
    ("word", "signs"),
    [
        ("ab", ["a", "b"]),
        ("e\u0301e", ["e\u0301", "e"]),
        ("👩‍🚀🇨🇭", ["👩‍🚀", "🇨🇭"]),
        ("क्षा", ["क्षा"]),
        ("ก็ดี", ["ก็", "ดี"]),
    ],
)
def test_a_word_is_never_cut_within_a_sign(word: str, signs: list[str]) -> None:
    assert list(fonts._signs(word)) == signs
    assert fonts.wrap(word, 10, 0.1) == signs


def test_marks_take_no_width_of_their_own() -> None:
    assert fonts.width("e\u0301", 10) == fonts.width("e", 10)
    assert 0 < fonts.width("ก็", 10) == fonts.width("ก", 10)


def height(png: bytes) -> int:
    return int(struct.unpack(">II", png[16:24])[1])


def test_a_png_says_what_it_does_not_draw() -> None:
    """CJK and emoji fonts are too large to bring along; where the system has them nothing is said."""
    plain = height(export(make_plan(titled("Parcel delays"), shipped(), library()), ".png"))
    told = height(export(make_plan(titled("Parcel \U0001fae8 \U0001faf8"), shipped(), library()), ".png"))
    has_font = not fonts.missing_scripts("\U0001fae8\U0001faf8")
    assert (told > plain) != has_font
    assert height(export(make_plan(titled(ARABIC), shipped(), library()), ".png")) == plain


def test_the_typesetter_sets_the_words_where_the_drawing_has_them() -> None:
    graph = architecture(make_plan(titled("Parcel delays"), shipped(), library()))
    svg = draw(to_dot(graph), "svg", graph.title)
    parts = apart(svg)
    assert "<text" not in parts["shapes"]
    heading = parts["texts"][0]
    assert (heading["text"], heading["bold"], heading["middle"]) == ("Parcel delays", True, False)
    assert all(0 <= it["x"] <= parts["width"] and 0 <= it["y"] <= parts["height"] for it in parts["texts"])
    assert "".join(it["text"] for it in parts["texts"]) == shown(svg)
    assert any(it["halo"] for it in parts["texts"])
    assert any(it["middle"] for it in parts["texts"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Team 2026-11-29", "Team 2026-11-29"),
        (f"{ARABIC} 2026-11-29", f"{FSI}{ARABIC} {LRI}2026-11-29{PDI}{PDI}"),
        (f"10:30 {HEBREW} 1.5", f"{FSI}{LRI}10:30{PDI} {HEBREW} {LRI}1.5{PDI}{PDI}"),
        (f"{HEBREW} 42", f"{FSI}{HEBREW} 42{PDI}"),
        (THAI, THAI),
    ],
)
def test_a_text_that_reads_from_the_right_moves_nothing_beside_it(text: str, said: str) -> None:
    assert isolated(text) == said
    assert clean(said) == text


def test_title_team_and_date_keep_their_places_in_every_line() -> None:
    workshop = titled(f"{HEBREW} 2026-11-29", f"{ARABIC} (v2)")
    plan = make_plan(workshop, shipped(), library())
    team = f"{FSI}{ARABIC}"
    assert team in to_markdown(report_model(plan, (), "2026-11-29")).splitlines()[2]
    assert team in model_card(plan)
    assert records(plan)
    assert literal(workshop.team or "").startswith(team)
    assert literal("Parcel delays") == "Parcel delays"


@pytest.mark.parametrize("title", [f"{HEBREW} 2026-11-29", f"{ARABIC} 10:30"])
def test_the_picture_in_a_report_has_the_words_of_the_picture_by_itself(title: str) -> None:
    plan = make_plan(titled(title), shipped(), library())
    drawn = report_model(plan, (), "2026-11-29").diagram.svg
    assert drawn is not None
    assert shown(drawn.encode()) == shown(export(plan, ".svg"))
    assert isolated(title) in shown(drawn.encode())


@pytest.mark.long
@pytest.mark.parametrize("title", ALL, ids=ascii)
def test_a_title_passes_through_every_picture_and_the_report(title: str) -> None:
    workshop = titled(clean(title), clean(title))
    plan = make_plan(workshop, shipped(), library())
    assert shown(export(plan, ".svg"))
    assert export(plan, ".png").startswith(b"\x89PNG")
    report = report_model(plan, (), "2026-11-29")
    assert to_pdf(report).startswith(b"%PDF")
    assert to_markdown(report)
