"""The architecture as a graph: what is drawn, how it is marked, and what flows where."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.library.packs import library
from canvas.document.workshop import Decision, Requirement, Workshop
from canvas.method.load import shipped
from templates.architecture.graph import Graph, Node, architecture
from templates.architecture.places import places, words_of
from templates.drawing import fonts
from templates.drawing.labels import Box, best_place
from templates.plan import make_plan


def graph_of(*decisions: Decision, **changes: object) -> Graph:
    return architecture(make_plan(Workshop(title="Tags", decisions=decisions, **changes), shipped(), library()))


def node(graph: Graph, slot: str) -> Node:
    return next(node for node in graph.nodes if node.slot == slot)


READY_MADE = Requirement(id="model-source", value="ready-made", state="decided")


def accepted(slot: str, choice: str) -> Decision:
    return Decision(number=1, slot=slot, status="accepted", choice=choice)


def test_every_choice_that_is_not_hidden_is_drawn_once() -> None:
    drawn = [node.slot for node in graph_of().nodes]
    shown = [slot.id for slot in shipped().slots.values() if slot.stage != "none"]
    assert sorted(drawn) == sorted(shown)


def test_a_box_says_whether_it_is_decided_drafted_assumed_or_left_out() -> None:
    draft = Decision(slot="pipeline.ci", status="draft", choice="github-actions")
    graph = graph_of(accepted("serving.runtime", "fastapi"), draft)
    assert (node(graph, "serving.runtime").status, node(graph, "serving.runtime").mark) == ("accepted", "")
    assert (node(graph, "pipeline.ci").status, node(graph, "pipeline.ci").mark) == ("draft", "draft")
    assert (node(graph, "data.storage").status, node(graph, "data.storage").mark) == ("default", "assumed")


def test_none_yet_is_an_empty_place_with_faint_arrows() -> None:
    graph = graph_of(accepted("features.store", "none-yet"))
    empty = node(graph, "features.store")
    touching = [edge for edge in graph.edges if empty.id in (edge.source, edge.target)]
    assert empty.empty
    assert empty.title == "none yet"
    assert touching
    assert all(edge.faint for edge in touching)
    assert not all(edge.faint for edge in graph.edges)


def test_free_text_is_drawn_in_the_words_of_the_team() -> None:
    found = node(graph_of(accepted("pipeline.ci", "other: our own Jenkins")), "pipeline.ci")
    assert (found.status, found.title, found.icon) == ("other", "our own Jenkins", None)


def test_drift_leads_back_to_the_pipeline() -> None:
    graph = graph_of()
    feedback = [(e.source, e.target) for e in graph.edges if e.kind == "feedback"]
    assert feedback == [(node(graph, "monitoring.drift").id, node(graph, "pipeline.orchestrator").id)]


@pytest.mark.parametrize(
    "said",
    [
        Requirement(id="retraining", value="never", state="decided"),
        Requirement(id="retraining", state="not-applicable", reason="The reef team retrains never"),
    ],
    ids=["never", "does not apply"],
)
def test_nothing_leads_back_to_a_training_that_is_not_done_again(said: Requirement) -> None:
    graph = graph_of(requirements=(said,))
    assert not [edge for edge in graph.edges if edge.kind == "feedback" or edge.label == "retrain"]
    weekly = Requirement(id="retraining", value="weekly", state="decided")
    assert [edge.label for edge in graph_of(requirements=(weekly,)).edges if edge.kind == "feedback"] == ["retrain"]


def test_live_features_reach_the_service_only_when_the_team_needs_them() -> None:
    def fed(graph: Graph) -> bool:
        ends = (node(graph, "features.store").id, node(graph, "serving.runtime").id)
        return any((edge.source, edge.target) == ends for edge in graph.edges)

    needed = Requirement(id="live-features", value=True, state="decided")
    assert not fed(graph_of())
    assert fed(graph_of(requirements=(needed,)))


def test_hidden_choices_name_their_arrow_and_their_stage() -> None:
    graph = graph_of(accepted("deployment.strategy", "canary"))
    pattern = shipped().catalog[shipped().slots["serving.pattern"].default].title
    assert "Canary" in [edge.label for edge in graph.edges]
    assert f"Serving: {pattern}" in [cluster.title for cluster in graph.clusters]


@pytest.mark.parametrize("choice", ["other: " + "x" * 150, "other: " + "word " * 30, "none-yet"])
def test_boxes_never_overlap_and_stay_inside_their_stage(choice: str) -> None:
    graph = graph_of(accepted("deployment.packaging", choice))
    where = places(graph)
    boxes = list(where.nodes.values())
    assert all(a.overlap(b) == 0 for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    stages = list(where.clusters.values())
    assert all(a.overlap(b) == 0 for i, a in enumerate(stages) for b in stages[i + 1 :])
    for cluster in graph.clusters:
        stage = where.clusters[cluster.id]
        inside = [where.nodes[node.id] for node in cluster.nodes]
        assert all(stage.overlap(box) == pytest.approx(box.overlap(box)) for box in inside)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120), st.floats(20, 300))
def test_wrapping_loses_no_letter_and_keeps_to_the_width(text: str, room: float) -> None:
    lines = fonts.wrap(text, 10, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(fonts.width(line, 10) <= room for line in lines if len(line) > 1)


def test_a_label_avoids_what_is_already_there() -> None:
    box = Box(40, -10, 60, 0)
    x, y = best_place([(0, 0), (100, 0)], wide=18, high=8, taken=[box])
    assert Box(x - 9, y - 4, x + 9, y + 4).overlap(box) == 0


def test_what_has_no_place_in_the_system_is_not_drawn_nor_does_anything_lead_there() -> None:
    absent = Decision(slot="features.store", status="draft", choice="not-applicable", because="Images only.")
    graph = graph_of(absent)
    assert "features.store" not in {found.slot for found in graph.nodes}
    known = {found.id for found in graph.nodes}
    assert all(edge.source in known and edge.target in known for edge in graph.edges)
    before, after = node(graph, "data.versioning").id, node(graph, "pipeline.orchestrator").id
    assert [edge.kind for edge in graph.edges if (edge.source, edge.target) == (before, after)] == ["data"]


def test_a_box_says_what_the_teams_own_words_are_like() -> None:
    own = Decision(number=1, slot="serving.runtime", status="proposed", choice="other: own Kotlin", like="fastapi")
    assert node(graph_of(own), "serving.runtime").mark == "like FastAPI, proposed"


def test_a_box_holds_all_that_is_in_use_and_says_that_it_is_proposed() -> None:
    two = Decision(number=1, slot="experiments.framework", status="accepted", choice="pytorch", beside=("tensorflow",))
    proposed = Decision(number=2, slot="serving.runtime", status="proposed", choice="fastapi")
    graph = graph_of(two, proposed)
    assert node(graph, "experiments.framework").title == "PyTorch + TensorFlow with Keras"
    assert (node(graph, "serving.runtime").status, node(graph, "serving.runtime").mark) == ("draft", "proposed")


@pytest.mark.parametrize("status", ["proposed", "draft"])
@pytest.mark.parametrize("choice", ["fastapi", "other: own Kotlin"])
def test_what_is_not_accepted_never_looks_decided(status: str, choice: str) -> None:
    number = 1 if status == "proposed" else None
    found = Decision.model_validate({"number": number, "slot": "serving.runtime", "status": status, "choice": choice})
    box = node(graph_of(found), "serving.runtime")
    assert (box.status, box.mark) == ("draft", status)


def test_a_proposed_gap_says_that_it_is_proposed() -> None:
    gap = Decision(number=1, slot="features.store", status="proposed", choice="none-yet")
    box = node(graph_of(gap), "features.store")
    assert (box.status, box.mark) == ("none-yet", "proposed")
    assert "proposed" in " ".join(words_of(box).role)


def test_hidden_choices_that_are_proposed_say_so_on_their_arrow_and_stage() -> None:
    canary = Decision(number=1, slot="deployment.strategy", status="proposed", choice="canary")
    pattern = Decision(slot="serving.pattern", status="draft", choice="precompute")
    graph = graph_of(canary, pattern)
    assert "Canary (proposed)" in [edge.label for edge in graph.edges]
    assert any(cluster.title.endswith("(draft)") for cluster in graph.clusters)


def test_a_hidden_choice_that_does_not_apply_is_no_detail() -> None:
    absent = Decision(number=1, slot="serving.pattern", status="accepted", choice="not-applicable", because="Batch.")
    assert "Serving" in [cluster.title for cluster in graph_of(absent).clusters]


def test_words_that_say_themselves_what_they_are_like_are_not_said_twice() -> None:
    own = Decision(
        number=1, slot="serving.runtime", status="accepted", choice="other: own Kotlin, like FastAPI", like="fastapi"
    )
    assert node(graph_of(own), "serving.runtime").mark == ""


def test_a_model_of_somebody_else_has_a_box_with_arrows_there_and_back() -> None:
    graph = graph_of(requirements=(READY_MADE,))
    model, service = node(graph, "ready-made-model"), node(graph, "serving.runtime")
    between = {(edge.source, edge.target): edge.label for edge in graph.edges if model.id in (edge.source, edge.target)}
    assert between == {(service.id, model.id): "people's input", (model.id, service.id): "answers"}
    assert (model.status, model.mark) == ("default", "provider not named")


@pytest.mark.parametrize("source", ["own", "tuned", None])
def test_who_trains_has_no_box_for_a_model_of_somebody_else(source: str | None) -> None:
    said = (Requirement(id="model-source", value=source, state="decided"),) if source else ()
    graph = graph_of(requirements=said)
    assert "ready-made-model" not in {found.slot for found in graph.nodes}
    assert "Model of somebody else" not in {cluster.title for cluster in graph.clusters}


def test_without_a_service_of_ours_nothing_leads_from_the_package_into_the_model() -> None:
    absent = Decision(number=1, slot="serving.runtime", status="accepted", choice="not-applicable", because="A page.")
    graph = graph_of(absent, requirements=(READY_MADE,))
    model = node(graph, "ready-made-model").id
    assert not [edge for edge in graph.edges if model in (edge.source, edge.target)]
