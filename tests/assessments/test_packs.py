"""Own packs: the pack of docs/packs.md is judged by like shipped content, and a broken one is left out, not the app."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.library import packs as packs_module
from assessments.library.load import shipped
from assessments.library.packs import SETTING, Packs, library, load_packs, packs, use
from assessments.standing.score_all import score_all
from canvas.document.workshop import Answer, Workshop
from canvas.errors import ContentError
from canvas.method.load import shipped as shipped_content

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/packs.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`(on-call/[a-z./-]+\.yaml)`.*?\n\n```yaml\n(.*?)```", PAGE, re.S | re.M))
READY = {"monitoring.quality": "manual", "team.runbook": "manual", "team.rehearsal": "none"}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The pack of the page, written to disk."""
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "on-call"


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let a test choose the packs of this process, and forget them afterwards."""
    monkeypatch.setenv(SETTING, "")
    packs.cache_clear()
    yield monkeypatch
    packs.cache_clear()


def loaded(*folders: Path) -> Packs:
    return load_packs(folders, shipped(), shipped_content())


def reasons(*folders: Path) -> list[tuple[str, int, str]]:
    return [(Path(problem.file).name, problem.line, problem.what) for problem in loaded(*folders).refused]


def workshop(**answers: str) -> Workshop:
    return Workshop(title="W", answers=tuple(Answer(id=id_, value=value) for id_, value in answers.items()))


def renamed(pack: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A copy of the pack under another name, with texts replaced in all files."""
    for file in pack.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            text = text.replace(old, new)
        target = pack.parent / name / file.parent.name / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return pack.parent / name


def test_the_tree_of_the_page_is_its_files() -> None:
    tree = re.search(r"```text\non-call/\n(.*?)```", PAGE, re.S)
    assert tree
    assert {f"on-call/{line.strip()}" for line in tree[1].splitlines()} == set(FILES)


def test_the_pack_of_the_page_is_judged_by_beside_the_shipped_content(pack: Path) -> None:
    found = loaded(pack)
    assert found.refused == ()
    assert set(found.library.models) == {*shipped().models, "on-call"}
    assert set(found.library.practices) == {*shipped().practices, "team.runbook", "team.rehearsal"}
    (result,) = score_all(workshop(**READY), found.library, only=["on-call"])
    assert (result.value, result.upper, result.band) == (1.0, 1.0, "Level 1: written down")
    assert result.unlock is not None
    changes = {change.item: change for change in result.unlock.changes}
    assert set(changes) == {"team.runbook", "team.rehearsal", "deployment.rollback", "team.alert-response"}
    assert changes["team.rehearsal"].prerequisites == ("registry.versions", "deployment.rollback")


def test_practices_and_models_of_a_pack_stand_in_the_usual_order(pack: Path) -> None:
    found = loaded(pack).library
    last = shipped().practices["monitoring.quality"].phase
    assert [p.phase for p in found.practices.values()][-1] == last
    titles = [model.title for model in found.models.values() if not model.official]
    assert titles == sorted(titles)


def test_a_later_pack_may_use_an_earlier_one(pack: Path) -> None:
    later = pack.parent / "later" / "models"
    later.mkdir(parents=True)
    text = FILES["on-call/models/on-call.yaml"].replace("id: on-call", "id: second")
    (later / "second.yaml").write_text(text, encoding="utf-8")
    assert loaded(pack, later.parent).refused == ()
    assert any("unknown item 'team.runbook'" in what for _, _, what in reasons(later.parent, pack))


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "what"),
    [
        ("practices/team.runbook.yaml", "[monitoring.quality]", "[team.rehearsal]", "prerequisites", "go in a circle"),
        ("practices/team.runbook.yaml", "[monitoring.quality]", "[team.coffee]", "prerequisites", "unknown practice"),
        ("practices/team.runbook.yaml", "blocks: [monitoring]", "blocks: [moon]", "blocks", "unknown canvas block"),
        ("models/on-call.yaml", "item: monitoring.quality", "item: team.sleep", "team.sleep", "unknown item"),
        ("models/on-call.yaml", "at: 2, label", "at: 1, label", "Level 2: rehearsed'", "has to be 'at: 2'"),
        ("models/on-call.yaml", "expect: {value: 2,", "expect: {value: 1,", "all done", "golden case 'all done' fails"),
        ("models/on-call.yaml", "edition: First", "edition: First: 1", "First: 1", "not valid YAML"),
    ],
)
def test_a_broken_pack_is_refused_as_a_whole(pack: Path, file: str, old: str, new: str, where: str, what: str) -> None:
    broken = (pack / file).read_text(encoding="utf-8").replace(old, new)
    (pack / file).write_text(broken, encoding="utf-8")
    found = loaded(pack)
    assert found.library == shipped()
    line = next(n for n, text in enumerate(broken.splitlines(), 1) if where in text)
    told = [(name, number) for name, number, reason in reasons(pack) if what in reason]
    assert any(name == Path(file).name and line <= number <= line + 1 for name, number in told), found.refused


