"""docs/models.md is made from the content: current, complete, and counting what is there."""

from __future__ import annotations

import re

import pytest

from assessments.library.load import shipped
from assessments.shapes.model import ModelDefinition
from templates.models_page.catalogue import PAGE, models_page

MODELS = list(shipped().models.values())


def part_of(model: ModelDefinition) -> str:
    """The part of the page on one model, as far as the next heading."""
    return models_page(shipped()).split(f"\n## {model.title}\n")[1].split("\n## ")[0]


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == models_page(shipped()), "run make schemas"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_a_model_tells_rule_source_licence_sections_and_bands(model: ModelDefinition) -> None:
    part = part_of(model)
    assert f"- Rule: **{'official' if model.official else 'derived'}**. {model.rule}" in part
    assert model.source.title in part
    assert str(model.source.url) in part
    assert model.license in part
    assert f"- {len(model.criteria)} criteria" in part
    assert all(f"| {section.title} |" in part for section in model.sections)
    assert all(f"| {band.label} | {band.meaning} |" in part for band in model.bands)
    assert all(f"| {cluster.name} |" in part for cluster in model.clusters)


def test_the_table_lists_every_model_with_a_link_that_leads_to_its_part() -> None:
    page = models_page(shipped())
    rows = re.findall(r"^\| \[(.+)\]\(#(.+)\) \| `(.+)` \| (official|derived) \|", page, re.MULTILINE)
    assert [row[2] for row in rows] == [model.id for model in MODELS]
    headings = {re.sub(r"[^\w -]", "", line).lower().replace(" ", "-") for line in re.findall(r"^## (.+)$", page, re.M)}
    assert {row[1] for row in rows} <= headings


def test_the_matrix_shows_its_cells() -> None:
    assert "| Testing | 2 | 6 | 2 | 10 |" in part_of(shipped().model("principles-matrix"))
