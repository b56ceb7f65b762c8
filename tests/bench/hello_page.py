"""The page of the smallest app."""

import streamlit as st

st.write("Hello, world!")
