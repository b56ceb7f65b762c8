"""The scripts of a component are one text: what two files of it declare under one name stops the whole component."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from views import board, deciding, header, question, sheet, stand
from views.live import LIVE_JS, joined

COMPONENTS = {
    "board": board,
    "deciding": deciding,
    "header": header,
    "question": question,
    "sheet": sheet,
    "stand": stand,
}


@pytest.mark.parametrize("name", COMPONENTS)
def test_the_scripts_of_a_component_are_read_as_one(name: str, tmp_path: Path) -> None:
    component = COMPONENTS[name]
    text = LIVE_JS + joined(Path(component.__file__ or "").parent, component._SCRIPTS)
    whole = tmp_path / "component.mjs"
    whole.write_text(text, encoding="utf-8")
    node, _ = compute_driver_executable()
    read = subprocess.run([node, "--check", str(whole)], capture_output=True, text=True, timeout=60)
    assert read.returncode == 0, read.stderr
    whole.write_text(f"{text}\nconst ICON_PX = 1;\nconst ICON_PX = 2;\n", encoding="utf-8")
    assert subprocess.run([node, "--check", str(whole)], capture_output=True, timeout=60).returncode != 0
