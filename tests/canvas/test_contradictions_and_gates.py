"""Decisions that cannot both hold are found, with both places and a mend; block gates follow from the answers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas.advice.facts import known_facts
from canvas.advice.options import Contradiction, GateState, block_gate, contradictions
from canvas.document.workshop import Decision, Requirement, Workshop
from canvas.method.canvases import BlockDefinition
from canvas.method.content import Content
from canvas.method.load import shipped
from canvas.reading.types import RequirementValue

DEFAULTS = {slot.id: slot.default for slot in shipped().slots.values()}


def denied(team: Workshop, content: Content) -> tuple[Contradiction, ...]:
    return contradictions(team, known_facts(team, content), content)


def gate(block: BlockDefinition, team: Workshop, content: Content) -> GateState:
    return block_gate(block, known_facts(team, content))


def workshop(facts: dict[str, RequirementValue], choices: dict[str, str] | None = None) -> Workshop:
    requirements = tuple(Requirement(id=id_, value=value, state="decided") for id_, value in facts.items())
    decided = tuple(Decision(slot=slot, status="draft", choice=choice) for slot, choice in (choices or {}).items())
    return Workshop(title="Tag suggester", requirements=requirements, decisions=decided)


def test_the_defaults_contradict_neither_each_other_nor_a_team_without_a_platform() -> None:
    facts: dict[str, RequirementValue] = {
        "kubernetes": False,
        "cloud": "none",
        "live-features": False,
        "data-volume": 0.05,
        "prediction-timing": "on-request",
    }
    assert denied(workshop(facts, DEFAULTS), shipped()) == ()


def test_a_decision_without_its_need_is_a_contradiction_with_both_places_and_a_mend() -> None:
    found = denied(workshop({"kubernetes": False}, {"serving.runtime": "kserve"}), shipped())
    assert [(c.slot, c.choice, c.subjects) for c in found] == [
        ("serving.runtime", "kserve", ("serving.runtime", "kubernetes"))
    ]
    assert "Kubernetes" in found[0].because
    assert found[0].mend.startswith("Start with an option for one machine")


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"pipeline.ci": "github-actions", "foundations.repository": "gitlab"}, {"pipeline.ci"}),
        ({"serving.runtime": "batch-job", "serving.pattern": "model-as-service"}, {"serving.runtime"}),
        ({"serving.runtime": "fastapi", "serving.pattern": "model-as-dependency"}, {"serving.runtime"}),
        ({"deployment.strategy": "canary", "serving.pattern": "precompute"}, {"deployment.strategy"}),
        ({"metadata.store": "mlflow-runs", "experiments.tracking": "wandb"}, {"metadata.store"}),
        (
            {"metadata.store": "dvc-git", "data.versioning": "git-lfs", "pipeline.orchestrator": "make"},
            {"metadata.store"},
        ),
        ({"metadata.store": "dvc-git", "data.versioning": "git-lfs", "pipeline.orchestrator": "dvc-pipelines"}, set()),
        ({"data.versioning": "lakefs", "data.storage": "local-files"}, {"data.versioning"}),
        ({"data.versioning": "lakefs", "data.storage": "none-yet"}, {"data.versioning"}),
        ({"data.versioning": "lakefs", "data.storage": "other: our own object store"}, set()),
        ({"data.versioning": "lakefs"}, set()),
        ({"serving.runtime": "other: a mainframe", "serving.pattern": "none-yet"}, set()),
    ],
)
def test_decisions_that_exclude_each_other_are_found_and_open_ones_are_not(
    choices: dict[str, str], expected: set[str]
) -> None:
    assert {c.slot for c in denied(workshop({}, choices), shipped())} == expected


def test_only_decisions_in_force_contradict() -> None:
    old = Decision(number=1, slot="serving.runtime", status="superseded", choice="kserve")
    new = Decision(number=2, slot="serving.runtime", status="accepted", choice="fastapi", supersedes=1)
    team = workshop({"kubernetes": False}).model_copy(update={"decisions": (old, new)})
    assert denied(team, shipped()) == ()


def test_contradictions_come_in_the_order_of_the_slots() -> None:
    choices = {"serving.runtime": "kserve", "data.storage": "s3", "pipeline.orchestrator": "flyte"}
    found = denied(workshop({"kubernetes": False, "cloud": "none", "hosting": "air-gapped"}, choices), shipped())
    assert [c.slot for c in found] == ["data.storage", "data.storage", "pipeline.orchestrator", "serving.runtime"]


def gated() -> BlockDefinition:
    gate = {
        "question": "Is it needed?",
        "mandatory": [{"when": {"requirement": "regulated", "is": True}, "because": "An auditor will ask."}],
        "recommended": [{"when": {"requirement": "team-size", "at_least": 5}, "because": "Five people forget."}],
        "otherwise": "A note is enough.",
    }
    block = shipped().block("data")
    assert block is not None
    return BlockDefinition.model_validate({**block.model_dump(by_alias=True), "gate": gate})


@pytest.mark.parametrize(
    ("facts", "state", "because", "unknown"),
    [
        ({"regulated": True, "team-size": 9}, "mandatory", ("An auditor will ask.",), ()),
        ({"regulated": True}, "mandatory", ("An auditor will ask.",), ("team-size",)),
        ({"regulated": False, "team-size": 9}, "recommended", ("Five people forget.",), ()),
        ({"team-size": 9}, "recommended", ("Five people forget.",), ("regulated",)),
        ({"regulated": False, "team-size": 2}, "optional", ("A note is enough.",), ()),
        ({"team-size": 2}, "open", (), ("regulated",)),
        ({}, "open", (), ("regulated", "team-size")),
    ],
)
def test_a_gate_is_judged_from_the_answers_and_stays_open_without_them(
    facts: dict[str, RequirementValue], state: str, because: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    found = gate(gated(), workshop(facts), shipped())
    assert (found.state, found.because, found.unknown) == (state, because, unknown)


def test_a_block_without_a_gate_belongs_to_every_canvas() -> None:
    block = shipped().block("value")
    assert block is not None
    assert block.gate is None
    assert gate(block, workshop({}), shipped()).state == "mandatory"


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "kubernetes": st.booleans(),
        "live-features": st.booleans(),
        "data-volume": st.integers(0, 10_000),
        "cloud": st.sampled_from(["none", "aws", "azure", "gcp", "several"]),
        "hosting": st.sampled_from(["any", "self-hosted", "managed", "air-gapped"]),
        "prediction-timing": st.sampled_from(["on-request", "batch", "stream", "on-device"]),
    },
)
CHOICES = st.fixed_dictionaries(
    {}, optional={slot: st.sampled_from([option.id for option in shipped().options(slot)]) for slot in DEFAULTS}
)


@settings(max_examples=60, deadline=None)
@given(FACTS, CHOICES)
def test_every_contradiction_names_a_decision_and_another_place_that_is_answered(
    facts: dict[str, RequirementValue], choices: dict[str, str]
) -> None:
    for found in denied(workshop(facts, choices), shipped()):
        assert choices[found.slot] == found.choice
        assert found.subjects[0] == found.slot
        assert {*facts, *choices} & set(found.subjects[1:])
