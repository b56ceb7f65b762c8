"""Run all stages in order: `make train`. The order is written here once; a scheduler only has to call this.

Stops at the first stage that fails, with its message and exit code 1.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping

from pipeline.evaluate import evaluate
from pipeline.register import register
from pipeline.settings import ConfigError, Settings
from pipeline.split import split
from pipeline.stages import Stage, StageFailed
from pipeline.tracking import record_failure
from pipeline.train import train
from pipeline.validate import validate

STAGES: Mapping[str, Stage] = {
    "validate": validate,
    "split": split,
    "train": train,
    "evaluate": evaluate,
    "register": register,
}


def run(settings: Settings) -> None:
    """Run every stage and print one line for each. Raises `StageFailed`."""
    for number, (name, stage) in enumerate(STAGES.items(), 1):
        started = time.perf_counter()
        said = _recorded(name, stage, settings)
        print(f"{number}/{len(STAGES)} {name:<9} {said}  [{time.perf_counter() - started:.1f} s]", flush=True)


def _recorded(name: str, stage: Stage, settings: Settings) -> str:
    try:
        return stage(settings)
    except StageFailed as error:
        if name != "register":  # this stage has recorded its run already, with everything that was measured
            record_failure(settings, name, str(error))
        raise


def main() -> int:
    """Run the pipeline with the project's settings and return the exit code."""
    try:
        settings = Settings.load()
        if settings.data.sample:
            print("Data: the invented sample. See data/README.md for how to bring your own.", flush=True)
        run(settings)
    except (StageFailed, ConfigError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
