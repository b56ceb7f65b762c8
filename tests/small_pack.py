"""A pack of two practices and one model, small enough to be broken in one place at a time, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assessments.library.load import load
from canvas.errors import ContentError
from canvas.method.canvases import BlockDefinition, CanvasDefinition
from canvas.method.content import Content
from canvas.method.facts import FactSection, RequirementDefinition
from canvas.method.load import shipped
from canvas.method.typed_values import Option

PRACTICE = """\
id: {id}
title: Something is done
question: Is it done?
why: It helps.
verify: Look at it.
manual: People do it.
automated: A system does it.
evidence:
  enough: [A log]
  not_enough: [A plan]
effort: {{knowledge: 1, time: 2, resources: 1}}
impact: 3
prerequisites: [{earlier}]
blocks: [data]
phase: deployment
source: {{title: Our own}}
license: CC BY 4.0
attribution: Us
"""
HEAD = """\
id: ours
title: Ours
edition: '1'
official: false
summary: Own model.
rule: This rule is ours.
can_gate: true
source: {title: Our own}
license: CC BY 4.0
attribution: Us
"""
SUMMED = (
    HEAD
    + """\
method: min_of_sections
weights: {none: 0, manual: 0.5, automated: 1}
sections:
  - {id: only, title: Only}
groups:
  both: Both hold
criteria:
  - {id: c1, section: only, item: a.first}
  - {id: c2, section: only, item: a.second, at_least: manual, group: both}
  - {id: c3, section: only, item: team-size, at_least: 3, effort: 2, group: both}
bands:
  - {at: 0, label: none, meaning: Nothing.}
  - {above: 0, up_to: 1, label: some, meaning: Something.}
  - {above: 1, label: all, meaning: Everything.}
golden:
  - name: by hand
    answers: {a.first: manual, a.second: manual, team-size: 4}
    expect: {value: 1.5, band: all}
"""
)
STAGED = (
    HEAD
    + """\
method: staged_gate
sections:
  - {id: one, title: Level 1}
  - {id: two, title: Level 2}
criteria:
  - {id: c1, section: one, item: cloud, in: [aws], effort: 3}
  - {id: c2, section: two, item: a.first, at_least: automated}
bands:
  - {at: 0, label: none, meaning: Nothing.}
  - {at: 1, label: one, meaning: Something.}
  - {at: 2, label: two, meaning: Everything.}
golden:
  - {name: nothing, every: none, expect: {value: 0, band: null, upper: 1}}
"""
)
SHARED = (
    HEAD
    + """\
method: share
weights: {none: 0, manual: 0.5, automated: 1}
sections:
  - {id: only, title: Only}
columns:
  - {id: left, title: Left}
  - {id: right, title: Right}
groups:
  both: Both hold
criteria:
  - {id: c1, section: only, column: left, item: a.first}
  - {id: c2, section: only, column: right, item: a.second, at_least: manual, group: both}
  - {id: c3, section: only, column: right, item: team-size, at_least: 3, effort: 2, group: both}
bands:
  - {at: 0, label: none, meaning: Nothing.}
  - {above: 0, up_to: 50, label: some, meaning: Something.}
  - {above: 50, label: more, meaning: More.}
golden:
  - name: the left by hand, the right done
    answers: {a.first: manual, a.second: manual, team-size: 4}
    expect: {value: 75, band: more, columns: {left: 50 %, right: 100 %}}
"""
)


def canvas() -> Content:
    """Return one block and two requirements, enough for packs to speak of."""
    block = BlockDefinition.model_construct(id="data")
    ask = {"question": "?", "purpose": "Test"}
    size = RequirementDefinition(id="team-size", title="Team", type="number", **ask)
    options = tuple(Option(id=id_, title=id_) for id_ in ("aws", "gcp"))
    cloud = RequirementDefinition(id="cloud", title="Cloud", type="choice", options=options, **ask)
    section = FactSection.model_construct(requirements=(size, cloud))
    canvases = {"board": CanvasDefinition.model_construct(blocks=(block,))}
    return replace(shipped(), canvases=canvases, sections={"platform": section})


def write(folder: Path, model: str = SUMMED, **practices: str) -> Path:
    (folder / "practices").mkdir()
    (folder / "models").mkdir()
    texts = {
        "first": PRACTICE.format(id="a.first", earlier="a.second"),
        "second": PRACTICE.format(id="a.second", earlier=""),
    }
    for name, text in (texts | practices).items():
        (folder / "practices" / f"a.{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "models" / "ours.yaml").write_text(model, encoding="utf-8")
    return folder


def refusal(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(ContentError) as caught:
        load(folder, canvas())
    return [(Path(problem.file).name, problem.line, problem.what) for problem in caught.value.problems]


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)
