"""What every model makes of it once a team works with the generated project, and why that is not more, in sentences.

Worked out by scoring again with the practices that the files carry. Said on the page, in the report, in a roadmap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessments.scoring.leading import leading_models
from assessments.shapes.practice import PRACTICE_VALUES
from assessments.shapes.result import Result
from assessments.standing.as_data import figure
from assessments.standing.holding_words import listed
from assessments.standing.score_all import score_all
from canvas.advice.excluded import omissions_in_force
from canvas.document.workshop import Answer, Workshop
from canvas.reading.text_gate import counted
from templates.errors import TemplatesError
from templates.plan import Plan, make_plan
from templates.scaffold.parts import shipped_parts
from templates.scaffold.select import ClaimedPractice, Selection, select
from templates.scaffold.values import refuse_unfit

NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Moved:
    """A model whose sure value rises: from what to what, of how much."""

    model: str
    title: str
    before: float
    after: float
    maximum: float

    @property
    def told(self) -> str:
        before, after = (figure(value, self.maximum) for value in (self.before, self.after))
        return f"{self.title}: {before} → {after} of {self.maximum:g}"


@dataclass(frozen=True)
class Adopting:
    """What adopting the project does: the models that it moves, those that lead first, and sentences that say why.

    `raised` are the practices that it answers better than today, `counted` those that are answered as well already.
    """

    moved: tuple[Moved, ...]
    raised: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    why: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it as lines to read, the figures first; never none."""
        return (*(moved.told for moved in self.moved), *self.why)


@dataclass(frozen=True)
class _Project:
    """What one plan would have generated: its parts, the answers as they are, and as they are once it is adopted."""

    plan: Plan
    chosen: Selection
    before: Mapping[str, Result]
    after: Mapping[str, Result]

    def claims(self, model: str) -> dict[str, ClaimedPractice]:
        """Return the practices it carries that a model asks for."""
        asked = self.plan.library.models[model]
        return {claim.id: claim for claim in self.chosen.practices if asked.asks(claim.id)}

    def gain(self, model: str) -> tuple[float, float]:
        return self.before[model].lower or 0.0, self.after[model].lower or 0.0


def after_adopting(plan: Plan) -> Adopting:
    """Return what adopting the project of a plan does to every model. Where there is no project, the reason is said."""
    try:
        refuse_unfit(plan)
        ours = _project(plan)
    except TemplatesError as error:
        return Adopting((), why=(f"No project can be generated now, so nothing follows from it. {error}",))
    given = {answer.id: answer for answer in plan.workshop.answers}
    raised = tuple(claim.id for claim in ours.chosen.practices if _raises(claim, given.get(claim.id)))
    known = tuple(claim.id for claim in ours.chosen.practices if claim.id not in raised and _has_value(claim, given))
    lead = leading_models(plan.workshop, plan.library)
    pairs = [(ours.before[id_], ours.after[id_]) for id_ in ours.before]
    moved = lead.first(filter(None, (_moved(*pair) for pair in pairs)), lambda one: one.model)
    found = Adopting(tuple(moved), raised, known)
    return Adopting(found.moved, raised, known, tuple(_why(found, ours, lead.models)))


def _project(plan: Plan) -> _Project:
    chosen = select(plan, shipped_parts())
    given = {answer.id: answer for answer in plan.workshop.answers}
    for claim in chosen.practices:
        if _raises(claim, given.get(claim.id)):
            given[claim.id] = Answer(id=claim.id, value=claim.value)
    adopted = plan.workshop.model_copy(update={"answers": tuple(given.values())})
    before, after = (
        {result.id: result for result in score_all(workshop, plan.library)} for workshop in (plan.workshop, adopted)
    )
    return _Project(plan, chosen, before, after)


def _raises(claim: ClaimedPractice, answer: Answer | None) -> bool:
    """Return whether a practice of the project is better than its answer. What does not apply stays so."""
    if answer is None or answer.state == "unknown":
        return True
    return answer.value in PRACTICE_VALUES and _rank(claim.value) > _rank(str(answer.value))


def _rank(value: str) -> int:
    return [*PRACTICE_VALUES].index(value)  # type: ignore[arg-type]


def _has_value(claim: ClaimedPractice, given: Mapping[str, Answer]) -> bool:
    return claim.id in given and given[claim.id].state == "answered"


def _moved(before: Result, after: Result) -> Moved | None:
    if before.lower is None or after.lower is None or before.lower == after.lower:
        return None
    return Moved(before.id, before.title, before.lower, after.lower, before.maximum)


def _why(found: Adopting, ours: _Project, leading: Sequence[str]) -> Iterator[str]:
    """Yield what the files carry, why nothing moves where that is so, and why others would gain more."""
    carried = ours.chosen.practices
    if not carried:
        yield "The files of this project carry no practice, so no sure score moves by them."
        yield from _beside_an_empty_one(ours, next(iter(leading), None))
        return
    raises = "raises an answer" if len(found.raised) == 1 else "raise answers"
    told = f"The files carry {counted(len(carried), 'practice')}: {len(found.raised)} {raises}"
    told += f", {len(found.counted)} {'is' if len(found.counted) == 1 else 'are'} answered as well already"
    rest = len(carried) - len(found.raised) - len(found.counted)
    yield told + (f", and {rest} {'does' if rest == 1 else 'do'} not apply here." if rest else ".")
    model = next((id_ for id_ in leading if ours.after[id_].lower is not None), None)
    if not found.moved:
        yield _nothing_moves(found, ours, model)
    if model is not None:
        yield from _held(found, ours, model)
        yield from _beside_an_empty_one(ours, model)


