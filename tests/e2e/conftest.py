"""The real app in a process of its own, and a real Chromium in front of it. Nothing here is simulated."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.e2e.browsers import chromium
from tests.e2e.watching import rests

ROOT = Path(__file__).parents[2]
START_WITHIN_S = 60
# As patient as Playwright's own actions: with two busy cores a page can take longer than the 5 s of its assertions.
expect.set_options(timeout=30_000)


@dataclass
class App:
    """The running app. `kill` ends it without warning, as a power cut would; `start` brings it back on its port."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.environment = {**os.environ, "STACK_CANVAS_DATA": str(self.data)}
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
        log = (self.data / "server.log").open("ab")
        self.process = subprocess.Popen(
            [*command, "--server.port", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        self._wait_until_healthy(self.process)

    def _wait_until_healthy(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline and process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        pytest.fail(f"The app did not start:\n{(self.data / 'server.log').read_text()[-3000:]}")

    def kill(self) -> None:
        if self.process:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait(10)

    def new_workshop(self, title: str = "Tag suggester") -> dict[str, str]:
        """Start a workshop from the command line; returns its id and one link for each role."""
        command = [sys.executable, "cli.py", "new", title, "--url", self.url]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=60, check=True
        )
        links: dict[str, str] = json.loads(done.stdout)
        return links


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    running = App(tmp_path_factory.mktemp("data"), free_port())
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives browsers for the tests of one file: its event loop runs, and no other can in this process."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for the tests of one file."""
    with chromium(playwright) as launched:
        yield launched


OpenBoard = Callable[..., Page]
Prepare = Callable[[Page], None]


@pytest.fixture
def open_board(browser: Browser) -> Iterator[OpenBoard]:
    """Return a function that follows a join link in a browser of its own and waits until the board is live."""
    contexts: list[BrowserContext] = []

    def follow(
        link: str, width: int = 1440, height: int = 900, *, touch: bool = False, prepare: Prepare | None = None
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        if prepare:
            prepare(page)
        enter(page, link)
        wait_until_live(page)
        return page

    yield follow
    for context in contexts:
        context.close()


def enter(page: Page, link: str, name: str = "") -> None:
    """Follow a join link; who is asked for a name types it, or none."""
    page.goto(link)
    if page.get_by_role("button", name="Join").count():
        page.get_by_label("Your name").fill(name)
        page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/canvas?**")


def wait_until_live(page: Page) -> None:
    page.locator(".block").first.wait_for()
    page.locator(".saved[data-state=saved]").wait_for()


def settled(page: Page) -> None:
    """Wait until the page has run for what was just entered; before that, inputs may still be replaced."""
    assert rests(page), f"the page still runs: {page.url}"
