"""What the practice files promise: each is checkable, complete, credited, and asked for by some model."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from assessments.library.kinds import KINDS
from assessments.library.load import CONTENT, shipped
from assessments.shapes.practice import PracticeDefinition
from canvas.reading.read import read_model

FILES = sorted((CONTENT / "practices").glob("[!_]*.yaml"))
BLOCKS = {
    "value",
    "data",
    "experiments",
    "features",
    "foundations",
    "pipeline",
    "registry",
    "deployment",
    "serving",
    "monitoring",
    "metadata",
}


CREDITED = ("Breck", "Google", "INNOQ", "CD Foundation", "Microsoft", "AWS")


@cache
def practices() -> dict[str, PracticeDefinition]:
    return {path.stem: read_model(path, PracticeDefinition)[1] for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_practice_names_its_schema_and_its_sources(path: Path) -> None:
    practice = practices()[path.stem]
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schemas/practice.schema.json"
    assert practice.id == path.stem
    assert practice.source.url is not None
    assert practice.source.retrieved is not None
    assert practice.license == "CC BY 4.0"
    credited = practice.attribution + practice.source.title
    assert any(name in credited for name in CREDITED)


@pytest.mark.parametrize("practice_id", [path.stem for path in FILES])
def test_a_practice_can_be_answered_and_verified(practice_id: str) -> None:
    practice = practices()[practice_id]
    assert practice.question.endswith("?")
    assert len(practice.verify) > 80
    assert len(practice.evidence.enough) >= 2 or practice.effort.most == 1
    assert len(practice.evidence.not_enough) >= 2
    assert practice.manual != practice.automated
    assert set(practice.blocks) <= BLOCKS
    assert len(set(practice.blocks)) == len(practice.blocks)


def test_no_two_practices_say_the_same() -> None:
    for field in ("title", "question", "why", "verify", "manual", "automated"):
        texts = Counter(getattr(practice, field) for practice in practices().values())
        repeated = {text for text, count in texts.items() if count > 1}
        # How unit tests are run by hand or automatically reads the same for feature code and model code.
        assert not repeated - {
            practices()["features.tests"].manual,
            practices()["features.tests"].automated,
        }


def test_every_practice_counts_in_some_model() -> None:
    library = shipped()
    assert set(library.practices) == set(practices())
    idle = [id_ for id_ in library.practices if not library.models_using(id_)]
    assert idle == []


def test_every_block_of_the_canvas_is_touched_by_a_practice() -> None:
    touched = {block for practice in practices().values() for block in practice.blocks}
    assert touched == BLOCKS


def test_chains_of_prerequisites_stay_short_enough_to_plan() -> None:
    def depth(practice_id: str) -> int:
        earlier = practices()[practice_id].prerequisites
        return 1 + max((depth(id_) for id_ in earlier), default=0)

    assert max(depth(practice_id) for practice_id in practices()) <= 5


def test_practices_come_in_the_order_of_the_life_cycle() -> None:
    phases = [practice.phase for practice in shipped().practices.values()]
    assert list(dict.fromkeys(phases)) == [
        "business-and-data-understanding",
        "data-engineering",
        "model-engineering",
        "model-evaluation",
        "deployment",
        "monitoring-and-maintenance",
    ]
    assert phases == sorted(phases, key=list(dict.fromkeys(phases)).index)


def test_the_schema_for_editors_offers_every_field() -> None:
    schemas = {kind.name: kind.schema() for kind in KINDS}
    assert {"measure", "model", "practice"} <= set(schemas)
    assert set(schemas["practice"]["properties"]) == set(PracticeDefinition.model_fields)
    assert "in" in schemas["model"]["$defs"]["CriterionDefinition"]["properties"]
