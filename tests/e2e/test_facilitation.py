"""A room that is led: what the facilitator does, seen in the browsers of the others. Nobody loses a word by it."""

from __future__ import annotations

import re

import pytest
from board_page import add_note, block, drag, editor, expect_saved, expect_texts, note, notes, open_editor
from conftest import OpenBoard
from playwright.sync_api import Page, expect

from tests.e2e.watching import still
from tests.live_server import Server

Two = tuple[Page, Page]

LEAD = """([item, prop, value]) => {
  const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
  client.set(item, prop, value);
}"""


@pytest.fixture
def two(app: Server, open_board: OpenBoard) -> Two:
    """The facilitator, and one participant."""
    links = app.new_workshop()
    return open_board(links["facilitator"]), open_board(links["participant"])


def lead(page: Page, prop: str, value: object) -> None:
    """Set something of the room, as the leader's bar does."""
    page.evaluate(LEAD, ["room:", prop, value])
    expect_saved(page)


def tool(page: Page, name: str) -> None:
    page.locator(".tool-row").get_by_role("button", name=name).click()


def test_private_notes_are_seen_by_nobody_else_until_the_reveal(two: Two) -> None:
    facilitator, participant = two
    lead(facilitator, "private", True)
    expect(participant.locator(".state", has_text="Private writing")).to_be_visible()
    add_note(participant, "data", "not for your eyes")
    expect(note(participant, "not for your eyes").locator(".privacy")).to_be_visible()
    add_note(facilitator, "data", "nor mine for yours")
    expect_texts(facilitator, "data", ["nor mine for yours"])
    lead(facilitator, "private", False)
    expect(note(facilitator, "not for your eyes")).to_be_visible()
    expect(note(participant, "not for your eyes").locator(".privacy")).to_be_hidden()
    expect(participant.locator(".state", has_text="Private writing")).to_be_hidden()


def test_dots_are_given_within_the_budget_and_shown_together(two: Two) -> None:
    facilitator, participant = two
    add_note(facilitator, "data", "few")
    add_note(facilitator, "serving", "many")
    lead(facilitator, "voting", {"state": "open", "budget": 2})
    expect(participant.locator(".vote")).to_have_text("Vote: 2 dots left")
    note(participant, "many").focus()
    participant.keyboard.press("v")
    note(participant, "many").get_by_role("button", name="Give a dot").click()
    expect(participant.locator(".vote")).to_have_text("Vote: 0 dots left")
    note(participant, "few").focus()
    participant.keyboard.press("v")
    expect(participant.locator(".toast")).to_contain_text("Take one back first")
    note(participant, "many").focus()
    participant.keyboard.press("Shift+V")
    note(participant, "few").focus()
    participant.keyboard.press("v")
    expect(note(participant, "few").locator(".mine")).to_have_text("●")
    note(facilitator, "many").get_by_role("button", name="Give a dot").click()
    expect(facilitator.locator(".vote")).to_contain_text("2 voted")
    expect(note(facilitator, "many").locator(".votes")).to_be_empty()
    lead(facilitator, "voting", {"state": "shown"})
    expect(note(participant, "many").locator(".votes")).to_have_text("●●")
    participant.get_by_role("button", name="Result of the vote").click()
    entries = participant.get_by_role("dialog").locator(".top-entry")
    expect(entries.locator(".top-text")).to_have_text(["many", "few"])
    expect(entries.locator(".top-dots")).to_have_text(["2 dots", "1 dot"])
    entries.first.click()
    expect(note(participant, "many")).to_be_focused()
    participant.get_by_role("button", name="Result of the vote").click()
    expect(entries).to_have_count(2)
    lead(facilitator, "voting", {"state": "open", "budget": 3})
    expect(participant.get_by_role("dialog")).to_have_count(0)


