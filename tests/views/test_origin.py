"""Where a request comes from: by which scheme, behind which proxy, from which page."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.requests import HTTPConnection
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from canvas.errors import SettingWrong
from views.web.origin import address_of, check_addresses, from_own_page, is_https, proxies


def connection(scheme: str = "http", client: str = "192.0.2.7", **headers: str) -> HTTPConnection:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return HTTPConnection({"type": "http", "scheme": scheme, "client": (client, 1234), "headers": raw, "path": "/"})


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STACK_CANVAS_URL", "STACK_CANVAS_PROXY"):
        monkeypatch.delenv(name, raising=False)


OWN = [
    ("http", "127.0.0.1:8501", "http://127.0.0.1:8501"),
    ("ws", "localhost:8501", "http://localhost:8501"),
    ("ws", "192.168.1.5:8501", "http://192.168.1.5:8501"),
    ("wss", "canvas.example.com", "https://canvas.example.com"),
    ("https", "canvas.example.com:443", "https://canvas.example.com"),
    ("http", "Canvas.Example.com:80", "http://canvas.example.com"),
    ("ws", "[::1]:8501", "http://[::1]:8501"),
]


@pytest.mark.parametrize(("scheme", "host", "origin"), OWN)
def test_a_page_of_the_app_is_known_by_scheme_host_and_port(scheme: str, host: str, origin: str) -> None:
    assert from_own_page(connection(scheme, host=host, origin=origin))


OTHERS = [
    ("ws", "canvas.example.com", "https://canvas.example.com"),
    ("wss", "canvas.example.com", "http://canvas.example.com"),
    ("ws", "127.0.0.1:8501", "http://localhost:8501"),
    ("ws", "127.0.0.1:8501", "http://127.0.0.1:8502"),
    ("ws", "127.0.0.1:8501", "http://127.0.0.1"),
    ("wss", "canvas.example.com", "https://canvas.example.com.evil.example"),
    ("ws", "127.0.0.1:8501", "null"),
    ("ws", "127.0.0.1:8501", ""),
    ("ws", "127.0.0.1:8501", "http://127.0.0.1:port"),
    ("ws", "127.0.0.1:8501", "http://["),
    ("ws", "[", "http://["),
    ("ws", "", ""),
    ("ws", "127.0.0.1:8501", "file://127.0.0.1:8501"),
]


@pytest.mark.parametrize(("scheme", "host", "origin"), OTHERS)
def test_every_other_page_is_another(scheme: str, host: str, origin: str) -> None:
    assert not from_own_page(connection(scheme, host=host, origin=origin))


def test_the_address_that_people_open_says_by_which_scheme_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STACK_CANVAS_URL", "https://canvas.example.com")
    assert is_https(connection("http", host="canvas.example.com"))
    assert from_own_page(connection("ws", host="canvas.example.com", origin="https://canvas.example.com"))
    assert not from_own_page(connection("ws", host="canvas.example.com", origin="http://canvas.example.com"))
    assert not is_https(connection("http", host="localhost:8501")), "by another address it is what it is"
    monkeypatch.setenv("STACK_CANVAS_URL", "http://192.168.1.5:8501")
    assert is_https(connection("https", host="192.168.1.5:8501")), "TLS that is there is never taken for none"


ADDRESSES = [
    ("192.0.2.7", "192.0.2.7"),
    ("::ffff:192.0.2.7", "192.0.2.7"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
    ("fe80::1%eth0", "fe80::/64"),
    ("testclient", "testclient"),
    ("x" * 5000, "x" * 64),
]


@pytest.mark.parametrize(("seen", "counted"), ADDRESSES)
def test_the_address_that_limits_count_for(seen: str, counted: str) -> None:
    assert address_of(connection(client=seen)) == counted


async def through(proxies_named: list[str], client: str, **headers: str) -> tuple[str, bool]:
    """Return the address and whether it is TLS, as the app sees a request of `client`."""
    seen: list[Any] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append((address_of(HTTPConnection(scope)), is_https(HTTPConnection(scope))))

    asked = connection(client=client, host="canvas.example.com", **headers)
    await ProxyHeadersMiddleware(app, proxies_named)(asked.scope, None, None)  # type: ignore[arg-type]
    return seen[0]  # type: ignore[no-any-return]


FORWARDED = {"x_forwarded_proto": "https", "x_forwarded_for": "203.0.113.9"}
BEHIND = [
    ("", "127.0.0.1", ("127.0.0.1", False)),
    ("127.0.0.1", "127.0.0.1", ("203.0.113.9", True)),
    ("127.0.0.1", "198.51.100.1", ("198.51.100.1", False)),
    ("10.0.0.0/8, ::1", "10.4.5.6", ("203.0.113.9", True)),
    ("10.0.0.0/8, ::1", "::1", ("203.0.113.9", True)),
    ("10.0.0.0/8", "11.4.5.6", ("11.4.5.6", False)),
]


@pytest.mark.parametrize(("setting", "client", "expected"), BEHIND)
def test_forwarded_headers_count_only_from_the_proxies_that_are_named(
    monkeypatch: pytest.MonkeyPatch, setting: str, client: str, expected: tuple[str, bool]
) -> None:
    monkeypatch.setenv("STACK_CANVAS_PROXY", setting)
    assert asyncio.run(through(proxies(), client, **FORWARDED)) == expected


def test_what_a_browser_says_before_the_proxy_adds_to_it_does_not_count() -> None:
    forged = {"x_forwarded_for": "1.1.1.1, 203.0.113.9"}
    assert asyncio.run(through(["127.0.0.1"], "127.0.0.1", **forged))[0] == "203.0.113.9"


@pytest.mark.parametrize("setting", ["nginx", "10.0.0.1/8", "127.0.0.1;::1", "*", "10.0.0.0/33"])
def test_a_proxy_that_is_no_address_ends_the_start_with_a_mend(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv("STACK_CANVAS_PROXY", setting)
    with pytest.raises(SettingWrong, match="separated by commas"):
        check_addresses()


@pytest.mark.parametrize(
    "setting", ["canvas.example.com", "ftp://canvas.example.com", "https://", "http://h:port", "["]
)
def test_an_address_that_nobody_can_open_ends_the_start_with_a_mend(
    monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv("STACK_CANVAS_URL", setting)
    with pytest.raises(SettingWrong, match="Write the whole address"):
        check_addresses()
