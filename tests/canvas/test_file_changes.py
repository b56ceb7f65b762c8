"""A changed file brought back: what it changes is told line by line, and each line can be taken over by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas.document.differences import Difference, differences
from canvas.document.file import arrange, load_workshop
from canvas.document.links import broken_links
from canvas.document.rules import inconsistencies
from canvas.document.workshop import Workshop
from canvas.log.events import Event, State, fold
from canvas.log.file_change import FileChange
from canvas.log.file_changes import changes_between, judged
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.log.ops import to_events
from canvas.method.load import shipped
from canvas.store.store import Store

FAY = Author("fay", "facilitator")
ANNE = Author("anne", "participant")
AT = "2026-11-23T10:00:00.000+00:00"
EXAMPLES = Path(__file__).parents[2] / "examples"
STACK = "stack-canvas"

BASE: dict[str, Any] = {
    "title": "Parcel delays",
    "team": "Data",
    "date": "2026-11-01",
    "requirements": [
        {"id": "latency-p95", "value": 150, "state": "decided", "unit": "ms"},
        {"id": "regulated", "state": "not-applicable", "reason": "No person is concerned."},
    ],
    "canvases": {
        STACK: {
            "value": [{"id": "n1", "text": "one"}, {"id": "n2", "text": "two"}, {"id": "n3", "text": "three"}],
            "data": [{"id": "n4", "kind": "question", "text": "four", "source": "Ann"}],
        },
        "parking-lot": {"parked": [{"id": "n5", "text": "five"}]},
    },
    "tables": {"monitoring-plan": [{"id": "r1", "title": "Own row", "cells": {"threshold": "5 in 100"}}]},
    "tasks": [{"id": "t1", "title": "Sort"}, {"id": "t2", "title": "Call", "after": ["t1"], "gain": 20.0}],
    "risks": [{"id": "k1", "text": "Late", "owner": "Ben"}],
    "decisions": [
        {"number": 1, "slot": "serving.runtime", "status": "accepted", "choice": "fastapi", "because": "Enough",
         "drivers": ["n1"], "decided_on": "2026-11-02"},
        {"number": 2, "slot": "pipeline.ci", "status": "proposed", "choice": "gitlab-ci", "because": "There",
         "decided_on": "2026-11-02"},
        {"slot": "pipeline.orchestrator", "status": "draft", "choice": "make", "drivers": ["n2"]},
        {"title": "Where we meet", "status": "draft", "choice": "In the hall", "because": "Coffee"},
    ],
    "answers": [
        {"id": "data.schema", "value": "manual", "evidence": [{"ref": "schema.py", "seen_on": "2026-11-01"}]},
        {"id": "data.privacy-controls", "state": "unknown"},
    ],
    "editions": {"google": "2020"},
    "models": ["google"],
    "targets": [{"model": "google", "value": 1.0, "by": "2027-01-01"}],
    "assignments": [{"id": "data.schema", "owner": "Ann"}],
}  # fmt: skip


def workshop(**changed: Any) -> Workshop:
    return Workshop.model_validate({**BASE, **changed})


def state_of(document: Workshop, *live: tuple[str, str, str | None, Any]) -> State:
    """Return the state of a workshop that began with a document, after live ops of the facilitator."""
    body = document.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    state = fold([Event(1, "start", 0, AT, "system", "import", "workshop:", None, body)])
    for number, (action, item, prop, value) in enumerate(live):
        op = Op.model_validate(
            {"op_id": f"live-{number}", "action": action, "item": item, "prop": prop, "value": value}
        )
        state = state.after(to_events(op, state, shipped(), FAY, AT))
    return state


def taken(state: State, changes: Sequence[FileChange], who: Author = FAY) -> tuple[State, dict[str, str]]:
    """Take changes over as one person may; return the state after it, and what was refused and why."""
    found = judged(changes, state, shipped(), who, AT, "brought")
    for op in found.ops:
        state = state.after(to_events(op, state, shipped(), who, AT))
    return state, dict(found.refused)


def problems(document: Workshop) -> list[str]:
    return [what for _, what, _ in (*inconsistencies(document), *broken_links(document, shipped()))]


def named(changes: Sequence[FileChange]) -> dict[str, FileChange]:
    assert len({change.key for change in changes}) == len(changes)
    return {change.key: change for change in changes}


def test_a_file_that_says_the_same_changes_nothing() -> None:
    assert problems(workshop()) == []
    assert changes_between(state_of(workshop()), workshop(), shipped()) == ()


def test_the_newline_at_the_end_of_a_text_in_a_file_is_no_difference() -> None:
    risks = [{"id": "k1", "text": "Late\n", "owner": "Ben"}]
    assert changes_between(state_of(workshop()), workshop(risks=risks), shipped()) == ()


def brought(wanted: Workshop, who: Author = FAY, state: State | None = None) -> tuple[Workshop, dict[str, str]]:
    """Bring a file back whole; return the document after it, and what was refused."""
    state = state or state_of(workshop())
    after, refused = taken(state, changes_between(state, wanted, shipped()), who)
    return document_of(after), refused


def left(after: Workshop, wanted: Workshop) -> list[Difference]:
    return list(differences(arrange(after, shipped()), arrange(wanted, shipped())))


def test_a_note_between_two_that_stand_at_one_place_still_gets_between_them() -> None:
    place = {"canvas": STACK, "block": "value", "pos": 1.0}
    state = state_of(workshop(), ("set", "note:n2", "place", place))
    notes = [{"id": "n1", "text": "one"}, {"id": "new", "text": "new"}, {"id": "n2", "text": "two"}]
    wanted = workshop(
        canvases={
            **BASE["canvases"],
            STACK: {**BASE["canvases"][STACK], "value": [*notes, {"id": "n3", "text": "three"}]},
        }
    )
    after, refused = brought(wanted, state=state)
    assert refused == {}
    assert [note.id for note in after.canvases[STACK]["value"]] == ["n1", "new", "n2", "n3"]


def test_what_was_deleted_comes_back_under_its_name() -> None:
    live = [("set", item, "deleted", True) for item in ("note:n4", "task:t2", "risk:k1", "row:monitoring-plan/r1")]
    live += [("set", "answer:data.schema", "deleted", True), ("set", "target:google", "deleted", True)]
    state = state_of(workshop(), *live)
    after, refused = brought(workshop(), state=state)
    assert (refused, left(after, workshop())) == ({}, [])


def test_recorded_decisions_cannot_be_changed_nor_numbered_by_a_file() -> None:
    changed = [{**BASE["decisions"][0], "because": "Better"}, *BASE["decisions"][2:]]
    new = {**BASE["decisions"][1], "number": 7, "slot": "monitoring.drift", "choice": "none-yet", "status": "accepted"}
    wanted = workshop(decisions=[*changed, new])
    state = state_of(workshop())
    after, refused = brought(wanted, state=state)
    assert after == document_of(state)
    assert set(refused) == {"decisions/1", "decisions/2", "decisions/7"}
    assert "for ever" in refused["decisions/1"]
    assert "stays" in refused["decisions/2"]
    assert "Numbers are given here" in refused["decisions/7"]


def test_what_becomes_of_a_proposal_is_only_the_facilitators() -> None:
    accepted = {**BASE["decisions"][1], "status": "accepted", "status_on": "2026-11-20", "status_because": "Tried"}
    wanted = workshop(decisions=[BASE["decisions"][0], accepted, *BASE["decisions"][2:]])
    after, refused = brought(wanted)
    assert (refused, left(after, wanted)) == ({}, [])
    after, refused = brought(wanted, ANNE)
    assert after == document_of(state_of(workshop()))
    assert refused == {"decisions/2": "Only the facilitator says what becomes of a recorded decision."}
    without = {**accepted, "status_because": None}
    _, refused = brought(workshop(decisions=[BASE["decisions"][0], without, *BASE["decisions"][2:]]))
    assert "when and why" in refused["decisions/2"]


def test_a_locked_block_is_refused_to_participants_and_the_rest_is_not_lost() -> None:
    state = state_of(workshop(), ("set", "room:", "locked", ["value"]))
    wanted = workshop(
        title="Other",
        canvases={
            **BASE["canvases"],
            STACK: {**BASE["canvases"][STACK], "value": BASE["canvases"][STACK]["value"][:2]},
        },
    )
    after, refused = brought(wanted, ANNE, state)
    assert after.title == "Other"
    assert list(refused.values()) == ["The facilitator has locked this block."]
    assert left(brought(wanted, FAY, state)[0], wanted) == []


def test_notes_are_not_brought_into_a_private_round() -> None:
    state = state_of(workshop(), ("set", "room:", "private", True))
    value = [*BASE["canvases"][STACK]["value"], {"id": "new", "text": "new"}]
    wanted = workshop(canvases={**BASE["canvases"], STACK: {**BASE["canvases"][STACK], "value": value}})
    _, refused = brought(wanted, state=state)
    assert "after the reveal" in refused["notes/stack-canvas/value/new"]


def test_a_draft_is_not_taken_over_without_the_note_that_it_names() -> None:
    data = [*BASE["canvases"][STACK]["data"], {"id": "new", "text": "new"}]
    draft = {"slot": "monitoring.drift", "status": "draft", "choice": "none-yet", "drivers": ["new"]}
    wanted = workshop(
        canvases={**BASE["canvases"], STACK: {**BASE["canvases"][STACK], "data": data}},
        decisions=[*BASE["decisions"], draft],
    )
    state = state_of(workshop())
    changes = named(changes_between(state, wanted, shipped()))
    _, refused = taken(state, [changes["decisions/monitoring.drift"]])
    assert "A note that this names is not there" in refused["decisions/monitoring.drift"]
    assert taken(state, list(changes.values()))[1] == {}


def test_a_change_that_somebody_made_meanwhile_is_not_what_was_seen() -> None:
    wanted = workshop(title="File", team="File")
    seen = changes_between(state_of(workshop()), wanted, shipped())
    now = named(changes_between(state_of(workshop(), ("set", "workshop:", "title", "Live")), wanted, shipped()))
    assert [change.key for change in seen if change.still_in(now)] == ["workshop/team"]


def test_what_was_taken_over_is_one_step_that_can_be_taken_back(tmp_path: Path) -> None:
    store = Store.in_folder(tmp_path, clock=lambda: AT)
    room = store.create(workshop())
    before = store.document(room)
    wanted = workshop(
        title="Other",
        tasks=[{"id": "t2", "title": "Call"}, {"id": "t1", "title": "Sort", "after": ["t2"]}],
        risks=[],
        tables={"monitoring-plan": [{"id": "r2", "title": "Another", "cells": {"threshold": "1"}}]},
        answers=[{"id": "data.tests", "value": "automated"}],
        decisions=BASE["decisions"][:2],
    )

    def make(state: State) -> Sequence[Op]:
        return judged(changes_between(state, wanted, shipped()), state, shipped(), ANNE, AT, "brought").ops

    events = store.apply_made(room, make, ANNE, shipped())
    assert left(store.document(room), wanted) == []
    assert {event.op_id for event in events} == {"brought"}
    assert [event.part for event in events] == list(range(len(events)))
    store.apply(room, Op(op_id="back", action="undo", item="workshop:", value="brought"), ANNE, shipped())
    assert left(store.document(room), before) == []


@pytest.mark.parametrize("name", ["platform-at-scale", "open-source-mlops-package"])
def test_an_example_is_brought_into_an_empty_workshop(name: str) -> None:
    """All that a file can say comes over, but for recorded decisions and the dots that were counted elsewhere."""
    wanted = load_workshop(EXAMPLES / f"{name}.workshop.yaml")
    state = state_of(Workshop(title="Empty"))
    changes = changes_between(state, wanted, shipped())
    after, refused = taken(state, changes)
    impossible = {c.key for c in changes if c.refused is not None}
    assert set(refused) == impossible
    told = {(d.group, d.id, d.field) for change in changes if change.key in refused for d in change.differences}
    assert {(d.group, d.id, d.field) for d in left(document_of(after), wanted)} <= told
    assert all(key.startswith("decisions/") or key.endswith("/votes") for key in impossible)


# What somebody does to a file, as changes of its plain data; what makes no valid file is not done.
Edit = Callable[[dict[str, Any]], None]
IDS = st.sampled_from(["n1", "n2", "n3", "n4", "n5", "x1", "x2"])
TEXTS = st.sampled_from(["a", "b", "two\nlines", "ü"])
BLOCKS = st.sampled_from([(STACK, "value"), (STACK, "data"), (STACK, "serving"), ("parking-lot", "parked")])


def _entry(name: str, key: str, ids: Sequence[str], fields: dict[str, Sequence[Any]], need: dict[str, Any]) -> Any:
    """Return edits of a list: an entry goes, comes, or has another value in a field."""

    def edit(data: dict[str, Any], id_: str, field: str, value: Any, *, gone: bool) -> None:
        entries = data.setdefault(name, [])
        found = next((entry for entry in entries if entry.get(key) == id_), None)
        if gone:
            data[name] = [entry for entry in entries if entry is not found]
            return
        if found is None:
            entries.append(found := {key: id_, **need})
        found[field] = value

    pairs = [(field, value) for field, values in fields.items() for value in values]
    return st.builds(
        lambda id_, pair, gone: lambda data: edit(data, id_, *pair, gone=gone),
        st.sampled_from(ids), st.sampled_from(pairs), st.sampled_from([True, False, False]),
    )  # fmt: skip


def _note(id_: str, where: tuple[str, str], place: int, said: dict[str, Any], gone: bool) -> Edit:
    def edit(data: dict[str, Any]) -> None:
        boards = data.setdefault("canvases", {})
        found: dict[str, Any] = {"id": id_, "text": "new"}
        for blocks in boards.values():
            for notes in blocks.values():
                for note in [note for note in notes if note["id"] == id_]:
                    notes.remove(note)
                    found = note
        if not gone:
            notes = boards.setdefault(where[0], {}).setdefault(where[1], [])
            notes.insert(place, {**found, **said})

    return edit


SAID = st.one_of(
    st.builds(lambda text: {"text": text}, TEXTS),
    st.sampled_from([{}, {"kind": "risk"}, {"source": "Ben"}, {"source": None}, {"votes": 2}]),
)
GONE = st.sampled_from([True, False, False, False])
NOTES = st.builds(_note, IDS, BLOCKS, st.integers(0, 3), SAID, GONE)


def _set(field: str, values: Sequence[Any]) -> Any:
    return st.builds(lambda value: lambda data: data.__setitem__(field, value), st.sampled_from(values))


def _cell(row: str, title: str | None, column: str, value: Any, gone: bool) -> Edit:
    def edit(data: dict[str, Any]) -> None:
        rows = data.setdefault("tables", {}).setdefault("monitoring-plan", [])
        found = next((entry for entry in rows if entry["id"] == row), None)
        if found is not None and gone:
            rows.remove(found)
        elif not gone:
            if found is None:
                rows.append(found := {"id": row, "title": title, "cells": {}})
            found.setdefault("cells", {})[column] = value

    return edit


def _decision(which: str, said: dict[str, Any] | None) -> Edit:
    def edit(data: dict[str, Any]) -> None:
        listed = data.setdefault("decisions", [])
        if said and not (which.isdecimal() or "." in which) and said.keys() & {"beside", "like", "options"}:
            # Beyond the slots there are no choices of the catalog; the workshop would refuse it.
            return
        named = {str(d.get("number") or d.get("slot") or d.get("title")): d for d in listed}
        if said is None:
            listed[:] = [d for d in listed if d is not named.get(which)]
        elif which in named:
            named[which].update(said)
        else:
            key = "slot" if "." in which else "title"
            number = (
                {"number": int(which), "slot": "monitoring.drift", "status": "accepted"} if which.isdecimal() else {}
            )
            listed.append(
                {"status": "draft", "choice": "none-yet", key: which, **number, **said}
                if not number
                else {"choice": "none-yet", **number, **said}
            )

    return edit


DRAFTS = st.builds(
    _decision,
    st.sampled_from(["1", "2", "9", "pipeline.orchestrator", "monitoring.drift", "Where we meet", "Another"]),
    st.sampled_from(
        [
            None, {"because": "Other"}, {"because": None}, {"drivers": ["n1"]}, {"drivers": []}, {"drivers": ["x1"]},
            {"choice": "other: own words", "like": "make"}, {"choice": "dvc", "beside": ["make"], "like": None},
            {"choice": "not-applicable", "beside": [], "like": None}, {"options": ["dvc"]}, {"choice": "other: wiki"},
            {"status": "deprecated", "status_on": "2026-11-20", "status_because": "Old"},
            {"status": "accepted", "status_on": "2026-11-20", "status_because": "Tried"},
            {"status": "rejected"}, {"decided_on": "2026-11-03"},
        ]
    ),
)  # fmt: skip

EDITS = st.one_of(
    NOTES,
    DRAFTS,
    _set("title", ["Other", "Parcel delays"]),
    _set("team", [None, "Ops"]),
    _set("date", [None, "2026-10-01"]),
    _set("slug", [None, "parcels"]),
    _set("editions", [{}, {"google": "2021", "azure": "1"}]),
    _set("models", [[], ["azure", "google"], ["google", "azure"]]),
    _entry(
        "requirements", "id", ["latency-p95", "regulated", "team-size"],
        {"value": [150, 20, None], "state": ["open", "assumed", "decided", "not-applicable"], "reason": [None, "So"],
         "source": ["Ann", None], "unit": ["ms", "s", None]},
        {"state": "open"},
    ),
    _entry(
        "tasks", "id", ["t1", "t2", "t3"],
        {"title": ["Do"], "after": [[], ["t1"], ["t2"], ["t3"], ["t1", "t3"]], "prediction": [False, True, None],
         "gain": [0.0, 5.0, None], "note": ["x", None]},
        {"title": "New"},
    ),
    _entry(
        "risks", "id", ["k1", "k2"],
        {"text": ["Other"], "block": ["data", None], "residual": ["open", None], "owner": ["Ann", None]},
        {"text": "New"},
    ),
    _entry(
        "answers", "id", ["data.schema", "data.privacy-controls", "model.code-review"],
        {"value": ["none", "automated", None], "state": ["answered", "unknown", "not-applicable"],
         "reason": ["So", None], "evidence": [[], [{"ref": "a"}]], "spread": [{"none": 2}, {}],
         "dissent": ["No", None], "revision": [1, 2]},
        {"state": "unknown"},
    ),
    _entry("targets", "model", ["google", "azure"], {"value": [1.0, 2.0], "by": ["2027-05-05", None]}, {"value": 3.0}),
    _entry(
        "assignments", "id", ["data.schema", "model.code-review"],
        {"owner": ["Ann", "Ben", None], "by": ["2027-05-05", None]}, {},
    ),
    st.builds(
        _cell, st.sampled_from(["r1", "r2"]), st.just("Mine"), st.sampled_from(["threshold"]),
        st.sampled_from(["5 in 100", "1"]), GONE,
    ),
)  # fmt: skip
# What was deleted live before the file comes back, so that some of its names are taken.
DELETED = st.lists(
    st.sampled_from(["note:n2", "note:n4", "task:t1", "risk:k1", "row:monitoring-plan/r1", "target:google",
                     "draft:own-4"]),
    unique=True, max_size=4,
)  # fmt: skip


def edited(edits: Sequence[Edit]) -> Workshop:
    """Return the file after these edits, each as far as it leaves a valid file."""
    document = workshop()
    for edit in edits:
        data = document.model_dump(mode="json")
        edit(data)
        try:
            then = Workshop.model_validate(data)
        except ValueError:
            continue
        document = document if problems(then) else then
    return document


def test_a_note_that_comes_back_does_not_bring_back_that_a_draft_rested_on_it() -> None:
    state = state_of(workshop(), ("set", "note:n2", "deleted", True))
    wanted = edited([_decision("pipeline.orchestrator", {"drivers": []})])
    after, refused = taken(state, changes_between(state, wanted, shipped()))
    assert refused == {}
    assert left(document_of(after), wanted) == []
    # Where the file says so, it does.
    after, refused = taken(state, changes_between(state, workshop(), shipped()))
    [draft] = [one for one in document_of(after).decisions if one.slot == "pipeline.orchestrator" and not one.number]
    assert draft.drivers == ("n2",)


@settings(deadline=None, max_examples=200)
@given(st.lists(EDITS, max_size=25), DELETED)
def test_taking_all_over_makes_the_documents_equal_but_for_what_is_told(edits: list[Edit], deleted: list[str]) -> None:
    state = state_of(workshop(), *(("set", item, "deleted", True) for item in deleted))
    wanted = edited(edits)
    changes = changes_between(state, wanted, shipped())
    named(changes)
    found = Counter(map(repr, differences(*(arrange(w, shipped()) for w in (document_of(state), wanted)))))
    told = Counter(repr(difference) for change in changes for difference in change.differences)
    assert not found - told, "each difference is part of a change"
    assert all(change.refused for change in changes for d in change.differences if repr(d) not in found)
    after, refused = taken(state, changes)
    assert set(refused) == {change.key for change in changes if change.refused is not None}
    impossible = {(d.group, d.id, d.field) for c in changes if c.key in refused for d in c.differences}
    rest = [d for d in left(document_of(after), wanted) if (d.group, d.id, d.field) not in impossible]
    assert rest == []
    assert problems(document_of(after)) == []


@settings(deadline=None, max_examples=200)
@given(st.lists(EDITS, max_size=25), DELETED, st.data())
def test_taking_some_over_leaves_a_valid_workshop(edits: list[Edit], deleted: list[str], data: st.DataObject) -> None:
    state = state_of(workshop(), *(("set", item, "deleted", True) for item in deleted))
    changes = changes_between(state, edited(edits), shipped())
    some = [change for change in changes if data.draw(st.booleans())]
    after, _ = taken(state, some)
    assert problems(document_of(after)) == []
