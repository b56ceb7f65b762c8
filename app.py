"""The web door: `streamlit run app.py`. The pages are in `views/`, everything they show in the rooms behind them."""

import streamlit as st

from views.routes import ROUTES, lifespan

app = st.App("views/main.py", routes=ROUTES, lifespan=lifespan)
