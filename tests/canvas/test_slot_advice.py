"""Advice on slots: the default wins for a small team, loses where it would be wrong, and nothing is ever guessed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas.advice.facts import known_facts
from canvas.advice.options import AVOID, UNMET_NEED, RankedOption, rank_options
from canvas.document.workshop import Decision, Requirement, Workshop
from canvas.method.catalog import CatalogEntry
from canvas.method.content import Content
from canvas.method.facts import RequirementDefinition
from canvas.method.load import shipped
from canvas.reading.types import RequirementValue

SMALL_TEAM: dict[str, RequirementValue] = {
    "team-size": 3,
    "models-in-production": 1,
    "models-sharing-features": 1,
    "kubernetes": False,
    "cloud": "none",
    "hosting": "any",
    "prediction-timing": "on-request",
    "latency-p95": 200,
    "requests-per-day": 10000,
    "live-features": False,
    "retraining": "monthly",
    "regulated": False,
    "personal-data": False,
    "reproducibility": False,
    "data-volume": 0.05,
    "label-delay": 7,
    "task-type": "binary-classification",
    "input-kind": "tabular",
    "wrong-prediction-cost": "low",
}
PLATFORM: dict[str, RequirementValue] = {
    "team-size": 25,
    "models-in-production": 12,
    "models-sharing-features": 6,
    "kubernetes": True,
    "cloud": "aws",
    "requests-per-day": 20_000_000,
    "latency-p95": 50,
    "live-features": True,
    "retraining": "daily",
    "data-volume": 2000,
    "wrong-prediction-cost": "high",
}
BATCH: dict[str, RequirementValue] = {"prediction-timing": "batch"}
OWN_MACHINES: dict[str, RequirementValue] = {"hosting": "self-hosted"}
ON_DEVICE: dict[str, RequirementValue] = {"prediction-timing": "on-device"}
AUDITED: dict[str, RequirementValue] = {"reproducibility": True, "regulated": True, "data-volume": 20}

# slot, what differs from the small team, decisions already made, the option that must lead then
LOSES = [
    ("data.storage", PLATFORM | {"input-kind": "image"}, {}, "s3"),
    ("data.storage", {"data-volume": 300}, {}, "duckdb"),
    ("data.storage", {"prediction-timing": "stream", "team-size": 8}, {}, "kafka"),
    ("data.versioning", AUDITED, {}, "dvc"),
    ("data.versioning", PLATFORM | {"reproducibility": True}, {"data.storage": "s3"}, "lakefs"),
    ("data.versioning", AUDITED, {"data.storage": "delta-lake"}, "delta-lake"),
    ("data.validation", {"models-in-production": 4, "team-size": 8}, {}, "pandera"),
    ("experiments.framework", {"input-kind": "image"}, {}, "pytorch"),
    ("experiments.framework", {"task-type": "ranking"}, {}, "lightgbm"),
    ("experiments.framework", {"task-type": "generation", "input-kind": "text"}, {}, "transformers"),
    ("experiments.framework", {"task-type": "forecasting", "input-kind": "time-series"}, {}, "statsforecast"),
    ("experiments.tracking", {"hosting": "managed", "team-size": 12}, {}, "wandb"),
    ("experiments.tracking", {}, {"data.versioning": "dvc"}, "dvclive"),
    ("features.store", PLATFORM, {}, "feast"),
    ("features.store", {"live-features": True, "latency-p95": 20}, {}, "redis"),
    ("foundations.repository", OWN_MACHINES | {"team-size": 20}, {}, "gitlab"),
    ("foundations.repository", {"cloud": "azure"}, {}, "github"),
    ("foundations.environment", {"reproducibility": True}, {}, "uv"),
    ("pipeline.orchestrator", {"models-in-production": 8, "team-size": 12, "retraining": "daily"}, {}, "airflow"),
    ("pipeline.orchestrator", {"reproducibility": True}, {}, "dvc-pipelines"),
    ("pipeline.ci", {}, {"foundations.repository": "gitlab"}, "gitlab-ci"),
    ("registry.models", {}, {"data.versioning": "dvc", "experiments.tracking": "dvclive"}, "gto"),
    ("deployment.packaging", PLATFORM, {}, "helm"),
    ("deployment.packaging", ON_DEVICE, {}, "onnx"),
    ("deployment.packaging", {}, {"serving.pattern": "model-as-dependency"}, "python-wheel"),
    ("deployment.strategy", {"wrong-prediction-cost": "intolerable"}, {}, "shadow"),
    ("deployment.strategy", PLATFORM, {}, "canary"),
    ("serving.pattern", BATCH, {}, "precompute"),
    ("serving.pattern", {"prediction-timing": "stream"}, {}, "model-on-demand"),
    ("serving.pattern", ON_DEVICE, {}, "model-as-dependency"),
    ("serving.runtime", BATCH, {}, "batch-job"),
    ("serving.runtime", PLATFORM, {}, "kserve"),
    ("serving.runtime", {"prediction-timing": "stream"}, {}, "stream-consumer"),
    ("serving.runtime", ON_DEVICE, {}, "onnx-runtime"),
    ("serving.runtime", {"task-type": "generation"}, {}, "vllm"),
    ("monitoring.drift", {"models-in-production": 4, "team-size": 8}, {}, "evidently"),
    ("monitoring.drift", {"label-delay": 60, "models-in-production": 3}, {}, "nannyml"),
    ("monitoring.metrics", BATCH, {}, "structured-logs"),
    ("monitoring.metrics", PLATFORM, {}, "prometheus-grafana"),
    ("metadata.store", {"reproducibility": True}, {"data.versioning": "dvc"}, "dvc-git"),
    ("metadata.store", PLATFORM, {}, "datahub"),
]


def ranking(slot: str, team: Workshop, content: Content) -> tuple[RankedOption, ...]:
    return rank_options(slot, known_facts(team, content), content)


def workshop(facts: dict[str, RequirementValue], choices: dict[str, str] | None = None) -> Workshop:
    requirements = tuple(Requirement(id=id_, value=value, state="decided") for id_, value in facts.items())
    decided = tuple(Decision(slot=slot, status="draft", choice=choice) for slot, choice in (choices or {}).items())
    return Workshop(title="Tag suggester", requirements=requirements, decisions=decided)


def ranked(slot: str, facts: dict[str, RequirementValue], choices: dict[str, str] | None = None) -> dict[str, Any]:
    return {option.entry.id: option for option in ranking(slot, workshop(facts, choices), shipped())}


def entry(id_: str, slots: tuple[str, ...] = ("serving.runtime",), **more: Any) -> CatalogEntry:
    base = {"title": id_, "kind": "tool", "slots": slots, "summary": "For a test.", "maturity": "safe"}
    credit = {"source": {"title": "test"}, "license": "CC BY 4.0", "attribution": "test"}
    return CatalogEntry.model_validate({"id": id_, **base, **credit, **more})


def catalog(*found: CatalogEntry) -> Content:
    return replace(shipped(), catalog={item.id: item for item in found})


SLOTS = list(shipped().slots)
DEFAULTS = {slot.id: slot.default for slot in shipped().slots.values()}


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize("choices", [{}, DEFAULTS], ids=["nothing decided", "defaults decided"])
def test_the_default_leads_for_a_small_team(slot: str, choices: dict[str, str]) -> None:
    first = ranking(slot, workshop(SMALL_TEAM, choices), shipped())[0]
    assert (first.entry.id, first.fit) == (DEFAULTS[slot], "best")
    assert first.pros


@pytest.mark.parametrize(("slot", "facts", "choices", "winner"), LOSES)
def test_another_option_leads_where_the_facts_speak_for_it(
    slot: str, facts: dict[str, RequirementValue], choices: dict[str, str], winner: str
) -> None:
    first = ranking(slot, workshop(SMALL_TEAM | facts, choices), shipped())[0]
    assert first.entry.id == winner
    # Two libraries that the same reason speaks for are both good.
    assert first.fit == ("good" if winner == "lightgbm" else "best")


def test_every_default_loses_somewhere() -> None:
    lost = {slot for slot, _, _, winner in LOSES if winner != DEFAULTS[slot]}
    assert lost == set(SLOTS)


def test_nothing_is_concluded_while_nothing_is_answered() -> None:
    for slot in SLOTS:
        options = ranking(slot, workshop({}), shipped())
        assert options[0].entry.id == DEFAULTS[slot]
        for option in options:
            assert (option.pros, option.cons, option.unmet, option.drivers) == ((), (), (), ())
            assert option.fit == ("partly" if option.entry.maturity == "avoid" else "unjudged")
            assert option.unknown


def test_an_unanswered_subject_is_listed_and_its_rule_does_not_count() -> None:
    without_size = {id_: value for id_, value in SMALL_TEAM.items() if id_ != "team-size"}
    make, known = ranked("pipeline.orchestrator", without_size)["make"], ranked("pipeline.orchestrator", SMALL_TEAM)
    assert make.unknown == ("team-size",)
    assert known["make"].unknown == ()
    assert make.score == known["make"].score - 3
    assert "a list of commands that everybody can read and run" not in [fit.because for fit in make.pros]


def test_an_unanswered_need_is_neither_met_nor_missing() -> None:
    kserve = ranked("serving.runtime", {"models-in-production": 9})["kserve"]
    assert kserve.unmet == ()
    assert "kubernetes" in kserve.unknown


def test_reasons_come_strongest_first_with_their_sign_and_name_what_they_rest_on() -> None:
    docker = ranked("deployment.packaging", {"prediction-timing": "on-device", "team-size": 2, "kubernetes": True})
    assert [fit.because for fit in docker["docker"].cons] == ["phones and devices do not run containers"]
    assert [fit.because for fit in docker["docker"].pros] == [
        "one file describes the machine, everywhere the same",
        "the cluster takes images and nothing else",
    ]
    assert set(docker["docker"].drivers) == {"prediction-timing", "team-size", "kubernetes"}


def test_an_unmet_need_makes_an_option_one_for_later_and_never_a_leader() -> None:
    kserve = ranked("serving.runtime", PLATFORM | {"kubernetes": False, "prediction-timing": "on-request"})["kserve"]
    assert kserve.fit == "later"
    assert [need.must.subjects() for need in kserve.unmet] == [("kubernetes",)]
    assert kserve.drivers.count("kubernetes") == 1


def test_an_unmet_need_of_what_nothing_grows_into_fits_partly() -> None:
    need = {"must": {"requirement": "kubernetes", "is": True}, "because": "It runs there.", "mend": "Get one."}
    fits = [{"when": {"requirement": "team-size", "at_least": 1}, "weight": 5, "because": "it is strong"}]
    lonely = entry("lonely", needs=[need], fits=fits)
    follower = entry("follower", needs=[need], fits=fits)
    plain = entry("plain", grows_to=["follower"])
    options = ranking(
        "serving.runtime", workshop({"kubernetes": False, "team-size": 4}), catalog(lonely, follower, plain)
    )
    assert [(o.entry.id, o.fit, o.score) for o in options] == [
        ("plain", "unjudged", 0),
        ("follower", "later", 5 + UNMET_NEED),
        ("lonely", "partly", 5 + UNMET_NEED),
    ]


def test_what_new_projects_should_avoid_never_fits_well() -> None:
    rules = [{"when": {"requirement": "team-size", "at_least": 1}, "weight": w, "because": f"{w}"} for w in (5, 4)]
    options = ranking(
        "serving.runtime",
        workshop({"team-size": 4}),
        catalog(entry("dying", maturity="avoid", fits=rules), entry("plain", maturity="niche")),
    )
    assert [(o.entry.id, o.fit, o.score) for o in options] == [("dying", "partly", 9 + AVOID), ("plain", "unjudged", 0)]


def test_of_stores_that_one_answer_speaks_for_alike_none_is_the_best() -> None:
    options = ranked("data.storage", {"input-kind": "image"})
    alike = [options[store] for store in ("s3", "azure-blob", "gcs", "seaweedfs")]
    assert {tuple(fit.because for fit in option.pros) for option in alike} == {
        ("keeps images and documents as plain objects",)
    }
    assert {option.fit for option in alike} == {"good"}
    assert "best" not in {option.fit for option in options.values()}
    assert ranked("data.storage", {"input-kind": "image", "cloud": "aws"})["s3"].fit == "best"


def test_an_option_that_nothing_speaks_for_or_against_is_no_worse_for_a_better_one() -> None:
    rules = [{"when": {"requirement": "team-size", "at_least": 1}, "weight": 2, "because": "it is small"}]
    options = ranking("serving.runtime", workshop({"team-size": 4}), catalog(entry("fit", fits=rules), entry("mute")))
    assert [(o.entry.id, o.fit) for o in options] == [("fit", "best"), ("mute", "unjudged")]


def test_ties_are_broken_by_maturity_then_the_default_then_the_title() -> None:
    names = [("zeta", "safe"), ("fastapi", "safe"), ("alpha", "safe"), ("beta", "reasoned"), ("aaa", "niche")]
    found = [entry(id_, maturity=maturity) for id_, maturity in names]
    options = ranking("serving.runtime", workshop({}), catalog(*found))
    assert [option.entry.id for option in options] == ["fastapi", "alpha", "zeta", "beta", "aaa"]


def test_the_order_of_catalog_files_does_not_matter() -> None:
    turned = replace(shipped(), catalog=dict(reversed(list(shipped().catalog.items()))))
    for slot in SLOTS:
        team = workshop(SMALL_TEAM | PLATFORM)
        assert ranking(slot, team, turned) == ranking(slot, team, shipped())


@pytest.mark.parametrize("slot", SLOTS)
def test_choosing_an_option_does_not_change_the_advice_on_it(slot: str) -> None:
    before = ranking(slot, workshop(PLATFORM), shipped())
    for option in before:
        assert ranking(slot, workshop(PLATFORM, {slot: option.entry.id}), shipped()) == before


def test_a_slot_that_content_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError, match="coffee"):
        ranking("serving.coffee", workshop({}), shipped())


def answers(definition: RequirementDefinition) -> st.SearchStrategy[RequirementValue]:
    if definition.type == "yes-no":
        return st.booleans()
    if definition.type == "choice":
        return st.sampled_from([option.id for option in definition.options])
    return st.integers(0, 10_000_000) if definition.type == "number" else st.just("some words")


FACTS = st.fixed_dictionaries({}, optional={id_: answers(d) for id_, d in shipped().requirements.items()})
CHOICES = st.fixed_dictionaries(
    {}, optional={slot: st.sampled_from([o.id for o in shipped().options(slot)]) for slot in SLOTS}
)


@settings(max_examples=60, deadline=None)
@given(FACTS, CHOICES, st.sampled_from(SLOTS))
def test_whatever_is_answered_the_ranking_keeps_its_promises(
    facts: dict[str, RequirementValue], choices: dict[str, str], slot: str
) -> None:
    options = ranking(slot, workshop(facts, choices), shipped())
    assert sorted(o.entry.id for o in options) == sorted(o.id for o in shipped().options(slot))
    assert [o.score for o in options] == sorted((o.score for o in options), reverse=True)
    assert_equal_grounds_get_one_label(options)
    for position, option in enumerate(options):
        assert_fit_is_earned(option, position)
        answered = facts.keys() | choices.keys()
        assert answered.isdisjoint(option.unknown)
        assert answered >= set(option.drivers)
        assert slot not in (*option.unknown, *option.drivers)


def assert_equal_grounds_get_one_label(options: tuple[RankedOption, ...]) -> None:
    labels: dict[tuple[int, str], set[str]] = {}
    for option in options:
        if option.pros and not option.unmet:
            labels.setdefault((option.score, option.entry.maturity), set()).add(option.fit)
    assert all(len(found) == 1 for found in labels.values())


def assert_fit_is_earned(option: RankedOption, position: int) -> None:
    if option.fit == "unjudged":
        assert (option.pros, option.cons, option.unmet) == ((), (), ())
    elif option.entry.maturity != "avoid":
        # Every other label stands beside what it rests on.
        assert option.pros or option.cons or option.unmet
    if option.fit == "best":
        assert position == 0
        assert option.score > 0
    if option.fit in {"best", "good"}:
        assert not option.unmet
        assert option.entry.maturity != "avoid"
    if option.fit == "later":
        assert option.unmet
