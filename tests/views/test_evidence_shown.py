"""Evidence where people meet it: on the page, in the report and on the command line, always beside the claim."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessments.library.load import shipped as shipped_library
from assessments.library.packs import library
from assessments.standing.evidence import shipped_rule
from assessments.standing.score_all import score_all
from canvas.document.file import save_workshop
from canvas.document.workshop import Answer, Evidence, Workshop
from canvas.log.op import Role
from canvas.method.load import shipped
from templates.plan import make_plan
from templates.report.markdown import to_markdown
from templates.report.maturity import MOST_LISTED
from templates.report.model import Report, report_model
from templates.report.pdf import to_pdf
from tests.views.test_cli import run
from views.steps.assess.practices_asked import BROUGHT_UP
from views.web.context import context

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)
DAYS = shipped_rule().days
Open = Callable[..., AppTest]


def proved(item: str, *seen_on: date | None, value: Any = "automated") -> Answer:
    """Return a claim with one piece of evidence for each day; None is a piece without a day."""
    pieces = (Evidence(ref=f"log {n}", seen_on=day and day.isoformat()) for n, day in enumerate(seen_on))
    return Answer(id=item, value=value, evidence=tuple(pieces))


def room_of(today: date) -> Workshop:
    """Return one answer of each kind: nothing, expired, due, without a day, counting, and not done."""
    answers = (
        proved("data.schema"),
        proved("model.tuning", today - timedelta(days=DAYS + 1)),
        proved("features.cost", today - timedelta(days=DAYS - 3)),
        proved("features.rules", None),
        proved("foundations.ci", today),
        Answer(id="features.tests", value="none"),
        proved("delivery.lead-time", value=3.0),
    )
    return Workshop(title="W", answers=answers)


# The page


def page(workshop: str, role: str) -> None:
    import runpy

    import streamlit as st

    from tests.joined import joined
    from views.visit import session

    st.session_state["visit"] = session.visit_of(joined(workshop, role))
    runpy.run_module("views.steps.assess.assess")


@pytest.fixture
def opened(own_store: None) -> Open:
    def open_page(document: Workshop, role: Role = "participant", part: str = "Evidence") -> AppTest:
        room = context().store.create(document)
        shown = AppTest.from_function(page, default_timeout=60, args=(room, role))
        shown.session_state["assess-part"] = part
        shown.session_state["room"] = room
        shown.run()
        assert not shown.exception
        return shown

    return open_page


def now() -> date:
    return datetime.now(UTC).date()


def stored(shown: AppTest, item: str) -> list[tuple[str, str | None]]:
    from canvas.log.fold import document_of

    workshop = context().store.read(shown.session_state["room"], document_of)
    answer = next(answer for answer in workshop.answers if answer.id == item)
    return [(evidence.ref, evidence.seen_on) for evidence in answer.evidence]


def words(shown: AppTest) -> str:
    return "\n".join(element.value for element in (*shown.markdown, *shown.caption))


def press(shown: AppTest, key: str) -> AppTest:
    shown.button(key=key).click().run()
    assert not shown.exception
    return shown


def test_the_page_has_the_claim_and_what_backs_it_side_by_side(opened: Open) -> None:
    said = words(opened(room_of(now())))
    assert "**3 of 6** answers that claim something have evidence that counts" in said
    assert "**MLOps principles by asset** claimed 6, backed 2 of 100" in said
    assert "At 0 with or without evidence: ML Test Score" in said


def test_the_page_lists_what_to_look_after_with_the_day(opened: Open) -> None:
    said = words(opened(room_of(now())))
    yesterday, soon = now() - timedelta(days=1), now() + timedelta(days=3)
    assert "**Without evidence** :gray-badge[2]" in said
    assert "**Expired** :gray-badge[1]" in said
    assert f"counted until {yesterday}" in said
    assert "**Expires within 30 days** :gray-badge[1]" in said
    assert f"counts until {soon}" in said


def test_a_practice_is_brought_up_where_it_is_answered(opened: Open) -> None:
    shown = press(opened(room_of(now())), "open-features.rules")
    assert shown.session_state["assess-part"] == "Practices"
    assert shown.session_state[BROUGHT_UP] == (1, "features.rules")


def test_seen_today_renews_the_evidence_and_the_score(opened: Open) -> None:
    shown = press(opened(room_of(now())), "seen-model.tuning")
    assert stored(shown, "model.tuning") == [("log 0", now().isoformat())]
    assert "**4 of 6** answers" in words(shown)
    assert "**Expired**" not in words(shown)


def test_a_measured_figure_gets_its_evidence_on_the_spot(opened: Open) -> None:
    shown = opened(room_of(now()))
    field = next(box for box in shown.chat_input if str(box.key).startswith("evidence-delivery.lead-time"))
    field.set_value("Board of the team").run()
    assert stored(shown, "delivery.lead-time") == [("Board of the team", now().isoformat())]


def test_a_figure_shows_days_and_dates_what_is_added(opened: Open) -> None:
    old, item = now() - timedelta(days=DAYS + 1), "delivery.lead-time"
    shown = opened(Workshop(title="W", answers=(proved(item, old, None, value=3.0),)))
    assert f":orange-badge[expired] :gray[:small[seen {old}" in words(shown)
    assert "no day given" in words(shown)
    next(box for box in shown.chat_input if str(box.key).startswith(f"evidence-{item}")).set_value("a.py").run()
    press(shown, f"renew-{item}-1")
    today = now().isoformat()
    assert stored(shown, item) == [("log 0", old.isoformat()), ("log 1", today), ("a.py", today)]
    press(shown, f"drop-{item}-0")
    assert stored(shown, item) == [("log 1", today), ("a.py", today)]
    assert shown.button(key=f"renew-{item}-0").disabled


def test_who_may_only_look_renews_nothing(opened: Open) -> None:
    shown = opened(room_of(now()), role="viewer")
    renewing = [button for button in shown.button if str(button.key).startswith(("seen-", "renew-", "drop-"))]
    assert renewing
    assert all(button.disabled for button in renewing)


def test_without_a_claim_the_page_asks_for_no_evidence(opened: Open) -> None:
    shown = opened(Workshop(title="W", answers=(Answer(id="data.schema", value="none"),)))
    assert "nothing needs evidence" in words(shown)
    assert "Evidence to look after" not in [heading.value for heading in shown.subheader]


# The report


def report(workshop: Workshop) -> Report:
    return report_model(make_plan(workshop, shipped(), library()), score_all(workshop, library()), TODAY.isoformat())


def test_the_report_has_the_backed_value_beside_the_claimed_one() -> None:
    answers = tuple(proved(item) for item in shipped_library().practices)
    made = report(Workshop(title="W", answers=answers))
    google = next(model for model in made.models if model.id == "google")
    assert (google.value, google.backed) == ("2 of 2", "0 of 2")
    assert all(model.backed is None for model in made.models if model.id == "delivery")
    text = to_markdown(made)
    assert "2 of 2 · backed by evidence: 0 of 2" in text
    assert to_pdf(made).startswith(b"%PDF")


def test_the_report_lists_what_has_no_evidence_and_stops_somewhere() -> None:
    answers = tuple(proved(item) for item in shipped_library().practices)
    chapter = report(Workshop(title="W", answers=answers)).evidence
    assert chapter is not None
    assert len(chapter.missing) == MOST_LISTED + 1
    assert chapter.missing[-1] == f"and {len(answers) - MOST_LISTED} more"
    assert chapter.expired == ()


def test_the_report_judges_evidence_by_its_own_day() -> None:
    text = to_markdown(report(room_of(TODAY)))
    assert f"3 of 6 answers that claim something have evidence that counts on {TODAY}" in text
    assert f"(counted until {TODAY - timedelta(days=1)})" in text.replace("\\", "")
    assert "#### Answers without evidence" in text


def test_without_a_claim_the_report_speaks_of_no_evidence() -> None:
    made = report(Workshop(title="W", answers=(Answer(id="data.schema", value="none"),)))
    assert made.models
    assert made.evidence is None
    assert "backed by evidence" not in to_markdown(made)
    assert all("own rule" not in credit.attribution for credit in made.credits)
    assert any("own rule" in credit.attribution for credit in report(room_of(TODAY)).credits)


# The command line


@pytest.fixture
def file(tmp_path: Path) -> str:
    save_workshop(room_of(TODAY), tmp_path / "ours.workshop.yaml")
    return str(tmp_path / "ours.workshop.yaml")


def scored(file: str, *words: str) -> dict[str, Any]:
    done = run("score", file, "--json", *words)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_json_has_what_is_backed_and_what_backs_it(file: str) -> None:
    found = scored(file, "--on", "2026-11-23")
    for model in found["models"]:
        assert set(model["backed"]) == {"value", "lower", "upper", "band"}
        assert model["lower"] is None or model["backed"]["lower"] <= model["lower"]
    states = {piece["item"]: (piece["state"], piece["expires_on"]) for piece in found["evidence"]}
    assert states == {
        "data.schema": ("missing", None),
        "model.tuning": ("expired", "2026-11-22"),
        "features.cost": ("fresh", "2026-11-26"),
        "features.rules": ("undated", None),
        "foundations.ci": ("fresh", "2027-11-23"),
        "delivery.lead-time": ("missing", None),
    }
    assert all(set(piece) == {"item", "title", "state", "seen_on", "expires_on"} for piece in found["evidence"])


def test_day_and_length_can_be_given(file: str) -> None:
    def counting(*words: str) -> set[str]:
        pieces = scored(file, *words)["evidence"]
        return {piece["item"] for piece in pieces if piece["state"] == "fresh"}

    assert counting("--on", "2026-11-27") == {"foundations.ci"}
    assert counting("--on", "2026-11-27", "--evidence-days", "3") == set()
    longer = {"foundations.ci", "features.cost", "model.tuning"}
    assert counting("--on", "2026-11-27", "--evidence-days", "400") == longer


def test_the_text_says_what_is_backed_only_where_it_is_less(file: str) -> None:
    text = run("score", file, "--on", "2026-11-23").stdout
    assert text.count("Backed by evidence: ") > 0
    assert "Without evidence: data.schema, delivery.lead-time" in text
    assert "Evidence expired by 2026-11-23: model.tuning (counted until 2026-11-22)" in text
    save_workshop(Workshop(title="W", answers=(proved("foundations.ci", TODAY),)), Path(file))
    assert "vidence" not in run("score", file, "--on", "2026-11-23", "--model", "google").stdout


@pytest.mark.parametrize(
    ("day", "bar", "code", "says"),
    [
        ("2026-11-23", "mltestscore=1", 0, ""),
        ("2027-11-24", "mltestscore=1", 1, "ML Test Score: 0 backed by evidence is under 1"),
        ("2026-11-23", "delivery=1", 2, "cannot gate"),
    ],
)
def test_a_gate_may_let_only_proof_pass(day: str, bar: str, code: int, says: str) -> None:
    done = run("score", "open-source-mlops-package", "--on", day, "--fail-under-backed", bar)
    assert (done.returncode, says in done.stderr) == (code, True), done.stderr


@pytest.mark.parametrize("words", [("--evidence-days", "0"), ("--evidence-days", "4000"), ("--on", "2026-02-30")])
def test_a_length_or_day_that_cannot_be_is_a_usage_error(words: tuple[str, ...]) -> None:
    done = run("score", "open-source-mlops-package", *words)
    assert (done.returncode, done.stdout) == (2, "")


def test_the_gate_of_the_page_can_be_written_as_it_stands() -> None:
    page = (ROOT / "docs/ci-gate.md").read_text(encoding="utf-8")
    (command,) = [line.strip() for line in page.splitlines() if line.startswith("    python")]
    assert "--fail-under-backed" in command
    words = command.replace("FILE", "open-source-mlops-package").split()[2:]
    assert run(*words, "--on", "2026-11-23").returncode == 0
