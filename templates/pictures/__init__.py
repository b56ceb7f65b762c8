"""Pictures of the steps of the method and of the assessment: each drawn from one workshop, with the same in words."""

from templates.pictures.draw import PICTURES, draw_picture
from templates.pictures.gap_bars import gap_bars
from templates.pictures.intervals import interval_bars
from templates.pictures.model_sections import model_picture, radar_picture
from templates.pictures.picture import Picture
from templates.pictures.timeline import timeline

__all__ = [
    "PICTURES",
    "Picture",
    "draw_picture",
    "gap_bars",
    "interval_bars",
    "model_picture",
    "radar_picture",
    "timeline",
]
