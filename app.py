"""The web door: `streamlit run app.py`. The pages are in `views/`, everything they show in the rooms behind them."""

import streamlit as st

from views.context import ready
from views.routes import ROUTES, lifespan

ready()
app = st.App("views/main.py", routes=ROUTES, lifespan=lifespan)
