"""`_meta.yaml` says licence and credit once for the files of its folder; a file with its own keeps it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assessments.library.load import load as load_library
from canvas.errors import ContentError, FileProblems
from canvas.method.load import CONTENT, STEP, load
from canvas.method.steps import Glossary
from canvas.reading.read import Reading, read_model
from tests.small_pack import canvas, write

TERMS = "source: {title: Ours}\nterms: []\n"
META = "license: CC BY 4.0\nattribution: Everybody\n"


def file_in(folder: Path, text: str, meta: str | None = META) -> Path:
    if meta is not None:
        (folder / "_meta.yaml").write_text(meta, encoding="utf-8")
    (folder / "terms.yaml").write_text(text, encoding="utf-8")
    return folder / "terms.yaml"


def refused(path: Path) -> list[str]:
    with pytest.raises(FileProblems) as caught:
        read_model(path, Glossary)
    return [str(problem).removeprefix(f"{path.parent}/") for problem in caught.value.problems]


def test_a_file_has_what_its_folder_says(tmp_path: Path) -> None:
    found = read_model(file_in(tmp_path, TERMS), Glossary)[1]
    assert (found.license, found.attribution, found.source.title) == ("CC BY 4.0", "Everybody", "Ours")


def test_a_file_with_its_own_keeps_it(tmp_path: Path) -> None:
    found = read_model(file_in(tmp_path, TERMS + "license: Internal\n"), Glossary)[1]
    assert (found.license, found.attribution) == ("Internal", "Everybody")


def test_the_folder_above_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "_meta.yaml").write_text(META, encoding="utf-8")
    assert len(refused(file_in(tmp_path / "below", TERMS, None))) == 2


def test_without_both_the_message_names_both_ways_to_mend(tmp_path: Path) -> None:
    assert refused(file_in(tmp_path, TERMS, None)) == [
        f"terms.yaml:1: '{name}' is missing in the file. Add it, or give it for the whole folder in _meta.yaml"
        for name in ("license", "attribution")
    ]


def test_a_folder_may_give_the_licence_alone(tmp_path: Path) -> None:
    path = file_in(tmp_path, TERMS, "license: CC BY 4.0\n")
    assert [problem[:40] for problem in refused(path)] == ["terms.yaml:1: 'attribution' is missing i"]
    path.write_text(TERMS + "attribution: Us\n", encoding="utf-8")
    assert read_model(path, Glossary)[1].license == "CC BY 4.0"


def test_the_source_is_always_the_file_s_own(tmp_path: Path) -> None:
    assert refused(file_in(tmp_path, "terms: []\n")) == ["terms.yaml:1: 'source' is missing in the file. Add it"]
    assert "unknown key 'source'" in refused(file_in(tmp_path, TERMS, META + "source: {title: Ours}\n"))[0]


@pytest.mark.parametrize(
    ("meta", "line", "what"),
    [
        ("{}\n", 1, "this file gives a license, an attribution, or both"),
        (META + "licence: CC BY 4.0\n", 3, "unknown key 'licence'"),
        ("license: ''\nattribution: Us\n", 1, "license: this is empty"),
        ("license: [\n", 2, "not valid YAML"),
    ],
)
def test_what_is_wrong_in_it_is_told_once_and_names_it(tmp_path: Path, meta: str, line: int, what: str) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    (folder / "steps/_meta.yaml").write_text(meta, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load(folder)
    told = [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]
    assert len(told) == 1
    assert told[0].startswith(f"steps/_meta.yaml:{line}: ")
    assert what in told[0]


def test_it_is_no_content_itself() -> None:
    reading = Reading(CONTENT)
    assert list(reading.models(STEP))
    assert not [read for read in reading.files if read.source.name.endswith("_meta.yaml")]


def test_a_pack_may_have_one(tmp_path: Path) -> None:
    pack = write(tmp_path)
    for name in ("practices/a.first.yaml", "practices/a.second.yaml"):
        file = pack / name
        text = file.read_text(encoding="utf-8").replace("license: CC BY 4.0\nattribution: Us\n", "")
        file.write_text(text, encoding="utf-8")
    (pack / "practices/_meta.yaml").write_text("license: Internal\nattribution: Platform team\n", encoding="utf-8")
    practice = load_library(pack, canvas()).practices["a.first"]
    assert (practice.license, practice.attribution) == ("Internal", "Platform team")


def test_an_editor_does_not_ask_a_file_for_what_its_folder_says() -> None:
    schema = json.loads((CONTENT / "schemas/step.schema.json").read_text(encoding="utf-8"))
    assert "source" in schema["required"]
    assert not {"license", "attribution"} & set(schema["required"])
    meta = json.loads((CONTENT / "schemas/meta.schema.json").read_text(encoding="utf-8"))
    assert set(meta["properties"]) == {"license", "attribution"}
