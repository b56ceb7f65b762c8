"""The walk, part three: every file that can be taken home, by its button, and what is read in it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdf
import yaml
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.e2e.people import Person

# The project is rendered, checked and packed in a process of its own.
MADE_WITHIN_MS = 120_000


@dataclass(frozen=True)
class Taken:
    """A file as it was downloaded: the button it came from, its name and its bytes."""

    button: str
    name: str
    data: bytes

    def words(self) -> str:
        """Return all text in it as one line, whatever kind of file it is."""
        return " ".join(READERS[Path(self.name).suffix](self.data).split())


def take(person: Person, button: Locator, folder: Path) -> Taken:
    """Press a download button and keep the file under its own name."""
    label = button.inner_text().split("\n")[-1].strip()
    with person.page.expect_download(timeout=MADE_WITHIN_MS) as waiting:
        person.press(button)
    file = folder / waiting.value.suggested_filename
    assert not file.exists(), f"two downloads are named {file.name}"
    waiting.value.save_as(file)
    person.rest()
    return Taken(label, file.name, file.read_bytes())


def take_all(person: Person, labels: set[str], folder: Path) -> dict[str, Taken]:
    """Take everything home that the page offers. Fails when it offers other files than those that are known."""
    buttons = person.page.get_by_test_id("stDownloadButton").filter(visible=True)
    expect(buttons).to_have_count(len(labels))
    taken = [take(person, buttons.nth(index).get_by_role("button"), folder) for index in range(buttons.count())]
    assert {file.button for file in taken} == labels
    return {file.button: file for file in taken}


def _pdf(data: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def _png(data: bytes) -> str:
    """Return its size: what is in a picture is read in its siblings."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return f"{picture.width} x {picture.height}"


def _zip(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return "\n".join(f"{name}\n{archive.read(name).decode(errors='replace')}" for name in archive.namelist())


def _yaml(data: bytes) -> str:
    assert isinstance(yaml.safe_load(data), Mapping)
    return data.decode()


def _json(data: bytes) -> str:
    return json.dumps(json.loads(data), ensure_ascii=False)


READERS: dict[str, Callable[[bytes], str]] = {
    ".pdf": _pdf,
    ".png": _png,
    ".zip": _zip,
    ".yaml": _yaml,
    ".json": _json,
    ".csv": lambda data: data.decode("utf-8-sig"),
    **dict.fromkeys((".md", ".svg", ".dot", ".mmd"), bytes.decode),
}
