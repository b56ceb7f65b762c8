"""What the shipped words promise: the MLOps Stack Canvas as drawn and asked, and phase zero complete.

Reads the files of the canvas room directly, so that slots and catalog may be missing or broken.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from canvas.method.canvases import BlockDefinition, CanvasHead
from canvas.method.conditions import Condition, Facts, Reason
from canvas.method.credited import Credited
from canvas.method.facts import FactSection, RequirementDefinition
from canvas.method.load import CONTENT
from canvas.reading.read import read_model
from canvas.reading.types import RequirementValue

CANVAS = CONTENT / "canvases" / "stack-canvas"
FACTS = CONTENT / "facts"

QUESTIONS = {
    "value": 5,
    "data": 6,
    "experiments": 5,
    "features": 6,
    "foundations": 6,
    "pipeline": 6,
    "registry": 3,
    "deployment": 5,
    "serving": 7,
    "monitoring": 8,
    "metadata": 4,
    "dilemmas": 3,
}
NUMBERS = {block: number for number, block in enumerate(QUESTIONS, 1)} | {"dilemmas": 0}
GROUPS = {
    "value": {"value", "dilemmas"},
    "data": {"data", "experiments", "features", "foundations"},
    "model": {"pipeline", "registry", "deployment", "serving", "monitoring"},
    "meta": {"metadata"},
}
PHASES = {
    "Business & Data Understanding",
    "Data Engineering",
    "ML Model Engineering",
    "Quality Assurance for ML Applications",
    "Deployment",
    "Monitoring & Maintenance",
}
REQUIREMENTS = {
    "problem": "prediction-target users business-metric wrong-prediction-cost non-ml-baseline model-owner",
    "task": (
        "model-source kinds-of-model task-type input-kind base-rate main-metric metric-threshold metric-baseline "
        "label-delay manual-labelling data-volume"
    ),
    "operation": (
        "prediction-timing latency-p95 requests-per-day live-features freshness retraining regulated personal-data "
        "training-data-place trained-on-devices reproducibility"
    ),
    "platform": "team-size models-in-production models-sharing-features kubernetes cloud hosting",
}
TEXTS = ["prediction-target", "users", "business-metric", "non-ml-baseline", "model-owner"]
YES_OR_NO = [
    "manual-labelling",
    "live-features",
    "regulated",
    "personal-data",
    "reproducibility",
    "kubernetes",
    "trained-on-devices",
]
OPTIONS = {
    "wrong-prediction-cost": "low medium high intolerable",
    "task-type": (
        "binary-classification multiclass-classification multi-label regression forecasting "
        "ranking anomaly-detection clustering generation other"
    ),
    "input-kind": "tabular text image time-series mixed",
    "model-source": "own tuned ready-made",
    "main-metric": (
        "accuracy f1 f-beta mcc balanced-accuracy roc-auc average-precision recall-at-precision precision-at-k "
        "log-loss brier macro-f1 micro-f1 subset-accuracy hamming-loss map ndcg mrr recall-at-k r2 rmse mae mape mase "
        "quantile-loss silhouette davies-bouldin adjusted-rand judged-good win-rate exact-match rouge-l perplexity "
        "other"
    ),
    "freshness": "seconds hour day week",
    "training-data-place": "anywhere own-cloud own-machines on-device",
    "prediction-timing": "on-request batch stream on-device",
    "retraining": "never on-demand monthly weekly daily continuous",
    "cloud": "none aws azure gcp several",
    "hosting": "any self-hosted managed air-gapped",
}
ONLY_THE_TEAM_KNOWS = [
    "wrong-prediction-cost",
    "metric-baseline",
    "manual-labelling",
    "regulated",
    "personal-data",
    "reproducibility",
    "kinds-of-model",
    "base-rate",
    "freshness",
    "training-data-place",
    "trained-on-devices",
]


@cache
def canvas_head() -> CanvasHead:
    return read_model(CANVAS / "_canvas.yaml", CanvasHead)[1]


def block_files() -> list[Path]:
    return sorted(CANVAS.glob("[!_]*.yaml"))


@cache
def blocks() -> dict[str, BlockDefinition]:
    return {path.stem: read_model(path, BlockDefinition)[1] for path in block_files()}


def section_files() -> list[Path]:
    """Return the sections that outputs rest on, which ask for what the system has to fulfil."""
    return [FACTS / f"{name}.yaml" for name in REQUIREMENTS]


@cache
def sections() -> dict[str, FactSection]:
    return {path.stem: read_model(path, FactSection)[1] for path in section_files()}


def requirements() -> dict[str, RequirementDefinition]:
    return {r.id: r for section in sections().values() for r in section.requirements}


def gate_reasons() -> list[tuple[str, Reason]]:
    gates = {block.id: block.gate for block in blocks().values() if block.gate}
    return [(block, reason) for block, gate in gates.items() for reason in (*gate.mandatory, *gate.recommended)]


def gate_level(block_id: str, **answers: RequirementValue) -> str:
    gate = blocks()[block_id].gate
    assert gate is not None
    facts = Facts(requirements={key.replace("_", "-"): value for key, value in answers.items()}, choices={})
    if any(reason.when.holds(facts) for reason in gate.mandatory):
        return "mandatory"
    return "recommended" if any(reason.when.holds(facts) for reason in gate.recommended) else "otherwise"


def test_each_file_is_named_after_its_id_and_the_set_is_complete() -> None:
    assert {name: block.id for name, block in blocks().items()} == {name: name for name in QUESTIONS}
    assert {name: section.id for name, section in sections().items()} == {name: name for name in REQUIREMENTS}
    assert canvas_head().id == CANVAS.name


def test_sixty_one_guiding_questions_and_three_dilemmas_each_with_a_hint() -> None:
    assert {name: len(block.questions) for name, block in blocks().items()} == QUESTIONS
    assert sum(len(block.questions) for block in blocks().values() if block.number) == 61
    assert [q.id for block in blocks().values() for q in block.questions if not q.hint] == []


def test_question_ids_are_unique_in_their_block_and_no_question_is_asked_twice() -> None:
    for block in blocks().values():
        assert max(Counter(q.id for q in block.questions).values()) == 1, block.id
    texts = Counter(q.text for block in blocks().values() for q in block.questions)
    assert [text for text, count in texts.items() if count > 1] == []


def test_blocks_have_the_numbers_of_the_drawn_canvas() -> None:
    assert {name: block.number for name, block in blocks().items()} == NUMBERS


def test_groups_hold_the_blocks_of_the_drawn_canvas_and_name_its_edges() -> None:
    members: dict[str, set[str]] = {}
    for block in blocks().values():
        members.setdefault(block.group, set()).add(block.id)
    assert members == GROUPS
    assert {group.id: (group.hue, group.edge) for group in canvas_head().groups} == {
        "value": ("violet", None),
        "data": ("blue", "left"),
        "model": ("green", "right"),
        "meta": ("amber", "bottom"),
    }


def test_every_cell_of_the_grid_belongs_to_exactly_one_block() -> None:
    head = canvas_head()
    covered = Counter(
        (column, row)
        for place in (block.place for block in blocks().values())
        for column in range(place.column, place.column + place.columns)
        for row in range(place.row, place.row + place.rows)
    )
    wanted = [(column, row) for column in range(1, head.columns + 1) for row in range(1, head.rows + 1)]
    assert covered == Counter(wanted)


@pytest.mark.parametrize(
    ("column", "shares"),
    [
        (1, {"experiments": 50, "features": 50}),
        (2, {"data": 50, "foundations": 50}),
        (3, {"value": 71, "dilemmas": 29}),
        (4, {"pipeline": 50, "monitoring": 50}),
        (5, {"registry": 35, "deployment": 36, "serving": 29}),
    ],
)
def test_columns_are_divided_as_drawn_from_top_to_bottom(column: int, shares: dict[str, int]) -> None:
    body = canvas_head().rows - blocks()["metadata"].place.rows
    stacked = [b for b in blocks().values() if b.place.column == column and b.id != "metadata"]
    stacked.sort(key=lambda block: block.place.row)
    assert [block.id for block in stacked] == list(shares)
    assert {b.id: 100 * b.place.rows / body for b in stacked} == pytest.approx(shares, abs=1)


def test_metadata_is_a_full_width_footer_of_about_a_fifth() -> None:
    head, place = canvas_head(), blocks()["metadata"].place
    assert (place.column, place.columns) == (1, head.columns)
    assert place.row + place.rows - 1 == head.rows
    assert place.rows / head.rows == pytest.approx(0.2, abs=0.02)


def test_four_blocks_ask_whether_they_are_needed_and_two_are_advanced() -> None:
    assert {b.id for b in blocks().values() if b.gate} == {"data", "features", "registry", "monitoring"}
    assert {b.id for b in blocks().values() if b.advanced} == {"features", "registry"}
    assert all(block.gate.mandatory and block.gate.recommended for block in blocks().values() if block.gate)


@pytest.mark.parametrize(
    ("block", "answers", "level"),
    [
        ("data", {"regulated": True}, "mandatory"),
        ("data", {"reproducibility": True, "regulated": False}, "mandatory"),
        ("data", {"retraining": "monthly"}, "recommended"),
        ("data", {"retraining": "never", "manual_labelling": False}, "otherwise"),
        ("features", {"regulated": True, "reproducibility": True}, "mandatory"),
        ("features", {"live_features": True, "models_sharing_features": 2}, "mandatory"),
        ("features", {"live_features": True, "models_sharing_features": 1}, "recommended"),
        ("features", {"regulated": True, "reproducibility": False, "live_features": False}, "otherwise"),
        ("registry", {"models_in_production": 2}, "mandatory"),
        ("registry", {"reproducibility": True}, "mandatory"),
        ("registry", {"models_in_production": 1, "retraining": "weekly"}, "recommended"),
        ("registry", {"models_in_production": 1, "retraining": "on-demand"}, "otherwise"),
        ("monitoring", {"prediction_timing": "on-request", "label_delay": 7}, "mandatory"),
        ("monitoring", {"prediction_timing": "on-request", "label_delay": 6.5}, "recommended"),
        ("monitoring", {"prediction_timing": "batch", "label_delay": 30}, "otherwise"),
        ("monitoring", {"prediction_timing": "batch", "wrong_prediction_cost": "high"}, "mandatory"),
        ("monitoring", {}, "otherwise"),
    ],
)
def test_gates_open_and_close_with_the_answers(block: str, answers: dict[str, RequirementValue], level: str) -> None:
    assert gate_level(block, **answers) == level


def test_gate_conditions_look_only_at_known_requirements() -> None:
    known = requirements()
    assert [(b, s) for b, reason in gate_reasons() for s in reason.when.subjects() if s not in known] == []


def single_tests(condition: Condition) -> list[Condition]:
    parts = [*(condition.all or ()), *(condition.any or ())]
    return [test for part in parts for test in single_tests(part)] or [condition]


def answerable(test: Condition) -> bool:
    definition = requirements()[test.requirement or ""]
    named = {value for value in (*(test.within or ()), *(test.not_in or ()), test.equals) if value is not None}
    if definition.type == "choice":
        return bool(named) and named <= {option.id for option in definition.options}
    if definition.type == "yes-no":
        return isinstance(test.equals, bool)
    return definition.type == "number" and not named


def test_values_in_gate_conditions_can_be_answered() -> None:
    tests = [test for _, reason in gate_reasons() for test in single_tests(reason.when)]
    assert [test for test in tests if not answerable(test)] == []


def test_a_requirement_that_opens_a_gate_says_that_it_belongs_to_that_block() -> None:
    known = requirements()
    asked = {(block, subject) for block, reason in gate_reasons() for subject in reason.when.subjects()}
    assert {(block, subject) for block, subject in asked if block not in known[subject].blocks} == set()


def test_blocks_show_what_belongs_into_them() -> None:
    for block in blocks().values():
        assert len({note.kind for note in block.examples}) >= 2, block.id
        assert block.outputs, block.id
        assert len(block.opener) <= 90, block.id
        assert block.opener.endswith("?"), block.id


def test_phases_are_those_of_crisp_ml_and_each_is_covered() -> None:
    named = {phase for block in blocks().values() for phase in block.phases}
    assert named == PHASES
    assert [block.id for block in blocks().values() if not block.phases] == ["dilemmas"]


def test_the_canvas_fits_into_seventy_five_minutes() -> None:
    assert sum(block.minutes for block in blocks().values()) == 75


def test_phase_zero_asks_for_every_requirement_in_its_section() -> None:
    asked = {name: " ".join(r.id for r in section.requirements) for name, section in sections().items()}
    assert asked == REQUIREMENTS


def test_requirements_have_the_type_that_conditions_and_outputs_count_on() -> None:
    special = dict.fromkeys(TEXTS, "text") | dict.fromkeys(YES_OR_NO, "yes-no") | dict.fromkeys(OPTIONS, "choice")
    ids = [requirement for section in REQUIREMENTS.values() for requirement in section.split()]
    assert {r.id: r.type for r in requirements().values()} == {id_: special.get(id_, "number") for id_ in ids}


def test_phase_zero_sections_are_asked_in_order() -> None:
    assert sorted(sections(), key=lambda name: sections()[name].order) == list(REQUIREMENTS)
    assert len({section.order for section in sections().values()}) == len(REQUIREMENTS)


def test_choices_have_exactly_the_agreed_options_each_explained() -> None:
    offered = {r.id: " ".join(o.id for o in r.options) for r in requirements().values() if r.options}
    assert offered == OPTIONS
    assert [o.id for r in requirements().values() for o in r.options if not o.help] == []


def test_each_default_has_a_reason() -> None:
    assumed = {r.id for r in requirements().values() if r.default is not None}
    assert {r.id for r in requirements().values() if r.default_because} == assumed


def test_nothing_is_assumed_that_only_the_team_can_know() -> None:
    without_default = {r.id for r in requirements().values() if r.default is None}
    assert without_default == {*TEXTS, *ONLY_THE_TEAM_KNOWS}


def test_requirements_belong_to_blocks_of_the_canvas() -> None:
    for definition in requirements().values():
        assert definition.blocks, definition.id
        assert set(definition.blocks) <= set(QUESTIONS), definition.id
        assert len(definition.blocks) == len(set(definition.blocks)), definition.id


def test_every_file_credits_its_source_and_names_an_existing_kind_of_schema() -> None:
    credited: dict[Path, Credited] = {path: read_model(path, BlockDefinition)[1] for path in block_files()}
    credited |= {path: read_model(path, FactSection)[1] for path in section_files()}
    credited[CANVAS / "_canvas.yaml"] = canvas_head()
    for path, content in credited.items():
        assert content.source.url is not None, path.name
        assert content.source.url.startswith("https://ml-ops.org/content/"), path.name
        assert content.source.retrieved, path.name
        assert content.license in {"CC BY 4.0", "CC BY-SA 4.0"}, path.name
        assert "INNOQ" in content.attribution, path.name
        assert "MLOps Stack Canvas contributors" in content.attribution, path.name
        kind = "canvas-head" if path.name == "_canvas.yaml" else "block" if path.parent == CANVAS else "facts"
        schema = path.read_text("utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).resolve() == CONTENT / "schemas" / f"{kind}.schema.json", path.name


def test_the_drawn_board_keeps_its_share_alike_licence() -> None:
    assert canvas_head().license == "CC BY-SA 4.0"
    assert [b.id for b in blocks().values() if "board CC BY-SA 4.0" not in b.attribution] == []
