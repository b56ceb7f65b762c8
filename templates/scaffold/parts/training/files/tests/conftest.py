"""What all tests share: the project's settings, and one full training run in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from fastapi.testclient import TestClient

from pipeline import split
from pipeline.data import read_rows
from pipeline.registry import Champion, champion
from pipeline.run import run
from pipeline.schema import Schema
from pipeline.settings import ROOT, Settings
from serving.app import create_app

NEEDED = ("config", "data", "docs", "requirements.txt")


def copy_of_project(folder: Path) -> Settings:
    """Copy what a run needs, so that no test touches the real registry."""
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return Settings.load(folder)


def as_records(frame: pd.DataFrame, schema: Schema) -> list[dict[str, object]]:
    """Return rows as a client would send them: without the target, gaps as null."""
    rows = frame[[column.name for column in schema.columns]]
    return [{str(k): v for k, v in row.items()} for row in rows.where(rows.notna(), None).to_dict("records")]


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings.load()


@pytest.fixture(scope="session")
def schema(settings: Settings) -> Schema:
    return Schema.load(settings)


@pytest.fixture(scope="session")
def rows(settings: Settings, schema: Schema) -> pd.DataFrame:
    return read_rows(settings.data_file, [*schema.columns, schema.target])


@pytest.fixture(scope="session")
def records(rows: pd.DataFrame, schema: Schema) -> list[dict[str, object]]:
    return as_records(rows, schema)


@pytest.fixture(scope="session")
def unseen_rows(trained: Settings) -> pd.DataFrame:
    """The held-out rows of the training run, without the target."""
    return split.load(trained, "test")[0]


@pytest.fixture(scope="session")
def held_out(unseen_rows: pd.DataFrame, schema: Schema) -> list[dict[str, object]]:
    """The held-out rows as a client would send them."""
    return as_records(unseen_rows, schema)


@pytest.fixture
def project(tmp_path: Path) -> Settings:
    """A copy of the project in which nothing has run yet."""
    return copy_of_project(tmp_path)


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of the project in which the whole pipeline has run once. Tests must not change it."""
    settings = copy_of_project(tmp_path_factory.mktemp("trained"))
    run(settings)
    return settings


@pytest.fixture(scope="session")
def model(trained: Settings) -> Champion:
    return champion(trained)


@pytest.fixture(scope="session")
def client(trained: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(trained)) as client:
        yield client
