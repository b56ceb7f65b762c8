"""What is said of an option before it is chosen is what the project has once it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from canvas.method.load import shipped
from canvas.reading.types import RequirementValue
from templates.plan import Choice
from templates.scaffold.foretold import foretold
from templates.scaffold.parts import shipped_parts
from templates.scaffold.select import select
from tests.scaffold_support import plan

CONTENT = shipped()
TEAMS: dict[str, dict[str, RequirementValue]] = {
    "nothing answered": {},
    "ready-made": {"model-source": "ready-made"},
    "batch text": {"prediction-timing": "batch", "input-kind": "text"},
}


@pytest.mark.parametrize("team", TEAMS)
def test_an_option_is_foretold_as_it_is_generated(team: str) -> None:
    made = plan(TEAMS[team])
    for slot, options in foretold(made, shipped_parts()).items():
        for entry, said in options.items():
            choice = Choice(made.choices[slot].slot, entry, entry, CONTENT.catalog[entry], "draft", "", None)
            then = select(replace(made, choices={**made.choices, slot: choice}), shipped_parts())
            assert (said.way == "generated") == (then.coverage[slot] == "served"), (slot, entry)
            if said.way == "generated":
                serving = [p.part.id for p in then.parts if p.part.serves_choice(slot, entry)]
                files = [f for loaded, f in then.files if slot in f.slots and loaded.part.id in serving]
                assert said.files == len(files)
            assert (said.stand_in is not None) == (then.coverage[slot] == "stand-in")


def test_a_slot_that_a_rule_takes_out_is_not_foretold() -> None:
    made = plan({"model-source": "ready-made"})
    assert "experiments.framework" not in foretold(made, shipped_parts())
    assert "experiments.framework" in foretold(plan(), shipped_parts())
