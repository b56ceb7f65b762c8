"""Files that people edited are never overwritten by a second run; those that nobody touched are brought up to date."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from assessments.library.packs import library
from canvas.document.file import load_workshop, save_workshop
from canvas.document.workshop import Decision, Workshop
from canvas.method.load import shipped
from templates.adr.records import SERIES, records
from templates.plan import make_plan
from templates.signature import MARKED, signed, writings
from tests.verbs import ran
from tests.views.test_cli import ROOT, run
from views.terminal.writing import write_texts

EXAMPLE = "platform-at-scale"
WRITES = [
    (("adr", EXAMPLE, "-o", "out"), "out/index.md"),
    (("cards", EXAMPLE, "-o", "out"), "out/datasheet.md"),
    (("report", EXAMPLE, "-o", "out/report.md"), "out/report.md"),
    (("roadmap", EXAMPLE, "-o", "out/roadmap.md"), "out/roadmap.md"),
    (("diagram", EXAMPLE, "-o", "out/picture.svg"), "out/picture.svg"),
    (("diagram", EXAMPLE, "-o", "out/picture.mmd"), "out/picture.mmd"),
    (("diagram", EXAMPLE, "-o", "out/picture.dot"), "out/picture.dot"),
]


def edit(path: Path) -> str:
    path.write_text(path.read_text(encoding="utf-8").replace("a", "our own words, ", 1), encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "name"), WRITES, ids=[name for _, name in WRITES])
def test_an_edited_file_is_told_and_kept(tmp_path: Path, words: tuple[str, ...], name: str) -> None:
    (tmp_path / "out").mkdir()
    assert ran(*words, cwd=tmp_path).returncode == 0
    before = (tmp_path / name).read_text(encoding="utf-8")
    edited = edit(tmp_path / name)
    done = ran(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert f"{name} is kept: it was edited since it was written." in done.stderr
    assert "--force" in done.stderr
    assert (tmp_path / name).read_text(encoding="utf-8") == edited
    again = ran(*words, "--force", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8") == before


def decided(*numbers: int) -> Workshop:
    slots = ("data.storage", "data.versioning", "serving.runtime")
    return Workshop(
        title="Churn",
        decisions=tuple(
            Decision(
                number=number, slot=slot, status="accepted", choice="none-yet", because="b", decided_on="2026-11-20"
            )
            for number, slot in zip(numbers, slots, strict=False)
        ),
    )


def write_records(folder: Path, workshop: Workshop, *words: str) -> tuple[int, str]:
    save_workshop(workshop, folder / "w.yaml")
    done = ran("adr", str(folder / "w.yaml"), "-o", str(folder / "adr"), *words, cwd=folder)
    return done.returncode, done.stderr


def test_a_record_with_another_number_leaves_no_old_file(tmp_path: Path) -> None:
    assert write_records(tmp_path, decided(1, 2)) == (0, "")
    mine = tmp_path / "adr/0007-our-own-record.md"
    mine.write_text("# Ours\n", encoding="utf-8")
    code, told = write_records(tmp_path, decided(1, 3))
    assert code == 0
    assert (
        "0002-data-versioning.md is removed: it is not among the decisions any more, and nobody had edited it." in told
    )
    assert {path.name for path in (tmp_path / "adr").iterdir()} == {
        "0001-data-storage.md",
        "0003-data-versioning.md",
        "index.md",
        mine.name,
    }


def test_a_record_that_cannot_be_removed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    write_records(tmp_path, decided(1, 2))
    texts = {Path(path).name: text for path, text in records(make_plan(decided(1, 3), shipped(), library())).items()}
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(typer.Exit):
        write_texts(tmp_path / "adr", texts, "churn", force=False, series=SERIES)
    assert "0002-data-versioning.md cannot be removed (Permission denied). Check" in capsys.readouterr().err


def test_a_record_with_another_number_that_was_edited_is_kept_and_told(tmp_path: Path) -> None:
    write_records(tmp_path, decided(1, 2))
    old = tmp_path / "adr/0002-data-versioning.md"
    edited = edit(old)
    for words in ((), ("--force",)):
        code, told = write_records(tmp_path, decided(1, 3), *words)
        assert code == 1
        assert (
            "0002-data-versioning.md is kept: it is not among the decisions any more, but somebody edited it." in told
        )
        assert old.read_text(encoding="utf-8") == edited


def test_among_the_records_of_another_workshop_nothing_is_written(tmp_path: Path) -> None:
    write_records(tmp_path, decided(1, 2))
    edited = edit(tmp_path / "adr/0001-data-storage.md")
    before = {path.name: path.read_bytes() for path in (tmp_path / "adr").iterdir()}
    other = decided(7).model_copy(update={"title": "Fraud"})
    code, told = write_records(tmp_path, other)
    assert code == 1
    assert " belongs to 'churn', and this is 'fraud'." in told
    assert "write `slug: churn` into the workshop file" in told
    assert {path.name: path.read_bytes() for path in (tmp_path / "adr").iterdir()} == before
    # Records with other numbers, and no index any more, are still theirs.
    (tmp_path / "adr/index.md").rename(tmp_path / "index.md")
    assert "0001-data-storage.md belongs to 'churn', and this is 'fraud'." in write_records(tmp_path, other)[1]
    assert {path.name for path in (tmp_path / "adr").iterdir()} == before.keys() - {"index.md"}
    (tmp_path / "index.md").rename(tmp_path / "adr/index.md")
    # The mend that is named for a title that was changed.
    assert write_records(tmp_path, other.model_copy(update={"slug": "churn"}))[0] == 1
    assert "Fraud" in (tmp_path / "adr/index.md").read_text(encoding="utf-8")
    write_records(tmp_path, decided(1, 2))
    code, told = write_records(tmp_path, other, "--force")
    assert "0002-data-versioning.md is removed: it belongs to 'churn', and nobody had edited it." in told
    assert "0001-data-storage.md is kept: it belongs to 'churn', but somebody edited it." in told
    assert (tmp_path / "adr/0001-data-storage.md").read_text(encoding="utf-8") == edited
    assert {path.name for path in (tmp_path / "adr").iterdir()} == {
        "0001-data-storage.md",
        "0007-data-storage.md",
        "index.md",
    }


def test_files_of_before_that_say_the_same_are_brought_up_to_date(tmp_path: Path) -> None:
    """Until now nothing was signed."""
    write_records(tmp_path, decided(1, 2))
    for path in (tmp_path / "adr").iterdir():
        path.write_text(path.read_text(encoding="utf-8").partition("\n<!-- Written by")[0], encoding="utf-8")
    edited = tmp_path / "adr/0001-data-storage.md"
    edit(edited)
    code, told = write_records(tmp_path, decided(1, 2))
    assert code == 1
    assert told.count(" is kept: ") == 1
    assert "0001-data-storage.md is kept: it was edited, or not written by this tool." in told
    assert "unedited while this fits" in (tmp_path / "adr/index.md").read_text(encoding="utf-8")


def test_records_of_a_generated_project_are_known_as_ours(tmp_path: Path) -> None:
    example = load_workshop(ROOT / f"examples/{EXAMPLE}.workshop.yaml")
    save_workshop(example, tmp_path / "w.yaml")
    assert ran("scaffold", str(tmp_path / "w.yaml"), "-o", str(tmp_path / "project"), cwd=tmp_path).returncode == 0
    done = ran("adr", str(tmp_path / "w.yaml"), "-o", str(tmp_path / "project/docs/adr"), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_other_line_ends_are_no_edit_and_what_is_no_text_is_kept(tmp_path: Path) -> None:
    write_records(tmp_path, decided(1))
    index = tmp_path / "adr/index.md"
    index.write_bytes(index.read_bytes().replace(b"\n", b"\r\n"))
    assert write_records(tmp_path, decided(1)) == (0, "")
    assert b"\r" not in index.read_bytes()
    index.write_bytes(b"\xff\xfe\x00")
    code, told = write_records(tmp_path, decided(1))
    assert (code, "index.md is kept: it was edited, or not written by this tool." in told) == (1, True)
    index.unlink()
    index.mkdir()
    code, told = write_records(tmp_path, decided(1))
    assert (code, "Traceback" in told, "index.md cannot be read" in told) == (1, False, True)
    shutil.rmtree(index)


@given(st.text(), st.text())
def test_any_change_of_a_text_is_seen(text: str, other: str) -> None:
    wanted = {"a.md": signed(text, "churn")}
    (same,) = writings(wanted, wanted, "churn")
    assert same.what == "write"
    changed = signed(text, "churn").replace(text.rstrip(), other.rstrip(), 1)
    (found,) = writings({"a.md": changed}, wanted, "churn")
    plain = (part.replace("\r\n", "\n").removeprefix("\ufeff").rstrip() for part in (text, other))
    assert (found.what == "write") == (len(set(plain)) == 1)


def test_the_records_of_a_download_are_signed() -> None:
    made = records(make_plan(decided(1), shipped(), library()))
    assert all("<!-- Written by MLOps Stack Canvas for churn," in text for text in made.values())


FOREIGN = b"what somebody else wrote"


@pytest.mark.parametrize(
    "words",
    [
        ("roadmap", EXAMPLE, "-o", "out.csv"),
        ("roadmap", EXAMPLE, "-o", "out.json"),
        ("report", EXAMPLE, "-o", "out.pdf"),
        ("diagram", EXAMPLE, "-o", "out.png"),
        ("canvas", "-o", "out.pdf"),
        ("scaffold", EXAMPLE, "--zip", "out.zip"),
    ],
    ids=" ".join,
)
def test_a_file_that_cannot_say_who_wrote_it_is_replaced_by_force_only(tmp_path: Path, words: tuple[str, ...]) -> None:
    path = tmp_path / words[-1]
    path.write_bytes(FOREIGN)
    done = ran(*words, cwd=tmp_path)
    assert (done.returncode, path.read_bytes()) == (1, FOREIGN)
    assert f"{path.name} is kept: nothing in it says that this tool wrote it" in done.stderr
    assert ran(*words, "--force", cwd=tmp_path).returncode == 0
    made = path.read_bytes()
    # What is ours and of before is brought up to date; nobody edits these by hand, unlike what a spreadsheet opens.
    path.write_bytes(made + b"\n")
    again = ran(*words, cwd=tmp_path)
    assert (again.returncode, path.read_bytes() == made) == ((0, True) if path.suffix in MARKED else (1, False))


def test_a_backup_or_an_export_replaces_only_its_own_kind(tmp_path: Path) -> None:
    data = tmp_path / "data"
    workshop = json.loads(run("new", "Churn", data=data).stdout)["workshop"]
    database, secret = (data / "workshops.sqlite").read_bytes(), (data / "secret").read_bytes()
    for words in (("backup",), ("export", workshop)):
        for place in ("data/workshops.sqlite", "data/secret", "own.txt"):
            (tmp_path / "own.txt").write_bytes(FOREIGN)
            done = run(*words, "-o", place, cwd=tmp_path, data=data)
            assert (done.returncode, "is kept: it is something else. Name another file." in done.stderr) == (1, True)
        assert run(*words, "-o", "kept", cwd=tmp_path, data=data).returncode == 0
        assert run(*words, "-o", "kept", cwd=tmp_path, data=data).returncode == 0
        (tmp_path / "kept").unlink()
    assert ((data / "workshops.sqlite").read_bytes(), (data / "secret").read_bytes()) == (database, secret)
    assert (tmp_path / "own.txt").read_bytes() == FOREIGN


def test_no_database_is_begun_by_who_only_reads_or_where_one_has_gone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for words in (("backup", "-o", "b"), ("link", "w"), ("export", "w", "-o", "e"), ("delete", "w", "--yes")):
        done = run(*words, cwd=tmp_path, data=data)
        assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
        assert f"There is no database in the folder {data}." in done.stderr
    run("new", "Churn", data=data)
    assert run("backup", "-o", "kept", cwd=tmp_path, data=data).returncode == 0
    (data / "workshops.sqlite").unlink()
    for words in (("backup", "-o", "kept"), ("new", "Fraud")):
        done = run(*words, cwd=tmp_path, data=data)
        assert (done.returncode, "workshops.sqlite is gone, and the signing secret" in done.stderr) == (1, True)
        assert not (data / "workshops.sqlite").exists()
    # The two mends that the message names.
    assert run("restore", "kept", cwd=tmp_path, data=data).returncode == 0
    (data / "workshops.sqlite").unlink()
    (data / "secret").unlink()
    assert run("new", "Fraud", data=data).returncode == 0
