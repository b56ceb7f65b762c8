"""Answers survive a change of the practices: carried over, merged, marked to check again, and never dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from assessments.library.load import shipped
from assessments.library.revisions import answered_now, carried_changes, current, editions_now, migrate
from assessments.scoring.sheet import broken_answers
from assessments.shapes.library import Library
from assessments.shapes.practice import PracticeDefinition
from assessments.standing.score_all import score_all
from canvas.document.workshop import Answer, Evidence, Workshop

BASE = shipped().practices["data.schema"]


def practice(id_: str, *replaces: str, revision: int = 2) -> PracticeDefinition:
    changed = "It asks for more." if revision > 1 else None
    update = {"id": id_, "replaces": replaces, "revision": revision, "changed": changed}
    return PracticeDefinition.model_validate({**BASE.model_dump(), **update})


def library(*practices: PracticeDefinition) -> Library:
    return replace(shipped(), practices={**shipped().practices, **{p.id: p for p in practices}})


def workshop(*answers: Answer) -> Workshop:
    return Workshop(title="W", answers=answers)


OLD = Answer(id="old.one", value="automated", evidence=(Evidence(ref="a"),), spread={"manual": 1})
OTHER = Answer(id="old.two", value="manual", evidence=(Evidence(ref="b"), Evidence(ref="a")))


def test_nothing_is_touched_when_nothing_changed() -> None:
    given = workshop(Answer(id="data.schema", value="manual"))
    assert current(given, shipped()) is given
    assert migrate(given, shipped()).check_again == ()


def test_a_renamed_practice_takes_its_answer_along_and_asks_again() -> None:
    moved = migrate(workshop(OLD), library(practice("new.one", "old.one")))
    assert moved.workshop.answers == (OLD.model_copy(update={"id": "new.one"}),)
    (mark,) = moved.check_again
    assert (mark.item, mark.why, mark.carried_from) == ("new.one", "It asks for more.", ("old.one",))


def test_a_merged_practice_has_the_lowest_claim_and_all_evidence() -> None:
    (answer,) = current(workshop(OLD, OTHER), library(practice("new.one", "old.one", "old.two"))).answers
    assert (answer.value, [piece.ref for piece in answer.evidence], answer.spread) == ("manual", ["a", "b"], {})


@pytest.mark.parametrize(
    ("states", "least"),
    [
        (("none", "unknown"), "none"),
        (("automated", "unknown"), "unknown"),
        (("not-applicable", "manual"), "manual"),
        (("not-applicable", "not-applicable"), "not-applicable"),
    ],
)
def test_the_lowest_claim_over_all_states(states: tuple[str, str], least: str) -> None:
    def answer(id_: str, said: str) -> Answer:
        if said in ("unknown", "not-applicable"):
            return Answer.model_validate({"id": id_, "state": said, "reason": "None here"})
        return Answer.model_validate({"id": id_, "value": said})

    given = workshop(*(answer(id_, said) for id_, said in zip(("old.one", "old.two"), states, strict=True)))
    (found,) = current(given, library(practice("new.one", "old.one", "old.two"))).answers
    assert (found.value or found.state) == least


def test_a_split_practice_gives_its_answer_to_both_and_an_own_answer_stands() -> None:
    both = library(practice("new.one", "old.one"), practice("new.two", "old.one"))
    assert [a.id for a in current(workshop(OLD), both).answers] == ["new.one", "new.two"]
    own = Answer(id="new.one", value="none", revision=2)
    assert current(workshop(OLD, own), library(practice("new.one", "old.one"))).answers == (own,)


def test_an_older_revision_is_marked_until_it_is_confirmed_and_dont_know_never_is() -> None:
    revised = library(practice("data.schema"))
    assert len(migrate(workshop(Answer(id="data.schema", value="manual")), revised).check_again) == 1
    assert not migrate(workshop(Answer(id="data.schema", value="manual", revision=2)), revised).check_again
    assert not migrate(workshop(Answer(id="data.schema", state="unknown")), revised).check_again
    assert answered_now("data.schema", {"value": "manual"}, revised)["revision"] == 2
    assert "revision" not in answered_now("data.schema", {"evidence": []}, revised)


def test_an_answer_without_a_successor_is_named_and_one_of_the_future_too() -> None:
    revised = library(practice("new.one", "old.one"))
    gone, future = OTHER, Answer(id="data.schema", value="manual", revision=9)
    found = [(path, what) for path, what, _ in broken_answers(workshop(OLD, gone, future), revised)]
    assert found == [
        (("answers", 1, "id"), "unknown practice 'old.two'"),
        (("answers", 2, "revision"), "revision 9 of practice 'data.schema' is not known here"),
    ]
    assert gone in current(workshop(OLD, gone), revised).answers


def test_scores_count_what_was_carried_over() -> None:
    practices = {id_: p for id_, p in shipped().practices.items() if id_ != "data.schema"}
    renamed = replace(shipped(), practices={**practices, "data.schema": practice("data.schema", "old.one")})
    named = workshop(Answer(id="data.schema", value="automated"))
    assert score_all(workshop(Answer(id="old.one", value="automated")), renamed) == score_all(named, renamed)


def test_what_a_live_workshop_takes_in_makes_it_the_current_one() -> None:
    found = list(carried_changes(workshop(OLD), library(practice("new.one", "old.one"))))
    assert ("answer:new.one", "value", "automated") in found
    assert ("answer:new.one", "evidence", [{"ref": "a", "hint": False}]) in found
    assert found[-1] == ("answer:old.one", "deleted", True)
    assert list(carried_changes(workshop(OLD), shipped())) == []


def test_the_editions_of_today_keep_what_is_not_known_here() -> None:
    found = editions_now(Workshop(title="W", editions={"google": "old", "elsewhere": "1"}), shipped())
    assert found["elsewhere"] == "1"
    assert found["google"] == shipped().models["google"].edition


@pytest.mark.parametrize("update", [{"revision": 2}, {"changed": "More."}, {"replaces": ("old.one",)}])
def test_a_change_has_to_be_told(update: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PracticeDefinition.model_validate({**BASE.model_dump(), **update})
