"""ML Test Score, data: the code that makes features is tested, and only listed columns become features."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.features import inputs, preprocessing
from pipeline.schema import Column, Schema, Target

MIXED = Schema(
    columns=[
        Column(name="key", kind="id"),
        Column(name="size", kind="number", nullable=True),
        Column(name="colour", kind="category", values=["red", "blue"]),
        Column(name="note", kind="text", nullable=True),
    ],
    target=Target(name="y", kind="number"),
)


def _frame(**changes: object) -> pd.DataFrame:
    row = {"key": "k", "size": 1.0, "colour": "red", "note": "good cable good plug"} | changes
    return pd.DataFrame([row] * 4 + [row | {"size": 3.0, "note": "bad plug"}] * 4, dtype=object)


def _matrix(fit: pd.DataFrame, frame: pd.DataFrame) -> np.ndarray:
    made = preprocessing(MIXED).fit(inputs(fit, MIXED)).transform(inputs(frame, MIXED))
    return np.asarray(made.toarray() if hasattr(made, "toarray") else made)


def test_only_columns_listed_as_features_are_used(rows: pd.DataFrame, schema: Schema) -> None:
    """Features adhere to meta-level requirements: identifiers, times and unlisted columns never reach the model."""
    given = inputs(rows.assign(unlisted=1), schema)
    assert list(given.columns) == [column.name for column in schema.features]


def test_a_gap_in_a_number_becomes_the_median_and_is_marked() -> None:
    """All input feature code is tested: gaps in numbers."""
    fit = pd.concat([_frame(), _frame(size=None).head(2)])
    with_gap, without = _matrix(fit, _frame(size=None))[0], _matrix(fit, _frame(size=1.0))[0]
    assert np.isfinite(with_gap).all()
    assert not np.array_equal(with_gap, without)


def test_a_category_unknown_in_training_leaves_all_its_columns_empty() -> None:
    """All input feature code is tested: categories outside the list."""
    known, unknown = _matrix(_frame(), _frame())[0], _matrix(_frame(), _frame(colour="green"))[0]
    assert known.sum() - unknown.sum() == 1


def test_an_empty_or_missing_text_has_no_words() -> None:
    """All input feature code is tested: texts without content."""
    empty, missing = _matrix(_frame(), _frame(note=""))[0], _matrix(_frame(), _frame(note=None))[0]
    assert np.array_equal(empty, missing)
    assert empty.sum() < _matrix(_frame(), _frame())[0].sum()


def test_feature_steps_learn_from_training_rows_only() -> None:
    """All input feature code is tested: a row's features do not depend on its neighbours at prediction time."""
    alone = _matrix(_frame(), _frame().head(1))
    together = _matrix(_frame(), _frame(size=1000.0).iloc[[4]].reset_index(drop=True))
    assert np.array_equal(alone, _matrix(_frame(), _frame())[:1])
    assert together.shape == alone.shape
