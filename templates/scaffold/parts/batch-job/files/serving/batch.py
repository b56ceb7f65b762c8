"""Score a file with the champion: `python -m serving.batch INPUT OUTPUT`, or `make predict`.

All rows are checked first; if one breaks the schema nothing is written and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import pandas as pd

from pipeline.data import read_rows, write_rows
from pipeline.registry import champion
from pipeline.settings import ConfigError, Settings
from pipeline.stages import StageFailed
from serving.answers import RecordsRefused, answers, predict_rows
from serving.prediction_log import PredictionLog

SHOWN = 10


def main(arguments: list[str] | None = None) -> int:
    """Score one file and return the exit code: 1 when there is no champion or a row is refused."""
    parser = argparse.ArgumentParser(prog="python -m serving.batch", description=__doc__)
    parser.add_argument("input", type=Path, help="a CSV file with the columns of config/schema.yaml")
    parser.add_argument("output", type=Path, help="where the rows go, with their predictions")
    options = parser.parse_args(arguments)
    try:
        print(score(Settings.load(), options.input, options.output))
    except (StageFailed, ConfigError) as error:
        print(error, file=sys.stderr)
        return 1
    except RecordsRefused as refused:
        listed = "\n".join(f"  {violation}" for violation in refused.violations[:SHOWN])
        print(f"{options.input}: {refused}; nothing was written.\n{listed}", file=sys.stderr)
        return 1
    return 0


def score(settings: Settings, source: Path, destination: Path) -> str:
    """Write the rows of `source` with predictions to `destination`, all or nothing, and log them."""
    model = champion(settings)
    rows = read_rows(source, model.schema.columns)
    # A file that still has the target is fine: it is not read.
    rows = rows.drop(columns=[model.schema.target.name], errors="ignore")
    predictions = answers(predict_rows(model, rows))
    scored = rows.assign(prediction=[item["prediction"] for item in predictions], model_version=model.version)
    if predictions and "probabilities" in predictions[0]:
        for name in predictions[0]["probabilities"]:
            scored[f"probability_{name}"] = [item["probabilities"][name] for item in predictions]
    unfinished = destination.with_name(f"{destination.name}.unfinished")
    write_rows(unfinished, scored)
    os.replace(unfinished, destination)
    if settings.serving.log_inputs:
        kept = rows.where(pd.notna(rows), None).to_dict("records")
        log = PredictionLog(settings.prediction_logs, model.schema, model.version)
        log.write([{str(name): value for name, value in row.items()} for row in kept], predictions)
    return f"{len(scored)} rows scored by version {model.version}: {destination}"


if __name__ == "__main__":
    sys.exit(main())
