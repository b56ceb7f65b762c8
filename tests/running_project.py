"""Run a generated project as somebody would who has never heard of this repository."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen


def newcomer() -> dict[str, str]:
    """Return the environment of somebody who has never heard of this repository: without what its own make sets."""
    ours = (
        "MAKEFLAGS",
        "MAKELEVEL",
        "MFLAGS",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONPATH",
        "PYTHONPYCACHEPREFIX",
        "VIRTUAL_ENV",
    )
    return {name: value for name, value in os.environ.items() if name not in ours}


def run(folder: Path, *command: str | Path, timeout: int = 500) -> subprocess.CompletedProcess[str]:
    """Run a command as a newcomer would."""
    done = subprocess.run(command, cwd=folder, env=newcomer(), capture_output=True, text=True, timeout=timeout)
    print(*command, done.returncode, done.stdout[-3000:], done.stderr[-3000:], sep="\n")
    return done


def set_up_once(root: Path, name: str, write: Callable[[Path], object]) -> Path:
    """Write a project and set it up by its own command; `root` is the folder that the tests of this worker share.

    That takes most of the time, so all workers of a parallel test run wait for the first one and share its folder.
    """
    shared = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder = shared / "generated" / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / ".venv/ready").exists():
            write(folder)
            assert run(folder, "make", "setup").returncode == 0
    return folder


def share_environment(home: Path, folder: Path) -> None:
    """Let a project use the environment of the first one: what they require is the same."""
    assert (folder / "requirements.txt").read_bytes() == (home / "requirements.txt").read_bytes()
    (folder / ".venv").symlink_to(home / ".venv")
    (home / ".venv/ready").touch()


@contextmanager
def served(folder: Path, health: str = "health") -> Iterator[str]:
    """Start the service by its own command on a free port, and stop exactly what was started.

    `health` is the path at which it tells how it is.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**newcomer(), "PORT": str(port)}
    service = subprocess.Popen(["make", "serve"], cwd=folder, env=environment, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 120
        while not answers(f"{address}/{health}"):
            assert time.monotonic() < deadline, "the service did not start"
            assert service.poll() is None, "the service stopped"
            time.sleep(0.2)
        yield address
    finally:
        os.killpg(service.pid, signal.SIGTERM)
        service.wait(timeout=20)


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5):
            return True
    except HTTPError:
        return True
    except OSError:
        return False
