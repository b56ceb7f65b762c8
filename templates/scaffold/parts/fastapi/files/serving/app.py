"""The prediction service. Routes only: checks and predictions are in serving/answers.py, counting in telemetry.py.

The champion is loaded once, at start; restart the service to change it.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from monitoring.reference import PREDICTION
from pipeline.registry import Champion, NoChampion, champion
from pipeline.schema import Violation
from pipeline.settings import Settings
from pipeline.stages import read_json
from serving.answers import RecordsRefused, UnusablePrediction, answers, predict
from serving.prediction_log import PredictionLog
from serving.telemetry import Telemetry

MEND = "No champion is registered. Run `make train`, then restart the service."


class Question(BaseModel):
    """Records to predict, each with the columns of config/schema.yaml."""

    records: Annotated[list[dict[str, Any]], Field(min_length=1)]


class Service:
    """What a running service holds: the champion, if there is one, its log and its counters."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.champion = _champion(settings)
        edges: list[float] = []
        self.log: PredictionLog | None = None
        if self.champion is not None:
            summaries = {item["name"]: item for item in read_json(self.champion.reference_file, "train")}
            edges = summaries[PREDICTION]["edges"]
            if settings.serving.log_inputs:
                log = PredictionLog(settings.prediction_logs, self.champion.schema, self.champion.version)
                self.log = log
        self.telemetry = Telemetry(edges)

    def predict(self, records: list[dict[str, Any]]) -> dict[str, Any]:
        """Predict, count and log. Raises `NoChampion` or `RecordsRefused`."""
        if self.champion is None:
            raise NoChampion(MEND)
        most = self.settings.serving.max_records
        if len(records) > most:
            raise RecordsRefused([Violation(None, "records", f"must be at most {most} in one request")])
        predicted = predict(self.champion, records)
        predictions = answers(predicted)
        self.telemetry.observe_predictions(predicted)
        if self.log is not None:
            self.log.write(records, predictions)
        return {"model_version": self.champion.version, "predictions": predictions}

    def health(self, now: datetime) -> dict[str, Any]:
        """Return whether the service can answer, with which model, and whether that model is stale."""
        if self.champion is None:
            return {"ready": False, "detail": MEND}
        age = self.champion.age_days(now)
        self.telemetry.model_age.set(age)
        stale = age > self.settings.monitoring.max_model_age_days
        return {"ready": True, "model_version": self.champion.version, "model_age_days": round(age, 2), "stale": stale}


def _champion(settings: Settings) -> Champion | None:
    try:
        return champion(settings)
    except NoChampion:
        return None


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application, with the champion loaded. Raises `ConfigError` when config/ is wrong."""
    settings = settings or Settings.load()
    service = Service(settings)
    limit = settings.serving.max_body_bytes
    # The pages that FastAPI offers for trying out load scripts from elsewhere; /openapi.json stays.
    app = FastAPI(title=settings.title, docs_url=None, redoc_url=None, max_body_size=limit)

    @app.post("/predict")
    def answer(question: Question) -> dict[str, Any]:
        return service.predict(question.records)

    @app.get("/health")
    def health() -> JSONResponse:
        state = service.health(datetime.now(UTC))
        return JSONResponse(state, status_code=200 if state["ready"] else 503)

    @app.get("/metrics")
    def metrics() -> Response:
        service.health(datetime.now(UTC))
        return Response(service.telemetry.exposition(), media_type="text/plain; version=0.0.4")

    _count_requests(app, service.telemetry)
    _explain_refusals(app, service)
    return app


def _count_requests(app: FastAPI, telemetry: Telemetry) -> None:
    known = {"/predict", "/health", "/metrics"}

    @app.middleware("http")
    async def count(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        # Unknown paths share one label: otherwise anybody could fill the memory with made-up ones.
        path = request.url.path if request.url.path in known else "other"
        started = time.perf_counter()
        response = await call_next(request)
        telemetry.latency.labels(path).observe(time.perf_counter() - started)
        telemetry.requests.labels(path, str(response.status_code)).inc()
        return response


def _explain_refusals(app: FastAPI, service: Service) -> None:
    telemetry = service.telemetry
    fields = {column.name for column in service.champion.schema.columns} if service.champion else set()

    @app.exception_handler(RecordsRefused)
    async def records(_: Request, refused: RecordsRefused) -> JSONResponse:
        errors = [{"record": v.row, "field": v.field, "reason": v.reason} for v in refused.violations]
        for violation in refused.violations:
            # Only the schema's own columns become labels, for the same reason as with paths.
            telemetry.rejected.labels(violation.field if violation.field in fields else "unknown").inc()
        return JSONResponse({"detail": str(refused), "errors": errors}, status_code=422)

    @app.exception_handler(RequestValidationError)
    async def body(_: Request, error: RequestValidationError) -> JSONResponse:
        telemetry.rejected.labels("request").inc()
        errors = [{"field": ".".join(map(str, e["loc"])), "reason": e["msg"]} for e in error.errors()]
        shape = 'send {"records": [{...}]} as JSON'
        return JSONResponse({"detail": f"The request has the wrong shape: {shape}", "errors": errors}, status_code=422)

    @app.exception_handler(UnusablePrediction)
    async def unusable(_: Request, error: UnusablePrediction) -> JSONResponse:
        telemetry.unusable.inc()
        return JSONResponse({"detail": str(error)}, status_code=500)

    @app.exception_handler(NoChampion)
    async def missing(_: Request, error: NoChampion) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, status_code=503)
