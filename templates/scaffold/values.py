"""What a plan's facts become in the project's configuration: each value with where it came from. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from canvas.content import read_model
from canvas.requirements import Fact
from canvas.workshop import Id, Model, Text
from templates.errors import ScaffoldError
from templates.plan import Plan
from templates.scaffold.select import Selection, SlotStep

PHRASES = Path(__file__).parent / "phrases.yaml"


class StepPhrase(Model):
    """A step's title and text, with names in braces."""

    title: Text
    text: Text


class Phrases(Model):
    """The sentences of phrases.yaml."""

    origin: dict[Literal["decided", "assumed", "open", "replaced"], Text]
    steps: dict[Literal["no-part", "none-yet", "left-out"], StepPhrase]


class Sample(Model):
    """What a sample-data part says about itself: the task it stands for, and which metrics can gate it.

    `metrics` gives for each metric the threshold that a model of this project reaches on the invented rows and that a
    constant answer misses. `slice_tolerance` is a share of the overall value, 0 to 1 or more.
    """

    task: Literal["classification", "regression"]
    split: Literal["random", "time"]
    default_metric: Id
    metrics: dict[Id, float]
    slice_tolerance: Annotated[float, Field(gt=0)]


@dataclass(frozen=True)
class Value:
    """A configuration value and, for its comment, where it came from."""

    value: str | float | int | bool | None
    origin: str


@dataclass(frozen=True)
class ManualStep:
    """Something people have to do themselves, ready to be printed; `slot_title` names the decision it belongs to."""

    slot: str
    slot_title: str
    kind: str
    title: str
    text: str


@cache
def phrases() -> Phrases:
    """Return the sentences of phrases.yaml. Raises `FileProblems` when the file breaks its contract."""
    return read_model(PHRASES, Phrases)[1]


def origin(fact: Fact) -> str:
    """Return where a fact's value came from, in words."""
    if fact.value is None:
        return phrases().origin["open"]
    return phrases().origin["assumed" if fact.assumed else "decided"]


def config_values(plan: Plan, selection: Selection) -> dict[str, Any]:
    """Return what the template of config/project.yaml fills in. Raises `ScaffoldError` without exactly one sample."""
    sample = sample_of(selection)
    facts = plan.facts
    metric, threshold, baseline = _gate(facts, sample)
    return {
        "sample": sample,
        "task": Value(facts["task-type"].value, origin(facts["task-type"])),
        "metric": metric,
        "threshold": threshold,
        "baseline": baseline,
        "sample_threshold": sample.metrics[str(metric.value)],
        "latency": Value(_number(facts["latency-p95"]), origin(facts["latency-p95"])),
        "log_inputs": Value(facts["personal-data"].value is not True, origin(facts["personal-data"])),
        "retraining": Value(facts["retraining"].value, origin(facts["retraining"])),
    }


def sample_of(selection: Selection) -> Sample:
    """Return what the chosen sample data stand for."""
    found = [Sample.model_validate(p.part.values["sample"]) for p in selection.parts if "sample" in p.part.values]
    if len(found) != 1:
        raise ScaffoldError(f"A project needs exactly one part with sample data; {len(found)} fit these requirements.")
    return found[0]


def _gate(facts: Mapping[str, Fact], sample: Sample) -> tuple[Value, Value, Value]:
    wanted, threshold, baseline = facts["main-metric"], facts["metric-threshold"], facts["metric-baseline"]
    if wanted.value not in sample.metrics:
        replaced = phrases().origin["replaced"]
        return Value(sample.default_metric, replaced), Value(None, replaced), Value(None, replaced)
    bound = _number(threshold)
    if threshold.assumed and wanted.value != wanted.definition.default:
        # The assumed threshold is meant for the assumed metric and says nothing about another one.
        return (
            Value(wanted.value, origin(wanted)),
            Value(None, phrases().origin["open"]),
            Value(_number(baseline), origin(baseline)),
        )
    return (
        Value(wanted.value, origin(wanted)),
        Value(bound, origin(threshold)),
        Value(_number(baseline), origin(baseline)),
    )


def _number(fact: Fact) -> float | None:
    return float(fact.value) if isinstance(fact.value, int | float) and not isinstance(fact.value, bool) else None


def manual_steps(plan: Plan, selection: Selection) -> tuple[ManualStep, ...]:
    """Return the steps of a selection in the order of the decisions, in words."""
    order = list(plan.choices)
    steps = sorted(selection.steps, key=lambda step: order.index(step.slot))
    return tuple(_worded(step, plan) for step in steps)


def _worded(step: SlotStep, plan: Plan) -> ManualStep:
    slot = plan.content.slots[step.slot]
    if step.kind == "to-do":
        return ManualStep(slot.id, slot.title, step.kind, step.title, step.text)
    phrase = phrases().steps[step.kind]
    names = {"choice": step.title, "slot": slot.title, "stand_in": step.stand_in}
    return ManualStep(slot.id, slot.title, step.kind, phrase.title.format(**names), phrase.text.format(**names))
