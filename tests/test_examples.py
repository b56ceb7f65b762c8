"""What the shipped examples promise: clean files, a source for everything, and the score their evidence gives."""

from __future__ import annotations

import re
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from assessments.library.load import shipped as shipped_library
from assessments.library.packs import library
from assessments.scoring.sheet import broken_answers
from assessments.standing.evidence import check_evidence, claims
from assessments.standing.score_all import score_all
from canvas.document.file import arrange, check_workshop, dump_workshop, load_workshop
from canvas.document.workshop import Workshop
from canvas.method.load import shipped
from canvas.reading.strict_yaml import read_file

EXAMPLES = Path(__file__).parents[1] / "examples"
STARTER, PACKAGE, PLATFORM = "starter-git-dvc-make", "open-source-mlops-package", "platform-at-scale"
OURS = "proposal of these notes"
KNOWN_THROUGH_OTHERS = {"S1", "S7", "S8", "S10", "S15"}
FOUND_AUTOMATED = {"data.schema", "training.unit-tests", "pipeline.integration-test", "monitoring.data-invariants"}
FOUND_BY_HAND = {"model.spec-review", "model.tuning", "model.debuggable"}
PATH_IN_PACKAGE = re.compile(r"R [\w.-]+(/[\w.-]+)*/? at cc7ba01")

each_example = pytest.mark.parametrize("name", [STARTER, PACKAGE, PLATFORM])


def path(name: str) -> Path:
    return EXAMPLES / f"{name}.workshop.yaml"


def example(name: str) -> Workshop:
    return load_workshop(path(name))


def sources(workshop: Workshop) -> list[str]:
    """Return every source line of notes, requirements and risks."""
    found = [note.source for _, note in workshop.notes("stack-canvas")]
    found += [requirement.source for requirement in workshop.requirements]
    found += [risk.source for risk in workshop.risks]
    return [source for source in found if source]


def cited(source: str) -> list[tuple[str, str]]:
    """Return `(id, rest)` for each part of a source line that begins with an id such as R or S12."""
    parts = (re.match(r"([RS]\d*)\b(.*)", part.strip()) for part in source.split(";"))
    return [(part[1], part[2]) for part in parts if part]


def chapter(name: str) -> str:
    """Return the part of the README that lists the sources of an example."""
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    return readme.split(f"## Sources of `{name}`")[1].split("\n## ")[0]


def test_these_are_all_examples() -> None:
    found = {file.name for file in EXAMPLES.iterdir()}
    assert found == {"README.md", *(path(name).name for name in (STARTER, PACKAGE, PLATFORM))}


# The sections on which the outputs rest: each of their questions is written down, answered or open.
BASIC = ("problem", "task", "operation", "platform")


@each_example
def test_it_loads_and_saves_to_the_same_bytes(name: str) -> None:
    assert dump_workshop(example(name)).encode() == path(name).read_bytes()


@each_example
def test_it_is_in_the_order_of_the_content(name: str) -> None:
    assert dump_workshop(arrange(example(name), shipped())) == dump_workshop(example(name))


@each_example
def test_every_link_to_content_holds(name: str) -> None:
    workshop, problems = check_workshop(read_file(path(name)), shipped())
    assert [str(problem) for problem in problems] == []
    assert list(broken_answers(workshop, shipped_library())) == []


@each_example
def test_every_block_of_the_canvas_is_filled(name: str) -> None:
    blocks = example(name).canvases["stack-canvas"]
    assert list(blocks) == [block.id for block in shipped().canvases["stack-canvas"].blocks]
    assert min(len(notes) for notes in blocks.values()) >= 5


@each_example
def test_every_note_names_its_source(name: str) -> None:
    notes = [note for _, note in example(name).notes("stack-canvas")]
    assert [note.id for note in notes if not note.source] == []
    assert [note.id for note in notes if note.kind == "fact" and OURS in str(note.source)] == []
    assert [note.id for note in notes if note.kind == "proposal" and note.source != OURS] == []


@each_example
def test_every_fact_cites_a_listed_source(name: str) -> None:
    listed = set(re.findall(r"^\| ([RS]\d*) \| https://", chapter(name), re.MULTILINE))
    facts = [note for _, note in example(name).notes("stack-canvas") if note.kind == "fact"]
    assert [note.id for note in facts if not cited(str(note.source))] == []
    assert {id_ for source in sources(example(name)) for id_, _ in cited(source)} <= listed


