"""The live route as a browser meets it: cookie, origin, protocol. Starlette's own client, no Streamlit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from canvas.document.workshop import Workshop
from canvas.store.access import cookie_name
from tests.route_client import ORIGIN, PLACE, hear, route_client, say
from views.web.context import context


@pytest.fixture
def client(own_store: None) -> Iterator[TestClient]:
    with route_client() as client:
        yield client


@pytest.fixture
def room(client: TestClient) -> str:
    return context().store.create(Workshop(title="Parcel delays"))


def join(client: TestClient, room: str, role: Any = "participant", name: str = "") -> dict[str, str]:
    """Follow a fresh link of a role and return the headers of that browser."""
    client.cookies.clear()
    address = f"/join/{context().access.new_link(room, role)}"
    answer = client.post(address, data={"name": name}, follow_redirects=False)
    assert answer.headers["location"] == f"/?w={room}&as={role}"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    cookie = answer.headers["set-cookie"].split(";")[0]
    client.cookies.clear()
    return {**ORIGIN, "cookie": cookie}


def add(socket: WebSocketTestSession, op_id: str, text: str = "hello") -> None:
    value = {"place": PLACE, "kind": "fact", "text": text}
    say(socket, t="op", op_id=op_id, action="add", item=f"note:{op_id}", value=value)


def test_an_edit_reaches_the_other_browser_and_its_author(client: TestClient, room: str) -> None:
    anne, ben = join(client, room), join(client, room)
    with (
        client.websocket_connect(f"/live?w={room}", headers=anne) as a,
        client.websocket_connect(f"/live?w={room}", headers=ben) as b,
    ):
        for socket in (a, b):
            say(socket, t="hello", since=0)
            assert hear(socket, "snapshot")["workshop"]["title"] == "Parcel delays"
        add(a, "n1")
        mine, theirs = hear(a, "events")["events"], hear(b, "events")["events"]
        assert mine == theirs
        assert theirs[0]["value"]["text"] == "hello"
        assert hear(b, "presence")["people"]


def test_who_reconnects_gets_exactly_what_was_missed(client: TestClient, room: str) -> None:
    anne = join(client, room)
    with client.websocket_connect(f"/live?w={room}", headers=anne) as socket:
        say(socket, t="hello", since=0)
        seen = hear(socket, "welcome")["seq"]
        for number in range(3):
            add(socket, f"n{number}")
            hear(socket, "events")
    with client.websocket_connect(f"/live?w={room}", headers=anne) as socket:
        say(socket, t="hello", since=seen)
        assert [event["item"] for event in hear(socket, "events")["events"]] == ["note:n0", "note:n1", "note:n2"]


def test_a_resent_op_is_acknowledged_and_happens_once(client: TestClient, room: str) -> None:
    with client.websocket_connect(f"/live?w={room}", headers=join(client, room)) as socket:
        say(socket, t="hello", since=0)
        add(socket, "n1")
        seq = hear(socket, "events")["events"][0]["seq"]
        add(socket, "n1")
        assert hear(socket, "ack") == {"t": "ack", "op_id": "n1", "seq": seq}


def closed_with(client: TestClient, path: str, headers: dict[str, str]) -> int:
    with pytest.raises(WebSocketDisconnect) as caught, client.websocket_connect(path, headers=headers) as socket:
        socket.receive_text()
    return int(caught.value.code)


def test_the_route_refuses_who_has_no_valid_token(client: TestClient, room: str) -> None:
    other = context().store.create(Workshop(title="Another"))
    assert closed_with(client, f"/live?w={room}", ORIGIN) == 4401
    assert (
        closed_with(client, f"/live?w={room}", {**ORIGIN, "cookie": cookie_name(room, "participant") + "=forged"})
        == 4401
    )
    theirs = join(client, other)["cookie"].replace(other, room)
    assert closed_with(client, f"/live?w={room}", {**ORIGIN, "cookie": theirs}) == 4401
    token = context().access.new_link(room, "participant")
    member, cookie = context().access.join(token)
    context().access.revoke(room, context().access.links(room)[-1].id)
    assert member.workshop == room
    assert (
        closed_with(client, f"/live?w={room}", {**ORIGIN, "cookie": cookie_name(room, "participant") + "=" + cookie})
        == 4401
    )


def test_who_was_put_out_writes_nothing_more_through_an_open_socket(
    client: TestClient, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What looks around every two seconds would find them too; here it is what they say that does.
    monkeypatch.setattr("canvas.live.hub.LOOK_EVERY_S", 3600)
    for greeting in ({"t": "hello", "since": 0}, None):
        headers = join(client, room)
        with client.websocket_connect(f"/live?w={room}", headers=headers) as socket:
            if greeting:
                say(socket, **greeting)
                hear(socket, "snapshot")
            before = context().store.read(room, lambda state: state.seq)
            for link in context().access.links(room):
                context().access.revoke(room, link.id)
            if greeting:
                add(socket, "late")
            else:
                say(socket, t="hello", since=0)
            with pytest.raises(WebSocketDisconnect) as ended:
                hear(socket, "nothing that there is")
        assert ended.value.code == 4401
        assert context().store.read(room, lambda state: state.seq) == before


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_a_page_of_another_origin_cannot_connect(client: TestClient, room: str, origin: str) -> None:
    assert closed_with(client, f"/live?w={room}", {**join(client, room), "origin": origin}) == 4403


def test_bad_messages_are_refused_with_a_reason_and_change_nothing(client: TestClient, room: str) -> None:
    with client.websocket_connect(f"/live?w={room}", headers=join(client, room, "viewer")) as socket:
        for text in ("", "[]", "{", "[" * 5000, '{"t": "hello"', '{"t": "op"}', '{"t": 5}'):
            socket.send_text(text)
            assert hear(socket, "refused")["code"] == "malformed"
        say(socket, t="hello", since="soon")
        hear(socket, "snapshot")
        add(socket, "n1")
        assert hear(socket, "refused")["code"] == "forbidden"
        assert hear(socket, "note") == {"t": "note", "id": "n1", "note": None}
        add(socket, "n2", "x" * 20_000)
        assert hear(socket, "refused")["code"] == "too-large"
    assert [event.action for event in context().store.events_since(room, 0)] == ["import"]


def test_a_link_that_is_not_one_says_so(client: TestClient) -> None:
    answer = client.get("/join/nonsense")
    assert answer.status_code == 403
    assert "not valid" in answer.text


def test_health_and_fonts_are_served(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/fonts/inter.ttf").content[:4] == b"\x00\x01\x00\x00"
    assert client.get("/fonts/..%2Fsecret").status_code == 404


def test_the_join_page_asks_for_a_name_or_none(client: TestClient, room: str) -> None:
    address = f"/join/{context().access.new_link(room, 'participant')}"
    page = client.get(address)
    assert "Parcel delays" in page.text
    assert page.headers["referrer-policy"] == "same-origin"
    assert "location" not in page.headers
    join(client, room, name="  Anne <b>\u202e ")
    assert list(context().access.names(room).values()) == ["Anne <b>"]


def test_who_has_joined_goes_straight_in_and_stays_the_same_person(client: TestClient, room: str) -> None:
    address = f"/join/{context().access.new_link(room, 'participant')}"
    client.post(address, data={"name": "Anne"}, follow_redirects=False)
    again = client.get(address, follow_redirects=False)
    assert again.status_code == 303
    assert "set-cookie" not in again.headers
    assert [link.joined for link in context().access.links(room)] == [1]


def test_a_facilitator_who_tries_the_participants_link_stays_the_facilitator(client: TestClient, room: str) -> None:
    lead, guest = join(client, room, "facilitator"), join(client, room)
    both = {**ORIGIN, "cookie": f"{lead['cookie']}; {guest['cookie']}"}
    for asked, role in (("", "facilitator"), ("&as=participant", "participant"), ("&as=facilitator", "facilitator")):
        with client.websocket_connect(f"/live?w={room}{asked}", headers=both) as socket:
            say(socket, t="hello", since=0)
            assert hear(socket, "welcome")["me"]["role"] == role
