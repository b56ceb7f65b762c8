"""The whole job, as people do it: from the start page to the last download, then again from the file at the terminal.

One facilitator, a participant with a small laptop and one with a phone. Clicks, touches and keys; one address for each.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

from canvas.document.file import load_workshop
from templates.plan import choice_title
from tests.e2e.job_entered import CONTENT, MODEL, OWNER, OWNER_DAY, TARGET, TARGET_DAY, TEAM, TITLE, Entered
from tests.e2e.job_method import ASKED, PRACTICES, answer_all, answer_practices, decide_all, plan_the_way
from tests.e2e.job_room import Room, begin, course, invitation, join, reveal, vote, write_alone
from tests.e2e.job_taken import Taken, take_all
from tests.e2e.people import Person
from tests.e2e.watching import Watcher
from tests.live_server import ROOT, Server

HOME = {"PDF", "Markdown", "SVG", "PNG", "DOT", "Mermaid", "All records", "Model card", "Datasheet", "YAML"}
PROJECT, BLANK = "Project (zip)", "Blank canvas to print (A3)"
WAY = {"Markdown", "CSV", "Issues (JSON)"}


@dataclass(frozen=True)
class Job:
    """The job when it is done: what was entered, and what was taken home, by its button."""

    entered: Entered
    home: Mapping[str, Taken]
    way: Mapping[str, Taken]
    blank: Taken
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / self.home["YAML"].name


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, for this walk alone: what is in its log happened here."""
    running = Server(tmp_path_factory.mktemp("walked"))
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def room(browser: Browser, server: Server) -> Iterator[Room]:
    """Three people with their browsers, none of them anywhere yet."""
    watcher = Watcher(f"http://127.0.0.1:{server.port}", server.log)
    leader = Person.with_browser(browser, "Ana", 1440, watcher)
    others = {
        "participant": Person.with_browser(browser, "Ben", 1024, watcher),
        "phone": Person.with_browser(browser, "Chloé", 390, watcher, touch=True),
    }
    yield Room(leader, others)
    for person in (leader, *others.values()):
        person.page.context.close()


