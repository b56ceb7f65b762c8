"""Every colour has one home, and can be read on what it stands on; files that cannot read the home say the same."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from assessments.library.packs import library
from canvas.document.workshop import Workshop
from canvas.errors import ContentError
from canvas.method.colours import Theme
from canvas.method.load import CONTENT, load, shipped
from canvas.reading.types import NoteKind
from templates.architecture.dot import to_dot
from templates.architecture.graph import architecture
from templates.drawing.palette import PALETTE
from templates.plan import make_plan
from views.colours import component_style, page_style, people_script

ROOT = Path(__file__).parents[1]
COLOURS = shipped().colours
WHITE = "#FFFFFF"
THEMES = get_args(Theme)
LEAST = 4.5
# What stands as text on what, among the shared colours. The board's surface is the page in the light, a panel in the
# dark; links stand wherever text does.
TEXTS = {
    "ink": ("page", "panel", "sidebar", "sidebar-panel"),
    "muted": ("page", "panel", "sidebar", "sidebar-panel"),
    "faint": ("page", "panel"),
    "link": ("page", "panel", "sidebar", "sidebar-panel"),
    "good": ("page", "panel"),
    "warn": ("page", "panel", "warn-ground"),
    "alarm": ("page", "panel"),
}
ON_PAPER = {
    "brand": ("page", "panel", "brand-wash"),
    "good": ("good-ground",),
    "ink": ("brand-wash", "brand-pale", "brand-half"),
    "muted": ("warn-ground",),
    "page": ("brand", "grey", "toast", "ink"),
    "grey": ("page", "panel"),
    "toast-action": ("toast",),
    "toast": ("toast-action",),
}


# White and black, whole or letting something shine through, are nobody's choice.
NEUTRAL = re.compile(r"#(?:fff|000)[0-9a-f]?|#(?:ffffff|000000)(?:[0-9a-f]{2})?", re.IGNORECASE)
LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(\s*\d[^)]*\)|\boklch\([^)]*\)")
READERS = {".css", ".typ", ".py", ".js", ".j2", ".html"}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two opaque colours as WCAG 2 defines it, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(colour: str, share: float) -> str:
    """Return a colour mixed with white, as style sheets do where the brand is text in the dark."""
    parts = (int(colour[place : place + 2], 16) * share + 255 * (1 - share) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part):02X}" for part in parts)


def pairs(theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Yield every text with its ground, and what they are."""
    shared = COLOURS.shared.on(theme)
    for texts in (TEXTS, ON_PAPER) if theme == "light" else (TEXTS,):
        for text, grounds in texts.items():
            yield from ((f"{text} on {ground}", shared[text], shared[ground]) for ground in grounds)
    surface = shared["page"] if theme == "light" else shared["panel"]
    for kind, note in COLOURS.kinds.items():
        look = note.on(theme)
        for name, text in (("ink", shared["ink"]), ("label", look["label"]), ("alarm", shared["alarm"])):
            yield f"{name} on {kind}", text, look["paper"]
        yield f"label of {kind} on a surface", look["label"], surface
    for hue, found in COLOURS.hues.items():
        look = found.on(theme)
        for name in ("ink", "muted", "faint"):
            yield f"{name} on {hue}", shared[name], look["tint"]
        yield f"title on {hue}", look["title"], look["tint"]
        yield f"title of {hue} on the page", look["title"], shared["page"]
        yield f"white on {hue}", WHITE, look["strong"]


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_text_can_be_read_on_its_ground(theme: Theme) -> None:
    weak = {what: round(found, 2) for what, text, ground in pairs(theme) if (found := contrast(text, ground)) < LEAST}
    assert weak == {}


def test_the_brand_can_be_read_in_the_dark_where_it_is_mixed_with_white() -> None:
    shared = COLOURS.shared.on("dark")
    accent = mixed(shared["brand"], 0.62)
    grounds = [
        shared["page"],
        shared["panel"],
        shared["on-brand"],
        *(hue.tint.on("dark") for hue in COLOURS.hues.values()),
    ]
    assert min(contrast(accent, ground) for ground in grounds) >= LEAST


def test_white_can_be_read_on_everybody() -> None:
    assert min(contrast(WHITE, person) for person in COLOURS.people) >= LEAST


