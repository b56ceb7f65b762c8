"""The terminal door: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from templates.drawing.palette import COLOURS

ROOT = Path(__file__).parents[2]
EXAMPLE = "open-source-mlops-package"


def run(*words: str, cwd: Path | None = None, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **({"STACK_CANVAS_DATA": str(data)} if data else {})}
    command = [sys.executable, str(ROOT / "cli.py"), *words]
    return subprocess.run(command, cwd=cwd or ROOT, capture_output=True, text=True, timeout=120, env=environment)


def test_score_as_json_is_one_document_with_the_promised_keys() -> None:
    done = run("score", EXAMPLE, "--json")
    models = json.loads(done.stdout)["models"]
    assert {"mltestscore", "google", "azure", "aws", "principles-matrix"} <= {model["id"] for model in models}
    promised = [
        "id",
        "title",
        "official",
        "value",
        "band",
        "lower",
        "upper",
        "coverage",
        "sections",
        "criteria",
        "blockers",
        "unlock",
    ]
    for model in models:
        assert set(promised) <= set(model)
        assert all({"id", "value", "max"} <= set(section) for section in model["sections"])
        assert all({"id", "item", "group", "state", "value"} <= set(criterion) for criterion in model["criteria"])
    assert next(model["value"] for model in models if model["id"] == "mltestscore") == 1.0


def test_a_diagram_for_a_dark_page_is_a_picture_and_no_text(tmp_path: Path) -> None:
    light, dark = tmp_path / "light.svg", tmp_path / "dark.svg"
    assert run("diagram", EXAMPLE, "-o", str(light)).returncode == 0
    assert run("diagram", EXAMPLE, "--dark", "-o", str(dark)).returncode == 0
    assert COLOURS.shared.page.on("dark") in dark.read_text()
    assert COLOURS.shared.page.on("dark") not in light.read_text()
    done = run("diagram", EXAMPLE, "--dark", "-o", str(tmp_path / "dark.mmd"))
    assert (done.returncode, "--dark is for pictures" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("gate", "code", "says"),
    [
        ("mltestscore=1", 0, ""),
        ("mltestscore=1.5", 1, "1 is under 1.5"),
        ("weather=1", 2, "cannot gate. These can: mltestscore"),
        ("mltestscore=high", 2, "not a number"),
        ("mltestscore=nan", 2, "not a number"),
    ],
)
def test_the_gate_compares_what_is_sure(gate: str, code: int, says: str) -> None:
    done = run("score", EXAMPLE, "--fail-under", gate)
    assert (done.returncode, says in done.stderr) == (code, True), done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("diagram", EXAMPLE, "-o", "x.gif"),
        ("report", EXAMPLE, "-o", "x.docx"),
        ("scaffold", EXAMPLE),
        ("canvas", "--canvas", "none", "-o", "x.pdf"),
        ("score", EXAMPLE, "--model", "none"),
        ("link", "x", "--role", "king"),
        ("no-such-verb",),
        ("new", "   "),
        ("new", "x" * 201),
    ],
)
def test_wrong_use_is_exit_2_with_one_message(words: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


BROKEN = "format: 1\ntitel: x\ncanvases:\n  stack-canvas:\n    nowhere:\n      - id: n1\n        text: a\n"


@pytest.mark.parametrize("verb", ["check", "score", "report", "diagram", "adr", "scaffold"])
def test_a_broken_file_is_exit_1_names_lines_and_writes_nothing(verb: str, tmp_path: Path) -> None:
    (tmp_path / "w.workshop.yaml").write_text(BROKEN)
    output = {"report": ["-o", "r.pdf"], "diagram": ["-o", "d.svg"], "adr": ["-o", "a"], "scaffold": ["-o", "s"]}
    done = run(verb, "w.workshop.yaml", *output.get(verb, []), cwd=tmp_path)
    assert done.returncode == 1
    assert "w.workshop.yaml:2: unknown key 'titel'" in done.stderr
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["w.workshop.yaml"]


@pytest.mark.parametrize(("verb", "name"), [("diagram", "D.SVG"), ("report", "R.Md"), ("roadmap", "R.CSV")])
def test_the_kind_of_an_output_is_read_in_any_case(verb: str, name: str, tmp_path: Path) -> None:
    assert run(verb, EXAMPLE, "-o", str(tmp_path / name)).returncode == 0
    assert (tmp_path / name).stat().st_size


@pytest.mark.parametrize("verb", ["diagram", "report", "roadmap"])
def test_another_kind_of_output_is_refused_with_those_there_are(verb: str, tmp_path: Path) -> None:
    done = run(verb, EXAMPLE, "-o", "x.docx", cwd=tmp_path)
    assert done.returncode == 2
    assert "not '.docx'" in done.stderr


def test_check_names_links_to_content_that_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(BROKEN.replace("titel", "title"))
    done = run("check", "w.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert "w.yaml:5: unknown block 'nowhere'. Known: value, data" in done.stderr


def test_check_says_that_comments_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text("format: 1\n# mine\ntitle: x\n")
    assert "comments are lost" in run("check", "w.yaml", cwd=tmp_path).stdout


def test_new_and_link_make_links_that_open_the_workshop(tmp_path: Path) -> None:
    made = json.loads(run("new", "Parcel delays", "--url", "http://x", data=tmp_path).stdout)
    assert set(made) == {"workshop", "facilitator", "participant", "viewer"}
    assert made["viewer"].startswith("http://x/join/")
    again = run("link", made["workshop"], "--url", "http://x", data=tmp_path)
    assert again.stdout.startswith("http://x/join/")
    assert run("link", "nowhere", data=tmp_path).returncode == 1


def test_an_output_that_cannot_be_written_is_one_message(tmp_path: Path) -> None:
    done = run("report", EXAMPLE, "-o", str(tmp_path / "no/such/folder/x.md"))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_records_that_cannot_be_written_are_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    done = run("adr", EXAMPLE, "-o", "file", cwd=tmp_path)
    assert done.returncode == 1
    assert "is not a folder" in done.stderr
    assert "Traceback" not in done.stderr