@pytest.mark.parametrize(
    ("kind", "id_", "text"),
    [
        ("practices", "deployment.rollback", FILES["on-call/practices/team.runbook.yaml"]),
        ("practices", "delivery.lead-time", FILES["on-call/practices/team.runbook.yaml"]),
        ("measures", "delivery.lead-time", FILES["on-call/measures/team.alert-response.yaml"]),
        ("models", "google", FILES["on-call/models/on-call.yaml"]),
    ],
)
def test_an_id_that_exists_already_is_refused(pack: Path, kind: str, id_: str, text: str) -> None:
    (pack / kind / f"{id_}.yaml").write_text(re.sub(r"^id: .*$", f"id: {id_}", text, flags=re.M), encoding="utf-8")
    assert (f"{id_}.yaml", 2, f"id '{id_}' exists already") in reasons(pack)
    assert loaded(pack).library == shipped()


def test_one_id_cannot_be_a_practice_and_a_measure_of_the_same_pack(pack: Path) -> None:
    text = FILES["on-call/measures/team.alert-response.yaml"].replace("id: team.alert-response", "id: team.runbook")
    (pack / "measures/team.runbook.yaml").write_text(text, encoding="utf-8")
    assert reasons(pack) == [("team.runbook.yaml", 2, "id 'team.runbook' exists already")]


def test_the_others_are_used_when_one_is_refused(pack: Path) -> None:
    bad = renamed(pack, "bad", ("at_least: automated", "at_least: fully"))
    found = loaded(bad, pack)
    assert "on-call" in found.library.models
    assert {Path(problem.file).parents[1] for problem in found.refused} == {bad}


@pytest.mark.parametrize("make", ["nothing", "file", "empty", "strangers"])
def test_a_folder_without_a_pack_is_refused(tmp_path: Path, make: str) -> None:
    folder = tmp_path / "pack"
    if make == "file":
        folder.write_text("id: x", encoding="utf-8")
    elif make != "nothing":
        (folder / ("practices" if make == "empty" else "model")).mkdir(parents=True)
    (problem,) = loaded(folder).refused
    assert problem.file == str(folder)
    assert ("no folder" if make in ("nothing", "file") else "nothing in this pack") in problem.what


def test_a_file_that_would_be_passed_over_is_told(pack: Path) -> None:
    (pack / "models/on-call.yaml").rename(pack / "models/on-call.yml")
    assert reasons(pack) == [("on-call.yml", 0, "only files that end in .yaml are read")]


