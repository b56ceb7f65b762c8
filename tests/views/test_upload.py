"""A file that is opened on the start page: what is wrong with it is told line by line, and nothing is begun."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from canvas.store.sql_tables import WORKSHOP
from views.web.context import context

START = Path(__file__).parents[2] / "views/steps/start.py"
BROKEN = b"""title: Parcel delays
canvases:
  stack-canvas:
    nowhere: [{id: n1, text: lost}]
answers:
  - {id: data.schema, value: automated}
  - {id: data.unheard-of, value: manual}
"""

UNFIT = b"""title: Parcel delays
requirements:
  - {id: main-metric, value: roc-auc, state: decided}
  - {id: metric-threshold, value: 92, state: decided}
targets: [{model: google, value: 1, by: 0001-01-01}]
"""


def kept() -> list[str]:
    """Return the ids of the workshops in the database."""
    with context().store.engine.connect() as connection:
        return list(connection.scalars(sa.select(WORKSHOP.c.id)))


@pytest.mark.usefixtures("own_store")
def test_each_problem_has_its_line_and_a_mend() -> None:
    page = AppTest.from_file(str(START), default_timeout=60).run()
    page.file_uploader[0].set_value(("mine.workshop.yaml", BROKEN, "text/yaml")).run()
    next(button for button in page.button if button.key == "open-file").click().run()
    told = page.code[0].value.splitlines()
    assert [line.split(": ")[0] for line in told] == ["mine.workshop.yaml:4", "mine.workshop.yaml:7"]
    assert "Known: " in told[0]
    assert kept() == []


@pytest.mark.usefixtures("own_store")
def test_values_that_cannot_be_true_are_told_first_and_do_not_keep_a_file_shut() -> None:
    page = AppTest.from_file(str(START), default_timeout=60).run()
    page.file_uploader[0].set_value(("mine.workshop.yaml", UNFIT, "text/yaml")).run()
    next(button for button in page.button if button.key == "open-file").click().run()
    assert [line.split(": ")[0] for line in page.code[0].value.splitlines()] == [
        "mine.workshop.yaml:4",
        "mine.workshop.yaml:5",
    ]
    assert kept() == []
    next(button for button in page.button if button.key == "open-as-it-is").click().run()
    (workshop,) = kept()
    given = {item.id: item.value for item in context().store.document(workshop).requirements}
    assert given == {"main-metric": "roc-auc", "metric-threshold": 92}
