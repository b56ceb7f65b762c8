"""Findings: each sign sees its own examples and not the near misses, and the flaws of the real cases are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas.advice.findings import findings
from canvas.document.file import load_workshop
from canvas.document.workshop import Decision, Note, Workshop
from canvas.method.advisors import FindingDefinition
from canvas.method.conditions import Condition
from canvas.method.load import shipped
from canvas.method.note_signs import NoteExample, says

CONTENT = shipped()
EXAMPLES = Path(__file__).parents[1] / "examples"
SENTENCES = [
    pytest.param(finding, example, id=f"{finding.id}: {example.text[:50]}")
    for finding in CONTENT.findings.values()
    for example in finding.examples
]


def found_in(name: str) -> set[str]:
    workshop = load_workshop(EXAMPLES / f"{name}.workshop.yaml")
    return {finding.definition.id for finding in findings(workshop, CONTENT)}


@pytest.mark.parametrize(("finding", "example"), SENTENCES)
def test_a_sentence_shows_a_finding_or_does_not(finding: FindingDefinition, example: NoteExample) -> None:
    assert any(says(sign, example.text) for sign in finding.notes) is example.found


@pytest.mark.parametrize("finding", [f for f in CONTENT.findings.values() if f.examples], ids=lambda f: f.id)
def test_each_finding_in_notes_has_a_sentence_that_shows_it_and_one_that_does_not(finding: FindingDefinition) -> None:
    assert {example.found for example in finding.examples} == {True, False}


def test_an_empty_workshop_has_no_findings() -> None:
    assert findings(Workshop(title="T"), CONTENT) == ()


def finding(**given: object) -> FindingDefinition:
    plain = {"id": "f", "title": "t", "severity": "high", "because": "b", "mend": "m", "step": "canvas"}
    return FindingDefinition.model_validate({**plain, **given})


def seen(definition: FindingDefinition, workshop: Workshop) -> bool:
    from dataclasses import replace

    return bool(findings(workshop, replace(CONTENT, findings={"f": definition})))


def test_a_note_counts_by_its_kind_and_block() -> None:
    sign = {"says": ["cat"], "kinds": ["fact"], "blocks": ["data"]}
    definition = finding(notes=[sign], examples=[{"text": "cat", "found": True}])

    def board(block: str, kind: str) -> Workshop:
        return Workshop(title="T", canvases={"stack-canvas": {block: (Note(id="n", kind=kind, text="A cat"),)}})  # type: ignore[arg-type]

    assert seen(definition, board("data", "fact"))
    assert not seen(definition, board("value", "fact"))
    assert not seen(definition, board("data", "question"))


def test_all_words_must_stand_in_one_note() -> None:
    definition = finding(notes=[{"says": ["cat", "dog"]}], examples=[{"text": "cat dog", "found": True}])
    two = (Note(id="a", text="A cat"), Note(id="b", text="A dog"))
    assert not seen(definition, Workshop(title="T", canvases={"stack-canvas": {"data": two}}))


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
