"""A small OpenID provider on this machine, for the login tests: it knows one person and asks her nothing.

It checks what a provider has to check: the client and its secret, the redirect address, the code, and PKCE (S256).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.live_server import free_port

CLIENT, CLIENT_SECRET = "stack-canvas", "known to both sides"
PERSON = {"sub": "4711", "email": "lead@example.com", "name": "Lead"}
VALID_FOR_S = 300


@dataclass
class Provider:
    """What it is asked to do, and what it has seen. `denies` and `forges` make it behave as one of the bad days."""

    redirect_address: str
    port: int = field(default_factory=free_port)
    denies: bool = False
    forges: bool = False
    logins: int = 0
    tokens: int = 0
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def discovery(self, _request: Request) -> Response:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        return JSONResponse(
            {
                "issuer": self.url,
                **{name: f"{self.url}/{path}" for name, path in places.items()},
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def authorize(self, request: Request) -> Response:
        """Send the browser back at once, with a code or a refusal."""
        asked = request.query_params
        if (asked["client_id"], asked["redirect_uri"]) != (CLIENT, self.redirect_address):
            return Response("unknown client or redirect address", 400)
        if asked["response_type"] != "code" or "openid" not in asked["scope"].split():
            return Response("not a login", 400)
        self.logins += 1
        if self.denies:
            answer = {"error": "access_denied", "error_description": "not you"}
        else:
            answer = {"code": secrets.token_urlsafe(16)}
            self.codes[answer["code"]] = {name: asked[name] for name in ("nonce", "code_challenge")}
        return RedirectResponse(f"{self.redirect_address}?{urlencode({**answer, 'state': asked['state']})}", 302)

    async def token(self, request: Request) -> Response:
        """Exchange a code, once, for a signed statement of who has logged in."""
        form = await request.form()
        expected = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        login = self.codes.pop(str(form["code"]), None)
        if request.headers.get("authorization") != f"Basic {expected}" or login is None:
            return JSONResponse({"error": "invalid_client"}, 401)
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != login["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        self.tokens += 1
        answer = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": VALID_FOR_S}
        return JSONResponse({**answer, "id_token": self._id_token(login["nonce"])})

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + VALID_FOR_S, "nonce": nonce}
        key = RSAKey.generate_key(2048) if self.forges else self.key
        return jwt.encode({"alg": "RS256", "kid": "k1"}, {**claims, **PERSON}, key)

    def keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})


@contextmanager
def openid_provider(redirect_address: str) -> Iterator[Provider]:
    """Run a provider for one client until the block ends."""
    provider = Provider(redirect_address)
    routes = [
        Route("/.well-known/openid-configuration", provider.discovery),
        Route("/authorize", provider.authorize),
        Route("/token", provider.token, methods=["POST"]),
        Route("/jwks", provider.keys),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), "127.0.0.1", provider.port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + 10
        while not server.started:
            assert time.monotonic() < deadline, "the provider did not start"
            time.sleep(0.02)
        yield provider
    finally:
        server.should_exit = True
        thread.join(10)
