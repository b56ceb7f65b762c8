"""The page beside this file behind the gate of the app; `UNGATED` leaves the gate out, to see that it matters."""

import os

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from views.web.routes import middleware


async def health(_request: Request) -> PlainTextResponse:
    """Answer that the app is there."""
    return PlainTextResponse("ok")


app = st.App(
    "cached_page.py",
    routes=[Route("/healthz", health)],
    middleware=[] if os.environ.get("UNGATED") else middleware(),
)
