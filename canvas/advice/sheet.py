"""All advice on one workshop in one place: what every advisor says, the contradictions, and the findings.

The pages, the report and `cli.py advise` print this; each line names the answers it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from canvas.advice.accepted import accepted_among
from canvas.advice.advisors import Advice, advise_all
from canvas.advice.excluded import worded
from canvas.advice.facts import known_facts
from canvas.advice.findings import Finding, findings
from canvas.advice.options import Contradiction, contradictions
from canvas.document.workshop import Workshop
from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.method.subjects import subject_title, subject_value


@dataclass(frozen=True)
class AdviceSheet:
    """What the answers of a workshop amount to, with the facts that all of it rests on.

    Of what does not go together, `accepted` is what the team has in its register as an acceptable risk.
    """

    advice: Mapping[str, Advice]
    contradictions: tuple[Contradiction, ...]
    accepted: tuple[Contradiction, ...]
    findings: tuple[Finding, ...]
    facts: Facts
    content: Content


def advice_sheet(workshop: Workshop, content: Content, facts: Facts | None = None) -> AdviceSheet:
    """Return all advice on a workshop. `facts` are those of `known_facts`, where they have been worked out already."""
    content = worded(workshop, content)
    facts = known_facts(workshop, content) if facts is None else facts
    found = contradictions(workshop, facts, content)
    accepted = accepted_among(found, workshop)
    return AdviceSheet(
        advise_all(facts, content),
        tuple(one for one in found if one not in accepted),
        accepted,
        findings(workshop, facts, content),
        facts,
        content,
    )


def as_json(sheet: AdviceSheet) -> dict[str, Any]:
    """Return what `advise --json` prints: one key for each advisor, then contradictions and findings."""
    advised = {id_.replace("-", "_"): _advice_json(advice, sheet) for id_, advice in sheet.advice.items()}
    return {
        **advised,
        "contradictions": [_contradiction_json(found) for found in sheet.contradictions],
        "accepted_contradictions": [_contradiction_json(found) for found in sheet.accepted],
        "findings": [_finding_json(finding) for finding in sheet.findings],
    }


def _advice_json(advice: Advice, sheet: AdviceSheet) -> dict[str, Any]:
    return {
        "value": _number_or_id(advice.value),
        "ranked": [_number_or_id(id_) for id_ in advice.ranked],
        "because": [
            {"text": reason.text, "answers": {subject: _raw(subject, sheet.facts) for subject in reason.answers}}
            for reason in advice.because
        ],
        "missing": list(advice.missing),
        "omitted": advice.omitted,
    }


def _contradiction_json(found: Contradiction) -> dict[str, Any]:
    return {
        "slot": found.slot,
        "choice": found.choice,
        "subjects": list(found.subjects),
        "because": found.because,
        "mend": found.mend,
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.definition.id,
        "severity": finding.definition.severity,
        "title": finding.definition.title,
        "because": finding.definition.because,
        "mend": finding.definition.mend,
        "subjects": [*finding.subjects, *finding.undecided],
    }


def _number_or_id(value: str | None) -> str | int | None:
    return int(value) if value is not None and value.isdigit() else value


def _raw(subject: str, facts: Facts) -> Any:
    for part in (facts.requirements, facts.choices, facts.quantities, facts.cells):
        if subject in part:
            return part[subject]
    return None


def as_text(sheet: AdviceSheet) -> str:
    """Return what `advise` prints."""
    return "\n".join(_lines(sheet))


def _lines(sheet: AdviceSheet) -> Iterator[str]:
    for advice in sheet.advice.values():
        yield from _advice_lines(advice, sheet)
    yield f"Contradictions: {len(sheet.contradictions) or 'none'}"
    for found in sheet.contradictions:
        places = " and ".join(said(subject, sheet) for subject in found.subjects)
        yield f"  {places}"
        yield f"    {found.because} {found.mend}"
    for found in sheet.accepted:
        yield f"  accepted as a risk: {' and '.join(said(subject, sheet) for subject in found.subjects)}"
    yield f"Findings: {len(sheet.findings) or 'none'}"
    for finding in sheet.findings:
        yield f"  [{finding.definition.severity}] {finding.definition.title}"
        for place in places_of(finding, sheet):
            yield f"    seen: {place}"
        yield f"    {finding.definition.because} {finding.definition.mend}"


def _advice_lines(advice: Advice, sheet: AdviceSheet) -> Iterator[str]:
    if advice.omitted is not None:
        yield f"{advice.definition.title}: not applicable"
        yield f"  {advice.omitted}"
        return
    if advice.value is None:
        yield f"{advice.definition.title}: {'not enough answered' if advice.missing else 'no advice follows'}"
        yield from (f"  open: {subject_title(subject, sheet.content)}" for subject in advice.missing)
        return
    yield f"{advice.definition.title}: {advice.title}"
    for reason in advice.because:
        yield f"  {reason.text}"
        yield from (f"    {said(subject, sheet)}" for subject in reason.answers)


def said(subject: str, sheet: AdviceSheet) -> str:
    """Return a subject with what the team said about it, as in `Cloud: AWS`."""
    return f"{subject_title(subject, sheet.content)}: {subject_value(subject, sheet.facts, sheet.content)}"


def places_of(finding: Finding, sheet: AdviceSheet) -> Iterator[str]:
    """Yield where a finding was seen: answers, and choices that nobody made."""
    yield from (said(subject, sheet) for subject in finding.subjects)
    yield from (f"{subject_title(slot, sheet.content)}: no choice" for slot in finding.undecided)
