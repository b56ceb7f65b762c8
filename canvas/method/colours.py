"""The shapes of colours: what pages and prints share, kinds of note, hues, people. The values are YAML."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from canvas.method.credited import Credited
from canvas.reading.types import Id, Model, NoteKind

Theme = Literal["light", "dark"]
_HEX = r"^#[0-9A-F]{6}([0-9A-F]{2})?$"


def _colour(text: str) -> str:
    if not re.fullmatch(_HEX, text):
        raise ValueError(f"'{text}' is no colour: write #RRGGBB, or #RRGGBBAA to let something shine through")
    return text


# A pattern of its own would be told as one of ids; editors still get it.
Hex = Annotated[str, AfterValidator(_colour), Field(json_schema_extra={"pattern": _HEX})]


class Colour(Model):
    """One colour: in the light, which is also that of paper, and in the dark where it differs."""

    light: Hex
    dark: Hex | None = None

    def on(self, theme: Theme) -> str:
        return self.dark or self.light if theme == "dark" else self.light


class Palette(Model):
    """Base of what holds colours by name."""

    def on(self, theme: Theme) -> dict[str, str]:
        """Return the colours of one theme by their names, with dashes as in CSS."""
        return {name.replace("_", "-"): getattr(self, name).on(theme) for name in type(self).model_fields}


class SharedColours(Palette):
    """What is the same wherever it appears: grounds, text, lines, the brand, how something stands, what floats."""

    page: Colour
    panel: Colour
    sidebar: Colour
    sidebar_panel: Colour
    ink: Colour
    muted: Colour
    faint: Colour
    line: Colour
    strong_line: Colour
    outline: Colour
    grey: Colour
    brand: Colour
    brand_half: Colour
    brand_pale: Colour
    brand_wash: Colour
    on_brand: Colour
    link: Colour
    good: Colour
    good_ground: Colour
    good_line: Colour
    warn: Colour
    warn_ground: Colour
    warn_line: Colour
    alarm: Colour
    toast: Colour
    toast_line: Colour
    toast_action: Colour
    shade: Colour
    veil: Colour


class NoteLook(Palette):
    """A kind of note: its paper, the line around it, and what is written small on it."""

    paper: Colour
    rim: Colour
    label: Colour


class HueLook(Palette):
    """A hue: an area, the line around it, a chip with white text, and a title on the area."""

    tint: Colour
    edge: Colour
    strong: Colour
    title: Colour


class Colours(Credited):
    """Every colour of the product. Groups and stages name the `hues`; somebody keeps one of `people`, by their id."""

    shared: SharedColours
    kinds: dict[NoteKind, NoteLook]
    hues: dict[Id, HueLook]
    people: Annotated[tuple[Hex, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for kind in get_args(NoteKind):
            if kind not in self.kinds:
                raise ValueError(f"the kind of note '{kind}' has no colours")
        return self

    def printed(self) -> dict[str, dict[str, Any]]:
        """Return what paper shows: the colours of `shared` by name, and of `kinds` and `hues` by id and name."""
        return {
            "shared": self.shared.on("light"),
            "kinds": {kind: look.on("light") for kind, look in self.kinds.items()},
            "hues": {hue: look.on("light") for hue, look in self.hues.items()},
        }
