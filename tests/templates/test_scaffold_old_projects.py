"""Projects that earlier versions made open without loss; what a later version made is refused with that version.

`tests/golden/project-40f986e` is what the first version with a record wrote: its manifest (format 1) and its workshop.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from assessments.library.packs import library
from canvas.document.file import load_workshop
from canvas.method.load import shipped
from templates.errors import ScaffoldError
from templates.plan import make_plan
from templates.scaffold.project import MANIFEST, WORKSHOP, Project
from templates.scaffold.render import FORMAT, render_project
from templates.scaffold.write import write_project
from tests.scaffold_support import project

OLD = Path(__file__).parents[1] / "golden/project-40f986e"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with the record of the old project; none of its files were edited."""
    shutil.copytree(OLD, tmp_path / "old")
    return tmp_path / "old"


def made_again(folder: Path) -> Project:
    return render_project(make_plan(load_workshop(folder / WORKSHOP), shipped(), library()))


def test_the_workshop_of_an_old_project_opens_with_everything_it_said(old: Path) -> None:
    kept = load_workshop(old / WORKSHOP)
    assert (kept.title, kept.team, kept.slug) == ("Machine watch", "Night shift", "machine-watch")
    assert {item.id: item.value for item in kept.requirements} == {
        "task-type": "binary-classification",
        "latency-p95": 80,
    }
    assert [(d.number, d.slot, d.choice) for d in kept.decisions] == [
        (1, "pipeline.ci", "gitlab-ci"),
        (None, "serving.runtime", "other: our own Kotlin service"),
    ]


def test_an_old_project_is_made_again_in_its_place_with_a_record_of_today(old: Path) -> None:
    made = made_again(old)
    write_project(made, old)
    assert {path.relative_to(old).as_posix() for path in old.rglob("*") if path.is_file()} == {
        f.path for f in made.files
    }
    assert json.loads((old / MANIFEST).read_text(encoding="utf-8"))["format"] == FORMAT


def test_every_file_of_the_old_record_is_one_of_today(old: Path) -> None:
    listed = {entry["path"] for entry in json.loads((old / MANIFEST).read_text(encoding="utf-8"))["files"]}
    assert listed <= {file.path for file in made_again(old).files}


def test_an_edited_file_of_an_old_project_stops_the_replacement(old: Path) -> None:
    (old / "Makefile").write_text("# mine\n", encoding="utf-8")
    with pytest.raises(ScaffoldError, match="Makefile"):
        write_project(made_again(old), old)
    assert (old / "Makefile").read_text(encoding="utf-8") == "# mine\n"


def test_an_old_project_whose_decisions_changed_loses_the_files_that_are_gone(old: Path) -> None:
    content = b"stages: [check, train]\n"
    manifest = json.loads((old / MANIFEST).read_text(encoding="utf-8"))
    for entry in manifest["files"]:
        if entry["path"] == ".gitlab-ci.yml":
            entry["sha256"] = hashlib.sha256(content).hexdigest()
    (old / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    (old / ".gitlab-ci.yml").write_bytes(content)
    write_project(project({"model-source": "ready-made"}), old)
    assert not (old / ".gitlab-ci.yml").exists()
    assert (old / ".github/workflows/evaluate.yml").is_file()


@pytest.mark.parametrize(("version", "told"), [("9.1", "version 9.1"), (None, "a later version")])
def test_a_project_of_a_later_version_is_refused_with_that_version(old: Path, version: str | None, told: str) -> None:
    later = {"format": FORMAT + 1, "files": {"shape": "unknown"}} | ({"version": version} if version else {})
    (old / MANIFEST).write_text(json.dumps(later), encoding="utf-8")
    with pytest.raises(ScaffoldError, match=told):
        write_project(project(), old)
    assert json.loads((old / MANIFEST).read_text(encoding="utf-8")) == later


@pytest.mark.parametrize("shape", [0, -1, "2", None, 1.5])
def test_a_record_with_a_format_that_never_was_is_damaged(old: Path, shape: object) -> None:
    (old / MANIFEST).write_text(json.dumps({"format": shape, "files": []}), encoding="utf-8")
    with pytest.raises(ScaffoldError, match="damaged"):
        write_project(project(), old)
