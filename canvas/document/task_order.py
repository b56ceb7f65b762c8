"""The order of tasks: which one comes after which, and that none ever comes after itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Order = Mapping[str, Iterable[str]]


def comes_after(task: str, other: str, after: Order) -> bool:
    """Return whether `task` is `other`, or comes after it, however late. `after` is what each comes right after."""
    seen, ahead = set[str](), [task]
    while ahead:
        earlier = ahead.pop()
        if earlier == other:
            return True
        if earlier not in seen:
            ahead += after.get(earlier, ())
        seen.add(earlier)
    return False


def in_order(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return tasks without links to what is gone, and without those that close a circle.

    A circle comes from an earlier version, or with a task that is brought back; its last link in their order goes.
    """
    after: dict[str, list[str]] = {task["id"]: [] for task in tasks}
    for task in tasks:
        for earlier in task.get("after", ()):
            if earlier in after and not comes_after(earlier, task["id"], after):
                after[task["id"]].append(earlier)
    return [{**task, "after": after[task["id"]]} if task.get("after") else task for task in tasks]
