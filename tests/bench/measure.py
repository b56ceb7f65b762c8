"""How measurements are taken and told: samples, the machine and its noise. Knows nothing of what is measured."""

from __future__ import annotations

import os
import platform
import statistics
import time
from dataclasses import dataclass

import psutil

SPIN = 2_000_000


@dataclass(frozen=True)
class Row:
    """One line of the page: what was measured, against what, and the bound it should keep."""

    what: str
    figure: str
    compared: str
    ratio: str
    target: str
    met: bool | None

    def line(self) -> str:
        """Return the row as Markdown."""
        kept = {True: "yes", False: "**no**", None: ""}[self.met]
        return f"| {self.what} | {self.figure} | {self.compared} | {self.ratio} | {self.target} | {kept} |"


def against(what: str, mine: float, other: float, unit: str, than: str, limit: float | None = None) -> Row:
    """Return a row that compares two times in seconds, measured in the same run."""
    ratio = mine / other
    target = f"at most {limit:g}x" if limit else "told, not bounded"
    return Row(
        what,
        amount(mine, unit),
        f"{amount(other, unit)} ({than})",
        f"{ratio:.2f}x",
        target,
        ratio <= limit if limit else None,
    )


def bounded(what: str, value: float, unit: str, limit: float, note: str = "") -> Row:
    """Return a row for one figure with its bound."""
    return Row(what, amount(value, unit), note, "", f"under {amount(limit, unit)}", value < limit)


def amount(value: float, unit: str) -> str:
    """Return a figure in seconds as `ms` or `s`, or a share of one as `%`."""
    scaled = {"ms": value * 1000, "s": value, "%": value * 100}[unit]
    return f"{scaled:.3g} {unit}" if scaled < 100 else f"{scaled:.0f} {unit}"


def median(samples: list[float]) -> float:
    """Return the middle of the samples."""
    return statistics.median(samples)


def p95(samples: list[float]) -> float:
    """Return the value that 95 % of the samples do not exceed."""
    return sorted(samples)[max(0, -(-len(samples) * 95 // 100) - 1)]


def spin() -> float:
    """Return how long a fixed piece of arithmetic takes, in seconds: its spread is the machine's noise."""
    began = time.perf_counter()
    total = 0
    for number in range(SPIN):
        total += number
    return time.perf_counter() - began


def cpu_seconds(pid: int) -> float:
    """Return the processor time a process has used so far, in seconds."""
    used = psutil.Process(pid).cpu_times()
    return float(used.user + used.system)


def machine() -> str:
    """Return the machine in one line."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores, {memory:.0f} GB, "
        f"Python {platform.python_version()}, load {load:.1f} when the run began"
    )