def test_the_setting_names_the_packs_of_the_process(
    pack: Path, setting: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad = renamed(pack, "bad", ("id: on-call", "id: google"))
    assert library() == shipped()
    packs.cache_clear()
    setting.setenv(SETTING, os.pathsep.join([str(bad), "", str(pack), str(pack)]))
    with caplog.at_level(logging.WARNING, packs_module.__name__):
        assert "on-call" in library().models
        assert [result.id for result in score_all(workshop(**READY), library(), only=["on-call"])] == ["on-call"]
    assert len(caplog.messages) == len(packs().refused) >= 1
    assert all(message.startswith(f"Pack refused: {bad}") for message in caplog.messages)


def test_packs_that_are_asked_for_by_name_have_to_be_whole(pack: Path, setting: pytest.MonkeyPatch) -> None:
    use([str(pack)])
    assert "on-call" in library().models
    with pytest.raises(ContentError, match="there is no folder"):
        use([str(pack), str(pack / "nowhere")])
    assert os.environ[SETTING] == str(pack)


def earlier(pack: Path, name: str = "on-call@trial", *changes: tuple[str, str]) -> None:
    """Keep an earlier edition of the pack's model, in which runbooks alone are level 1."""
    text = FILES["on-call/models/on-call.yaml"].replace("edition: First", "edition: Trial")
    text = text.replace("  - {id: watched, section: level-1, item: monitoring.quality, at_least: manual}\n", "")
    for old, new in [("      monitoring.quality: manual\n", ""), *changes]:
        text = text.replace(old, new)
    (pack / "models/earlier").mkdir(exist_ok=True)
    (pack / f"models/earlier/{name}.yaml").write_text(text, encoding="utf-8")


def test_a_workshop_is_judged_by_the_edition_it_names_as_long_as_that_is_kept(pack: Path) -> None:
    earlier(pack)
    found = loaded(pack)
    assert found.refused == ()
    assert set(found.library.models) == {*shipped().models, "on-call"}
    given = workshop(**{**READY, "monitoring.quality": "none"})
    judged = {}
    for edition in ("Trial", "First", "Gone"):
        named = given.model_copy(update={"editions": {"on-call": edition}})
        (result,) = score_all(named, found.library, only=["on-call"])
        judged[edition] = (result.edition, result.value)
    assert judged == {"Trial": ("Trial", 1.0), "First": ("First", 0.0), "Gone": ("First", 0.0)}


@pytest.mark.parametrize(
    ("name", "changes", "what"),
    [
        ("on-call@trial", (("edition: Trial", "edition: First"),), "edition 'First' of 'on-call' is here twice"),
        ("trial", (), "the file of an earlier edition of 'on-call' has another name"),
        ("google@old", (("id: on-call", "id: google"),), "there is no present edition of 'google' here"),
        ("on-call@trial", (("expect: {value: 2,", "expect: {value: 1,"),), "golden case 'all done' fails"),
    ],
)
def test_an_earlier_edition_keeps_the_rules(
    pack: Path, name: str, changes: tuple[tuple[str, str], ...], what: str
) -> None:
    earlier(pack, name, *changes)
    assert any(what in told for _, _, told in reasons(pack))


def test_a_practice_that_is_replaced_is_not_there_any_more(pack: Path) -> None:
    file = pack / "practices/team.rehearsal.yaml"
    told = "revision: 2\nchanged: Both are asked for now.\nreplaces: [team.runbook]\nphase:"
    file.write_text(file.read_text(encoding="utf-8").replace("phase:", told), encoding="utf-8")
    assert any("'team.runbook' is replaced and still there" in what for _, _, what in reasons(pack))


def test_a_pack_that_calls_bounds_by_their_earlier_words_is_judged_alike(pack: Path) -> None:
    models = loaded(pack).library.models
    [file] = (pack / "models").glob("*.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("at_most: 15", "maximum: 15"), encoding="utf-8")
    assert "maximum: 15" in file.read_text(encoding="utf-8")
    assert loaded(pack).library.models == models


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("format: 3\nneeds: '0.7'\n", "this pack has format 3, and read here is up to format 2"),
        ("format: 99\n", "this pack has format 99, and read here is up to format 2"),
        ("format: 0\n", "format: this should be greater than or equal to 1"),
        ("format: two\n", "format:"),
        ("needs: '0.2'\n", "'format' is missing"),
        ("format: 2\nneeds: soon\n", "needs:"),
    ],
)
def test_a_pack_of_another_format_is_left_out_in_one_message(pack: Path, head: str, says: str) -> None:
    (pack / "pack.yaml").write_text(head, encoding="utf-8")
    made = loaded(pack)
    assert "on-call" not in made.library.models
    (problem,) = made.refused
    assert (Path(problem.file).name, says in problem.what) == ("pack.yaml", True), problem
    if "0.7" in head:
        assert problem.mend == "Use it with version 0.7 or later of this tool"


@pytest.mark.parametrize("head", [None, "format: 1\n", "format: 2\nneeds: '0.2'\n"])
def test_a_pack_of_every_format_so_far_is_read(pack: Path, head: str | None) -> None:
    if head:
        (pack / "pack.yaml").write_text(head, encoding="utf-8")
    made = loaded(pack)
    assert made.refused == ()
    assert "on-call" in made.library.models
