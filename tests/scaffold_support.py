"""Workshops and plans for the scaffold tests: as small as a test needs them, and as nasty as people can type."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

from assessments.library.packs import library
from canvas.document.workshop import Decision, Requirement, Workshop
from canvas.method.load import shipped
from canvas.reading.types import RequirementValue
from templates.plan import Plan, make_plan
from templates.scaffold.parts import PARTS
from templates.scaffold.project import Project
from templates.scaffold.render import render_project

HOSTILE = (
    '"; drop table {{7*7}} {% raw %} <% x %> <%= y %> ${{ github.token }} $(touch pwned) `touch pwned` | a | b | $x$ '
    "\\N %s {0} {choice} # - <script>alert(1)</script> [a](javascript:b) #import \"/etc/passwd\": * 'null' "
    "漢字 العربية 🦊 a\u2028b c\u00a0d"
)


def workshop(
    requirements: Mapping[str, RequirementValue] | None = None,
    decisions: Mapping[str, str] | None = None,
    title: str = "Machine watch",
    because: str = "It fits.",
) -> Workshop:
    """Return a workshop with decided requirements and accepted decisions."""
    facts = [Requirement(id=id_, value=value, state="decided") for id_, value in (requirements or {}).items()]
    chosen = [
        Decision(number=number, slot=slot, status="accepted", choice=choice, because=because)
        for number, (slot, choice) in enumerate((decisions or {}).items(), 1)
    ]
    return Workshop(title=title, requirements=tuple(facts), decisions=tuple(chosen))


def plan(
    requirements: Mapping[str, RequirementValue] | None = None, decisions: Mapping[str, str] | None = None
) -> Plan:
    """Return the plan of such a workshop with the shipped content."""
    return make_plan(workshop(requirements, decisions), shipped(), library())


def project(
    requirements: Mapping[str, RequirementValue] | None = None, decisions: Mapping[str, str] | None = None
) -> Project:
    """Return the rendered project of such a plan."""
    return render_project(plan(requirements, decisions))


def hostile_workshop() -> Workshop:
    """Return a workshop in which every text that people can type is hostile."""
    texts = ("prediction-target", "users", "business-metric", "non-ml-baseline", "model-owner")
    facts: dict[str, RequirementValue] = {name: HOSTILE[:200] for name in texts}
    chosen = {slot: f"other: {HOSTILE}"[:200] for slot in ("serving.runtime", "pipeline.ci", "foundations.environment")}
    made = workshop(facts, chosen, title=HOSTILE[:200], because=HOSTILE)
    return made.model_copy(update={"team": HOSTILE[:200]})


def text(project: Project, path: str) -> str:
    """Return a file of a project as text."""
    return project.file(path).content.decode("utf-8")


def copied_part(folder: Path, name: str) -> Path:
    """Copy one shipped part below `folder` so that a test can break it. Returns its part.yaml."""
    shutil.copytree(PARTS / name, folder / name)
    return folder / name / "part.yaml"


def rewrite(file: Path, **changes: object) -> None:
    """Change top-level keys of a part file; None removes a key."""
    data = yaml.safe_load(file.read_text(encoding="utf-8")) | changes
    kept = {key: value for key, value in data.items() if value is not None}
    file.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), encoding="utf-8")
