"""Known sheets have known scores: every edge of the published bands, and what holds a known project."""

from __future__ import annotations

import pytest

from assessments.library.golden import sheet_of
from assessments.library.load import shipped
from assessments.scoring.score import score
from assessments.scoring.sheet import Entry, Sheet

SECTIONS = ("data", "model", "infrastructure", "monitoring")
# The bounds of the paper, as the end of each label tells them.
BANDS = {
    "(0)": [0],
    "(above 0, up to 1)": [0.5, 1],
    "(above 1, up to 2)": [1.5, 2],
    "(above 2, up to 3)": [2.5, 3],
    "(above 3, up to 5)": [3.5, 4, 4.5, 5],
    "(above 5, up to 7)": [5.5, 6, 6.5, 7],
}


def with_points(points: float) -> Sheet:
    """The four sections get `points` each."""
    library = shipped()
    entries = {}
    for section in SECTIONS:
        items = [c.item for c in library.model("mltestscore").criteria if c.section == section]
        whole, half = divmod(round(points * 2), 2)
        values = ["automated"] * whole + ["manual"] * half + ["none"] * (len(items) - whole - half)
        entries.update({item: Entry("answered", value) for item, value in zip(items, values, strict=True)})
    return Sheet(entries)


@pytest.mark.parametrize(("band", "points"), [(band, p) for band, values in BANDS.items() for p in values])
def test_every_half_point_falls_in_the_published_band(band: str, points: float) -> None:
    library = shipped()
    result = score(library.model("mltestscore"), with_points(points), library)
    assert result.value == result.lower == result.upper == points
    assert [section.value for section in result.sections] == [points] * 4
    assert result.band is not None
    assert result.band.endswith(band)
    assert (result.coverage, result.standard) == (1.0, True)


@pytest.mark.parametrize(
    ("answers", "sections", "unlock"),
    [
        ("read strictly", [1.0, 1.0, 2.5, 1.0], ["features.rules", "model.baseline", "monitoring.compute"]),
        ("read leniently", [2.5, 1.0, 4.0, 4.0], ["model.baseline"]),
    ],
)
def test_the_open_source_package_is_held_by_its_lowest_sections(
    answers: str, sections: list[float], unlock: list[str]
) -> None:
    library = shipped()
    model = library.model("mltestscore")
    case = next(case for case in model.golden if case.name.endswith(answers))
    result = score(model, sheet_of(case, model, library), library)
    assert [section.value for section in result.sections] == sections
    assert result.value == 1.0
    assert result.unlock is not None
    assert sorted(change.item for change in result.unlock.changes) == unlock
    assert result.unlock.value == 1.5
    assert "deployment.canary" in result.not_helping
    assert "model.slices" in result.blockers


def test_google_accepts_a_production_release_by_hand_but_not_a_pipeline_run_by_hand() -> None:
    library = shipped()
    google = library.model("google")
    done = Sheet({practice: Entry("answered", "automated") for practice in library.practices})
    assert score(google, done.answering({"deployment.environments": "manual"}), library).value == 2
    by_hand = score(google, done.answering({"pipeline.orchestrated": "manual"}), library)
    assert by_hand.value == 0
    assert by_hand.blockers == ("pipeline.orchestrated",)


def test_google_symptoms_are_shown_and_cost_nothing() -> None:
    library = shipped()
    google = library.model("google")
    done = Sheet({practice: Entry("answered", "automated") for practice in library.practices})
    assert score(google, done, library).symptoms == ()
    assert score(google, Sheet({}), library).symptoms == ()
    untested = score(google, done.answering({"foundations.ci": "none"}), library)
    assert [symptom for symptom in untested.symptoms if "tests" in symptom]
    assert untested.value == 1
