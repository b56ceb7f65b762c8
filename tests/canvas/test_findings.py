"""Findings: each is found by the least that says it, and neither by the opposite nor by work that has not begun."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from canvas.advice.examples import workshop_with
from canvas.advice.facts import known_facts
from canvas.advice.findings import Finding, findings
from canvas.document.file import load_workshop
from canvas.document.workshop import Decision, Workshop
from canvas.method.advisors import FindingDefinition
from canvas.method.conditions import Condition, Plain
from canvas.method.content import Content
from canvas.method.load import shipped

CONTENT = shipped()
EXAMPLES = Path(__file__).parents[2] / "examples"
MODEL, DATA, STEPS, PARTS = "model-checklist", "data-checklist", "end-to-end", "governance-components"
RELEASE, REPRODUCED, CHANGE, PHASES = "release-workflow", "reproducibility", "change-scenarios", "crisp-tasks"

Said = dict[str, Plain]

# By finding: the least that a team enters to get it, each line a way of its own; then what comes near and must not do.
# `worse` and `unfit` have tests of their own in test_unfit.py.
SAID: dict[str, tuple[list[Said], list[Said]]] = {
    "learning-against-schedule": (
        [
            {"training-mode": "offline", "retraining": "continuous"},
            {"training-mode": "online", "retraining": "monthly"},
        ],
        [{"training-mode": "offline", "retraining": "weekly"}, {"training-mode": "online", "retraining": "continuous"}],
    ),
    "batch-without-inputs": (
        [{"prediction-timing": "batch", "inputs-known": False}],
        [{"prediction-timing": "batch", "inputs-known": True}, {"prediction-timing": "batch"}],
    ),
    "known-but-live": (
        [{"inputs-known": True, "live-features": True}],
        [{"inputs-known": True, "live-features": False}, {"live-features": True}],
    ),
    "stays-but-leaves": (
        [{"raw-data-stays": True, "prediction-timing": "on-request", "serving.pattern": "model-as-service"}],
        [
            {"raw-data-stays": True, "prediction-timing": "on-request"},
            {"raw-data-stays": True, "prediction-timing": "on-request", "serving.pattern": "hybrid-serving"},
            {"raw-data-stays": False, "prediction-timing": "on-request", "serving.pattern": "model-as-service"},
        ],
    ),
    "fresh-but-precomputed": (
        [
            {"freshness": "seconds", "prediction-timing": "batch"},
            {"freshness": "seconds", "serving.pattern": "precompute"},
            {"freshness": "seconds", "serving.runtime": "batch-job"},
        ],
        [
            # A batch can run each hour.
            {"freshness": "hour", "prediction-timing": "batch"},
            {"freshness": "seconds", "prediction-timing": "stream"},
            {"freshness": "seconds", "serving.pattern": "model-as-service"},
        ],
    ),
    "training-data-leaves": (
        [
            {"training-data-place": "own-machines", "data.storage": "s3"},
            {"training-data-place": "on-device", "pipeline.orchestrator": "vertex-pipelines"},
        ],
        [
            {"training-data-place": "own-cloud", "data.storage": "s3"},
            {"training-data-place": "own-machines", "data.storage": "minio"},
            # It runs at its vendor only, and holds runs instead of training data.
            {"training-data-place": "own-machines", "experiments.tracking": "neptune"},
        ],
    ),
    "training-data-against-hosting": (
        [{"training-data-place": "own-machines", "hosting": "managed"}],
        [
            {"training-data-place": "own-cloud", "hosting": "managed"},
            {"training-data-place": "own-machines", "hosting": "any"},
        ],
    ),
    "training-data-out-of-reach": (
        [{"model-source": "tuned", "training-data-place": "on-device", "trained-on-devices": False}],
        [
            {"model-source": "tuned", "training-data-place": "on-device", "trained-on-devices": True},
            {"model-source": "ready-made", "training-data-place": "on-device", "trained-on-devices": False},
            {"model-source": "own", "training-data-place": "own-machines", "trained-on-devices": False},
        ],
    ),
    "metric-misleads": (
        [
            {"main-metric": "accuracy", "base-rate": 5},
            {"main-metric": "hamming-loss", "base-rate": 0.1},
            {"main-metric": "roc-auc", "base-rate": 1},
        ],
        [
            {"main-metric": "accuracy", "base-rate": 5.1},
            {"main-metric": "roc-auc", "base-rate": 1.1},
            {"main-metric": "average-precision", "base-rate": 0.1},
            # Numbers that cannot be true are told as such, and prove nothing.
            {"main-metric": "accuracy", "base-rate": 0},
            {"main-metric": "accuracy", "base-rate": -1},
        ],
    ),
    "rarest-is-most": (
        [
            {"task-type": "binary-classification", "base-rate": 99.8},
            {"task-type": "multiclass-classification", "base-rate": 51},
        ],
        # A label can be on most photos, also the rarest of all labels.
        [{"task-type": "binary-classification", "base-rate": 50}, {"task-type": "multi-label", "base-rate": 80}],
    ),
    "metric-unsuited": (
        [
            {"task-type": "ranking", "main-metric": "accuracy"},
            {"task-type": "multi-label", "main-metric": "f1"},
            {"task-type": "regression", "main-metric": "roc-auc"},
        ],
        [
            {"task-type": "ranking", "main-metric": "ndcg"},
            # Nobody knows what suits a task or a metric that is only called another one.
            {"task-type": "other", "main-metric": "accuracy"},
            {"task-type": "ranking", "main-metric": "other"},
        ],
    ),
    "one-metric-for-several-models": (
        [{"kinds-of-model": 2, "main-metric": "mae"}],
        [{"kinds-of-model": 1, "main-metric": "mae"}, {"kinds-of-model": 2, "main-metric": "other"}],
    ),
    "high-risk-but-unregulated": (
        [{"high-risk-area": True, "regulated": False}, {"safety-component": True, "regulated": False}],
        [{"high-risk-area": True, "regulated": True}, {"high-risk-area": True}],
    ),
    "tuned-on-test-set": (
        [
            {f"{MODEL}.chosen-without-test.state": "not-done", "feedback-loops.evaluation-to-training.realised": True},
            {f"{MODEL}.chosen-without-test.state": "not-done", f"{MODEL}.families-tried.state": "by-hand"},
        ],
        [
            {f"{MODEL}.chosen-without-test.state": "by-hand", f"{MODEL}.families-tried.state": "by-hand"},
            # Nothing was compared yet, or the test set was never met.
            {f"{MODEL}.chosen-without-test.state": "not-done", f"{MODEL}.families-tried.state": "not-done"},
            {f"{MODEL}.tested-once.state": "not-done", f"{MODEL}.families-tried.state": "by-hand"},
        ],
    ),
    "no-validation-split": (
        [
            {f"{MODEL}.cross-validated.state": "not-done", f"{MODEL}.families-tried.state": "by-hand"},
            {f"{MODEL}.cross-validated.state": "not-done", "feedback-loops.evaluation-to-training.realised": True},
        ],
        [
            {f"{MODEL}.cross-validated.state": "not-done"},
            {f"{MODEL}.cross-validated.state": "by-hand", f"{MODEL}.families-tried.state": "by-hand"},
        ],
    ),
    "no-test-set": (
        [
            {f"{DATA}.test-set-aside.state": "not-done"},
            {f"{STEPS}.model-serving.how": "manual", f"{STEPS}.model-testing.how": "none"},
        ],
        [
            {f"{DATA}.test-set-aside.state": "by-hand"},
            {f"{STEPS}.model-serving.how": "none", f"{STEPS}.model-testing.how": "none"},
            {f"{STEPS}.model-serving.how": "manual", f"{STEPS}.model-testing.how": "manual"},
        ],
    ),
    "evaluated-on-training-rows": (
        [
            {f"{MODEL}.evaluated-on-new-rows.state": "not-done", f"{STEPS}.model-evaluation.how": "scripted"},
            {f"{MODEL}.evaluated-on-new-rows.state": "not-done", f"{PHASES}.performance-validated.state": "done"},
        ],
        [
            {f"{MODEL}.evaluated-on-new-rows.state": "not-done", f"{STEPS}.model-evaluation.how": "none"},
            {f"{MODEL}.evaluated-on-new-rows.state": "automated", f"{STEPS}.model-evaluation.how": "scripted"},
        ],
    ),
    "target-leak": (
        [{f"{DATA}.leaks-dropped.state": "not-done", f"{DATA}.correlations-checked.state": "by-hand"}],
        [
            {f"{DATA}.leaks-dropped.state": "not-done", f"{DATA}.correlations-checked.state": "not-done"},
            {f"{DATA}.leaks-dropped.state": "not-needed", f"{DATA}.correlations-checked.state": "by-hand"},
            # A column too many is no leak.
            {f"{DATA}.irrelevant-dropped.state": "not-done", f"{DATA}.correlations-checked.state": "by-hand"},
        ],
    ),
    "promoted-before-evaluation": (
        [
            {f"{MODEL}.tested-before-promoted.state": "not-done", f"{RELEASE}.release.runs": "by-hand"},
            {f"{MODEL}.tested-before-promoted.state": "not-done", f"{RELEASE}.store.runs": "automated"},
            {f"{MODEL}.tested-before-promoted.state": "not-done", f"{STEPS}.model-serving.how": "scripted"},
        ],
        [
            {f"{MODEL}.tested-before-promoted.state": "not-done"},
            {f"{MODEL}.tested-before-promoted.state": "not-done", f"{STEPS}.model-serving.how": "none"},
            {f"{MODEL}.tested-before-promoted.state": "by-hand", f"{RELEASE}.release.runs": "by-hand"},
        ],
    ),
    "no-baseline": (
        [{f"{MODEL}.baseline-compared.state": "not-done"}, {f"{PHASES}.algorithm-baseline.state": "not-needed"}],
        [{f"{MODEL}.baseline-compared.state": "by-hand"}, {f"{PHASES}.algorithm-baseline.state": "open"}],
    ),
    "no-launch-criterion": (
        [{f"{MODEL}.evaluated-against-goal.state": "not-done", f"{STEPS}.model-evaluation.how": "manual"}],
        [
            {f"{MODEL}.evaluated-against-goal.state": "not-done"},
            {f"{MODEL}.evaluated-against-goal.state": "by-hand", f"{STEPS}.model-evaluation.how": "manual"},
        ],
    ),
    "tuned-settings-lost": (
        [
            {
                f"{MODEL}.cross-validated.state": "by-hand",
                "feedback-loops.evaluation-to-training.realised": False,
            }
        ],
        [
            {f"{MODEL}.cross-validated.state": "by-hand", "feedback-loops.evaluation-to-training.realised": True},
            {f"{MODEL}.cross-validated.state": "not-done", "feedback-loops.evaluation-to-training.realised": False},
            # Nothing was tuned, so nothing is lost.
            {f"{MODEL}.tuned.state": "not-done"},
        ],
    ),
    "sample-unlike-traffic": (
        [{"value-erosion.locality.likelihood": "likely"}],
        [{"value-erosion.locality.likelihood": "possible"}, {"value-erosion.locality.likelihood": "unlikely"}],
    ),
    "advanced-before-foundations": (
        [
            {"features.store": "feast", "pipeline.ci": "none-yet"},
            {"retraining": "daily", "ml-tests": "not-yet"},
            {"serving.runtime": "kserve", "pipeline.ci": "none-yet"},
            {"training-mode": "online", "data.validation": "none-yet"},
        ],
        [
            {"features.store": "feast", "pipeline.ci": "github-actions"},
            {"features.store": "project-library", "pipeline.ci": "none-yet"},
            {"retraining": "on-demand", "ml-tests": "not-yet"},
        ],
    ),
    "no-tests": ([{"ml-tests": "not-yet"}], [{"ml-tests": "partly"}, {"pipeline.ci": "none-yet"}]),
    "packages-not-pinned": (
        [{f"{REPRODUCED}.versions-differ.ensured": "not-yet"}],
        [{f"{REPRODUCED}.versions-differ.ensured": "by-rule"}, {"foundations.environment": "none-yet"}],
    ),
    "step-lives-in-notebook": (
        [{f"{STEPS}.data-wrangling.how": "manual"}, {f"{STEPS}.model-training.how": "manual"}],
        [{f"{STEPS}.data-wrangling.how": "scripted"}, {f"{STEPS}.data-labelling.how": "manual"}],
    ),
    "review-can-be-skipped": (
        [{f"{PARTS}.changes-reviewed.state": "not-there"}],
        [{f"{PARTS}.changes-reviewed.state": "there"}, {f"{MODEL}.spec-reviewed.state": "by-hand"}],
    ),
    "results-not-proven": (
        [{f"{REPRODUCED}.result-without-run.ensured": "not-yet"}],
        [{f"{REPRODUCED}.result-without-run.ensured": "by-system"}],
    ),
    "delivery-not-measured": (
        [
            {
                "delivery-metrics.deployment-frequency.held-by": "not-measured",
                "delivery-metrics.lead-time.held-by": "not-measured",
            }
        ],
        [
            {
                "delivery-metrics.deployment-frequency.held-by": "not-measured",
                "delivery-metrics.lead-time.held-by": "approval",
            }
        ],
    ),
    "models-hang-together": (
        [{"models-chained": True, "released-alone": False}],
        [{"models-chained": True, "released-alone": True}, {"released-alone": False}],
    ),
    "single-vendor": (
        [
            {
                "pipeline.orchestrator": "vertex-pipelines",
                "registry.models": "vertex-model-registry",
                "serving.runtime": "vertex-endpoint",
            }
        ],
        [
            {
                "pipeline.orchestrator": "vertex-pipelines",
                "registry.models": "mlflow-registry",
                "serving.runtime": "vertex-endpoint",
            }
        ],
    ),
    "gain-against-numbers": (
        [
            {
                "gain": "clearly-more",
                "benefit-per-year": 100,
                "error-cost": 10,
                "error-share": 10,
                "requests-per-day": 100,
                "hidden-costs.upkeep.per-year": 100,
            }
        ],
        [{"gain": "clearly-more"}],
    ),
    "loss-against-numbers": (
        [
            {
                "gain": "less",
                "benefit-per-year": 1000000,
                "error-cost": 1,
                "error-share": 1,
                "requests-per-day": 1,
                "hidden-costs.upkeep.per-year": 1,
            }
        ],
        [{"gain": "less"}],
    ),
    "label-effort-forgotten": (
        [{"data-at-hand": "ready", "manual-labelling": True}],
        [
            {"data-at-hand": "ready", "manual-labelling": False},
            {"data-at-hand": "with-effort", "manual-labelling": True},
        ],
    ),
    "expected-change-unattended": (
        [{f"{CHANGE}.recollect.expected": "expected", f"{CHANGE}.recollect.trigger": "none"}],
        [
            {f"{CHANGE}.recollect.expected": "expected", f"{CHANGE}.recollect.trigger": "by-hand"},
            {f"{CHANGE}.recollect.expected": "possible", f"{CHANGE}.recollect.trigger": "none"},
        ],
    ),
    "decay-without-retraining": (
        [{"retraining": "never", f"{CHANGE}.decay.expected": "expected"}],
        [{"retraining": "never", f"{CHANGE}.decay.expected": "unlikely"}],
    ),
    "schedule-without-automation": (
        [{"retraining": "weekly", f"{STEPS}.model-training.how": "scripted"}],
        [{"retraining": "weekly", f"{STEPS}.model-training.how": "automated"}],
    ),
    "signal-leads-nowhere": (
        [{f"{STEPS}.model-monitoring.how": "scripted", "feedback-loops.monitoring-to-retraining.realised": False}],
        [
            {f"{STEPS}.model-monitoring.how": "none", "feedback-loops.monitoring-to-retraining.realised": False},
            {f"{STEPS}.model-monitoring.how": "scripted", "feedback-loops.monitoring-to-retraining.realised": True},
        ],
    ),
    "forbidden-use": ([{"forbidden-practice": True}], [{"forbidden-practice": False}]),
    "personal-data-without-deletion": (
        [
            {"personal-data": True, "deletion-settled": False},
            {"personal-data": True, f"{DATA}.privacy-settled.state": "not-done"},
        ],
        [{"personal-data": True, "deletion-settled": True}, {"personal-data": False, "deletion-settled": False}],
    ),
    "regulated-without-records": (
        [
            {"regulated": True, "data.versioning": "none-yet"},
            {"regulated": True, "governance-core.metadata.state": "not-there"},
        ],
        [{"regulated": False, "data.versioning": "none-yet"}, {"regulated": True, "data.versioning": "dvc"}],
    ),
    "no-documents": (
        [{f"{PARTS}.documented-model.state": "not-there"}, {"governance-core.data-documentation.state": "not-there"}],
        [{f"{PARTS}.documented-model.state": "partly"}, {"governance-core.data-documentation.state": "there"}],
    ),
    "nobody-says-no": (
        [{f"{RELEASE}.review.runs": "missing"}, {"governance-core.audit.state": "not-there"}],
        [{f"{RELEASE}.review.runs": "by-hand"}, {"governance-core.audit.state": "partly"}],
    ),
    "stack-without-serving": (
        [{"registry.models": "mlflow-registry"}],
        [{"registry.models": "mlflow-registry", "serving.runtime": "fastapi"}, {"data.storage": "s3"}],
    ),
    "stack-without-monitoring": (
        [
            {"serving.runtime": "fastapi"},
            {f"{STEPS}.model-serving.how": "manual", f"{STEPS}.model-monitoring.how": "none"},
        ],
        [
            {"serving.runtime": "fastapi", "monitoring.drift": "evidently"},
            {f"{STEPS}.model-serving.how": "none", f"{STEPS}.model-monitoring.how": "none"},
        ],
    ),
    "no-fallback": ([{"fallback": "none"}], [{"fallback": "rule"}, {"fallback": "none-harmless"}]),
    "fallback-untried": (
        [{"fallback": "rule", "fallback-tried": False}],
        [
            {"fallback": "rule", "fallback-tried": True},
            {"fallback": "none", "fallback-tried": False},
            {"fallback": "none-harmless", "fallback-tried": False},
        ],
    ),
    "no-prediction-log": (
        [
            {f"{PARTS}.serving-logs.state": "not-there", f"{STEPS}.model-serving.how": "manual"},
            {f"{PARTS}.serving-logs.state": "not-there", f"{RELEASE}.release.runs": "by-hand"},
            {f"{STEPS}.model-serving.how": "manual", f"{STEPS}.model-logging.how": "none"},
        ],
        [
            {f"{PARTS}.serving-logs.state": "not-there"},
            {f"{PARTS}.serving-logs.state": "partly", f"{STEPS}.model-serving.how": "manual"},
            {f"{STEPS}.model-serving.how": "none", f"{STEPS}.model-logging.how": "none"},
        ],
    ),
    # A question on the board, and an owner whom nobody has named, do not say that there is none.
    "no-owner": ([{"upkeep": False}], [{"upkeep": True}, {"model-owner": "The data team"}]),
    "thresholds-missing": (
        [{f"{STEPS}.model-monitoring.how": "manual", f"{PARTS}.alerts.state": "not-there"}],
        [
            {f"{STEPS}.model-monitoring.how": "none", f"{PARTS}.alerts.state": "not-there"},
            {f"{STEPS}.model-monitoring.how": "manual", f"{PARTS}.alerts.state": "partly"},
        ],
    ),
    "no-retraining-trigger": (
        [
            {f"{CHANGE}.decay.trigger": "none"},
            {"retraining": "never", "monitoring-plan.staleness.metric": "Days since training"},
            {
                "retraining": "on-demand",
                f"{STEPS}.model-serving.how": "scripted",
                "continuous-x.training.reach": "nothing",
                "feedback-loops.monitoring-to-retraining.realised": False,
            },
        ],
        [
            {f"{CHANGE}.decay.trigger": "by-hand"},
            {"retraining": "never"},
            {
                "retraining": "on-demand",
                f"{STEPS}.model-serving.how": "none",
                "continuous-x.training.reach": "nothing",
                "feedback-loops.monitoring-to-retraining.realised": False,
            },
            {
                "retraining": "on-demand",
                f"{STEPS}.model-serving.how": "scripted",
                "continuous-x.training.reach": "nothing",
                "feedback-loops.monitoring-to-retraining.realised": True,
            },
        ],
    ),
    "pickle-from-elsewhere": ([{"model-file-trusted": False}], [{"model-file-trusted": True}]),
    "preprocessing-not-packaged": (
        [
            {f"{MODEL}.packaged-whole.state": "not-done", f"{STEPS}.model-training.how": "scripted"},
            {f"{MODEL}.packaged-whole.state": "not-done", f"{PHASES}.model-training.state": "done"},
        ],
        [
            {f"{MODEL}.packaged-whole.state": "not-done"},
            {f"{MODEL}.packaged-whole.state": "by-hand", f"{STEPS}.model-training.how": "scripted"},
        ],
    ),
    "features-computed-twice": (
        [{f"{MODEL}.same-features-served.state": "not-done", f"{STEPS}.model-serving.how": "scripted"}],
        [
            {f"{MODEL}.same-features-served.state": "not-done", f"{STEPS}.model-serving.how": "none"},
            {f"{MODEL}.same-features-served.state": "by-hand", f"{STEPS}.model-serving.how": "scripted"},
        ],
    ),
    "stale-values-served": (
        [{f"{MODEL}.old-values-refused.state": "not-done", f"{STEPS}.model-serving.how": "scripted"}],
        [
            {f"{MODEL}.old-values-refused.state": "not-needed", f"{STEPS}.model-serving.how": "scripted"},
            {f"{MODEL}.old-values-refused.state": "not-done"},
        ],
    ),
    "truth-comes-late": ([{"label-delay": 14}], [{"label-delay": 13}]),
    "built-only-at-release": (
        [{f"{MODEL}.package-built-early.state": "not-done", f"{STEPS}.model-packaging.how": "automated"}],
        [
            {f"{MODEL}.package-built-early.state": "not-done", f"{STEPS}.model-packaging.how": "none"},
            {f"{MODEL}.package-built-early.state": "automated", f"{STEPS}.model-packaging.how": "automated"},
        ],
    ),
    "no-way-back": (
        [{"delivery-metrics.time-to-restore.held-by": "no-way-back"}],
        [{"delivery-metrics.time-to-restore.held-by": "not-measured"}],
    ),
    "rows-lost-silently": (
        [{f"{STEPS}.data-validation.how": "none", f"{STEPS}.data-ingestion.how": "scripted"}],
        [
            {f"{STEPS}.data-validation.how": "none"},
            {f"{STEPS}.data-validation.how": "scripted", f"{STEPS}.data-ingestion.how": "scripted"},
        ],
    ),
}


def all_findings(workshop: Workshop, content: Content) -> tuple[Finding, ...]:
    return findings(workshop, known_facts(workshop, content), content)


def found_by(said: Said) -> set[str]:
    return {finding.definition.id for finding in all_findings(workshop_with(said, CONTENT), CONTENT)}


def cases(place: int) -> list[object]:
    """Return `(finding, what is said)` of what is found (0) or what only comes near (1)."""
    return [
        pytest.param(id_, said, id=f"{id_}: {', '.join(f'{key} {value}' for key, value in said.items())}")
        for id_, lists in SAID.items()
        for said in lists[place]
    ]


def test_every_finding_but_the_two_on_numbers_is_in_the_table_with_both_sides() -> None:
    assert set(SAID) == {f.id for f in CONTENT.findings.values() if not (f.worse or f.unfit)}
    assert all(found and near for found, near in SAID.values())


@pytest.mark.parametrize(("id_", "said"), cases(0))
def test_a_finding_is_found_by_the_least_that_says_it(id_: str, said: Said) -> None:
    assert id_ in found_by(said)


@pytest.mark.parametrize(("id_", "said"), cases(0))
def test_nothing_of_the_least_can_be_left_out(id_: str, said: Said) -> None:
    for left_out in said:
        assert id_ not in found_by({key: value for key, value in said.items() if key != left_out}), left_out


@pytest.mark.parametrize(("id_", "said"), cases(1))
def test_what_only_comes_near_does_not_show_it(id_: str, said: Said) -> None:
    assert id_ not in found_by(said)


def test_an_empty_workshop_has_no_findings() -> None:
    assert all_findings(Workshop(title="T"), CONTENT) == ()


def test_checklists_of_a_team_that_has_not_begun_claim_nothing_about_a_model() -> None:
    tables = (MODEL, DATA)
    said: Said = {f"{table}.{row.id}.state": "not-done" for table in tables for row in CONTENT.tables[table].rows}
    said |= {f"{STEPS}.{row.id}.how": "none" for row in CONTENT.tables[STEPS].rows}
    said |= {"feedback-loops.evaluation-to-training.realised": False}
    # These two are missing, however early it is. Nothing else can be wrong with what nobody does.
    assert found_by(said) == {"no-test-set", "no-baseline"}


@pytest.mark.parametrize("name", ["starter-git-dvc-make", "open-source-mlops-package", "platform-at-scale"])
def test_notes_show_no_finding(name: str) -> None:
    workshop = load_workshop(EXAMPLES / f"{name}.workshop.yaml")
    said = [note for canvas in workshop.canvases for _, note in workshop.notes(canvas)]
    assert len(said) > 50
    assert all_findings(Workshop(title="T", canvases=workshop.canvases), CONTENT) == ()


def finding(**given: object) -> FindingDefinition:
    plain = {"id": "f", "title": "t", "severity": "high", "because": "b", "mend": "m", "step": "canvas"}
    return FindingDefinition.model_validate({**plain, **given})


def seen(definition: FindingDefinition, workshop: Workshop) -> bool:
    return bool(all_findings(workshop, replace(CONTENT, findings={"f": definition})))


@pytest.mark.parametrize("key", ["notes", "examples"])
def test_words_in_notes_are_no_sign(key: str) -> None:
    with pytest.raises(ValueError, match=key):
        finding(when=[{"requirement": "regulated", "is": True}], **{key: []})


def test_a_stack_without_a_choice_is_found_once_the_rest_is_being_decided() -> None:
    definition = finding(undecided=["serving.runtime", "monitoring.drift"], decided=["data.storage"])
    chosen = Decision(slot="data.storage", choice="local-files", status="draft")
    nothing = Decision(slot="serving.runtime", choice="none-yet", status="draft")
    one = Decision(slot="serving.runtime", choice="fastapi", status="draft")
    assert not seen(definition, Workshop(title="T"))
    assert seen(definition, Workshop(title="T", decisions=(chosen,)))
    assert seen(definition, Workshop(title="T", decisions=(chosen, nothing)))
    assert not seen(definition, Workshop(title="T", decisions=(chosen, one)))


def test_a_condition_that_is_open_finds_nothing() -> None:
    definition = finding(when=[Condition.model_validate({"requirement": "regulated", "is": True})])
    assert not seen(definition, Workshop(title="T"))


def test_a_finding_names_no_place_that_does_not_show_it() -> None:
    said: Said = {
        f"{MODEL}.evaluated-on-new-rows.state": "not-done",
        f"{STEPS}.model-evaluation.how": "scripted",
        f"{MODEL}.slices-evaluated.state": "not-done",
    }
    found = {one.definition.id: one.subjects for one in all_findings(workshop_with(said, CONTENT), CONTENT)}
    assert found["evaluated-on-training-rows"] == tuple(said)[:2]


def test_each_finding_names_the_places_where_it_was_seen() -> None:
    (found,) = (
        one
        for one in all_findings(workshop_with(SAID["target-leak"][0][0], CONTENT), CONTENT)
        if one.definition.id == "target-leak"
    )
    assert set(found.subjects) == set(SAID["target-leak"][0][0])
