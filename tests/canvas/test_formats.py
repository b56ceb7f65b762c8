"""Formats of the workshop file: every one that was written is read, and one to come is refused by name."""

from __future__ import annotations

import pytest

from canvas import __version__
from canvas.document.file import dump_workshop, json_schema, parse_workshop
from canvas.document.formats import FORMAT, NEEDS, upgraded
from canvas.document.workshop import Workshop
from canvas.errors import FileProblems


def refused(text: str) -> str:
    with pytest.raises(FileProblems) as caught:
        parse_workshop(text.encode(), "w.yaml")
    (problem,) = caught.value.problems
    return str(problem)


@pytest.mark.parametrize("number", NEEDS)
def test_every_format_is_read_as_the_present_one(number: int) -> None:
    workshop = parse_workshop(f"format: {number}\ntitle: Churn\n".encode(), "w.yaml")
    assert workshop == Workshop(title="Churn")
    assert dump_workshop(workshop).splitlines()[1:3] == [f"format: {FORMAT}", f"needs: '{NEEDS[FORMAT]}'"]


def test_a_document_that_names_no_format_has_the_first() -> None:
    assert upgraded({"title": "Churn"}) == {"format": FORMAT, "title": "Churn"}


def test_what_is_written_says_the_version_it_needs() -> None:
    assert Workshop(title="w").needs == NEEDS[FORMAT]
    assert json_schema()["properties"]["format"]["const"] == FORMAT


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("format: 4\nneeds: '0.5'\n", "Open it with version 0.5 or later of this tool"),
        ("format: 99\n", "Open it with a newer version of this tool"),
        ("format: 99\nneeds: 'rm -rf'\n", "Open it with a newer version of this tool"),
        (
            "format: 99\nneeds: '0.2'\n",
            "Open it with a newer version of this tool. The file names version 0.2, which is not newer than this one "
            f"({__version__}), so somebody may have changed its first lines by hand",
        ),
        (
            f"format: 4\nneeds: '{__version__}.0'\n",
            f"The file names version {__version__}.0, which is not newer than this one ({__version__}), so somebody "
            "may have changed its first lines by hand",
        ),
        ("format: 4\nneeds: '0.10'\n", "Open it with version 0.10 or later of this tool"),
        ("format: 99\nneeds: 7\n", "Open it with a newer version of this tool"),
        ("format: 0\n", "there never was a format 0. Write format: 3"),
        ("format: 1.5\n", "there never was a format 1.5. Write format: 3"),
        ("format: -1\n", "there never was a format -1. Write format: 3"),
    ],
)
def test_another_format_is_refused_in_one_message_with_its_line(head: str, says: str) -> None:
    said = refused(f"{head}title: Churn\nwhat-comes-then: {{}}\n")
    assert said.startswith("w.yaml:1: ")
    assert said.endswith(says)


@pytest.mark.parametrize(
    "text",
    [
        "kind: Deployment\napiVersion: v1\n",
        "name: test\non: push\njobs: {}\n",
        "services: {}\n",
    ],
)
def test_yaml_of_another_kind_is_told_to_be_no_workshop_file(text: str) -> None:
    said = refused(text)
    assert said.startswith("w.yaml:1: this is not a workshop file. A workshop file starts with 'format: 3'")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("head", ["titel: Churn\nteam: Shop\n", "titel: Churn\n"])
def test_a_workshop_file_with_a_slip_is_told_about_the_slip(head: str) -> None:
    with pytest.raises(FileProblems) as caught:
        parse_workshop(head.encode(), "w.yaml")
    said = str(caught.value)
    assert "titel" in said
    assert "not a workshop" not in said
