"""What templates may read: the plan's facts as configuration, each with its origin, and rows for the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import Field

from canvas.advice.facts import Fact, unfit_answers
from canvas.method.subjects import subject_title
from canvas.reading.types import NONE_YET, NOT_APPLICABLE, Id, Model, Text
from templates.adr.records import record_path
from templates.architecture.graph import architecture
from templates.architecture.mermaid import to_mermaid
from templates.errors import ScaffoldError
from templates.markdown_text import Markup
from templates.plan import Choice, Plan
from templates.scaffold.definitions import Dependency, PartFile
from templates.scaffold.phrases import phrases
from templates.scaffold.project import GeneratedFile
from templates.scaffold.select import Selection, value_to_run


class Sample(Model):
    """What a sample-data part says about itself: the task it stands for, and which metrics can gate it.

    `metrics` gives for each metric the threshold that a model of this project reaches on the invented rows and that a
    constant answer misses. `slice_tolerance` is a share of the overall value; `example` is a record as JSON, and
    `predicts` what a model of these rows says, to stand after "predicts".
    """

    task: Literal["classification", "regression"]
    split: Literal["random", "time"]
    default_metric: Id
    metrics: dict[Id, float]
    slice_tolerance: Annotated[float, Field(gt=0)]
    example: Text
    predicts: Text


@dataclass(frozen=True)
class Value:
    """A configuration value and, for its comment, where it came from."""

    value: str | float | int | bool | None
    origin: str


def origin(fact: Fact) -> str:
    """Return where a fact's value came from, in words."""
    if fact.absent is not None:
        return phrases().origin["absent" if fact.definition.absent_is is None else "not-applicable"]
    if fact.value is None:
        return phrases().origin["open"]
    return phrases().origin["assumed" if fact.assumed else "decided"]


def refuse_unfit(plan: Plan) -> None:
    """Raise `ScaffoldError` when an answer cannot be true: a gate of 92 for a ROC AUC would stop every model."""
    found = unfit_answers(plan.workshop, plan.content)
    wrong = [f"{subject_title(subject, plan.content)}: {told}" for subject, told in found.items()]
    if wrong:
        raise ScaffoldError("\n".join(["No project is generated from an answer that cannot be true.", *wrong]))


def is_ready_made(facts: Mapping[str, Fact]) -> bool:
    """Return whether a ready-made model answers and the team trains none."""
    return value_to_run(facts["model-source"]) == "ready-made"


def config_values(plan: Plan, selection: Selection) -> dict[str, Any]:
    """Return what the template of config/project.yaml fills in. Raises `ScaffoldError` without exactly one sample."""
    if is_ready_made(plan.facts):
        return _answering(plan.facts)
    sample = sample_of(selection)
    facts = plan.facts
    metric, threshold, baseline = _gate(facts, sample)
    return {
        "sample": sample,
        "task": _to_run(facts["task-type"]),
        "metric": metric,
        "threshold": threshold,
        "baseline": baseline,
        "sample_threshold": sample.metrics[str(metric.value)],
        "latency": _to_run(facts["latency-p95"]),
        "log_inputs": Value(facts["personal-data"].value is not True, origin(facts["personal-data"])),
        "retraining": _to_run(facts["retraining"]),
    }


# What the project on a ready-made model reads; whatever else is assumed has no bearing on it.
ANSWERING = ("latency-p95", "requests-per-day", "fallback")

# Metrics that say how many of a list of questions are answered well, as the golden questions do.
_SHARES_OF_ANSWERS = ("judged-good", "exact-match")

# A day may be twice as busy as expected before the budget ends it, and small figures leave room for trying things out.
_BUSIER, _LEAST_REQUESTS, _TOKENS_EACH = 2, 200, 1500

# In seconds: five of a hundred answers may take longer than the latency asked for and still be good ones.
_SLOWER, _SHORTEST_WAIT, _LONGEST_WAIT = 2, 20.0, 600.0


