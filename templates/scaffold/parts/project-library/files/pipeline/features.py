"""Turn checked rows into what a model can read. Fitted on training rows only, and saved inside the model.

Because the steps travel with the model, the service computes features exactly as training did.
"""

from __future__ import annotations

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from pipeline.schema import Schema, typed


def inputs(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Return the feature columns of checked rows, typed. Identifiers, times and personal columns stay out."""
    return typed(frame, schema.features)


def preprocessing(schema: Schema) -> ColumnTransformer:
    """Return the feature steps for the schema's columns.

    Numbers are imputed by the median (and say so in a column of their own) and scaled, categories become one column
    for each value, texts become TF-IDF weights.
    """
    numbers = Pipeline([("impute", SimpleImputer(strategy="median", add_indicator=True)), ("scale", StandardScaler())])
    steps: list[tuple[str, object, object]] = []
    if schema.names("number"):
        steps.append(("numbers", numbers, schema.names("number")))
    if schema.names("category"):
        values = [["", *column.values] for column in schema.features if column.kind == "category"]
        encode = OneHotEncoder(categories=values, handle_unknown="ignore", sparse_output=False)
        steps.append(("categories", encode, schema.names("category")))
    for index, name in enumerate(schema.names("text")):
        steps.append((f"text{index}", TfidfVectorizer(sublinear_tf=True, min_df=2, max_features=20_000), name))
    return ColumnTransformer(steps, sparse_threshold=1.0 if schema.names("text") else 0.0)
