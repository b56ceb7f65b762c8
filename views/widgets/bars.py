"""The interval bar of a score: solid up to what is sure, striped up to what open answers could still make it."""

from __future__ import annotations

from html import escape

import streamlit as st

from canvas.method.load import shipped


def interval_bar(lower: float, upper: float, maximum: float, text: str) -> None:
    """Draw the bar for `lower` <= `upper` <= `maximum`; `text` says the same for those who cannot see it."""
    sure, could = (100 * value / maximum if maximum else 0 for value in (lower, upper))
    shared = shipped().colours.shared
    primary = f"var(--st-primary-color, {shared.brand.light})"
    stripes = f"repeating-linear-gradient(135deg,{primary} 0 2px,transparent 2px 6px)"
    could_style = f"position:absolute;inset:0 auto 0 {sure:.1f}%;width:{could - sure:.1f}%;background:{stripes}"
    sure_style = f"position:absolute;inset:0 auto 0 0;width:{sure:.1f}%;background:{primary}"
    ground = f"color-mix(in srgb, {shared.grey.light} 25%, transparent)"
    track = f"height:10px;border-radius:5px;position:relative;overflow:hidden;background:{ground}"
    st.html(
        f'<div role="img" aria-label="{escape(text, quote=True)}" style="{track}">'
        f'<span style="{could_style}"></span><span style="{sure_style}"></span></div>'
    )
