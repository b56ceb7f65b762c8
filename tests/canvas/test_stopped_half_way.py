"""What is stopped half-way, goes back in time or passes a limit leaves nothing behind that nobody knows of."""

from __future__ import annotations

import errno
import json
from fnmatch import fnmatch
from pathlib import Path

import pytest
import sqlalchemy as sa

from canvas.document.workshop import Workshop
from canvas.errors import OpRefused, SettingWrong
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.store import backup
from canvas.store.access import Access, later_than, secret_in
from canvas.store.new_file import put_in_place
from canvas.store.sql_tables import EVENT
from canvas.store.store import Store

ANNE = Author("anne", "participant")
BLOCK = shipped().canvases["stack-canvas"].blocks[0].id
NOTE = {"text": "n", "kind": "fact", "place": {"canvas": "stack-canvas", "block": BLOCK, "pos": 1.0}}


@pytest.mark.parametrize("data", [b"", b"\n", b"short", b"\xff\xfe"])
def test_a_secret_that_was_emptied_signs_nothing(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(data)
    with pytest.raises(SettingWrong, match="empty or cut off"):
        secret_in(tmp_path)
    assert (tmp_path / "secret").read_bytes() == data


def test_a_killed_backup_leaves_a_draft_that_the_documented_clean_up_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)  # Whoever is killed clears nothing away.
    with pytest.raises(KeyboardInterrupt):
        backup.write_whole(tmp_path / "canvas-29.backup", _interrupted, backup.is_backup)
    (left,) = tmp_path.iterdir()
    assert fnmatch(left.name, "canvas-*.backup")
    assert not left.name.startswith(".")


def _interrupted(target: object) -> None:
    raise KeyboardInterrupt


def test_who_is_stopped_half_way_leaves_no_workshop_that_nobody_was_told_of(tmp_path: Path) -> None:
    store = Store.in_folder(tmp_path)
    access = Access(store, "secret" * 4)

    def stopped(workshop: str, tokens: object) -> None:
        assert workshop
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        access.begin(Workshop(title="Churn"), ("facilitator",), stopped)
    with store.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(EVENT)) == 0
    room, links = access.begin(Workshop(title="Churn"), ("facilitator", "viewer"))
    assert {role: access.invited(token) for role, token in links.items()} == {role: (room, role) for role in links}
    store.close()


def test_the_newest_link_is_the_last_that_was_made_whatever_the_clock_says(tmp_path: Path) -> None:
    times = iter(f"2026-11-29T10:00:{60 - second:02}.000+00:00" for second in range(1, 60))
    store = Store.in_folder(tmp_path, clock=lambda: next(times))
    access = Access(store, "secret" * 4)
    room = store.create(Workshop(title="Churn"))
    made = [access.new_link(room, "facilitator") for _ in range(4)]
    assert access.link_for(room, "facilitator") == made[-1]
    assert [link.token for link in access.links(room)] == made
    assert (
        later_than("2026-11-29T10:00:00.999+00:00", "2026-11-29T09:00:00.000+00:00") == "2026-11-29T10:00:01.000+00:00"
    )
    store.close()


def test_undo_of_a_deletion_does_not_pass_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("canvas.log.ops.MAX_NOTES", 3)
    store = Store.in_folder(tmp_path)
    room = store.create(Workshop(title="Churn"))

    def do(op_id: str, action: str, item: str, prop: str | None = None, value: object = None) -> None:
        store.apply(room, Op(op_id=op_id, action=action, item=item, prop=prop, value=value), ANNE, shipped())  # type: ignore[arg-type]

    for number in range(3):
        do(f"add-{number:06}", "add", f"note:n{number}", value=NOTE)
    do("delete-01", "set", "note:n0", "deleted", True)
    do("add-000003", "add", "note:n3", value=NOTE)
    for op_id, action, item, prop, value in (
        ("undo-0001", "undo", "note:n0", None, "delete-01"),
        ("set-00001", "set", "note:n0", "deleted", False),
    ):
        with pytest.raises(OpRefused, match="at most 3 notes"):
            do(op_id, action, item, prop, value)
    do("delete-02", "set", "note:n1", "deleted", True)
    do("undo-0002", "undo", "note:n0", None, "delete-01")
    assert len(list(store.document(room).notes("stack-canvas"))) == 3
    store.close()


def test_a_target_that_is_no_number_of_before_still_opens(tmp_path: Path) -> None:
    """A file with `value: 1.0e309` passed once; what is kept of it must open, and say so."""
    store = Store.in_folder(tmp_path)
    room = store.create(Workshop.model_validate({"title": "Churn", "targets": [{"model": "google", "value": 1}]}))
    with store.engine.begin() as connection:
        body = connection.scalar(sa.select(EVENT.c.body).where(EVENT.c.seq == 1))
        body["value"]["targets"][0]["value"] = float("inf")
        connection.execute(sa.update(EVENT).where(EVENT.c.seq == 1).values(body=body))
    assert json.dumps(body)
    assert store.document(room).targets[0].value == float("inf")
    store.close()


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_is_put_in_place_once_also_where_no_links_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def unknown(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if not links:
        monkeypatch.setattr(Path, "hardlink_to", unknown)
    for text in ("first", "second"):
        draft = tmp_path / ".draft"
        draft.write_text(text)
        put_in_place(draft, tmp_path / "kept")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept").read_text() == "first"
    # The two files that a new data folder begins with.
    secret = secret_in(tmp_path / "data")
    assert secret_in(tmp_path / "data") == secret
    Store.in_folder(tmp_path / "data").close()
    assert not [path for path in (tmp_path / "data").iterdir() if path.name.startswith(".")]
