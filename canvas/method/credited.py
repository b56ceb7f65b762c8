"""Where a piece of content comes from and under which licence: what every content file carries."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from canvas.reading.types import Day, Model, ShortText


class Origin(Model):
    """Where a piece of content comes from."""

    title: ShortText
    url: Annotated[str, Field(pattern=r"^https://")] | None = None
    retrieved: Day | None = None


class Credited(Model):
    """Base of every content file: reports print these three."""

    source: Origin
    license: ShortText
    attribution: ShortText
