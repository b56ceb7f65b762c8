"""A page whose one text is kept for everybody: another one than before means that the cache was cleared."""

import secrets

import streamlit as st


@st.cache_data
def kept() -> str:
    """Return a text that is another one each time it is made."""
    return f"kept:{secrets.token_hex(8)}"


st.text(kept())
