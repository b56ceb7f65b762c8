"""A run that nobody has asked for, because others changed something, takes away nothing that was being told."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.opened_pages import Open
from views.visit.changing import REFUSED, STILL, Refusal


@pytest.mark.parametrize("code", ["busy", "stale"])
def test_a_refusal_stays_until_the_person_does_something_themselves(room: str, opened: Open, code: str) -> None:
    shown = opened("phase-zero")
    shown.session_state[REFUSED] = Refusal(code, "It was not saved.", "requirement:users", {"value": "Mine"})
    shown.run()
    assert told(shown) == 1
    assert len(shown.toast) == 1
    for _ in range(2):
        # As `still_told` has it, which the header calls before such a run.
        shown.session_state[STILL] = True
        shown.run()
        assert told(shown) == 1
        assert not shown.toast, "it was said once"
    shown.run()
    assert told(shown) == 0


def test_there_is_nothing_to_tell_again_where_nothing_was_refused(room: str, opened: Open) -> None:
    shown = opened("phase-zero")
    shown.session_state[STILL] = True
    shown.run()
    assert told(shown) == 0


def told(shown: AppTest) -> int:
    places = (*shown.error, *shown.markdown)
    return sum("It was not saved." in place.value for place in places)
