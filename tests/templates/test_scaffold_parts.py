from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessments.library.load import shipped as shipped_library
from canvas.errors import ContentError
from canvas.method.load import shipped
from templates.scaffold.definitions import Part
from templates.scaffold.parts import PARTS, load_parts, shipped_parts
from tests.scaffold_support import copied_part, rewrite

PRACTICES = shipped_library().practices


def load(folder: Path) -> str:
    with pytest.raises(ContentError) as refused:
        load_parts(folder, shipped(), PRACTICES)
    return str(refused.value)


def test_every_folder_is_a_part_that_loads() -> None:
    assert set(shipped_parts()) == {
        folder.name for folder in PARTS.iterdir() if folder.is_dir() and folder.name[0] != "."
    }


def test_every_default_choice_has_a_part() -> None:
    for slot in shipped().slots.values():
        serving = [p.part.id for p in shipped_parts().values() if p.part.serves_choice(slot.id, slot.default)]
        assert serving, f"{slot.id}: no part for the default {slot.default}"


def test_every_claimed_practice_exists() -> None:
    claimed = {claim.id for loaded in shipped_parts().values() for claim in loaded.part.practices}
    assert claimed
    assert claimed <= set(PRACTICES)


def test_the_exported_schema_is_current() -> None:
    file = PARTS.parent / "schemas/part.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == Part.model_json_schema()


def test_each_part_file_names_its_schema() -> None:
    for file in PARTS.glob("*/part.yaml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=../../schemas/part.schema.json"
        assert (file.parent / first.split("=")[1]).resolve().is_file()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"files": [{"path": "../out.py", "owner": "managed", "slots": ["data.storage"], "because": "x"}]}, "leaves"),
        ({"files": [{"path": "/etc/x", "owner": "managed", "slots": ["data.storage"], "because": "x"}]}, "wrong form"),
        ({"files": [{"path": "a b", "owner": "managed", "slots": ["data.storage"], "because": "x"}]}, "wrong form"),
        ({"files": [{"path": "data/README.md", "owner": "managed", "because": "x"}]}, "belongs to no decision"),
        ({"files": [{"path": "data/README.md", "owner": "mine", "slots": ["x.y"], "because": "x"}]}, "not one of"),
        ({"dependencies": [{"name": "x", "at_least": "2", "below": "1.9"}]}, "not lower"),
        ({"dependencies": [{"name": "x", "at_least": "1"}]}, "'below' is missing"),
        ({"dependencies": [{"name": "x; rm", "at_least": "1", "below": "2"}]}, "wrong form"),
        ({"serves": None}, "either 'foundation: true' or 'serves'"),
        ({"foundation": True}, "either 'foundation: true' or 'serves'"),
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"license": None}, "'license' is missing"),
    ],
)
def test_a_part_that_breaks_the_shape_is_refused_with_its_line(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    file = copied_part(tmp_path, "local-files")
    rewrite(file, **changes)
    refused = load(tmp_path)
    assert message in refused
    assert f"{file}:" in refused


@pytest.mark.parametrize(
    ("changes", "message", "key"),
    [
        ({"serves": [{"slot": "data.storage", "choices": ["fastapi"]}]}, "no catalog entry 'fastapi' fills", "serves"),
        ({"serves": [{"slot": "data.storage", "choices": ["nowhere"]}]}, "no catalog entry 'nowhere'", "serves"),
        ({"includes": ["nowhere"]}, "unknown part 'nowhere'", "includes"),
        ({"id": "another"}, "differs from the folder's name", "id"),
        ({"steps": [{"slot": "data.colour", "title": "x", "text": "x"}]}, "unknown slot 'data.colour'", "steps"),
        (
            {"practices": [{"id": "a.b", "value": "manual", "evidence": "data/README.md"}]},
            "unknown practice",
            "practices",
        ),
        ({"practices": [{"id": "data.schema", "value": "manual", "evidence": "x.py"}]}, "is not a file", "practices"),
        ({"when": {"requirement": "colour", "is": "red"}}, "looks at 'colour'", "when"),
    ],
)
def test_a_link_to_nothing_is_refused_with_its_line(
    tmp_path: Path, changes: dict[str, Any], message: str, key: str
) -> None:
    file = copied_part(tmp_path, "local-files")
    rewrite(file, **changes)
    refused = load(tmp_path)
    lines = file.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:"))
    end = next((n for n, line in enumerate(lines, 1) if n > start and line[0] not in " -"), len(lines) + 1)
    (found,) = [line for line in refused.splitlines() if message in line]
    assert start <= int(found.removeprefix(f"{file}:").split(":")[0]) < end


def test_a_listed_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    file = copied_part(tmp_path, "local-files")
    (file.parent / "files/data/README.md").unlink()
    assert "files/data/README.md does not exist" in load(tmp_path)


def test_a_file_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    file = copied_part(tmp_path, "local-files")
    (file.parent / "files/stray.py").write_text("", encoding="utf-8")
    assert "files/stray.py is not listed" in load(tmp_path)


def test_what_linters_leave_behind_is_not_a_file_of_the_part(tmp_path: Path) -> None:
    file = copied_part(tmp_path, "local-files")
    for name in ("__pycache__", ".ruff_cache"):
        (file.parent / "files" / name).mkdir(exist_ok=True)
        (file.parent / "files" / name / "left.bin").write_bytes(b"x")
    assert set(load_parts(tmp_path, shipped(), PRACTICES)) == {"local-files"}


def test_every_problem_of_all_parts_is_reported_at_once(tmp_path: Path) -> None:
    rewrite(copied_part(tmp_path, "local-files"), colour="red")
    rewrite(copied_part(tmp_path, "docker"), title=None)
    refused = load(tmp_path)
    assert "unknown key 'colour'" in refused
    assert "'title' is missing" in refused


def test_parts_carry_source_license_and_attribution() -> None:
    for file in PARTS.glob("*/part.yaml"):
        assert {"source", "license", "attribution"} <= set(yaml.safe_load(file.read_text(encoding="utf-8")))
