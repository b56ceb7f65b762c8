"""The pictures of the steps as Streamlit shows them; what they show is drawn in `templates/pictures/`."""

from __future__ import annotations

import streamlit as st

from assessments.library.packs import library
from templates.drawing.embedded_fonts import with_fonts
from templates.pictures import Picture, draw_picture
from views.literal import literal
from views.visit.session import Visit, content
from views.widgets.sketch import themed


@st.cache_data(max_entries=128, show_spinner=False)
def _drawn(workshop: str, seq: int, picture_id: str, _visit: Visit) -> Picture:
    return draw_picture(picture_id, _visit.workshop, content(), library())


def step_picture(visit: Visit, picture_id: str) -> None:
    """Show one picture of a step under its title."""
    picture = _drawn(visit.id, visit.seq, picture_id, visit)
    with st.container(border=True, key=f"picture-{picture_id}"):
        st.subheader(picture.title, anchor=picture_id)
        show_picture(picture)


def show_picture(picture: Picture) -> None:
    """Show a picture, and the same in words for those who cannot see it."""
    if picture.absent:
        st.markdown(f"**Does not apply:** {literal(' '.join(picture.words))}")
        return
    if picture.svg is not None:
        st.image(themed(with_fonts(picture.svg)), width="content", alt=" ".join(picture.words))
    elif picture.problem:
        st.warning(literal(picture.problem))
    with st.expander("The picture in words", expanded=picture.svg is None):
        st.markdown("\n".join(f"- {literal(line)}" for line in picture.words))
