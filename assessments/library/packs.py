"""Own packs: folders of a team with practices, measures and models, judged by like the shipped ones.

`library()` is what judges in this process: the shipped content with every pack that keeps its contract. How one folder
is read and checked is in `load.py`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessments.library.kinds import OF_A_PACK
from assessments.library.load import load, shipped
from assessments.library.pack_format import format_problems
from assessments.shapes.library import Library
from canvas.errors import ContentError, Problem
from canvas.method.content import Content
from canvas.method.load import shipped as shipped_content

SETTING = "STACK_CANVAS_PACKS"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Packs:
    """The library with all packs in it that can be used, and what is wrong in the others."""

    library: Library
    refused: tuple[Problem, ...] = ()


@cache
def packs() -> Packs:
    """Return the shipped content with the packs that `STACK_CANVAS_PACKS` names, read once per process.

    A pack that breaks its contract is left out as a whole and logged, so that the others can be used.
    """
    found = load_packs(named(), shipped(), shipped_content())
    for problem in found.refused:
        log.warning("Pack refused: %s", problem)
    return found


def library() -> Library:
    """Return what judges in this process."""
    return packs().library


def use(folders: Sequence[str]) -> None:
    """Judge by these packs from now on, also in the processes this one starts. Raises `ContentError` for a broken one.

    Several can be joined as in the setting, which they replace.
    """
    refused = load_packs(named(folders), shipped(), shipped_content()).refused
    if refused:
        raise ContentError(refused)
    os.environ[SETTING] = os.pathsep.join(folders)
    packs.cache_clear()


def load_packs(folders: Sequence[Path], onto: Library, canvas: Content) -> Packs:
    """Load packs one onto the other in the order given; a later one may use what an earlier one brings."""
    refused: list[Problem] = []
    for folder in folders:
        problems = [*_unread(folder), *format_problems(folder)]
        if not problems:
            try:
                onto = load(folder, canvas, onto)
            except ContentError as error:
                problems = list(error.problems)
        refused += problems
    return Packs(onto, tuple(refused))


def named(folders: Sequence[str] | None = None) -> tuple[Path, ...]:
    """Return the folders of packs that are named, each once: these, which may be joined, or those of the setting."""
    joined = os.environ.get(SETTING, "") if folders is None else os.pathsep.join(folders)
    return tuple(dict.fromkeys(Path(name) for name in joined.split(os.pathsep) if name.strip()))


def _unread(folder: Path) -> Iterator[Problem]:
    """Yield why nothing of a folder would be read, and files that would be passed over."""
    if not os.path.isdir(folder):
        yield Problem(str(folder), 0, "there is no folder of this name", "Name the folder of a pack")
    elif not any(kind.files(folder) for kind in OF_A_PACK):
        folders = dict.fromkeys(f"{kind.pattern.split('/')[0]}/" for kind in OF_A_PACK)
        yield Problem(
            str(folder), 0, "there is nothing in this pack", f"Put YAML files into {', '.join(folders)} below it"
        )
    else:
        for path in sorted(path for kind in OF_A_PACK for path in folder.glob(kind.pattern.replace(".yaml", ".yml"))):
            yield Problem(str(path), 0, "only files that end in .yaml are read", "Rename it")
