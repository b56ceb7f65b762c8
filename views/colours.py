"""The colours of `canvas/content/colours.yaml` as style sheets and scripts of the browser take them. Knows no page."""

from __future__ import annotations

import json
from collections.abc import Iterator

from canvas.method.colours import Palette, Theme
from canvas.method.load import shipped


def component_style(root: str) -> str:
    """Return the style that gives a component its colours: those of notes and hues, and all shared ones below `root`.

    The component says on its root which theme it is in, as `data-theme`.
    """
    dark = f'{root}[data-theme="dark"]'
    rules = [f"{root} {{ {shared('light')} }}", f"{dark} {{ {shared('dark')} }}", *_looks()]
    return "/* colours.yaml */\n" + "\n".join(rules) + "\n"


def page_style() -> str:
    """Return the style that gives a plain page the shared colours, in the theme that the browser asks for."""
    return (
        f":root {{ {shared('light')} color-scheme: light dark; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {shared('dark')} }} }}\n"
    )


def shared(theme: Theme) -> str:
    """Return the shared colours of a theme as custom properties, `--strong-line` and so on."""
    return _properties(shipped().colours.shared, theme)


def people_script() -> str:
    """Return the script that names the colours of people, `PERSON_COLOURS`."""
    return f"const PERSON_COLOURS = {json.dumps(shipped().colours.people)};\n"


def _looks() -> Iterator[str]:
    """Yield a rule for each kind of note and each hue, in the light and in the dark."""
    colours = shipped().colours
    for attribute, looks in (("kind", colours.kinds), ("hue", colours.hues)):
        for name, look in looks.items():
            marked = f'[data-{attribute}="{name}"]'
            yield f"{marked} {{ {_properties(look, 'light')} }}"
            yield f'[data-theme="dark"] {marked} {{ {_properties(look, "dark")} }}'


def _properties(palette: Palette, theme: Theme) -> str:
    return " ".join(f"--{name}: {value};" for name, value in palette.on(theme).items())
