from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas.document.file import dump_workshop, has_comments, json_schema, load_workshop, parse_workshop, save_workshop
from canvas.document.workshop import Answer, Decision, Evidence, Note, Requirement, Risk, Target, Task, Workshop
from canvas.errors import FileProblems
from canvas.reading.text_gate import clean, forbidden_characters

HOSTILE = [
    '#import "/etc/passwd": *',
    "{{7*7}}",
    "<script>alert(1)</script>",
    '"; drop table note; --',
    r"\N and \u202e",
    "$x$",
    "| a | b |",
    "漢字かな",
    "مرحبا بالعالم",
    "😀 👩‍👩‍👧",
    "No",
    "null",
    "1e5",
    "2026-11-23",
    "- not a list",
    "key: value # no comment",
    "line one\n  line two\n\nline four",
]

full = Workshop(
    title="A: tricky title",
    team="x",
    date="2026-11-23",
    slug="a-title",
    requirements=(
        Requirement(id="latency-p95", value=200, unit="ms", source="s", state="decided"),
        Requirement(id="regulated", value=False, state="assumed"),
        Requirement(id="users", state="open"),
    ),
    canvases={"stack-canvas": {"value": tuple(Note(id=f"n{i}", text=text, votes=i) for i, text in enumerate(HOSTILE))}},
    tasks=(Task(id="a", title="t"), Task(id="b", title="u", after=("a",), prediction=True)),
    risks=(Risk(id="r", text="x", owner="y"),),
    decisions=(
        Decision(number=1, slot="a.b", status="superseded", choice="x", because="y", decided_on="2026-11-20"),
        Decision(number=2, slot="a.b", status="accepted", choice="none-yet", because="z", supersedes=1),
        Decision(slot="a.c", status="draft", choice="other: own words", options=("x",)),
    ),
    answers=(
        Answer(id="data.schema", value="manual", revision=2, evidence=(Evidence(ref="a.py", seen_on="2026-11-23"),)),
        Answer(id="x.y", state="not-applicable", reason="no such thing"),
        Answer(id="x.z", value=2.5, measured_on="2026-11-01", spread={"none": 2}),
    ),
    editions={"mltestscore": "2017"},
    models=("mltestscore", "google"),
    targets=(Target(model="mltestscore", value=2.0, by="2027-05-01"),),
)


