"""Content that breaks its contract is refused with file and line: links, sources, ids used twice, dead outcomes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from canvas.errors import ContentError
from canvas.method.load import CONTENT, load

SECTION = "id: extra\norder: 999\ntitle: T\npurpose: P\nminutes: 1\n"
STEP = "id: extra\ntitle: T\ngroup: run\npurpose: P\noutcome: O\nminutes: 1\n"
CREDIT = "source:\n  title: s\nlicense: l\nattribution: a\n"
OUTCOMES = """outcomes:
  - {id: one, title: One, meaning: m, when: [{when: {requirement: regulated, is: true}, because: Yes}]}
  - {id: two, title: Two, meaning: m, when: [{when: {requirement: regulated, is: false}, because: No}]}
"""
GOLDEN = """golden:
  - {name: yes, answers: {regulated: true}, expect: one}
  - {name: no, answers: {regulated: false}, expect: two}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "content"
    shutil.copytree(CONTENT, copy)
    return copy


def problems(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        load(folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in refused.value.problems]


def advisor(body: str, id_: str = "extra") -> str:
    return f"id: {id_}\ntitle: T\nquestion: Q\nrule: R\n{CREDIT}{body}"


def test_the_shipped_content_is_fine(folder: Path) -> None:
    load(folder)


BROKEN = [
    pytest.param("advisors/extra.yaml", advisor(OUTCOMES.replace("regulated, is: true", "nobody, is: true") + GOLDEN),
                 10, "'nobody', which is no requirement", id="a condition on nothing"),
    pytest.param("advisors/extra.yaml", advisor(OUTCOMES.replace("is: true", "is: perhaps") + GOLDEN), 10,
                 "asks 'regulated' for something else", id="an answer that does not exist"),
    pytest.param("advisors/extra.yaml", advisor(OUTCOMES + GOLDEN.replace("expect: two", "expect: one")), 11,
                 "no golden case leads to 'two'", id="an outcome nobody reaches"),
    pytest.param("advisors/extra.yaml", advisor(OUTCOMES + GOLDEN.replace("expect: two", "expect: three")), 14,
                 "'three' is no outcome", id="a golden case without outcome"),
    pytest.param("advisors/extra.yaml", advisor(OUTCOMES + GOLDEN, "other"), 1, "differs from the file name",
                 id="a misnamed file"),
    pytest.param("advisors/extra.yaml", advisor(OUTCOMES + GOLDEN).replace("source:\n  title: s\n", ""), 1,
                 "'source' is missing", id="no source"),
    pytest.param("tables/extra.yaml", f"id: extra\ntitle: T\npurpose: P\nheading: H\n{CREDIT}done_by: a\n"
                 "columns:\n  - {id: a, title: A, type: text}\nrows:\n  - {id: r, title: R, blocks: [nowhere]}\n",
                 13, "'nowhere' is no block", id="a row on no block"),
    pytest.param("facts/zz.yaml", f"{SECTION.replace('extra', 'zz')}{CREDIT}requirements:\n"
                 "  - {id: team-size, title: T, question: Q, purpose: P, type: text}\n", 11,
                 "'team-size' is used twice", id="an id used twice"),
    pytest.param("facts/extra.yaml", f"{SECTION}{CREDIT}requirements: []\n",
                 1, "no step shows the facts", id="a section nobody sees"),
    pytest.param("steps/999-extra.yaml", f"{STEP}{CREDIT}feeds:\n  - {{step: nowhere, text: T}}\n", 12,
                 "'nowhere' is no step", id="a step that feeds nothing"),
    pytest.param("findings/extra.yaml", f"id: extra\ntitle: T\n{CREDIT}findings:\n  - id: f\n    title: T\n"
                 "    severity: high\n    because: B\n    mend: M\n    step: canvas\n    undecided: [no.slot]\n"
                 "    decided: [data.storage]\n", 8, "'no.slot' is no slot", id="a finding on no slot"),
    pytest.param("findings/extra.yaml", f"id: extra\ntitle: T\n{CREDIT}findings:\n  - id: f\n    title: T\n"
                 "    severity: high\n    because: At {users}.\n    mend: M\n    step: canvas\n"
                 "    unsuited: main-metric\n", 11, "the text quotes '{users}'", id="a text that quotes free text"),
    pytest.param("findings/extra.yaml", f"id: extra\ntitle: T\n{CREDIT}findings:\n  - id: f\n    title: T\n"
                 "    severity: high\n    because: B\n    mend: 'See {suited:cloud}.'\n    step: canvas\n"
                 "    misled: cloud\n", 12, "the text quotes '{suited:cloud}'", id="a list of what suits nothing"),
    pytest.param("findings/extra.yaml", f"id: extra\ntitle: T\n{CREDIT}findings:\n  - id: f\n    title: T\n"
                 "    severity: high\n    because: B\n    mend: M\n    step: canvas\n    misled: cloud\n", 14,
                 "'cloud' is no choice with suits_of", id="a finding on a choice that suits nothing"),
    pytest.param("findings/extra.yaml", f"id: extra\ntitle: T\n{CREDIT}findings:\n  - id: f\n    title: T\n"
                 "    severity: high\n    because: B\n    mend: M\n    step: canvas\n    run_by_vendor:\n"
                 "      when: {requirement: regulated, is: true}\n      slots: [no.slot]\n", 8,
                 "'no.slot' is no slot", id="a vendor on no slot"),
]  # fmt: skip


def test_a_metric_that_suits_no_task_is_refused(folder: Path) -> None:
    file = folder / "facts/task.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("suits: [clustering]", "suits: [clusters]", 1), encoding="utf-8")
    line = text[: text.index("suits: [clustering]")].count("\n") + 1
    assert [p for p in problems(folder) if p.startswith(f"facts/task.yaml:{line}:") and "'clusters' is no option" in p]


def test_options_that_suit_something_need_to_say_what_it_is_a_choice_of(folder: Path) -> None:
    file = folder / "facts/task.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("    suits_of: task-type\n", ""), encoding="utf-8")
    assert any("suits_of and options with 'suits' belong together" in problem for problem in problems(folder))


@pytest.mark.parametrize(("name", "text", "line", "what"), BROKEN)
def test_a_broken_file_is_named_with_its_line(folder: Path, name: str, text: str, line: int, what: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    found = [problem for problem in problems(folder) if what in problem]
    assert found, problems(folder)
    assert found[0].startswith(f"{name}:{line}:"), found


def test_every_content_file_names_its_schema_on_the_first_line() -> None:
    for path in sorted(CONTENT.rglob("*.yaml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).is_file(), f"{path.relative_to(CONTENT)}: {first}"
