"""The bare page behind the same kind of server as the app."""

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


async def health(_request: Request) -> Response:
    """Answer as the real app does, without a database behind it."""
    return JSONResponse({"status": "ok"})


app = st.App(Path(__file__).with_name("bare_page.py"), routes=[Route("/healthz", health)])
