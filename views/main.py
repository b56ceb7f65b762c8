"""The entry script of every page: who is here, the steps at the left, the header, then the page itself."""

from pathlib import Path

import streamlit as st

from views.frame import header_bar, step_list
from views.session import arrive, show_refusal
from views.steps import STEPS

# A picture of our own: an icon by name would be fetched from another host.
FAVICON = str(Path(__file__).with_name("favicon.svg"))
st.set_page_config(page_title="MLOps Stack Canvas", page_icon=FAVICON, layout="wide")

visit = arrive()
pages = {step.id: st.Page(step.script, title=step.title, url_path=step.path, default=step.default) for step in STEPS}
page = st.navigation(list(pages.values()), position="hidden")
st.session_state["visit"] = visit
if visit is not None and page.title == STEPS[0].title:
    # A join link leads to the bare address; the canvas is where everybody meets.
    st.switch_page(pages["canvas"], query_params=visit.query)
if visit is not None:
    here = next(step for step in STEPS if pages[step.id].title == page.title)
    step_list(visit, pages, here)
    header_bar(visit, pages, here)
    show_refusal(visit)
page.run()
