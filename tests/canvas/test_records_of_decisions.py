"""Decisions as they are recorded and as they end, choices beside the main one, and what does not apply."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas.document.file import dump_workshop, parse_workshop
from canvas.document.workshop import Decision, Requirement, Workshop
from canvas.errors import FileProblems, OpRefused
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.store.store import Store

FAY = Author("fay", "facilitator")
ANNE = Author("anne", "participant")
RUNTIME = "draft:serving.runtime"
TRAINING = "draft:experiments.framework"
DAY = "2026-11-20"


class Desk:
    """A workshop in a database of its own, and what people do to it."""

    def __init__(self, folder: Path, **document: Any) -> None:
        self.store = Store.in_folder(folder)
        self.id = self.store.create(Workshop(title="Parcel delays", **document))
        self.ops = 0

    def do(self, item: str, prop: str | None, value: Any, action: str = "set", who: Author = FAY) -> str:
        self.ops += 1
        op = Op(op_id=f"op{self.ops}", action=action, item=item, prop=prop, value=value)
        self.store.apply(self.id, op, who, shipped())
        return op.op_id

    def record(self, item: str, choice: str, because: str = "Because.", value: Any = DAY, **more: Any) -> None:
        for prop, said in {"choice": choice, "because": because, **more}.items():
            self.do(item, prop, said)
        self.do(item, None, value, "record")

    def end(self, number: int, status: str, who: Author = FAY) -> None:
        self.do(f"outcome:{number}", "outcome", {"status": status, "on": DAY, "because": "It turned out so."}, who=who)

    @property
    def document(self) -> Workshop:
        return self.store.document(self.id)

    @property
    def statuses(self) -> list[str]:
        return [decision.status for decision in self.document.decisions]

    def refused(self, *change: Any, **more: Any) -> str:
        before = self.document
        with pytest.raises(OpRefused) as caught:
            self.do(*change, **more)
        assert self.document == before
        return str(caught.value)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_proposal_counts_only_until_something_is_accepted(desk: Desk) -> None:
    desk.record(RUNTIME, "fastapi", value={"decided_on": DAY, "status": "proposed"})
    assert desk.document.decision_for("serving.runtime").number == 1
    desk.record(RUNTIME, "bentoml")
    assert desk.statuses == ["proposed", "accepted"]
    assert desk.document.decision_for("serving.runtime").number == 2


def test_an_accepted_proposal_replaces_what_was_in_force(desk: Desk) -> None:
    desk.record(RUNTIME, "bentoml")
    desk.record(RUNTIME, "fastapi", value={"decided_on": "2026-05", "status": "proposed"})
    assert desk.statuses == ["accepted", "proposed"]
    desk.end(2, "accepted")
    first, second = desk.document.decisions
    assert (first.status, second.status, second.supersedes) == ("superseded", "accepted", 1)
    assert (second.decided_on, second.status_on, second.status_because) == ("2026-05", DAY, "It turned out so.")


def test_a_rejected_or_deprecated_record_replaces_nothing_and_is_not_in_force(desk: Desk) -> None:
    desk.record(RUNTIME, "fastapi")
    desk.record(RUNTIME, "kserve", value={"decided_on": DAY, "status": "rejected"})
    assert desk.document.decision_for("serving.runtime").choice == "fastapi"
    desk.end(1, "deprecated")
    assert desk.statuses == ["deprecated", "rejected"]
    assert desk.document.decision_for("serving.runtime") is None
    desk.record(RUNTIME, "bentoml")
    assert desk.document.decisions[-1].supersedes is None


@pytest.mark.parametrize(
    ("begin", "then"),
    [("accepted", "accepted"), ("accepted", "rejected"), ("rejected", "accepted"), ("rejected", "deprecated"),
     ("proposed", "deprecated")],
)  # fmt: skip
def test_no_record_becomes_what_cannot_follow(desk: Desk, begin: str, then: str) -> None:
    desk.record(RUNTIME, "fastapi", value={"decided_on": DAY, "status": begin})
    outcome = {"status": then, "on": DAY, "because": "b"}
    assert f"is {begin}, so it cannot become {then}" in desk.refused("outcome:1", "outcome", outcome)


def test_a_replaced_record_is_for_ever(desk: Desk) -> None:
    desk.record(RUNTIME, "fastapi")
    desk.record(RUNTIME, "bentoml")
    assert "is superseded" in desk.refused("outcome:1", "outcome", {"status": "deprecated", "on": DAY, "because": "b"})


def test_only_the_facilitator_records_and_says_what_becomes_of_a_record(desk: Desk) -> None:
    desk.do(RUNTIME, "choice", "fastapi", who=ANNE)
    desk.do(RUNTIME, "because", "Mine.", who=ANNE)
    for value in (DAY, {"decided_on": DAY, "status": "proposed"}, {"decided_on": DAY, "status": "rejected"}):
        assert "Only the facilitator records" in desk.refused(RUNTIME, None, value, action="record", who=ANNE)
    desk.do(RUNTIME, None, DAY, "record")
    outcome = {"status": "deprecated", "on": DAY, "because": "b"}
    assert "Only the facilitator" in desk.refused("outcome:1", "outcome", outcome, who=ANNE)
    assert desk.refused("outcome:1", "outcome", outcome, who=Author("vi", "viewer"))


@pytest.mark.parametrize(
    ("item", "prop", "value", "says"),
    [
        ("outcome:1", "outcome", {"status": "deprecated", "on": DAY}, "field required"),
        ("outcome:1", "outcome", {"status": "deprecated", "on": "2027-01", "because": "b"}, "still to come"),
        ("outcome:1", "outcome", {"status": "superseded", "on": DAY, "because": "b"}, "not accepted"),
        ("outcome:1", "status", "deprecated", "never changes"),
        ("outcome:9", "outcome", {"status": "deprecated", "on": DAY, "because": "b"}, "no decision 9"),
        ("outcome:x", "outcome", {"status": "deprecated", "on": DAY, "because": "b"}, "no decision x"),
        ("decision:1", "record", {}, "no known property"),
    ],
)
def test_a_wrong_outcome_is_refused_in_one_message(desk: Desk, item: str, prop: str, value: Any, says: str) -> None:
    desk.record(RUNTIME, "fastapi")
    assert says in desk.refused(item, prop, value)


def test_an_outcome_is_not_taken_back(desk: Desk) -> None:
    desk.record(RUNTIME, "fastapi")
    outcome = {"status": "deprecated", "on": DAY, "because": "b"}
    done = desk.do("outcome:1", "outcome", outcome)
    with pytest.raises(OpRefused, match="cannot be taken back"):
        desk.do("", None, done, "undo")


@pytest.mark.parametrize("day", ["2026", "2026-11", DAY])
def test_a_decision_is_of_a_day_a_month_or_a_year(desk: Desk, day: str) -> None:
    desk.record(RUNTIME, "fastapi", value=day)
    assert desk.document.decisions[0].decided_on == day


@pytest.mark.parametrize("day", ["2026-13", "26", "2026-1", "May 2026", "0000", "2031", "1066", None, 2026])
def test_what_is_no_day_is_refused(desk: Desk, day: Any) -> None:
    desk.do(RUNTIME, "choice", "fastapi")
    desk.do(RUNTIME, "because", "b")
    assert desk.refused(RUNTIME, None, day, action="record")


def test_two_frameworks_are_in_use_and_one_is_the_main_one(desk: Desk) -> None:
    desk.record(TRAINING, "pytorch", beside=["tensorflow", "other: own trainer"])
    [made] = desk.document.decisions
    assert (made.choice, made.beside) == ("pytorch", ("tensorflow", "other: own trainer"))


@pytest.mark.parametrize(
    ("choice", "beside", "says"),
    [
        ("pytorch", ["pytorch"], "once"),
        ("pytorch", ["tensorflow", "tensorflow"], "once"),
        ("none-yet", ["tensorflow"], "main one first"),
        ("not-applicable", ["tensorflow"], "main one first"),
        (None, ["tensorflow"], "main one first"),
        ("pytorch", ["none-yet"], "Only what is in use"),
        ("pytorch", ["not-applicable"], "Only what is in use"),
        ("pytorch", ["kserve"], "cannot fill"),
        ("pytorch", ["nonsense"], "not in the catalog"),
    ],
)
def test_what_cannot_stand_beside_a_choice_is_refused(desk: Desk, choice: str, beside: list[str], says: str) -> None:
    if choice:
        desk.do(TRAINING, "choice", choice)
    assert says in desk.refused(TRAINING, "beside", beside)


def test_choosing_otherwise_drops_what_no_longer_goes_with_it_and_undo_brings_it_back(desk: Desk) -> None:
    desk.do(TRAINING, "choice", "pytorch")
    desk.do(TRAINING, "beside", ["tensorflow", "xgboost"])
    desk.do(TRAINING, "choice", "tensorflow")
    assert desk.document.draft_of("experiments.framework").beside == ("xgboost",)
    left = desk.do(TRAINING, "choice", "none-yet")
    assert desk.document.draft_of("experiments.framework").beside == ()
    desk.do("", None, left, "undo")
    draft = desk.document.draft_of("experiments.framework")
    assert (draft.choice, draft.beside) == ("tensorflow", ("xgboost",))


def test_own_words_are_tied_to_an_entry_for_as_long_as_they_are_the_choice(desk: Desk) -> None:
    desk.do(RUNTIME, "choice", "other: own Kotlin service")
    desk.do(RUNTIME, "like", "fastapi")
    assert desk.document.draft_of("serving.runtime").like == "fastapi"
    changed = desk.do(RUNTIME, "choice", "bentoml")
    assert desk.document.draft_of("serving.runtime").like is None
    assert "own words" in desk.refused(RUNTIME, "like", "fastapi")
    desk.do("", None, changed, "undo")
    assert desk.document.draft_of("serving.runtime").like == "fastapi"
    assert "cannot fill" in desk.refused(RUNTIME, "like", "dvc")


def test_a_decision_beyond_the_slots_has_a_title_and_may_replace_another(desk: Desk) -> None:
    desk.do("draft:own-a", "choice", "Every quarter")
    desk.do("draft:own-a", "because", "The regulator asks for it.")
    assert desk.document.beyond == ()
    assert "needs a title" in desk.refused("draft:own-a", None, DAY, action="record")
    desk.do("draft:own-a", "title", "Reviews of fairness")
    desk.do("draft:own-a", None, DAY, "record")
    desk.record("draft:own-b", "Every month", value={"decided_on": DAY, "supersedes": 1}, title="Reviews of fairness")
    first, second = desk.document.beyond
    assert (first.title, first.slot, first.status) == ("Reviews of fairness", None, "superseded")
    assert (second.status, second.supersedes) == ("accepted", 1)
    for prop, value in {"title": "Another", "choice": "x", "because": "y"}.items():
        desk.do("draft:own-c", prop, value)
    for number in (1, 7):
        value = {"decided_on": DAY, "supersedes": number}
        assert "not an accepted one" in desk.refused("draft:own-c", None, value, action="record")


@pytest.mark.parametrize(
    ("item", "prop", "value"),
    [("draft:own-a", "like", "fastapi"), ("draft:own-a", "beside", ["x"]), (RUNTIME, "title", "Mine"),
     ("draft:own-A b", "title", "x"), ("draft:elsewhere", "choice", "x")],
)  # fmt: skip
def test_what_a_draft_cannot_say_is_refused(desk: Desk, item: str, prop: str, value: Any) -> None:
    assert desk.refused(item, prop, value)


def test_a_question_does_not_apply_for_a_reason_and_holds_no_answer_then(desk: Desk) -> None:
    fact = "requirement:label-delay"
    desk.do(fact, "value", 40)
    assert "why this does not apply" in desk.refused(fact, "state", "not-applicable")
    desk.do(fact, "reason", "Nobody ever learns what was right.")
    marked = desk.do(fact, "state", "not-applicable")
    reason = "Nobody ever learns what was right."
    assert desk.document.requirements == (Requirement(id="label-delay", state="not-applicable", reason=reason),)
    assert "Take that back first" in desk.refused(fact, "value", 12)
    assert "needs its reason" in desk.refused(fact, "reason", None)
    desk.do("", None, marked, "undo")
    assert desk.document.requirements == (Requirement(id="label-delay", state="decided", value=40),)


def test_what_stops_to_apply_can_be_answered_again(desk: Desk) -> None:
    fact = "requirement:label-delay"
    desk.do(fact, "reason", "Not yet in use.")
    desk.do(fact, "state", "not-applicable")
    desk.do(fact, "state", "open")
    desk.do(fact, "value", 12)
    assert [(found.state, found.value) for found in desk.document.requirements] == [("decided", 12)]


FULL = (
    Decision(number=1, slot="serving.runtime", status="superseded", choice="kserve", because="a", decided_on="2024"),
    Decision(
        number=2, slot="serving.runtime", status="accepted", choice="other: own", like="fastapi",
        beside=("bentoml",), because="b", decided_on="2024-05", status_on="2025-01", status_because="c", supersedes=1,
    ),
    Decision(number=3, slot="pipeline.ci", status="rejected", choice="jenkins", because="d", status_on="2025"),
    Decision(number=4, slot="pipeline.ci", status="deprecated", choice="gitlab-ci", because="e", status_because="f"),
    Decision(number=5, slot="pipeline.ci", status="proposed", choice="github-actions", because="g"),
    Decision(number=6, title="Reviews", status="superseded", choice="Yearly", because="h"),
    Decision(number=7, title="Reviews", status="deprecated", choice="Monthly", because="i", supersedes=6),
    Decision(slot="features.store", status="draft", choice="not-applicable"),
    Decision(title="A new one", status="draft", choice="Something", because="j"),
)  # fmt: skip


def test_a_file_with_every_status_opens_as_it_is_and_comes_out_the_same(tmp_path: Path) -> None:
    full = Workshop(title="w", decisions=FULL, requirements=(Requirement(id="x", state="not-applicable", reason="r"),))
    text = dump_workshop(full)
    assert parse_workshop(text.encode(), "w") == full
    store = Store.in_folder(tmp_path)
    opened = store.document(store.create(full))
    assert opened == full
    assert dump_workshop(opened) == text


def problems(decision: str) -> str:
    text = f"title: w\ndecisions:\n  - {{number: 1, slot: a.b, because: b, {decision}}}\n"
    with pytest.raises(FileProblems) as caught:
        parse_workshop(text.encode(), "w.yaml")
    return "\n".join(str(problem) for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        ("title: t, status: accepted, choice: x", "has both slot and title"),
        ("status: accepted, choice: none-yet, beside: [x]", "is none-yet and names choices beside it"),
        ("status: accepted, choice: not-applicable, beside: [x]", "is not-applicable and names choices beside it"),
        ("status: accepted, choice: x, beside: [none-yet]", "has none-yet beside its choice"),
        ("status: accepted, choice: x, beside: [x]", "names 'x' twice"),
        ("status: accepted, choice: x, beside: [y, y]", "names 'y' twice"),
        ("status: accepted, choice: x, like: y", "its choice is not in your own words"),
        ("status: proposed, choice: x, status_on: '2026'", "is proposed and says when"),
        ("status: accepted, choice: x, decided_on: 2026-5", "decided_on: '2026-5' has the wrong form"),
    ],
)
def test_a_decision_that_contradicts_itself_is_a_problem_with_its_line(decision: str, says: str) -> None:
    found = problems(decision)
    assert found.startswith("w.yaml:3: ")
    assert says in found


def test_what_does_not_apply_needs_a_reason_and_what_is_replaced_is_not_in_force() -> None:
    def said(*decisions: Decision) -> str:
        with pytest.raises(FileProblems) as caught:
            parse_workshop(dump_workshop(Workshop(title="w", decisions=decisions)).encode(), "w.yaml")
        return str(caught.value)

    assert "without a reason" in said(Decision(number=1, slot="a.b", status="accepted", choice="not-applicable"))
    old = Decision(number=1, slot="a.b", status="deprecated", choice="x")
    new = Decision(number=2, slot="a.b", status="accepted", choice="y", supersedes=1)
    assert "decision 1 is deprecated, but 2 supersedes it" in said(old, new)
    assert "has neither slot nor title" in said(Decision(number=1, status="accepted", choice="x"))


# Drafted from the advice


def test_a_draft_keeps_its_mark_until_somebody_chooses_by_themselves(desk: Desk) -> None:
    for prop, value in {"choice": "fastapi", "advised": True}.items():
        desk.do(RUNTIME, prop, value)
    assert desk.document.draft_of("serving.runtime").advised
    desk.do(RUNTIME, "because", "It is small.")
    assert desk.document.draft_of("serving.runtime").advised
    desk.do(RUNTIME, "choice", "bentoml")
    assert not desk.document.draft_of("serving.runtime").advised


def test_a_record_says_that_its_choice_was_drafted_from_the_advice_and_its_file_keeps_it(desk: Desk) -> None:
    desk.record(RUNTIME, "fastapi", advised=True)
    [decision] = desk.document.decisions
    assert (decision.number, decision.advised) == (1, True)
    assert parse_workshop(dump_workshop(desk.document).encode(), "w").decisions == (decision,)
    desk.do(RUNTIME, "choice", "bentoml")
    assert not desk.document.draft_of("serving.runtime").advised


def test_a_decision_beyond_the_slots_has_no_advice(desk: Desk) -> None:
    desk.do("draft:own-x", "title", "Who is on call")
    assert "no choices of the catalog" in desk.refused("draft:own-x", "advised", True)


def test_who_reasons_right_after_choosing_is_not_told_that_somebody_was_faster(desk: Desk) -> None:
    for number, because in enumerate(("One", "Two")):
        op = Op(op_id=f"r{number}", action="set", item=RUNTIME, prop="because", value=because, base=0)
        desk.store.apply(desk.id, op, FAY, shipped())
    late = Op(op_id="late", action="set", item=RUNTIME, prop="because", value="Three", base=0)
    with pytest.raises(OpRefused, match="Somebody else changed this"):
        desk.store.apply(desk.id, late, ANNE, shipped())


def test_a_choice_is_recorded_with_its_reason_or_not_at_all_when_somebody_changed_it(desk: Desk) -> None:
    def recording(name: str, choice: str, because: str) -> list[Op]:
        seen = 1
        return [
            Op(op_id=f"{name}-c", action="set", item=RUNTIME, prop="choice", value=choice, base=seen),
            Op(op_id=f"{name}-b", action="set", item=RUNTIME, prop="because", value=because, base=0),
            Op(op_id=f"{name}-r", action="record", item=RUNTIME, value={"decided_on": DAY, "status": "accepted"}),
        ]

    desk.do(RUNTIME, "choice", "fastapi", who=ANNE)
    desk.do(RUNTIME, "choice", "bentoml", who=ANNE)
    with pytest.raises(OpRefused):
        desk.store.apply_together(desk.id, recording("first", "fastapi", "Mine"), FAY, shipped())
    assert [(d.choice, d.because, d.number) for d in desk.document.decisions] == [("bentoml", None, None)]
    desk.store.apply_together(desk.id, recording("then", "bentoml", "Mine"), FAY, shipped())
    assert [(d.choice, d.because, d.number) for d in desk.document.decisions] == [("bentoml", "Mine", 1)]
