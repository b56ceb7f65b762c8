"""Fill the templates of Markdown files, in which people's text reads literally: escaping, links, front matter.

Everything a template prints is escaped unless it is marked as `Markup` here. No wording and no layout.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from canvas.reading.text_gate import isolated

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


def quoted(text: object) -> Markup:
    """Return `text` as a double-quoted YAML scalar for front matter."""
    return Markup(json.dumps(str(text), ensure_ascii=False))


def link(text: object, address: str | None) -> Markup:
    """Return a link when `address` is a web address, otherwise the text alone."""
    if not address or not re.match(r"https?://[^\s<>()]+\Z", address):
        return escape(text)
    return Markup(f"[{escape(text)}](<{address}>)")


@cache
def environment(folder: Path) -> SandboxedEnvironment:
    """Return the sandboxed environment for the templates of `folder`; an undefined name is an error."""
    loader: BaseLoader = FileSystemLoader(folder)
    env = SandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        finalize=_finalize,
        autoescape=False,  # HTML escaping is wrong for Markdown; `finalize` escapes every value
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters.update(quoted=quoted, linked=link, as_is=Markup, beside=isolated)
    return env


@cache
def own_pages(folder: Path, *, trim: bool) -> Environment:
    """Return the environment for pages of our own content, which is Markdown already and printed as it stands.

    What comes from people has to go through the filter `literal`. `trim` drops the line end after a block.
    """
    env = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        keep_trailing_newline=True,
        trim_blocks=trim,
        lstrip_blocks=trim,
    )
    env.filters["literal"] = escape
    return env


def _finalize(value: Any) -> Any:
    return escape(value) if isinstance(value, str) else value


def render(folder: Path, template: str, **values: object) -> str:
    """Fill one template of `folder`. Every text value is escaped; at most one empty line stays between paragraphs."""
    text = environment(folder).get_template(template).render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