@pytest.fixture(scope="module")
def job(room: Room, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Do the whole job."""
    folder, leader, entered = tmp_path_factory.mktemp("home"), room.facilitator, room.entered
    begin(leader, f"http://127.0.0.1:{server.port}")
    address = invitation(leader)
    for person in room.others.values():
        join(person, address)
    ways: dict[str, Taken] = {}
    for entry in course(room):
        if entry.id in ("entry", "readiness"):
            answer_all(room.others["participant" if entry.id == "entry" else "phone"], entry.step, entered)
        elif entry.id == "phase-zero":
            answer_all(leader, entry.step, entered)
            advice = leader.page.locator("#question .track .on")
            entered.shown["go"] = advice.evaluate("(outcome) => outcome.firstChild.textContent")
        elif entry.id == "value":
            write_alone(room)
        elif entry.id == "metadata":
            reveal(room)
        elif entry.id == "vote":
            vote(room)
        elif entry.id == "decide":
            decide_all(leader, entered)
        elif entry.id == "assess":
            answer_practices(leader, entered)
            plan_the_way(leader, entered)
            ways = take_all(leader, WAY, folder)
            entered.shown[MODEL] = standing_shown(leader)
        leader.look(f"stretch-{entry.id}")
    leader.press(leader.page.locator(".st-key-next-step").get_by_role("link", name="Take home"))
    home = take_all(leader, HOME | {PROJECT}, folder)
    leader.press(leader.page.get_by_test_id("stSidebar").get_by_role("link", name="All workshops"))
    expect(leader.page.get_by_role("heading", name="Start a workshop")).to_be_visible()
    blank = take_all(leader, {BLANK}, folder)[BLANK]
    return Job(entered, home, ways, blank, folder)


def standing_shown(person: Person) -> str:
    """Return what the page says of the ML Test Score in its list of all models."""
    person.press(person.page.get_by_role("tab", name="All models"))
    line = person.page.get_by_test_id("stMarkdown").filter(has_text=re.compile(r"^ML Test Score\s*rule of its authors"))
    return " ".join(line.inner_text().split())


def test_everything_entered_is_in_the_file_and_nothing_else(job: Job) -> None:
    found, entered = yaml.safe_load(job.file.read_bytes()), job.entered
    assert (found["title"], found["team"]) == (TITLE, TEAM)
    assert {item["id"]: item["value"] for item in found["requirements"]} == entered.requirements
    assert {item["state"] for item in found["requirements"]} == {"decided"}
    notes = {where: [note["text"] for note in block] for where, block in found["canvases"]["stack-canvas"].items()}
    assert {where: sorted(texts) for where, texts in notes.items()} == {
        where: sorted(texts) for where, texts in entered.notes.items()
    }
    votes = {note["text"]: note["votes"] for block in found["canvases"]["stack-canvas"].values() for note in block
             if note.get("votes")}  # fmt: skip
    assert votes == entered.votes
    assert set(found["canvases"]) == {"stack-canvas"}
    assert {item["id"]: item["value"] for item in found["answers"]} == entered.answers
    assert {item["id"]: item["evidence"][0]["ref"] for item in found["answers"] if item.get("evidence")} == (
        entered.evidence
    )
    assert found["targets"] == [{"model": MODEL, "value": TARGET, "by": TARGET_DAY}]
    assert [(PRACTICES[item["id"]].title, item["owner"], str(item["by"])) for item in found["assignments"]] == [
        (entered.assigned, OWNER, OWNER_DAY)
    ]
    assert not {"tables", "tasks", "risks"} & set(found)


def test_all_decisions_are_recorded_as_they_were_made(job: Job) -> None:
    decisions = load_workshop(job.file).decisions
    assert [
        {"slot": d.slot, "chosen": choice_title(d.choice, CONTENT), "because": d.because, "number": d.number}
        for d in decisions
    ] == job.entered.decisions
    assert {d.status for d in decisions} == {"accepted"}
    assert len(decisions) == len(CONTENT.slots)


def test_every_practice_of_the_model_was_answered(job: Job) -> None:
    assert set(job.entered.answers) == ASKED
    assert len(ASKED) == 28


@pytest.mark.parametrize("button", ["PDF", "Markdown"])
def test_the_report_holds_what_was_entered(job: Job, button: str) -> None:
    words = job.home[button].words()
    for sentence in (*job.entered.said, OWNER, "0.92"):
        assert without_marks(sentence) in without_marks(words), sentence


def without_marks(text: str) -> str:
    """Return the letters and digits of a text: where lines break and what Markdown escapes is not of interest."""
    return re.sub(r"[\W_]+", "", text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))


def test_the_records_hold_every_decision(job: Job) -> None:
    words = job.home["All records"].words()
    for decision in job.entered.decisions:
        assert without_marks(decision["because"]) in without_marks(words)
        assert without_marks(decision["chosen"]) in without_marks(words)


@pytest.mark.parametrize("button", ["SVG", "DOT", "Mermaid"])
def test_the_pictures_name_what_was_chosen(job: Job, button: str) -> None:
    words = job.home[button].words()
    assert len(job.entered.decisions) == len(CONTENT.slots)
    drawn = [d["chosen"] for d in job.entered.decisions if without_marks(d["chosen"]) in without_marks(words)]
    assert len(drawn) >= len(job.entered.decisions) // 2, drawn
    assert re.fullmatch(r"\d{3,5} x \d{3,5}", job.home["PNG"].words())


def test_the_cards_say_for_whom_it_is_and_what_is_asked_of_it(job: Job) -> None:
    card = without_marks(job.home["Model card"].words())
    for requirement in ("prediction-target", "users", "model-owner"):
        assert without_marks(job.entered.requirements[requirement]) in card
    assert "092" in card
    assert TITLE.split()[0] in job.home["Datasheet"].words()


def test_the_roadmap_says_who_and_when_in_each_of_its_files(job: Job) -> None:
    for file in job.way.values():
        words = without_marks(file.words())
        for said in (job.entered.assigned, OWNER, OWNER_DAY):
            assert without_marks(said) in words, file.name


def test_the_project_carries_the_decisions_and_the_numbers(job: Job) -> None:
    archive = zipfile.ZipFile(BytesIO(job.home[PROJECT].data))
    carried = next(name for name in archive.namelist() if name.endswith(".workshop.yaml"))
    assert yaml.safe_load(archive.read(carried)) == yaml.safe_load(job.file.read_bytes())
    assert any(name.endswith("pipeline/train.py") for name in archive.namelist())
    words = without_marks(job.home[PROJECT].words())
    assert all(without_marks(decision["because"]) in words for decision in job.entered.decisions)


def test_the_blank_canvas_has_all_blocks(job: Job) -> None:
    words = without_marks(job.blank.words())
    for block in CONTENT.canvases["stack-canvas"].blocks:
        assert without_marks(block.title) in words


def terminal(job: Job, *words: str) -> str:
    """Run a verb on the exported file in the folder of the downloads; return what it prints."""
    command = [sys.executable, str(ROOT / "cli.py"), *words]
    done = subprocess.run(command, cwd=job.folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def test_the_terminal_finds_nothing_wrong_with_the_file(job: Job) -> None:
    terminal(job, "check", job.file.name)


def test_the_terminal_scores_as_the_page_did(job: Job) -> None:
    printed = terminal(job, "score", job.file.name, "--model", MODEL).splitlines()[0]
    _, _, standing = printed.partition(": ")
    assert standing
    assert job.entered.shown[MODEL] == f"ML Test Score rule of its authors {standing}"


def test_the_terminal_advises_as_the_page_did(job: Job) -> None:
    advised = json.loads(terminal(job, "advise", job.file.name, "--json"))
    titles = {outcome.id: outcome.title for outcome in CONTENT.advisors["go"].outcomes}
    assert titles[advised["go"]["value"]] == job.entered.shown["go"]


@pytest.mark.parametrize(
    ("verb", "button", "name"),
    [
        ("report", "Markdown", "again.md"),
        ("report", "PDF", "again.pdf"),
        ("diagram", "SVG", "again.svg"),
        ("diagram", "PNG", "again.png"),
        ("diagram", "DOT", "again.dot"),
        ("diagram", "Mermaid", "again.mmd"),
    ],
)
def test_the_terminal_writes_the_same_documents(job: Job, verb: str, button: str, name: str) -> None:
    terminal(job, verb, job.file.name, "-o", name)
    assert Taken(button, name, (job.folder / name).read_bytes()).words() == job.home[button].words()


def test_the_terminal_writes_the_same_records_cards_and_project(job: Job) -> None:
    terminal(job, "adr", job.file.name, "-o", "records")
    with zipfile.ZipFile(BytesIO(job.home["All records"].data)) as archive:
        packed = {Path(name).name: archive.read(name) for name in archive.namelist()}
    assert packed == {path.name: path.read_bytes() for path in (job.folder / "records").iterdir()}
    terminal(job, "cards", job.file.name, "-o", "cards")
    cards = {path.read_bytes() for path in (job.folder / "cards").iterdir()}
    assert {job.home["Model card"].data, job.home["Datasheet"].data} <= cards
    terminal(job, "scaffold", job.file.name, "--zip", "again.zip")
    assert (job.folder / "again.zip").read_bytes() == job.home[PROJECT].data


@pytest.mark.parametrize("button", sorted(WAY))
def test_the_terminal_plans_the_same_way(job: Job, button: str) -> None:
    again = f"again-{job.way[button].name}"
    terminal(job, "roadmap", job.file.name, "-o", again)
    assert (job.folder / again).read_bytes() == job.way[button].data
