from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from canvas import __version__
from templates.errors import ScaffoldError, TemplatesError
from templates.scaffold.project import Project
from templates.scaffold.render import FORMAT
from templates.scaffold.write import write_project
from tests.scaffold_support import project


@pytest.fixture(scope="module")
def made() -> Project:
    return project()


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def written(made: Project) -> dict[str, bytes]:
    return {file.path: file.content for file in made.files}


@pytest.mark.parametrize("prepare", [False, True])
def test_a_new_or_empty_folder_gets_the_project_and_nothing_else(tmp_path: Path, made: Project, prepare: bool) -> None:
    target = tmp_path / "deeper" / "project"
    if prepare:
        target.mkdir(parents=True)
    assert write_project(made, target) == target
    assert tree(target) == written(made)
    assert list(target.parent.iterdir()) == [target]
    assert target.stat().st_mode & 0o777 == 0o755
    assert {(target / file.path).stat().st_mode & 0o777 for file in made.files} == {0o644}


def test_a_folder_with_foreign_files_is_refused_and_left_alone(tmp_path: Path, made: Project) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ScaffoldError, match="not empty and not a project of ours"):
        write_project(made, tmp_path)
    assert tree(tmp_path) == {"mine.txt": b"mine"}


def test_a_file_in_the_way_is_refused(tmp_path: Path, made: Project) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(ScaffoldError, match="is a file"):
        write_project(made, tmp_path / "taken")


def test_an_untouched_project_is_replaced_and_other_files_stay(tmp_path: Path, made: Project) -> None:
    target = tmp_path / "project"
    write_project(project(decisions={"serving.runtime": "batch-job"}), target)
    assert (target / "serving/batch.py").exists()
    (target / "registry").mkdir()
    (target / "registry/model.bin").write_bytes(b"kept")
    write_project(made, target)
    assert tree(target) == written(made) | {"registry/model.bin": b"kept"}
    assert list(tmp_path.iterdir()) == [target]


def test_an_edited_file_stops_the_replacement(tmp_path: Path, made: Project) -> None:
    target = tmp_path / "project"
    write_project(made, target)
    (target / "Makefile").write_text("# mine\n", encoding="utf-8")
    before = tree(target)
    with pytest.raises(ScaffoldError, match="Makefile"):
        write_project(project(decisions={"serving.runtime": "batch-job"}), target)
    assert tree(target) == before


def test_a_file_of_the_team_is_not_overwritten_by_a_new_one(tmp_path: Path, made: Project) -> None:
    target = tmp_path / "project"
    write_project(made, target)
    (target / "serving/batch.py").write_text("# mine\n", encoding="utf-8")
    with pytest.raises(ScaffoldError, match=r"serving/batch\.py"):
        write_project(project(decisions={"serving.runtime": "batch-job"}), target)
    assert (target / "serving/batch.py").read_text(encoding="utf-8") == "# mine\n"


def test_a_link_that_leads_elsewhere_is_not_followed(tmp_path: Path, made: Project) -> None:
    target, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    write_project(made, target)
    (target / "docs").rename(elsewhere)
    (target / "docs").symlink_to(elsewhere)
    before = tree(elsewhere)
    with pytest.raises(ScaffoldError, match="docs/"):
        write_project(project(decisions={"serving.runtime": "batch-job"}), target)
    assert tree(elsewhere) == before


@pytest.mark.parametrize("content", ["{", "[]", '{"files": [{}]}', '{"files": [{"path": "../../x", "sha256": "0"}]}'])
def test_a_damaged_or_forged_manifest_is_refused(tmp_path: Path, made: Project, content: str) -> None:
    target = tmp_path / "project"
    write_project(made, target)
    (target / ".stack-canvas/manifest.json").write_text(content, encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(ScaffoldError):
        write_project(made, target)
    assert tree(tmp_path) == before


def test_a_failure_on_the_way_leaves_nothing_behind(
    tmp_path: Path, made: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ScaffoldError, match="No space left"):
        write_project(made, tmp_path / "project")
    assert list(tmp_path.iterdir()) == []


def test_the_errors_belong_to_the_family_that_doors_catch(tmp_path: Path, made: Project) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(TemplatesError):
        write_project(made, tmp_path)


def test_what_is_written_says_what_it_is(tmp_path: Path, made: Project) -> None:
    write_project(made, tmp_path / "project")
    manifest = json.loads((tmp_path / "project/.stack-canvas/manifest.json").read_text(encoding="utf-8"))
    assert manifest["slug"] == "machine-watch"
    assert (manifest["format"], manifest["version"]) == (FORMAT, __version__)
