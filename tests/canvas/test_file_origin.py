"""Whether a file seems to come from a workshop: only what nothing else gave it counts."""

from __future__ import annotations

import pytest

from canvas.document.origin import InCommon, in_common
from canvas.document.workshop import Workshop


def workshop(*notes: str, title: str = "Parcels", date: str | None = "2026-11-01", **more: object) -> Workshop:
    listed = [{"id": id_, "text": id_} for id_ in notes]
    board = {"canvases": {"stack-canvas": {"data": listed}}} if notes else {}
    return Workshop.model_validate({"title": title, "date": date, **board, **more})


@pytest.mark.parametrize(
    ("file", "there", "common"),
    [
        (workshop("a", "b", "c"), workshop("a", "b"), InCommon(2, 3)),
        (workshop("a", "b", "c", "d"), workshop("a"), InCommon(1, 4)),
        (workshop("a", "x", "y"), workshop("a", "b", "c"), None),
        (workshop("a"), workshop(), InCommon(0, 0, same_day=True)),
        (workshop(), workshop(), InCommon(0, 0, same_day=True)),
        (workshop(), workshop(title="Other"), None),
        (workshop(date=None), workshop(date=None), None),
    ],
)
def test_half_of_the_smaller_one_is_a_sign(file: Workshop, there: Workshop, common: InCommon | None) -> None:
    assert in_common(file, there) == common


def test_what_content_names_is_alike_everywhere_and_no_sign() -> None:
    answers = {"answers": [{"id": "data.schema", "value": "manual"}]}
    drafts = {"decisions": [{"slot": "serving.runtime", "status": "draft", "choice": "fastapi"}]}
    assert in_common(workshop(title="One", **answers, **drafts), workshop(title="Two", **answers, **drafts)) is None


def test_recorded_decisions_are_a_sign_as_far_as_they_say_the_same() -> None:
    decision = {"number": 1, "slot": "serving.runtime", "status": "accepted", "choice": "fastapi", "because": "So"}
    other = {**decision, "choice": "bentoml"}
    assert in_common(workshop(decisions=[decision]), workshop(title="x", decisions=[decision])) == InCommon(1, 1)
    assert in_common(workshop(decisions=[other]), workshop(title="x", decisions=[decision])) is None
