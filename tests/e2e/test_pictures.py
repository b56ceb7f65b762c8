"""Pictures as a browser shows them: in the fonts they carry along, every word inside its box, whatever the script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from canvas.content import shipped
from canvas.workshop import Decision, Workshop
from canvas.workshop_file import load_workshop
from templates.architecture import export
from templates.plan import make_plan

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
    picture.write_bytes(export(make_plan(workshop, shipped()), ".svg"))
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
