"""Where one model stands, as an interval in words and as bands to draw, and what holds it back as far as is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessments.scoring.assessment import Assessment
from assessments.scoring.holding import unlock
from assessments.scoring.score import score
from assessments.scoring.sheet import Sheet, sheet_from
from assessments.shapes.answers import within
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from assessments.shapes.result import Result
from assessments.standing.as_data import figure
from assessments.standing.sheet_standing import SheetStanding, sheet_standing
from canvas.document.workshop import Workshop
from canvas.reading.text_gate import counted

OBSTACLES = 3
# The range that some labels begin with, as in "(1, 2]: first pass": the scale shows it already.
RANGE = re.compile(r"^[(\[]?\d+(, ?\d+[)\]])?: ")


@dataclass(frozen=True)
class BandShown:
    """One band or level in its order: `start` and `end` are its place on the scale, 0 to 1, and the same at a point.

    `reach` is `sure` for what is reached, `possible` for what open answers can still reach, else `beyond`. `here` marks
    the bands in which the score may lie.
    """

    label: str
    start: float
    end: float
    reach: str
    here: bool


@dataclass(frozen=True)
class Level:
    """One model. Without a value (`value` is None) `words` says why, and there is nothing to draw.

    `value` is the interval in figures, `words` in words, `answered` how many answered. `staged`: its bands are levels,
    one as wide as the other. `first` is how many answers give a first interval, 0 where something is known already.
    """

    model: str
    title: str
    official: bool
    value: str | None
    maximum: str
    words: str
    answered: str
    notes: tuple[str, ...]
    bands: tuple[BandShown, ...]
    sure: float
    possible: float
    staged: bool
    lower: str = ""
    upper: str = ""
    first: int = 0

    @property
    def known(self) -> bool:
        """Whether anything of it is known, so that its interval says something."""
        return self.value is not None and not self.first


@dataclass(frozen=True)
class Obstacle:
    """What keeps the next band away: an answer that falls short (`lack`), or one that nobody has or knows."""

    item: str
    title: str
    lack: bool
    state: str
    why: str | None


@dataclass(frozen=True)
class Holding:
    """What holds the first leading model back: a sentence about it, and the first obstacles of `count`."""

    intro: str
    obstacles: tuple[Obstacle, ...]
    count: int


def level(workshop: Workshop, library: Library, model_id: str, today: date) -> Level:
    """Return where a workshop stands by one model. `library` judges this workshop."""
    found, sheet = sheet_standing(workshop, library, model_id, today), sheet_from(workshop)
    model = library.model(model_id)
    shown = Level(
        model=found.model,
        title=found.title,
        official=found.official,
        value=None,
        maximum=f"{found.maximum:g}",
        words=" ".join((found.verdict, *found.holding)),
        answered=_answered(found, model, sheet),
        notes=found.remarks,
        bands=(),
        sure=0.0,
        possible=0.0,
        staged=found.method == "staged_gate",
    )
    if found.lower is None or found.upper is None:
        return shown
    lower, upper = (figure(value, found.maximum) for value in (found.lower, found.upper))
    first = first_answers(model, library) if _nothing_known(model, sheet) else 0
    return replace(
        shown,
        value=lower if lower == upper else f"{lower} to {upper}",
        words=_first_words(first) if first else _words(found, len(_open_items(model, sheet))),
        bands=tuple(_bands(model, found)),
        sure=found.lower / found.maximum,
        possible=found.upper / found.maximum,
        lower=lower,
        upper=upper,
        first=first,
    )


def first_answers(model: ModelDefinition, library: Library) -> int:
    """Return how many answers lift a model off its lowest band at least, when nothing of it is answered."""
    found = unlock(Assessment(model, Sheet({}), library))
    return len(found.changes) if found else 0


def _first_words(first: int) -> str:
    return f"None of its answers is known yet. As few as {counted(first, 'answer')} can give a first range."


def _nothing_known(model: ModelDefinition, sheet: Sheet) -> bool:
    return len(_open_items(model, sheet)) == len({criterion.item for criterion in model.criteria})


def band_name(label: str) -> str:
    """Return what a band is called, without its range."""
    return RANGE.sub("", label)


def _open_items(model: ModelDefinition, sheet: Sheet) -> set[str]:
    """Return what a model asks for that nobody has answered or knows."""
    return {criterion.item for criterion in model.criteria if sheet.entry(criterion.item).open}


def _words(found: SheetStanding, open_ones: int) -> str:
    sure, most = (band_name(label or "") for label in (found.lower_band, found.upper_band))
    kind = "level" if found.method == "staged_gate" else "band"
    if sure == most:
        whatever = f", whatever the {counted(open_ones, 'open answer')} {'are' if open_ones > 1 else 'is'}."
        return f"The {kind} is “{sure}”{whatever if open_ones else '.'}"
    return f"At least “{sure}”; at most “{most}”, if every open answer turns out well."


def _answered(found: SheetStanding, model: ModelDefinition, sheet: Sheet) -> str:
    """Return how many practices are answered, and how many of these with "don't know"."""
    if not found.asked:
        return ""
    asked = {criterion.item for criterion in model.criteria}
    unknown = sum(sheet.entry(item).state == "unknown" for item in asked)
    told = f"{found.answered} of its {counted(found.asked, 'practice')} answered"
    return told + (f", {unknown} of them with “{within('unknown')}”" if unknown else "")


def _bands(model: ModelDefinition, found: SheetStanding) -> Iterator[BandShown]:
    """Yield the bands with their place on the scale; levels are as wide as each other."""
    labels = [band.label for band in model.bands]
    sure, most = (labels.index(label) for label in (found.lower_band or labels[0], found.upper_band or labels[0]))
    for place, band in enumerate(model.bands):
        if found.method == "staged_gate":
            start, end = place / len(labels), (place + 1) / len(labels)
        elif band.at is not None:
            start = end = min(band.at / found.maximum, 1.0)
        else:
            start = min((band.above or 0.0) / found.maximum, 1.0)
            end = 1.0 if band.up_to is None else min(band.up_to / found.maximum, 1.0)
        reach = "sure" if place <= sure else "possible" if place <= most else "beyond"
        yield BandShown(band_name(band.label), start, end, reach, sure <= place <= most)


def holding(workshop: Workshop, library: Library, levels: Sequence[Level]) -> Holding:
    """Return what holds the first leading model back that has a value."""
    shown = next((one for one in levels if one.value is not None), None)
    if shown is None:
        why = "None of the chosen models can be assessed here" if levels else "No model can be assessed here"
        return Holding(f"{why}, so nothing can be said to hold you back.", (), 0)
    if shown.first:
        why = f"None of the answers that {shown.title} needs is known yet"
        return Holding(f"{why}, so it is not known what holds you back.", (), 0)
    result = score(library.model(shown.model), sheet_from(workshop), library)
    sheet, blockers = sheet_from(workshop), _ranked(result, library)
    if not blockers:
        best = f"“{band_name(result.lower_band)}” is sure, and nothing better is in reach." if result.lower_band else ""
        return Holding(f"Nothing holds {shown.title} back: {best}", (), 0)
    obstacles = tuple(_obstacle(item, sheet, library) for item in blockers)
    ordered = sorted(obstacles, key=lambda one: not one.lack)
    lacks = sum(one.lack for one in obstacles)
    open_ones = len(_open_items(library.model(shown.model), sheet))
    intro = _intro(shown.title, result, lacks, len(obstacles) - lacks, open_ones)
    return Holding(intro, tuple(ordered[:OBSTACLES]), len(ordered))


def _intro(title: str, result: Result, lacks: int, unknowns: int, open_ones: int) -> str:
    below = f" below “{band_name(result.unlock.reaches)}”" if result.unlock else " where it is"
    parts = [f"{counted(lacks, 'answer')} that could be better"] if lacks else []
    of_them = f"{unknowns} of the {counted(open_ones, 'open answer')}"
    parts += [of_them if unknowns < open_ones else counted(unknowns, "open answer")] if unknowns else []
    return f"What keeps {title}{below}: {' and '.join(parts)}."


def _ranked(result: Result, library: Library) -> list[str]:
    """Return what blocks, the cheapest way on first, then what weighs most."""
    cheapest = [change.item for change in result.unlock.changes] if result.unlock else []
    impact = {item: practice.impact for item, practice in library.practices.items()}
    return sorted(result.blockers, key=lambda item: (item not in cheapest, -impact.get(item, 0)))


def _obstacle(item: str, sheet: Sheet, library: Library) -> Obstacle:
    entry, practice = sheet.entry(item), library.practices.get(item)
    why = practice.why.split(". ")[0].rstrip(".") + "." if practice else None
    if entry.state == "unknown":
        return Obstacle(item, library.title(item), False, "Nobody knows yet whether this is so.", None)
    if entry.open:
        return Obstacle(item, library.title(item), False, "Nobody has answered this yet.", None)
    if practice is None:
        return Obstacle(item, library.title(item), True, f"Today: {entry.value}.", None)
    state = {"none": "Not done.", "manual": "By hand so far; automated counts for more."}
    return Obstacle(item, library.title(item), True, state.get(str(entry.value), f"Today: {entry.value}."), why)
