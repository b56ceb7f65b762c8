"""A missing program is a failure that says how to install it, never a skip."""

from __future__ import annotations

import shutil

import pytest

from tests.e2e.browsers import NAMES

PROGRAMS = {
    "Chromium": (
        NAMES,
        "apt install chromium (macOS: brew install chromium)",
    ),
    "nginx": (("nginx",), "apt install nginx-light (macOS: brew install nginx)"),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_the_tests_need_is_here(name: str) -> None:
    commands, install = PROGRAMS[name]
    assert any(shutil.which(command) for command in commands), f"{name} is missing. Install it: {install}"
