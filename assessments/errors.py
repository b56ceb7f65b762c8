"""The errors of the assessments room that a door shows as they are.

Broken content raises `canvas.errors.ContentError`, because it is found by file and line.
"""

from __future__ import annotations

from collections.abc import Sequence

from canvas.errors import CanvasError


class AssessmentError(CanvasError):
    """Base of what this room refuses; doors that catch `CanvasError` catch it too."""


class ModelNotFound(AssessmentError):
    """No maturity model has this id."""

    def __init__(self, model_id: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no maturity model '{model_id}'. Known: {', '.join(known)}.")


class AnswerRefused(AssessmentError):
    """An answer names no item of the sheet, or a value that its item does not take."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
