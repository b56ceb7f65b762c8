"""Writes the fixtures of this folder with the code of 40f986e: run it in a checkout of that commit (see README.md).

It imports that state's modules, which are laid out otherwise than today's; nothing of the present state is used.
"""

import json
import os
import re
import sqlite3
import sys
from pathlib import Path

import canvas.store
import sqlalchemy as sa
from canvas.access import Access
from canvas.backup import backup
from canvas.content import shipped
from canvas.export import export_workshop
from canvas.log import State
from canvas.requests import Author, parse_op
from canvas.store import Store
from canvas.tables import METADATA
from canvas.workshop import Workshop
from canvas.workshop_file import dump_workshop, load_workshop
from tests.databases import new_database, own_server

OUT, SECRET = Path(sys.argv[1]), "of the fixtures and of nobody"
canvas.store.SNAPSHOT_EVERY = 25  # Small logs with snapshots in them.


class Clock:
    """One second later each time."""

    def __init__(self) -> None:
        self.told = 0

    def __call__(self) -> str:
        self.told += 1
        return f"2026-11-24T{10 + self.told // 3600:02}:{self.told // 60 % 60:02}:{self.told % 60:02}.000+00:00"


class Room:
    """A workshop, and short words for what people do in it."""

    def __init__(self, store: Store, document) -> None:
        self.store, self.id, self.count = store, store.create(document), 0
        self.access = Access(store, SECRET)
        self.tokens = {role: self.access.new_link(self.id, role) for role in ("facilitator", "participant", "viewer")}
        self.people = {}

    def joins(self, name: str, role: str) -> None:
        member, cookie = self.access.join(self.tokens[role], name)
        self.people[name] = (member.author, cookie)

    def do(self, who: str, item: str, prop=None, value=None, action="set", base=None) -> str:
        self.count += 1
        op_id = f"op-{self.count:06}"
        op = {"op_id": op_id, "action": action, "item": item, "prop": prop, "value": value, "base": base}
        self.store.apply(self.id, parse_op(op), self.people[who][0], shipped())
        return op_id

    def note(self, who: str, note: str, text: str, block: str, kind: str = "fact", pos: float = 1.0) -> str:
        value = {"text": text, "kind": kind, "place": {"canvas": "stack-canvas", "block": block, "pos": pos}}
        return self.do(who, f"note:{note}", value=value, action="add")


def whole_workshop(store: Store) -> Room:
    """Something of each kind: what a workshop that went through all steps has in its log."""
    room = Room(store, load_workshop(Path("tests/golden/format-1.workshop.yaml")))
    room.joins("Lea", "facilitator")
    room.joins("Anne", "participant")
    room.joins("Bën 🚚", "participant")
    room.joins("", "viewer")
    lea, anne, ben = "Lea", "Anne", "Bën 🚚"
    room.do(lea, "workshop:", "title", "Parcel delays in Köln")
    room.do(lea, "requirement:latency-p95", "value", 150)
    room.do(anne, "requirement:prediction-timing", "value", "on-request")
    room.do(anne, "requirement:prediction-timing", "state", "assumed")
    room.do(anne, "requirement:prediction-timing", "value", None)
    for number, kind in enumerate(("fact", "proposal", "question", "risk", "dilemma")):
        room.note(anne, f"k{number}", f"a {kind} of Anne", "data", kind, float(number))
    room.note(ben, "b1", "parcels are scanned twice", "monitoring")
    room.do(ben, "note:b1", "text", "parcels are scanned up to twice")
    room.do(anne, "note:b1", "text", "parcels are scanned up to three times", base=1)
    room.do(ben, "note:b1", "place", {"canvas": "stack-canvas", "block": "data", "pos": 9.5})
    room.do(ben, "note:b1", "source", "the scanners' log")
    room.do(anne, "note:k4", "deleted", True)
    undone = room.do(anne, "note:k0", "text", "typed into the wrong note")
    room.do(anne, "", value=undone, action="undo")
    room.do(lea, "room:", "voting", {"state": "open", "budget": 3})
    room.do(anne, "vote:k1", "count", 2)
    room.do(ben, "vote:k1", "count", 1)
    room.do(ben, "vote:b1", "count", 2)
    room.do(lea, "vote:b1", "tally", 4)
    room.do(lea, "room:", "voting", {"state": "shown", "budget": 3})
    room.do(lea, "moment:m1", value={"name": "after the votes"}, action="add")
    for choice, because in (("mlflow-registry", "Everybody knows it."), ("none-yet", "Nobody runs a server for it.")):
        room.do(anne, "draft:registry.models", "choice", choice)
        room.do(anne, "draft:registry.models", "options", ["mlflow-registry", "none-yet"])
        room.do(anne, "draft:registry.models", "because", because)
        room.do(anne, "draft:registry.models", "drivers", ["k1", "k4"])
        room.do(lea, "draft:registry.models", value="2026-11-24", action="record")
    room.do(ben, "draft:serving.runtime", "choice", "other: our own Kotlin service")
    room.do(ben, "draft:monitoring.drift", "choice", "evidently")
    room.do(ben, "draft:monitoring.drift", "choice", None)
    room.do(anne, "answer:monitoring.drift", "value", "manual")
    room.do(anne, "answer:monitoring.drift", "evidence", [{"ref": "docs/drift.md", "seen_on": "2026-11-24"}])
    room.do(anne, "answer:monitoring.drift", "dissent", "Ben says that nobody looks.")
    room.do(anne, "answer:data.privacy", "state", "not-applicable")
    room.do(anne, "answer:data.privacy", "reason", "There are no persons in it.")
    room.do(lea, "target:google", "value", 1)
    room.do(lea, "assignment:monitoring.drift", "owner", "Ben")
    room.do(anne, "task:t1", value={"title": "Predict the delay", "prediction": True, "gain": 3}, action="add")
    room.do(anne, "task:t2", value={"title": "Tell the customer", "after": ["t1"]}, action="add")
    room.do(ben, "risk:r1", value={"text": "Scanners lie", "block": "data", "owner": "Ben"}, action="add")
    room.do(ben, "row:data-checklist/own", "title", "A new depot")
    room.do(ben, "row:data-checklist/own", "evidence", "twice a year")
    room.do(ben, "row:change-scenarios/decay", "note", "slowly")
    room.do(lea, "room:", "assessing", {"state": "open", "model": "mltestscore"})
    room.do(anne, "judgement:monitoring.drift", "value", "automated")
    room.do(ben, "judgement:monitoring.drift", "value", "none")
    room.do(lea, "judgement:monitoring.drift", "tally", {"manual": 2})
    room.do(lea, "room:", "assessing", {"state": "shown", "model": "mltestscore"})
    room.do(lea, "answer:monitoring.drift", "spread", {"none": 1, "automated": 1, "manual": 2})
    room.note(lea, "later", "written and taken back by going back", "value")
    room.do(lea, "", value=room.store.read(room.id, lambda state: state.seq) - 1, action="restore")
    return room


