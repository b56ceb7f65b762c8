"""Where a request comes from: the address behind a proxy, and whether a page of this very app sent it.

Forwarded headers count only from the proxies that `STACK_CANVAS_PROXY` names; `docs/operating.md` says what each
setting does.
"""

from __future__ import annotations

import os
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

import uvicorn.config
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp

from canvas.errors import SettingWrong

PORTS = {"http": 80, "https": 443}
# One home or one phone has a whole network of this size, and could take another address for every request.
ONE_HOME = 64


def proxies() -> list[str]:
    """Return the addresses and networks of the proxies whose headers count. Raises `SettingWrong`."""
    named = [part.strip() for part in os.environ.get("STACK_CANVAS_PROXY", "").split(",") if part.strip()]
    for name in named:
        try:
            ip_network(name)
        except ValueError:
            raise SettingWrong(
                f"STACK_CANVAS_PROXY holds '{name}', which is no address and no network. Write from where your proxies "
                "connect, separated by commas: 127.0.0.1, 10.0.0.0/8"
            ) from None
    return named


def check_addresses() -> None:
    """Make sure that the settings about addresses mean something. Raises `SettingWrong`."""
    proxies()
    told = os.environ.get("STACK_CANVAS_URL", "")
    if told and _origin(_split(told)) is None:
        raise SettingWrong(
            f"STACK_CANVAS_URL is '{told}'. Write the whole address that people open: https://canvas.example.com"
        )


def believe_no_other_proxy() -> None:
    """Keep the server from believing forwarded headers by itself: it does so from every process of this machine.

    uvicorn puts its own reader of these headers around the app once it is loaded, with settings that Streamlit does
    not pass on. So that reader is taken away here, while the app is being loaded, and the app brings one of its own.
    """
    uvicorn.config.ProxyHeadersMiddleware = _unchanged  # type: ignore[attr-defined, assignment, misc]


def _unchanged(app: ASGIApp, **_settings: Any) -> ASGIApp:
    return app


def address_of(connection: HTTPConnection) -> str:
    """Return the network address that limits count for: for IPv6 the network of one home, not the single address."""
    host = connection.client.host if connection.client else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host[:ONE_HOME]
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, ONE_HOME), strict=False))
    return str(address)


def is_https(connection: HTTPConnection) -> bool:
    """Return whether the browser speaks TLS with this app, or with the proxy in front of it."""
    told = _split(os.environ.get("STACK_CANVAS_URL", ""))
    at_told = told.scheme == "https" and told.netloc.lower() == connection.headers.get("host", "").lower()
    return at_told or connection.scope["scheme"] in {"https", "wss"}


def from_own_page(connection: HTTPConnection) -> bool:
    """Return whether `Origin` names this app as the browser sees it: scheme, host and port."""
    scheme = "https" if is_https(connection) else "http"
    own = _origin(_split(f"{scheme}://{connection.headers.get('host', '')}"))
    return own is not None and _origin(_split(connection.headers.get("origin", ""))) == own


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


def _origin(address: SplitResult) -> tuple[str, str, int] | None:
    """Return scheme, host and port of an address, or None when it has not all of them."""
    try:
        port = address.port or PORTS.get(address.scheme)
    except ValueError:
        return None
    return (address.scheme, address.hostname, port) if address.hostname and port and address.scheme in PORTS else None
