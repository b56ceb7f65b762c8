"""The bar over every page: who is here, what others change, the way to the invitation."""

from __future__ import annotations

from board_page import add_note, block, editor, expect_saved, note
from conftest import OpenBoard, wait_until_live
from playwright.sync_api import Page, expect

from tests.e2e.page_runs import count_runs, runs_counted
from tests.live_server import Server

CHANGE_TEAM = """(team) => {
  const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
  const op_id = Math.random().toString(36).slice(2);
  client.connection.send({ t: "op", op_id, action: "set", item: "workshop:", prop: "team", value: team });
}"""


def change_team(page: Page, team: str) -> None:
    """Change something that is no note, as another page of the workshop would."""
    page.evaluate(CHANGE_TEAM, team)


def test_what_others_change_is_on_the_page_by_itself_and_ones_own_changes_start_no_run(
    app: Server, open_board: OpenBoard
) -> None:
    links = app.new_workshop()
    mine, other = open_board(links["participant"]), open_board(links["participant"])
    count_runs(other)
    change_team(other, "platform")
    change_team(other, "platform and data")
    expect(mine.locator(".head")).to_contain_text("platform and data")
    expect_saved(mine)
    assert runs_counted(other) == 0


def test_a_run_of_the_page_waits_for_the_writer_of_a_note(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    mine, other = open_board(links["participant"]), open_board(links["participant"])
    block(mine, "value").locator("button.add").click()
    editor(mine).fill("half a sen")
    change_team(other, "platform")
    count_runs(mine)
    mine.wait_for_timeout(3_000)
    assert runs_counted(mine) == 0
    expect(editor(mine)).to_be_focused()
    editor(mine).press("Control+Enter")
    expect(note(other, "half a sen")).to_be_visible()
    expect(mine.locator(".head")).to_contain_text("platform")


def test_half_typed_text_survives_a_visit_to_another_page(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    mine, other = open_board(links["participant"]), open_board(links["participant"])
    block(mine, "value").locator("button.add").click()
    editor(mine).fill("half a sen")
    mine.evaluate("window.samePage = true")
    mine.get_by_test_id("stSidebar").get_by_role("link", name="Decide").evaluate("link => link.click()")
    expect(mine.locator(".step")).to_have_text("Decide")
    expect(mine.locator(".block")).to_have_count(0)
    add_note(other, "data", "meanwhile")
    mine.get_by_test_id("stSidebar").get_by_role("link", name="Stack Canvas").click()
    wait_until_live(mine)
    assert mine.evaluate("window.samePage"), "the visit was no reload"
    expect(note(mine, "meanwhile")).to_be_visible()
    expect(editor(mine)).to_have_value("half a sen")
    editor(mine).press("Enter")
    expect(note(other, "half a sen")).to_be_visible()


def test_only_the_facilitator_is_offered_the_invitation(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    participant, facilitator = open_board(links["participant"]), open_board(links["facilitator"])
    expect(participant.locator("button.invite")).to_be_hidden()
    facilitator.locator("button.invite").click()
    expect(facilitator.get_by_role("dialog")).to_be_visible()


def test_the_header_says_who_is_here_once_per_person(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    mine = open_board(links["facilitator"])
    second_tab = mine.context.new_page()
    second_tab.goto(mine.url)
    expect(second_tab.locator(".people li")).to_have_count(1)
    other = open_board(links["viewer"])
    expect(mine.locator(".people li")).to_have_count(2)
    expect(mine.locator(".people li").first).to_contain_text("You")
    other.close()
    expect(mine.locator(".people li")).to_have_count(1)


def test_on_a_phone_the_menu_gives_way_to_the_step_that_was_chosen(app: Server, open_board: OpenBoard) -> None:
    phone = open_board(app.new_workshop()["participant"], 390, 844, touch=True)
    menu = phone.get_by_test_id("stSidebar")
    phone.get_by_test_id("stExpandSidebarButton").tap()
    expect(menu).to_have_attribute("data-collapsed", "false")
    menu.get_by_role("link", name="Decide").tap()
    expect(phone.locator(".step")).to_have_text("Decide")
    expect(menu).to_have_attribute("data-collapsed", "true")
