"""Carry answers over when practices are renamed, merged, split or get another meaning, and name those to check again.

Pure: nothing is stored. What is carried over has the first revision, so it stays marked also once it was saved. Which
edition of a model judges has nothing to do with it; see `Library.edition`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.shapes.library import Library
from assessments.shapes.practice import PRACTICE_VALUES, PracticeDefinition
from canvas.document.workshop import Answer, Assignment, Workshop

# From the least that is claimed to the most. What does not apply says nothing about the rest, so it comes last.
CLAIMS = ("none", "unknown", *PRACTICE_VALUES[1:], "not-applicable")


@dataclass(frozen=True)
class CheckAgain:
    """An answer to a practice that has changed since. `why` is what changed, `carried_from` where it was given."""

    item: str
    title: str
    why: str
    carried_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class Migration:
    """A workshop whose answers fit the practices of today, and what somebody has to look at, by life cycle."""

    workshop: Workshop
    check_again: tuple[CheckAgain, ...] = ()


def migrate(workshop: Workshop, library: Library) -> Migration:
    """Carry a workshop's answers over to the practices that stand for theirs, and mark those of an older revision.

    An answer whose practice is gone without a successor is left where it is. "Don't know" claims nothing, so there is
    nothing to check about it, and neither is there about what a rule takes out.
    """
    origins = _origins(workshop, library)
    carried = current(workshop, library)
    given = {answer.id: answer for answer in carried.answers}
    revised = (
        practice
        for practice in library.judging(workshop).practices.values()
        if outdated(given.get(practice.id), practice)
    )
    marks = tuple(
        CheckAgain(p.id, p.title, p.changed or "", tuple(answer.id for answer in origins.get(p.id, ())))
        for p in revised
    )
    return Migration(carried, marks)


def current(workshop: Workshop, library: Library) -> Workshop:
    """Return the workshop that `migrate` returns, which is the one given when there is nothing to carry over."""
    successors = library.successors
    ids = (*(answer.id for answer in workshop.answers), *(assignment.id for assignment in workshop.assignments))
    if not any(id_ in successors for id_ in ids):
        return workshop
    merged = {item: _merged(item, answers) for item, answers in _origins(workshop, library).items()}
    answers: dict[str, Answer] = {}
    for answer in workshop.answers:
        for item in successors.get(answer.id, (answer.id,)):
            # An answer to the new practice stands; what was said about the old ones is part of it already.
            found = merged.get(item) or (answer if item == answer.id else None)
            if found is not None:
                answers[item] = found
    assignments = tuple(_reassigned(workshop, library))
    return workshop.model_copy(update={"answers": tuple(answers.values()), "assignments": assignments})


def carried_changes(workshop: Workshop, library: Library) -> Iterator[tuple[str, str, Any]]:
    """Yield `(item, property, value)` of everything that a live workshop has to take in to become its `current` one."""
    carried = current(workshop, library)
    for kind, name in (("answer", "answers"), ("assignment", "assignments")):
        old, new = ({entry.id: entry for entry in getattr(state, name)} for state in (workshop, carried))
        for id_ in new.keys() - old.keys():
            yield f"{kind}:{id_}", "deleted", None
            filled = new[id_].model_dump(mode="json", exclude={"id", "revision"}, exclude_none=True)
            yield from ((f"{kind}:{id_}", prop, value) for prop, value in filled.items() if value)
        yield from ((f"{kind}:{id_}", "deleted", True) for id_ in old.keys() - new.keys())


def answered_now(item: str, changes: Mapping[str, Any], library: Library) -> dict[str, Any]:
    """Return the changes of an answer with the revision that it is given to, when they say something about it."""
    practice = library.whole.practices.get(item)
    if practice is None or not changes.keys() & {"value", "state"}:
        return dict(changes)
    # The first revision goes without saying.
    return {**changes, "revision": practice.revision if practice.revision > 1 else None}


def editions_now(workshop: Workshop, library: Library) -> dict[str, str]:
    """Return the editions that a workshop names once it is judged by the present ones; what is not known here stays."""
    return {**workshop.editions, **{model.id: model.edition for model in library.whole.models.values()}}


def outdated(answer: Answer | None, practice: PracticeDefinition) -> bool:
    """Return whether a practice has changed since it was answered."""
    return answer is not None and answer.state != "unknown" and answer.revision < practice.revision


def _origins(workshop: Workshop, library: Library) -> Mapping[str, Sequence[Answer]]:
    """Return the answers that are carried over, by the practice they go to; one that has its own answer gets none."""
    own = {answer.id for answer in workshop.answers}
    found: dict[str, list[Answer]] = {}
    for answer in workshop.answers:
        for item in library.successors.get(answer.id, ()):
            if item not in own:
                found.setdefault(item, []).append(answer)
    return found


def _merged(item: str, answers: Sequence[Answer]) -> Answer:
    """Return the lowest claim of several answers with the evidence of all. Only a single one keeps who said what."""
    least = min(answers, key=lambda answer: CLAIMS.index(_claim(answer)))
    if len(answers) == 1:
        return least.model_copy(update={"id": item, "revision": 1})
    evidence = tuple(dict.fromkeys(piece for answer in answers for piece in answer.evidence))
    return Answer(id=item, state=least.state, value=least.value, reason=least.reason, evidence=evidence)


def _claim(answer: Answer) -> str:
    if answer.state != "answered":
        return answer.state
    # Anything else is no answer to a practice and stays open; `broken_answers` is what names it to the team.
    return str(answer.value) if answer.value in PRACTICE_VALUES else "unknown"


def _reassigned(workshop: Workshop, library: Library) -> Iterator[Assignment]:
    taken = {assignment.id for assignment in workshop.assignments}
    for assignment in workshop.assignments:
        for item in library.successors.get(assignment.id, (assignment.id,)):
            if item == assignment.id:
                yield assignment
            elif item not in taken:
                taken.add(item)
                yield assignment.model_copy(update={"id": item})
