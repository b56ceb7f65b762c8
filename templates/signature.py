"""How a file that we wrote is known again, wherever it was moved to. What is done about it is up to who writes.

A text says in its last line for whom it was, and whether anybody has edited it since. A PDF, PNG or zip, which nobody
edits by hand, carries a mark. A CSV or a JSON can carry neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

MARK = "Written by MLOps Stack Canvas"
MARKED = frozenset({".pdf", ".png", ".zip"})
_LINE = re.compile(
    rf"\n*(?:<!--|%%|//) {MARK} for (?P<slug>[a-z0-9-]+), "
    r"unedited while this fits: (?P<digest>[0-9a-f]{16})(?: -->)?\s*\Z"
)
# How a comment is written, by the ending of a file. Others cannot carry one, and nobody edits most of them.
COMMENTS = {".md": "<!-- {} -->", ".svg": "<!-- {} -->", ".mmd": "%% {}", ".dot": "// {}"}


@dataclass(frozen=True)
class Writing:
    """What is to be done with one file, and for what is kept or removed why, as the end of a sentence about it."""

    name: str
    what: Literal["write", "keep", "remove"]
    why: str = ""


def signed(text: str, slug: str, suffix: str = ".md") -> str:
    """Return the text of a file with its last line, for the project called `slug`. `suffix` is one of `COMMENTS`."""
    body = text.rstrip()
    says = f"{MARK} for {slug}, unedited while this fits: {_digest(body)}"
    return f"{body}\n\n{COMMENTS[suffix].format(says)}\n"


def may_replace(present: bytes, made: bytes, suffix: str) -> bool:
    """Return whether a file that is no text can be replaced and nothing of anybody's is lost."""
    return present in (b"", made) or (suffix in MARKED and MARK.encode() in present)


def writings(
    present: Mapping[str, str], wanted: Mapping[str, str], slug: str, series: str | None = None
) -> Iterator[Writing]:
    """Yield what to do with each of the `wanted` files, and with those `present` that are wanted no more.

    Both are texts by name; `wanted` are signed. Only names that match the pattern `series` can be wanted no more.
    """
    for name, text in wanted.items():
        kept = _kept(present[name], text) if name in present else None
        yield Writing(name, "keep", kept) if kept else Writing(name, "write")
    for name in sorted(present.keys() - wanted.keys()):
        line = _LINE.search(present[name])
        if series and re.fullmatch(series, name) and line:
            why = "is not among the decisions any more" if line["slug"] == slug else f"belongs to '{line['slug']}'"
            if _fits(present[name], line):
                yield Writing(name, "remove", f"it {why}, and nobody had edited it")
            else:
                yield Writing(name, "keep", f"it {why}, but somebody edited it")


def of_others(present: Mapping[str, str], slug: str) -> tuple[str, str] | None:
    """Return the first file that was written for another project than `slug`, and that project."""
    lines = ((name, _LINE.search(text)) for name, text in present.items())
    return next(((name, line["slug"]) for name, line in lines if line and line["slug"] != slug), None)


def _kept(present: str, wanted: str) -> str | None:
    """Return why a file must not be replaced, or None when nothing of anybody's is lost."""
    line = _LINE.search(present)
    if line is None:
        # Versions before this one signed nothing; what says the same is no loss.
        return (
            None if _digest(present) == _digest(_LINE.sub("", wanted)) else "it was edited, or not written by this tool"
        )
    return None if _fits(present, line) else "it was edited since it was written"


def _fits(text: str, line: re.Match[str]) -> bool:
    return _digest(text[: line.start()]) == line["digest"]


def _digest(body: str) -> str:
    # Git may have changed the ends of lines.
    plain = body.replace("\r\n", "\n").removeprefix("\ufeff").rstrip()
    return sha256(plain.encode()).hexdigest()[:16]
