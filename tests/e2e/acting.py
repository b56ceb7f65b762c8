"""One action of somebody who uses the app at random: what can be done now, and doing it as hands do it.

Which action is drawn, and what its outcome is judged by, is the crawl's.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import Any

from playwright.sync_api import ElementHandle, Error, JSHandle, Page

from tests.e2e.watching import bring_into_sight

VISIBLE = Path(__file__).with_name("visible.js").read_text(encoding="utf-8")
# Out of reach by intent: it ends the run, or it opens a window of the system.
SKIPPED = re.compile(r"^(log ?out|print)\b", re.IGNORECASE)
# A hand that finds its button covered or gone takes another one.
REACHED_WITHIN_MS = 1000
WORDS = (
    "",
    "no",
    "3",
    "-1",
    "0,92",
    "1.000.000",
    "99999999999999999999999999",
    "1e400",
    "0x10",
    "NaN",
    "2026-12-01",
    "31.02.2026",
    "Parcel delay forecast",
    "<b>bold</b> <script>alert(1)</script>",
    "{{7*7}} ${x} $x^2$ :red[x] `code` | a | b |",
    "# heading\n---\n- [ ] box",
    "[a](javascript:alert(1)) ![b](http://127.0.0.1:9/x.png)",
    "- orders in PostgreSQL\n2. clicks in Kafka\n  * labels by hand",
    "👩‍🚀🏳️‍🌈 naïve Zürich Ünïcödé",
    "مرحبا بالعالم \u202eabc",
    "'; DROP TABLE event; --",
    "null",
    " ",
    "a" * 305,
    "word " * 520,
)
PASTED = "- first of a list\n- second\n- third\n", "1\t2\t3\n4\t5\t6\n", "long " * 600
KEYS = (
    *("Escape", "Enter", "Tab", "Shift+Tab", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"),
    *(" ", "Delete", "Backspace", "Home", "End", "Control+z", "Control+Shift+Z", "n", "p", "v", "?", "r"),
)
SLIDES = ("ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown")
DONE_WITH = ("Tab", "Enter", "Control+Enter", "Escape", None)
WIDTHS = (1440, 1440, 1024, 390)
UPLOADS = {
    "broken.yaml": b"format: 1\ntitel: x\n",
    "empty.yaml": b"",
    "binary.yaml": bytes(range(256)),
    "deep.yaml": b"format: 1\ntitle: " + b"[" * 900,
    "fine.yaml": "format: 1\ntitle: Aufgeräumt\ndate: 2026-01-31\n".encode(),
}
# How often each kind is drawn when all are possible.
WEIGHTS = {"click": 12, "type": 7, "choose": 4, "key": 3, "paste": 2, "slide": 1, "upload": 1, "page": 1}
ASIDE_WEIGHT, HERE_WEIGHT = 1, 5
STAYS_NEAR, NEAR = 0.5, 12
FILTERS = 0.2


@dataclass(frozen=True)
class Target:
    """Something that can be acted on: what it is called and where it is; `aside` is what stands beside every page."""

    found: JSHandle
    index: int
    kind: str
    label: str
    aside: bool
    x: float
    y: float

    @property
    def element(self) -> ElementHandle:
        element = self.found.evaluate_handle("(all, index) => all[index].element", self.index).as_element()
        assert element is not None
        return element


def targets(page: Page) -> list[Target]:
    """Return what can be acted on now."""
    found = page.evaluate_handle(VISIBLE)
    shown: list[dict[str, Any]] = found.evaluate("all => all.map(({ element, ...told }) => told)")
    every = [Target(found, index, **told) for index, told in enumerate(shown)]
    return [target for target in every if not SKIPPED.search(target.label)]


def act(page: Page, rng: random.Random, last: Target | None = None) -> tuple[str, Target | None]:
    """Do one random thing on the page; return what, in words, and what it was done to.

    Every other time it is near to `last`, as people answer, then go on. Raises Playwright's `Error` when what was drawn
    was out of reach.
    """
    found = targets(page)
    if last and rng.random() < STAYS_NEAR:
        found.sort(key=lambda target: hypot(target.x - last.x, target.y - last.y))
        found = found[:NEAR]
    kinds = {target.kind for target in found} | {"key", "page"} | ({"paste"} if _of(found, "type") else set())
    drawn = [kind for kind in WEIGHTS if kind in kinds]
    kind = rng.choices(drawn, [WEIGHTS[kind] for kind in drawn])[0]
    if kind == "key":
        return _press(page, rng), last
    if kind == "page":
        return _whole_page(page, rng), None
    target = _draw(_of(found, "type" if kind == "paste" else kind), rng)
    return f"{DO[kind](page, target, rng)} {target.label!r}", target


def _of(found: list[Target], kind: str) -> list[Target]:
    return [target for target in found if target.kind == kind]


def _draw(found: list[Target], rng: random.Random) -> Target:
    """Draw a label first: of forty equal buttons each is as interesting as the one that is there once."""
    labels = {target.label: ASIDE_WEIGHT if target.aside else HERE_WEIGHT for target in found}
    label = rng.choices(list(labels), list(labels.values()))[0]
    return rng.choice([target for target in found if target.label == label])


def _press(page: Page, rng: random.Random) -> str:
    key = rng.choice(KEYS)
    page.keyboard.press(key)
    return f"press {key!r}"


def _whole_page(page: Page, rng: random.Random) -> str:
    what = rng.choice(("reload", "back", "resize"))
    if what == "reload":
        page.reload()
    elif what == "back":
        page.go_back()
    else:
        width = rng.choice(WIDTHS)
        page.set_viewport_size({"width": width, "height": 900})
        return f"resize to {width}"
    return what


def _click(_page: Page, target: Target, _rng: random.Random) -> str:
    target.element.click(timeout=REACHED_WITHIN_MS)
    return "click"


def _fill(page: Page, target: Target, rng: random.Random, put: Callable[[str], None], word: str) -> str:
    target.element.click(timeout=REACHED_WITHIN_MS)
    page.keyboard.press("Control+a")
    put(word)
    after = rng.choice(DONE_WITH)
    if after:
        page.keyboard.press(after)
    shown = word if len(word) <= 60 else f"{word[:20]}… ({len(word)} letters)"
    return f"{shown!r}, then {after or 'nothing'}, in"


def _type(page: Page, target: Target, rng: random.Random) -> str:
    return "type " + _fill(page, target, rng, page.keyboard.insert_text, rng.choice(WORDS))


def _paste(page: Page, target: Target, rng: random.Random) -> str:
    def put(word: str) -> None:
        page.evaluate("word => navigator.clipboard.writeText(word)", word)
        page.keyboard.press("Control+v")

    return "paste " + _fill(page, target, rng, put, rng.choice(PASTED))


def _choose(page: Page, target: Target, rng: random.Random) -> str:
    """Take one of the options; sometimes type into the box first, which leaves fewer of them or none."""
    bring_into_sight(target.element, page, REACHED_WITHIN_MS)
    target.element.click(timeout=REACHED_WITHIN_MS)
    if rng.random() < FILTERS:
        word = rng.choice(WORDS)
        page.keyboard.insert_text(word)
        page.keyboard.press("Enter")
        return f"type {word[:60]!r}, then Enter, in"
    options = page.get_by_role("option")
    options.first.wait_for(timeout=REACHED_WITHIN_MS)
    number = options.count()
    if not number:
        # A run of the page can close the list again.
        raise Error("the list of options has closed")
    option = options.nth(rng.randrange(number))
    said = option.inner_text(timeout=REACHED_WITHIN_MS).strip()
    option.click(timeout=REACHED_WITHIN_MS)
    return f"choose {said[:60]!r} in"


def _slide(page: Page, target: Target, rng: random.Random) -> str:
    target.element.focus()
    key = rng.choice(SLIDES)
    page.keyboard.press(key)
    return f"press {key!r} on"


def _upload(_page: Page, target: Target, rng: random.Random) -> str:
    name = rng.choice(list(UPLOADS))
    file = {"name": name, "mimeType": "application/yaml", "buffer": UPLOADS[name]}
    target.element.set_input_files([file])  # type: ignore[list-item]
    return f"give the file {name} to"


DO: dict[str, Callable[[Page, Target, random.Random], str]] = {
    "click": _click,
    "type": _type,
    "paste": _paste,
    "choose": _choose,
    "slide": _slide,
    "upload": _upload,
}
