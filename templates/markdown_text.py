"""Fill the templates of Markdown files: links, front matter and the environment they share.

Everything a template prints is escaped unless it is marked as `Markup` here. No wording and no layout.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from canvas.markdown import Markup, escape
from canvas.reading.text_gate import isolated


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


def _finalize(value: Any) -> Any:
    return escape(value) if isinstance(value, str) else value


def render(folder: Path, template: str, **values: object) -> str:
    """Fill one template of `folder`. Every text value is escaped; at most one empty line stays between paragraphs."""
    text = environment(folder).get_template(template).render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
