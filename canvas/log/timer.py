"""The timer of a room: started, given more time, paused and gone on with. Plain arithmetic on the server's time.

`ends_at` is when it ends if nothing happens. One that is paused has a `paused_at` too, and stands still since then, so
that every clock in the room shows the same. It stops nobody: after its end it counts on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from canvas.errors import OpRefused

LONGEST_TIMER_S = 4 * 60 * 60
Timer = dict[str, Any]


class TimerChange(BaseModel):
    """What the facilitator asks of the timer: `seconds` starts one, `more` adds to it, `paused` holds it or not."""

    model_config = ConfigDict(extra="forbid")

    seconds: Annotated[int, Field(ge=1, le=LONGEST_TIMER_S)] | None = None
    label: Annotated[str, Field(max_length=60)] = ""
    more: Annotated[int, Field(ge=1, le=LONGEST_TIMER_S)] | None = None
    paused: bool | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(asked is not None for asked in (self.seconds, self.more, self.paused)) != 1:
            raise ValueError("a timer is started with seconds, given more, or paused")
        return self


def changed_timer(asked: Mapping[str, Any], timer: Timer | None, at: str) -> Timer:
    """Return the timer after what was asked of it at a time. Raises `OpRefused` when there is none to change."""
    if "seconds" in asked:
        return started_timer(asked["seconds"], asked.get("label", ""), at)
    if timer is None:
        raise OpRefused("unknown", "There is no timer any more. Start one first.")
    if "more" in asked:
        return _with_more(timer, asked["more"], at)
    return _paused(timer, at) if asked["paused"] else _going_on(timer, at)


def started_timer(seconds: int, label: str, at: str) -> Timer:
    """Return a timer that starts now."""
    return {"seconds": seconds, "label": label, "ends_at": _text(_moment(at) + timedelta(seconds=seconds))}


def _with_more(timer: Timer, seconds: int, at: str) -> Timer:
    now = _moment(timer.get("paused_at") or at)
    # Two more minutes are two minutes, also for a timer that ended long ago.
    ends = max(_moment(timer["ends_at"]), now) + timedelta(seconds=seconds)
    if ends - now > timedelta(seconds=LONGEST_TIMER_S):
        raise OpRefused("malformed", f"A timer runs for {LONGEST_TIMER_S // 3600} hours at most.")
    return {**timer, "seconds": timer["seconds"] + seconds, "ends_at": _text(ends)}


def _paused(timer: Timer, at: str) -> Timer:
    return timer if timer.get("paused_at") else {**timer, "paused_at": at}


def _going_on(timer: Timer, at: str) -> Timer:
    if not (since := timer.get("paused_at")):
        return timer
    stood_still = _moment(at) - _moment(since)
    going = {name: value for name, value in timer.items() if name != "paused_at"}
    return {**going, "ends_at": _text(_moment(timer["ends_at"]) + stood_still)}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
