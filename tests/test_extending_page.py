"""The examples of the page on extending load together, and do what the page says they do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from canvas.advice.carry import carried
from canvas.advice.excluded import omitted
from canvas.advice.facts import known_facts
from canvas.advice.options import rank_options
from canvas.advice.sheet import advice_sheet
from canvas.document.workshop import Requirement, Workshop
from canvas.method.content import Content
from canvas.method.load import CONTENT, load

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"`((?:canvas|assessments|templates)/[a-z0-9/_.-]+\.(?:yaml|j2))`[^`]*(?:`[^`]+`[^`]*?)*?\n\n```yaml\n(.*?)```",
    PAGE,
    re.S,
)

FINDING = """id: extra
title: T
source: {title: s}
license: l
attribution: a
findings:
  - id: extra
    title: T
    severity: low
    because: B
    mend: M
    step: canvas
    when:
"""


WORKSHOP = """format: 1
title: Parcels
slug: parcels
decisions:
  - {slot: pipeline.orchestrator, status: draft, choice: night-runner}
answers:
  - {id: pipeline.orchestrated, value: automated}
  - {id: monitoring.quality, value: manual}
"""
PAGE_TEST = '''"""Opens the page of the step that was added."""

from tests.opened_pages import Open, keyed, words


def test_the_new_step_is_a_page(opened: Open) -> None:
    shown = opened("energy")
    assert not shown.exception
    assert "A figure, a bound, and the next step." in words(shown)
    assert keyed(shown.text_input, "requirement:energy-per-training:value")
'''


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product with all examples of the page, put where the page says."""
    folder = tmp_path_factory.mktemp("extended") / "product"
    left_out = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "golden")
    shutil.copytree(ROOT, folder, ignore=left_out)
    for name, text in EXAMPLES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    (folder / "ours.workshop.yaml").write_text(WORKSHOP, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def extended(product: Path) -> Content:
    """The content of that copy."""
    return load(product / "canvas/content")


def run(product: Path, *words: str) -> str:
    """Run Python in the copy, as somebody does who works there. Returns what it printed."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "STACK_CANVAS_PACKS": ""}
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=product, capture_output=True, text=True, timeout=240, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def answering(**values: bool | float | str) -> Workshop:
    given = [Requirement(id=id_.replace("_", "-"), value=value, state="decided") for id_, value in values.items()]
    return Workshop(title="T", requirements=tuple(given))


def test_each_kind_of_file_has_an_example() -> None:
    assert {name.removeprefix("canvas/content/").split("/")[0] for name, _ in EXAMPLES} == {
        *("advisors", "assessments", "canvases", "carries.yaml", "catalog", "facts", "findings", "glossary.yaml"),
        *("omissions.yaml", "quantities.yaml", "steps", "tables", "templates"),
    }


def test_new_files_name_their_schema_on_the_first_line() -> None:
    grown = [f"canvas/content/{name}.yaml" for name in ("carries", "quantities", "glossary", "omissions")]
    for name, text in EXAMPLES:
        if name not in grown and not name.endswith(".j2"):
            schema = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
            folder = Path(os.path.normpath(ROOT / Path(name).parent / schema))
            assert folder.is_file(), name


def test_the_step_shows_its_parts_in_its_place(extended: Content) -> None:
    order = list(extended.steps)
    assert order.index("crisp-ml") < order.index("energy") < order.index("governance")
    assert [part.kind for part in extended.steps["energy"].parts] == ["facts", "table", "advice"]


def test_the_command_of_the_page_finds_the_product_with_all_examples_fine(product: Path) -> None:
    shipped_files = int(run(ROOT, "cli.py", "check-content").split()[0])
    # Four examples are written to the end of files that are there, and one is a template of its part.
    assert run(product, "cli.py", "check-content") == f"{shipped_files + len(EXAMPLES) - 5} files fine\n"


def test_the_new_step_shows_as_a_page(product: Path) -> None:
    (product / "tests/test_the_new_step.py").write_text(PAGE_TEST, encoding="utf-8")
    assert "1 passed" in run(product, "-m", "pytest", "-p", "no:cacheprovider", "-v", "tests/test_the_new_step.py")


def test_the_new_tool_is_offered_in_its_slot_with_its_reason(extended: Content) -> None:
    workshop = answering(retraining="weekly")
    ranked = {
        option.entry.id: option
        for option in rank_options("pipeline.orchestrator", known_facts(workshop, extended), extended)
    }
    assert [fit.because for fit in ranked["night-runner"].pros] == ["a fixed hour is all that is needed"]
    assert not ranked["night-runner"].unmet


def test_the_files_of_the_new_part_come_out_of_scaffold_for_its_decision(product: Path, tmp_path: Path) -> None:
    run(product, "cli.py", "scaffold", "ours.workshop.yaml", "-o", str(tmp_path / "ours"))
    made = (tmp_path / "ours/config/night-runner.yaml").read_text(encoding="utf-8")
    assert made.endswith("project: parcels\ncommand: make train\n")
    assert "train:" in (tmp_path / "ours/Makefile").read_text(encoding="utf-8")


def test_the_new_model_scores_and_gets_into_the_page_of_models(product: Path) -> None:
    scored = run(product, "cli.py", "score", "ours.workshop.yaml", "--model", "night")
    assert "Ready for the night run" in scored
    assert "Level 1: in order" in scored
    run(product, "-m", "templates.models_page.catalogue")
    assert "Ready for the night run" in (product / "docs/models.md").read_text(encoding="utf-8")


def test_the_new_canvas_is_drawn(product: Path, tmp_path: Path) -> None:
    run(product, "cli.py", "canvas", "--canvas", "energy-canvas", "-o", str(tmp_path / "energy.pdf"))
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "energy.pdf").pages)
    assert all(title in " ".join(text.split()) for title in ("Energy canvas", "What draws energy", "What saves energy"))


def test_every_command_that_the_page_names_for_the_examples_is_walked_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    verbs = set(re.findall(r"python cli\.py ([a-z-]+)", PAGE))
    assert verbs == {"check-content", "scaffold", "score", "canvas"}
    assert not [verb for verb in verbs if f'"cli.py", "{verb}"' not in here]


@pytest.mark.parametrize(("measured", "retraining", "seen"), [(False, "weekly", True), (True, "weekly", False)])
def test_the_finding_is_seen_where_its_condition_holds(
    extended: Content, measured: bool, retraining: str, seen: bool
) -> None:
    found = {
        one.definition.id
        for one in advice_sheet(answering(energy_measured=measured, retraining=retraining), extended).findings
    }
    assert ("often-and-unmeasured" in found) is seen


def test_the_rule_takes_out_what_it_names_while_it_holds(extended: Content) -> None:
    left = [set(omitted(answering(personal_data=said), extended)) for said in (True, False)]
    assert left == [set(), {"deletion-settled", "data-checklist.privacy-settled"}]


def test_answers_reach_advice_number_and_block(extended: Content) -> None:
    workshop = answering(energy_measured=True, energy_per_training=60)
    sheet = advice_sheet(workshop, extended)
    assert sheet.advice["energy-next"].value == "reduce"
    assert sheet.facts.quantities["energy-per-year"] == 3120
    block = carried(workshop, extended, "stack-canvas", "pipeline")
    assert [(found.text, found.step) for found in block] == [("60 kWh", "energy")]
    assert list(extended.terms.values())[-1].step == "energy"


def test_each_condition_of_the_page_is_one(tmp_path: Path) -> None:
    text = PAGE.split("## Conditions")[1].split("```yaml\n")[1].split("```")[0]
    conditions = [part.removeprefix("when:").strip() for part in re.split(r"^(?=when:)", text, flags=re.M) if part]
    assert len(conditions) == text.count("when:")
    lines = [f"      - {condition.replace(chr(10), chr(10) + ' ' * 6)}" for condition in conditions]
    finding = FINDING + "\n".join(lines)
    shutil.copytree(CONTENT, tmp_path / "content")
    (tmp_path / "content/findings/extra.yaml").write_text(finding, encoding="utf-8")
    assert len(load(tmp_path / "content").findings["extra"].when) == len(conditions)


def test_every_folder_of_the_page_exists() -> None:
    folders = re.findall(r"`((?:canvas|assessments|templates)/[a-z/-]*/)`", PAGE)
    assert folders
    assert not [folder for folder in folders if not (ROOT / folder).is_dir()]


def test_every_schema_of_the_page_exists() -> None:
    table = re.findall(r"^\| .* \| (`[a-z-]+`(?:, `[a-z-]+`)*) \|$", PAGE, re.M)
    names = {name for cell in table for name in re.findall(r"`([^`]+)`", cell)}
    known = {path.name.removesuffix(".schema.json") for path in ROOT.glob("*/**/schemas/*.schema.json")}
    assert len(names) >= 12
    assert names <= known
