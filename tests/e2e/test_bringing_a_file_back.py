"""A workshop file that was changed elsewhere comes back into the workshop that it came from, in the real app."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from canvas.document.workshop import Workshop
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from tests.e2e.board_page import add_note
from tests.e2e.conftest import OpenBoard
from tests.e2e.watching import rests
from tests.live_server import Server

# The first look at the page of a workshop makes its project.
PROJECT_S = 60.0


@pytest.fixture
def room(app: Server) -> dict[str, str]:
    decision = {
        "number": 1, "slot": "serving.runtime", "status": "accepted", "choice": "fastapi", "because": "Enough",
        "decided_on": "2026-11-02",
    }  # fmt: skip
    document = {"title": "Parcel delays", "team": "Data", "date": "2026-11-02", "decisions": [decision]}
    return app.new_workshop(document=Workshop.model_validate(document))


def rest(page: Page) -> None:
    assert rests(page, PROJECT_S), f"the page still runs: {page.url}"


def downloaded(page: Page) -> str:
    """Go to what is taken home, and return the workshop file."""
    page.get_by_test_id("stSidebar").get_by_role("link", name="Take home").click()
    expect(page.get_by_text("Why this file")).to_be_visible(timeout=PROJECT_S * 1000)
    rest(page)
    with page.expect_download() as begun:
        page.get_by_role("button", name="YAML").click()
    return Path(begun.value.path()).read_text(encoding="utf-8")


def choose(page: Page, file: Path, text: str) -> None:
    """Choose a file with this text, once the page has taken in what was chosen before."""
    rest(page)
    file.write_text(text, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    rest(page)


def with_edits(text: str, edits: dict[str, str]) -> str:
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    return text


def test_what_is_ticked_is_taken_over_and_what_cannot_be_is_told(
    app: Server, room: dict[str, str], open_board: OpenBoard, tmp_path: Path
) -> None:
    page = open_board(room["facilitator"])
    add_note(page, "data", "written here")
    text = downloaded(page)
    page.get_by_text("Bring back a changed file").click()
    choose(page, tmp_path / "wrong.workshop.yaml", text.replace("status: accepted", "status: acepted"))
    expect(page.get_by_text("Nothing was changed")).to_be_visible()
    expect(
        page.get_by_text(re.compile(r"wrong\.workshop\.yaml:\d+: .*acepted.*Did you mean 'accepted'\?"))
    ).to_be_visible()

    edits = {"title: Parcel delays": "title: Parcels in time", "team: Data": "team: Depot"}
    edits |= {"text: written here": "text: written elsewhere", "because: Enough": "because: Fast"}
    choose(page, tmp_path / "mended.workshop.yaml", with_edits(text, edits))
    accept = page.get_by_role("button", name=re.compile("^Accept"))
    expect(accept).to_have_text("Accept 3 changes")
    expect(page.get_by_text("Recorded decisions are for ever. Choose this as a new one")).to_be_visible()
    store = app.store()
    somebody = Op(op_id="meanwhile", action="set", item="workshop:", prop="team", value="Somebody else's")
    store.apply(room["workshop"], somebody, Author("somebody", "participant"), shipped())
    accept.click()
    expect(page.get_by_text("2 changes taken over, as one step of the history.")).to_be_visible()
    rest(page)
    expect(page.get_by_text("Somebody has changed this meanwhile. Look at it again.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Team")).not_to_be_checked()
    expect(accept).to_have_text("Accept 0 changes")
    expect(page.locator("h1.title")).to_have_text("Parcels in time")
    now = store.document(room["workshop"])
    assert (now.title, now.team, now.decisions[0].because) == ("Parcels in time", "Somebody else's", "Enough")
    assert [note.text for _, note in now.notes("stack-canvas")] == ["written elsewhere"]

    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("h1.title")).to_have_text("Parcel delays")
    now = store.document(room["workshop"])
    assert [note.text for _, note in now.notes("stack-canvas")] == ["written here"]
    store.close()


@pytest.mark.long
def test_the_start_page_offers_the_workshop_that_a_file_comes_from(
    app: Server, room: dict[str, str], open_board: OpenBoard, tmp_path: Path
) -> None:
    page, file = open_board(room["participant"]), tmp_path / "mine.workshop.yaml"
    add_note(page, "data", "written here")
    text = downloaded(page)
    page.goto(app.url)
    choose(page, file, text.replace("team: Data", "team: Depot"))
    expect(
        page.get_by_text("It has 2 of the file's 2 notes, tasks, risks, rows and recorded decisions.")
    ).to_be_visible()
    expect(page.get_by_role("button", name="Open as a new workshop")).to_be_visible()
    page.get_by_role("button", name="Bring it into Parcel delays").click()
    accept = page.get_by_role("button", name="Accept 1 change")
    accept.click(timeout=PROJECT_S * 1000)
    expect(page.get_by_text("1 change taken over, as one step of the history.")).to_be_visible()
    store = app.store()
    assert store.document(room["workshop"]).team == "Depot"
    store.close()
