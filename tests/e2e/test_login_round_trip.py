"""Logging in with a real OpenID provider, from the start page there and back, as `docs/operating.md` sets it up."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from canvas.document.workshop import Workshop
from canvas.store.access import Access, secret_in
from canvas.store.sql_tables import WORKSHOP
from canvas.store.store import Store
from tests.e2e.conftest import enter, wait_until_live
from tests.live_server import ROOT, Server
from tests.openid_provider import CLIENT, CLIENT_SECRET, Provider, openid_provider


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    return Server(tmp_path_factory.mktemp("login"))


@pytest.fixture(scope="module")
def provider(server: Server) -> Iterator[Provider]:
    """The provider, with the app that knows it running beside it."""
    address = f"http://127.0.0.1:{server.port}/oauth2callback"
    with openid_provider(address) as provider:
        secrets = server.data / "secrets.toml"
        secrets.write_text(documented(address, provider))
        server.settings = {"STACK_CANVAS_LOGIN": "required", "STREAMLIT_SECRETS_FILES": str(secrets)}
        server.start()
        yield provider
        server.kill()


def documented(redirect_address: str, provider: Provider) -> str:
    """Return the secrets of the docs, filled in."""
    page = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    found = re.search(r"```toml\n(.*?)```", page, re.S)
    assert found
    text = re.sub(r"^ +", "", found.group(1), flags=re.M)
    changes = {
        "https://canvas.example.com/oauth2callback": redirect_address,
        'client_id = "..."': f'client_id = "{CLIENT}"',
        'client_secret = "..."': f'client_secret = "{CLIENT_SECRET}"',
        "https://login.example.com": provider.url,
    }
    for old, new in changes.items():
        assert old in text, f"the docs no longer hold '{old}'"
        text = text.replace(old, new)
    return text


@pytest.fixture
def store(server: Server, provider: Provider) -> Iterator[Store]:
    store = server.store()
    yield store
    store.close()


@pytest.fixture
def page(browser: Browser, provider: Provider) -> Iterator[Page]:
    provider.denies = provider.forges = False
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def workshops(store: Store) -> int:
    with store.engine.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(WORKSHOP)) or 0)


def log_in(page: Page, server: Server) -> None:
    page.goto(f"http://127.0.0.1:{server.port}/")
    button = page.get_by_role("button", name="Log in")
    expect(button).to_be_visible()
    expect(page.get_by_label("What are you building?")).to_have_count(0)
    with page.expect_response(re.compile("/oauth2callback")):
        button.click()


def test_who_logs_in_comes_back_and_starts_a_workshop(
    page: Page, server: Server, provider: Provider, store: Store
) -> None:
    log_in(page, server)
    page.get_by_label("What are you building?").fill("Parcel delays")
    assert (provider.logins, provider.tokens) == (1, 1)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url("**/canvas?**")
    wait_until_live(page)
    assert workshops(store) == 1
    page.goto(f"http://127.0.0.1:{server.port}/")
    expect(page.get_by_label("What are you building?")).to_be_visible()
    assert provider.logins == 1, "the login is remembered"
    # Logging out leads away and back; a reload in the middle of it would be given up.
    with page.expect_navigation():
        page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Log in")).to_be_visible()


def test_a_participant_joins_by_link_and_never_meets_the_provider(
    page: Page, server: Server, provider: Provider, store: Store
) -> None:
    before = provider.logins
    workshop = store.create(Workshop(title="Parcel delays"))
    token = Access(store, secret_in(server.data)).link_for(workshop, "participant")
    enter(page, f"http://127.0.0.1:{server.port}/join/{token}", "Anne")
    wait_until_live(page)
    assert provider.logins == before


@pytest.mark.parametrize("bad_day", ["denies", "forges"])
def test_a_login_that_fails_opens_nothing(
    page: Page, server: Server, provider: Provider, store: Store, bad_day: str
) -> None:
    setattr(provider, bad_day, True)
    before, rows = provider.logins, workshops(store)
    log_in(page, server)
    assert provider.logins == before + 1
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    expect(page.get_by_label("What are you building?")).to_have_count(0)
    assert not [cookie for cookie in page.context.cookies() if "user" in cookie["name"]]
    assert workshops(store) == rows
