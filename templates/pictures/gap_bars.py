"""How far each model is from its target: what is sure, what open answers could add, and what is missing in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessments.shapes.result import Result
from assessments.standing.as_data import figure, standing
from canvas.document.workshop import Target
from templates.pictures.bars import Bar, draw_bars
from templates.pictures.picture import Picture, say, sentences

ID = "gaps"


def gap_bars(results: Sequence[Result], targets: Sequence[Target]) -> Picture | None:
    """Return the models with a target, the others with a value below them; None when no target is on a model here."""
    aims = {target.model: target for target in targets}
    aimed = [result for result in results if result.ordered and result.id in aims]
    if not aimed:
        return None
    others = [result for result in results if result.lower is not None and result.coverage > 0 and result not in aimed]
    shown = [*aimed, *others]
    title = say("gaps-title")
    words = tuple(say("gap-in-words", model=result.title, said=_said(result, aims)) for result in shown)
    svg = draw_bars([_bar(result, aims) for result in shown], title, sentences(words))
    return Picture(ID, title, svg, words, filled=True, told=False)


def _bar(result: Result, aims: Mapping[str, Target]) -> Bar:
    # Without a mark it shows that there is no target.
    said = _said(result, aims) if result.id in aims else standing(result)
    if result.lower is None or result.upper is None:
        return Bar(result.title, 0.0, 0.0, said, applicable=False)
    target = min(max(aims[result.id].value / result.maximum, 0.0), 1.0) if result.id in aims else None
    return Bar(result.title, result.lower / result.maximum, result.upper / result.maximum, said, target)


def _said(result: Result, aims: Mapping[str, Target]) -> str:
    if result.id not in aims:
        return say("gap-no-target", standing=standing(result))
    target = aims[result.id]
    by = say("gap-by", day=target.by) if target.by else ""
    wanted = say("gap-target", value=figure(target.value, result.maximum), by=by)
    return say("gap-said", standing=standing(result), target=wanted, gap=_gap(result, target.value))


def _gap(result: Result, target: float) -> str:
    """Return what is missing to the target, and whether the open answers may close it."""
    if result.lower is None or result.upper is None:
        return say("gap-not-assessable")
    if result.lower >= target:
        return say("gap-reached")
    missing = say("gap-missing", missing=figure(target - result.lower, result.maximum))
    if target > result.maximum:
        return say("gap-above", missing=missing, whole=f"{result.maximum:g}")
    if result.upper == result.lower:
        return missing
    may = "gap-may-close" if result.upper >= target else "gap-may-shrink"
    return say(may, missing=missing, more=figure(result.upper - result.lower, result.maximum))
