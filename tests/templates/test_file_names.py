"""Names made of titles: valid for files and folders on Windows, macOS and Linux, whatever the title is."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from assessments.library.packs import library
from canvas.document.file import dump_workshop, parse_workshop
from canvas.document.workshop import Workshop
from canvas.method.load import shipped
from canvas.reading.file_names import is_reserved, slug_from
from canvas.reading.text_gate import clean
from canvas.reading.types import Slug
from templates.adr.records import records
from templates.architecture import export
from templates.cards import datasheet, model_card
from templates.plan import make_plan
from templates.scaffold.render import render_project
from templates.scaffold.write import zip_project
from tests.hundred_titles import ALL, TITLES

SLUG = TypeAdapter(Slug)
# The rules of each system for one part of a path, from its own documentation.
WINDOWS_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}
WINDOWS_SIGNS = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
LONGEST_PART, LONGEST_PATH = 255, 260


def refused_by(part: str) -> list[str]:
    """Return the systems on which a file or folder cannot have a name."""
    found = []
    if (
        WINDOWS_SIGNS.search(part)
        or part.endswith((".", " "))
        or part.split(".")[0].rstrip().upper() in WINDOWS_DEVICES
        or len(part) > LONGEST_PART
    ):
        found.append("Windows")
    if "/" in part or "\0" in part or part in {"", ".", ".."} or len(part.encode()) > LONGEST_PART:
        found.append("Linux")
    if ":" in part or "/" in part or not part.isascii():
        # Finder shows : as /; letters that can be written in two ways are stored in another one than they were given.
        found.append("macOS")
    return found


def test_there_are_a_hundred_titles_in_twelve_scripts() -> None:
    assert len(ALL) >= 100
    assert len(set(TITLES) - {"names of devices", "signs", "emoji", "mixed"}) >= 12


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("Прогноз поставок", "prognoz-postavok"),
        ("Αθήνα", "athina"),
        ("包裹", "baoguo"),
        ("3D scan", "ml-3d-scan"),
        ("AI", "ai-project"),
        ("don't", "dont"),
        ("con", "con-project"),
        ("Aux", "aux-project"),
        ("con.txt", "con-txt"),
        ("!!!", "ml-project"),
        ("a" * 50, "a" * 40),
    ],
)
def test_a_title_gives_its_name(title: str, slug: str) -> None:
    assert slug_from(title) == slug


@pytest.mark.parametrize("title", ALL, ids=ascii)
def test_every_title_names_files_and_folders_that_every_system_takes(title: str) -> None:
    slug = SLUG.validate_python(slug_from(title))
    for name in (slug, f"{slug}.zip", f"{slug}.workshop.yaml", f"{slug}-report.pdf"):
        assert refused_by(name) == []
    # No script is dropped: only where there is nothing to spell does the name say nothing.
    assert slug != "ml-project" or not any(char.isalnum() for char in title)


@given(st.text(min_size=1, max_size=200))
def test_any_text_gives_a_name(title: str) -> None:
    slug = SLUG.validate_python(slug_from(title))
    assert refused_by(slug) == []


def test_a_name_of_before_that_windows_keeps_for_itself_is_lengthened() -> None:
    plan = make_plan(Workshop(title="T", slug="aux"), shipped(), library())
    assert plan.slug == "aux-project"
    assert [name for name in ("aux", "AUX.txt", "nul.tar.gz", "com7 .x") if not is_reserved(name)] == []
    assert not is_reserved("auxiliary")


@pytest.mark.parametrize("title", ALL, ids=ascii)
def test_a_title_passes_through_every_text_output(title: str) -> None:
    """The report and the pictures, which take longer, are among the long proofs."""
    workshop = Workshop(title=clean(title), team=clean(title))
    assert parse_workshop(dump_workshop(workshop).encode(), "w.yaml") == workshop
    plan = make_plan(workshop, shipped(), library())
    for path in records(plan):
        assert [refused_by(part) for part in PurePosixPath(path).parts] == [[], [], []]
    assert model_card(plan)
    assert datasheet(plan)
    for suffix in (".dot", ".mmd"):
        assert export(plan, suffix).decode()


@pytest.mark.parametrize("title", [titles[0] for titles in TITLES.values()], ids=ascii)
def test_each_file_of_a_project_opens_on_every_system(title: str, tmp_path: Path) -> None:
    project = render_project(make_plan(Workshop(title=clean(title)), shipped(), library()))
    names = zipfile.ZipFile(BytesIO(zip_project(project))).namelist()
    for name in names:
        assert [part for part in PurePosixPath(name).parts if refused_by(part)] == []
        assert len(str(PureWindowsPath("C:/Users/somebody/Documents/projects") / name)) < LONGEST_PATH
    # Windows and macOS do not tell capital letters from small ones.
    assert len({name.lower() for name in names}) == len(names)
    with zipfile.ZipFile(BytesIO(zip_project(project))) as archive:
        archive.extractall(tmp_path)
    unpacked = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert unpacked == set(names)
