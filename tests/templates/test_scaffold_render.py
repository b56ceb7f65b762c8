from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from itertools import product
from pathlib import Path, PurePosixPath

import pytest
import yaml

from assessments.library.packs import library
from canvas.document.file import parse_workshop
from canvas.method.load import shipped
from canvas.reading.types import RequirementValue
from templates.errors import ScaffoldError
from templates.plan import make_plan
from templates.scaffold.parts import shipped_parts
from templates.scaffold.project import Project
from templates.scaffold.render import render_project
from templates.scaffold.text_formats import render_text
from templates.scaffold.write import zip_project
from tests.scaffold_support import project, text, workshop

ROOT = Path(__file__).parents[2]

REQUIREMENTS: tuple[dict[str, RequirementValue], ...] = (
    {},
    {"task-type": "forecasting", "retraining": "weekly", "prediction-timing": "batch"},
    {"input-kind": "text", "main-metric": "average-precision", "metric-threshold": 0.9, "personal-data": True},
)
DECISIONS: tuple[dict[str, str], ...] = (
    {},
    {"pipeline.ci": "gitlab-ci", "foundations.repository": "gitlab", "serving.runtime": "batch-job"},
    {
        "pipeline.ci": "none-yet",
        "deployment.packaging": "none-yet",
        "serving.runtime": "kserve",
        "data.storage": "none-yet",
    },
)


@pytest.fixture(scope="module", params=list(product(REQUIREMENTS, DECISIONS)), ids=str)
def made(request: pytest.FixtureRequest) -> Project:
    requirements, decisions = request.param
    return project(requirements, decisions)


def test_every_file_has_an_owner_a_reason_and_a_decision(made: Project) -> None:
    slots = {slot for loaded in shipped_parts().values() for file in loaded.part.files for slot in file.slots}
    listed = text(made, "docs/files.md")
    for file in made.files:
        assert file.owner in ("managed", "seed", "doc", "structured")
        assert file.because
        assert file.slots or file.part in ("project", "training", "adr")
        assert set(file.slots) <= slots
        if not file.path.startswith(".stack-canvas/"):
            assert f"| `{file.path}` |" in listed


def test_every_path_is_relative_and_safe(made: Project) -> None:
    paths = [file.path for file in made.files]
    assert len({path.lower() for path in paths}) == len(paths)
    for path in paths:
        assert not PurePosixPath(path).is_absolute()
        assert ".." not in PurePosixPath(path).parts
        assert re.fullmatch(r"[A-Za-z0-9_./-]+", path)


def test_no_template_mark_is_left(made: Project) -> None:
    for file in made.files:
        if not file.path.endswith((".zip", ".csv")):
            assert b"<%" not in file.content, file.path
            assert b"%>" not in file.content, file.path


def test_files_end_with_one_newline_and_use_unix_line_ends(made: Project) -> None:
    for file in made.files:
        if not file.path.endswith(".zip"):
            assert file.content.endswith(b"\n"), file.path
            assert not file.content.endswith(b"\n\n"), file.path
            assert b"\r" not in file.content, file.path


def test_links_between_the_documents_lead_somewhere(made: Project) -> None:
    paths = {file.path for file in made.files}
    for file in made.files:
        if file.path.endswith(".md"):
            for target in re.findall(r"\]\(<?([^)>#]+?)>?\)", file.content.decode("utf-8")):
                if not target.startswith("http"):
                    joined = os.path.normpath(PurePosixPath(file.path).parent / target)
                    assert joined in paths, f"{file.path} -> {target}"


def test_templates_name_their_decision_in_a_comment() -> None:
    made = project()
    assert text(made, "requirements.txt").startswith("# Belongs to foundations.environment; docs/files.md says why.\n")
    assert text(made, "docs/runbook.md").startswith(
        "<!-- Belongs to deployment.strategy; docs/files.md says why. -->\n"
    )
    assert text(made, "config/project.yaml").startswith("# Every project of this kind has this file")


def test_code_is_copied_byte_for_byte() -> None:
    parts = shipped_parts()
    for made in (project(), project({"model-source": "ready-made"})):
        copied = [file for file in made.files if file.path.endswith(".py")]
        assert copied
        for file in copied:
            (listed,) = [item for item in parts[file.part].part.files if item.path == file.path]
            assert file.content == parts[file.part].source(listed).read_bytes()


def test_no_python_file_is_a_template() -> None:
    for loaded in shipped_parts().values():
        assert not [file.path for file in loaded.part.files if loaded.source(file).name.endswith(".py.j2")]


def test_the_manifest_describes_every_other_file() -> None:
    made = project()
    manifest = json.loads(text(made, ".stack-canvas/manifest.json"))
    described = {entry["path"]: entry for entry in manifest["files"]}
    assert set(described) == {f.path for f in made.files} - {
        ".stack-canvas/manifest.json",
        ".stack-canvas/baseline.zip",
    }
    for path, entry in described.items():
        assert entry["sha256"] == hashlib.sha256(made.file(path).content).hexdigest()
        assert {"part", "owner", "slots", "because", "executable"} <= set(entry)


