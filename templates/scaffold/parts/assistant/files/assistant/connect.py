"""Which model the configuration names. The only place that knows all of them; a further one is added here."""

from __future__ import annotations

from assistant.model import Model
from assistant.provider import provider_from
from assistant.settings import Settings
from assistant.stand_in import StandIn


def connect(settings: Settings) -> Model:
    """Return the model of config/project.yaml. Raises `ConfigError` when it cannot be asked as configured."""
    return StandIn() if settings.model.adapter == "stand-in" else provider_from(settings.model)
