"""The examples of the page on extending load together, and do what the page says they do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from canvas.advice.carry import carried
from canvas.advice.sheet import advice_sheet
from canvas.document.workshop import Requirement, Workshop
from canvas.method.content import Content
from canvas.method.load import CONTENT, load

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"`canvas/content/([a-z/-]+\.yaml)`[^`]*(?:`[^`]+`[^`]*?)*?\n\n```yaml\n(.*?)```", PAGE, re.S)

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


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The shipped content with all examples of the page."""
    folder = tmp_path_factory.mktemp("extended") / "content"
    shutil.copytree(CONTENT, folder)
    for name, text in EXAMPLES:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    return load(folder)


def answering(**values: bool | float | str) -> Workshop:
    given = [Requirement(id=id_.replace("_", "-"), value=value, state="decided") for id_, value in values.items()]
    return Workshop(title="T", requirements=tuple(given))


def test_each_kind_of_file_has_an_example() -> None:
    kinds = [name.split("/")[0] for name, _ in EXAMPLES]
    assert sorted(kinds) == sorted(
        ["advisors", "carries.yaml", "facts", "findings", "glossary.yaml", "quantities.yaml", "steps", "tables"]
    )


def test_new_files_name_their_schema_on_the_first_line() -> None:
    for name, text in EXAMPLES:
        if "/" in name:
            schema = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
            assert ((CONTENT / name).parent / schema).is_file(), name


def test_the_step_shows_its_parts_in_its_place(extended: Content) -> None:
    order = list(extended.steps)
    assert order.index("crisp-ml") < order.index("energy") < order.index("governance")
    assert [part.kind for part in extended.steps["energy"].parts] == ["facts", "table", "advice"]


@pytest.mark.parametrize(("measured", "retraining", "seen"), [(False, "weekly", True), (True, "weekly", False)])
def test_the_finding_is_seen_where_its_condition_holds(
    extended: Content, measured: bool, retraining: str, seen: bool
) -> None:
    found = {
        one.definition.id
        for one in advice_sheet(answering(energy_measured=measured, retraining=retraining), extended).findings
    }
    assert ("often-and-unmeasured" in found) is seen


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
