"""Two processes of the app on one PostgreSQL behind a real nginx, set up as `docs/operating.md` says."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest
import trustme

from canvas.access import Access, cookie_name
from canvas.store import Store
from canvas.workshop import Workshop
from tests.live_client import LiveClient, Ticket, until
from tests.live_server import Server, free_port

pytestmark = pytest.mark.xdist_group("postgresql")

DOCS = Path(__file__).parents[1] / "docs/operating.md"
SECRET = "of these tests"
GONE = {4401, 4404}
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}
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


def fetch(url: str, cookie: str = "") -> Answer:
    """Ask an address, following no redirects."""
    opener = urllib.request.build_opener(_Stay, urllib.request.HTTPSHandler(context=ssl.create_default_context()))
    try:
        with opener.open(urllib.request.Request(url, headers={"Cookie": cookie}), timeout=20) as answer:
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


@pytest.fixture(scope="module")
def servers(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Server], str]]:
    from tests.databases import new_database

    address = new_database(postgresql)
    settings = {"DATABASE_URL": address, "STACK_CANVAS_SECRET": SECRET}
    running = {name: Server(tmp_path_factory.mktemp(name), settings=settings) for name in ("a", "b")}
    try:
        for server in running.values():
            server.start()
        yield running, address
    finally:
        for server in running.values():
            server.kill()


@pytest.fixture
def site(servers: tuple[dict[str, Server], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    running, address = servers
    for server in running.values():
        if server.process is None or server.process.poll() is not None:
            server.start()
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    leaf = authority.issue_cert("127.0.0.1")
    leaf.private_key_pem.write_to_path(str(tmp_path / "stack-canvas.key"))
    for part in leaf.cert_chain_pems:
        part.write_to_path(str(tmp_path / "stack-canvas.pem"), append=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    ports = {"a": running["a"].port, "b": running["b"].port, "plain": free_port(), "tls": free_port()}
    store = Store(address)
    nginx = Nginx(tmp_path, ports)
    try:
        yield Site(running, nginx, store, store.create(Workshop(title="Two processes")))
    finally:
        nginx.stop()
        store.close()


async def add(client: LiveClient, note: str, text: str) -> str:
    return await client.change("add", note, {"place": PLACE, "kind": "fact", "text": text})


def shows(client: LiveClient, note: str) -> bool:
    return note in client.board.shown()


async def enter(*clients: LiveClient) -> list[asyncio.Task[None]]:
    tasks = [asyncio.create_task(client.run()) for client in clients]
    await until(lambda: all(client.connected for client in clients), 20, "everybody is connected")
    return tasks


async def leave(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def seconds_until_seen(writer: LiveClient, reader: LiveClient, note: str) -> float:
    began = time.perf_counter()
    await add(writer, note, f"text of {note}")
    await until(lambda: shows(reader, note), 5, f"{note} at the other process")
    return time.perf_counter() - began


def test_an_edit_at_one_process_is_seen_at_the_other_within_a_second(site: Site) -> None:
    site.nginx.start()
    anne, ben = LiveClient(site.ticket(site.node_of("a")), "anne"), LiveClient(site.ticket(site.node_of("b")), "ben")

    async def work() -> list[float]:
        tasks = await enter(anne, ben)
        try:
            assert (site.clients("a"), site.clients("b")) == (1, 1)
            there = [await seconds_until_seen(anne, ben, f"n-{number}") for number in range(10)]
            back = [await seconds_until_seen(ben, anne, f"m-{number}") for number in range(10)]
            return sorted([*there, *back])
        finally:
            await leave(tasks)

    seconds = asyncio.run(work())
    print(f"seen at the other process: median {seconds[10] * 1000:.0f} ms, slowest {seconds[-1] * 1000:.0f} ms")
    # Looking every two seconds would give a second on average: only the notification makes nearly all of them quick.
    assert seconds[16] < 1


def test_who_was_at_a_killed_process_comes_back_at_the_other_with_everything(site: Site) -> None:
    site.nginx.start()
    anne, ben = LiveClient(site.ticket(site.node_of("a")), "anne"), LiveClient(site.ticket(site.node_of("b")), "ben")

    async def work() -> None:
        tasks = await enter(anne, ben)
        try:
            for number in range(5):
                await add(anne, f"before-{number}", "x")
            site.servers["a"].kill()
            for number in range(5):
                await add(anne, f"during-{number}", "x")
                await add(ben, f"ben-{number}", "x")
            await until(lambda: anne.connected and not anne.outbox and not ben.outbox, 20, "anne is back")
            await until(lambda: anne.board.shown() == ben.board.shown(), 5, "both show the same")
        finally:
            await leave(tasks)

    asyncio.run(work())
    assert len(anne.acknowledged) == 10
    assert len(anne.board.shown()) == 15
    assert site.store.read(site.room, lambda state: sum(1 for _ in state.of_kind("note"))) == 15
    assert status(f"{site.url}/healthz") == 200


def test_a_workshop_deleted_at_the_terminal_closes_the_pages_that_show_it(site: Site) -> None:
    site.nginx.start()
    anne, ben = LiveClient(site.ticket(site.node_of("a")), "anne"), LiveClient(site.ticket(site.node_of("b")), "ben")
    environment = {**os.environ, **site.servers["a"].settings}

    async def work() -> None:
        tasks = await enter(anne, ben)
        command = [sys.executable, "cli.py", "delete", site.room, "--yes"]
        await asyncio.to_thread(subprocess.run, command, cwd=DOCS.parents[1], env=environment, check=True, timeout=60)
        await until(lambda: all(task.done() for task in tasks), 10, "both were told")
        await leave(tasks)

    asyncio.run(work())
    assert {anne.closes[-1], ben.closes[-1]} <= GONE


def test_a_proxy_that_cuts_silent_connections_loses_nothing(site: Site) -> None:
    site.nginx.start(lambda text: text.replace("proxy_read_timeout 3600s", "proxy_read_timeout 1s"))
    anne, ben = LiveClient(site.ticket(site.node_of("a")), "anne"), LiveClient(site.ticket(site.node_of("b")), "ben")

    async def work() -> None:
        tasks = await enter(anne, ben)
        try:
            for number in range(4):
                await add(anne, f"n-{number}", "x")
                await asyncio.sleep(1.6)
            await until(lambda: not anne.outbox and len(ben.board.shown()) == 4, 20, "ben has everything")
        finally:
            await leave(tasks)

    asyncio.run(work())
    assert len(anne.closes) >= 2, "the proxy did cut"
    assert anne.board.shown() == ben.board.shown()


def test_the_documented_proxy_redirects_binds_a_browser_and_hides_the_figures(site: Site) -> None:
    site.nginx.start()
    plain = fetch(f"http://127.0.0.1:{site.nginx.ports['plain']}/x")
    assert (plain.status, plain.headers["Location"]) == (301, "https://127.0.0.1/x")
    assert status(f"{site.url}/metrics") == 403
    first = fetch(f"{site.url}/healthz")
    assert first.status == 200
    (binding,) = first.headers.get_all("Set-Cookie")
    assert "HttpOnly; Secure" in binding
    cookie = binding.split(";")[0]
    answers = {fetch(f"{site.url}/healthz", cookie).headers["X-Answered-By"] for _ in range(6)}
    assert answers == {first.headers["X-Answered-By"]}
    token = Access(site.store, SECRET).link_for(site.room, "facilitator")
    joined = fetch(f"{site.url}/join/{token}")
    assert joined.status == 303
    assert all("Secure" in value for value in joined.headers.get_all("Set-Cookie"))
    page = fetch(f"{site.url}/", cookie)
    assert (page.status, "<title>" in page.text) == (200, True)


def test_a_page_of_another_site_does_not_get_through_the_proxy(site: Site) -> None:
    site.nginx.start()
    ticket = site.ticket()
    foreign = LiveClient(Ticket(ticket.address, "https://evil.example", ticket.cookie), "eve")

    async def work() -> None:
        task = asyncio.create_task(foreign.run())
        await until(lambda: bool(foreign.closes), 10, "the handshake fails")
        await leave([task])

    asyncio.run(work())
    assert not foreign.connected
    assert foreign.board.seq == 0
