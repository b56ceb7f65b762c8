"""The reader's clock: the time zone of their browser, and which day it is there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

# No clock on earth is further from UTC.
_FURTHEST_MIN = 14 * 60


def zone() -> tzinfo:
    """Return the time zone of the browser that runs this page; UTC where it does not say."""
    name, minutes = st.context.timezone, st.context.timezone_offset
    try:
        if name:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A name that this machine has no rules for, or that is none; what the browser's clock showed is known still.
        pass
    return UTC if minutes is None or abs(minutes) > _FURTHEST_MIN else timezone(timedelta(minutes=-minutes))


def today() -> date:
    """Return the day on the calendar of whoever looks at this page."""
    return day_in(zone())


def day_in(there: tzinfo) -> date:
    """Return the present day in a time zone; for what runs without the page."""
    return datetime.now(there).date()
