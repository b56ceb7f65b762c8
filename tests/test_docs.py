"""Documentation under test: commands run, links resolve, and every verb, setting, key and property is described."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import typer

import cli
from canvas.advice.sheet import advice_sheet
from canvas.document.file import load_workshop
from canvas.document.workshop import Risk, Row, Task, Workshop
from canvas.log.facilitation import Room
from canvas.log.item_kinds import KINDS
from canvas.method.load import shipped

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "examples/README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN_PAGES = ("README.md", "examples/README.md", "docs/method.md", "docs/facilitator-guide.md", "docs/history.md")
# What the pages call a team's own files.
OWN_FILES = {"before": "open-source-mlops-package", "after": "platform-at-scale", "ours": "open-source-mlops-package"}


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks_of(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text_of(page), re.S)


def commands() -> list[str]:
    lines = (line.strip() for page in RUN_PAGES for block in blocks_of(page, "sh") for line in block.splitlines())
    return list(dict.fromkeys(line for line in lines if line.startswith("python cli.py")))


def run(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "cli.py"), *words]
    environment = {**os.environ, "STACK_CANVAS_DATA": str(folder / "data")}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=180, env=environment)


@pytest.mark.parametrize("command", commands())
def test_each_command_of_the_pages_runs(command: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for name, example in OWN_FILES.items():
        shutil.copy(ROOT / f"examples/{example}.workshop.yaml", tmp_path / f"{name}.workshop.yaml")
    given = shlex.split(command)[2:]
    words = [part for word in given for part in (sorted(map(str, tmp_path.glob(word))) if "*" in word else [word])]
    done = run(words, tmp_path)
    assert done.returncode == 0, done.stderr


def test_every_verb_of_the_command_line_is_in_the_docs() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    verbs = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    missing = [verb for verb in verbs if f"cli.py {verb}" not in text and f"`{verb}`" not in text]
    assert not missing


def test_every_verb_explains_itself() -> None:
    verbs = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    assert not [name for name, verb in verbs.items() if not verb.help]


def test_every_setting_is_documented() -> None:
    code = "".join(
        p.read_text(encoding="utf-8") for p in [*(ROOT / "views").rglob("*.py"), *(ROOT / "canvas").rglob("*.py")]
    )
    read = set(re.findall(r'environ(?:\.get|\.setdefault)?[\[(]"([A-Z_]+)"', code)) - {"DISPLAY"}
    described = text_of("docs/operating.md")
    assert read
    assert not [name for name in read if f"`{name}`" not in described]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_repository_resolve(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not broken


def test_every_page_is_reached_from_another() -> None:
    links = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
        if "://" not in link and (page.parent / link).resolve() != page
    }
    assert not [page.name for page in (ROOT / "docs").glob("*.md") if page not in links]


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = text_of("Makefile")
    targets = set(re.findall(r"`?make ([a-z]+)", README))
    assert targets >= {"run", "test"}
    assert not [target for target in targets - {"alone", "and"} if not re.search(rf"^{target}:", makefile, re.M)]


def test_every_key_of_the_workshop_file_is_described() -> None:
    page = text_of("docs/file-format.md")
    described = {*Workshop.model_fields, *Task.model_fields, *Risk.model_fields, *Row.model_fields} - {"id", "text"}
    assert not [key for key in described if f"`{key}`" not in page]


@pytest.mark.parametrize("sample", blocks_of("docs/file-format.md", "yaml"))
def test_a_sample_of_the_workshop_file_is_fine(sample: str, tmp_path: Path) -> None:
    file = tmp_path / "sample.workshop.yaml"
    file.write_text(sample, encoding="utf-8")
    done = run(["check", str(file)], tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.properties])
def test_every_property_that_a_client_may_set_is_in_the_protocol(kind: str) -> None:
    page = text_of("docs/live-protocol.md")
    assert f"`{kind}:" in page or f'"{kind}:' in page
    missing = [prop for prop in KINDS[kind].properties if f"`{prop}`" not in page]
    assert not missing


def test_every_property_of_the_room_is_in_the_protocol() -> None:
    page = text_of("docs/live-protocol.md")
    assert not [field.name for field in fields(Room) if f"`{field.name}`" not in page]


def test_the_page_of_the_examples_says_of_them_what_the_tool_says() -> None:
    table = re.search(r"^\| `advise` \| (.+) \|\n.*\n((?:\|.+\n)+)", text_of("examples/README.md"), re.M)
    assert table
    names, rows = table[1].split(" | "), [line.strip("| ").split(" | ") for line in table[2].splitlines()]
    for place, name in enumerate(names, start=1):
        sheet = advice_sheet(load_workshop(ROOT / f"examples/{name}.workshop.yaml"), shipped())
        said = {found.definition.title: found.title or "not enough answered" for found in sheet.advice.values()}
        assert {row[0]: row[place] for row in rows} == {row[0]: said[row[0]] for row in rows}, name
