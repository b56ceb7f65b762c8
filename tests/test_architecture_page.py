"""docs/architecture.md: its picture is that of the import contracts, and what it names is there."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
ROOMS: list[str] = next(c["layers"] for c in CONTRACTS if "containers" not in c and c["type"] == "layers")
FLOORS: dict[str, list[str]] = {c["containers"][0]: c["layers"] for c in CONTRACTS if "containers" in c}
ROWS = [line for line in PAGE.split("One change, how many files")[1].splitlines() if re.match(r"\| .+ \| \d", line)]


def picture() -> str:
    """The picture as the contracts have it: rooms from the doors down, and in each the floors that use those below."""
    lines = ["flowchart TB", "  subgraph doors", "    app.py", "    cli.py", "  end"]
    for room in ROOMS:
        lines.append(f"  subgraph {room}")
        # Every room has its errors, which everything in it may raise.
        floors = [[name.strip() for name in floor.split("|")] for floor in FLOORS[room] if floor != "errors"]
        lines += [f'    {room}.{name}["{name}"]' for floor in floors for name in floor]
        ids = [" & ".join(f"{room}.{name}" for name in floor) for floor in floors]
        lines.append(f"    {' --> '.join(ids)}")
        if room == "views":
            lines.append('    views.terminal["terminal"]')
        lines.append("  end")
    return "\n".join([*lines, f"  doors --> {' --> '.join(ROOMS)}"]) + "\n"


def test_the_picture_is_that_of_the_contracts() -> None:
    [drawn] = re.findall(r"```mermaid\n(.*?)```", PAGE, re.S)
    assert drawn == picture(), f"draw it like this:\n\n{picture()}"


def test_every_room_has_floors_and_each_is_a_module() -> None:
    assert set(FLOORS) == set(ROOMS)
    for room, floors in FLOORS.items():
        for name in (name.strip() for floor in floors for name in floor.split("|")):
            assert (ROOT / room / name / "__init__.py").exists() or (ROOT / room / f"{name}.py").exists(), name


@pytest.mark.parametrize("room", FLOORS)
def test_no_module_of_a_room_stands_outside_of_its_floors(room: str) -> None:
    known = {name.strip() for floor in FLOORS[room] for name in floor.split("|")} | {"__init__", "terminal"}
    found = {path.stem for path in (ROOT / room).glob("*.py")} | {
        path.parent.name for path in (ROOT / room).glob("*/__init__.py")
    }
    assert found <= known


@pytest.mark.parametrize("room", ["canvas", "assessments", "templates"])
def test_every_floor_is_told(room: str) -> None:
    names = {name.strip() for floor in FLOORS[room] for name in floor.split("|")} - {"errors", "signature"}
    told = PAGE.split("## Rooms and floors")[1].split("## One change")[0]
    assert not [
        name for name in names if f"`{room}/{name}" not in told and f"`{name}`" not in told and name not in told
    ]


def test_ten_changes_are_told_and_every_place_they_name_is_there() -> None:
    assert len(ROWS) == 10
    for row in ROWS:
        _, change, files, _ = row.split("|")
        places = re.findall(r"`([^`]+/[^`]*|[A-Za-z]+\.(?:py|md))`", files)
        assert places, change
        assert not [place for place in places if not (ROOT / place).exists()], change
        counted = sum(int(number) for number in re.findall(r"\b(\d+)(?= folder| files?\b|:)", files))
        assert counted == len(places), f"{change}: {counted} told, {len(places)} named"


def test_the_doors_hold_nothing_but_what_they_open() -> None:
    """`app.py` and `cli.py` are no packages, so that no import contract can hold them."""
    allowed = {
        "app.py": {"streamlit", "views.warm", "views.web.context", "views.web.origin", "views.web.routes"},
        "cli.py": {"__future__", "sys", "typer", "canvas.errors", "templates.errors", "views.terminal"},
    }
    for name, modules in allowed.items():
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        found = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        found |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        strays = {module for module in found if not any(f"{module}.".startswith(f"{known}.") for known in modules)}
        assert not strays, name
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)], name
