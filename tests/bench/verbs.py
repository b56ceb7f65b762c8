"""How long verbs of the terminal take as whole processes, beside the libraries they cannot do without."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import Row, against, median
from tests.bench.outputs import EXAMPLE, timed
from tests.live_server import ROOT

TIMES = 7
LIBRARIES = "import pydantic, typer, yaml"
# The ratio of each before the verbs read only what they look at and worked each thing out once (2026-11-29, 2 cores).
BEFORE = {"check": 11.0, "scaffold": 14.0, "report": 21.4}
LIMIT = {"check": 7.0, "scaffold": 10.0}


def verbs() -> list[Row]:
    """Compare whole runs of three verbs with a process that only loads what all of them need."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "check": ["cli.py", "check", str(EXAMPLE)],
            "scaffold": ["cli.py", "scaffold", str(EXAMPLE), "--zip", f"{folder}/project.zip", "--force"],
            "report": ["cli.py", "report", str(EXAMPLE), "-o", f"{folder}/report.md", "--force"],
        }
        libraries = ["-c", LIBRARIES]
        for command in (*commands.values(), libraries):
            _run(command)
        times: dict[str, list[float]] = {name: [] for name in (*commands, "libraries")}
        for _ in range(TIMES):
            for name, command in {**commands, "libraries": libraries}.items():
                times[name].append(timed(lambda command=command: _run(command)))  # type: ignore[misc]
    bare = median(times["libraries"])
    return [
        against(
            f"`cli.py {name}` as a whole process",
            median(times[name]),
            bare,
            "s",
            f"loading its libraries; {BEFORE[name]:.1f}x before",
            LIMIT.get(name),
        )
        for name in commands
    ]


def _run(arguments: list[str]) -> None:
    subprocess.run([sys.executable, *arguments], cwd=Path(ROOT), check=True, capture_output=True, timeout=60)
