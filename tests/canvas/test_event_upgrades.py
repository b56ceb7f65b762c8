"""Events of every version become events of the present one and say the same; those of later versions are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from canvas import __version__
from canvas.document.file import load_workshop
from canvas.document.formats import FORMAT
from canvas.errors import EventTooNew
from canvas.log.events import VERSION, Event, fold
from canvas.log.fold import document_of
from canvas.log.upgrades import _STEPS, event_from, upgraded
from tests.old_databases import OLD

RECORD = {"slot": "registry.models", "choice": "none-yet", "options": [], "because": "b", "decided_on": "2026-11-24"}


def of_version(version: Any, action: str = "set", value: Any = "x", item: str = "note:n") -> Event:
    prop = "text" if action == "set" else None
    return Event(1, "o", 0, "2026-11-24T10:00:00.000+00:00", "anne", action, item, prop, value, version=version)  # type: ignore[arg-type]


def test_every_version_that_was_ever_written_has_a_step_to_the_next() -> None:
    assert sorted(_STEPS) == list(range(1, VERSION))


def test_an_event_of_the_present_version_is_left_as_it_is() -> None:
    event = of_version(VERSION)
    assert upgraded(event) is event


@pytest.mark.parametrize("value", ["x", None, {"a": 1}])
def test_what_one_change_says_stays_what_it_was(value: Any) -> None:
    assert upgraded(of_version(1, value=value)) == of_version(VERSION, value=value)


def test_an_imported_document_is_brought_to_the_present_format() -> None:
    source = load_workshop(OLD / "parcels.workshop.yaml")
    body = source.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    old = {name: value for name, value in body.items() if name not in {"format", "needs"}}
    event = upgraded(of_version(1, "import", old, "workshop:"))
    assert (event.version, event.value["format"]) == (VERSION, FORMAT)
    assert {name: event.value[name] for name in old} == old
    assert document_of(fold([event])) == source


def test_a_recorded_decision_of_version_1_is_an_accepted_one() -> None:
    head = of_version(VERSION, "import", {"title": "Parcels"}, "workshop:")
    recorded = replace(of_version(1, "add", {"record": RECORD}, "decision:1"), seq=2)
    (decision,) = document_of(fold([head, upgraded(recorded)])).decisions
    assert (decision.number, decision.status, decision.choice) == (1, "accepted", "none-yet")
    assert upgraded(recorded).value == {"record": RECORD}


@pytest.mark.parametrize("version", [VERSION + 1, 99])
def test_a_later_version_is_refused_and_says_what_is_read_here(version: int) -> None:
    with pytest.raises(
        EventTooNew, match=rf"changes of version {version}, and version {__version__} .* up to {VERSION}"
    ):
        upgraded(of_version(version))


@pytest.mark.parametrize("version", [0, -1, "1", None, True, 1.0, [2]])
def test_a_version_that_never_was_is_no_event(version: Any) -> None:
    with pytest.raises(ValueError, match="There never was a version"):
        upgraded(of_version(version))


def test_plain_data_of_something_else_is_no_event() -> None:
    with pytest.raises(TypeError):
        event_from({"seq": 1})
