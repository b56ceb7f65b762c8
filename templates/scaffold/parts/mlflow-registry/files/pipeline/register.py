"""Stage 5: register the model and make it the champion, if and only if this very model passed the gate."""

from __future__ import annotations

import sys

from pipeline.lineage import file_hash
from pipeline.registry import champion_version, register_version
from pipeline.settings import Settings
from pipeline.stages import StageFailed, read_json, require, run_stage
from pipeline.tracking import record_run


def register(settings: Settings) -> str:
    """Register the model of build/. Raises `StageFailed`, registering nothing, when it has not passed the gate."""
    evaluation = read_json(settings.build / "evaluation.json", "evaluate")
    file = require(settings.build / "model.skops", "train")
    if evaluation["model_sha256"] != file_hash(file):
        raise StageFailed("The evaluation belongs to another model file. Run `python -m pipeline.evaluate` first.")
    write_model_card(settings)
    before = champion_version(settings)
    run_id = record_run(settings, evaluation, str(before.version) if before else "none")
    if not evaluation["passed"]:
        reasons = "\n".join(f"  {reason}" for reason in evaluation["reasons"])
        raise StageFailed(f"{evaluation['sentence']}\n{reasons}\nNothing was registered; the champion stays as it was.")
    return f"version {register_version(settings, run_id)} is the champion (run {run_id[:8]})"


def write_model_card(settings: Settings) -> None:
    """Write reports/model-card.md: the team's card with what was measured for this model."""
    card = (settings.root / "docs" / "model-card.md").read_text(encoding="utf-8")
    measured = (settings.reports / "evaluation.md").read_text(encoding="utf-8")
    text = f"{card.rstrip()}\n\n## Measured for this version\n\n{measured}"
    (settings.reports / "model-card.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(run_stage(register))
