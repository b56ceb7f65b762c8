"""The columns of a model: the same statements seen across its sections, such as data, model and code.

Which statement stands in which column is content. A column never changes the value of a model.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessments.scoring.assessment import Assessment
from assessments.scoring.sections import Section
from assessments.shapes.result import CellResult, ColumnResult


def columns(assessment: Assessment) -> tuple[ColumnResult, ...]:
    """Return each column with the value that the method of the model gives to its statements alone."""
    return tuple(_column(assessment, column.id, column.title) for column in assessment.model.columns)


def cells(assessment: Assessment) -> tuple[CellResult, ...]:
    """Return the points of every section in every column that has statements there, section by section."""
    return tuple(_cells(assessment))


def _cells(assessment: Assessment) -> Iterator[CellResult]:
    for section in assessment.sections:
        for column in assessment.model.columns:
            cell = _part(section, column.id, applicable=False)
            if cell.statements:
                numbers = (float(cell.lower), float(cell.upper), float(cell.maximum))
                yield CellResult(section.id, column.id, *numbers, applicable=cell.assessable)


def _column(assessment: Assessment, id_: str, title: str) -> ColumnResult:
    # A level that demands nothing in this column, or nothing that applies, holds there by itself.
    parts = [_part(section, id_, applicable=True) for section in assessment.sections]
    if not any(part.statements for part in parts):
        return ColumnResult(id_, title, None, None, None)
    method = assessment.method
    lower, upper = (method.value(parts, at_best) for at_best in (False, True))
    low, high = method.reading(parts, lower), method.reading(parts, upper)
    return ColumnResult(id_, title, float(lower), float(upper), low if low == high else f"{low} to {high}")


def _part(section: Section, column: str, applicable: bool) -> Section:
    """Return a section with the statements of one column only; with `applicable`, only those that apply."""
    own = (s for s in section.statements if s.column == column and (s.applicable or not applicable))
    return Section(section.id, section.title, tuple(own))