def _answering(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return the values of a project on a ready-made model."""
    latency, requests, fallback = (facts[name] for name in ANSWERING)
    wait = _to_run(latency).value
    seconds = _SLOWER * float(wait) / 1000 if isinstance(wait, float) else 0.0
    most = max(_LEAST_REQUESTS, int(_BUSIER * (_number(requests) or 0)))
    return {
        "latency": _to_run(latency),
        "timeout": Value(min(_LONGEST_WAIT, max(_SHORTEST_WAIT, seconds)), origin(latency)),
        "requests": Value(most, origin(requests)),
        "tokens": Value(most * _TOKENS_EACH, origin(requests)),
        "fallback": Value(fallback.value, origin(fallback)),
        "threshold": _share_to_pass(facts),
    }


def _share_to_pass(facts: Mapping[str, Fact]) -> Value:
    """Return the least share of good answers that the team asked for; none where its metric is no such share."""
    wanted, bound = facts["main-metric"].value, facts["metric-threshold"]
    return Value(_number(bound) if wanted in _SHARES_OF_ANSWERS else None, origin(bound))


def sample_of(selection: Selection) -> Sample:
    """Return what the chosen sample data stand for."""
    found = [Sample.model_validate(p.part.values["sample"]) for p in selection.parts if "sample" in p.part.values]
    if len(found) != 1:
        raise ScaffoldError(f"A project needs exactly one part with sample data; {len(found)} fit these requirements.")
    return found[0]


def _gate(facts: Mapping[str, Fact], sample: Sample) -> tuple[Value, Value, Value]:
    wanted, threshold, baseline = facts["main-metric"], facts["metric-threshold"], facts["metric-baseline"]
    if wanted.absent is not None or wanted.value is None:
        told = origin(wanted)
        return Value(sample.default_metric, told), Value(None, told), Value(None, told)
    if wanted.value not in sample.metrics:
        replaced = phrases().origin["replaced"]
        return Value(sample.default_metric, replaced), Value(None, replaced), Value(None, replaced)
    bound = _number(threshold)
    return (
        Value(wanted.value, origin(wanted)),
        Value(bound, origin(threshold)),
        Value(_number(baseline), origin(baseline)),
    )


def _to_run(fact: Fact) -> Value:
    """Return the value that a project is built with, and where it came from."""
    value = value_to_run(fact)
    number = isinstance(value, int) and not isinstance(value, bool)
    return Value(float(value or 0) if number else value, origin(fact))


def _number(fact: Fact) -> float | None:
    return float(fact.value) if isinstance(fact.value, int | float) and not isinstance(fact.value, bool) else None


def template_values(plan: Plan, selection: Selection, adr: list[GeneratedFile]) -> dict[str, Any]:
    """Return everything the templates may read, but for the steps."""
    absent = {step.slot: step.text for step in selection.steps if step.kind == "not-applicable"}
    drawn = {
        slot: replace(choice, absent=absent[slot]) if slot in absent else choice
        for slot, choice in plan.choices.items()
    }
    ready_made = is_ready_made(plan.facts)
    return {
        "workshop": plan.workshop,
        "slug": plan.slug,
        "facts": plan.facts,
        "assumed": [fact for fact in plan.assumed if not ready_made or fact.definition.id in ANSWERING],
        "choices": [_choice_row(choice) for slot, choice in drawn.items() if slot not in absent],
        "ready_made": ready_made,
        "config": config_values(plan, selection),
        "parts": {loaded.part.id: loaded.part for loaded in selection.parts},
        "packages": sorted(_packages(selection)),
        "practices": [(claim, plan.library.title(claim.id)) for claim in selection.practices],
        "files": sorted(_file_rows(plan, selection, adr), key=lambda row: str(row["path"])),
        "requirements": [_requirement(item) for item in selection.dependencies],
        "development": [_requirement(item) for item in selection.development],
        "diagram": Markup(to_mermaid(architecture(replace(plan, choices=drawn))).rstrip("\n")),
    }


def _packages(selection: Selection) -> Iterator[str]:
    """Yield the Python packages at the top of the project; its tests are none of them."""
    for _, file in selection.files:
        folder, _, rest = file.path.partition("/")
        if rest == "__init__.py" and folder != "tests":
            yield folder


def _choice_row(choice: Choice) -> dict[str, Any]:
    decision = choice.decision
    recorded = decision is not None and decision.number is not None
    return {
        "slot": choice.slot.id,
        "slot_title": choice.slot.title,
        "title": choice.said,
        "status": choice.status,
        "because": choice.because,
        "record": record_path(decision).removeprefix("docs/") if decision is not None and recorded else None,
    }


def _file_rows(plan: Plan, selection: Selection, adr: list[GeneratedFile]) -> Iterator[dict[str, Any]]:
    listed: list[tuple[PartFile | GeneratedFile, str]] = [(record, record.part) for record in adr]
    listed += [(file, loaded.part.id) for loaded, file in selection.files]
    for file, part in listed:
        titles = [plan.content.slots[slot].title for slot in file.slots]
        told = [
            _with_stand_in(slot, plan, selection) if part != "adr" else title
            for slot, title in zip(file.slots, titles, strict=True)
        ]
        row = {"path": file.path, "owner": file.owner, "part": part, "because": file.because}
        yield {**row, "slots": titles, "told": told}


def _with_stand_in(slot: str, plan: Plan, selection: Selection) -> str:
    """Return the title of a slot, with what its files stand in for where they serve another choice."""
    choice = plan.choices[slot]
    if selection.coverage.get(slot) != "stand-in" or choice.choice in (NONE_YET, NOT_APPLICABLE):
        return choice.slot.title
    return phrases().stand_in.format(slot=choice.slot.title, choice=choice.title)


def _requirement(item: Dependency) -> str:
    return f"{item.name}>={item.at_least},<{item.below}"
