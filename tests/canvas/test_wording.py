"""What a team reads under a rule: other words for the same question, and nothing that asks for what is not there."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace

import pytest
from pydantic import BaseModel

from canvas.advice.excluded import omitted, worded
from canvas.advice.facts import known_facts, resolve
from canvas.advice.findings import findings
from canvas.advice.sheet import advice_sheet, as_text
from canvas.document.workshop import Decision, Requirement, Workshop
from canvas.method.content import Content
from canvas.method.load import shipped
from canvas.method.omissions import OmissionRule
from canvas.method.wording import broken_words, reworded
from canvas.reading.types import RequirementValue
from templates.report.advised import advice_row

RULE = shipped().omissions["no-own-training"]
# What learns, or what only whoever trains has.
# Said of whoever made the model, of people, or of what a class is called; and the question that decides all of it.
FINE = {
    "model-source.question",
    "model-source.purpose",
    "model-source.default_because",
    "base-rate.question",
    "use-case-function.extraction-and-annotation.help",
    "capability-family.learning.help",
    "crisp-tasks.transfer-learning.help",
    "hidden-costs.change-of-work.help",
}
LEARNING = re.compile(r"\b(re)?train(s|ed|ing|ings)?\b|\blearned from\b|\blabel(s|led|ling)?\b", re.IGNORECASE)


def team(source: str | None = "ready-made", **facts: RequirementValue) -> Workshop:
    given = {"model-source": source, **{name.replace("_", "-"): value for name, value in facts.items()}}
    requirements = tuple(Requirement(id=k, value=v, state="decided") for k, v in given.items() if v is not None)
    return Workshop(title="Answers of the helpdesk", requirements=requirements)


HOSTED = worded(team(), shipped())


def test_nobody_else_reads_other_words() -> None:
    for source in (None, "own", "tuned"):
        assert worded(team(source), HOSTED) is worded(team(source), shipped()) is shipped()
    assert worded(team(), HOSTED) is HOSTED


def test_words_stand_where_their_path_leads_and_nowhere_else() -> None:
    asked = "Which program takes the question, asks the model and gives the answer?"
    assert HOSTED.slots["serving.runtime"].question == asked != shipped().slots["serving.runtime"].question
    assert HOSTED.slots["pipeline.orchestrator"] == shipped().slots["pipeline.orchestrator"]
    assert HOSTED.requirements["ml-assets"].options[0].title == shipped().requirements["ml-assets"].options[0].title
    assert HOSTED.requirements["ml-assets"].options[0].help != shipped().requirements["ml-assets"].options[0].help


def test_a_question_leaves_and_the_others_stay_in_their_order() -> None:
    before, after = (content.block("pipeline") for content in (shipped(), HOSTED))
    assert before is not None
    assert after is not None
    kept = [question.id for question in before.questions if question.id != "one-machine"]
    assert [question.id for question in after.questions] == kept


def told(content: Content) -> Iterator[tuple[str, str]]:
    """Yield what the pages ask and explain of a content, as far as it applies: where it stands, and the text."""
    left = omitted(team(), shipped())
    yield from _facts(content, left)
    for table in content.tables.values():
        yield from texts(table.id, table, "title", "purpose")
        for row in (row for row in table.rows if f"{table.id}.{row.id}" not in left):
            yield from texts(f"{table.id}.{row.id}", row, "title", "help", "group")
    for slot in (slot for slot in content.slots.values() if slot.id not in left):
        yield from texts(slot.id, slot, "title", "question", "none_yet_because")
    for step in content.steps.values():
        yield from texts(step.id, step, "purpose", "outcome")
        for feed in step.feeds:
            yield from texts(f"{step.id}.{feed.step}", feed, "text")
    for agenda in content.agendas.values():
        for entry in agenda.entries:
            yield from texts(f"{agenda.id}.{entry.id}", entry, "title", "instruction", "advice")
    for block in content.canvases["stack-canvas"].blocks:
        yield from texts(block.id, block, "purpose", "opener")
        for question in block.questions:
            yield from texts(f"{block.id}.{question.id}", question, "text", "hint")


def _facts(content: Content, left: Container[str]) -> Iterator[tuple[str, str]]:
    for section in content.sections.values():
        yield from texts(section.id, section, "title", "purpose")
        for requirement in (one for one in section.requirements if one.id not in left):
            yield from texts(requirement.id, requirement, "title", "question", "purpose", "default_because")
            # What the options of these are is the same for everybody.
            same = requirement.id in ("model-source", "main-metric", "task-type")
            for option in () if same else requirement.options:
                yield from texts(f"{requirement.id}.{option.id}", option, "title", "help")


def texts(where: str, piece: BaseModel, *names: str) -> Iterator[tuple[str, str]]:
    for name in names:
        if (text := getattr(piece, name)) is not None:
            yield f"{where}.{name}", text


def test_a_team_that_trains_nothing_is_asked_for_nothing_that_only_training_has() -> None:
    found = {where: text for where, text in told(HOSTED) if LEARNING.search(text)}
    assert found.keys() == FINE
    # The search would find them: everybody else is asked for all of it.
    assert len({where for where, text in told(shipped()) if LEARNING.search(text)}) > 100


def test_nothing_is_assumed_of_a_training_that_does_not_take_place() -> None:
    facts = resolve(team(), shipped())
    assumed = {id_: fact for id_, fact in facts.items() if fact.assumed and fact.value is not None}
    assert not {"task-type", "input-kind", "main-metric", "metric-threshold", "latency-p95", "label-delay"} & set(
        assumed
    )
    assert not [fact.because for fact in assumed.values() if LEARNING.search(fact.because or "")]
    assert resolve(team("own"), shipped())["latency-p95"].value == 200


def test_a_metric_is_assumed_only_where_it_goes_with_the_task_and_does_not_mislead() -> None:
    def metric(**said: RequirementValue) -> tuple[object, object]:
        facts = resolve(team("own", **said), shipped())
        return facts["main-metric"].value, facts["metric-threshold"].value

    assert metric() == ("roc-auc", 0.7)
    assert metric(task_type="binary-classification") == ("roc-auc", 0.7)
    assert metric(task_type="multi-label") == ("roc-auc", 0.7)
    # At one in five hundred it misleads, and the bound belongs to no other metric.
    assert metric(task_type="multi-label", base_rate=0.2) == ("macro-f1", None)
    assert metric(base_rate=0.2)[0] == "f1"
    assert metric(task_type="regression") == ("r2", None)
    # Nobody knows what goes with a task that has no name here.
    assert metric(task_type="other") == (None, None)


def test_every_assumed_metric_suits_its_task() -> None:
    definition = shipped().requirements["main-metric"]
    for task in shipped().requirements["task-type"].options:
        for rate in (None, 0.2, 3, 40):
            said = {"task_type": task.id} | ({} if rate is None else {"base_rate": rate})
            fact = resolve(team("own", **said), shipped())["main-metric"]
            option = next((option for option in definition.options if option.id == fact.value), None)
            assert option is None or task.id in option.suits
            assert option is None or fact.because == (
                definition.default_because if option.id == definition.default else definition.default_suited
            )


def decided(*choices: tuple[str, str]) -> tuple[Decision, ...]:
    return tuple(Decision(slot=slot, choice=choice, status="draft") for slot, choice in choices)


def found(workshop: Workshop) -> set[str]:
    return {one.definition.id for one in findings(workshop, known_facts(workshop, shipped()), shipped())}


def test_a_slot_that_a_rule_leaves_empty_is_no_sign_that_nobody_watches() -> None:
    serving = decided(("serving.runtime", "fastapi"))
    assert "stack-without-monitoring" in found(team("own").model_copy(update={"decisions": serving}))
    assert "stack-without-monitoring" not in found(team().model_copy(update={"decisions": serving}))
    # Who decides to have nothing is told.
    nothing = (*serving, *decided(("monitoring.metrics", "none-yet")))
    assert "stack-without-monitoring" in found(team().model_copy(update={"decisions": nothing}))


@pytest.mark.parametrize("state", ["never", "not-applicable"])
def test_retraining_that_does_not_take_place_is_never_for_all_that_reads_it(state: str) -> None:
    if state == "never":
        said = Requirement(id="retraining", value="never", state="decided")
    else:
        said = Requirement(id="retraining", state="not-applicable", reason="The reef team retrains never")
    workshop = Workshop(title="W", requirements=(said,))
    assert known_facts(workshop, shipped()).requirements["retraining"] == "never"
    assert advice_sheet(workshop, shipped()).facts.excludes("retraining") == (state == "not-applicable")


def rule(words: dict[str, object]) -> OmissionRule:
    return RULE.model_copy(update={"words": words})


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ({"slots/no.slot": {"question": "Q"}}, "leads nowhere"),
        ({"catalog/s3": {"summary": "S"}}, "leads nowhere"),
        ({"sections/task/title/x": {"title": "T"}}, "nothing is inside of 'title'"),
        ({"tables/hidden-costs/rows/no-row": {"help": "H"}}, "there is no 'no-row'"),
        ({"slots/data.storage": {"query": "Q"}}, "has no text 'query'"),
        ({"slots/data.storage": {"id": "data.other"}}, "has no text 'id'"),
        ({"slots/data.storage": {"title": "T" * 201}}, "do not fit"),
        ({"slots/data.storage": {"question": None}}, "do not fit"),
        ({"slots/data.storage": None}, "cannot leave as a whole"),
        ({"canvases/stack-canvas/blocks/data/gate/only/mandatory/1": None}, "goes by its place"),
        ({"canvases/stack-canvas/blocks/data/gate/only/mandatory/9": {"because": "B"}}, "there is no '9'"),
    ],
)
def test_words_that_lead_nowhere_or_do_not_fit_are_named(words: dict[str, object], wrong: str) -> None:
    [(path, said)] = broken_words(rule(words), shipped())
    assert path == next(iter(words))
    assert wrong in said


def test_the_first_of_several_rules_tells() -> None:
    first = rule({"slots/data.storage": {"question": "First?"}})
    second = rule({"slots/data.storage": {"question": "Second?", "title": "Place"}})
    content = replace(shipped(), omissions={"a": first, "b": second.model_copy(update={"id": "b"})})
    slot = reworded(content, content.omissions.values()).slots["data.storage"]
    assert slot.question == "First?"


def test_an_advice_without_an_outcome_and_without_an_open_answer_does_not_ask_for_more() -> None:
    sheet = advice_sheet(team("own"), shipped())
    silent = {id_: replace(advice, missing=()) for id_, advice in sheet.advice.items() if advice.value is None}
    assert silent
    lines = as_text(replace(sheet, advice=silent)).splitlines()
    assert [line for line in lines if line.endswith(": no advice follows")]
    assert not [line for line in lines if "not enough answered" in line]
    assert {advice_row(advice, sheet).value for advice in silent.values()} == {"No advice follows from the answers"}
