"""Documentation under test: its commands run, its links resolve, and every verb and setting is described."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import cli
from canvas.content import shipped
from canvas.workshop import Workshop
from canvas.workshop_file import parse_workshop
from canvas.workshop_links import broken_links

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "examples/README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands_of_readme() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.S)
    return [line for block in blocks for line in block.splitlines() if line.startswith("python cli.py")]


@pytest.mark.parametrize("command", commands_of_readme())
def test_each_command_of_the_readme_runs(command: str, tmp_path: Path) -> None:
    words = shlex.split(command)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    words[:2] = [sys.executable, str(ROOT / "cli.py")]
    words = [
        w if "*" not in w else " ".join(str(p) for p in sorted((tmp_path / "examples").glob("*.yaml"))) for w in words
    ]
    line = [part for word in words for part in (word.split() if word.endswith(".workshop.yaml") else [word])]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=180, env=dict(os.environ))
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
        p.read_text(encoding="utf-8") for p in [*(ROOT / "views").rglob("*.py"), *(ROOT / "canvas").glob("*.py")]
    )
    read = set(re.findall(r'environ(?:\.get|\.setdefault)?[\[(]"([A-Z_]+)"', code)) - {"DISPLAY"}
    described = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    assert read
    assert not [name for name in read if f"`{name}`" not in described]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_repository_resolve(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not broken


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`?make ([a-z]+)", README))
    assert targets >= {"run", "test"}
    assert not [target for target in targets - {"alone", "and"} if not re.search(rf"^{target}:", makefile, re.M)]


def test_every_key_of_the_workshop_file_is_described_and_the_sample_loads() -> None:
    page = (ROOT / "docs/file-format.md").read_text(encoding="utf-8")
    assert not [key for key in Workshop.model_fields if f"`{key}`" not in page]
    sample = page.split("```yaml\n")[1].split("```")[0]
    assert not list(broken_links(parse_workshop(sample.encode(), "sample"), shipped()))
