"""What a changed file brings back into the live workshop that it came from, and how it is taken over.

Each difference that a comparison finds is part of exactly one change, which can be accepted by itself or is told as
impossible. Notes and decisions have modules of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from typing import Any

from canvas.document.differences import Difference, Group, differences
from canvas.document.file import arrange
from canvas.document.workshop import Workshop
from canvas.errors import OpRefused
from canvas.log.events import State
from canvas.log.file_change import FileChange, Sides, Step, appearing, becoming, change_of, emptied, taken_away
from canvas.log.file_decisions import decision_changes
from canvas.log.file_notes import note_changes
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.log.ops import to_events
from canvas.method.content import Content
from canvas.reading.text_gate import clean
from canvas.reading.types import NOT_APPLICABLE

_REQUIREMENT = ("value", "state", "reason", "source", "unit")
_GONE = "A note that this names is not there. Take over the note as well, in one go."


def changes_between(state: State, wanted: Workshop, content: Content) -> tuple[FileChange, ...]:
    """Return how the live workshop in `state` becomes what a file says, in the order in which it is to be taken over.

    Taking over all of them makes the two documents equal, but for what is told as impossible.
    """
    present, wanted = arrange(document_of(state), content), arrange(_as_typed(wanted), content)
    found: dict[Group, list[Difference]] = defaultdict(list)
    for difference in differences(present, wanted):
        found[difference.group].append(difference)
    sides = Sides(state, present, wanted, content, found)
    # Notes come before the decisions that name them.
    return tuple(change for changes in _GROUPS for change in changes(sides))


@dataclass(frozen=True)
class Judged:
    """What of the chosen changes one person can take over now: the ops, and why not, by the key of the others."""

    ops: tuple[Op, ...]
    refused: Mapping[str, str]


def judged(
    changes: Sequence[FileChange], state: State, content: Content, author: Author, at: str, op_id: str
) -> Judged:
    """Try changes one after the other, as one person at a time `at`. What is refused is left out, and nothing else."""
    ops: list[Op] = []
    refused: dict[str, str] = {}
    for change in changes:
        try:
            state, more = _tried(change, state, content, author, at, op_id)
            ops += more
        except OpRefused as error:
            refused[change.key] = str(error)
    return Judged(tuple(ops), refused)


def _tried(
    change: FileChange, state: State, content: Content, author: Author, at: str, op_id: str
) -> tuple[State, list[Op]]:
    if change.refused is not None:
        raise OpRefused("forbidden", change.refused)
    if any(note not in state.items or state.items[note].deleted for note in change.needs):
        raise OpRefused("unknown", _GONE)
    ops = [
        Op(op_id=op_id, action=step.action, item=step.item, prop=step.prop, value=step.value) for step in change.steps
    ]
    for op in ops:
        state = state.after(to_events(op, state, content, author, at))
    return state, ops


def _as_typed(wanted: Workshop) -> Workshop:
    """Return a workshop with its texts as the live workshop keeps them, such as without the newline at their end."""
    return Workshop.model_validate(_cleaned(wanted.model_dump(mode="json")))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(entry) for entry in value]
    return {key: _cleaned(entry) for key, entry in value.items()} if isinstance(value, dict) else value


def _by_item(found: Sequence[Difference]) -> Iterator[tuple[str, list[Difference]]]:
    grouped: dict[str, list[Difference]] = defaultdict(list)
    for difference in found:
        grouped[difference.id].append(difference)
    yield from grouped.items()


def _head(sides: Sides) -> Iterator[FileChange]:
    editions = [d for d in sides.found["workshop"] if d.field == "edition"]
    for difference in sides.found["workshop"]:
        if difference not in editions:
            field = difference.field
            steps = becoming(sides.state, "workshop:", {field: difference.after})
            yield change_of([difference], field, steps=tuple(steps))
    if editions:
        # One property holds all of them.
        steps = becoming(sides.state, "workshop:", {"editions": dict(sides.wanted.editions)})
        yield FileChange("workshop/editions", tuple(editions), tuple(steps))


def _requirements(sides: Sides) -> Iterator[FileChange]:
    wanted = sides.entries("requirements")
    for id_, found in _by_item(sides.found["requirements"]):
        item, said = f"requirement:{id_}", wanted.get(id_)
        steps = _requirement(sides.state, item, said) if said else emptied(sides.state, item, _REQUIREMENT)
        yield change_of(found, steps=tuple(steps))


def _requirement(state: State, item: str, said: Mapping[str, Any]) -> Iterator[Step]:
    """Give a requirement value, state and reason in an order in which they never contradict each other."""
    present = state.items.get(item)
    order = ["state", "reason", "value"] if present and present.get("state") == NOT_APPLICABLE else ["value", "state"]
    if said["state"] == NOT_APPLICABLE:
        # The state empties the value.
        order = ["reason", "state"]
    elif "reason" not in order:
        order.append("reason")
    yield from becoming(state, item, {prop: said[prop] for prop in (*order, "source", "unit")})


def _simple(group: Group, kind: str, key: str = "id") -> Any:
    """Return the changes of a list whose entries are taken over as they are, each whole."""

    def changes(sides: Sides) -> Iterator[FileChange]:
        wanted = sides.entries(group, key)
        for id_, found in _by_item(sides.found[group]):
            item = f"{kind}:{id_}"
            fields = {difference.field for difference in found if difference.kind == "changed"}
            said = {
                prop: value
                for prop, value in wanted.get(id_, {}).items()
                if (prop in fields if fields else prop != key)
            }
            if said.get("revision") == 1:
                # The first revision goes without saying.
                said["revision"] = None
            steps = tuple(becoming(sides.state, item, said)) if said else taken_away(item)
            yield change_of(found, steps=steps)

    return changes


def _tasks(sides: Sides) -> Iterator[FileChange]:
    """Take over tasks after those that they come after: so no step closes a circle."""
    order = {task.id: task.after for task in sides.wanted.tasks}
    rank = {id_: place for place, id_ in enumerate(TopologicalSorter(order).static_order())}
    changes = [_without_old_links(change, sides) for change in _entries(sides, "tasks", "task")]
    yield from sorted(changes, key=lambda change: rank.get(change.differences[0].id, len(rank)))


def _without_old_links(change: FileChange, sides: Sides) -> FileChange:
    """Let a task that comes back not bring back the links to it that the file does not have.

    A link to what is deleted is not shown, but kept.
    """
    if change.differences[0].kind != "added":
        return change
    back = change.differences[0].id
    come_back = {difference.id for difference in sides.found["tasks"] if difference.kind == "added"}
    # What the file says of their order is a change of its own.
    ordered = {difference.id for difference in sides.found["tasks"] if difference.field == "after"}
    steps = list(change.steps)
    for task in sides.wanted.tasks:
        item = sides.state.items.get(f"task:{task.id}")
        kept = list(item.get("after") or ()) if item else []
        if back in kept and back not in task.after and task.id not in ordered:
            after = [other for other in kept if other in task.after or other not in come_back]
            steps += becoming(sides.state, f"task:{task.id}", {"after": after})
    return replace(change, steps=tuple(steps))


def _entries(sides: Sides, group: Group, kind: str) -> Iterator[FileChange]:
    """Yield the changes of a list whose entries people add and delete: each property of one that stays by itself."""
    wanted = sides.entries(group)
    for difference in sides.found[group]:
        item, said = f"{kind}:{difference.id}", wanted.get(difference.id, {})
        if difference.kind == "removed":
            yield change_of([difference], steps=taken_away(item))
        elif difference.kind == "added":
            new = {prop: value for prop, value in said.items() if prop != "id"}
            yield change_of([difference], steps=tuple(appearing(sides.state, item, new)))
        else:
            steps = becoming(sides.state, item, {difference.field: said[difference.field]})
            yield change_of([difference], difference.field, steps=tuple(steps))


def _rows(sides: Sides) -> Iterator[FileChange]:
    by_row: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for difference in sides.found["rows"]:
        by_row[difference.where[0], difference.id].append(difference)
    for (table, row), found in by_row.items():
        item = f"row:{table}/{row}"
        then, now = sides.present.row(table, row), sides.wanted.row(table, row)
        if then and then.title and now is None:
            yield change_of(found, steps=taken_away(item))
        elif now and now.title and then is None:
            present = sides.state.items.get(item)
            old = dict.fromkeys(present.properties) if present else {}
            cells = {name: value for name, value in {**old, **now.cells}.items() if name not in ("title", "deleted")}
            yield change_of(found, steps=tuple(becoming(sides.state, item, {"title": now.title, **cells})))
        else:
            for cell in found:
                yield change_of([cell], cell.field, steps=tuple(becoming(sides.state, item, {cell.field: cell.after})))


_GROUPS: Collection[Any] = (
    _head,
    _requirements,
    note_changes,
    _rows,
    _tasks,
    lambda sides: _entries(sides, "risks", "risk"),
    decision_changes,
    _simple("answers", "answer"),
    _simple("targets", "target", "model"),
    _simple("assignments", "assignment"),
)
