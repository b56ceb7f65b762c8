"""The people of a walk, and what their hands can do: click or touch, type, choose. What they do is in `job_*` files.

Nobody here knows an address, except the one that they are given to begin with.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.watching import Watcher, bring_into_sight

# When it names a folder, each page is pictured there at these widths, light and dark, to be looked at.
SHOTS = os.environ.get("WALK_SHOTS")
WIDTHS = (1440, 1024, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("dark", "light")


@dataclass
class Person:
    """Somebody with a browser of their own; with `touch` it is a phone, and fingers instead of a mouse."""

    name: str
    page: Page
    watcher: Watcher
    touch: bool = False

    @classmethod
    def with_browser(cls, browser: Browser, name: str, width: int, watcher: Watcher, touch: bool = False) -> Person:
        """Give somebody a browser as wide as their screen."""
        context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 844 if touch else 900},
            has_touch=touch,
            is_mobile=touch,
            accept_downloads=True,
            reduced_motion="reduce",
        )
        watcher.watch(context)
        return cls(name, context.new_page(), watcher, touch)

    def rest(self) -> None:
        """Wait until the page has done what was asked. Fails at anything that nobody may see."""
        faults = self.watcher.faults(self.page)
        assert not faults, f"{self.name} at {self.page.url}:\n" + "\n".join(faults)

    def press(self, what: Locator) -> None:
        """Click, or touch with a finger."""
        # While one part of a page gives way to the next, both are there for a moment.
        expect(what).to_have_count(1)
        bring_into_sight(what, self.page)
        if self.touch:
            what.tap()
        else:
            what.click()

    def button(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=True)

    def write(self, field: Locator, text: str) -> None:
        """Type over what is in a field, key by key; the focus stays in it."""
        self.press(field)
        expect(field).to_be_focused()
        field.press("Control+a")
        self.page.keyboard.type(text)

    def leave(self) -> None:
        """Go on from a field with the key for it."""
        self.page.keyboard.press("Tab")
        self.rest()

    def fill_in(self, title: str, text: str) -> None:
        """Type into the field of this title and go on."""
        self.write(self.field(title), text)
        self.leave()

    def field(self, title: str) -> Locator:
        """Return the field of a title, whether it takes text or a number."""
        text = self.page.get_by_role("textbox", name=title, exact=True)
        return text.or_(self.page.get_by_role("spinbutton", name=title, exact=True))

    def pick(self, title: str, option: str) -> None:
        """Take one of the options of a title, whether they stand side by side or in a list."""
        group = self.page.get_by_role("radiogroup", name=title, exact=True)
        box = self.page.get_by_role("combobox", name=title)
        expect(group.or_(box).first).to_be_visible()
        stands_open = group.is_visible()
        if stands_open:
            self.press(group.get_by_role("radio", name=option, exact=True))
        else:
            self.press(box)
            self.press(self.page.get_by_role("option", name=option, exact=True))
        # The input gives way to its successor, which shows what was taken: for a moment there are both.
        self.rest()
        if stands_open:
            expect(group.get_by_role("radio", name=option, exact=True)).to_be_checked()
        else:
            expect(box).to_have_value(re.compile(re.escape(option)))

    def open_step(self, title: str) -> None:
        """Go to a page by the steps at the left."""
        self.press(self.page.get_by_test_id("stSidebar").get_by_role("link", name=re.compile(re.escape(title))))
        self.is_at(title)

    def is_at(self, title: str) -> None:
        """Wait until the page of a step is there and has done its work."""
        expect(self.page.locator(".step")).to_have_text(title)
        expect(self.page.locator(".saved")).to_have_attribute("data-state", "saved")
        self.rest()

    def follow(self, title: str) -> None:
        """Come along to the page that the facilitator leads to; who has a field open is asked first."""
        here = self.page.locator(".step").get_by_text(title, exact=True)
        # Parts of pages have a button of this name as well.
        asked = self.button("Go there", within=self.page.locator("#header"))
        expect(here.or_(asked).first).to_be_visible()
        if asked.is_visible():
            self.press(asked)
        self.is_at(title)

    def look(self, name: str) -> None:
        """Picture the page at three widths, light and dark, when somebody wants to look at it."""
        if not SHOTS:
            return
        before = self.page.viewport_size
        for scheme, width in product(SCHEMES, WIDTHS):
            self.page.emulate_media(color_scheme=scheme)
            self.page.set_viewport_size({"width": width, "height": 900})
            self.rest()
            self.page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}.png", full_page=True)
        if before:
            self.page.set_viewport_size(before)
