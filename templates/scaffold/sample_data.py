"""Make the invented sample data of the parts: `python -m templates.scaffold.sample_data`. A maintainer's tool.

Deterministic: the same code writes the same bytes, and a test compares them with the committed files. Nothing in the
rows was observed anywhere; the relations are made up so that a small model learns them and a constant guess does not.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

PARTS = Path(__file__).parent / "parts"
SEED = 20261123

Row = Mapping[str, object]


def machines(random: Random, rows: int = 1600) -> Iterator[Row]:
    """Yield weekly readings of machines, and whether each broke down in the week after."""
    for number in range(1, rows + 1):
        age = round(random.uniform(0, 20), 1)
        load = round(min(max(random.gauss(0.62, 0.18), 0.05), 1.0), 2)
        service = int(min(random.expovariate(1 / 60), 240))
        line = random.choices(("A", "B", "C"), (5, 3, 2))[0]
        site = random.choice(("north", "south", "west"))
        temperature = round(random.gauss(48 + 22 * load + 0.4 * age, 4), 1)
        vibration = round(max(random.gauss(1.8 + 0.09 * age + 0.012 * service, 0.5), 0.2), 2)
        # Wear and heat reinforce each other: a linear model misses part of this.
        risk = -8.6 + 0.11 * age + 0.021 * service + 1.05 * vibration + (0.8 if line == "C" else 0.0)
        risk += 2.6 * max(0.0, load - 0.7) * max(0.0, vibration - 3.0) + 0.055 * (temperature - 62)
        fails = random.random() < 1 / (1 + math.exp(-1.7 * risk))
        yield {
            "reading": f"R{number:05d}",
            "age_years": age,
            "load": load,
            "temperature": "" if random.random() < 0.04 else temperature,
            "vibration": vibration,
            "days_since_service": service,
            "line": line,
            "site": site,
            "outcome": "fails" if fails else "runs",
        }


def parcels(random: Random, days: int = 540) -> Iterator[Row]:
    """Yield the parcels that three depots handled each day."""
    size = {"harbour": 1.3, "hill": 0.75, "station": 1.0}
    weekly = {"Mon": 1.15, "Tue": 1.05, "Wed": 1.0, "Thu": 1.02, "Fri": 1.2, "Sat": 0.7, "Sun": 0.35}
    effect = {"none": 1.0, "small": 1.12, "large": 1.35}
    start = date(2025, 1, 1)
    for offset in range(days):
        day = start + timedelta(days=offset)
        temperature = 11 - 9 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 15) / 365) + random.gauss(0, 3)
        rain = round(max(0.0, random.gauss(-1, 4)), 1)
        promotion = random.choices(("none", "small", "large"), (7, 2, 1))[0]
        weekday = tuple(weekly)[day.weekday()]
        for depot in size:
            expected = 420 * size[depot] * weekly[weekday] * effect[promotion]
            expected *= 1 + 0.015 * min(rain, 12) - 0.006 * (temperature - 11)
            yield {
                "day": day.isoformat(),
                "depot": depot,
                "weekday": weekday,
                "promotion": promotion,
                "temperature": round(temperature, 1),
                "rain_mm": "" if random.random() < 0.03 else rain,
                "parcels": max(0, round(random.gauss(expected, 0.07 * expected + 8))),
            }


_OPENERS = ("Hello", "Good morning", "Hi team", "Dear support", "Hi", "To whom it may concern", "Hello again", "Hey")
_THINGS = (
    "the invoice", "my account", "the mobile app", "the delivery", "our dashboard", "the export", "the login page",
    "the monthly report", "the card payment", "the address form", "the newsletter", "the search field",
)  # fmt: skip
_SERIOUS = (
    "{thing} is down for everyone here", "we cannot work since {thing} stopped",
    "{thing} shows data of another customer",
    "nothing happens when I open {thing} and our shop is closed", "I was charged twice through {thing}",
    "all our orders are stuck because {thing} fails", "{thing} keeps crashing and we lose data",
    "somebody changed {thing} without permission",
)  # fmt: skip
_SMALL = (
    "how can I change the colour of {thing}", "I would like to know where to find {thing}",
    "is there a way to sort {thing} by name", "there is a small spelling mistake in {thing}",
    "could you send me a copy of {thing}", "I have a suggestion for {thing}",
    "when will {thing} be available in French",
    "please explain what the second line of {thing} means",
)  # fmt: skip
_EITHER = (
    "{thing} looks different since yesterday", "I tried it twice with {thing}", "my colleague asked about {thing} too",
    "{thing} is slow today", "I get a strange message from {thing}", "I have attached a picture of {thing}",
)  # fmt: skip
_HURRY = ("please help right away", "this cannot wait", "we need an answer within the hour", "it blocks the whole team")
_CALM = ("no hurry", "thanks in advance", "have a nice week", "whenever you have time", "just curious")


def messages(random: Random, rows: int = 1000) -> Iterator[Row]:
    """Yield messages to a support desk, and whether each had to be answered at once."""
    for number in range(1, rows + 1):
        urgent = random.random() < 0.35
        sentences = [random.choice(_EITHER) for _ in range(random.randint(1, 2))]
        told = _SERIOUS if urgent else _SMALL
        # One in six tells the matter vaguely, so that some messages cannot be told apart.
        if random.random() > 1 / 6:
            sentences.insert(random.randint(0, len(sentences)), random.choice(told))
        if random.random() < 0.55:
            sentences.append(random.choice(_HURRY if urgent == (random.random() < 0.85) else _CALM))
        text = ". ".join(part.format(thing=random.choice(_THINGS)) for part in sentences)
        yield {
            "message_id": f"M{number:05d}",
            "channel": random.choice(("app", "mail", "web")),
            "message": f"{random.choice(_OPENERS)}, {text}.",
            "priority": "urgent" if urgent != (random.random() < 0.03) else "normal",
        }


SAMPLES: Mapping[str, Callable[[Random], Iterator[Row]]] = {
    "sample-tabular-classification": machines,
    "sample-tabular-regression": parcels,
    "sample-text-classification": messages,
}


def as_csv(part: str) -> bytes:
    """Return the sample data of a part as the bytes of its CSV file."""
    rows = list(SAMPLES[part](Random(SEED)))  # noqa: S311  invented data, not a secret
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


if __name__ == "__main__":
    for name in SAMPLES:
        file = PARTS / name / "files" / "data" / "sample.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_csv(name))
