"""Who takes part in the recorded run: clients that work by themselves, and real browsers that are read along."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from typing import Any

from playwright.async_api import Page, WebSocket, expect

from tests.e2e.board_page import block, editor
from tests.live_client import Board, LiveClient, Ticket

EDIT_EVERY_S = 1.5
BLOCKS = ("value", "data", "experiments", "pipeline", "registry", "deployment", "serving", "monitoring")

# The board is drawn inside a shadow root.
DRAWN = """() => {
  const board = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).find((r) => r?.querySelector("#board"));
  return [...board.querySelectorAll(".block .note")].map((note) => [
    note.closest(".block").dataset.block, note.dataset.id, note.querySelector(".text").textContent,
    note.querySelector(".source").dataset.value,
  ]);
}"""

# What everybody has to show: for each block its notes in order, each with id, text and source.
Shown = dict[str, list[tuple[str, str, str]]]


def order(board: Board) -> Shown:
    """Return what a reader of these frames would draw."""
    found: Shown = {}
    for note, shown in sorted(board.shown().items(), key=lambda entry: (entry[1]["place"]["pos"], entry[0])):
        found.setdefault(shown["place"]["block"], []).append((note, shown["text"], shown["source"] or ""))
    return found


class Participant(LiveClient):
    """A client that works on the board, counts how often it sends each change, and times those of its neighbour."""

    def __init__(self, ticket: Ticket, number: int) -> None:
        super().__init__(ticket, f"p{number}")
        self.sent: Counter[str] = Counter()
        self.chance = random.Random(number)
        self.delays: list[tuple[float, float]] = []

    async def _say(self, socket: Any, frame: dict[str, Any]) -> None:
        await super()._say(socket, frame)
        if frame["t"] == "op":
            self.sent[frame["op_id"]] += 1

    def watch(self, neighbour: Participant) -> None:
        """Note for each change of `neighbour` when it was made and how long it took to get here."""
        seen: set[str] = set()

        def take(frame: dict[str, Any]) -> None:
            for event in frame.get("events", ()):
                if event["op_id"] in neighbour.sent_at and event["op_id"] not in seen:
                    seen.add(event["op_id"])
                    began = neighbour.sent_at[event["op_id"]]
                    self.delays.append((began, time.perf_counter() - began))

        self.on_frame = take

    async def work(self, until_told: asyncio.Event) -> None:
        """Add, write, move and source notes at irregular moments; half of the changes are to anybody's notes."""
        while not until_told.is_set():
            await asyncio.sleep(self.chance.uniform(0, 2 * EDIT_EVERY_S))
            mine = sorted(note for note in self.board.notes if note.startswith(f"n-{self.name}-"))
            note = self.chance.choice(mine if self.chance.random() < 0.5 else sorted(self.board.notes)) if mine else ""
            await self._change(note)

    async def _change(self, note: str) -> None:
        text, count = f"{self.name} writes {self.chance.randrange(10**6)}", len(self.sent_at)
        place = {"canvas": "stack-canvas", "block": self.chance.choice(BLOCKS), "pos": self.chance.uniform(0, 100)}
        if not note or count % 6 == 0:
            await self.change("add", f"n-{self.name}-{count}", {"place": place, "kind": "fact", "text": text})
        elif count % 6 == 1:
            await self.change("set", note, place, prop="place")
        elif count % 6 == 2:
            await self.change("set", note, f"heard from {text}", prop="source")
        else:
            await self.change("set", note, text, prop="text")


class Screen:
    """A real browser at the board. Its live frames are read along; what it shows is taken from the page itself."""

    def __init__(self, page: Page, process: str) -> None:
        self.page, self.process = page, process
        self.sent: Counter[str] = Counter()
        self.acknowledged: set[str] = set()
        self.typed: list[str] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        if "/live?" in socket.url:
            socket.on("framesent", self._out)
            socket.on("framereceived", self._in)

    def _out(self, payload: str | bytes) -> None:
        frame = json.loads(payload)
        if frame["t"] == "op":
            self.sent[frame["op_id"]] += 1

    def _in(self, payload: str | bytes) -> None:
        frame = json.loads(payload)
        heard = [frame] if frame["t"] == "ack" else frame.get("events", ())
        self.acknowledged |= {answer["op_id"] for answer in heard} & set(self.sent)

    async def write(self, block_id: str, text: str) -> None:
        """Add a note as a person does."""
        await block(self.page, block_id).locator("button.add").click()
        await editor(self.page).fill(text)
        await editor(self.page).press("Enter")
        self.typed.append(text)

    async def says(self, state: str) -> None:
        """Wait until the header shows the connection in a state: `saved`, `offline`."""
        await expect(self.page.locator(".saved")).to_have_attribute("data-state", state, timeout=20_000)

    async def shown(self) -> Shown:
        """Return what is drawn."""
        found: Shown = {}
        for place, note, text, source in await self.page.evaluate(DRAWN):
            found.setdefault(place, []).append((note, text, source))
        return found
