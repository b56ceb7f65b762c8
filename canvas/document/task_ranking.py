"""The decomposed workflow: which of its tasks a prediction could take over, and which of them pays most."""

from __future__ import annotations

from dataclasses import dataclass

from canvas.document.workshop import Task, Workshop


@dataclass(frozen=True)
class Candidate:
    """A task that a prediction could take over. `ratio` is its yearly gain over its effort, None while one is open.

    An effort of nothing with a gain gives an infinite ratio.
    """

    task: Task
    ratio: float | None


def candidates(workshop: Workshop) -> tuple[Candidate, ...]:
    """Return the prediction candidates, the best return first; those that cannot be judged yet come last.

    Equal ones keep the order of the list.
    """
    found = [Candidate(task, _ratio(task)) for task in workshop.tasks if task.prediction]
    return tuple(sorted(found, key=lambda candidate: (candidate.ratio is None, -(candidate.ratio or 0))))


def _ratio(task: Task) -> float | None:
    if task.gain is None or task.effort is None:
        return None
    if task.effort == 0:
        return float("inf") if task.gain else 0.0
    return task.gain / task.effort
