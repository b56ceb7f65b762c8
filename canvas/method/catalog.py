"""The shapes of what can be decided: slots, and the tools and patterns that fill them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from canvas.method.conditions import Condition
from canvas.method.credited import Credited
from canvas.reading.types import Day, Id, Model, ShortText, Text


class Slot(Model):
    """One choice an architecture needs. `default` is the embedded stand-in a plan uses while nobody has decided.

    `role` is the short noun that diagrams print; `stage` is the cluster it is drawn in.
    """

    id: Annotated[str, Field(pattern=r"^[a-z-]+\.[a-z-]+$")]
    title: ShortText
    question: Text
    role: ShortText
    stage: Literal["sources", "data", "training", "delivery", "serving", "monitoring", "metadata", "none"]
    default: Id
    default_because: Text
    none_yet_because: Text

    @property
    def block(self) -> str:
        return self.id.split(".")[0]


class SlotList(Credited):
    """All slots, in the order in which they are decided."""

    slots: tuple[Slot, ...]


class Fit(Model):
    """A rule of thumb: when the condition holds, the option gains or loses `weight`, for the reason given."""

    when: Condition
    weight: Annotated[int, Field(ge=-5, le=5)]
    because: Text


class Needs(Model):
    """Something an option cannot do without (or cannot live with): the condition that must hold, and the mend."""

    must: Condition
    because: Text
    mend: Text


class Verified(Model):
    """That somebody ran it: the day, the versions, and what was seen."""

    on: Day
    versions: ShortText
    result: Text


class CatalogEntry(Credited):
    """A tool or a pattern that can fill slots. `tool_license` is None for patterns.

    maturity: `safe` is a safe default, `reasoned` fine with reasons, `niche` declining or special, `avoid` not for new
    projects (kept because teams have it).
    """

    id: Id
    title: ShortText
    kind: Literal["tool", "pattern"]
    slots: Annotated[tuple[Id, ...], Field(min_length=1)]
    summary: Text
    good: tuple[Text, ...] = ()
    watch: tuple[Text, ...] = ()
    hosting: tuple[Literal["embedded", "self-hosted", "managed"], ...] = ()
    maturity: Literal["safe", "reasoned", "niche", "avoid"]
    tool_license: ShortText | None = None
    homepage: Annotated[str, Field(pattern=r"^https://")] | None = None
    package: ShortText | None = None
    version: ShortText | None = None
    verified: Verified | None = None
    icon: ShortText | None = None
    fits: tuple[Fit, ...] = ()
    needs: tuple[Needs, ...] = ()
    grows_to: tuple[Id, ...] = ()
