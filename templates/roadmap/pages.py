"""Fill the templates of this folder with what was found. The words stand there; nothing is worked out here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assessments.shapes.answers import within
from canvas.markdown import escape


def render(page: str, **values: Any) -> str:
    """Return a page as text. Raises jinja2's `UndefinedError` when it asks for a value that is not given."""
    return _environment().get_template(page).render(**values)


@cache
def _environment() -> Environment:
    # The pages are Markdown made from our own content; what comes from people goes through the filter `literal`.
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["literal"] = escape
    environment.filters["within"] = within
    return environment
