"""A look at a list is no answer: Escape closes it, and what was chosen before stays chosen and stored."""

from __future__ import annotations

from conftest import OpenBoard
from playwright.sync_api import expect
from test_screens import BIG, go

from tests.e2e.watching import still
from tests.live_server import Server


def test_escape_closes_a_list_and_empties_nothing(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop(document=BIG)["facilitator"], 1024)
    go(page, "workflow")
    chosen = page.get_by_test_id("stSelectbox").get_by_role("combobox").first
    expect(chosen).to_have_value("By itself")
    lists = page.get_by_role("listbox")
    for keys in (["Escape"], ["Escape", "Escape"], ["x", "Escape", "Escape"]):
        chosen.click()
        expect(lists).to_have_count(1)
        for key in keys:
            chosen.press(key)
        expect(lists).to_have_count(0)
        expect(chosen).to_have_value("By itself")
        expect(chosen).to_be_focused()
    still(page)
    page.reload()
    expect(chosen).to_have_value("By itself")
    # The keyboard still opens it, and the cross beside it still empties it.
    chosen.press("ArrowDown")
    expect(lists).to_have_count(1)
    chosen.press("Escape")
    page.get_by_test_id("stSelectbox").first.get_by_role("button", name="Clear value").click()
    expect(chosen).to_have_value("")
