"""Verbs of the terminal run in this process: a new one for each of many runs takes longer than what they do.

They go through `cli.main`, which turns errors into messages and exit codes; Typer's own runner begins behind it.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import cli


@dataclass(frozen=True)
class Ran:
    """How a verb ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def ran(*words: str, cwd: Path, data: Path | None = None) -> Ran:
    """Run `python cli.py` with `words` in the folder `cwd`, without a process of its own."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    environment = {"STACK_CANVAS_DATA": str(data)} if data else {}
    with chdir(cwd), patch.dict(os.environ, environment), patch.object(sys, "argv", ["cli.py", *words]):
        try:
            with redirect_stdout(out), redirect_stderr(err):
                cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())
