"""What the shipped slots and catalog promise: real options everywhere, working defaults, rules that can hold, icons."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args

import pytest

from canvas.method.catalog import CatalogEntry, Slot
from canvas.method.conditions import Condition, Plain
from canvas.method.content import Content
from canvas.method.facts import RequirementDefinition
from canvas.method.load import CONTENT, shipped
from canvas.reading.types import NONE_YET
from templates.architecture.icons import icon

STAGES = {
    "data.storage": "sources",
    "data.versioning": "data",
    "data.validation": "data",
    "experiments.framework": "training",
    "experiments.tracking": "training",
    "features.store": "data",
    "foundations.repository": "delivery",
    "foundations.environment": "delivery",
    "pipeline.orchestrator": "training",
    "pipeline.ci": "delivery",
    "registry.models": "delivery",
    "deployment.packaging": "delivery",
    "deployment.strategy": "none",
    "serving.pattern": "none",
    "serving.runtime": "serving",
    "monitoring.drift": "monitoring",
    "monitoring.metrics": "monitoring",
    "metadata.store": "metadata",
}
PATTERNS = {"model-as-service", "model-as-dependency", "precompute", "model-on-demand", "hybrid-serving"}
STRATEGIES = {"recreate", "shadow", "canary", "blue-green", "ab-test"}
CASE_TOOLS = (
    "local-files git-snapshot dvc dvclive dvc-pipelines dvc-git gto make s3 scikit-learn project-library github "
    "github-actions python-wheel mlflow mlflow-registry mlflow-runs mlflow-projects mise uv pandera docker batch-job "
    "redis snowflake kafka lightgbm pytorch dagster metaflow argo-workflows triton shadow ab-test feature-statistics "
    "prometheus-grafana dated-partitions amundsen per-component"
)


@cache
def content() -> Content:
    return shipped()


def slots() -> list[Slot]:
    return list(content().slots.values())


def entries() -> list[CatalogEntry]:
    return list(content().catalog.values())


def conditions(entry: CatalogEntry) -> Iterator[Condition]:
    for rule in (*(fit.when for fit in entry.fits), *(need.must for need in entry.needs)):
        yield from leaves(rule)


def leaves(condition: Condition) -> Iterator[Condition]:
    parts = (*(condition.all or ()), *(condition.any or ()))
    if not parts:
        yield condition
    for part in parts:
        yield from leaves(part)


def values(condition: Condition) -> tuple[Plain, ...]:
    single = () if condition.equals is None else (condition.equals,)
    return (*single, *(condition.within or ()), *(condition.not_in or ()))


def test_the_slots_are_the_known_eighteen_each_in_its_stage() -> None:
    assert {slot.id: slot.stage for slot in slots()} == STAGES


def test_every_slot_belongs_to_a_block_and_has_a_role_short_enough_for_a_diagram() -> None:
    for slot in slots():
        assert content().block(slot.block) is not None
        assert len(slot.role) <= 20, slot.id


@pytest.mark.parametrize("slot", STAGES)
def test_a_slot_offers_at_least_four_options_that_new_projects_may_take(slot: str) -> None:
    usable = [entry.id for entry in content().options(slot) if entry.maturity != "avoid"]
    assert len(usable) >= 4


def test_every_default_is_a_safe_option_that_needs_no_server() -> None:
    for slot in slots():
        entry = content().catalog[slot.default]
        assert entry.maturity == "safe", slot.id
        assert entry.kind == "pattern" or not entry.hosting or {"embedded", "managed"} & set(entry.hosting), slot.id


def test_patterns_and_strategies_are_those_of_the_canvas() -> None:
    assert {entry.id for entry in content().options("serving.pattern")} == PATTERNS
    assert {entry.id for entry in content().options("deployment.strategy")} >= STRATEGIES


def test_the_tools_of_the_real_cases_can_be_chosen() -> None:
    assert [tool for tool in CASE_TOOLS.split() if tool not in content().catalog] == []


def test_every_entry_names_its_schema_on_the_first_line() -> None:
    for path in (CONTENT / "catalog").glob("[!_]*.yaml"):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first == "# yaml-language-server: $schema=../schemas/catalog.schema.json", path.name


def test_every_tool_says_where_it_lives_who_may_use_it_and_how_it_is_hosted() -> None:
    for entry in entries():
        if entry.kind == "tool":
            assert (entry.homepage or "").startswith("https://"), entry.id
            assert entry.tool_license, entry.id
            assert entry.hosting, entry.id


def test_every_entry_names_one_to_three_good_things_and_one_to_three_traps() -> None:
    for entry in entries():
        assert 1 <= len(entry.good) <= 3, entry.id
        assert 1 <= len(entry.watch) <= 3, entry.id


def test_what_to_avoid_names_a_way_out() -> None:
    for entry in entries():
        if entry.maturity == "avoid":
            assert entry.grows_to, entry.id


def test_trials_name_their_versions_and_the_version_that_is_offered() -> None:
    for entry in entries():
        if entry.verified and entry.package and entry.version:
            assert entry.version in entry.verified.versions, entry.id


def test_every_icon_is_in_the_icon_package() -> None:
    assert [entry.id for entry in entries() if entry.icon and icon(entry.icon) is None] == []


def test_reasons_are_unique_within_an_entry_and_read_well_after_a_sign() -> None:
    for entry in entries():
        reasons = [fit.because for fit in entry.fits]
        assert len(set(reasons)) == len(reasons), entry.id
        for reason in reasons:
            assert not reason.endswith("."), (entry.id, reason)
            assert len(reason) <= 100, (entry.id, reason)


def test_every_rule_has_a_weight_and_every_need_a_full_sentence_and_a_mend() -> None:
    for entry in entries():
        assert all(fit.weight for fit in entry.fits), entry.id
        for need in entry.needs:
            assert need.because.endswith("."), entry.id
            assert need.mend.endswith("."), entry.id


def test_no_rule_looks_at_the_only_slot_that_its_entry_fills() -> None:
    for entry in entries():
        subjects = {subject for condition in conditions(entry) for subject in condition.subjects()}
        assert subjects.isdisjoint(entry.slots if len(entry.slots) == 1 else ()), entry.id


def test_every_entry_has_a_rule_that_can_speak_for_it_and_every_default_one_against_it() -> None:
    defaults = {slot.default for slot in slots()}
    for entry in entries():
        weights = [fit.weight for fit in entry.fits]
        assert entry.maturity == "avoid" or max(weights) > 0, entry.id
        assert entry.id not in defaults or min(weights) < 0, entry.id


def test_rules_compare_only_with_values_that_an_answer_can_have() -> None:
    for entry in entries():
        for condition in conditions(entry):
            assert impossible_values(condition) == [], entry.id


def impossible_values(condition: Condition) -> list[Plain]:
    if condition.decision:
        known = {option.id for option in content().options(condition.decision)} | {NONE_YET}
        return [value for value in values(condition) if value not in known]
    definition = content().requirements[condition.requirement or ""]
    bounded = condition.at_least is not None or condition.at_most is not None
    if bounded:
        return [] if definition.type == "number" else [definition.type]
    return [value for value in values(condition) if not is_possible(value, definition)]


def is_possible(value: Plain, definition: RequirementDefinition) -> bool:
    if definition.type == "yes-no":
        return isinstance(value, bool)
    return definition.type == "choice" and value in {option.id for option in definition.options}


def test_growing_leads_to_another_entry_that_is_not_to_be_avoided() -> None:
    for entry in entries():
        for other in entry.grows_to:
            assert other != entry.id
            assert content().catalog[other].maturity != "avoid", (entry.id, other)


def test_every_stage_and_maturity_of_the_contract_is_in_use() -> None:
    assert {slot.stage for slot in slots()} == set(get_args(Slot.model_fields["stage"].annotation))
    assert {entry.maturity for entry in entries()} == set(get_args(CatalogEntry.model_fields["maturity"].annotation))
