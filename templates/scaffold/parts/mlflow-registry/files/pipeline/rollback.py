"""Put an earlier model version back into use: `python -m pipeline.rollback [--to VERSION]`.

Every registered version has passed the gate, so any of them may serve. Restart the service afterwards.
"""

from __future__ import annotations

import argparse
import sys

from pipeline.registry import champion_version, promote, versions
from pipeline.settings import ConfigError, Settings
from pipeline.stages import StageFailed


def main(arguments: list[str] | None = None) -> int:
    """Move the alias and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.rollback", description=__doc__)
    parser.add_argument("--to", help="the version to use; without it the one before the champion")
    options = parser.parse_args(arguments)
    try:
        print(rollback(Settings.load(), options.to))
    except (StageFailed, ConfigError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def rollback(settings: Settings, to: str | None = None) -> str:
    """Make an earlier version the champion. Raises `StageFailed` when there is none."""
    current = champion_version(settings)
    if current is None:
        raise StageFailed("No champion is registered, so there is nothing to roll back.")
    known = versions(settings)
    if to is None:
        earlier = [version for version in known if int(version) < int(current.version)]
        if not earlier:
            raise StageFailed(f"Version {current.version} is the first one; there is no earlier version.")
        to = earlier[-1]
    if to not in known:
        raise StageFailed(f"There is no version {to}. Registered: {', '.join(known)}.")
    promote(settings, to)
    return f"version {to} is the champion again (was {current.version}); restart the service to use it"


if __name__ == "__main__":
    sys.exit(main())
