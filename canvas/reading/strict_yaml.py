"""Read YAML as plain data with a line for every value, refusing what makes YAML surprising.

Refused: aliases and anchors, tags, duplicate keys, several documents, deep nesting, large files, forbidden characters.
Resolved: null, true, false, integers and floats. Everything else stays text, so `No` and `2026-11-23` mean themselves.
Nothing here knows what the data is for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from canvas.errors import FileProblems, Problem
from canvas.reading.text_gate import forbidden_characters

MAX_BYTES = 2_000_000
MAX_DEPTH = 30

MEND_SYNTAX = "Check indentation, colons and quotes on this line and the one before it"
MEND_CONFLICT = "Keep what is right of both sides, then delete the lines with <<<<<<<, ======= and >>>>>>>"

YamlPath = tuple[str | int, ...]

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]*([eE][-+]?[0-9]+)?\Z")
_WORDS: Mapping[str, object] = {"null": None, "~": None, "": None, "true": True, "false": False}
# What is text here and a yes or no to other readers of YAML, in whatever case.
_TRUTHS = {
    **dict.fromkeys(("y", "yes", "on", "true"), True),
    **dict.fromkeys(("n", "no", "off", "false"), False),
}
# At the start of a line these belong to no YAML: whatever is kept inside a workshop file is indented.
_CONFLICT = re.compile(r"(?:<{7}|>{7})(?: |$)")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Source:
    """Parsed data together with where each value stands in its file."""

    name: str
    data: Any
    lines: Mapping[YamlPath, int]

    def line(self, path: YamlPath) -> int:
        """Return the line of the value at `path`, or of its nearest ancestor that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: YamlPath, what: str, mend: str) -> Problem:
        return Problem(self.name, self.line(path), what, mend)


