"""The real Chromium in which the pages are tested."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Playwright

# Chromium without the windows and menus that nobody sees here comes first: it takes a fifth less time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = (
    "This needs Chromium. Install it (Debian: apt-get install chromium; macOS: brew install --cask "
    f"chromium) so that one of these is on the PATH: {', '.join(NAMES)}"
)


class NoBrowser(RuntimeError):
    """There is no Chromium on this machine; the message says how to install it."""


def program() -> str:
    """Return the path of the Chromium of this machine. Raises `NoBrowser` when there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise NoBrowser(MISSING)
    return found


@contextmanager
def chromium(playwright: Playwright, *more: str) -> Iterator[Browser]:
    """Open the Chromium of this machine, with `more` flags, and close it afterwards.

    Raises `NoBrowser` when there is none.
    """
    launched = playwright.chromium.launch(executable_path=program(), args=[*FLAGS, *more])
    yield launched
    launched.close()
