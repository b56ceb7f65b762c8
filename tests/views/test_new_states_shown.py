"""What other pages make of decisions that are proposed, rejected, deprecated, beyond the slots, or of several tools."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from canvas.document.workshop import Decision, Workshop
from canvas.live import frames
from canvas.log.op import Author, Op
from canvas.store.store import new_id
from tests.joined import joined
from tests.opened_pages import somebody_sets, stored
from views.board.picture import picture
from views.frame.progress import progress
from views.steps.history.past import Past
from views.steps.record_counts import records_told
from views.visit.session import visit_of
from views.web.context import context

SLOT = "data.storage"
LEAD = Author("lead", "facilitator")


def does(room: str, action: Any, item: str, value: Any, prop: str | None = None) -> None:
    op = Op(op_id=new_id(), action=action, item=item, prop=prop, value=value)
    context().store.apply(room, op, LEAD, context().content)


def decided(room: str, choice: str, status: str = "accepted", **said: Any) -> None:
    for prop, value in {"choice": choice, "because": "It is ours", **said}.items():
        somebody_sets(room, f"draft:{SLOT}", prop, value)
    does(room, "record", f"draft:{SLOT}", {"decided_on": "2026-05", "status": status})


def becomes(room: str, number: int, status: str) -> None:
    does(room, "set", f"outcome:{number}", {"status": status, "on": "2026-06", "because": "So it is"}, "outcome")


def on_the_board(room: str) -> list[str]:
    member = joined(room, "facilitator")
    snapshot = context().store.read(room, lambda state: frames.snapshot(state, member.author))
    content = context().content
    data = picture(stored(room), snapshot, member, content.canvases["stack-canvas"], content)
    return next(block["choices"] for block in data["canvas"]["blocks"] if block["id"] == "data")


def test_the_board_shows_what_is_in_force_and_what_stands_beside_it(room: str) -> None:
    decided(room, "s3", beside=["kafka", "other: Our tapes"])
    assert on_the_board(room) == ["Amazon S3", "Apache Kafka", "Our tapes"]
    decided(room, "postgresql", "rejected")
    assert on_the_board(room) == ["Amazon S3", "Apache Kafka", "Our tapes"]
    becomes(room, 1, "deprecated")
    assert on_the_board(room) == []
    decided(room, "not-applicable", "proposed")
    assert on_the_board(room) == ["Not applicable"]


def test_the_board_has_no_place_for_what_is_beyond_the_slots(room: str) -> None:
    for prop, value in {"title": "Who is on call", "choice": "We all", "because": "So be it"}.items():
        somebody_sets(room, "draft:own-x", prop, value)
    assert on_the_board(room) == []


@pytest.mark.parametrize(("status", "done"), [("accepted", 1), ("proposed", 0), ("rejected", 0)])
def test_a_slot_is_decided_when_its_decision_is_accepted(room: str, status: str, done: int) -> None:
    decided(room, "not-applicable", status)
    assert progress(stored(room), context().content)["decide"].done == done


def test_a_slot_whose_decision_is_deprecated_is_open_again(room: str) -> None:
    decided(room, "s3")
    becomes(room, 1, "deprecated")
    assert progress(stored(room), context().content)["decide"].done == 0


def test_history_says_as_what_a_decision_was_recorded_and_what_became_of_it(room: str) -> None:
    decided(room, "s3", "proposed")
    becomes(room, 1, "accepted")
    decided(room, "kafka")
    past = Past(visit_of(joined(room, "facilitator")), UTC)
    told = [past.told(seq, past.state(seq)) for seq in range(2, past.visit.seq + 1)]
    deeds = [line.partition(" · ")[2] for line in told if "decision 1" in line or "decision 2" in line]
    assert deeds == [
        "Somebody recorded decision 1 as proposed",
        "Somebody accepted decision 1",
        "Somebody recorded decision 2",
    ]


def test_take_home_counts_the_records_by_what_they_are(room: str) -> None:
    assert records_told(Workshop(title="w")) == "0 accepted, 0 still drafts"
    statuses = ["accepted", "accepted", "proposed", "rejected", "deprecated", "superseded", "draft"]
    made: list[Any] = [
        Decision(number=None if status == "draft" else number, slot=SLOT, status=status, choice="s3")  # type: ignore[arg-type]
        for number, status in enumerate(statuses, 1)
    ]
    told = records_told(Workshop(title="w", decisions=tuple(made)))
    assert told == "2 accepted, 1 proposed, 3 no longer in force or rejected, 1 still drafts"
