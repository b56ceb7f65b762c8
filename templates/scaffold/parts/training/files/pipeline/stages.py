"""What all stages share: how they fail, how they report, and how one of them is run from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.settings import ConfigError, Settings

Stage = Callable[[Settings], str]


class StageFailed(Exception):
    """A stage stops the pipeline. The message says what is wrong and how to mend it."""


def run_stage(stage: Stage) -> int:
    """Run one stage with the project's settings, print what it did, and return the exit code: 0 or 1."""
    try:
        print(stage(Settings.load()))
    except (StageFailed, ConfigError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def write_json(path: Path, content: Any) -> None:
    """Write `content` so that the same content gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=2, sort_keys=True, allow_nan=False, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read_json(path: Path, made_by: str) -> Any:
    """Read what an earlier stage left. Raises `StageFailed` naming the stage to run first."""
    require(path, made_by)
    return json.loads(path.read_text(encoding="utf-8"))


def require(path: Path, made_by: str) -> Path:
    """Return `path` if an earlier stage has made it. Raises `StageFailed` naming that stage."""
    if not path.exists():
        raise StageFailed(f"{path.name} is not there yet. Run `python -m pipeline.{made_by}` first, or `make train`.")
    return path