def _nothing_moves(found: Adopting, ours: _Project, model: str | None) -> str:
    if not found.raised:
        return "So no sure score moves: your answers say as much already."
    if model is None:
        return "No sure score moves by them alone."
    return "No sure score moves by them alone, because other answers hold every score where it is."


def _held(found: Adopting, ours: _Project, model: str) -> Iterator[str]:
    """Yield what still holds the first leading model once the project is adopted."""
    then = ours.after[model]
    short = [section.title for section in then.sections if section.id in then.short]
    if short:
        at = figure(then.lower or 0, then.maximum)
        yield f"{then.title} is held at {at} then by {listed(short, NAMED_AT_MOST)}: files alone do not do the rest."


def _beside_an_empty_one(ours: _Project, model: str | None) -> Iterator[str]:
    """Yield why a workshop in which nothing is decided or answered yet would gain more on one model, if it would."""
    if model is None or ours.after[model].lower is None:
        return
    workshop = _emptied(ours.plan)
    if not (ours.plan.workshop.decisions or ours.plan.workshop.answers):
        yield "Nothing is decided yet, so these are the files of our default choices."
        return
    empty = _project(make_plan(workshop, ours.plan.content, ours.plan.library.whole))
    (was, will), (nought, most) = ours.gain(model), empty.gain(model)
    if empty.after[model].lower is None or most - nought <= will - was:
        return
    title, maximum = ours.after[model].title, ours.after[model].maximum
    figures = [figure(value, maximum) for value in (nought, most, was, will)]
    theirs, mine = f"{figures[0]} → {figures[1]}", f"{figures[2]} → {figures[3]}"
    yield (
        f"An empty workshop would gain more on {title}, {theirs} against {mine}, because all of its choices are our "
        "defaults and none of their practices is counted yet."
    )
    yield from _differs(ours, empty, model)


def _differs(ours: _Project, empty: _Project, model: str) -> Iterator[str]:
    """Yield what of the practices of an empty workshop is missing here, and through which choices."""
    mine, theirs = ours.claims(model), empty.claims(model)
    given = {answer.id: answer for answer in ours.plan.workshop.answers}
    known = [id_ for id_ in theirs if id_ in given and given[id_].value in ("manual", "automated")]
    if known:
        yield f"{_count(known, 'of those practices')} {_is(known)} in your answers already."
    absent = [id_ for id_ in theirs if id_ in given and given[id_].state == "not-applicable"]
    if absent:
        yield f"{_count(absent, 'of them')} {'does' if len(absent) == 1 else 'do'} not apply to you."
    lacking = [claim for id_, claim in theirs.items() if id_ not in mine and id_ not in (*known, *absent)]
    slots = {file.path: file.slots for _, file in empty.chosen.files}
    unserved = {claim.id: _unserved(slots.get(claim.evidence, ()), ours) for claim in lacking}
    none = [claim for claim in lacking if unserved[claim.id]]
    if none:
        choices = dict.fromkeys(title for claim in none for title in unserved[claim.id])
        yield (
            f"There are no files for {listed([*choices], NAMED_AT_MOST)}, so {_titles(none, ours)} "
            f"{'is' if len(none) == 1 else 'are'} not counted."
        )
    others = [claim for claim in lacking if not unserved[claim.id]]
    if others:
        yield f"The files of your choices do not show {_titles(others, ours)}."


def _unserved(slots: Sequence[str], ours: _Project) -> tuple[str, ...]:
    """Return the choices of these slots for which the project has no files of their own, as they read."""
    without = (slot for slot in slots if ours.chosen.coverage.get(slot) != "served")
    choices = (ours.plan.choices[slot] for slot in without if slot in ours.plan.choices)
    return tuple(f"{choice.slot.title} ({choice.title})" for choice in choices)


def _titles(claims: Sequence[ClaimedPractice], ours: _Project) -> str:
    titles = [f"“{ours.plan.library.whole.title(claim.id)}”" for claim in claims]
    return listed(titles, NAMED_AT_MOST)


def _count(ids: Sequence[str], of: str) -> str:
    return f"{len(ids)} {of}"


def _is(ids: Sequence[str]) -> str:
    return "is" if len(ids) == 1 else "are"


def _emptied(plan: Plan) -> Workshop:
    """Return an empty workshop to which the same rules apply: what makes no sense here is not counted there either."""
    rules = omissions_in_force(plan.workshop, plan.library.omissions.values())
    asked = {subject for rule in rules for subject in rule.when.subjects()}
    kept = tuple(item for item in plan.workshop.requirements if item.id in asked)
    return Workshop(title=plan.workshop.title, requirements=kept)
