"""What rendering a plan gives: a project's files in memory, what is left to do, what it fulfils. Shapes only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from templates.scaffold.definitions import Owner
from templates.scaffold.select import ClaimedPractice
from templates.scaffold.steps import ManualStep

RECORD_FOLDER = ".stack-canvas"
MANIFEST = f"{RECORD_FOLDER}/manifest.json"
BASELINE = f"{RECORD_FOLDER}/baseline.zip"
WORKSHOP = f"{RECORD_FOLDER}/workshop.workshop.yaml"


@dataclass(frozen=True)
class GeneratedFile:
    """One file of a project. `slots` are the decisions it belongs to; none means that every project has it."""

    path: str
    content: bytes
    executable: bool
    owner: Owner
    part: str
    slots: tuple[str, ...]
    because: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Project:
    """A whole project: its files by path, what is left to do by hand, and what adopting it fulfils.

    `not_applicable` are the decisions that nobody has to do anything for, each with the reason.
    """

    slug: str
    files: tuple[GeneratedFile, ...]
    manual_steps: tuple[ManualStep, ...]
    not_applicable: tuple[ManualStep, ...]
    practices: tuple[ClaimedPractice, ...]

    def file(self, path: str) -> GeneratedFile:
        """Return the file at `path`. Raises `KeyError`."""
        for file in self.files:
            if file.path == path:
                return file
        raise KeyError(path)
