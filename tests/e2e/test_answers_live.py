"""The live client of a real page when answers change: batches, the history beside that of notes, lost connections.

The page is the board, which shows no answers: whatever shows them drives the same client.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from canvas.log.fold import document_of
from canvas.store.store import Store
from tests.e2e.conftest import OpenBoard, wait_until_live
from tests.live_server import Server

DRIFT, SCHEMA = "answer:monitoring.drift", "answer:data.schema"
CLIENT = "const client = globalThis[Symbol.for('stack-canvas.live')].values().next().value;"
UNTIL = """const until = (is) => new Promise((done) => {
  const look = () => (is() ? done() : setTimeout(look, 10));
  look();
});"""
EMPTY = "() => client.welcomed && !client.outbox.entries.length"
ANSWER = """const answer = (value) => ({ deleted: null, value, state: "answered" });"""


def run(page: Page, script: str, *args: Any) -> Any:
    """Run a script beside the live client of a page."""
    return page.evaluate(f"async (args) => {{ {CLIENT} {UNTIL} {ANSWER} {script} }}", list(args))


@pytest.fixture
def recorded(app: Server) -> Callable[[str], dict[str, Any]]:
    """Return a function that reads the answers of a workshop from its database."""

    def read(workshop: str) -> dict[str, Any]:
        store = Store.in_folder(app.data)
        try:
            return {found.id: found.value for found in store.read(workshop, document_of).answers}
        finally:
            store.close()

    return read


Recorded = Callable[[str], dict[str, Any]]


def test_several_answers_are_one_step_and_the_board_takes_none_of_them_back(
    app: Server, open_board: OpenBoard, recorded: Recorded
) -> None:
    links = app.new_workshop()
    page, other = open_board(links["participant"]), open_board(links["facilitator"])
    run(other, "globalThis.heard = []; client.on('events', (events) => heard.push(...events));")
    shown = run(
        page,
        f"""
        const place = {{ canvas: "stack-canvas", block: "value", pos: 1 }};
        client.change([{{ action: "add", id: "n-0000000001", value: {{ place, kind: "fact", text: "a note" }} }}]);
        client.changeItems(args.map((item) => ({{ item, changes: answer("manual"), bases: {{}}, before: {{}} }})));
        const shown = [client.pending(args[0]), client.outbox.entries.map(({{ frame }}) => frame.t)];
        await until({EMPTY});
        return shown;
        """,
        DRIFT,
        SCHEMA,
    )
    assert shown == [{"deleted": None, "value": "manual", "state": "answered"}, ["op", "ops"]]
    assert recorded(links["workshop"]) == {"monitoring.drift": "manual", "data.schema": "manual"}
    values = run(other, "await until(() => heard.length >= 5); return heard.map(({ item, value }) => [item, value]);")
    assert [DRIFT, "manual"] in values
    run(page, f"client.undo(); await until({EMPTY});")
    assert recorded(links["workshop"]) == {"monitoring.drift": "manual", "data.schema": "manual"}
    back = run(page, f"const back = client.undo(null, 'answer'); await until({EMPTY}); return back.length;")
    assert back == 6
    assert recorded(links["workshop"]) == {}
    run(page, f"client.redo(null, 'answer'); await until({EMPTY});")
    assert recorded(links["workshop"]) == {"monitoring.drift": "manual", "data.schema": "manual"}


def test_an_answer_without_a_connection_arrives_after_a_reload_and_can_be_taken_back(
    app: Server, open_board: OpenBoard, recorded: Recorded
) -> None:
    links = app.new_workshop()
    page = open_board(links["participant"])
    waiting = run(
        page,
        "client.connection.stop(); client.welcomed = false;"
        "client.changeItem(args[0], answer('manual')); client.undo(null, 'answer');"
        "client.changeItem(args[1], answer('none')); return client.outbox.entries.length;",
        DRIFT,
        SCHEMA,
    )
    assert waiting == 3
    page.reload()
    wait_until_live(page)
    run(page, f"await until({EMPTY});")
    assert recorded(links["workshop"]) == {"data.schema": "none"}
    run(page, f"client.undo(null, 'answer'); await until({EMPTY});")
    assert recorded(links["workshop"]) == {}


def test_a_refused_batch_is_told_once_with_all_of_it_and_waits_for_who_shows_answers(
    app: Server, open_board: OpenBoard, recorded: Recorded
) -> None:
    links = app.new_workshop()
    page, other = open_board(links["participant"]), open_board(links["facilitator"])
    run(other, f"client.changeItem(args[0], answer('none')); await until({EMPTY});", DRIFT)
    two = "client.changeItems([SCHEMA, DRIFT].map((item) => ({ item, changes: answer('manual') })));"
    both = f"const [DRIFT, SCHEMA] = args; {two}"
    refusal = run(page, f"{both} await until({EMPTY}); return client.takeRefusals('answer');", DRIFT, SCHEMA)
    [told] = refusal
    assert (told["kind"], told["code"]) == ("answer", "stale")
    assert [part["item"] for part in told["parts"]] == [SCHEMA] * 3 + [DRIFT] * 3
    blamed = next(part for part in told["parts"] if part["op_id"] == told["failed"])
    assert (blamed["item"], blamed["prop"]) == (DRIFT, "value")
    heard = run(
        page,
        f"const heard = []; client.on('refused', (refusal) => heard.push(refusal.code), 'answer'); {both}"
        f"await until({EMPTY}); await until(() => heard.length); client.changeItem(SCHEMA, answer('automated'));"
        f"await until({EMPTY});"
        "return [heard, client.takeRefusals('answer').length, client.histories.answer.done.length];",
        DRIFT,
        SCHEMA,
    )
    assert heard == [["stale"], 0, 1]
    assert recorded(links["workshop"]) == {"monitoring.drift": "none", "data.schema": "automated"}


def test_what_somebody_has_changed_since_does_not_hold_the_rest_of_a_step(
    app: Server, open_board: OpenBoard, recorded: Recorded
) -> None:
    links = app.new_workshop()
    page, other = open_board(links["participant"]), open_board(links["facilitator"])
    run(
        page,
        f"client.changeItems(args.map((item) => ({{ item, changes: answer('manual') }}))); await until({EMPTY});",
        DRIFT,
        SCHEMA,
    )
    run(
        other,
        "await until(() => client.seq >= 5); client.changeItem(args[0], { value: 'none' }, { bases: { value: 5 } });"
        f"await until({EMPTY});",
        DRIFT,
    )
    left = run(
        page,
        "await until(() => client.seq >= 6); client.undo(null, 'answer');"
        f"await until({EMPTY}); return client.histories.answer.taken[0].map((part) => part.effect.item);",
    )
    assert recorded(links["workshop"]) == {"monitoring.drift": "none"}
    assert set(left) == {SCHEMA}
    run(page, f"client.redo(null, 'answer'); await until({EMPTY});")
    assert recorded(links["workshop"]) == {"monitoring.drift": "none", "data.schema": "manual"}


def test_a_whole_sheet_is_sent_in_batches_that_the_server_takes(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    page = open_board(links["participant"])
    evidence = [{"ref": "x" * 190} for _ in range(20)]
    sizes = run(
        page,
        """
        const items = Array.from({ length: 118 }, (_, index) => ({
          item: `answer:practice.p${index}`, changes: { ...answer("manual"), evidence: args[0] },
        }));
        const sent = [];
        const send = client.connection.send;
        client.connection.send = (frame) => (sent.push(frame), send.call(client.connection, frame));
        const step = client.changeItems(items);
        client.connection.send = send;
        """
        f"await until({EMPTY});"
        """
        const whole = sent.every(({ ops }) => new Set(ops.map((op) => op.item)).size * 4 === ops.length);
        const large = Math.max(...sent.map((frame) => JSON.stringify(frame).length));
        const counts = sent.map(({ ops }) => ops.length);
        return [step.length, counts.reduce((sum, count) => sum + count), Math.max(...counts), large, whole];
        """,
        evidence,
    )
    steps, ops, most, letters, whole = sizes
    assert (steps, ops, whole) == (472, 472, True)
    assert most <= 200
    assert letters <= 64_000
    told = run(
        page,
        "client.changeItem(args[0], { reason: 'x'.repeat(70000) });"
        "return client.takeRefusals('answer').map(({ code, parts }) => [code, parts[0].value.length]);",
        DRIFT,
    )
    assert told == [["too-large", 70_000]]
