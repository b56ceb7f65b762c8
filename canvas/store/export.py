"""Everything of one workshop as a zip to take away: its document and its log, without names and without links.

The document holds what is revealed to everybody. The log holds all that happened, unrevealed notes and single votes
among it: it is for whoever runs the app, at the terminal, and no page offers it.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from typing import BinaryIO

from canvas.document.file import arrange, dump_workshop
from canvas.log.events import Event
from canvas.method.content import Content
from canvas.store.store import Store

DOCUMENT = "workshop.yaml"
LOG = "events.jsonl"
READ_AT_ONCE = 1000


def export_workshop(store: Store, workshop: str, content: Content, target: BinaryIO) -> int:
    """Write the zip of a workshop and return how many events it holds. Raises `WorkshopNotFound`."""
    document = dump_workshop(arrange(store.document(workshop), content))
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT, document)
        with archive.open(LOG, "w") as lines:
            for event in all_events(store, workshop):
                lines.write(json.dumps(asdict(event), ensure_ascii=False).encode() + b"\n")
                count += 1
    return count


def is_export(source: BinaryIO) -> bool:
    """Return whether a file is the zip of a workshop."""
    try:
        with zipfile.ZipFile(source) as archive:
            return archive.namelist() == [DOCUMENT, LOG]
    except zipfile.BadZipFile:
        return False


def all_events(store: Store, workshop: str) -> Iterator[Event]:
    """Yield the whole log in order, a piece at a time."""
    reached = 0
    while found := store.events_since(workshop, reached, READ_AT_ONCE):
        yield from found
        reached = found[-1].seq
