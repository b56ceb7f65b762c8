"""The pictures of the steps as Streamlit shows them; what they show is drawn in `templates/`."""

from __future__ import annotations

from canvas.advice_sheet import AdviceSheet
from views.session import Visit


def step_picture(visit: Visit, picture_id: str, sheet: AdviceSheet) -> None:
    """Show one picture of a step."""
