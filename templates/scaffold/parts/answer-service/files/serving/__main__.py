"""Start the service: `python -m serving`. HOST and PORT come from the environment; the default is this machine only."""

from __future__ import annotations

import os
import sys

import uvicorn

from assistant.settings import ConfigError
from serving.app import create_app


def main() -> int:
    """Serve until stopped. Returns 1 when the configuration is wrong."""
    try:
        app = create_app()
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 1
    port = os.environ.get("PORT", "8000")
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        print(f"PORT is {port!r}; use a number from 1 to 65535.", file=sys.stderr)
        return 1
    uvicorn.run(app, host=os.environ.get("HOST", "127.0.0.1"), port=int(port), log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
