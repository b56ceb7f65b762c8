"""`check-content`: the shipped content with all examples inside it, and what it says of content somebody broke."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assessments.library import golden
from assessments.library import load as library_load
from canvas.method.load import shipped as shipped_content
from tests.content_copy import ROOT, copy_content, replace_once
from tests.small_pack import SUMMED, line_of, refusal, write
from views.terminal.content_verbs import check

ADVISORS, MODELS = "canvas/content/advisors", "assessments/content/models"
PRACTICES, PARTS = "assessments/content/practices", "templates/scaffold/parts"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_content(tmp_path / "copy")


def run(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "cli.py"), "check-content", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)


def test_the_shipped_content_is_fine_and_so_is_every_example_in_it() -> None:
    """The one place beside the verb itself in which the examples of the shipped content are tried."""
    files, problems = check(ROOT)
    assert [str(problem) for problem in problems] == []
    assert files > 400


BROKEN = [
    pytest.param(f"{ADVISORS}/go.yaml", "expect: go\n", "expect: stop\n",
                 "golden case 'all answers are in favour of it' fails: the advice is 'go', expected 'stop'",
                 "Mend the rules", "- name: all answers are in favour of it", id="golden advice"),
    pytest.param(f"{ADVISORS}/go.yaml", "  - name: nothing answered\n    answers: {}",
                 "  - name: nothing answered\n    answers: {upkep: true}", "answers 'upkep', which nothing asks for",
                 "Use the id of a requirement", "    answers: {}", id="golden advice on a stranger"),
    pytest.param(f"{ADVISORS}/go.yaml", "    next:\n      - Where one error",
                 "      - {when: {requirement: team-size, at_least: 9}, because: Many hands.}\n"
                 "    next:\n      - Where one error", "no golden case shows the reason 'Many hands.'",
                 "Add a golden case", "    next:\n      - Where one error", id="a reason nobody shows"),
    pytest.param(f"{MODELS}/google.yaml", "value: 2\n", "value: 1\n",
                 "golden case 'everything automated' fails: value is 2.0, expected 1.0", "Mend the model",
                 "- name: everything automated", id="golden case"),
    pytest.param("canvas/content/canvases/stack-canvas/serving.yaml", "group: ", "group: un", "is no group of",
                 "Use one of", "group: ", id="a block of no group"),
    pytest.param("canvas/content/canvases/stack-canvas/serving.yaml", "place: {column: ", "place: {column: 3",
                 "ends outside of the grid", "Move it", "place:", id="a block outside of its canvas"),
    pytest.param("assessments/content/tool-names.yaml", 'text: "DVC holds the training data", tools: [dvc]',
                 'text: "DVC holds the training data", tools: [lakefs]',
                 "the example 'DVC holds the training data' fails: it names dvc, expected lakefs", "Mend the names",
                 "DVC holds the training data", id="example of a note"),
    pytest.param("assessments/content/tool-names.yaml", "{block: experiments, text", "{block: experimnts, text",
                 "'experimnts' is no block", "Use the id of a block", "{block: experiments", id="note in no block"),
    pytest.param(f"{PRACTICES}/data.backup.yaml", "id: data.backup", "id: data.backups",
                 "id 'data.backups' differs from the file name", "Name the file after the id", "id: data.backup",
                 id="a misnamed file"),
    pytest.param("canvas/content/facts/task.yaml", "default: ", "default: un", "is no answer to it",
                 "Use an answer that can be given", "default: ", id="a default that is no answer"),
    pytest.param("canvas/content/steps/080-workflow.yaml", "id: workflow", "id: workflows",
                 "id 'workflows' differs from the file name", "Name the file after the id: 080-workflows.yaml",
                 "id: workflow", id="a misnamed step"),
    pytest.param("canvas/content/steps/080-workflow.yaml", "picture: workflow", "picture: workflw",
                 "'workflw' is no picture", "Known: workflow", "picture: workflow", id="a picture nobody draws"),
    pytest.param("templates/architecture/flow.yaml", "slots: [data.storage]", "slots: [data.store]",
                 "'data.store' is no slot", "Use the id of a slot", "- id: sources", id="a stage of no slot"),
    pytest.param("templates/pictures/pictures.yaml", "web-service: [1, 1]", "web-servce: [1, 1]",
                 "'web-servce' is no outcome of this advisor", "Give each outcome", "places:", id="a place for nobody"),
    pytest.param("templates/report/words.yaml", "decisions: {decided} of", "decisions: {decided of", "a brace",
                 "Write names as {name}", "standing-decided:", id="a brace without a partner"),
    pytest.param("templates/cards/cards.yaml", '"{answered} of', '"{answered of', "a brace", "Write names as {name}",
                 "complete:", id="a brace in a card"),
    pytest.param("templates/scaffold/phrases.yaml", '"Belongs to {slots};', '"Belongs to {slots;', "a brace",
                 "Write names", "belongs:", id="a brace in a phrase"),
    pytest.param(f"{PARTS}/recreate/files/docs/runbook.md.j2", "<%=", "<% if", "the template cannot be read",
                 "Mend what stands in", None, id="a template that cannot be read"),
    pytest.param(f"{PARTS}/sample-tabular-regression/part.yaml", "    split:", "    splitt:", "values.sample.split",
                 "Say of the sample data", None, id="sample data that say too little"),
    pytest.param(f"{PARTS}/docker/part.yaml", "choices: [docker]", "choices: [dockr]",
                 "no catalog entry 'dockr' fills", "Use an entry of the catalog", None, id="a part for nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "what", "mend", "where"), BROKEN)
def test_what_is_broken_is_told_with_file_line_and_mend(
    root: Path, file: str, old: str, new: str, what: str, mend: str, where: str | None
) -> None:
    text = (root / file).read_text(encoding="utf-8")
    replace_once(root / file, old, new)
    told = [problem for problem in check(root)[1] if what in problem.what]
    assert told, [str(problem) for problem in check(root)[1]]
    assert Path(told[0].file) == root / file
    assert told[0].mend.startswith(mend)
    if where is not None:
        assert told[0].line == text[: text.index(where)].count("\n") + 1
    assert told[0].line > 0


def test_a_template_that_asks_for_what_nobody_knows_is_told_by_the_part(root: Path) -> None:
    file = root / PARTS / "recreate/files/docs/runbook.md.j2"
    file.write_text(file.read_text(encoding="utf-8") + "<%= nobody %>\n", encoding="utf-8")
    told = [str(problem) for problem in check(root)[1] if "runbook.md.j2 cannot be filled" in problem.what]
    assert any(one.startswith(f"{root / PARTS / 'recreate/part.yaml'}:") for one in told), told


@pytest.mark.parametrize("wrong", ["<%= nobody %>", "<%= 1 / 0 %>", "<%= slug | nothing %>"])
def test_a_template_of_yaml_that_cannot_be_filled_is_told_by_the_part(root: Path, wrong: str) -> None:
    file = root / PARTS / "github-actions/files/.github/workflows/train.yml.j2"
    file.write_text(file.read_text(encoding="utf-8") + f"# {wrong}\n", encoding="utf-8")
    told = [str(problem) for problem in check(root)[1] if "github-actions" in problem.file]
    assert told, [str(problem) for problem in check(root)[1]]


@pytest.mark.parametrize(
    ("name", "text"),
    [("canvas/content/advisors/extra.yml", "id: extra\n"), ("assessments/content/spare.yaml", "a: 1\n")],
)
def test_a_file_that_nothing_reads_is_told(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text, encoding="utf-8")
    told = [str(problem) for problem in check(root)[1]]
    assert len(told) == 1
    assert told[0].startswith(f"{root / name}: no content is read from a file of this name")


@pytest.mark.parametrize(
    ("name", "what", "mend"),
    [
        ("workflow.yaml", "does not begin with its place", "three digits in front, as in 010-workflow.yaml"),
        ("80-workflow.yaml", "does not begin with its place", "three digits in front, as in 010-workflow.yaml"),
        ("090-workflow.yaml", "the place 090 is taken (090-levels.yaml has it)", "Put another number in front"),
    ],
)
def test_a_step_has_a_place_of_its_own_in_its_name(root: Path, name: str, what: str, mend: str) -> None:
    steps = root / "canvas/content/steps"
    (steps / "080-workflow.yaml").rename(steps / name)
    (told,) = check(root)[1]
    assert Path(told.file).name == name
    assert what in told.what
    assert mend in told.mend


def test_a_folder_of_a_part_without_its_file_is_told(root: Path) -> None:
    (root / PARTS / "docker/part.yaml").rename(root / PARTS / "docker/parts.yaml")
    assert any("docker: this folder holds no part.yaml" in str(problem) for problem in check(root)[1])


def test_what_is_broken_in_several_rooms_is_told_at_once(root: Path) -> None:
    replace_once(root / ADVISORS / "go.yaml", "expect: go\n", "expect: stop\n")
    replace_once(root / MODELS / "google.yaml", "value: 2\n", "value: 1\n")
    assert {Path(problem.file).name for problem in check(root)[1]} == {"go.yaml", "google.yaml"}


def test_the_verb_says_how_many_files_are_fine() -> None:
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split()[1:] == ["files", "fine"]


def test_a_broken_pack_is_told_with_file_and_line_and_a_good_one_counts(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    pack = write(tmp_path / "pack", SUMMED.replace("cloud", "platform"))
    shipped = int(run().stdout.split()[0])
    fine = run("--packs", "pack", cwd=tmp_path)
    assert (fine.returncode, fine.stderr) == (0, "")
    assert int(fine.stdout.split()[0]) == shipped + 3
    replace_once(pack / "models/ours.yaml", "value: 1.5", "value: 2.5")
    broken = run("--packs", "pack", cwd=tmp_path)
    assert (broken.returncode, broken.stdout) == (1, "")
    line = line_of(SUMMED, "name: by hand")
    assert (
        f"pack/models/ours.yaml:{line}: golden case 'by hand' fails: value is 1.5, expected 2.5. Mend" in broken.stderr
    )


def test_wrong_use_is_exit_2() -> None:
    assert run("--pack", "x").returncode == 2
    assert run("a-file.yaml").returncode == 2


def test_no_verb_but_this_one_tries_the_examples_that_were_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> list[str]:
        return ["it was tried"]

    monkeypatch.setattr(golden, "differences", failing)
    assert library_load.load(library_load.CONTENT, shipped_content(), examples=False).models
    assert ("ours.yaml", line_of(SUMMED, "name: by hand"), "golden case 'by hand' fails: it was tried") in refusal(
        write(tmp_path)
    )
    library_load.shipped.cache_clear()
    assert library_load.shipped().models
