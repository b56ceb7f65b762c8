"""The pictures of the steps of the method: each drawn from one workshop, with the same in words."""

from templates.pictures.draw import PICTURES, draw_picture
from templates.pictures.picture import Picture

__all__ = ["PICTURES", "Picture", "draw_picture"]