def test_the_baseline_is_the_pristine_project() -> None:
    made = project()
    with zipfile.ZipFile(io.BytesIO(made.file(".stack-canvas/baseline.zip").content)) as baseline:
        names = baseline.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in baseline.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in baseline.infolist()} == {0o100644}
        for name in names:
            assert baseline.read(name) == made.file(name).content


def test_the_workshop_travels_along_with_its_slug() -> None:
    made = project()
    kept = parse_workshop(made.file(".stack-canvas/workshop.workshop.yaml").content, "kept")
    assert kept.slug == made.slug == "machine-watch"
    assert kept.title == "Machine watch"


def test_a_chosen_slug_stays_when_the_title_changes() -> None:
    renamed = workshop(title="Second name").model_copy(update={"slug": "first-name"})
    assert render_project(make_plan(renamed, shipped(), library())).slug == "first-name"


def test_decisions_and_their_records_are_part_of_the_project() -> None:
    made = project(decisions={"serving.runtime": "fastapi"})
    (record,) = [file for file in made.files if file.path == "docs/adr/0001-serving-runtime.md"]
    assert record.slots == ("serving.runtime",)
    assert "(adr/0001-serving-runtime.md)" in text(made, "docs/files.md")
    assert "```mermaid\nflowchart" in text(made, "docs/architecture.md")


@pytest.mark.parametrize(
    ("retraining", "schedule"), [("on-demand", None), ("monthly", "17 3 1 * *"), ("continuous", "17 * * * *")]
)
def test_retraining_becomes_the_schedule_of_the_workflow(retraining: str, schedule: str | None) -> None:
    workflow = yaml.safe_load(text(project({"retraining": retraining}), ".github/workflows/train.yml"))
    triggers = workflow[True]  # YAML 1.1 reads the key `on` as true
    found = triggers["schedule"][0]["cron"] if "schedule" in triggers else None
    assert found == schedule
    assert "workflow_dispatch" in triggers


def test_every_value_of_every_choice_renders() -> None:
    for requirement in shipped().requirements.values():
        for option in requirement.options:
            assert yaml.safe_load(text(project({requirement.id: option.id}), "config/project.yaml"))["title"]


def test_facts_become_configuration_with_their_origin() -> None:
    made = text(project({"latency-p95": 80, "main-metric": "f1", "metric-threshold": 0.75}), "config/project.yaml")
    config = yaml.safe_load(made)
    assert config["serving"]["latency_p95_ms"] == 80
    assert config["gate"]["threshold"] == 0.75
    assert "latency_p95_ms: 80.0  # decided" in made
    assert "max_model_age_days: 90  # retraining: When somebody asks (assumed" in made


def test_rendering_is_the_same_for_every_hash_seed_and_folder(tmp_path: Path) -> None:
    script = (
        "import hashlib, sys; sys.path[:0] = sys.argv[1:]\n"
        "from scaffold_support import project\n"
        "from templates.scaffold.write import zip_project\n"
        "made = project({'task-type': 'ranking'}, {'pipeline.ci': 'jenkins', 'data.storage': 'none-yet'})\n"
        "print(hashlib.sha256(zip_project(made)).hexdigest())\n"
    )
    found = set()
    for seed in ("0", "1", "31337"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C" if seed == "0" else "C.UTF-8"}
        command = [sys.executable, "-c", script, str(ROOT), str(ROOT / "tests")]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_the_zip_has_one_folder_named_after_the_project() -> None:
    made = project()
    with zipfile.ZipFile(io.BytesIO(zip_project(made))) as target:
        assert {name.split("/")[0] for name in target.namelist()} == {"machine-watch"}
        assert len(target.namelist()) == len(made.files)
    assert zip_project(made) == zip_project(project())


def test_an_undefined_name_in_a_template_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "page.md.j2").write_text("<%= nobody %>", encoding="utf-8")
    with pytest.raises(ScaffoldError, match="nobody"):
        render_text(tmp_path / "page.md.j2", {})


def test_a_template_cannot_reach_python(tmp_path: Path) -> None:
    (tmp_path / "page.md.j2").write_text("<%= x.__class__.__mro__ %>", encoding="utf-8")
    with pytest.raises(ScaffoldError, match="unsafe"):
        render_text(tmp_path / "page.md.j2", {"x": "text"})


def test_text_of_people_may_not_stand_where_another_program_reads_it(tmp_path: Path) -> None:
    (tmp_path / "script.mk.j2").write_text("<%= x %>", encoding="utf-8")
    with pytest.raises(ScaffoldError, match="may not stand"):
        render_text(tmp_path / "script.mk.j2", {"x": "$(touch pwned)"})
