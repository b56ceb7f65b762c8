"""Formats of the workshop file: every one that was written is read, and one to come is refused by name."""

from __future__ import annotations

import pytest

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
        ("format: 3\nneeds: '0.5'\n", "Open it with version 0.5 or later of this tool"),
        ("format: 99\n", "Open it with a newer version of this tool"),
        ("format: 99\nneeds: 'rm -rf'\n", "Open it with a newer version of this tool"),
        ("format: 99\nneeds: 7\n", "Open it with a newer version of this tool"),
        ("format: 0\n", "there never was a format 0. Write format: 2"),
        ("format: 1.5\n", "there never was a format 1.5. Write format: 2"),
        ("format: -1\n", "there never was a format -1. Write format: 2"),
    ],
)
def test_another_format_is_refused_in_one_message_with_its_line(head: str, says: str) -> None:
    said = refused(f"{head}title: Churn\nwhat-comes-then: {{}}\n")
    assert said.startswith("w.yaml:1: ")
    assert said.endswith(says)
