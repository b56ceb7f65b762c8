"""What the answers to a practice are called, wherever they are shown, read from `content/answers.yaml`.

Files, the log and JSON hold the ids: `none`, `manual`, `automated`, `unknown`, `not-applicable`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, Self, get_args

from pydantic import model_validator

from canvas.method.credited import Credited
from canvas.reading.read import read_model
from canvas.reading.types import Model, PracticeValue, ShortText

FILE = Path(__file__).parents[1] / "content/answers.yaml"
UNANSWERED = "unanswered"
NoValue = Literal["unknown", "not-applicable"]
AnswerId = PracticeValue | NoValue


class AnswerWords(Model):
    """One answer: its title, that in one or two words, how it reads `within` a sentence, its sign in a list."""

    title: ShortText
    short: ShortText
    within: ShortText
    mark: ShortText


class AnswerList(Credited):
    """The five answers in the order in which they are offered, and what stands where there is none."""

    answers: dict[AnswerId, AnswerWords]
    unanswered: AnswerWords

    @model_validator(mode="after")
    def _whole(self) -> Self:
        missing = [answer for answer in (*get_args(PracticeValue), *get_args(NoValue)) if answer not in self.answers]
        if missing:
            raise ValueError(f"there are no words for {', '.join(missing)}")
        return self


@cache
def answer_list() -> AnswerList:
    """Return the words that come with the product. Raises `FileProblems` when their file breaks its contract."""
    return read_model(FILE, AnswerList)[1]


def answer_titles() -> dict[str, str]:
    """Return the title of each answer, in the order in which they are offered."""
    return {answer: words.title for answer, words in answer_list().answers.items()}


def answer_title(said: str) -> str:
    """Return the title of an answer, or of none. What is no answer to a practice, such as a number, stays as it is."""
    words = _by_id().get(said)
    return words.title if words else said


def answer_mark(answer: str | None) -> str:
    """Return the sign of an answer, or that of none."""
    return _by_id()[answer or UNANSWERED].mark


def within(said: str) -> str:
    """Return how an answer reads in a sentence. What is no answer to a practice, such as a number, stays as it is."""
    words = _by_id().get(said)
    return words.within if words else said


def _by_id() -> dict[str, AnswerWords]:
    found: dict[str, AnswerWords] = {UNANSWERED: answer_list().unanswered}
    found.update(answer_list().answers.items())
    return found
