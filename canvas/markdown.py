"""People's text in Markdown: it reads literally, whatever it contains, and never becomes markup. No wording here."""

from __future__ import annotations

import re

# Braces are escaped for site generators that read {{ }}, dollars for those that set formulas.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~${}])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_AT_START = re.compile(r"^([#+=-])(?=[#+=\s-]|$)")
_LIST_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")
# A mail address, a web address and a shortcode are turned into links and pictures by some renderers.
_SHORTCODE = re.compile(r":(?=[a-z0-9_+-]+:)")


class Markup(str):
    """Text that is Markdown already and is printed as it is."""

    __slots__ = ()


def escape(text: object) -> Markup:
    r"""Return `text` as Markdown that reads exactly like it, on one line; line ends become `<br>`."""
    if isinstance(text, Markup):
        return text
    return Markup("<br>".join(_escape_line(line.strip()) for line in str(text).split("\n")))


def _escape_line(line: str) -> str:
    line = _ENTITY.sub("&amp;", line)
    line = _ANYWHERE.sub(r"\\\1", line)
    line = _SHORTCODE.sub("&#58;", line)
    line = _AT_START.sub(r"\\\1", line)
    return _LIST_NUMBER.sub(r"\1\\\2", line)
