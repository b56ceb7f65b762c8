"""Which files of a project a draft changes once it is recorded: the project with it beside the one without it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from canvas.document.workshop import Decision, Workshop
from templates.plan import Plan, make_plan
from templates.scaffold.project import RECORD_FOLDER
from templates.scaffold.render import render_project

# What tells of the records themselves: it is another one with every decision.
OF_RECORDS = (f"{RECORD_FOLDER}/", "docs/adr/")


@dataclass(frozen=True)
class FileChanges:
    """Paths of a project in its order: new ones, those that go, those that read otherwise."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def file_changes(slot: str, plan: Plan, today: date) -> FileChanges:
    """Return what recording the draft of a slot `today` does to the files of a project, records not counted.

    Raises `TemplatesError` where a project cannot be rendered, and `KeyError` for a slot without a draft.
    """
    workshop, draft = plan.workshop, plan.workshop.draft_of(slot)
    if draft is None:
        raise KeyError(slot)
    others = tuple(one for one in workshop.decisions if one is not draft)
    old, new = (_files(workshop, decisions, plan) for decisions in (others, _recorded(draft, others, today)))
    return FileChanges(
        added=tuple(path for path in new if path not in old),
        removed=tuple(path for path in old if path not in new),
        changed=tuple(path for path in new if path in old and new[path] != old[path]),
    )


def _recorded(draft: Decision, others: tuple[Decision, ...], today: date) -> tuple[Decision, ...]:
    """Return the decisions once the draft is the one in force."""
    number = max((one.number or 0 for one in others), default=0) + 1
    record = draft.model_copy(update={"status": "accepted", "number": number, "decided_on": today.isoformat()})
    return (*(one for one in others if one.slot != draft.slot), record)


def _files(workshop: Workshop, decisions: tuple[Decision, ...], plan: Plan) -> dict[str, bytes]:
    decided = workshop.model_copy(update={"decisions": decisions})
    project = render_project(make_plan(decided, plan.content, plan.library.whole))
    return {file.path: file.content for file in project.files if not file.path.startswith(OF_RECORDS)}
