"""Names of files and folders made of what people typed: they hold on Windows, macOS and Linux, whatever the script."""

from __future__ import annotations

import re

from anyascii import anyascii

LONGEST_SLUG = 40
# Devices of Windows, which takes these names for itself, whatever follows their first dot.
_RESERVED = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)})


def slug_from(title: str) -> str:
    """Return a project name made of a title: a letter first, then letters, digits and hyphens, 3 to 40 characters.

    Other scripts are written in Latin letters; a title without a letter or digit in any script is `ml-project`.
    """
    spelled = anyascii(title).lower().replace("'", "")
    name = "-".join(re.findall(r"[a-z0-9]+", spelled))
    if not name:
        return "ml-project"
    name = name if name[0].isalpha() else f"ml-{name}"
    name = name[:LONGEST_SLUG].rstrip("-")
    return name if len(name) >= 3 and not is_reserved(name) else f"{name}-project"


def is_reserved(name: str) -> bool:
    """Return whether Windows keeps a name for itself, so that no file or folder can have it."""
    return name.partition(".")[0].rstrip(" ").lower() in _RESERVED
