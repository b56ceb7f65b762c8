"""Files as people spoil them, at the terminal and at the start page: line and mend are told, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from canvas.store.sql_tables import WORKSHOP
from tests.views.test_cli import ROOT, run
from views.web.context import context

START = ROOT / "views/steps/start.py"
# What is in the file, on which line it is told, and what the message says.
BAD: dict[str, tuple[str, int, str]] = {
    "conflict": (
        "title: A\n<<<<<<< HEAD\nteam: B\n=======\nteam: C\n>>>>>>> theirs\n",
        2,
        "a merge conflict is left here (<<<<<<<). Keep what is right of both sides, then delete the lines with",
    ),
    "tab-inside": ('format: 1\ntitle: "A\tB"\n', 2, "there is a tab inside this line. Write spaces in its place"),
    "tab-indent": ("title: A\ntargets:\n\t- {}\n", 3, "this line is indented with a tab. Indent with spaces"),
    "format": ("format: 0\ntitle: A\n", 1, "there never was a format 0. Write format: 3"),
    "newer": (
        "format: 7\ntitle: A\n",
        1,
        "this file has format 7, and read here is up to format 3. Open it with a newer version",
    ),
    "yes": (
        "title: A\nrequirements:\n  - {id: manual-labelling, value: yes, state: decided}\n",
        3,
        "the answer should be true or false. Write true, in small letters and without quotes",
    ),
    "true": (
        "title: A\nrequirements:\n  - {id: manual-labelling, value: True, state: decided}\n",
        3,
        "the answer should be true or false. Write true, in small letters and without quotes",
    ),
    "exponent": (
        "title: A\nrequirements:\n  - {id: metric-threshold, value: 1e3, state: decided}\n",
        3,
        "the answer should be a number. Write 1000, without quotes and with nothing behind it",
    ),
    "practice": (
        "title: A\nanswers:\n  - {id: data.schema, value: yes}\n",
        3,
        "'yes' is neither one of 'none', 'manual'",
    ),
    "infinite": ("title: A\ntargets:\n  - {model: google, value: 1.0e309}\n", 3, "the number is too large to be kept"),
    "negative": ("title: A\ntargets:\n  - {model: google, value: -5}\n", 3, "-5 cannot be: it goes from 0 to 2"),
    "too-much": (
        "title: A\ntargets:\n  - {model: google, value: 1000000}\n",
        3,
        "1000000 cannot be: it goes from 0 to 2",
    ),
    "no-day": ("title: A\ndate: 0001-01-01\n", 2, "0001-01-01 cannot be: days go from 1990-01-01 to 2099-12-31. Write"),
    "february": (
        "title: A\ndate: 2026-02-30\n",
        2,
        "date: there is no day 2026-02-30. Write a day as 2026-11-23",
    ),
    "wide-digits": (
        "title: A\ndate: ２０２６-11-23\n",
        2,
        "'２０２６-11-23' has the wrong form. Write a day as 2026-11-23",
    ),
    "to-come": (
        "title: A\nanswers:\n  - id: data.schema\n    value: manual\n    evidence: [{ref: x, seen_on: 2098-01-01}]\n",
        5,
        "2098-01-01 is still to come. Write the day it was",
    ),
    "slug": ("title: A\nslug: Straße\n", 2, "slug: 'Straße' has the wrong form. Use lower-case letters"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every bad file."""
    made = tmp_path_factory.mktemp("bad")
    for name, (text, _, _) in BAD.items():
        (made / f"{name}.workshop.yaml").write_text(text, encoding="utf-8")
    return made


def test_check_tells_each_with_its_line_and_mend(folder: Path) -> None:
    done = run("check", *(f"{name}.workshop.yaml" for name in BAD), cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    told = done.stderr.splitlines()
    for name, (_, line, says) in BAD.items():
        (own,) = [message for message in told if message.startswith(f"{name}.workshop.yaml:")]
        assert own.startswith(f"{name}.workshop.yaml:{line}: ")
        assert says in own
        assert own.count(". ") >= 1, "what, and how to mend it"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("conflict", ("report", "-o", "out.md")),
        ("infinite", ("report", "-o", "out.pdf")),
        ("negative", ("roadmap", "-o", "out.csv")),
        ("too-much", ("roadmap", "-o", "out.md")),
        ("no-day", ("adr", "-o", "out")),
        ("to-come", ("cards", "-o", "out")),
        ("yes", ("diagram", "-o", "out.svg")),
        ("format", ("scaffold", "-o", "out")),
        ("to-come", ("score",)),
        ("february", ("trend",)),
    ],
)
def test_every_verb_says_the_same_and_writes_nothing(folder: Path, name: str, words: tuple[str, ...]) -> None:
    before = set(folder.iterdir())
    done = run(words[0], f"{name}.workshop.yaml", *words[1:], cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{name}.workshop.yaml:{BAD[name][1]}: " in done.stderr
    assert BAD[name][2] in done.stderr
    assert "Traceback" not in done.stderr
    assert set(folder.iterdir()) == before


@pytest.mark.usefixtures("own_store")
@pytest.mark.parametrize("name", BAD)
def test_an_upload_tells_it_and_begins_nothing(name: str) -> None:
    text, line, says = BAD[name]
    page = AppTest.from_file(str(START), default_timeout=60).run()
    page.file_uploader[0].set_value((f"{name}.yaml", text.encode(), "text/yaml")).run()
    next(button for button in page.button if button.key == "open-file").click().run()
    assert not page.exception
    assert page.code[0].value.startswith(f"{name}.yaml:{line}: ")
    assert says in page.code[0].value
    with context().store.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(WORKSHOP)) == 0