@each_example
def test_all_questions_of_phase_zero_are_there(name: str) -> None:
    requirements = example(name).requirements
    written = {item.id for item in requirements}
    basic = [r.id for section in BASIC for r in shipped().sections[section].requirements]
    assert [item.id for item in requirements] == [id_ for id_ in shipped().requirements if id_ in written]
    assert [id_ for id_ in basic if id_ not in written] == []
    assert [item.id for item in requirements if item.state == "assumed" and not item.source] == []
    decided = [item for item in requirements if item.state == "decided"]
    assert [item.id for item in decided if not item.source or OURS in item.source] == []


@each_example
def test_every_decision_is_recorded_with_its_reason(name: str) -> None:
    workshop = example(name)
    assert [d.number for d in workshop.decisions] == list(range(1, len(workshop.decisions) + 1))
    assert [d.number for d in workshop.decisions if not d.because or not d.drivers] == []
    known = {item.id for item in workshop.requirements} | {note.id for _, note in workshop.notes("stack-canvas")}
    assert {driver for d in workshop.decisions for driver in d.drivers} <= known


@each_example
def test_tasks_and_risks_hang_together(name: str) -> None:
    workshop = example(name)
    order = list(TopologicalSorter({task.id: task.after for task in workshop.tasks}).static_order())
    assert sorted(order) == sorted(task.id for task in workshop.tasks)
    assert any(task.prediction for task in workshop.tasks)
    assert {risk.block for risk in workshop.risks} <= set(workshop.canvases["stack-canvas"])
    assert all(risk.source for risk in workshop.risks)


@each_example
def test_every_answer_shows_its_evidence(name: str) -> None:
    answers = example(name).answers
    assert len(answers) >= 20
    assert [answer.id for answer in answers if not answer.evidence] == []


@each_example
def test_nothing_is_left_to_do_and_no_machine_is_named(name: str) -> None:
    text = path(name).read_text(encoding="utf-8") + (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"(?i)\b(todo|fixme|tbd|xxx)\b|/(?:tmp|home|root|Users)/", text) == []


def test_the_package_scores_as_its_files_show() -> None:
    (result,) = score_all(example(PACKAGE), library(), only=["mltestscore"])
    sections = {section.id: section.value for section in result.sections}
    assert sections == {"data": 1.0, "model": 1.0, "infrastructure": 2.5, "monitoring": 1.0}
    assert (result.value, result.lower, result.upper, result.coverage) == (1.0, 1.0, 1.0, 1.0)
    assert result.standard


def test_the_package_is_read_strictly_test_by_test() -> None:
    items = {criterion.item for criterion in shipped_library().model("mltestscore").criteria}
    answers = {answer.id: answer for answer in example(PACKAGE).answers if answer.id in items}
    assert len(answers) == 28
    assert {id_ for id_, answer in answers.items() if answer.value == "automated"} == FOUND_AUTOMATED
    assert {id_ for id_, answer in answers.items() if answer.value == "manual"} == FOUND_BY_HAND


def test_each_claim_of_the_package_cites_the_files_that_prove_it() -> None:
    claimed = [answer for answer in example(PACKAGE).answers if claims(answer)]
    assert len(claimed) >= 16
    cited = {answer.id: [evidence.ref for evidence in answer.evidence] for answer in claimed}
    assert {id_: refs for id_, refs in cited.items() if not refs or not all(map(PATH_IN_PACKAGE.fullmatch, refs))} == {}
    assert check_evidence(example(PACKAGE), library(), date(2026, 11, 23)).of("missing", "undated", "expired") == ()


def test_what_the_package_does_not_do_cites_where_it_would_be() -> None:
    denied = [answer for answer in example(PACKAGE).answers if not claims(answer)]
    refs = [evidence.ref for answer in denied for evidence in answer.evidence]
    assert [ref for ref in refs if not PATH_IN_PACKAGE.fullmatch(ref) and ref != "nothing found in R at cc7ba01"] == []


def test_what_is_known_through_others_says_so() -> None:
    parts = [part for source in sources(example(PLATFORM)) for part in cited(source)]
    assert {id_ for id_, _ in parts} >= KNOWN_THROUGH_OTHERS
    assert [part for part in parts if part[0] in KNOWN_THROUGH_OTHERS and "third-party" not in part[1]] == []


def test_the_platform_shows_how_one_decision_followed_the_other() -> None:
    store = [decision for decision in example(PLATFORM).decisions if decision.slot == "features.store"]
    assert [decision.status for decision in store] == ["superseded", "superseded", "accepted"]
    assert [decision.supersedes for decision in store] == [None, store[0].number, store[1].number]
    assert example(PLATFORM).decision_for("features.store") == store[2]


def test_the_starter_leaves_open_what_its_sources_leave_open() -> None:
    decided = {decision.slot for decision in example(STARTER).decisions}
    assert not {"serving.pattern", "serving.runtime", "monitoring.drift", "monitoring.metrics"} & decided
