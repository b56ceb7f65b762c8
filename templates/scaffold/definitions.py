"""The shape of a scaffold part: which choice it serves, its files and who owns them, what it needs and what it fulfils.

The YAML under `parts/` holds the words. A new part is a new folder; nothing here or elsewhere lists parts.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from canvas.method.conditions import Condition, Facts
from canvas.method.credited import Credited
from canvas.reading.types import Id, Model, ShortText, Text

Owner = Literal["managed", "seed", "doc", "structured"]

SafePath = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$", max_length=120)]
Release = Annotated[str, Field(pattern=r"^\d+(\.\d+){0,3}$")]
Distribution = Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")]


class Conditional(Model):
    """What a project has only where `when` holds, and not where `unless` does. Nothing holds on an open fact."""

    when: Condition | None = None
    unless: Condition | None = None

    def applies(self, facts: Facts) -> bool:
        wanted = self.when is None or self.when.holds(facts) is True
        return wanted and not (self.unless is not None and self.unless.holds(facts))


class Serves(Model):
    """A slot, and the choices of that slot for which the part is the right one."""

    slot: Id
    choices: Annotated[tuple[Id, ...], Field(min_length=1)]


class PartFile(Conditional):
    """One file of the project. `slots` are the decisions it belongs to; only a foundation part's file may have none.

    `managed` is merged on update, `seed` is written once and then the team's, `doc` is always rewritten, `structured`
    is merged by key.
    """

    path: SafePath
    owner: Owner
    slots: tuple[Id, ...] = ()
    because: Text
    executable: bool = False

    @model_validator(mode="after")
    def _stays_inside_the_project(self) -> Self:
        if any(re.fullmatch(r"\.+", step) for step in self.path.split("/")):
            raise ValueError(f"'{self.path}' leaves the project; use a path of names")
        return self


class Dependency(Model):
    """A Python distribution with both bounds, so that neither an old nor a breaking release is picked silently."""

    name: Distribution
    at_least: Release
    below: Release

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if release(self.at_least) >= release(self.below):
            raise ValueError(f"{self.name}: at_least {self.at_least} is not lower than below {self.below}")
        return self


class PartPractice(Conditional):
    """A practice that adopting the part fulfils, with the file that shows it.

    It counts as `value`, and as automated once the slot `automated_by` is filled by a part (CI runs the tests). It is
    not claimed in a project that has not got the file.
    """

    id: Id
    value: Literal["manual", "automated"]
    evidence: SafePath
    automated_by: Id | None = None


class Step(Conditional):
    """Something people have to do themselves, for a slot.

    `instead` says what the project holds in place of what was decided, for the README; other steps add something.
    """

    slot: Id
    title: ShortText
    text: Text
    instead: ShortText | None = None


class Part(Credited, Conditional):
    """One building block of a project.

    A `foundation` is in every project that it applies to, whatever was decided; `includes` brings other parts along.
    An `optional` part is left out when its slot is `none-yet`; any other stays, because the project needs it to run.
    `values` are what templates read under the part's name for it.
    """

    id: Id
    title: ShortText
    foundation: bool = False
    optional: bool = False
    serves: tuple[Serves, ...] = ()
    includes: tuple[Id, ...] = ()
    files: Annotated[tuple[PartFile, ...], Field(min_length=1)]
    dependencies: tuple[Dependency, ...] = ()
    development: tuple[Dependency, ...] = ()
    practices: tuple[PartPractice, ...] = ()
    proofs: tuple[Text, ...] = ()
    steps: tuple[Step, ...] = ()
    values: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _in_every_project_or_for_a_choice(self) -> Self:
        if self.foundation == bool(self.serves):
            raise ValueError("a part has either 'foundation: true' or 'serves'")
        return self

    @model_validator(mode="after")
    def _files_name_their_decision(self) -> Self:
        paths = [file.path for file in self.files]
        twice = sorted({path for path in paths if paths.count(path) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} is listed twice")
        homeless = [file.path for file in self.files if not file.slots]
        if homeless and not self.foundation:
            raise ValueError(f"{', '.join(homeless)} belongs to no decision; add 'slots'")
        return self

    def serves_choice(self, slot: str, choice: str) -> bool:
        return any(item.slot == slot and choice in item.choices for item in self.serves)


def release(text: str) -> tuple[int, ...]:
    """Return a release number as a tuple that compares as releases do."""
    numbers = [int(number) for number in text.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
