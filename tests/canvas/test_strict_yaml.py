from __future__ import annotations

from pathlib import Path

import pytest

from canvas.errors import FileProblems
from canvas.reading.strict_yaml import MAX_BYTES, read_bytes, read_file, read_text


def problems_of(text: str) -> list[str]:
    with pytest.raises(FileProblems) as caught:
        read_text(text, "f.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_only_null_booleans_and_numbers_are_resolved() -> None:
    source = read_text("a: No\nb: 2026-11-23\nc: [1, 2.5, true, null, ~, 0o7, 1e5, 1_000, 9.9e999]\nd: '3'\n", "f")
    assert source.data == {
        "a": "No",
        "b": "2026-11-23",
        "c": [1, 2.5, True, None, None, "0o7", "1e5", "1_000", "9.9e999"],
        "d": "3",
    }


def test_every_value_knows_its_line() -> None:
    source = read_text("a:\n  - b: 1\n    c: 2\n", "f")
    assert source.line(("a", 0, "c")) == 3
    assert source.line(("a", 0, "no such key")) == 2


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\na: 2\n", 2, "twice (first on line 1)"),
        ("a: &x 1\n", 1, "anchor &x"),
        ("b: 1\na: *x\n", 2, "alias *x"),
        ("a: !!python/object:os.system {}\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second YAML document"),
        ("a:\n\t- b\n", 2, "this line is indented with a tab. Indent with spaces"),
        ("a:\n  \t- b\n", 2, "this line is indented with a tab. Indent with spaces"),
        ('a: "b\tc"\n', 1, "there is a tab inside this line. Write spaces in its place"),
        ("a: b\tc\n", 1, "there is a tab inside this line. Write spaces in its place"),
        ('b: 1\na: "b\\tc"\n', 2, "forbidden character U+0009, written with a backslash. Write spaces for a"),
        (
            "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n",
            2,
            "a merge conflict is left here (<<<<<<<). Keep",
        ),
        ("a: 1\r\n<<<<<<<\r\nb: 1\r\n", 2, "a merge conflict is left here"),
        ("a: 1\n=======\nb: 2\n>>>>>>> theirs\n", 4, "a merge conflict is left here (>>>>>>>)"),
        ("a: 1\nb: x\u202ey\n", 2, "U+202E"),
        ('a: "\\u0007"\n', 1, "U+0007"),
        ("a: [1, 2\nb: 3\n", 2, "not valid YAML"),
        ("? [1]\n: 2\n", 1, "a key must be text"),
        ("a: {b: c: d}\n", 1, "not valid YAML"),
    ],
)
def test_what_makes_yaml_surprising_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    found = problems_of(text)
    assert any(message.startswith(f"f.yaml:{line}:") and says in message for message in found), found


def test_each_merge_conflict_is_told_once_and_only_where_there_is_one() -> None:
    conflict = "<<<<<<< HEAD\n  - x\n||||||| base\n=======\n  - y\n>>>>>>> theirs\n"
    assert len(problems_of(f"a:\n{conflict}  - z\n{conflict}")) == 2
    note = "a: |\n  <<<<<<< what a conflict looks like\n  =======\n  >>>>>>> x\nb: '<<<<<<<<<<'\n"
    assert read_text(note, "f").data["a"].startswith("<<<<<<< what")


def test_a_bomb_of_aliases_costs_nothing() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    assert len(problems_of(bomb)) > 8


def test_deep_nesting_is_refused_before_it_hurts() -> None:
    assert "nested deeper" in problems_of("[" * 100_000)[0]


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(FileProblems, match=r"too large \(10\.0 MB\)"):
        read_bytes(b"a: " + b"x" * 10_000_000, "f")
    assert read_bytes(b"a: " + b"x" * (MAX_BYTES - 10), "f").data["a"].startswith("x")


def test_bytes_that_are_not_utf8_name_their_line() -> None:
    with pytest.raises(FileProblems, match="f:2: this is not UTF-8"):
        read_bytes(b"a: 1\nb: \xff\n", "f")


def test_a_missing_file_is_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(FileProblems, match="cannot be read"):
        read_file(tmp_path / "none.yaml")
