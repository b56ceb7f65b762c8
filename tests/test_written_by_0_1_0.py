"""All that version 0.1.0 wrote opens with this version, holds what the old code read in it, and can be gone on with."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from canvas.document.file import load_workshop
from canvas.document.workshop import Workshop
from canvas.errors import LinkRefused
from canvas.log.blind_answers import own_judgements
from canvas.log.events import VERSION, State, fold
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.log.upgrades import event_from
from canvas.method.load import shipped
from canvas.store.access import Access
from canvas.store.backup import restore
from canvas.store.export import LOG, all_events
from canvas.store.lookback import moments
from canvas.store.store import Store
from tests.databases import KINDS
from tests.old_databases import OLD, SECRET, expected, put_old_database
from tests.views.test_cli import run

LEAD = Author("lead", "facilitator")
Known = dict[str, Any]


@pytest.fixture(params=KINDS)
def old(request: pytest.FixtureRequest, empty_database: Callable[[str], str]) -> Iterator[tuple[Store, Known]]:
    """A database that version 0.1.0 wrote, opened by this one, and what the old code read in it."""
    address = empty_database(request.param)
    put_old_database(address)
    with closing(Store(address)) as store:
        yield store, expected(address)


def holds(store: Store, known: Known) -> None:
    for workshop, told in known.items():
        assert plain(store.read(workshop, State.dump)) == told["state"]
        assert in_file(store.document(workshop)) == of_today(told)


def of_today(told: Known) -> dict[str, Any]:
    """Return the document that version 0.1.0 read, without the deleted notes that it named as drivers of decisions."""
    gone = [key.removeprefix("note:") for key, item in told["state"]["items"].items() if "deleted" in item["p"]]
    document: dict[str, Any] = json.loads(json.dumps(told["document"]))
    for decision in document.get("decisions", ()):
        if "drivers" in decision:
            decision["drivers"] = [driver for driver in decision["drivers"] if driver not in gone]
    return document


def plain(dump: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in json.loads(json.dumps(dump)).items() if name != "version"}


def in_file(document: Workshop) -> dict[str, Any]:
    return document.model_dump(mode="json", exclude_defaults=True, exclude_none=True)


def test_a_database_holds_what_it_held(old: tuple[Store, Known]) -> None:
    store, known = old
    holds(store, known)
    assert len(known) == 3
    for workshop in known:
        events = list(all_events(store, workshop))
        assert fold(events).dump() == store.read(workshop, State.dump)
        assert {event.version for event in events} == {VERSION}


def test_links_cookies_and_names_of_before_still_open_it(old: tuple[Store, Known]) -> None:
    store, known = old
    access = Access(store, SECRET)
    refused = 0
    for workshop, told in known.items():
        assert access.names(workshop) == told["names"]
        for role, cookie in told["cookies"].items():
            assert access.member(workshop, cookie).role == role
        for role, token in told["tokens"].items():
            try:
                assert access.invited(token) == (workshop, role)
            except LinkRefused:
                refused += 1
    assert refused == 1, "the link that was taken back"


def test_a_room_in_the_middle_of_a_round_goes_on(old: tuple[Store, Known]) -> None:
    store, known = old
    workshop = next(workshop for workshop, told in known.items() if told["document"]["title"] == "Running")
    access = Access(store, SECRET)
    tom = access.member(workshop, known[workshop]["cookies"]["participant"])
    assert store.read(workshop, lambda state: own_judgements(state, tom.id)) == {"data.schema": "automated"}
    shown = [note.id for _, note in store.document(workshop).notes("stack-canvas")]
    store.apply(workshop, Op(op_id="reveal", action="set", item="room:", prop="private", value=False), LEAD, shipped())
    revealed = [note.id for _, note in store.document(workshop).notes("stack-canvas")]
    assert (shown, sorted(revealed)) == (["open"], ["alone", "open"])


def test_going_back_to_a_moment_of_before_and_undoing_work_over_the_upgrade(old: tuple[Store, Known]) -> None:
    store, known = old
    workshop = next(workshop for workshop, told in known.items() if told["document"]["title"].startswith("Parcel"))
    (moment,) = store.read(workshop, moments)
    store.apply(workshop, Op(op_id="back-then", action="restore", item="", value=moment.at), LEAD, shipped())
    document = store.document(workshop)
    assert (document.answers == (), len(document.decisions)) == (False, 5), "decisions stay, later answers go"
    assert "monitoring.drift" not in {answer.id for answer in document.answers}


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_restores_into_either_database(empty_database: Callable[[str], str], kind: str) -> None:
    with closing(Store(empty_database(kind))) as store:
        with (OLD / "canvas.backup").open("rb") as source:
            assert restore(store, source) > 100
        holds(store, expected("sqlite"))


def test_an_exported_log_folds_to_what_it_was() -> None:
    with zipfile.ZipFile(OLD / "workshop.zip") as archive:
        events = [event_from(json.loads(line)) for line in archive.read(LOG).splitlines()]
    (told,) = (told for told in expected("sqlite").values() if told["state"]["seq"] == len(events))
    state = fold(events)
    assert plain(state.dump()) == told["state"]
    assert in_file(document_of(state)) == of_today(told)


def test_a_workshop_file_holds_what_it_held() -> None:
    file = load_workshop(OLD / "parcels.workshop.yaml")
    (told,) = (told for told in expected("sqlite").values() if told["document"]["title"] == file.title)
    assert in_file(file) == told["document"]


def test_a_pack_is_read_and_scores(tmp_path: Path) -> None:
    (tmp_path / "ours.workshop.yaml").write_text("format: 1\ntitle: Ours\n", encoding="utf-8")
    pack = str(OLD / "on-call")
    done = run("score", "--packs", pack, "ours.workshop.yaml", "--model", "on-call", "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [model["id"] for model in json.loads(done.stdout)["models"]] == ["on-call"]
