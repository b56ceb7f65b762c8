"""One model, section by section: a radar where sections stand side by side, bars where they build on each other."""

from __future__ import annotations

from assessments.shapes.result import Result, SectionResult
from assessments.standing.as_data import figure, standing
from canvas.document.workshop import Target
from templates.pictures.bars import Bar, draw_bars
from templates.pictures.picture import Picture, say, sentences
from templates.pictures.radar import draw_radar, fits_radar

# What a target asks of the sections, by scoring method.
_ASKS = {
    "min_of_sections": "target-of-each-section",
    "share": "target-of-all-sections",
    "staged_gate": "target-of-levels",
}


def model_picture(result: Result, target: Target | None = None) -> Picture | None:
    """Return the sections of a scored model with its target, or None for a model without any."""
    radar = radar_picture(result, target)
    if radar is not None or not result.sections:
        return radar
    title, bars, words = _title(result), _bars(result, target), _words(result, target)
    return _picture(result, draw_bars(bars, title, sentences(words)), words)


def radar_picture(result: Result, target: Target | None = None) -> Picture | None:
    """Return the same as a radar, or None for a model whose sections build on each other or do not fit on one."""
    bars = [bar for bar in _bars(result, target) if bar.applicable]
    if result.method == "staged_gate" or not fits_radar(bars):
        return None
    words = _words(result, target)
    return _picture(result, draw_radar(bars, " ".join(_asked(result, target)), _title(result), sentences(words)), words)


def _picture(result: Result, svg: str, words: tuple[str, ...]) -> Picture:
    return Picture(f"sections-{result.id}", _title(result), svg, words, result.coverage > 0)


def _title(result: Result) -> str:
    return say("model-title", model=result.title)


def _words(result: Result, target: Target | None) -> tuple[str, ...]:
    whole = say("model-in-words", model=result.title, standing=standing(result))
    sections = (say("section-in-words", section=bar.title, said=bar.said) for bar in _bars(result, target))
    return (whole, *sections, *_asked(result, target))


def _bars(result: Result, target: Target | None) -> list[Bar]:
    return [_bar(number, section, result, target) for number, section in enumerate(result.sections, 1)]


def _bar(number: int, section: SectionResult, result: Result, target: Target | None) -> Bar:
    if not _applies(section, result):
        return Bar(section.title, 0.0, 0.0, say("cell-not-applicable"), applicable=False)
    sure, best = section.lower / section.maximum, section.upper / section.maximum
    return Bar(section.title, sure, best, _said(section, result), _aim(number, section, result, target))


def _said(section: SectionResult, result: Result) -> str:
    """Return what is sure, what is possible where that is more, and whether this section is what holds the value."""
    said = [say("cell", sure=figure(section.lower, section.maximum), whole=f"{section.maximum:g}")]
    said += [say("cell-more", best=figure(section.upper, section.maximum))] if section.upper > section.lower else []
    points = [other.lower for other in result.sections if _applies(other, result)]
    holds = result.method == "min_of_sections" and min(points) == section.lower < max(points)
    return ", ".join([*said, *([say("lowest")] if holds else [])])


def _applies(section: SectionResult, result: Result) -> bool:
    """Return whether anything in a section does. When that holds for all of them, the model is assessable."""
    own = [criterion.state for criterion in result.criteria if criterion.section == section.id]
    return section.maximum > 0 and (result.assessable or any(state != "not-applicable" for state in own))


def _aim(number: int, section: SectionResult, result: Result, target: Target | None) -> float | None:
    """Return what the target asks of one section, as a share of it: one that is too high asks for everything."""
    if target is None:
        return None
    if result.method == "staged_gate":
        return 1.0 if target.value > number - 1 else None
    whole = section.maximum if result.method == "min_of_sections" else result.maximum
    return min(max(target.value / whole, 0.0), 1.0)


def _asked(result: Result, target: Target | None) -> tuple[str, ...]:
    return () if target is None else (say(_ASKS[result.method], value=figure(target.value, result.maximum)),)
