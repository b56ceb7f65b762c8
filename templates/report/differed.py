"""Where assessors who answered blind saw it differently, what the room settled on, and who still sees it otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.shapes.answers import within
from assessments.shapes.library import Library
from canvas.document.workshop import Answer, Workshop
from templates.report.words import say


def differed(workshop: Workshop, library: Library) -> tuple[str, ...]:
    """Return one line for each answer on which not all had said the same, or that somebody still contests."""
    answers = {answer.id: answer for answer in workshop.answers}
    return tuple(_lines((answers[item] for item in library.practices if item in answers), library))


def _lines(answers: Iterator[Answer], library: Library) -> Iterator[str]:
    for answer in answers:
        if len(answer.spread) > 1 or answer.dissent:
            # A file may count words of its own; they are printed as they are.
            said = ", ".join(f"{within(word)} {count}" for word, count in answer.spread.items())
            settled = within(str(answer.value) if answer.state == "answered" else answer.state)
            line = say("differed-line", title=library.title(answer.id), said=said or "-", settled=settled)
            yield f"{line} {say('dissent', text=answer.dissent)}" if answer.dissent else line
