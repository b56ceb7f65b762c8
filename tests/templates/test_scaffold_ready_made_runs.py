"""The project on a ready-made model at work: its own tests, the commands of its README, its gate, a provider.

The quick tests use what this repository has installed, without the service; the long ones set a project up by itself.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import urlopen

import pytest
import yaml

from assessments.library.packs import library
from canvas.method.load import shipped
from canvas.reading.types import RequirementValue
from templates.plan import make_plan
from templates.scaffold.render import render_project
from templates.scaffold.write import write_project
from tests.running_project import newcomer, run, served, set_up_once, share_environment
from tests.scaffold_support import HOSTILE, workshop

READY_MADE: dict[str, RequirementValue] = {"model-source": "ready-made"}
GITLAB = {"pipeline.ci": "gitlab-ci", "foundations.repository": "gitlab", "deployment.packaging": "none-yet"}
KEY = "sk-key-of-a-test"
QUESTION = "When does the library open on Saturday?"


def write(folder: Path, facts: Mapping[str, RequirementValue], decisions: Mapping[str, str], title: str) -> Path:
    made = workshop({**READY_MADE, **facts}, decisions, title=title)
    write_project(render_project(make_plan(made, shipped(), library())), folder)
    return folder


def configure(folder: Path, section: str, **values: object) -> None:
    file = folder / "config/project.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    content[section] |= values
    file.write_text(yaml.safe_dump(content), encoding="utf-8")


def forget(folder: Path, word: str) -> None:
    """Take the facts with a word out of the prompt, which makes it a worse one."""
    file = folder / "prompts/answer.md"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if word not in line]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


class TestWithWhatThisRepositoryHas:
    """Without the service, whose libraries are not installed here."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return write(tmp_path / "p", {"fallback": "person"}, {}, "Library desk")

    def python(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run(folder, sys.executable, *arguments, timeout=120)

    def test_its_tests_pass(self, folder: Path) -> None:
        done = self.python(folder, "-m", "pytest", "tests/assistant", "tests/evaluation", "tests/test_own_files.py")
        assert done.returncode == 0
        assert re.search(r"\d\d+ passed", done.stdout)
        assert "skipped" not in done.stdout

    def test_its_style_is_checked(self, folder: Path) -> None:
        assert self.python(folder, "-m", "ruff", "check", ".").returncode == 0
        assert self.python(folder, "-m", "ruff", "format", "--check", ".").returncode == 0

    def test_the_gate_lets_the_delivered_prompt_through_and_refuses_a_worse_one(self, folder: Path) -> None:
        assert self.python(folder, "-m", "evaluation.run").returncode == 0
        forget(folder, "fine")
        worse = self.python(folder, "-m", "evaluation.run", "--accept")
        assert worse.returncode == 1
        assert "NOT met: not worse than what was accepted: 90.0% now, 100.0% accepted" in worse.stdout
        assert "Traceback" not in worse.stderr
        accepted = json.loads((folder / "evaluation/accepted.json").read_text(encoding="utf-8"))
        assert not any(question["shortcomings"] for question in accepted["questions"])

    def test_a_draw_is_refused_where_that_was_decided(self, folder: Path) -> None:
        with (folder / "prompts/answer.md").open("a", encoding="utf-8") as prompt:
            prompt.write("- The café is on the first floor.\n")
        assert self.python(folder, "-m", "evaluation.run").returncode == 0
        configure(folder, "gate", against_accepted="better")
        draw = self.python(folder, "-m", "evaluation.run")
        assert draw.returncode == 1
        assert "NOT met: better than what was accepted: 100.0% now, 100.0% accepted" in draw.stdout

    def test_a_wrong_configuration_and_a_missing_key_are_told_without_a_traceback(self, folder: Path) -> None:
        configure(folder, "model", adapter="provider")
        nameless = self.python(folder, "-m", "evaluation.run")
        configure(folder, "model", endpoint="https://models.example.org/v1", name="m-1")
        keyless = self.python(folder, "-m", "evaluation.run")
        assert (nameless.returncode, keyless.returncode) == (1, 1)
        assert "needs endpoint and name" in nameless.stderr
        assert "MODEL_API_KEY" in keyless.stderr
        assert "Traceback" not in nameless.stderr + keyless.stderr


class Endpoint(BaseHTTPRequestHandler):
    """A chat completions endpoint that answers with what the prompt says about Saturday, and notes who asks."""

    keys: list[str | None]

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        type(self).keys.append(self.headers["authorization"])
        prompt = asked["messages"][0]["content"]
        text = next(line for line in prompt.splitlines() if "Saturday" in line)
        reply = {"choices": [{"message": {"content": text}}], "usage": {"prompt_tokens": 100, "completion_tokens": 20}}
        body = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def endpoint() -> Iterator[tuple[str, list[str | None]]]:
    """Run a provider on this machine; yields its address and the keys that it was shown."""
    handler = type("Noting", (Endpoint,), {"keys": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", handler.keys
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a hostile title in a folder with an awkward name, set up by its own command."""
    facts: dict[str, RequirementValue] = {"fallback": "person"}
    return set_up_once(
        tmp_path_factory.getbasetemp(), "my desk (é) #1", lambda folder: write(folder, facts, {}, HOSTILE[:200])
    )


@pytest.fixture
def copy(desk: Path, tmp_path: Path) -> Path:
    """Another project for another host, which a test may change."""
    folder = write(tmp_path / "their desk", {"fallback": "rule", "personal-data": True}, GITLAB, "Other desk")
    share_environment(desk, folder)
    return folder


def ask(address: str, question: str = QUESTION) -> dict[str, Any]:
    done = subprocess.run(
        [
            "curl",
            "-s",
            f"{address}/answer",
            "-H",
            "content-type: application/json",
            "-d",
            json.dumps({"question": question}),
        ],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.long
class TestSetUpByItself:
    """As a newcomer would: nothing but Python, make and a package index."""

    def test_its_own_tests_pass(self, desk: Path) -> None:
        done = run(desk, "make", "test")
        assert done.returncode == 0
        assert re.search(r"\d\d+ passed", done.stdout)
        assert "skipped" not in done.stdout

    @pytest.mark.parametrize("which", ["desk", "copy"])
    def test_its_own_style_and_type_checks_pass(self, which: str, request: pytest.FixtureRequest) -> None:
        assert run(request.getfixturevalue(which), "make", "lint").returncode == 0

    def test_the_project_for_another_host_passes_its_tests(self, copy: Path) -> None:
        assert run(copy, "make", "test").returncode == 0

    def test_every_command_of_the_readme_works(self, copy: Path) -> None:
        readme = (copy / "README.md").read_text(encoding="utf-8")
        first, second = re.findall(r"```sh\n(.*?)```", readme, re.S)
        commands = re.findall(r"^make ([a-z]+)", first, re.M)
        assert commands == ["setup", "evaluate", "test", "serve"]
        for command in (*commands[:-1], "accept", "lint", "help"):
            assert run(copy, "make", command).returncode == 0, command
        with served(copy, "healthz") as address:
            requests = second.replace("\\\n", " ").replace("http://127.0.0.1:8000", address).strip().splitlines()
            assert len(requests) == 3
            told = [run(copy, "sh", "-c", request.replace("curl", "curl -sf")) for request in requests]
        assert [done.returncode for done in told] == [0, 0, 0]
        health, answer, metrics = (done.stdout for done in told)
        assert json.loads(health)["stand_in"] is json.loads(health)["accepted"] is True
        assert "10:00" in json.loads(answer)["answer"]
        assert 'replies_total{outcome="answered"} 1.0' in metrics

    def test_a_worse_prompt_is_refused_by_the_command(self, copy: Path) -> None:
        forget(copy, "Saturday")
        done = run(copy, "make", "evaluate")
        assert done.returncode != 0
        assert "NOT met: not worse than what was accepted" in done.stdout

    def test_a_provider_is_asked_with_the_key_of_the_environment_which_is_written_nowhere(
        self, copy: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MODEL_API_KEY", KEY)
        with endpoint() as (where, keys):
            configure(copy, "model", adapter="provider", endpoint=where, name="some-model-2026-05-01")
            with served(copy, "healthz") as address:
                told = ask(address)
                with urlopen(f"{address}/healthz", timeout=10) as health:
                    state = json.load(health)
        assert (told["model"], told["fallback"], "10:00" in told["answer"]) == ("some-model-2026-05-01", False, True)
        assert (state["stand_in"], state["accepted"]) == (False, False)
        assert set(keys) == {f"Bearer {KEY}"}
        for file in copy.rglob("*"):
            if file.is_file() and ".venv" not in file.parts:
                assert KEY.encode() not in file.read_bytes(), file
        (log,) = (copy / "logs/requests").iterdir()
        (line,) = log.read_text(encoding="utf-8").splitlines()
        assert json.loads(line)["tokens_in"] == 100
        assert "Saturday" not in line

    def test_a_provider_that_is_not_there_leads_to_the_fall_back(
        self, copy: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MODEL_API_KEY", KEY)
        with endpoint() as (where, _):
            pass
        configure(copy, "model", adapter="provider", endpoint=where, name="some-model-2026-05-01")
        with served(copy, "healthz") as address:
            told = ask(address, "Are you open today?")
        assert (told["outcome"], told["fallback"], told["why"]) == ("fallback", True, "failed")
        assert told["answer"] == "The opening hours are on the board at the door."

    def test_without_a_key_the_service_does_not_start_and_says_what_is_missing(self, copy: Path) -> None:
        configure(copy, "model", adapter="provider", endpoint="https://models.example.org/v1", name="m-1")
        done = run(copy, "make", "serve", timeout=60)
        assert done.returncode != 0
        assert "MODEL_API_KEY" in done.stderr
        assert "Traceback" not in done.stderr


def test_the_image_gets_what_the_service_imports_and_no_more(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", {}, {}, "Library desk")
    copied = re.findall(r"^COPY (\S+)", (folder / "Dockerfile").read_text(encoding="utf-8"), re.M)
    assert copied == ["requirements.txt", "config", "prompts", "assistant", "evaluation", "serving"]
    sent = re.findall(r"^!(\S+)", (folder / ".dockerignore").read_text(encoding="utf-8"), re.M)
    assert sent == copied
    image = tmp_path / "image"
    for name in copied[1:]:
        shutil.copytree(folder / name, image / name)
    done = run(image, sys.executable, "-c", "from assistant.connect import connect; import evaluation.result")
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("tool", "file"), [("hadolint", "Dockerfile"), ("actionlint", ".github/workflows/evaluate.yml")]
)
def test_what_other_programs_read_passes_their_linters(tmp_path: Path, tool: str, file: str) -> None:
    folder = write(tmp_path / "p", {}, {}, "Library desk")
    command = [str(Path(sys.executable).parent / tool), file]
    done = subprocess.run(command, cwd=folder, env=newcomer(), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")
