"""Scores over time: one point for each state, a break where the edition changed, and the verb of the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from typer.testing import CliRunner

import cli
from assessments.compare.trend import as_text, by_day, trend
from assessments.library.load import shipped
from canvas.document.file import save_workshop
from canvas.document.workshop import Answer, Workshop

GOOGLE = shipped().models["google"]
LIBRARY = replace(shipped(), earlier={GOOGLE.id: (GOOGLE.model_copy(update={"edition": "before"}),)})
PLAIN = Workshop(title="W", answers=(Answer(id="data.schema", value="manual"),))
EARLIER = PLAIN.model_copy(update={"editions": {GOOGLE.id: "before"}})


def test_every_model_with_a_value_has_a_point_for_each_state() -> None:
    found = trend([("a", None, PLAIN), ("b", "2026-11-23", PLAIN)], LIBRARY)
    assert [one.id for one in found] == [model.id for model in shipped().models.values() if model.ordered]
    assert all([(p.name, p.day) for p in one.points] == [("a", None), ("b", "2026-11-23")] for one in found)
    assert all(len(one.runs) == 1 for one in found)
    assert trend([], LIBRARY) == ()


def test_a_new_edition_breaks_the_line_and_says_so() -> None:
    found = {one.id: one for one in trend([("a", None, EARLIER), ("b", None, EARLIER), ("c", None, PLAIN)], LIBRARY)}
    assert [[p.name for p in run] for run in found[GOOGLE.id].runs] == [["a", "b"], ["c"]]
    assert f"--- edition {GOOGLE.edition}:" in as_text([found[GOOGLE.id]])
    assert len(found["azure"].runs) == 1


def test_days_put_the_states_in_order_when_each_has_one() -> None:
    late, early = ("late", "2026-12-01", PLAIN), ("early", "2026-01-01", PLAIN)
    assert by_day([late, early]) == (early, late)
    assert by_day([late, ("some day", None, PLAIN), early])[0] == late


def test_the_verb_reads_files_by_their_dates(tmp_path: Path) -> None:
    for name, day in (("b", "2026-01-01"), ("a", "2026-02-01")):
        save_workshop(PLAIN.model_copy(update={"date": day}), tmp_path / f"{name}.workshop.yaml")
    files = [str(tmp_path / f"{name}.workshop.yaml") for name in "ab"]
    found = json.loads(CliRunner().invoke(cli.app, ["trend", *files, "--json"]).stdout)["models"]
    assert [point["name"] for point in found[0]["points"]] == ["b", "a"]
    assert {"edition", "edition_changed", "lower", "upper", "band", "date"} <= set(found[0]["points"][0])
    assert "ML Test Score" in CliRunner().invoke(cli.app, ["trend", *files]).stdout
