"""Which fonts drawings and PDF pages are set in, how wide a text is in them, and which scripts no font here can print.

Fonts come from installed packages (`fontpkg-*`, and one for Hebrew) first and from the system second. Nothing is
downloaded or written. How a picture carries its fonts along is in `embedded_fonts.py`.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg
import typst
from fontTools.ttLib import TTFont

MAIN_FAMILY = "Inter"
# Bold Inter runs about this much wider than the regular cut that widths are measured with.
_BOLD = 1.08
# Marks that stand on or below another sign, and signs that only tell how to write.
_NO_WIDTH = frozenset({"Mn", "Me", "Cf", "Cc"})
_VIRAMA = 9
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
    "HEBREW": ("Hebrew", "pip install justmytype-intl-rtl"),
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


@dataclass(frozen=True)
class FontFile:
    """A font of an installed package: the name of its family, and the file of its upright cut, every weight in one."""

    family: str
    path: Path


@cache
def files() -> tuple[FontFile, ...]:
    """Return the fonts of every package installed, the main one first; engines fall back in this order."""
    found = [FontFile(fontpkg.family(family).name, Path(fontpkg.path(family))) for family in fontpkg.families()]
    ordered = sorted([*found, *_hebrew()], key=lambda file: (file.family != MAIN_FAMILY, file.family))
    return tuple(ordered)


def _hebrew() -> Iterator[FontFile]:
    # No fontpkg has this script. The package is not imported: it would search the whole system for fonts.
    package = importlib.util.find_spec("justmytype_intl_rtl")
    for place in package.submodule_search_locations or () if package else ():
        for path in sorted(Path(place).glob("fonts/ofl/notosanshebrew/*.ttf")):
            yield FontFile("Noto Sans Hebrew", path)


@cache
def folders() -> tuple[str, ...]:
    """Return the folders of every font package installed, in a fixed order."""
    return tuple(sorted({str(file.path.parent) for file in files()}))


@cache
def typesetter_fonts() -> typst.Fonts:
    """Return the fonts for the typesetter: the packages' and the system's, searched once for each process."""
    return typst.Fonts(include_system_fonts=True, font_paths=list(folders()))


@cache
def families() -> tuple[str, ...]:
    """Return the family names of the installed packages, the main one first."""
    return tuple(file.family for file in files())


def font_of(char: str) -> FontFile | None:
    """Return the installed font that prints a character, or None when none does."""
    found = _characters().get(ord(char))
    return found[0] if found else None


def runs(text: str) -> list[tuple[str, str | None]]:
    """Return a line in parts, each with the family that prints it; None where no installed font does.

    Blanks, and signs that are only marks of how to write, go with what stands before them, at the start with the first.
    """
    found: list[tuple[str, str | None]] = []
    for char in text:
        font = font_of(char)
        family = font.family if font else None
        if found and (family == found[-1][1] or not is_drawn(char)):
            found[-1] = (found[-1][0] + char, found[-1][1])
        elif found and not any(map(is_drawn, found[-1][0])):
            found[-1] = (found[-1][0] + char, family)
        else:
            found.append((char, family))
    return found


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide `text` is at `size` points, in points. What no installed font prints counts as one em."""
    ems = sum(_advance(char) for char in text)
    return ems * size * (_BOLD if bold else 1.0)


def _advance(char: str) -> float:
    if unicodedata.category(char) in _NO_WIDTH:
        return 0.0
    found = _characters().get(ord(char))
    return found[1] if found else 1.0


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
    for sign in _signs(word):
        if piece and width(piece + sign, size, bold=bold) > room:
            yield piece
            piece = ""
        piece += sign
    yield piece


def _signs(word: str) -> Iterator[str]:
    """Yield what is read as one sign: a letter with its marks, letters that grow together, joined emoji, a flag."""
    sign = ""
    for char in word:
        joined = sign and (
            unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf", "Sk"}
            or sign[-1] == "\u200d"
            # A virama takes the vowel of a letter, so that the next one grows together with it.
            or unicodedata.combining(sign[-1]) == _VIRAMA
            or (len(sign) == 1 and _is_flag_half(sign) and _is_flag_half(char))
        )
        if sign and not joined:
            yield sign
            sign = ""
        sign += char
    if sign:
        yield sign


def _is_flag_half(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


@cache
def _characters() -> Mapping[int, tuple[FontFile, float]]:
    """Return every character that the installed packages print: in which font, and its advance in ems."""
    found: dict[int, tuple[FontFile, float]] = {}
    for file in files():
        with TTFont(file.path, lazy=True) as font:
            units, metrics = font["head"].unitsPerEm, font["hmtx"]
            for code, glyph in font.getBestCmap().items():
                found.setdefault(code, (file, metrics[glyph][0] / units))
    return found


def missing_scripts(text: str) -> tuple[MissingScript, ...]:
    """Return the scripts in `text` that cannot be printed here, so that an output can name them."""
    unsure = sorted({char for char in text if ord(char) not in _characters() and is_drawn(char)})
    by_script: dict[tuple[str, str], str] = {}
    for char in unsure:
        script = _script(char)
        by_script[script] = by_script.get(script, "") + char
    lacking = ((script, _unprintable(chars)) for script, chars in sorted(by_script.items()))
    return tuple(MissingScript(name, install, chars) for (name, install), chars in lacking if chars)


def is_drawn(char: str) -> bool:
    """Return whether a character needs a glyph of its own."""
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
