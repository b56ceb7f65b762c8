"""Two processes of the app on one PostgreSQL behind a real nginx, set up as `docs/operating.md` says.

Starting, stopping and asking them. What people do there is up to each test.
"""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from unittest import mock

import trustme

from canvas.document.workshop import Workshop
from canvas.log.op import Role
from canvas.store.access import Access, cookie_name
from canvas.store.store import Store
from tests.live_client import Ticket
from tests.live_server import Server, free_port

DOCS = Path(__file__).parents[1] / "docs/operating.md"
SECRET = "of these tests"
MAIN = """daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log info; worker_processes 1;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/stack-canvas.conf;
}}
"""


def documented(ports: dict[str, int], folder: Path) -> str:
    """Return the nginx file of the docs with nothing changed but ports and the places of the certificate."""
    text = next(re.finditer(r"```nginx\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)).group(1)
    changes = {
        "127.0.0.1:8501": f"127.0.0.1:{ports['a']}",
        "127.0.0.1:8502": f"127.0.0.1:{ports['b']}",
        "listen 80;": f"listen 127.0.0.1:{ports['plain']};",
        "listen 443 ssl;": f"listen 127.0.0.1:{ports['tls']} ssl;",
        "/etc/ssl/stack-canvas": str(folder / "stack-canvas"),
    }
    for old, new in changes.items():
        assert old in text, f"the docs no longer hold '{old}'"
        text = text.replace(old, new)
    return text


@dataclass
class Nginx:
    """The real program in front of both processes, as the present user."""

    folder: Path
    ports: dict[str, int]
    process: subprocess.Popen[bytes] | None = None

    def start(self, change: Callable[[str], str] = str) -> None:
        """Start with the documented file, which `change` may alter."""
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        text = show_who_answers(documented(self.ports, self.folder))
        (self.folder / "stack-canvas.conf").write_text(change(text))
        (self.folder / "nginx.conf").write_text(MAIN.format(folder=self.folder))
        command = [program, "-p", str(self.folder), "-e", str(self.folder / "error.log")]
        self.process = subprocess.Popen([*command, "-c", str(self.folder / "nginx.conf")])
        deadline = time.monotonic() + 10
        while status(f"http://127.0.0.1:{self.ports['plain']}/") != 301:
            assert time.monotonic() < deadline, (self.folder / "error.log").read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Answer:
    """What came back; status 0 when nobody answered."""

    status: int
    text: str
    headers: Message


def fetch(url: str, cookie: str = "", data: bytes | None = None, **headers: str) -> Answer:
    """Ask an address, by POST with `data`, following no redirects; in names of headers `_` stands for `-`."""
    named = {"Cookie": cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
    opener = urllib.request.build_opener(_Stay, urllib.request.HTTPSHandler(context=ssl.create_default_context()))
    try:
        with opener.open(urllib.request.Request(url, data, named), timeout=20) as answer:
            return Answer(answer.status, answer.read().decode(), answer.headers)
    except urllib.error.HTTPError as error:
        return Answer(error.code, "", error.headers)
    except (urllib.error.URLError, ConnectionError):
        return Answer(0, "", Message())


def status(url: str) -> int:
    return fetch(url).status


def show_who_answers(text: str) -> str:
    """Add the one thing to the documented file that the test needs to see: which process answered."""
    return text.replace("add_header Set-Cookie", "add_header X-Answered-By $upstream_addr; add_header Set-Cookie")


@dataclass
class Site:
    """Everything that runs: both processes, nginx, and the store beside them."""

    servers: dict[str, Server]
    nginx: Nginx
    store: Store
    room: str

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.nginx.ports['tls']}"

    def link(self, role: Role = "participant") -> str:
        """Return the address of a join link."""
        return f"{self.url}/join/{Access(self.store, SECRET).link_for(self.room, role)}"

    def ticket(self, node: str = "") -> Ticket:
        """Follow a join link and return what that browser has; `node` is the cookie that binds it to a process."""
        access = Access(self.store, SECRET)
        _, cookie = access.join(access.link_for(self.room, "participant"))
        joined = f"{cookie_name(self.room, 'participant')}={cookie}"
        address = f"{self.url.replace('https', 'wss')}/live?w={self.room}&as=participant"
        return Ticket(address, self.url, f"{joined}; stack_canvas_node={node}")

    def clients(self, name: str) -> int:
        """Return how many live connections a process says it has."""
        text = fetch(f"http://127.0.0.1:{self.servers[name].port}/metrics").text
        found = re.search(r"^stack_canvas_clients (\d+)", text, re.M)
        return int(found.group(1)) if found else 0

    def node_of(self, name: str) -> str:
        """Return a cookie that nginx gives to the process of that name."""
        for number in range(40):
            node = f"n{number}"
            answered = fetch(f"{self.url}/healthz", f"stack_canvas_node={node}").headers["X-Answered-By"]
            if answered == f"127.0.0.1:{self.servers[name].port}":
                return node
        raise AssertionError(f"nginx never chose process {name}")


@contextmanager
def two_servers(address: str, folder: Path) -> Iterator[dict[str, Server]]:
    """Run both processes on a PostgreSQL database until the block ends."""
    settings = {"DATABASE_URL": address, "STACK_CANVAS_SECRET": SECRET, "STACK_CANVAS_PROXY": "127.0.0.1"}
    running = {}
    for name in ("a", "b"):
        (folder / name).mkdir()
        running[name] = Server(folder / name, settings=settings)
    try:
        with ThreadPoolExecutor() as pool:
            list(pool.map(Server.start, running.values()))
        yield running
    finally:
        for server in running.values():
            server.kill()


@contextmanager
def site_of(servers: dict[str, Server], address: str, folder: Path) -> Iterator[Site]:
    """Put an nginx, not started yet, with a certificate that this Python trusts, in front of a new workshop."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    leaf = authority.issue_cert("127.0.0.1")
    leaf.private_key_pem.write_to_path(str(folder / "stack-canvas.key"))
    for part in leaf.cert_chain_pems:
        part.write_to_path(str(folder / "stack-canvas.pem"), append=True)
    ports = {"a": servers["a"].port, "b": servers["b"].port, "plain": free_port(), "tls": free_port()}
    store, nginx = Store(address), Nginx(folder, ports)
    try:
        with mock.patch.dict(os.environ, {"SSL_CERT_FILE": str(folder / "ca.pem")}):
            yield Site(servers, nginx, store, store.create(Workshop(title="Two processes")))
    finally:
        nginx.stop()
        store.close()