def test_the_facilitator_counts_for_people_without_a_browser(two: Two) -> None:
    facilitator, participant = two
    add_note(facilitator, "data", "hands up")
    lead(facilitator, "voting", {"state": "open", "budget": 5})
    tool(facilitator, "Count for the room")
    field = note(facilitator, "hands up").get_by_label("Dots counted in the room")
    field.fill("12")
    field.press("Tab")
    expect_saved(facilitator)
    expect(participant.get_by_label("Dots counted in the room")).to_have_count(1)
    expect(participant.get_by_label("Dots counted in the room")).to_be_hidden()
    lead(facilitator, "voting", {"state": "shown"})
    expect(note(participant, "hands up").locator(".votes")).to_have_text("● 12")


def test_equal_winners_share_the_first_place_and_fill_the_sheet_that_is_presented(two: Two) -> None:
    """Also of hands that the facilitator counted; Escape leaves first the result, then the present view."""
    facilitator, participant = two
    for blk, text in (
        ("value", "one"),
        ("data", "other"),
        ("serving", "less"),
        ("monitoring", "none"),
        ("data", "no dot"),
    ):
        add_note(facilitator, blk, text)
    lead(facilitator, "voting", {"state": "open", "budget": 5})
    tool(facilitator, "Count for the room")
    for text, hands in (("one", "3"), ("other", "3"), ("less", "1")):
        note(facilitator, text).get_by_label("Dots counted in the room").fill(hands)
        note(facilitator, text).get_by_label("Dots counted in the room").press("Tab")
        expect_saved(facilitator)
    block(facilitator, "value").focus()
    facilitator.keyboard.press("p")
    lead(facilitator, "voting", {"state": "shown"})
    result = facilitator.get_by_role("region", name="Result of the vote")
    expect(result.locator(".top-place")).to_have_text(["1 shared", "1 shared", "3"])
    expect(result.locator(".top-text")).to_have_text(["one", "other", "less"])
    expect(result).to_contain_text("2 notes share the first place, with 3 dots each.")
    expect(result).to_contain_text("2 notes without a dot")
    for entry in result.locator(".top-entry").all():
        expect(entry).to_be_in_viewport(ratio=1)
    facilitator.keyboard.press("ArrowRight")
    expect(block(facilitator, "value")).to_have_class(re.compile("filled"))
    expect(result).to_be_hidden()
    facilitator.keyboard.press("ArrowLeft")
    expect(result).to_be_visible()
    facilitator.keyboard.press("Escape")
    expect(result).to_be_hidden()
    expect(facilitator.get_by_role("button", name="Leave (Esc)")).to_be_visible()
    facilitator.keyboard.press("Escape")
    expect(facilitator.get_by_test_id("stSidebar")).to_be_visible()
    participant.get_by_role("button", name="Result of the vote").click()
    expect(participant.get_by_role("dialog").locator(".top-place")).to_have_text(["1 shared", "1 shared", "3"])


def test_a_locked_block_is_left_alone_by_participants_and_open_to_the_facilitator(two: Two) -> None:
    facilitator, participant = two
    add_note(facilitator, "data", "settled")
    lead(facilitator, "locked", ["data"])
    expect(block(participant, "data").locator(".lock")).to_be_visible()
    expect(block(participant, "data").locator(".add")).to_be_hidden()
    note(participant, "settled").focus()
    participant.keyboard.press("Delete")
    expect(participant.locator(".toast")).to_contain_text("has locked")
    drag(participant, note(participant, "settled"), block(participant, "serving"))
    expect_texts(participant, "data", ["settled"])
    expect(block(facilitator, "data").locator(".add")).to_be_visible()
    open_editor(facilitator, "settled").fill("settled, mended")
    editor(facilitator).press("Enter")
    expect(note(participant, "settled, mended")).to_be_visible()
    lead(facilitator, "locked", [])
    expect(block(participant, "data").locator(".add")).to_be_visible()


