"""Which fonts drawings and PDF pages are set in, how wide a text is in them, and which scripts no font here can print.

Fonts come from installed packages (`fontpkg-*`) first and from the system second. Nothing is downloaded or written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg
import typst
from fontTools.ttLib import TTFont

MAIN_FAMILY = "Inter"
# Bold Inter runs about this much wider than the regular cut that widths are measured with.
_BOLD = 1.08
_APT_CJK = "apt install fonts-noto-cjk"
_APT_EMOJI = "apt install fonts-noto-color-emoji"
_APT_REST = "apt install fonts-noto-core"
# First word of the Unicode character name -> name of the script for people, and the command that brings a font.
_SCRIPTS: Mapping[str, tuple[str, str]] = {
    "CJK": ("Chinese, Japanese or Korean", _APT_CJK),
    "HIRAGANA": ("Chinese, Japanese or Korean", _APT_CJK),
    "KATAKANA": ("Chinese, Japanese or Korean", _APT_CJK),
    "HANGUL": ("Chinese, Japanese or Korean", _APT_CJK),
    "IDEOGRAPHIC": ("Chinese, Japanese or Korean", _APT_CJK),
    "FULLWIDTH": ("Chinese, Japanese or Korean", _APT_CJK),
    "BOPOMOFO": ("Chinese, Japanese or Korean", _APT_CJK),
    "ARABIC": ("Arabic", "pip install fontpkg-noto-sans-arabic"),
    "DEVANAGARI": ("Devanagari", "pip install fontpkg-noto-sans-devanagari"),
    "TAMIL": ("Tamil", "pip install fontpkg-noto-sans-tamil"),
    "TELUGU": ("Telugu", "pip install fontpkg-noto-sans-telugu"),
    "THAI": ("Thai", "pip install fontpkg-noto-sans-thai"),
    "KHMER": ("Khmer", "pip install fontpkg-noto-sans-khmer"),
}


@dataclass(frozen=True)
class MissingScript:
    """A script that no font on this machine prints: its name, the command that mends it, the characters concerned."""

    name: str
    install: str
    characters: str


@cache
def folders() -> tuple[str, ...]:
    """Return the folders of every font package installed, in a fixed order."""
    files = (file.path for family in fontpkg.families() for file in fontpkg.family(family).files)
    return tuple(sorted({str(Path(path).parent) for path in files}))


@cache
def typesetter_fonts() -> typst.Fonts:
    """Return the fonts for the typesetter: the packages' and the system's, searched once for each process."""
    return typst.Fonts(include_system_fonts=True, font_paths=list(folders()))


@cache
def families() -> tuple[str, ...]:
    """Return the family names of the installed packages, the main one first; engines fall back in this order."""
    names = sorted(fontpkg.family(family).name for family in fontpkg.families())
    return (MAIN_FAMILY, *(name for name in names if name != MAIN_FAMILY))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide `text` is at `size` points, in points. Characters outside the main font count as one em."""
    advances = _advances()
    ems = sum(advances.get(ord(char), 1.0) for char in text)
    return ems * size * (_BOLD if bold else 1.0)


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break `text` into lines no wider than `room` points. Words that are too long are broken; nothing is lost."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, size, bold=bold) <= room:
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, size, room, bold))
    return lines


def _pieces(word: str, size: float, room: float, bold: bool) -> Iterable[str]:
    piece = ""
    for char in word:
        if piece and width(piece + char, size, bold=bold) > room:
            yield piece
            piece = ""
        piece += char
    yield piece


@cache
def _advances() -> Mapping[int, float]:
    """Return the advance of every character of the main font, in ems."""
    with TTFont(fontpkg.path(MAIN_FAMILY), lazy=True) as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {code: metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}


@cache
def _bundled() -> frozenset[int]:
    """Return every character that the installed font packages print."""
    codes: set[int] = set()
    for path in {str(file.path) for family in fontpkg.families() for file in fontpkg.family(family).files}:
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    return frozenset(codes)


def missing_scripts(text: str) -> tuple[MissingScript, ...]:
    """Return the scripts in `text` that cannot be printed here, so that an output can name them."""
    unsure = sorted({char for char in text if ord(char) not in _bundled() and _drawn(char)})
    by_script: dict[tuple[str, str], str] = {}
    for char in unsure:
        script = _script(char)
        by_script[script] = by_script.get(script, "") + char
    lacking = ((script, _unprintable(chars)) for script, chars in sorted(by_script.items()))
    return tuple(MissingScript(name, install, chars) for (name, install), chars in lacking if chars)


def _drawn(char: str) -> bool:
    # Spaces, joiners and variation selectors need no glyph of their own.
    return unicodedata.category(char) not in {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"} and not char.isspace()


def _script(char: str) -> tuple[str, str]:
    name = unicodedata.name(char, "UNKNOWN").split()[0].split("-")[0]
    if unicodedata.category(char) == "So":
        return "Emoji and symbols", _APT_EMOJI
    return _SCRIPTS.get(name, (name.capitalize(), _APT_REST))


@cache
def _unprintable(chars: str) -> str:
    """Return those of `chars` that neither a system font nor one built into the typesetter has."""
    if _prints(chars):
        return ""
    if len(chars) == 1:
        return chars
    half = len(chars) // 2
    return _unprintable(chars[:half]) + _unprintable(chars[half:])


def _prints(chars: str) -> bool:
    # The accessible-PDF standard refuses a character without a glyph, whatever font it would come from; the fonts that
    # are built into the typesetter have no file whose character map could be read.
    source = '#set document(title: "x")\n#set text(font: sys.inputs.font)\n#sys.inputs.chars'
    inputs = {"font": MAIN_FAMILY, "chars": chars}
    try:
        compiler = typst.Compiler(source.encode(), font_paths=typesetter_fonts(), sys_inputs=inputs)
        compiler.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        return False
    return True
