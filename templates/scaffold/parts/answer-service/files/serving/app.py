"""The service. Routes only: answers come from assistant/answering.py, counting is in telemetry.py.

Prompt and model are read once, at start; restart the service to change them.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.answering import Assistant, Reply
from assistant.connect import connect
from assistant.model import Model
from assistant.settings import Settings
from evaluation.result import Evaluation, load_accepted
from serving.telemetry import Telemetry

STAND_IN = "A stand-in answers with sentences of the prompt. It is no real model; README.md says how to connect one."


class Question(BaseModel):
    """What somebody wants to know. Longer ones than serving.max_question_characters are refused."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(pattern=r"\S")]


class QuestionTooLong(Exception):
    """A question has more characters than agreed."""


class Service:
    """What a running service holds: the assistant, what was accepted before, and the counters."""

    def __init__(self, settings: Settings, model: Model) -> None:
        self.settings = settings
        self.assistant = Assistant(settings, model)
        self.accepted: Evaluation | None = load_accepted(settings.accepted_file)
        self.telemetry = Telemetry()

    def answer(self, question: str) -> Reply:
        """Answer and count. Raises `QuestionTooLong`."""
        most = self.settings.serving.max_question_characters
        if len(question) > most:
            raise QuestionTooLong(f"A question may have {most} characters; this one has {len(question)}.")
        reply = self.assistant.answer(question)
        self.telemetry.observe(reply.outcome, reply.why, reply.usage, reply.latency_ms / 1000)
        return reply

    def identity(self) -> dict[str, Any]:
        """Return under which prompt and by which model answers are given."""
        return {"prompt": self.assistant.prompt.identity(), "model": self.assistant.model.name}

    def health(self) -> dict[str, Any]:
        """Return what answers, whether that very prompt and model were accepted, and what may be asked today."""
        model, accepted = self.assistant.model, self.accepted
        same = accepted is not None and (accepted.prompt_digest, accepted.model) == (
            self.assistant.prompt.digest,
            model.name,
        )
        state = {"ready": True, **self.identity(), "stand_in": model.stand_in, "accepted": same}
        note = {"detail": STAND_IN} if model.stand_in else {}
        return {**state, **note, "left_today": self.assistant.budget.left()}


def create_app(settings: Settings | None = None, model: Model | None = None) -> FastAPI:
    """Return the application. Raises `ConfigError` when config/, prompts/ or the key is wrong."""
    settings = settings or Settings.load()
    service = Service(settings, model or connect(settings))
    limit = settings.serving.max_body_bytes
    # The pages that FastAPI offers for trying out load scripts from elsewhere; /openapi.json stays.
    app = FastAPI(title=settings.title, docs_url=None, redoc_url=None, max_body_size=limit)

    @app.post("/answer")
    def answer(asked: Question) -> JSONResponse:
        reply = service.answer(asked.question)
        told = {"answer": reply.text, "outcome": reply.outcome, "fallback": reply.outcome == "fallback"}
        content = {**told, "why": reply.why, **service.identity()}
        return JSONResponse(content, status_code=503 if reply.text is None else 200)

    @app.get("/healthz")
    def healthz() -> dict[str, Any]:
        return service.health()

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(service.telemetry.exposition(), media_type="text/plain; version=0.0.4")

    _count_requests(app, service.telemetry)
    _explain_refusals(app, service.telemetry)
    return app


def _count_requests(app: FastAPI, telemetry: Telemetry) -> None:
    known = {"/answer", "/healthz", "/metrics"}

    @app.middleware("http")
    async def count(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        # Unknown paths share one label: otherwise anybody could fill the memory with made-up ones.
        path = request.url.path if request.url.path in known else "other"
        started = time.perf_counter()
        response = await call_next(request)
        telemetry.latency.labels(path).observe(time.perf_counter() - started)
        telemetry.requests.labels(path, str(response.status_code)).inc()
        return response


def _explain_refusals(app: FastAPI, telemetry: Telemetry) -> None:
    @app.exception_handler(QuestionTooLong)
    async def too_long(_: Request, error: QuestionTooLong) -> JSONResponse:
        telemetry.rejected.inc()
        return JSONResponse({"detail": str(error)}, status_code=422)

    @app.exception_handler(RequestValidationError)
    async def body(_: Request, error: RequestValidationError) -> JSONResponse:
        telemetry.rejected.inc()
        errors = [{"field": ".".join(map(str, e["loc"])), "reason": e["msg"]} for e in error.errors()]
        shape = 'send {"question": "..."} as JSON'
        return JSONResponse({"detail": f"The request has the wrong shape: {shape}", "errors": errors}, status_code=422)