def running_workshop(store: Store, title: str) -> Room:
    """A room in the middle of everything that is hidden: a private round, a blind round and a vote."""
    room = Room(store, Workshop(title=title))
    room.joins("Mia", "facilitator")
    room.joins("Tom", "participant")
    room.do("Mia", "room:", "timer", {"seconds": 300, "label": "Notes"})
    room.do("Mia", "room:", "locked", ["serving"])
    room.do("Mia", "room:", "focus", {"step": "canvas", "block": "data"})
    room.do("Mia", "room:", "hide_authors", True)
    room.do("Mia", "room:", "voting", {"state": "open", "budget": 5})
    room.note("Tom", "open", "seen by everybody", "data")
    room.do("Tom", "vote:open", "count", 5)
    room.do("Mia", "room:", "private", True)
    room.note("Tom", "alone", "seen by Tom alone until the reveal", "data")
    room.do("Mia", "room:", "assessing", {"state": "open", "model": "google"})
    room.do("Tom", "judgement:data.schema", "value", "automated")
    for number in range(30):
        room.do("Tom", "note:alone", "text", f"seen by Tom alone until the reveal, for the {number}th time")
    return room


def expected(rooms: list[Room]) -> dict:
    """What this state reads out of what it wrote."""
    return {
        room.id: {
            "state": {name: value for name, value in room.store.read(room.id, State.dump).items() if name != "version"},
            "document": room.store.document(room.id).model_dump(mode="json", exclude_defaults=True, exclude_none=True),
            "tokens": room.tokens,
            "cookies": {author.role: cookie for author, cookie in room.people.values()},
            "names": room.access.names(room.id),
        }
        for room in rooms
    }


def fill(store: Store) -> list[Room]:
    rooms = [whole_workshop(store), running_workshop(store, "Running"), Room(store, Workshop(title="x"))]
    rooms[2].access.revoke(rooms[2].id, rooms[2].access.links(rooms[2].id)[0].id)
    return rooms


def keep(name: str, data: object) -> None:
    (OUT / name).write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def write_sqlite() -> None:
    store = Store(f"sqlite:///{OUT / 'workshops.sqlite'}", Clock())
    rooms = fill(store)
    keep("sqlite.expected.json", expected(rooms))
    with (OUT / "canvas.backup").open("wb") as target:
        backup(store, target)
    with (OUT / "workshop.zip").open("wb") as target:
        export_workshop(store, rooms[0].id, shipped(), target)
    (OUT / "parcels.workshop.yaml").write_text(dump_workshop(store.document(rooms[0].id)), encoding="utf-8")
    store.close()
    with sqlite3.connect(OUT / "workshops.sqlite") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def write_postgresql() -> None:
    """Keep the statements that made the tables, as they were sent, and every row as PostgreSQL writes it itself."""
    sent = []
    sa.event.listen(sa.Engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: sent.append(statement))
    with own_server() as server:
        store = Store(new_database(server.get_uri()), Clock())
        made = [f"{' '.join(line.split())};" for line in sent if line.strip().startswith(("CREATE TABLE", "CREATE INDEX"))]
        keep("postgresql.expected.json", expected(fill(store)))
        with store.engine.connect() as connection:
            rows = [row for table in METADATA.sorted_tables for row in inserts(connection, table)]
        store.close()
    (OUT / "postgresql.sql").write_text("\n".join([*made, *rows]) + "\n", encoding="utf-8")


def inserts(connection: sa.Connection, table: sa.Table) -> list[str]:
    columns = ", ".join(f"quote_nullable({column.name}::text)" for column in table.columns)
    found = connection.execute(sa.text(f"SELECT concat_ws(', ', {columns}) FROM {table.name} ORDER BY 1"))
    return [f"INSERT INTO {table.name} VALUES ({values});" for values in found.scalars()]


def write_pack() -> None:
    """Keep the pack that the page on packs shows, as it was to be written then."""
    page = Path("docs/packs.md").read_text(encoding="utf-8")
    for name, text in re.findall(r"^`(on-call/\S+\.yaml)`.*?```yaml\n(.*?)```", page, re.MULTILINE | re.DOTALL):
        (OUT / name).parent.mkdir(parents=True, exist_ok=True)
        (OUT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    os.environ.pop("STACK_CANVAS_PACKS", None)
    write_sqlite()
    write_postgresql()
    write_pack()
