"""Following a join link: who makes a participant, who does not, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from starlette.testclient import TestClient

from canvas.document.workshop import Workshop
from canvas.errors import DatabaseAway, LinkRefused
from canvas.live.turns import Allowance, Turns
from canvas.log.op import Role
from canvas.store.access import JOINED_BY_ONE_LINK
from tests.route_client import route_client
from views.web.context import context

CLICKED = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-site": "cross-site"}


@pytest.fixture
def client(own_store: None) -> Iterator[TestClient]:
    with route_client() as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def room(client: TestClient) -> str:
    return context().store.create(Workshop(title="Parcel delays"))


def link(room: str, role: Role = "participant") -> str:
    return f"/join/{context().access.link_for(room, role)}"


def joined(room: str) -> int:
    return sum(known.joined for known in context().access.links(room))


def test_a_facilitator_who_clicks_the_link_in_a_chat_goes_straight_in(client: TestClient, room: str) -> None:
    answer = client.get(link(room, "facilitator"), headers=CLICKED)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/?w={room}&as=facilitator")
    assert joined(room) == 1


EMBEDDED: dict[str, dict[str, str]] = {
    "a picture of another page": {
        "sec-fetch-mode": "no-cors",
        "sec-fetch-dest": "image",
        "sec-fetch-site": "cross-site",
    },
    "a frame": {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe", "sec-fetch-site": "cross-site"},
    "a script that fetches": {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty", "sec-fetch-site": "same-origin"},
    "a browser that fetches ahead": {**CLICKED, "sec-purpose": "prefetch"},
    "one that renders ahead": {**CLICKED, "sec-purpose": "prefetch;prerender"},
    "an older one": {**CLICKED, "purpose": "prefetch"},
    "the preview of a chat": {"user-agent": "Slackbot-LinkExpanding 1.0"},
}


@pytest.mark.parametrize("headers", EMBEDDED.values(), ids=EMBEDDED)
@pytest.mark.parametrize("role", ["facilitator", "participant", "viewer"])
def test_what_only_looks_at_a_link_makes_no_participant(
    client: TestClient, room: str, headers: dict[str, str], role: Role
) -> None:
    for method in ("GET", "HEAD"):
        answer = client.request(method, link(room, role), headers=headers)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert joined(room) == 0


def test_a_head_request_makes_no_participant_however_it_comes(client: TestClient, room: str) -> None:
    assert client.head(link(room, "facilitator"), headers=CLICKED).status_code == 200
    assert joined(room) == 0


def test_a_facilitator_whose_browser_says_nothing_is_asked_by_a_page_that_goes_on_by_itself(
    client: TestClient, room: str
) -> None:
    page = client.get(link(room, "facilitator"))
    assert "You will lead this workshop." in page.text
    (script,) = re.findall("<script>(.*?)</script>", page.text)
    assert "submit()" in script
    answer = client.post(link(room, "facilitator"), headers={"origin": "http://testserver"}, data={})
    assert answer.status_code == 303
    assert joined(room) == 1


ELSEWHERE: dict[str, dict[str, str]] = {
    "another site": {"origin": "http://evil.example"},
    "a page without an origin": {"origin": "null"},
    "this host by another scheme": {"origin": "https://testserver"},
    "this host at another port": {"origin": "http://testserver:8080"},
    "what a new browser says": {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    "a neighbour": {"sec-fetch-site": "same-site"},
    "no address at all": {"origin": "http://[", "cookie": "a=b"},
}


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
@pytest.mark.parametrize("role", ["facilitator", "participant"])
def test_a_form_of_another_site_joins_nobody(
    client: TestClient, room: str, headers: dict[str, str], role: Role
) -> None:
    answer = client.post(link(room, role), data={"name": "Eve"}, headers=headers)
    assert answer.status_code == 403
    assert "paste it into the address bar" in answer.text
    assert "set-cookie" not in answer.headers
    assert joined(room) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://testserver"},
        {"origin": "HTTP://TESTSERVER:80"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
        {},
    ],
)
def test_our_own_form_joins_and_so_does_who_is_no_browser(
    client: TestClient, room: str, headers: dict[str, str]
) -> None:
    assert client.post(link(room), data={"name": "Anne"}, headers=headers).status_code == 303
    assert list(context().access.names(room).values()) == ["Anne"]


def test_a_name_that_is_too_long_comes_back_whole_to_be_shortened_and_nobody_has_joined(
    client: TestClient, room: str
) -> None:
    name = "Anne-Sophie <b> 'of the' " * 4
    answer = client.post(link(room), data={"name": name})
    assert answer.status_code == 422
    assert f"value='{escape(name.strip())}'" in answer.text
    assert f"{len(name.strip())} letters, and 60 is the most" in answer.text
    assert context().access.names(room) == {}
    assert "maxlength" not in answer.text


def test_a_name_as_long_as_a_name_may_be_passes_and_a_form_of_a_megabyte_does_not(
    client: TestClient, room: str
) -> None:
    assert client.post(link(room), data={"name": "\U0001f680" * 60}).status_code == 303
    for body in ({"content": b"name=" + b"x" * 1_000_000}, {"content": iter([b"name=x"])}):
        arguments: dict[str, Any] = {**body, "headers": {"content-type": "application/x-www-form-urlencoded"}}
        answer = client.post(link(room), **arguments)
        assert answer.status_code == 413
        assert "too long" in answer.text
    assert joined(room) == 1


def test_a_room_of_a_hundred_behind_one_address_joins_without_a_pause(client: TestClient, room: str) -> None:
    for number in range(100):
        client.cookies.clear()
        assert client.get(link(room)).status_code == 200
        client.cookies.clear()
        assert client.post(link(room), data={"name": f"p{number}"}).status_code == 303
    assert joined(room) == 100


def test_one_address_cannot_make_thousands_of_participants(client: TestClient, room: str) -> None:
    answers = []
    for _ in range(320):
        client.cookies.clear()
        answers.append(client.post(link(room), data={}))
    assert joined(room) <= 310
    refused = answers[-1]
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) == 3
    assert "Wait a minute, then open your link again" in refused.text
    assert "set-cookie" not in refused.headers


def test_nobody_guesses_links_without_end_and_members_are_let_in_again_all_the_same(
    client: TestClient, room: str
) -> None:
    object.__setattr__(context(), "visits", Turns(Allowance(at_once=5, per_second=0.001)))
    codes = [client.get(f"/join/guess{number}").status_code for number in range(8)]
    assert codes == [403] * 5 + [429] * 3
    assert client.get(link(room)).status_code == 429


def test_a_link_that_very_many_have_used_is_used_up(client: TestClient, room: str) -> None:
    access = context().access
    token = access.link_for(room, "participant")
    for _ in range(JOINED_BY_ONE_LINK):
        access.join(token)
    with pytest.raises(LinkRefused, match="Ask the facilitator for a new one"):
        access.join(token)
    assert access.join(access.new_link(room, "participant"))


def test_while_the_database_is_away_a_link_is_not_called_wrong(
    client: TestClient, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = link(room)

    def away(*_: object) -> None:
        raise DatabaseAway("The database does not answer just now. Try again in a few seconds.")

    monkeypatch.setattr(context().access, "invited", away)
    answer = client.get(address)
    assert answer.status_code == 503
    assert "does not open" not in answer.text
    assert "Try again in a few seconds." in answer.text
