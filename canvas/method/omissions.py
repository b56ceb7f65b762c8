"""The shapes of what a fact switches off: rules such as "no model of our own is trained", and what leaves by each.

Which of them hold for a workshop is worked out in `canvas/advice/excluded.py`. Practices and maturity models say
themselves by which rule they leave.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from canvas.method.conditions import Condition
from canvas.method.credited import Credited
from canvas.method.tables import ColumnPath
from canvas.reading.types import Id, Model, RequirementValue, ShortText, Text

# `<part of the content>/<id>`, or further down: `/<list>/<id>`, as in `sections/task/requirements/label-delay`.
WordPath = Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.-]+(/[a-z_]+/[a-z0-9.-]+)*$")]
KINDS = ("requirements", "slots", "blocks", "rows", "advisors", "findings")


class OmissionRule(Model):
    """A condition on answers of phase zero, and what leaves while it holds, each with why it makes no sense then.

    Blocks go by `<canvas>.<block>`, rows of tables by `<table>.<row>`. `because` is what outputs print beside all of
    it. What a document holds about it is kept, and counts again once the rule holds no longer. `no_default` are slots
    that stay, but whose embedded default has no place then, each with why nothing stands there until somebody decides.
    `words` says what stands in the place of texts and defaults while the rule holds; a piece with null leaves.
    """

    id: Id
    title: ShortText
    when: Condition
    because: ShortText
    requirements: dict[Id, Text] = Field(default_factory=dict)
    slots: dict[Id, Text] = Field(default_factory=dict)
    blocks: dict[ColumnPath, Text] = Field(default_factory=dict)
    rows: dict[ColumnPath, Text] = Field(default_factory=dict)
    advisors: dict[Id, Text] = Field(default_factory=dict)
    findings: dict[Id, Text] = Field(default_factory=dict)
    no_default: dict[Id, Text] = Field(default_factory=dict)
    words: dict[WordPath, dict[str, RequirementValue | None] | None] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        listed = [subject for kind in KINDS for subject in self.of(kind)]
        twice = next((subject for subject in listed if listed.count(subject) > 1), None)
        if twice is not None:
            raise ValueError(f"'{twice}' leaves twice, and one id has to mean one thing here")
        return self

    def of(self, kind: str) -> dict[str, str]:
        """Return what leaves of one kind, each with why."""
        found: dict[str, str] = getattr(self, kind)
        return found

    @property
    def subjects(self) -> dict[str, str]:
        """Everything that leaves by it, of every kind, each with why."""
        return {subject: why for kind in KINDS for subject, why in self.of(kind).items()}


class OmissionList(Credited):
    """All rules of omission."""

    omissions: Annotated[tuple[OmissionRule, ...], Field(min_length=1)]
