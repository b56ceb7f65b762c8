"""What other answers would do: a workshop with some answers changed, and every model before and after.

Nothing is stored; the change exists only in what is returned.
"""

from __future__ import annotations

from collections.abc import Mapping

from assessments.compare.comparison import ScoreChange
from assessments.errors import AnswerRefused
from assessments.scoring.sheet import broken_answers
from assessments.scoring.unfit import unfit_answers
from assessments.shapes.library import Library
from assessments.standing.score_all import score_all
from canvas.document.workshop import Answer, Workshop
from canvas.reading.types import PracticeValue

AnswerValue = PracticeValue | float


def what_if(workshop: Workshop, changes: Mapping[str, AnswerValue], library: Library) -> tuple[ScoreChange, ...]:
    """Score a workshop as it is and with other answers, by every model, in the order of the library.

    `changes` gives practices and measures new values by id. Raises `AnswerRefused` as `answering` does.
    """
    before, after = (score_all(state, library) for state in (workshop, answering(workshop, changes, library)))
    return tuple(ScoreChange(*pair) for pair in zip(before, after, strict=True))


def answering(workshop: Workshop, changes: Mapping[str, AnswerValue], library: Library) -> Workshop:
    """Return the workshop with other answers to some items.

    Raises `AnswerRefused` when an item is unknown, does not take its value, or is taken out by a rule.
    """
    # Not validated here, so that one place says what is wrong with an answer.
    answers = tuple(Answer.model_construct(id=item, value=value) for item, value in changes.items())
    asked, known = Workshop(title="?", answers=answers), library
    found = [*broken_answers(asked, known), *unfit_answers(asked, known)]
    out = {item: rule for item, rule in known.judging(workshop).gone.items() if item in changes}
    wrong = [f"'{item}' is not scored here. {rule.because}" for item, rule in out.items()]
    wrong += [f"{what}. {mend}{'' if mend.endswith('?') else '.'}" for _, what, mend in found]
    if wrong:
        raise AnswerRefused(wrong)
    kept = tuple(answer for answer in workshop.answers if answer.id not in changes)
    return workshop.model_copy(update={"answers": (*kept, *answers)})
