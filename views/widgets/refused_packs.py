"""Say which own packs are left out and why: shown where a workshop starts and where it is judged."""

from __future__ import annotations

import streamlit as st

from assessments.library.packs import packs

SHOWN_PROBLEMS = 10


def refused_packs() -> None:
    """Show every problem of a refused pack with file and line; nothing when all packs can be used."""
    refused = packs().refused
    if refused:
        told = [str(problem) for problem in refused[:SHOWN_PROBLEMS]]
        if len(refused) > SHOWN_PROBLEMS:
            told.append(f"and {len(refused) - SHOWN_PROBLEMS} more, in the log")
        st.warning("A pack of your own is left out until it is mended and the app is started again:")
        st.code("\n".join(told), language=None, wrap_lines=True)
