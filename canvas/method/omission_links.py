"""What rules of omission say about other content: ids that nobody defines, and rules that switch off their own ground.

Other links between files are checked in `links.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from canvas.method.content import Content
from canvas.method.omissions import OmissionList, OmissionRule
from canvas.method.wording import broken_words
from canvas.reading.read import Link
from canvas.reading.strict_yaml import YamlPath


def omissions(found: OmissionList, content: Content) -> Iterator[Link]:
    """Yield what leaves by a rule and is nowhere, and conditions that are no answers of phase zero or leave as well."""
    grounds = {subject for rule in found.omissions for subject in rule.when.subjects()}
    for index, rule in enumerate(found.omissions):
        path: YamlPath = ("omissions", index)
        for subject in rule.when.subjects():
            if subject not in content.requirements:
                what = f"rule '{rule.id}' rests on '{subject}', which is no requirement"
                yield (*path, "when"), what, "Let it look at answers of phase zero alone"
        yield from (((*path, *place), what, mend) for place, what, mend in _unknown(rule, content))
        for place, wrong in broken_words(rule, content):
            yield (*path, "words", place), wrong, "Name what is there, and write what can stand there"
        for subject in rule.requirements:
            if subject in grounds:
                what = f"'{subject}' decides whether a rule holds, so it cannot leave by one"
                yield (*path, "requirements", subject), what, "Remove it here"


def _unknown(rule: OmissionRule, content: Content) -> Iterator[Link]:
    known: Mapping[str, tuple[str, Callable[[str], bool]]] = {
        "requirements": ("requirement", content.requirements.__contains__),
        "slots": ("slot", content.slots.__contains__),
        "blocks": ("block of a canvas", lambda path: _is_block(path, content)),
        "rows": ("row of a table", lambda path: _is_row(path, content)),
        "advisors": ("advisor", content.advisors.__contains__),
        "findings": ("finding", content.findings.__contains__),
        "no_default": ("slot", content.slots.__contains__),
    }
    for kind, (word, defined) in known.items():
        for subject in rule.of(kind):
            if not defined(subject):
                yield (kind, subject), f"'{subject}' is no {word}", f"Use the id of a {word}"


def _is_block(path: str, content: Content) -> bool:
    canvas, _, block = path.partition(".")
    return canvas in content.canvases and content.canvases[canvas].block(block) is not None


def _is_row(path: str, content: Content) -> bool:
    table, _, row = path.partition(".")
    return table in content.tables and content.tables[table].row(row) is not None
