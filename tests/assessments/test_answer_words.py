"""What answers are called has one home, which pages, report, roadmap and terminal read."""

from __future__ import annotations

from pathlib import Path

from assessments.shapes.answers import FILE, answer_list, answer_mark, answer_title, answer_titles, within
from canvas.reading.read import read_model

ROOT = Path(__file__).parents[2]
READERS = {".py", ".j2", ".typ", ".js"}


def test_every_answer_has_its_words_in_the_order_in_which_it_is_offered() -> None:
    assert list(answer_titles()) == ["none", "manual", "automated", "unknown", "not-applicable"]
    assert (answer_title("manual"), within("manual"), answer_mark("manual")) == ("By hand, documented", "by hand", "◐")
    assert len({answer_mark(answer) for answer in (*answer_titles(), None)}) == 6


def test_what_is_no_answer_to_a_practice_stays_as_it_is() -> None:
    assert (within("0.93"), answer_title("yes"), within("unanswered")) == ("0.93", "yes", "unanswered")


def test_the_words_are_told_whose_they_are() -> None:
    assert answer_list() == read_model(FILE, type(answer_list()))[1]
    assert answer_list().attribution


def test_no_other_file_names_the_answers() -> None:
    """Nothing but the content file says which words go with which id."""
    words = [f'"{id_}": "{words}"' for id_, title in answer_titles().items() for words in (title, within(id_))]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for room in ("canvas", "assessments", "templates", "views")
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in READERS and ROOT / "templates/scaffold/parts" not in path.parents
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
