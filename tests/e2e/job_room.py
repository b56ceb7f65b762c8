"""The walk, part one: how the room comes together, is led through the course, writes alone, reveals and votes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from playwright.sync_api import expect

from canvas.method.steps import AgendaEntry
from tests.e2e.board_page import block, editor, expect_saved, note, notes
from tests.e2e.job_entered import CONTENT, COURSE, DOTS, NOTES, TEAM, TITLE, VOTES, Entered
from tests.e2e.people import Person


@dataclass
class Room:
    """A facilitator and the others by their names, and what they have entered together."""

    facilitator: Person
    others: Mapping[str, Person]
    entered: Entered = field(default_factory=Entered)

    @property
    def everybody(self) -> dict[str, Person]:
        return {"facilitator": self.facilitator, **self.others}

    def look(self, name: str) -> None:
        self.facilitator.look(name)


def begin(leader: Person, address: str) -> None:
    """Type the one address, say what is built and how much time there is, and start."""
    page = leader.page
    page.goto(address)
    leader.write(leader.field("What are you building?"), TITLE)
    leader.write(leader.field("Team (optional)"), TEAM)
    leader.press(page.get_by_role("radio", name=CONTENT.agendas[COURSE].title, exact=True))
    leader.rest()
    leader.look("start")
    leader.press(leader.button("Start"))
    leader.is_at(CONTENT.steps["canvas"].title)


def invitation(leader: Person) -> str:
    """Return the address that the invite dialog shows for everybody in the room."""
    leader.press(leader.button("Invite"))
    dialog = leader.page.get_by_role("dialog")
    shown = dialog.get_by_test_id("stCode").first
    expect(shown).to_contain_text("/join/")
    leader.rest()
    leader.look("invite")
    address = shown.inner_text().strip()
    leader.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    return address


def join(person: Person, address: str) -> None:
    """Type the one address, and the name that the others see."""
    person.page.goto(address)
    person.write(person.page.get_by_label("Your name"), person.name)
    person.press(person.button("Join"))
    person.is_at(CONTENT.steps["canvas"].title)


def course(room: Room) -> Iterator[AgendaEntry]:
    """Lead everybody from entry to entry of the course; yield each when all are there, who leads among them."""
    for index, entry in enumerate(CONTENT.agendas[COURSE].entries):
        room.facilitator.press(room.facilitator.button("Next" if index else "Start the agenda"))
        title = CONTENT.steps[entry.step].title
        for person in room.everybody.values():
            person.follow(title)
            expect(person.page.locator(".agenda")).to_have_text(entry.title)
            expect(person.page.locator(".sentence")).to_have_text(entry.instruction)
        yield entry


def write_alone(room: Room) -> None:
    """Everybody writes what the others do not see before the reveal."""
    leader = room.facilitator
    leader.press(leader.page.get_by_role("switch", name="Private writing"))
    expect(leader.page.get_by_role("switch", name="Private writing")).to_be_checked()
    for name, person in room.everybody.items():
        if person is not leader:
            expect(person.page.locator(".state", has_text="Private writing")).to_be_visible()
        for where, text in NOTES[name]:
            _add_note(person, where, text)
            room.entered.notes.setdefault(where, []).append(text)
    for name, person in room.everybody.items():
        own = [text for _, text in NOTES[name]]
        shown = person.page.locator(".grid .note .text")
        expect(shown).to_have_count(len(own))
        assert sorted(shown.all_text_contents()) == sorted(own)


def _add_note(person: Person, where: str, text: str) -> None:
    person.press(block(person.page, where).locator("button.add"))
    person.page.keyboard.type(text)
    person.press(person.page.locator(".note.editing").get_by_role("button", name="Save", exact=True))
    expect_saved(person.page)
    expect(editor(person.page)).to_have_count(0)


def reveal(room: Room) -> None:
    """Show all notes to all."""
    leader = room.facilitator
    written = sum(len(texts) for texts in NOTES.values())
    leader.press(leader.button(f"Reveal {written} notes"))
    for person in room.everybody.values():
        for where, texts in room.entered.notes.items():
            expect(notes(person.page, where).locator(".text")).to_have_count(len(texts))
        person.rest()
    room.look("canvas-revealed")


def vote(room: Room) -> None:
    """Everybody but who leads puts dots on notes; then the result is shown to all."""
    leader = room.facilitator
    leader.fill_in("dots each", str(DOTS))
    leader.press(leader.page.get_by_role("switch", name="Vote"))
    for name, texts in VOTES.items():
        person = room.others[name]
        for given, text in enumerate(texts, 1):
            person.press(note(person.page, text).get_by_role("button", name="Give a dot"))
            expect(person.page.locator(".vote")).to_contain_text(re.compile(rf"\b{DOTS - given} dots? left"))
            room.entered.votes[text] = room.entered.votes.get(text, 0) + 1
        expect_saved(person.page)
    expect(leader.page.locator(".vote")).to_contain_text(f"{len(VOTES)} voted")
    leader.press(leader.button("Show the result"))
    first = max(room.entered.votes, key=lambda text: room.entered.votes[text])
    for person in room.everybody.values():
        person.press(person.button("Result of the vote"))
        top = person.page.get_by_role("dialog").locator(".top-entry").first
        expect(top.locator(".top-text")).to_have_text(first)
        expect(top.locator(".top-dots")).to_have_text(f"{room.entered.votes[first]} dots")
        person.page.keyboard.press("Escape")
        person.rest()