def problems_of(text: str) -> list[str]:
    with pytest.raises(FileProblems) as caught:
        parse_workshop(text.encode(), "w.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_a_file_we_wrote_loads_and_saves_to_the_same_bytes() -> None:
    text = dump_workshop(full)
    assert parse_workshop(text.encode(), "w") == full
    assert dump_workshop(parse_workshop(text.encode(), "w")) == text


def readable(text: str) -> bool:
    return not forbidden_characters(text) and any(unicodedata.category(char)[0] not in "ZC" for char in text)


texts = st.text(min_size=1, max_size=60).filter(readable)
nasty = st.text(alphabet=" \n#:-'\"|>1.e+_&*!%@`{}[]?,ab~", min_size=1, max_size=60).filter(readable)


@given(texts, nasty)
def test_any_text_survives_the_file(any_text: str, nasty_text: str) -> None:
    notes = (Note(id="a", text=any_text), Note(id="b", text=nasty_text))
    workshop = Workshop(title="x", canvases={"c": {"b": notes}})
    assert parse_workshop(dump_workshop(workshop).encode(), "w") == workshop


@given(st.text(max_size=80))
def test_cleaned_input_is_always_allowed_in_files(text: str) -> None:
    assert not forbidden_characters(clean(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("titel: x\n", ["w.yaml:1: unknown key 'titel'. Did you mean 'title'?"]),
        (
            "format: 9\ntitle: x\n",
            [
                "w.yaml:1: this file has format 9, and read here is up to format 3.",
                "Open it with a newer version of this tool",
            ],
        ),
        ("- x\n", ["w.yaml:1: this is not a workshop file"]),
        ("title: 5\n", ["w.yaml:1: title: this should be text"]),
        ("title: x\ndate: tomorrow\n", ["w.yaml:2: date: 'tomorrow' has the wrong form. Write a day as 2026-11-23"]),
        (
            "title: x\ncanvases:\n  c:\n    b:\n      - id: n\n        text: a\n        knd: risk\n",
            ["w.yaml:7: unknown key 'knd'. Did you mean 'kind'?"],
        ),
        (
            "title: x\ncanvases:\n  c:\n    b:\n      - {id: n, text: a}\n      - {id: n, text: b, kind: fact}\n",
            ["w.yaml:6: note id 'n' is used twice"],
        ),
        (
            "title: x\ncanvases:\n  c:\n    b:\n      - {id: n, text: a, kind: rsk}\n",
            ["Did you mean 'risk'?"],
        ),
        ("title: x\nrequirements:\n  - {id: a, state: decided}\n", ["w.yaml:3:", "decided but has no value"]),
        ("title: x\nrequirements:\n  - {id: a, value: 1, state: open}\n", ["open but has a value"]),
        (
            "title: x\nrequirements:\n  - {id: a, value: 1, state: decided}\n  - {id: a, value: 2, state: decided}\n",
            ["w.yaml:4: 'a' is in requirements twice"],
        ),
        ("title: x\nanswers:\n  - {id: a.b, state: not-applicable}\n", ["not applicable without a reason"]),
        ("title: x\nanswers:\n  - {id: a.b}\n", ["answered but has no value"]),
        (
            "title: x\nanswers:\n  - {id: a.b, value: great}\n",
            [
                "answers[1].value: 'great' is neither one of 'none', 'manual' or 'automated' nor a number. Use",
            ],
        ),
        ("title: '   '\n", ["w.yaml:1: title: there is nothing to read in it"]),
        ("title: x\ndate: '2026-99-99'\n", ["w.yaml:2: date:"]),
        ("title: x\nformat: true\n", ["w.yaml:2: format: 'True' is not a number. Write format: 3, without quotes"]),
        ("format: 0\ntitle: x\n", ["w.yaml:1: there never was a format 0. Write format: 3"]),
        ("format: '1'\ntitle: x\n", ["w.yaml:1: format: '1' is not a number. Write format: 3, without quotes"]),
        ("title: x\nanswers:\n  - {id: a.b, value: Manual}\n", ["w.yaml:3:", "Did you mean 'manual'?"]),
        ("title: x\nanswers:\n  - {id: a.b, value: true}\n", ["'True' is neither one of"]),
        (
            "title: x\ntargets:\n  - {model: m, value: true}\n",
            ["targets[1].value: this should be a number. Write a num"],
        ),
        ("title: x\ntasks:\n  - {id: a, title: t, prediction: maybe}\n", ["true or false. Write true or false"]),
        ("title: x\nrequirements: 3\n", ["requirements: this should be a list"]),
        ("title: x\nrequirements: [3]\n", ["requirements[1]: this should be 'key: value' lines"]),
        (
            "title: x\ntasks:\n  - {id: a, title: t, after: [b]}\n  - {id: b, title: t, after: [a]}\n",
            ["wait for each other"],
        ),
        ("title: x\ntargets:\n  - {model: m, value: 1.0}\n  - {model: m, value: 2.0}\n", ["'m' is in targets twice"]),
        (
            "title: x\ndecisions:\n  - {slot: a.b, status: accepted, choice: y}\n",
            ["Only recorded decisions have a number"],
        ),
        (
            "title: x\ndecisions:\n  - {number: 1, slot: a.b, status: accepted, choice: y}\n"
            "  - {number: 2, slot: a.b, status: accepted, choice: z}\n",
            ["slot 'a.b' has two accepted decisions"],
        ),
        (
            "title: x\ndecisions:\n  - {number: 1, slot: a.b, status: accepted, choice: y, supersedes: 7}\n",
            ["supersedes 7, no other decision"],
        ),
        (
            "title: x\ndecisions:\n  - {number: 1, slot: a.b, status: superseded, choice: y}\n",
            ["decision 1 is superseded by none"],
        ),
    ],
)
def test_each_mistake_gives_file_line_and_mend(text: str, wanted: list[str]) -> None:
    found = "\n".join(problems_of(text))
    for part in wanted:
        assert part in found


def test_all_problems_are_told_at_once() -> None:
    assert len(problems_of("titel: x\ndate: 5\nteam: [1]\n")) == 4


def test_saving_is_whole_and_keeps_the_text(tmp_path: Path) -> None:
    path = tmp_path / "x.workshop.yaml"
    save_workshop(full, path)
    assert load_workshop(path) == full
    assert [p.name for p in tmp_path.iterdir()] == ["x.workshop.yaml"]


def test_the_first_format_is_still_read() -> None:
    old = Path(__file__).parents[1] / "golden" / "format-1.workshop.yaml"
    written = dump_workshop(load_workshop(old))
    # All that it held is there; only the number of the format is another, and what it needs.
    assert written.replace("format: 3\nneeds: '0.2'\n", "format: 1\n") == old.read_text(encoding="utf-8")
    assert dump_workshop(parse_workshop(written.encode(), "w")) == written


def test_the_schema_names_every_top_level_key() -> None:
    assert set(json_schema()["properties"]) == set(Workshop.model_fields)


def test_a_list_that_no_team_writes_is_refused_at_once() -> None:
    rows = "".join(f"  - {{id: r{number}, state: open}}\n" for number in range(40_000))
    assert "list is too long" in problems_of(f"title: x\nrequirements:\n{rows}")[0]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("title: x\n", False),
        ("title: x  # mine\n", True),
        ("# mine\ntitle: x\n", True),
        ("title: 'x # y'\n", False),
        ("title: |-\n  # a heading\n  text\n", False),
        ("title: Żółć 漢字 'n\nteam: 'ü # in text'\n", False),
        ("title: Żółć 漢字\nteam: 'ü' # mine\n", True),
    ],
)
def test_only_real_comments_count_as_lost(text: str, lost: bool, tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(text)
    assert has_comments(tmp_path / "w.yaml") is lost


def test_a_file_of_format_2_says_the_same_in_format_3() -> None:
    old = Path(__file__).parents[1] / "golden" / "format-2.workshop.yaml"
    written = dump_workshop(load_workshop(old))
    assert written.replace("format: 3\n", "format: 2\n") == old.read_text(encoding="utf-8")
    assert load_workshop(old).models == ()


def test_a_model_that_is_chosen_twice_is_told() -> None:
    assert problems_of("format: 3\ntitle: x\nmodels: [google, google]\n") == [
        "w.yaml:3: 'google' is in models twice. Keep one of the two entries"
    ]
