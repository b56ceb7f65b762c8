"""What somebody typed or chose as the answer to a question: read as its field would, or refused with the mend."""

from __future__ import annotations

from canvas.document.unfit import given_values, range_of
from canvas.document.workshop import Workshop
from canvas.errors import NumberRefused
from canvas.method.content import Content
from canvas.method.facts import RequirementDefinition
from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.numerals import is_share, read_in, write_number
from canvas.reading.text_gate import clean
from canvas.reading.types import RequirementValue
from views.visit.changing import Refusal
from views.widgets.fields import too_long

TRUTHS = {"yes": True, "no": False}


def read_answer(
    definition: RequirementDefinition, typed: str, workshop: Workshop, content: Content
) -> RequirementValue | Refusal | None:
    """Return the value that `typed` stands for, None for nothing, or why it is no answer.

    A choice is typed as the id of its option, yes and no as these words.
    """
    text = clean(typed)
    if not text:
        return None
    if definition.type == "yes-no":
        return TRUTHS.get(text, Refusal("malformed", "Answer with yes or no."))
    if definition.type == "number":
        try:
            return read_in(range_of(definition, given_values(workshop), content), typed)
        except NumberRefused as refused:
            return Refusal("malformed", str(refused))
    if definition.type in TEXT_LIMITS and len(text) > TEXT_LIMITS[definition.type]:
        return Refusal("too-large", too_long(text, TEXT_LIMITS[definition.type]))
    return text


def as_typed(value: RequirementValue) -> str:
    """Return how an input holds a value; `read_answer` reads it back."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else write_number(value)


def read_as(definition: RequirementDefinition, typed: str, value: RequirementValue) -> str | None:
    """Return the sentence that tells how something was read that is not kept as it was typed."""
    if definition.type != "number" or isinstance(value, str) or not is_share(typed):
        return None
    unit = f" {definition.unit}" if definition.unit else ""
    return f"Read '{typed.strip()}' as {write_number(value)}{unit}."
