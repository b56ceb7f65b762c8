"""What a browser shows of every script: words inside the boxes of a drawing, dates in the order they were written."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from assessments.library.packs import library
from canvas.document.file import load_workshop
from canvas.document.workshop import Decision, Workshop
from canvas.method.load import shipped
from canvas.reading.text_gate import isolated
from templates.architecture import export
from templates.plan import make_plan
from tests.e2e.board_page import add_note, notes
from tests.e2e.conftest import OpenBoard
from tests.live_server import Server
from views import live

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXTS = (
    "พยากรณ์ความล่าช้า",
    "तारीख में देरी: मॉडल",
    "مرحبا بالعالم 2026-11-29 (v2)",
    "שלום עולם, 42 פריטים",
    "Łódź Straße ß",
    "தாமதம்",
)
# Every word against the box it stands in, in the pixels of the screen. A hair is left for what edges are drawn with.
OVERFLOWING = """() => {
  const inside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
  return [...document.querySelectorAll("g.node")].flatMap((node) => {
    const box = node.querySelector("path").getBoundingClientRect();
    return [...node.querySelectorAll("text")]
      .filter((text) => !inside(text.getBoundingClientRect(), box))
      .map((text) => text.textContent);
  });
}"""
LOADED = """async () => {
  await document.fonts.ready;
  return [...document.fonts].map((face) => [face.family.replaceAll("'", "").replaceAll('"', ""), face.status]);
}"""


def mixed() -> Workshop:
    """Return a workshop whose tools are called in many scripts."""
    slots = list(shipped().slots)
    decided = (
        Decision(number=n, slot=slot, status="accepted", choice=f"other: {text}", because="b", decided_on="2026-11-20")
        for n, (slot, text) in enumerate(zip(slots, TEXTS, strict=False), 1)
    )
    return Workshop(title="صنع 2026-11-29 · הפריטים · हिन्दी ไทย Łódź", decisions=tuple(decided))


@pytest.mark.parametrize("name", [*(path.name for path in sorted(EXAMPLES.glob("*.yaml"))), "mixed"])
def test_every_word_of_a_drawing_stands_inside_its_box(browser: Browser, name: str, tmp_path: Path) -> None:
    workshop = mixed() if name == "mixed" else load_workshop(EXAMPLES / name)
    picture = tmp_path / "picture.svg"
    picture.write_bytes(export(make_plan(workshop, shipped(), library()), ".svg"))
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(picture.as_uri())
        loaded = page.evaluate(LOADED)
        assert ["Inter", "loaded"] in loaded
        assert {status for _, status in loaded} == {"loaded"}
        assert len(loaded) == (1 if name != "mixed" else 6)
        assert page.evaluate(OVERFLOWING) == []
    finally:
        context.close()


ARABIC, HEBREW = "تأخير الطرود", "עיכובי חבילות"
# From where on the screen each part of a text is drawn.
LEFT_EDGES = """(element, parts) => {
  const [node] = [...element.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE);
  return parts.map((part) => {
    const [range, from] = [document.createRange(), node.data.indexOf(part)];
    range.setStart(node, from);
    range.setEnd(node, from + part.length);
    return range.getBoundingClientRect().left;
  });
}"""


def reads(shown: Locator, parts: list[str]) -> None:
    """Check that numbers stand from the left to the right as they are read."""
    edges = shown.evaluate(LEFT_EDGES, parts)
    assert edges == sorted(edges)


@pytest.mark.parametrize("name", [ARABIC, HEBREW])
def test_a_date_is_shown_as_it_was_written_on_the_board_and_above_it(
    open_board: OpenBoard, app: Server, name: str
) -> None:
    board = open_board(app.new_workshop(f"{name} 2026-11-29")["facilitator"])
    parts = ["2026", "11", "29"]
    title = board.get_by_role("heading", level=1)
    expect(title).to_contain_text(name)
    reads(title, parts)
    reads(board.locator(".head-box dd").filter(has_text=name), parts)
    block = next(iter(shipped().canvases["stack-canvas"].blocks)).id
    add_note(board, block, f"{name} 2026-11-29")
    reads(notes(board, block).locator("p.text"), parts)


def test_the_board_keeps_the_order_of_numbers_as_the_report_does(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=Path(live.__file__).parent / "dom.js")
    texts = [f"{ARABIC} 2026-11-29, 10:30", f"{HEBREW} 1.5–2.5", "2026-11-29", f"{ARABIC} ٢٠٢٦-١١-٢٩", "plain 1.5"]
    marks = {0x2068: None}
    for text in texts:
        said = isolated(text)
        kept = said.translate(marks).removesuffix("\u2069") if said != text else text
        assert page.evaluate("text => inWrittenOrder(text)", text) == kept
    letters = [chr(code) for code in range(0x30000) if unicodedata.bidirectional(chr(code)) in {"R", "AL"}]
    lacking = page.evaluate("letters => letters.filter((letter) => !FROM_THE_RIGHT.test(letter))", letters)
    assert [hex(ord(letter)) for letter in lacking] == ["0x200f"]
    page.close()
