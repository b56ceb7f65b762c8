"""The web door: `streamlit run app.py`. The pages are in `views/`, everything they show in the rooms behind them."""

import streamlit as st

from views.warm import warm
from views.web.context import ready
from views.web.origin import believe_no_other_proxy
from views.web.routes import broken, lifespan, middleware, routes

ready()
believe_no_other_proxy()
app = st.App(
    "views/main.py",
    routes=routes(),
    lifespan=lifespan(warm),
    middleware=middleware(),
    exception_handlers={Exception: broken},
)
