"""The shapes of practices: one checkable statement with its evidence, effort and history."""

from __future__ import annotations

from typing import Annotated, Self, get_args

from pydantic import Field, model_validator

from canvas.method.credited import Credited
from canvas.reading.types import Id, Model, Phase, PracticeValue, Revision, ShortText, Text

PRACTICE_VALUES: tuple[PracticeValue, ...] = get_args(PracticeValue)


Step = Annotated[int, Field(ge=1, le=5)]


class EvidenceExamples(Model):
    """What would convince a reviewer, and what often gets shown but does not."""

    enough: Annotated[tuple[Text, ...], Field(min_length=1)]
    not_enough: Annotated[tuple[Text, ...], Field(min_length=1)]


class Effort(Model):
    """What it takes a team to automate a practice, each from 1 (an afternoon) to 5 (a quarter)."""

    knowledge: Step
    time: Step
    resources: Step

    @property
    def most(self) -> int:
        """Return the largest of the three: the one that decides how hard it is."""
        return max(self.knowledge, self.time, self.resources)


class PracticeDefinition(Credited):
    """One checkable statement that a team answers once with none, manual or automated.

    `manual` and `automated` say what these two answers mean for this practice. `impact` is 1 (slight) to 5 (decisive).
    `revision` rises when its meaning changes, and `changed` says what did. `replaces` names the practices it stands for
    since its last revision: their answers are carried over. `omitted_by` names the rules by which it leaves.
    """

    id: Annotated[str, Field(pattern=r"^[a-z-]+\.[a-z-]+$", max_length=64)]
    title: ShortText
    question: Text
    why: Text
    verify: Text
    evidence: EvidenceExamples
    effort: Effort
    impact: Step
    prerequisites: tuple[Id, ...] = ()
    blocks: Annotated[tuple[Id, ...], Field(min_length=1)]
    phase: Phase
    manual: Text
    automated: Text
    revision: Revision = 1
    changed: Text | None = None
    replaces: tuple[Id, ...] = ()
    omitted_by: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _told(self) -> Self:
        if (self.revision > 1) != (self.changed is not None):
            raise ValueError("a revision above 1 says in 'changed' what changed, and the first one has nothing to say")
        # An answer that is carried over has the first revision, so it shows as one to check again.
        if self.replaces and self.revision == 1:
            raise ValueError("a practice that 'replaces' others has a revision above 1")
        return self
