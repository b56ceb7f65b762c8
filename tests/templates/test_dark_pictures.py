"""Drawings on a dark page: no white slab is left, and every word can be read where it stands."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assessments.library.packs import library
from canvas.document.file import load_workshop
from canvas.document.workshop import Workshop
from canvas.method.colours import Theme
from canvas.method.load import shipped
from templates.architecture import export
from templates.drawing.apart import apart
from templates.drawing.dark import in_dark
from templates.drawing.palette import COLOURS
from templates.drawing.svg import SVG
from templates.pictures import PICTURES, draw_picture
from templates.pictures.small_canvas import small_canvas
from templates.plan import make_plan
from tests.test_colours import contrast

EXAMPLE = load_workshop(Path(__file__).parents[2] / "examples/platform-at-scale.workshop.yaml")
PAGE = COLOURS.shared.page.on("dark")
LIGHT_GROUNDS = {look.tint.light for look in COLOURS.hues.values()} | {
    look.paper.light for look in COLOURS.kinds.values()
}


def drawings(workshop: Workshop) -> dict[str, str]:
    """Every drawing that a page shows of a workshop, by what it is."""
    found = {
        "architecture": export(make_plan(workshop, shipped(), library()), ".svg").decode(),
        "small canvas": small_canvas(shipped().canvases["stack-canvas"], workshop),
    }
    for id_ in PICTURES:
        if svg := draw_picture(id_, workshop, shipped(), library()).svg:
            found[id_] = svg
    return found


DRAWN = drawings(EXAMPLE)


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_is_a_white_slab_and_all_words_can_be_read(name: str) -> None:
    root = ElementTree.fromstring(in_dark(DRAWN[name]).encode())
    marks = [mark for mark in root.iter() if mark.tag != f"{{{SVG}}}text" and mark.get("fill", "none").startswith("#")]
    ground = marks[0].get("fill")
    assert ground == PAGE
    assert COLOURS.shared.page.light not in {mark.get("fill") for mark in marks}
    # Nor any of its pale tints.
    assert not LIGHT_GROUNDS & {mark.get("fill") for mark in marks}
    grounds = {str(mark.get("fill")) for mark in marks}
    for text in root.iter(f"{{{SVG}}}text"):
        ink = text.get("fill", "#000000")
        # Dark words stand on a chip, which is light in the dark; all others on the page or on a tint of it.
        best = max(contrast(ink, other) for other in grounds) if ink == PAGE else contrast(ink, PAGE)
        assert best >= 4.5, (ink, "".join(text.itertext()))


def test_only_colours_change() -> None:
    light = DRAWN["architecture"]
    assert in_dark(light) != light
    words = [["".join(text.itertext()) for text in ElementTree.fromstring(one.encode()).iter(f"{{{SVG}}}text")]
             for one in (light, in_dark(light))]  # fmt: skip
    assert words[0] == words[1]


def test_the_exported_dark_form_is_the_light_one_in_other_colours() -> None:
    plan = make_plan(EXAMPLE, shipped(), library())
    assert export(plan, ".svg", "dark").decode() == in_dark(DRAWN["architecture"])
    assert export(plan, ".png", "dark") != export(plan, ".png")
    # Text is drawn by others, who choose the ground.
    assert export(plan, ".dot", "dark") == export(plan, ".dot")


def test_the_ground_of_a_dark_png_is_that_of_a_dark_page() -> None:
    plan = make_plan(EXAMPLE, shipped(), library())
    assert _first_pixel(export(plan, ".png", "dark")) == PAGE
    assert _first_pixel(export(plan, ".png")) == COLOURS.shared.page.light


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_set_around_the_letters_of_a_png_is_its_ground(theme: Theme) -> None:
    plan = make_plan(EXAMPLE, shipped(), library())
    around = {it["halo"] for it in apart(export(plan, ".svg", theme))["texts"]}
    assert around == {None, COLOURS.shared.page.on(theme)}


def _first_pixel(png: bytes) -> str:
    """Return the colour of the upper left corner: the first row has nothing before it, whatever its filter."""
    data, place = b"", 8
    while place < len(png):
        size, kind = struct.unpack(">I4s", png[place : place + 8])
        data += png[place + 8 : place + 8 + size] if kind == b"IDAT" else b""
        place += size + 12
    return "#" + zlib.decompress(data)[1:4].hex().upper()


def test_a_dark_brand_colour_becomes_light_enough_to_be_seen() -> None:
    shown = in_dark('<path fill="#181717"/>')
    assert contrast(shown.split('"')[1], PAGE) >= 3
    assert in_dark('<path fill="#FF6F00"/>') == '<path fill="#FF6F00"/>'
