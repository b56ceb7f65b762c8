"""`make run`: start the app, for this machine or for the room."""

from __future__ import annotations

import argparse
import os
import socket
import sys


def main() -> None:
    """Replace this process by the server."""
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--room", action="store_true", help="listen on the network")
    wanted = parser.parse_args()
    address = "0.0.0.0" if wanted.room else "127.0.0.1"  # noqa: S104  asked for, so that phones in the room can join
    if wanted.room:
        host = address_in_the_room()
        os.environ.setdefault("STACK_CANVAS_URL", f"http://{host}:{wanted.port}")
    options = ["--server.port", str(wanted.port), "--server.address", address]
    if wanted.room or (not os.environ.get("DISPLAY", "") and sys.platform.startswith("linux")):
        options += ["--server.headless", "true"]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", "app.py", *options])  # noqa: S606


def address_in_the_room() -> str:
    """Return this machine's address on its network. Nothing is sent: the socket only picks a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


if __name__ == "__main__":
    main()
