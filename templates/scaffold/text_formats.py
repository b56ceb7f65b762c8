"""How a value reaches a template's output: escaped for Markdown, dumped for YAML, refused elsewhere unless harmless.

Templates use `<%= %>`, `<% %>` and `<%# %>`; they are sandboxed, and an undefined name is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, Undefined
from jinja2.sandbox import SandboxedEnvironment

from templates.errors import ScaffoldError
from templates.markdown_text import Markup, escape
from templates.scaffold.parts import TEMPLATE

# What our own content and slugs are made of. Text that people typed never reaches these formats.
_HARMLESS = re.compile(r"[A-Za-z0-9 ,.:;/()'<>=~*_\[\]#+-]*\Z")

_PLAIN_WORD = re.compile(r"[a-z][a-z0-9-]*\Z")


def render_text(template: Path, values: dict[str, Any]) -> str:
    """Fill one template file; its name without `.j2` decides how values are written. Raises `ScaffoldError`."""
    suffix = Path(template.name.removesuffix(TEMPLATE)).suffix
    try:
        text = _environment(template.parent, suffix).get_template(template.name).render(**values)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        # An expression in a template is whatever its author wrote.
        raise ScaffoldError(f"The template {template.name} cannot be filled: {error}") from error
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def syntax_error(template: Path) -> tuple[int, str] | None:
    """Return the line, from 1, and what is wrong with the syntax of a template file, or None."""
    suffix = Path(template.name.removesuffix(TEMPLATE)).suffix
    try:
        _environment(template.parent, suffix).parse(template.read_text(encoding="utf-8"))
    except TemplateSyntaxError as error:
        return error.lineno, (error.message or "the syntax is wrong").rstrip(".")
    return None


@cache
def _environment(folder: Path, suffix: str) -> SandboxedEnvironment:
    env = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        variable_start_string="<%=",
        variable_end_string="%>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<%#",
        comment_end_string="%>",
        finalize=_WRITERS.get(suffix, plain),
        autoescape=False,  # HTML escaping is wrong in all of these formats; `finalize` does what each one needs
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters.update(comment=comment, as_is=Markup)
    return env


def markdown(value: Any) -> Any:
    """Write text so that Markdown shows it literally."""
    return escape(value) if isinstance(value, str) else value


def yaml_scalar(value: Any) -> str:
    """Write a value so that YAML reads the very same value, on one line."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):
        # Printing it is what makes it say which name is unknown.
        return str(value)
    # Plain style folds long or multi-line text over lines; double quotes keep it on one.
    style = '"' if isinstance(value, str) and not _PLAIN_WORD.match(value) else None
    dumped: str = yaml.safe_dump(value, default_style=style, allow_unicode=True, width=10**9)
    return dumped.removesuffix("\n").removesuffix("\n...")


def plain(value: Any) -> str:
    """Write a value of our own. Raises `ScaffoldError` for anything that could mean something to another program."""
    text = str(value)
    if isinstance(value, Markup) or _HARMLESS.match(text):
        return text
    raise ScaffoldError(f"{text[:80]!r} may not stand in this kind of file.")


def comment(value: Any) -> Markup:
    """Return text that can stand in a comment: on one line, without characters that end or break it."""
    return Markup(" ".join("".join(char if char.isprintable() else " " for char in str(value)).split()))


_WRITERS: dict[str, Callable[[Any], Any]] = {".md": markdown, ".yaml": yaml_scalar, ".yml": yaml_scalar}
