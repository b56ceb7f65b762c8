"""What a row of a table still lacks to be a good one, such as a number in the target of a requirement (S.M.A.R.T.)."""

from __future__ import annotations

import re

from canvas.document.workshop import Row
from canvas.method.tables import ColumnCheck, TableDefinition


def lacking(table: TableDefinition, row: Row) -> tuple[ColumnCheck, ...]:
    """Return the checks that a row fails. A row that nobody has begun fails none."""
    return tuple(check for check in table.checks if not _passes(check, row)) if row.cells else ()


def _passes(check: ColumnCheck, row: Row) -> bool:
    value = row.cells.get(check.column)
    if value is None:
        return False
    return check.pattern is None or re.search(check.pattern, str(value), re.IGNORECASE) is not None