def read_file(path: Path) -> Source:
    """Read one YAML file. Raises `FileProblems` when it is missing, not text, or not strict YAML."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror or type(error).__name__})"
        raise FileProblems([Problem(str(path), 0, what, "Check the path and its rights")]) from None
    return read_bytes(raw, str(path))


def read_bytes(raw: bytes, name: str) -> Source:
    """Read YAML from bytes; `name` is what error messages call the file."""
    if len(raw) > MAX_BYTES:
        size = f"{len(raw) / 1e6:.1f} MB"
        mend = f"A workshop file is at most {MAX_BYTES / 1e6:.0f} MB; check that this is the right file"
        raise FileProblems([Problem(name, 0, f"the file is too large ({size})", mend)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problem = Problem(name, line, "this is not UTF-8 text", "Save the file with UTF-8 encoding")
        raise FileProblems([problem]) from None
    return read_text(text, name)


def read_text(text: str, name: str) -> Source:
    """Read YAML from text; `name` is what error messages call the file."""
    problems = list(_conflicts(text, name)) or list(_forbidden_lines(text, name))
    if problems:
        raise FileProblems(problems)
    # The text itself has been looked through: only an escape can still bring a forbidden character.
    builder = _Builder(name, escapes="\\" in text)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
            if builder.too_deep:
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = mark.line + 1 if mark else 1
        what = error.problem or "this is not YAML"
        builder.problems.append(Problem(name, where, f"not valid YAML: {what}", MEND_SYNTAX))
    except yaml.YAMLError as error:
        first_line = str(error).splitlines()[0]
        builder.problems.append(Problem(name, 1, f"not valid YAML: {first_line}", "Mend the syntax and try again"))
    if builder.problems:
        raise FileProblems(builder.problems)
    return Source(name, builder.data, builder.lines)


def _conflicts(text: str, name: str) -> Iterator[Problem]:
    found = [(n, line[:7]) for n, line in enumerate(text.split("\n"), 1) if _CONFLICT.match(line.rstrip("\r"))]
    # One problem for each conflict, not for each of its marks.
    begun = [mark for mark in found if mark[1] == "<<<<<<<"]
    for number, mark in begun or found:
        yield Problem(name, number, f"a merge conflict is left here ({mark})", MEND_CONFLICT)


def _forbidden_lines(text: str, name: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        found = forbidden_characters(line.rstrip("\r"))
        if found:
            yield _forbidden_problem(name, number, found, indented="\t" in line[: len(line) - len(line.lstrip())])


def _forbidden_problem(name: str, line: int, found: list[str], indented: bool = False) -> Problem:
    if found == ["U+0009"] and indented:
        return Problem(name, line, "this line is indented with a tab", "Indent with spaces")
    if found == ["U+0009"]:
        return Problem(name, line, "there is a tab inside this line", "Write spaces in its place")
    what = f"forbidden character {', '.join(found)} (control or text-direction override)"
    return Problem(name, line, what, "Delete it; letters of every script are fine")


def truth_elsewhere(text: str) -> bool | None:
    """Return what a text such as `yes` or `True` is to other readers of YAML; None when it is text to them as well."""
    return _TRUTHS.get(text.casefold())


def scalar_stays_text(value: str) -> bool:
    """Return whether this text, written without quotes, would be read as text again."""
    return isinstance(_resolve_plain(value), str)


def _resolve(event: yaml.ScalarEvent) -> Any:
    return _resolve_plain(event.value) if event.implicit[0] else event.value


def _resolve_plain(value: str) -> Any:
    if value in _WORDS:
        return _WORDS[value]
    if _INT.match(value) and len(value) < 19:
        return int(value)
    if _FLOAT.match(value) and math.isfinite(number := float(value)):
        return number
    return value


class _Builder:
    """Builds data from parser events, so that no value is made before its form is known to be allowed."""

    def __init__(self, name: str, escapes: bool) -> None:
        self.name = name
        self.escapes = escapes
        self.data: Any = None
        self.lines: dict[YamlPath, int] = {}
        self.problems: list[Problem] = []
        self.too_deep = False
        self._documents = 0
        self._stack: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        # Scalars are by far the most of what there is, so they are asked for first.
        if isinstance(event, yaml.ScalarEvent):
            self._check_node(event, line)
            if self.escapes and (found := forbidden_characters(event.value)):
                what = f"forbidden character {', '.join(found)}, written with a backslash"
                self.problems.append(Problem(self.name, line, what, "Write spaces for a tab, and delete others"))
            self._add(_resolve(event), line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._refuse(line, "a second YAML document starts here", "Keep one document in a file")
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(line, f"alias *{event.anchor} is not allowed", "Write the value out where it is used")
            self._add(None, line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._check_node(event, line)
            container: list[Any] | dict[Any, Any] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            path = self._add(container, line)
            self._stack.append(_Open(container, path))
            if len(self._stack) > MAX_DEPTH:
                self.too_deep = True
                self._refuse(line, f"nested deeper than {MAX_DEPTH} levels", "Flatten it; no workshop file needs this")
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._stack.pop()

    def _check_node(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor:
            self._refuse(line, f"anchor &{event.anchor} is not allowed", "Remove it and write values out")
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self._refuse(line, f"tag {tag} is not allowed", "Remove the tag; plain values are enough")

    def _add(self, value: Any, line: int) -> YamlPath:
        if not self._stack:
            if self._documents == 1:
                self.data, self.lines[()] = value, line
            return ()
        top = self._stack[-1]
        if isinstance(top.container, list):
            path = (*top.path, len(top.container))
            top.container.append(value)
        elif top.key is _NO_KEY:
            return self._take_key(top, value, line)
        else:
            path = (*top.path, top.key)
            top.container[top.key] = value
            top.key = _NO_KEY
        self.lines.setdefault(path, line)
        return path

    def _take_key(self, top: _Open, value: Any, line: int) -> YamlPath:
        key = str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else str(value)
        if isinstance(value, list | dict):
            self._refuse(line, "a key must be text", "Write the key as a word")
            key = f"?{line}"
        assert isinstance(top.container, dict)
        if key in top.container:
            first = self.lines[(*top.path, key)]
            self._refuse(line, f"key '{key}' is here twice (first on line {first})", "Keep one of them")
        top.key = key
        self.lines.setdefault((*top.path, key), line)
        return (*top.path, key)

    def _refuse(self, line: int, what: str, mend: str) -> None:
        self.problems.append(Problem(self.name, line, what, mend))


_NO_KEY: Any = object()


@dataclass
class _Open:
    container: list[Any] | dict[Any, Any]
    path: YamlPath
    key: Any = _NO_KEY
