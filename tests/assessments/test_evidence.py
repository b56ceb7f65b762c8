"""A claimed score beside one that evidence backs: what counts as proved, until when, and what that does to scores."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.library.load import shipped
from assessments.library.packs import library
from assessments.standing.evidence import Backing, EvidenceCheck, check_evidence, last_day, seen_again, shipped_rule
from canvas.document.workshop import Answer, Evidence, Workshop

TODAY = date(2026, 11, 23)
PRACTICES = tuple(shipped().practices)
DAYS = 100


def check(*answers: Answer, days: int | None = DAYS) -> EvidenceCheck:
    return check_evidence(Workshop(title="W", answers=answers), library(), TODAY, days)


def seen(*ago: int | None, item: str = "data.schema", value: str = "manual") -> Answer:
    """Return an answer whose pieces of evidence were seen so many days ago; None is a piece without a day."""
    days = (None if days is None else (TODAY - timedelta(days=days)).isoformat() for days in ago)
    return Answer(id=item, value=value, evidence=tuple(Evidence(ref="log", seen_on=day) for day in days))


@pytest.mark.parametrize(
    ("ago", "state", "expires_in"),
    [
        ((), "missing", None),
        ((0,), "fresh", DAYS),
        ((DAYS,), "fresh", 0),
        ((DAYS + 1,), "expired", -1),
        ((DAYS + 50, 3), "fresh", DAYS - 3),
        ((None,), "undated", None),
        ((None, 7), "fresh", DAYS - 7),
        ((DAYS + 1, None), "undated", None),
        ((-1,), "fresh", DAYS + 1),
        ((-5,), "misdated", None),
        ((-5, 7), "fresh", DAYS - 7),
        ((-5, None), "undated", None),
    ],
)
def test_the_latest_evidence_decides_and_counts_up_to_its_last_day(
    ago: tuple[int | None, ...], state: str, expires_in: int | None
) -> None:
    (backing,) = check(seen(*ago)).backings
    assert backing.state == state
    assert backing.expires_on == (None if expires_in is None else TODAY + timedelta(days=expires_in))
    assert backing.counts == (state in {"fresh", "undated"})


@pytest.mark.parametrize(
    "answer",
    [
        Answer(id="data.schema", value="none"),
        Answer(id="data.schema", state="unknown"),
        Answer(id="data.schema", state="not-applicable", reason="No data"),
    ],
    ids=["not done", "don't know", "not applicable"],
)
def test_what_claims_nothing_needs_no_proof(answer: Answer) -> None:
    found = check(answer)
    assert found.backings == ()
    assert all(score.claimed == score.backed for score in found.scores)


def test_an_unproved_answer_counts_as_unanswered() -> None:
    found = check(seen(item="pipeline.orchestrated"))
    levels = next(score for score in found.scores if score.claimed.id == "automation-levels")
    assert (levels.claimed.lower, levels.backed.lower) == (1, 0)
    assert levels.backed.coverage == 0


def test_what_expires_first_comes_first() -> None:
    found = check(seen(5, item="data.schema"), seen(50, item="data.versions"), seen(None, item="data.backup"))
    assert [backing.item for backing in found.of("fresh", "undated")] == ["data.versions", "data.schema", "data.backup"]
    assert found.of("missing", "expired") == ()


HINT = Evidence(ref="Note n1", seen_on=TODAY.isoformat(), hint=True)


@pytest.mark.parametrize(
    ("ago", "state"), [((), "hinted"), ((3,), "fresh"), ((None,), "undated"), ((DAYS + 1,), "expired")]
)
def test_a_hint_explains_an_answer_and_backs_nothing(ago: tuple[int | None, ...], state: str) -> None:
    answer = seen(*ago)
    found = check(answer.model_copy(update={"evidence": (HINT, *answer.evidence)}))
    (backing,) = found.backings
    assert (backing.state, backing.counts) == (state, state in {"fresh", "undated"})


def test_seen_again_means_the_proof_and_never_the_hint() -> None:
    evidence = (HINT, *seen(7, None).evidence)
    assert seen_again(evidence, TODAY) == (HINT, *seen(0, None).evidence)


def test_a_measure_needs_proof_too() -> None:
    found = check(Answer(id="delivery.lead-time", value=3.0, measured_on="2026-11-01"))
    assert [(backing.item, backing.state) for backing in found.backings] == [("delivery.lead-time", "missing")]


def test_what_expires_soon_is_due_the_first_to_expire_first() -> None:
    found = check(
        seen(DAYS - 30, item="data.schema"),
        seen(DAYS, item="model.tuning"),
        seen(DAYS - 31, item="features.cost"),
        seen(DAYS + 1, item="features.rules"),
        seen(None, item="data.privacy"),
    )
    assert [backing.item for backing in found.due(30)] == ["model.tuning", "data.schema"]


@pytest.mark.parametrize(
    ("ago", "days"), [((50, 3), (50, 0)), ((3, None), (0, None)), ((None, None), (0, None)), ((0,), (0,))]
)
def test_seen_again_dates_the_newest_piece_and_leaves_the_others(
    ago: tuple[int | None, ...], days: tuple[int | None, ...]
) -> None:
    assert seen_again(seen(*ago).evidence, TODAY) == seen(*days).evidence


def test_a_day_at_the_end_of_the_calendar_is_no_error() -> None:
    assert last_day("9999-12-30", 1) == last_day("9999-12-31", 3650) == date.max
    answer = Answer(id="data.schema", value="manual", evidence=(Evidence(ref="log", seen_on="9999-12-31"),))
    assert check(answer).backings[0].state == "misdated"


def test_an_answer_to_a_practice_of_an_older_name_needs_proof_under_its_new_one() -> None:
    library = shipped()
    renamed = library.practices["data.schema"].model_copy(update={"replaces": ("data.columns",)})
    known = replace(library, practices={**library.practices, "data.schema": renamed})
    workshop = Workshop(title="W", answers=(seen(item="data.columns"),))
    found = check_evidence(workshop, known, TODAY, DAYS)
    assert [(backing.item, backing.state) for backing in found.backings] == [("data.schema", "missing")]
    score = next(score for score in found.scores if score.claimed.id == "mltestscore")
    assert (score.claimed.coverage > 0, score.backed.coverage) == (True, 0)


def test_how_long_evidence_lasts_is_content() -> None:
    assert check(days=None).days == shipped_rule().days == 365


@st.composite
def claims(draw: st.DrawFn) -> Workshop:
    items = draw(st.sets(st.sampled_from(PRACTICES), max_size=80))
    ages = st.lists(st.one_of(st.none(), st.integers(-10, 300)), max_size=2)
    values = st.sampled_from(["none", "manual", "automated"])
    return Workshop(title="W", answers=tuple(seen(*draw(ages), item=item, value=draw(values)) for item in items))


@settings(max_examples=20, deadline=None)
@given(claims(), st.integers(1, 200))
def test_backed_is_never_higher_than_claimed_and_widens_the_bounds(workshop: Workshop, days: int) -> None:
    for score in check_evidence(workshop, library(), TODAY, days).scores:
        claimed, backed = score.claimed, score.backed
        if claimed.lower is None:
            continue
        assert backed.lower is not None
        assert backed.lower <= claimed.lower
        assert backed.upper is not None
        assert claimed.upper is not None
        assert backed.upper >= claimed.upper


@settings(max_examples=20, deadline=None)
@given(claims(), st.integers(1, 200))
def test_time_only_takes_proof_away(workshop: Workshop, days: int) -> None:
    def proved(today: date) -> set[str]:
        found: tuple[Backing, ...] = check_evidence(workshop, library(), today, days).backings
        return {backing.item for backing in found if backing.counts}

    # Evidence of a day to come proves nothing before that day, so the first look is after the last of them.
    seen_by_all = TODAY + timedelta(days=10)
    assert proved(seen_by_all + timedelta(days=30)) <= proved(seen_by_all)