def test_a_lock_takes_no_text_away_from_its_writer(two: Two) -> None:
    facilitator, participant = two
    block(participant, "data").locator("button.add").click()
    editor(participant).fill("half a sen")
    lead(facilitator, "locked", ["*"])
    expect(participant.locator(".state", has_text="Board locked")).to_be_visible()
    editor(participant).press("Enter")
    expect(editor(participant)).to_have_value("half a sen")
    lead(facilitator, "locked", [])
    expect(participant.locator(".state", has_text="Board locked")).to_be_hidden()
    editor(participant).press("Enter")
    expect(note(facilitator, "half a sen")).to_be_visible()


def test_everybody_is_brought_to_where_the_facilitator_is(two: Two) -> None:
    facilitator, participant = two
    lead(facilitator, "focus", {"step": "decide"})
    expect(participant.locator(".step")).to_have_text("Decide")
    expect(participant).to_have_url(re.compile(r"/decide\?.*\bas=participant"))
    expect(facilitator.locator(".step")).to_have_text("Stack Canvas")
    lead(facilitator, "focus", {"step": "canvas", "block": "serving"})
    expect(participant.locator(".step")).to_have_text("Stack Canvas")
    expect(block(participant, "serving")).to_be_focused()
    facilitator.get_by_role("button", name="Bring everyone here").click()
    expect(participant.locator(".room-said")).to_contain_text("brought you to Stack Canvas")
    participant.reload()
    expect(block(participant, "serving")).to_be_visible()
    expect(block(participant, "serving")).not_to_be_focused()


def test_who_is_writing_is_asked_and_not_torn_away(two: Two) -> None:
    facilitator, participant = two
    block(participant, "data").locator("button.add").click()
    editor(participant).fill("half a sen")
    lead(facilitator, "focus", {"step": "decide"})
    expect(participant.locator(".call")).to_contain_text("The room is led to Decide")
    expect(editor(participant)).to_be_focused()
    participant.get_by_role("button", name="Go there").click()
    expect(participant.locator(".step")).to_have_text("Decide")
    # Pressing beside an editor saves what is in it, here as everywhere.
    expect(note(facilitator, "half a sen")).to_be_visible()


def test_a_text_left_open_is_there_again_after_being_led_away(two: Two) -> None:
    facilitator, participant = two
    block(participant, "data").locator("button.add").click()
    editor(participant).fill("half a sen")
    # As when a phone's keyboard is closed: nobody writes at this moment.
    editor(participant).evaluate("field => field.blur()")
    lead(facilitator, "focus", {"step": "decide"})
    expect(participant.locator(".step")).to_have_text("Decide")
    lead(facilitator, "focus", {"step": "canvas", "block": "serving"})
    expect(participant.locator(".step")).to_have_text("Stack Canvas")
    expect(editor(participant)).to_have_value("half a sen")


def test_a_note_that_a_restored_state_does_not_have_stays_in_its_editor(two: Two) -> None:
    facilitator, participant = two
    add_note(participant, "data", "before")
    then = participant.evaluate("() => [...globalThis[Symbol.for('stack-canvas.live')].values()][0].seq")
    add_note(participant, "data", "since")
    open_editor(participant, "since").fill("since then, more")
    facilitator.evaluate(
        """(value) => {
          const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
          client.connection.send({ t: "op", op_id: "back", base: 0, action: "restore", item: "", value });
        }""",
        then,
    )
    participant.get_by_role("button", name="Save as a new note").click()
    expect(note(facilitator, "since then, more")).to_be_visible()


