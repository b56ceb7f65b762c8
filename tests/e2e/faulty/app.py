"""An app with planted faults, one a page, to see that the crawl finds each. `python -m streamlit run` it."""

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


async def broken(_request: Request) -> Response:
    """Answer as a server does that has failed."""
    return PlainTextResponse("failed", 500)


async def healthz(_request: Request) -> Response:
    """Say that the app is up."""
    return PlainTextResponse("ok")


app = st.App("pages.py", routes=[Route("/broken", broken), Route("/healthz", healthz)])
