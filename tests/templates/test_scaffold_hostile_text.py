from __future__ import annotations

import json
import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assessments.library.packs import library
from canvas.document.file import parse_workshop
from canvas.method.load import shipped
from canvas.reading.text_gate import clean, forbidden_characters
from templates.plan import make_plan
from templates.scaffold.project import Project
from templates.scaffold.render import render_project
from templates.scaffold.text_formats import comment, yaml_scalar
from tests.scaffold_support import HOSTILE, hostile_workshop, text, workshop


@pytest.fixture(scope="module")
def hostile() -> Project:
    return render_project(make_plan(hostile_workshop(), shipped(), library()))


def shown(markdown: str) -> str:
    """Return what a reader of the rendered page sees, without any markup."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    assert not [child for child in inline if child.type == "html_inline" and child.content != "<br>"]
    return " ".join(child.content for child in inline if child.type in ("text", "code_inline", "text_special"))


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def test_the_hostile_text_passes_the_gate_for_text() -> None:
    assert forbidden_characters(HOSTILE) == []


@pytest.mark.parametrize("path", ["README.md", "docs/model-card.md", "docs/adoption.md", "docs/files.md"])
def test_hostile_text_is_read_literally_in_markdown(hostile: Project, path: str) -> None:
    page = squeezed(shown(text(hostile, path)))
    wanted = {"docs/adoption.md": HOSTILE[:190]}.get(path, HOSTILE[:200] if path != "docs/files.md" else HOSTILE)
    assert squeezed(clean(wanted)) in page


def test_hostile_text_comes_back_equal_from_the_configuration(hostile: Project) -> None:
    assert yaml.safe_load(text(hostile, "config/project.yaml"))["title"] == HOSTILE[:200]


def test_hostile_text_comes_back_equal_from_the_workshop(hostile: Project) -> None:
    kept = parse_workshop(hostile.file(".stack-canvas/workshop.workshop.yaml").content, "kept")
    assert kept == hostile_workshop().model_copy(update={"slug": hostile.slug})


def test_hostile_text_reaches_no_file_that_a_program_runs(hostile: Project) -> None:
    for file in hostile.files:
        if not file.path.endswith((".md", ".zip", ".workshop.yaml")) and file.path != "config/project.yaml":
            assert b"drop table" not in file.content, file.path


def test_names_made_of_hostile_text_are_harmless(hostile: Project) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]{1,38}[a-z0-9]", hostile.slug)
    assert json.loads(text(hostile, ".stack-canvas/manifest.json"))["slug"] == hostile.slug


@pytest.mark.parametrize(
    "title", ["null", "true", "No", "2026-11-23", "1e3", "a\nb: c", "- x", "'", "\\", "# no", "*a"]
)
def test_titles_that_yaml_could_misread_stay_text(title: str) -> None:
    made = render_project(make_plan(workshop(title=title), shipped(), library()))
    assert yaml.safe_load(text(made, "config/project.yaml"))["title"] == title
    assert parse_workshop(made.file(".stack-canvas/workshop.workshop.yaml").content, "kept").title == title


@given(st.text(min_size=1, max_size=80).map(clean).filter(bool))
@settings(max_examples=200, deadline=None)
def test_any_text_is_the_same_after_yaml_and_harmless_in_a_comment(typed: str) -> None:
    line = f"key: {yaml_scalar(typed)}  # {comment(typed)}"
    assert len(line.splitlines()) == 1
    assert yaml.safe_load(line) == {"key": typed}
