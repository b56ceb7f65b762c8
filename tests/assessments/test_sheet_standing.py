"""What is said beside the sheet: true for every model and example, each sentence in the case that would break it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assessments.errors import ModelNotFound
from assessments.library.load import load, shipped
from assessments.library.revisions import current
from assessments.scoring.assessment import Assessment
from assessments.scoring.score import score
from assessments.scoring.sheet import sheet_from
from assessments.shapes.library import Library
from assessments.standing.as_data import figure
from assessments.standing.evidence import check_evidence
from assessments.standing.sheet_rows import EVERY_PRACTICE
from assessments.standing.sheet_standing import SheetStanding, sheet_standing
from assessments.standing.standing_change import told_change
from canvas.document.file import load_workshop
from canvas.document.workshop import Answer, Evidence, Requirement, Workshop
from tests.small_pack import SHARED, STAGED, SUMMED, canvas, write

LIBRARY = shipped()
TODAY = date(2026, 11, 30)
EXAMPLES = [load_workshop(path) for path in sorted((Path(__file__).parents[2] / "examples").glob("*.workshop.yaml"))]
EMPTY = Workshop(title="Parcel delays")
READY_MADE = Requirement(id="model-source", value="ready-made", state="decided")
SAID = ("none", "manual", "automated", "unknown", "not-applicable")
TEST_SCORE = LIBRARY.model("mltestscore")
SECTIONS = {s.id: [c.item for c in TEST_SCORE.criteria if c.section == s.id] for s in TEST_SCORE.sections}


def answer(item: str, said: str, *evidence: Evidence) -> Answer:
    given = {"state": said} if said in ("unknown", "not-applicable") else {"value": said}
    reason = {"reason": "Not here."} if said == "not-applicable" else {}
    return Answer.model_validate({"id": item, **given, **reason, "evidence": evidence})


def team(*answers: Answer, requirements: tuple[Requirement, ...] = ()) -> Workshop:
    return Workshop(title="Parcel delays", answers=answers, requirements=requirements)


def all_of(model_id: str, said: str, **instead: str) -> Workshop:
    """Return a workshop with one answer to everything that a model asks for, but for some sections of it."""
    model = LIBRARY.model(model_id)
    given = {c.item: said for c in model.criteria}
    given |= {c.item: instead[c.section] for c in model.criteria if c.section in instead}
    return team(*(answer(item, what) for item, what in given.items()))


def standing(workshop: Workshop, model_id: str = "mltestscore", library: Library = LIBRARY) -> SheetStanding:
    return sheet_standing(workshop, library, model_id, TODAY)


def sentences(found: SheetStanding) -> list[str]:
    because = [found.next_best.because] if found.next_best else []
    return [*found.holding, *found.evidence, *found.remarks, *filter(None, [found.no_next]), *because]


def check(workshop: Workshop, model_id: str) -> SheetStanding:
    """Look whether what is said of a model is what scoring says."""
    found = standing(workshop, model_id)
    judging = LIBRARY.judging(workshop)
    sheet = sheet_from(current(workshop, judging))
    model = judging.model(model_id)
    result = score(model, sheet, judging)
    assert (found.lower, found.upper, found.lower_band, found.upper_band) == (
        result.lower,
        result.upper,
        result.lower_band,
        result.upper_band,
    )
    assert all(text.endswith((".", "!", "?")) and text.strip() == text for text in sentences(found))
    assert (found.next_best is None) == (found.no_next is not None)
    assert found.answered <= found.asked
    if found.has_value:
        checked = {one.backed.id: one.backed for one in check_evidence(workshop, LIBRARY, TODAY).scores}
        assert found.backed == checked[model_id].lower
    if best := found.next_best:
        assert sheet.entry(best.practice).open
        seen = Assessment(model, sheet, judging)
        then = Assessment(model, sheet.answering({best.practice: "automated"}), judging)
        before, after = (next(s for s in one.sections if s.id == best.section) for one in (seen, then))
        if told := re.search(
            r"takes .*? from ([\d.]+) to ([\d.]+)(?: and the sure score from ([\d.]+) to ([\d.]+))?", best.because
        ):
            numbers = [figure(float(one.lower), float(one.maximum)) for one in (before, after)]
            sure = [figure(float(one.lower), found.maximum) for one in (seen, then)]
            said = [text.rstrip(".") for text in told.groups() if text]
            assert said == [*numbers, *(sure if len(said) > 2 else ())]
            assert ("needs other answers too" in best.because) == (seen.lower == then.lower)
        else:
            assert after.lower == before.lower
    return found


@pytest.mark.parametrize("workshop", [EMPTY, *EXAMPLES], ids=lambda workshop: workshop.title)
@pytest.mark.parametrize("model_id", LIBRARY.models)
def test_what_is_said_of_every_model_is_what_scoring_says(model_id: str, workshop: Workshop) -> None:
    check(workshop, model_id)


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.dictionaries(st.sampled_from(list(LIBRARY.practices)), st.sampled_from(SAID), max_size=90),
    st.sampled_from([id_ for id_, model in LIBRARY.models.items() if model.ordered]),
)
def test_it_is_so_whatever_is_answered(said: dict[str, str], model_id: str) -> None:
    check(team(*(answer(item, what) for item, what in said.items())), model_id)


def test_the_lowest_section_is_named_with_what_would_not_help() -> None:
    found = standing(all_of("mltestscore", "manual", infrastructure="none", monitoring="none"))
    assert found.holding == (
        "The lowest section is the score: Infrastructure and Monitoring are both at 0.",
        "“Tested in places (above 0, up to 1)” needs more than 0 in every section.",
        "What only Data and Model ask for would not help now.",
    )
    assert [section.id for section in found.sections if section.holds] == ["infrastructure", "monitoring"]


def test_sections_that_fall_short_are_told_from_the_lowest() -> None:
    some = [answer(item, "automated") for item in SECTIONS["data"][:1] + SECTIONS["model"][:2]]
    rest = [answer(item, "automated") for name in ("infrastructure", "monitoring") for item in SECTIONS[name]]
    found = standing(team(answer(SECTIONS["data"][1], "manual"), *some, *rest))
    assert found.holding[0] == "The lowest section is the score: Data is at 1.5."
    assert found.holding[1] == (
        "“Reasonably tested (above 2, up to 3)” needs more than 2 in every section, which Data and Model do not surely "
        "reach."
    )


def test_when_every_section_is_the_same_none_is_blamed() -> None:
    found = standing(all_of("mltestscore", "manual"))
    assert found.holding[0] == "The lowest section is the score, and every section is at 3.5."
    assert not any("would not help" in text for text in found.holding)


def test_nothing_holds_what_is_best_and_what_is_left_of_it_is_said() -> None:
    best = standing(all_of("mltestscore", "automated"))
    assert best.holding == ("Nothing holds it back: “Exceptional automation (above 5, up to 7)” is the best there is.",)
    assert (best.next_best, best.no_next) == (None, "Every practice that counts is answered.")
    nearly = team(*(answer(item, "automated") for items in SECTIONS.values() for item in items[:6]))
    found = standing(nearly)
    assert found.holding[1] == "Within it the score can still rise, from 6 to 7."
    assert found.next_best is not None


def test_with_nothing_answered_it_says_so_and_with_one_answer_no_more() -> None:
    found = standing(EMPTY)
    assert found.holding == ("None of its answers is given yet, so it can be anything from 0 to 7.",)
    assert (found.asked, found.answered, found.open_answers) == (28, 0, 28)
    assert found.evidence == ("Nothing that is answered so far claims to be done, so nothing needs evidence.",)
    one = standing(team(answer(SECTIONS["data"][0], "unknown")))
    assert "None of its answers is given" not in one.holding[0]
    assert (one.answered, one.open_answers) == (1, 28)


def test_a_level_says_what_it_lacks_and_which_columns_are_lowest() -> None:
    model = LIBRARY.model("azure")
    release = [c.item for c in model.criteria if c.column != "people"]
    found = standing(team(*(answer(item, "automated") for item in release)), "azure")
    lacking = [c for c in model.criteria if c.section == "level-1" and c.item not in release]
    if lacking:
        assert found.holding[0].startswith("“Level 1: DevOps but no MLOps” holds only when all of Level 1 does; ")
    assert any(text.startswith("Its lowest column is People") for text in found.holding)
    alike = standing(all_of("azure", "none"), "azure")
    assert "All its columns are sure of the same level." not in alike.holding or (
        len({c.column for c in model.criteria if c.section == "level-1"}) == len(model.columns)
    )


def test_the_next_level_is_not_that_of_a_model_whose_lower_level_holds() -> None:
    found = standing(all_of("automation-levels", "none", **{"level-1": "automated"}), "automation-levels")
    level = LIBRARY.model("automation-levels").sections
    assert found.lower == 1
    assert level[1].title in found.holding[0]
    assert f"What only {level[2].title} asks for would not help now." in found.holding


def test_what_is_asked_as_optional_is_counted_only_while_it_could_be_better() -> None:
    told = [text for text in standing(all_of("google", "none"), "google").holding if "optional" in text]
    assert told
    done = standing(all_of("google", "automated"), "google")
    assert not [text for text in done.holding if "optional" in text]


def test_a_share_names_its_points_and_no_section() -> None:
    found = standing(all_of("governance-core", "manual"), "governance-core")
    assert found.holding[0].startswith("All points count alike: ")
    assert not any(section.holds for section in found.sections)


def test_a_section_without_anything_applicable_is_the_reason_that_there_is_no_score() -> None:
    found = standing(all_of("mltestscore", "manual", model="not-applicable"))
    assert (found.lower, found.upper, found.verdict) == (None, None, "It cannot be assessed.")
    assert found.holding == ("Model: nothing in it is applicable, so this model cannot judge the system.",)
    assert found.no_next == "As long as it cannot be assessed, no open answer changes that."
    assert "Nothing holds" not in " ".join(sentences(found))


def test_what_a_rule_takes_out_is_said_and_a_model_that_left_says_why() -> None:
    found = standing(team(requirements=(READY_MADE,)), "google")
    assert found.verdict == "It cannot be assessed."
    assert found.holding == (LIBRARY.judging(team(requirements=(READY_MADE,))).left["google"].reason,)
    kept = standing(team(requirements=(READY_MADE,)))
    assert not kept.official
    assert any("by the rule no-own-training" in text for text in kept.remarks)
    assert standing(EMPTY).official
    assert standing(EMPTY).remarks == ()


def test_more_than_a_fifth_that_does_not_apply_is_said_and_a_fifth_is_not() -> None:
    items = [item for items in SECTIONS.values() for item in items]
    few = standing(team(*(answer(item, "not-applicable") for item in items[:5])))
    assert few.remarks[0].startswith("5 of 28 criteria do not apply, and what is left of their sections counts for all")
    assert len(few.remarks) == 1
    many = standing(team(*(answer(item, "not-applicable") for item in items[:6])))
    assert many.remarks[1] == "That is more than a fifth, so compare this score with no other."
    one = standing(team(answer(items[0], "not-applicable")))
    assert one.remarks[0].startswith("1 of 28 criteria does not apply")


def test_evidence_is_told_for_what_the_model_asks_and_as_it_is_today() -> None:
    fresh, old = Evidence(ref="log", seen_on="2026-11-20"), Evidence(ref="log", seen_on="2020-01-01")
    first = [items[0] for items in SECTIONS.values()]
    backed = team(*(answer(item, "automated", fresh) for item in first))
    assert standing(backed).evidence == ("Evidence backs every answer that claims something.",)
    elsewhere = next(item for item in LIBRARY.practices if not TEST_SCORE.asks(item))
    assert standing(team(*backed.answers, answer(elsewhere, "manual"))).evidence == standing(backed).evidence
    kinds = [(), (Evidence(ref="Decision 9", hint=True),), (old,), (Evidence(ref="log", seen_on="2027-05-05"),)]
    mixed = standing(team(*(answer(item, "automated", *kind) for item, kind in zip(first, kinds, strict=True))))
    assert (mixed.lower, mixed.backed) == (1.0, 0.0)
    assert mixed.evidence == (
        "With evidence only, the sure score is 0 instead of 1.",
        "1 answer has no evidence yet.",
        "1 answer rests on a hint of the board only.",
        "1 answer has evidence that was seen too long ago.",
        "1 answer has evidence of a day that cannot be.",
    )
    same = standing(team(answer(first[0], "automated")))
    assert same.evidence == ("With evidence only, the sure score stays 0.", "1 answer has no evidence yet.")


def test_what_nobody_knows_comes_after_what_nobody_answered() -> None:
    unknown = [answer(item, "unknown") for items in SECTIONS.values() for item in items]
    found = standing(team(*unknown))
    assert found.next_best is not None
    assert found.next_best.because.endswith("Nobody knew so far.")
    last = unknown[-1].id
    found = standing(team(*unknown[:-1]))
    assert found.next_best is not None
    assert found.next_best.practice == last
    assert "Nobody knew" not in found.next_best.because


def test_open_answers_that_would_not_help_are_not_the_next() -> None:
    answered = [answer(item, "none") for name in SECTIONS if name != "data" for item in SECTIONS[name]]
    given = [*answered, *(answer(item, "automated") for item in SECTIONS["data"][:5])]
    found = standing(team(*given))
    assert found.no_next == "None of the 2 open answers would raise the sure score now: what holds it back is answered."
    found = standing(team(*given, answer(SECTIONS["data"][5], "none")))
    assert found.no_next == "The one open answer would not raise the sure score now: what holds it back is answered."


def test_a_part_of_a_statement_is_not_said_to_move_its_section(tmp_path: Path) -> None:
    library = load(write(tmp_path, SUMMED), canvas())
    found = standing(team(answer("a.first", "automated")), "ours", library)
    assert found.next_best is not None
    assert found.next_best.because == (
        "It is part of “Both hold”, which counts only when all of its parts do. It is one of the 2 changes of the "
        "smallest set that reaches “all”."
    )


def test_a_fact_that_holds_a_level_is_named_and_no_practice_blamed(tmp_path: Path) -> None:
    library = load(write(tmp_path, STAGED), canvas())
    found = standing(team(answer("a.second", "none")), "ours", library)
    assert found.no_next == "What holds the sure score is no practice but a fact that is still open: Cloud."
    given = Requirement(id="cloud", value="gcp", state="decided")
    found = standing(team(requirements=(given,)), "ours", library)
    assert found.no_next == "The one open answer would not raise the sure score now: what holds it back is answered."


def test_measured_figures_have_no_score_and_all_practices_none_either(tmp_path: Path) -> None:
    found = standing(EMPTY, "delivery")
    assert (found.lower, found.no_next) == (None, "It compares measured figures and asks for no practice.")
    every = standing(team(answer("data.schema", "none")), EVERY_PRACTICE)
    assert (every.asked, every.answered, every.has_value) == (len(LIBRARY.practices), 1, False)
    with pytest.raises(ModelNotFound):
        standing(EMPTY, "nobody")
    assert standing(EMPTY, "ours", load(write(tmp_path, SHARED), canvas())).maximum == 100


def change(before: Workshop, after: Workshop, model_id: str = "mltestscore") -> str | None:
    return told_change(standing(before, model_id), standing(after, model_id))


BASE = team(*(answer(items[0], "manual") for items in SECTIONS.values()))


def test_a_section_that_moves_is_told_with_why_the_score_stays() -> None:
    more = team(*BASE.answers, answer(SECTIONS["infrastructure"][1], "automated"))
    assert change(BASE, more) == (
        "Infrastructure goes from 0.5 to 1.5; the sure score stays 0.5, because Data, Model and Monitoring are still "
        "at 0.5."
    )


def test_a_score_that_moves_is_told_with_its_new_band() -> None:
    lead = [answer(items[1], "automated") for name, items in SECTIONS.items() if name != "monitoring"]
    before = team(*BASE.answers, *lead)
    after = team(*before.answers, answer(SECTIONS["monitoring"][1], "automated"))
    assert change(before, after) == (
        "Monitoring goes from 0.5 to 1.5; the sure score goes from 0.5 to 1.5, “First pass (above 1, up to 2)”."
    )
    back = change(after, before)
    lower = "“Tested in places (above 0, up to 1)”"
    assert back == f"Monitoring goes from 1.5 to 0.5; the sure score goes from 1.5 to 0.5, {lower}."


def test_an_answer_that_only_closes_what_was_possible_is_told_by_that() -> None:
    rest = [answer(item, "automated") for items in SECTIONS.values() for item in items[2:]]
    before = team(*BASE.answers, *rest)
    assert change(before, team(*before.answers, answer(SECTIONS["data"][1], "none"))) == "At most 5.5 now, 6.5 before."


def test_nothing_is_told_when_no_figure_moved_or_models_differ() -> None:
    assert change(BASE, BASE) is None
    assert change(BASE, team(*BASE.answers, answer(SECTIONS["data"][1], "unknown"))) is None
    assert told_change(standing(BASE), standing(BASE, "google")) is None
    assert change(EMPTY, BASE, EVERY_PRACTICE) is None


def test_a_level_that_stays_names_the_one_that_does_not_hold() -> None:
    model = LIBRARY.model("automation-levels")
    first = {c.item for c in model.criteria if c.section == model.sections[0].id}
    higher = next(c.item for c in model.criteria if c.section == model.sections[1].id and c.item not in first)
    found = change(EMPTY, team(answer(higher, "automated")), "automation-levels")
    assert found is not None
    assert f"the sure score stays 0, because not all of {model.sections[0].title} holds" in found


def test_what_can_no_longer_be_assessed_is_told_and_what_can_again() -> None:
    given = all_of("mltestscore", "manual")
    gone = all_of("mltestscore", "manual", model="not-applicable")
    assert change(given, gone) == "It cannot be assessed any more."
    assert change(gone, given) == "It can be assessed now: the sure score is 3.5, at most 3.5."
    assert change(gone, gone) is None


def test_a_share_that_moves_by_less_than_a_point_does_not_go_from_a_number_to_itself() -> None:
    before = standing(all_of("nist-ai-rmf", "manual"), "nist-ai-rmf")
    assert before.lower is not None
    after = replace(before, lower=before.lower + 0.1)
    assert told_change(before, after) == "The sure score stays 50 in whole points."
