"""Whether one answer has the properties expected of it. Pure: no model, no file."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.prompts import Prompt
from evaluation.questions import Expected


def shortcomings(answer: str, expected: Expected, prompt: Prompt) -> tuple[str, ...]:
    """Return what is wrong with an answer, in words; nothing when it is as expected."""
    return tuple(_shortcomings(answer, expected, prompt))


def _shortcomings(answer: str, expected: Expected, prompt: Prompt) -> Iterator[str]:
    said = answer.casefold()
    refused = prompt.is_refusal(answer)
    if expected.refuses and not refused:
        yield "should have been refused"
    if refused and not expected.refuses:
        yield "was refused"
    for word in expected.contains:
        if word.casefold() not in said:
            yield f"lacks {word!r}"
    if expected.contains_any and not any(word.casefold() in said for word in expected.contains_any):
        yield f"has none of {', '.join(map(repr, expected.contains_any))}"
    for word in expected.lacks:
        if word.casefold() in said:
            yield f"contains {word!r}"
    if expected.at_most_characters is not None and len(answer) > expected.at_most_characters:
        yield f"has {len(answer)} characters, more than {expected.at_most_characters}"
