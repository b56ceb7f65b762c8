"""The entry script of every page: who is here, the steps at the left, the header, then the page itself."""

from pathlib import Path

import streamlit as st

from views.frame.first_page import first_page
from views.frame.frame import header_bar, step_list
from views.frame.next_step import next_step
from views.place import place
from views.steps import START, steps_of
from views.visit.changing import show_refusal
from views.visit.session import arrive, content, door
from views.visit.shown import counted_run
from views.widgets.keeping import HERE, left_over

# A picture of our own: an icon by name would be fetched from another host.
FAVICON = str(Path(__file__).with_name("favicon.svg"))
PRODUCT = "MLOps Stack Canvas"
# How every page looks on every screen; it takes no place on the page.
LOOK = Path(__file__).with_name("pages.css")
# Where the bar at the left has nothing to say, as on the start page, it takes no room.
NO_STEPS = "<style>.stSidebar, [data-testid=stExpandSidebarButton] { display: none; }</style>"
st.set_page_config(page_title=PRODUCT, page_icon=FAVICON, layout="wide")

with counted_run():
    visit = arrive()
    steps = steps_of(content())
    pages = {step.id: st.Page(step.page, title=step.title, url_path=step.id, default=step is START) for step in steps}
    page = st.navigation(list(pages.values()), position="hidden")
    st.session_state["visit"] = visit
    st.session_state["pages"] = pages
    here = next(step for step in steps if pages[step.id].title == page.title)
    st.session_state[HERE] = here.id
    if visit is not None and here is START:
        # A join link, and the list of what this browser has opened, lead to the bare address.
        st.switch_page(pages[first_page(visit)], query_params=visit.query)
    # Several pages stand open beside each other, and the history of a browser lists them: each says which it is.
    title = f"{here.title} · {visit.workshop.title if visit else PRODUCT}"
    st.set_page_config(page_title=title)
    st.html(LOOK)
    if visit is None:
        st.html(NO_STEPS)
    with door():
        if visit is not None:
            step_list(visit, pages, steps, here)
            header_bar(visit, pages, steps, here)
            show_refusal(visit)
        # What is known only when the page has run is said above it, where it is seen.
        above = st.container()
        if visit is None and here is not START:
            st.info("Open a workshop first.")
            st.page_link(pages[START.id], label="To the start page")
        else:
            page.run()
            if visit is not None:
                next_step(visit, pages, steps, here)
            left_over(here.id, above)
            place(visit.query if visit else {}, here.id, here.title)
