"""In which order the questions of a step are asked one at a time, and how long that takes.

On a step with many questions those come first that its main advice rests on, and those by which blocks of the canvas
are needed; then the rest by section. All of it follows from the content, whatever a team has answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from canvas.method.content import Content
from canvas.method.facts import FactSection

# As many as a team answers before it looks at what they amount to.
MOST_FIRST = 10
FIRST = "first"


@dataclass(frozen=True)
class QuestionGroup:
    """Requirements that are asked together: a section of the step, or those that come first (`FIRST`).

    `minutes` is what they take of the minutes of their sections.
    """

    id: str
    questions: tuple[str, ...]
    minutes: float


def question_groups(step_id: str, content: Content) -> tuple[QuestionGroup, ...]:
    """Return the questions of a step in groups, each question once; empty for a step that asks none."""
    sections = content.sections_of(step_id)
    own = {r.id for section in sections for r in section.requirements}
    asked: dict[str, list[str]] = {}
    for section in sections:
        known = {id_ for ids in asked.values() for id_ in ids}
        elsewhere = (id_ for id_ in section.also if id_ not in own and id_ not in known)
        asked[section.id] = [*(r.id for r in section.requirements), *elsewhere]
    first = first_questions(step_id, asked, content)
    minutes = {id_: _minutes_each(section) for section in sections for id_ in asked[section.id]}
    groups = [(FIRST, first), *((id_, tuple(q for q in ids if q not in first)) for id_, ids in asked.items())]
    return tuple(QuestionGroup(id_, tuple(ids), sum(map(minutes.__getitem__, ids))) for id_, ids in groups if ids)


def first_questions(step_id: str, asked: dict[str, list[str]], content: Content) -> tuple[str, ...]:
    """Return the questions that come before all others, in the order of the page; none where that changes nothing."""
    in_order = [id_ for ids in asked.values() for id_ in ids]
    deciding = set(_of_main_advice(step_id, content)).intersection(in_order)
    # The more blocks an answer speaks to, the sooner it is asked.
    needs = sorted(in_order, key=lambda id_: -len(content.reads[id_].blocks))
    needs = [id_ for id_ in needs if content.reads[id_].blocks and id_ not in deciding]
    chosen = {*deciding, *needs[: max(MOST_FIRST - len(deciding), 0)]}
    first = tuple(id_ for id_ in in_order if id_ in chosen)
    return () if len(in_order) <= MOST_FIRST or first == tuple(in_order[: len(first)]) else first


def minutes_of(groups: tuple[QuestionGroup, ...]) -> int:
    """Return how many whole minutes groups of questions take."""
    return max(1, round(sum(group.minutes for group in groups))) if groups else 0


def _minutes_each(section: FactSection) -> float:
    return section.minutes / max(1, len(section.requirements) + len(section.also))


def _of_main_advice(step_id: str, content: Content) -> Iterator[str]:
    """Yield what the first advice of a step asks for by itself; what numbers are worked out from is asked later."""
    advisors = (content.advisors[part.id] for part in content.steps[step_id].parts if part.kind == "advice")
    main = next((advisor for advisor in advisors if advisor.outcomes), None)
    for outcome in main.outcomes if main else ():
        for reason in outcome.when:
            yield from reason.when.subjects()