def test_every_kind_of_note_and_every_hue_reaches_the_board() -> None:
    style = component_style("#board")
    assert set(COLOURS.kinds) == set(get_args(NoteKind))
    for mark in (
        *(f'[data-kind="{kind}"]' for kind in COLOURS.kinds),
        *(f'[data-hue="{hue}"]' for hue in COLOURS.hues),
    ):
        assert f"\n{mark} {{" in style
        assert f'\n[data-theme="dark"] {mark} {{' in style
    assert f"--paper: {COLOURS.kinds['fact'].paper.dark};" in style


def test_a_changed_colour_reaches_whatever_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    file = tmp_path / "content/colours.yaml"
    changed = file.read_text(encoding="utf-8").replace("#101828", "#123123").replace("#4A5578", "#345345")
    file.write_text(changed, encoding="utf-8")
    monkeypatch.setattr("views.colours.shipped", lambda: load(tmp_path / "content"))
    assert "--ink: #123123;" in component_style("#board")
    assert "--ink: #123123;" in page_style()
    assert "#345345" in people_script()


BROKEN = [
    pytest.param("colours.yaml", '  page: {light: "#FFFFFF"', '  page: {light: "white"',
                 "colours.yaml:11: shared.page.light: 'white' is no colour", id="no colour"),
    pytest.param("colours.yaml", "  dilemma:\n", "  doubt:\n", "'doubt'", id="a kind that does not exist"),
    pytest.param("canvases/stack-canvas/_canvas.yaml", "hue: blue", "hue: beige", "'beige' is no hue", id="no hue"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "told"), BROKEN)
def test_what_is_wrong_with_colours_is_refused(tmp_path: Path, name: str, old: str, new: str, told: str) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(told)):
        load(folder)


def test_colours_that_are_missing_are_told(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    (tmp_path / "content/colours.yaml").unlink()
    with pytest.raises(ContentError, match=r"colours\.yaml: the file is missing"):
        load(tmp_path / "content")


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_of_the_app_says_the_same(theme: Theme) -> None:
    found = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"][theme]
    shared = COLOURS.shared.on(theme)
    side = found.pop("sidebar")
    assert found == {
        "primaryColor": shared["brand"],
        "backgroundColor": shared["page"],
        "secondaryBackgroundColor": shared["panel"],
        "textColor": shared["ink"],
        "borderColor": shared["line"],
        "linkColor": shared["link"],
    }
    assert side == {"backgroundColor": shared["sidebar"], "secondaryBackgroundColor": shared["sidebar-panel"]}


def test_the_icon_of_the_app_says_the_same() -> None:
    found = set(re.findall("#[0-9A-Fa-f]{3,8}", (ROOT / "views/favicon.svg").read_text(encoding="utf-8")))
    shared = COLOURS.shared.on("light")
    assert found == {shared["brand"], shared["brand-pale"], COLOURS.hues["amber"].edge.light, "#fff"}


def test_no_other_file_has_a_colour_of_its_own() -> None:
    files = [ROOT / "app.py", ROOT / "cli.py"]
    for room in ("canvas", "assessments", "templates", "views"):
        files += [path for path in sorted((ROOT / room).rglob("*")) if path.suffix in READERS]
    # What is generated is the team's own, and stands by itself.
    ours = [path for path in files if ROOT / "templates/scaffold/parts" not in path.parents]
    assert {path.suffix for path in ours} >= {".css", ".typ", ".py", ".js", ".j2"}
    found = {
        f"{path.relative_to(ROOT)}: {colour}"
        for path in ours
        for colour in LITERAL.findall(path.read_text(encoding="utf-8"))
        if not NEUTRAL.fullmatch(colour)
    }
    assert found == set()


def test_pictures_and_report_show_what_the_board_shows_in_the_light() -> None:
    printed = COLOURS.printed()
    assert printed["kinds"]["proposal"] == COLOURS.kinds["proposal"].on("light")
    assert PALETTE["blue"].title == COLOURS.hues["blue"].title.light
    drawn = to_dot(architecture(make_plan(Workshop(title="T"), shipped(), library())))
    assert set(re.findall("#[0-9A-Fa-f]{3,8}", drawn)) <= _values(printed)


def _values(printed: object) -> set[str]:
    if isinstance(printed, dict):
        return set().union(*map(_values, printed.values()))
    return {str(printed)}
