"""The real app in a process of its own, for tests and measurements that need no browser: start, kill, join.

Workshops and members are made in the database itself, as `cli.py` does; everything else goes over the network.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from canvas.document.workshop import Workshop
from canvas.log.op import ROLES, Role
from canvas.store.access import Access, cookie_name, secret_in
from canvas.store.store import Store
from tests.live_client import Ticket

ROOT = Path(__file__).parents[1]
START_WITHIN_S = 60


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One running app on a data folder. `kill` ends it as a power cut would; `start` brings it back on its port."""

    data: Path
    program: str = "app.py"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start the app and return when it answers."""
        environment = {**os.environ, "STACK_CANVAS_DATA": str(self.data)}
        environment.pop("DATABASE_URL", None)
        environment.update(self.settings)
        command = [sys.executable, "-m", "streamlit", "run", self.program, "--server.headless", "true"]
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--server.port", str(self.port)],
                cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.wait_for("/healthz")

    def wait_for(self, path: str) -> float:
        """Return after how many seconds a path of the app answers with 200."""
        assert self.process
        began = time.monotonic()
        while time.monotonic() - began < START_WITHIN_S and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}{path}", timeout=2) as answer:
                    if answer.status == 200:
                        return time.monotonic() - began
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.02)
        raise AssertionError(f"The app did not start:\n{self.log()[-3000:]}")

    def kill(self) -> None:
        """End the process without warning."""
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait(10)

    @property
    def url(self) -> str:
        """Where the app answers."""
        return f"http://127.0.0.1:{self.port}"

    def log(self) -> str:
        """Return what the app has printed."""
        return (self.data / "server.log").read_text(encoding="utf-8", errors="replace")

    def store(self) -> Store:
        """Open the app's database beside it."""
        return Store.in_folder(self.data)

    def new_workshop(self, title: str = "Tag suggester", document: Workshop | None = None) -> dict[str, str]:
        """Start an empty workshop, or one from a document; return its id as `workshop`, and one link for each role."""
        store = self.store()
        workshop = store.create(document or Workshop(title=title))
        links = {role: self.url + self.link(store, workshop, role) for role in ROLES}
        store.close()
        return {"workshop": workshop, **links}

    def link(self, store: Store, workshop: str, role: Role = "participant") -> str:
        """Return the path of the join link of a role."""
        return f"/join/{Access(store, secret_in(self.data)).link_for(workshop, role)}"

    def join(self, store: Store, workshop: str, role: Role = "participant") -> Ticket:
        """Follow a new link of a role and return what that browser has."""
        access = Access(store, secret_in(self.data))
        _, cookie = access.join(access.link_for(workshop, role))
        address = f"ws://127.0.0.1:{self.port}/live?w={workshop}&as={role}"
        return Ticket(address, self.url, f"{cookie_name(workshop, role)}={cookie}")


@contextmanager
def running(data: Path, program: str = "app.py") -> Iterator[Server]:
    """Start the app on a data folder and end it afterwards. Fails when it has logged an exception."""
    server = Server(data, program)
    server.start()
    try:
        yield server
    finally:
        server.kill()
    assert "Traceback" not in server.log(), server.log()[-4000:]