def test_everybody_sees_the_same_timer_whatever_their_clock_says(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    wrong = "const now = Date.now; Date.now = () => now() + 3_600_000;"
    late = open_board(links["participant"], prepare=lambda page: page.add_init_script(wrong))
    facilitator = open_board(links["facilitator"])
    lead(facilitator, "timer", {"seconds": 90, "label": "Silent writing"})
    for page in (facilitator, late):
        expect(page.locator(".clock")).to_have_text(re.compile(r"01:(30|2\d)"))
        expect(page.locator(".timer")).to_contain_text("Silent writing")
        expect(page.locator(".timer")).to_have_attribute("data-state", "soon")
    expect(late.locator(".room-said")).to_contain_text("Timer")
    lead(facilitator, "timer", {"seconds": 2, "label": ""})
    expect(late.locator(".timer")).to_have_attribute("data-state", "soon")
    expect(late.locator(".timer")).to_contain_text("time is up")
    expect(late.locator(".clock")).to_have_text(re.compile(r"\+00:0\d"))
    add_note(late, "data", "still writing")
    lead(facilitator, "timer", None)
    expect(late.locator(".timer")).to_be_hidden()


def test_a_pasted_list_becomes_several_notes_in_one_step(two: Two) -> None:
    facilitator, participant = two
    block(facilitator, "data").locator("button.add").click()
    facilitator.get_by_role("button", name="Several notes").click()
    editor(facilitator).fill("- orders in PostgreSQL\n\n2. clicks in Kafka\n  * [ ] labels by hand\n3.5 million rows")
    facilitator.get_by_role("button", name="Add 4 notes").click()
    wanted = ["orders in PostgreSQL", "clicks in Kafka", "labels by hand", "3.5 million rows"]
    expect(notes(participant, "data").locator(".text")).to_have_text(wanted)
    tool(facilitator, "Undo")
    expect(notes(participant, "data")).to_have_count(0)
    tool(facilitator, "Redo")
    expect(notes(participant, "data").locator(".text")).to_have_text(wanted)


def test_what_was_taken_back_can_be_done_again(two: Two) -> None:
    facilitator, participant = two
    add_note(participant, "data", "first")
    open_editor(participant, "first").fill("second")
    editor(participant).press("Enter")
    note(participant, "second").focus()
    participant.keyboard.press("Control+z")
    expect(note(facilitator, "first")).to_be_visible()
    participant.keyboard.press("Control+Shift+Z")
    expect(note(facilitator, "second")).to_be_visible()
    participant.keyboard.press("Control+z")
    participant.keyboard.press("Control+z")
    expect(notes(facilitator, "data")).to_have_count(0)
    participant.keyboard.press("Control+y")
    participant.keyboard.press("Control+y")
    expect(note(facilitator, "second")).to_be_visible()
    expect_saved(participant)
    add_note(participant, "data", "something new")
    expect(participant.locator(".tool-row").get_by_role("button", name="Redo")).to_be_disabled()
    note(participant, "something new").focus()
    participant.keyboard.press("Control+y")
    expect_texts(participant, "data", ["second", "something new"])


@pytest.fixture
def lost(two: Two) -> Two:
    """Both change one note at the same moment, and the participant, who comes first, is overwritten."""
    facilitator, participant = two
    add_note(participant, "data", "start")
    expect(note(facilitator, "start")).to_be_visible()
    send = """([id, base, text]) => {
      const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
      const op_id = Math.random().toString(36).slice(2);
      const item = `note:${id}`;
      client.connection.send({ t: "op", op_id, base, action: "set", item, prop: "text", value: text });
    }"""
    seen = "() => [...globalThis[Symbol.for('stack-canvas.live')].values()][0].seq"
    base = facilitator.evaluate(seen)
    identifier = note(participant, "start").get_attribute("data-id")
    open_editor(participant, "start").fill("mine")
    editor(participant).press("Enter")
    expect(note(facilitator, "mine")).to_be_visible()
    # What the facilitator's browser would have sent had the network held the participant's text back.
    facilitator.evaluate(send, [identifier, base, "theirs"])
    expect(note(participant, "theirs").locator(".lost")).to_contain_text("mine")
    expect(facilitator.locator(".lost")).to_have_count(0)
    return two


def test_a_losing_edit_can_be_kept(lost: Two) -> None:
    facilitator, participant = lost
    add_note(facilitator, "data", "meanwhile")
    participant.reload()
    participant.get_by_role("button", name="Keep mine").click()
    expect(note(facilitator, "mine")).to_be_visible()
    expect(participant.locator(".lost")).to_have_count(0)


def test_a_losing_edit_can_be_given_up(lost: Two) -> None:
    facilitator, participant = lost
    participant.get_by_role("button", name="Keep theirs").focus()
    participant.keyboard.press("Enter")
    expect(participant.locator(".lost")).to_have_count(0)
    expect(note(participant, "theirs")).to_be_focused()
    expect_texts(facilitator, "data", ["theirs"])


@pytest.mark.parametrize("answer", ["Keep mine", "Keep both"])
def test_a_losing_edit_waits_for_a_lock_to_be_lifted(lost: Two, answer: str) -> None:
    facilitator, participant = lost
    lead(facilitator, "locked", ["*"])
    expect(participant.locator(".state", has_text="Board locked")).to_be_visible()
    participant.get_by_role("button", name=answer).click()
    expect(participant.locator(".toast")).to_contain_text("has locked")
    expect(participant.locator(".lost")).to_contain_text("mine")
    lead(facilitator, "locked", [])
    expect(participant.locator(".state", has_text="Board locked")).to_be_hidden()
    participant.get_by_role("button", name=answer).click()
    expect(note(facilitator, "mine")).to_be_visible()


def test_of_a_losing_edit_both_can_be_kept(lost: Two) -> None:
    facilitator, participant = lost
    add_note(facilitator, "data", "below")
    participant.get_by_role("button", name="Keep both").click()
    expect(notes(facilitator, "data").locator(".text")).to_have_text(["theirs", "mine", "below"])


def test_the_present_view_shows_the_canvas_alone_and_larger(two: Two) -> None:
    facilitator, _ = two
    add_note(facilitator, "data", "readable")
    size = "item => parseFloat(getComputedStyle(item).fontSize)"
    still(facilitator)
    before = note(facilitator, "readable").evaluate(size)
    block(facilitator, "value").focus()
    facilitator.keyboard.press("p")
    expect(facilitator.get_by_test_id("stSidebar")).to_be_hidden()
    expect(facilitator.locator(".join-hint")).to_be_visible()
    still(facilitator)
    assert note(facilitator, "readable").evaluate(size) > before * 1.2
    facilitator.keyboard.press("ArrowRight")
    facilitator.keyboard.press("ArrowRight")
    expect(block(facilitator, "value")).to_be_hidden()
    still(facilitator)
    assert note(facilitator, "readable").evaluate(size) > before * 1.8
    facilitator.keyboard.press("Escape")
    expect(block(facilitator, "value")).to_be_visible()
    facilitator.keyboard.press("Escape")
    expect(facilitator.get_by_test_id("stSidebar")).to_be_visible()
    expect(facilitator.locator(".join-hint")).to_be_hidden()


def test_a_note_is_parked_and_taken_back_with_kind_and_text(two: Two) -> None:
    facilitator, participant = two
    add_note(participant, "data", "another day")
    drag(participant, note(participant, "another day"), participant.locator(".park"))
    expect(participant.locator(".park")).to_have_text("Parking lot · 1")
    expect(facilitator.locator(".park")).to_have_text("Parking lot · 1")
    facilitator.locator(".park").click()
    parked = block(facilitator, "parked").locator(".note")
    expect(parked.locator(".text")).to_have_text("another day")
    parked.get_by_role("button", name="Move note to").focus()
    facilitator.keyboard.press("Enter")
    facilitator.get_by_role("dialog").get_by_role("button", name="Prediction Serving").click()
    expect(notes(participant, "serving").locator(".text")).to_have_text("another day")
    expect(participant.locator(".park")).to_have_text("Parking lot")
