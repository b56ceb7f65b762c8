"""A field of four: the outcomes of an advisor on two axes, with the one that the answers of a team lead to marked."""

from __future__ import annotations

from collections.abc import Iterator

from canvas.advice.advisors import Advice, advise
from canvas.advice.facts import known_facts
from canvas.document.workshop import Workshop
from canvas.method.advisors import Outcome
from canvas.method.content import Content
from templates.drawing import fonts
from templates.drawing.labels import Box
from templates.drawing.palette import FINE, MUTED, OUTLINE, STRONG, WASH
from templates.drawing.primitives import Drawing, Look, line_height
from templates.pictures.picture import FieldOfFour, Picture, picture_words, say, sentences

_WIDE = 240.0
_GAP = 14.0
_LEFT = 92.0
_TOP = 12.0
_PAD = 14.0
_TITLE, _TEXT = 13.0, 9.5
_YOURS = Look(fill=WASH, line=STRONG, width=3)
_OTHER = Look(line=FINE, ink=MUTED)


def field_of_four(picture_id: str, workshop: Workshop, content: Content) -> Picture:
    """Return one of the pictures in `fields` of the words."""
    field = picture_words().fields[picture_id]
    advice = advise(field.advisor, known_facts(workshop, content), content)
    title = picture_words().titles[picture_id]
    if advice.omitted is not None:
        return Picture(picture_id, title, None, (advice.omitted,), False, absent=True)
    words = tuple(_in_words(field, advice))
    return Picture(picture_id, title, _draw(field, advice, title, words), words, advice.value is not None)


def _outcome(advice: Advice, outcome_id: str) -> Outcome:
    return next(outcome for outcome in advice.definition.outcomes if outcome.id == outcome_id)


def _draw(field: FieldOfFour, advice: Advice, title: str, words: tuple[str, ...]) -> str:
    drawing = Drawing()
    high = max(_height(_outcome(advice, id_)) for id_ in field.places)
    for id_, (column, row) in field.places.items():
        left, top = _LEFT + (column - 1) * (_WIDE + _GAP), _TOP + (row - 1) * (high + _GAP)
        _place(drawing, Box(left, top, left + _WIDE, top + high), _outcome(advice, id_), advice.value)
    _axes(drawing, field, high)
    return drawing.finish(title, sentences(words))


def _place(drawing: Drawing, box: Box, outcome: Outcome, value: str | None) -> None:
    yours = outcome.id == value
    look = _YOURS if yours else _OTHER
    drawing.box(box, look, outcome.title)
    x, room = box.left + _PAD, _WIDE - 2 * _PAD
    y = drawing.words(x, box.top + _PAD - 2, _lines(outcome.title, _TITLE, True), _TITLE, ink=look.ink, bold=True)
    y = drawing.words(x, y + 3, fonts.wrap(outcome.meaning, _TEXT, room), _TEXT, ink=look.ink)
    if yours:
        drawing.words(x, y + 4, [f"● {say('yours')}"], _TEXT, ink=STRONG, bold=True)


def _lines(text: str, size: float, bold: bool = False) -> list[str]:
    return fonts.wrap(text, size, _WIDE - 2 * _PAD, bold=bold)


def _height(outcome: Outcome) -> float:
    words = len(_lines(outcome.title, _TITLE, True)) * line_height(_TITLE) + len(_lines(outcome.meaning, _TEXT)) * (
        line_height(_TEXT)
    )
    return words + line_height(_TEXT) + 2 * _PAD + 8


def _axes(drawing: Drawing, field: FieldOfFour, high: float) -> None:
    """Write the ends of the axes beside the rows and below the columns, and the name of each where it starts."""
    for row, end in enumerate(reversed(field.up.ends)):
        middle = _TOP + row * (high + _GAP) + high / 2
        drawing.words(8, middle - 16, [field.up.title], _TEXT, ink=MUTED)
        drawing.words(8, middle - 2, fonts.wrap(end, _TEXT, _LEFT - 16, bold=True), _TEXT, bold=True)
    bottom = _TOP + 2 * high + _GAP + 8
    for column, end in enumerate(field.across.ends):
        middle = _LEFT + column * (_WIDE + _GAP) + _WIDE / 2
        drawing.words(middle, bottom, [field.across.title], _TEXT, ink=MUTED, middle=True)
        drawing.words(middle, bottom + 14, [end], _TEXT, bold=True, middle=True)
    drawing.arrow([(_LEFT, bottom - 3), (_LEFT + 2 * _WIDE + _GAP, bottom - 3)], OUTLINE)
    drawing.arrow([(_LEFT - 5, _TOP + 2 * high + _GAP), (_LEFT - 5, _TOP)], OUTLINE)


def _in_words(field: FieldOfFour, advice: Advice) -> Iterator[str]:
    for id_, (column, row) in field.places.items():
        mark = say("place-mark") if id_ == advice.value else ""
        across = f"{field.across.title} {field.across.ends[column - 1]}"
        up = f"{field.up.title.lower()} {field.up.ends[2 - row]}"
        yield say("place-in-words", across=across, up=up, title=_outcome(advice, id_).title, mark=mark)
    if advice.value is None:
        yield say("not-placed")
