"""Words that a reader with little English reads at once: those that were not, and must not come back, stand here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What was told in pictures, each with what is said in its place.
PLAIN = {
    r"stretch(es)?": "part",
    r"mind:": "caution:",
    r"hands up": "raise your hand",
    r"bad conscience": "safely",
    r"hangs? on": "depends on",
    r"speaks? for": "is a reason for",
    r"(quietly )?eats?( up)?": "lowers, uses up",
    r"pays? off": "is worth its work",
    r"falls? back (to|on)": "uses instead",
    r"(in|keep in|bear in) mind": "remember",
    r"can(not)? live with": "accept",
    r"out of reach": "cannot be reached",
    r"worth a look": "to check",
    r"let it go": "discard it",
    r"turned down": "considered, and not chosen",
    r"look(s|ing)? on": "view",
    r"from scratch": "from the beginning",
    r"in a hurry": "with little time",
    r"seldom": "rarely",
    r"borne|bearable": "can be accepted",
    r"by heart": "remembered",
    r"goes without saying|by and large|in a nutshell|low-hanging|no-brainer|ballpark": "say it plainly",
    # A half-open interval as mathematics writes it.
    r"\(\d+, \d+\]": "above 3, up to 5",
}
FOUND = re.compile(rf"(?<![\w-])({'|'.join(PLAIN)})(?![\w-])", re.IGNORECASE)
# Whole files that hold patterns of other people's words, or code that nobody reads as a sentence.
NOT_READ = ("schemas/", "tool-names.yaml", "docs/benchmarks.md")
# The word of a style, of a key of Streamlit, and of what somebody types.
MEANT_OTHERWISE = re.compile(r"(width|height|align-items|[\"'])[=: ]*[\"']?stretch[\"']?|^stretch$")


def written() -> Iterator[tuple[str, str]]:
    """Yield each text that people may read, with where it stands."""
    for room in ("canvas/content", "assessments/content", "templates", "docs"):
        for path in (ROOT / room).rglob("*"):
            if path.suffix in (".yaml", ".md", ".j2", ".typ"):
                yield from _lines(path)
    yield from _lines(ROOT / "README.md")
    for room in ("canvas", "assessments", "templates", "views"):
        for path in (ROOT / room).rglob("*.py"):
            yield from ((_named(path), text) for text in _strings(path))
    for path in (ROOT / "views").rglob("*.js"):
        code = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        yield _named(path), code


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield a text in paragraphs: a line that is wrapped goes on in the next."""
    if any(part in str(path) for part in NOT_READ):
        return
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[-|#]|[\w-]+:))", path.read_text(encoding="utf-8")):
        yield _named(path), " ".join(paragraph.split())


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _strings(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    explained = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, told)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in explained:
            yield node.value


def odd_words(text: str) -> list[str]:
    return [found[0] for found in FOUND.finditer(MEANT_OTHERWISE.sub("", text))]


def test_no_word_comes_back_that_was_hard_to_read() -> None:
    texts = list(written())
    assert len(texts) > 10_000, "the search reads nothing"
    found = [f"{where}: {word!r} in {text[:160]!r}" for where, text in texts for word in odd_words(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "Mind: it has no history.",
        "Next stretch",
        "Six questions, hands up",
        "(3, 5]: strong automation",
        "Everything hangs on one vendor",
        "what quietly eats its worth",
        "You are looking on",
    ],
)
def test_the_search_finds_them(text: str) -> None:
    assert odd_words(text)


@pytest.mark.parametrize("text", ['width="stretch"', "It changes with the data", "great expectations", "Remind: no"])
def test_the_search_leaves_other_words_alone(text: str) -> None:
    assert not odd_words(text)
