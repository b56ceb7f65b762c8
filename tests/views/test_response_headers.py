"""Every response says what a browser may do with it. The real app, asked as a stranger asks it."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from canvas.document.workshop import Workshop
from canvas.store.store import Store
from tests.live_server import Server, running
from views.web.routes import broken, middleware


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("headers")) as server:
        yield server


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    store = server.store()
    yield store
    store.close()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, Message]:
    """Return status and headers of an answer, following no redirects."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=named, method=method)
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


PAGES = ["/", "/canvas", "/canvas?w=x&as=viewer", "/no/such/page"]
OTHERS = ["/healthz", "/metrics", "/fonts/inter.ttf", "/fonts/none", "/_stcore/health", "/_stcore/host-config",
          "/_stcore/metrics", "/static/media/none.woff2", "/media/none.svg", "/canvas/", "/favicon.png"]  # fmt: skip


@pytest.mark.parametrize("path", [*PAGES, *OTHERS, "/join/nonsense"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_response_has_the_headers(server: Server, path: str, method: str) -> None:
    _, headers = ask(server, path, method)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    policies = headers.get_all("Content-Security-Policy") or []
    assert len(policies) == 1
    assert "frame-ancestors 'none'" in policies[0]
    assert "unsafe-eval'" not in policies[0].replace("wasm-unsafe-eval", "")
    assert "*" not in policies[0]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_scripts_of_this_app_only_and_talks_to_it_only(server: Server, path: str) -> None:
    policy = ask(server, path)[1]["Content-Security-Policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts
    allowed = [part for part in scripts.group(1).split() if not part.startswith("'sha256-")]
    assert allowed == ["'self'", "blob:", "'wasm-unsafe-eval'"]
    assert f"connect-src 'self' ws://127.0.0.1:{server.port};" in policy
    assert policy.startswith("default-src 'none';")


@pytest.mark.parametrize("path", ["/", "/canvas", "/canvas?w=x&as=viewer"])
def test_a_page_that_has_not_changed_keeps_its_policy(server: Server, path: str) -> None:
    _, first = ask(server, path)
    status, again = ask(server, path, If_None_Match=first["ETag"])
    assert status == 304
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["a b", "x; script-src *", "evil\"'<", ""])
def test_a_host_that_is_none_does_not_get_into_the_policy(server: Server, host: str) -> None:
    status, headers = ask(server, "/", Host=host)
    if status == 200:
        assert "script-src *" not in headers["Content-Security-Policy"]
        assert "connect-src 'self';" in headers["Content-Security-Policy"]
    else:
        assert status == 400


@pytest.mark.parametrize("path", [path for path in OTHERS if path not in {"/static/media/none.woff2", "/canvas/"}])
def test_what_is_no_page_may_do_nothing(server: Server, path: str) -> None:
    policy = ask(server, path)[1]["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_what_people_made_is_boxed_in(server: Server) -> None:
    assert ask(server, "/media/none.svg")[1]["Content-Security-Policy"].startswith("sandbox; default-src 'none';")


def test_the_app_behind_tls_lets_its_page_talk_over_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    async def page(_request: Request) -> Response:
        return Response("<p>", media_type="text/html")

    async def fault(_request: Request) -> Response:
        raise RuntimeError("nobody foresaw it")

    monkeypatch.setenv("STACK_CANVAS_PROXY", "")
    routes = [Route("/", page), Route("/fault", fault), Route("/text", lambda request: PlainTextResponse("x"))]
    app = Starlette(routes=routes, middleware=middleware(), exception_handlers={Exception: broken})
    with TestClient(app, base_url="https://canvas.example.com", raise_server_exceptions=False) as client:
        assert "connect-src 'self' wss://canvas.example.com;" in client.get("/").headers["content-security-policy"]
        answer = client.get("/fault")
        assert answer.status_code == 500
        assert "nobody foresaw" not in answer.text
        assert "This did not work" in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_headers_of_a_proxy_that_nobody_named_do_not_count_not_even_from_this_machine(
    server: Server, store: Store
) -> None:
    room = store.create(Workshop(title="Parcel delays"))
    origin = f"http://127.0.0.1:{server.port}"
    link = server.link(store, room)
    forged = {"X_Forwarded_Proto": "https", "X_Forwarded_For": "203.0.113.9"}
    status, headers = ask(server, link, "POST", Origin=origin, Content_Length="0", **forged)
    assert status == 303
    assert "Secure" not in headers["Set-Cookie"]
    status, _ = ask(server, link, "POST", Origin=origin.replace("http", "https"), Content_Length="0", **forged)
    assert status == 403


def test_a_proxy_that_is_named_is_believed(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = {"STACK_CANVAS_PROXY": "127.0.0.1"}
    server = Server(tmp_path_factory.mktemp("proxied"), settings=settings)
    server.start()
    store = server.store()
    try:
        link = server.link(store, store.create(Workshop(title="Parcel delays")))
        origin = f"https://127.0.0.1:{server.port}"
        status, headers = ask(server, link, "POST", Origin=origin, Content_Length="0", X_Forwarded_Proto="https")
        assert status == 303
        assert "Secure" in headers["Set-Cookie"]
    finally:
        store.close()
        server.kill()
