"""Where we stand: every sentence is true of the workshop, and what nobody knows is never told as a lack."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assessments.library.packs import library
from assessments.roadmap.phases import roadmap
from assessments.scoring.assessment import Assessment
from assessments.scoring.holding import unlock
from assessments.scoring.score import score
from assessments.scoring.sheet import Entry, Sheet, sheet_from
from assessments.standing.as_data import figure
from assessments.standing.score_all import score_all
from canvas.advice.accepted import accepting_risk
from canvas.advice.facts import known_facts
from canvas.advice.options import contradictions
from canvas.advice.sheet import advice_sheet
from canvas.document.file import load_workshop
from canvas.document.workshop import Answer, Assignment, Decision, Evidence, Requirement, Risk, Workshop
from canvas.method.load import shipped
from templates.plan import make_plan
from templates.summary.level import band_name, first_answers, holding, level
from templates.summary.model import Moment, Summary, summary
from templates.summary.pdf import summary_pdf

ROOT = Path(__file__).parents[2]
FILES = [*sorted(ROOT.glob("examples/*.workshop.yaml")), *sorted(ROOT.glob("tests/cases/*.workshop.yaml"))]
ALL = {path.name.split(".")[0]: load_workshop(path) for path in FILES}
EMPTY = Workshop(title="Parcels")
DAY = date(2026, 11, 30)
SCORE = "mltestscore"
ASKED = list(dict.fromkeys(criterion.item for criterion in library().model(SCORE).criteria))
GO = {
    "wrong-prediction-cost": "low", "upkeep": True, "gain": "clearly-more", "data-at-hand": "ready",
    "shown-so-far": "beats-today",
}  # fmt: skip


def of(workshop: Workshop, before: Workshop | None = None) -> Summary:
    moment = Moment("Kick-off", "2026-10-12", before) if before else None
    return summary(make_plan(workshop, shipped(), library()), DAY, moment)


def answering(**given: object) -> Workshop:
    requirements = [Requirement(id=id_.replace("_", "-"), value=value, state="decided") for id_, value in given.items()]
    return Workshop(title="W", requirements=tuple(requirements))


def going(**otherwise: object) -> Workshop:
    return answering(**{**{id_.replace("-", "_"): value for id_, value in GO.items()}, **otherwise})


def answered(*values: str | None) -> Workshop:
    """Return a workshop that answers the ML Test Score by these values in turn; None leaves one open."""
    said = [(item, values[place % len(values)]) for place, item in enumerate(ASKED)]
    given = [Answer(id=i, state="unknown") if v == "unknown" else Answer(id=i, value=v) for i, v in said if v]
    return Workshop(title="W", answers=tuple(given), models=(SCORE,))


# The verdict.


def test_an_empty_workshop_claims_nothing_and_each_card_says_what_to_do_first() -> None:
    found = of(EMPTY)
    assert found.empty
    assert (found.verdict.kind, found.verdict.title) == ("open", "Open")
    assert found.verdict.because[0] == "Nothing that decides this is answered yet."
    assert re.match(r"Answer \d+ questions first: “", found.verdict.because[1])
    for one in found.levels:
        words = rf"None of its answers is known yet. As few as {one.first} answers? can give a first range.$"
        assert re.match(words, one.words)
    assert found.holding.obstacles == ()
    assert found.holding.intro == (
        "None of the answers that ML Test Score needs is known yet, so it is not known what holds you back."
    )
    assert found.steps.steps == ()
    assert "nothing to plan from yet" in found.steps.none
    assert "Begin with the practices of ML Test Score." in found.steps.none
    assert found.clashes.none == "Nothing is answered or decided yet, so nothing can contradict anything."
    assert (found.by_default, found.since) == (True, None)


def turned_by(text: str, workshop: Workshop) -> list[Workshop]:
    """Return the workshop with each answer by itself that a sentence names, or with all where it takes all of them."""
    pairs = re.findall(r"“([^”]+)”(?: were answered| is) “([^”]+)”", text)
    assert pairs, text
    changed = []
    for title, said in pairs:
        (definition,) = (r for r in shipped().requirements.values() if r.title == title)
        options = [option.id for option in definition.options] or [True, False]
        value = next(option for option in options if definition.printed(option) == said)
        changed.append(Requirement(id=definition.id, value=value, state="decided"))
    whole = {item.id: item for item in workshop.requirements}
    ways = [changed] if "together" in text else [[one] for one in changed]
    return [
        workshop.model_copy(update={"requirements": tuple({**whole, **{r.id: r for r in way}}.values())})
        for way in ways
    ]


VERDICTS = {
    "go": going(),
    "stop for upkeep": going(upkeep=False),
    "stop for two reasons": going(upkeep=False, gain="less"),
    "proof of concept for one": going(shown_so_far="nothing"),
    "proof of concept for three": going(shown_so_far="nothing", gain="unknown", data_at_hand="missing"),
    **ALL,
}


@pytest.mark.parametrize("name", VERDICTS)
def test_what_is_said_to_turn_a_verdict_turns_it(name: str) -> None:
    workshop = VERDICTS[name]
    found = of(workshop).verdict
    advised = advice_sheet(workshop, shipped()).advice["go"]
    assert found.kind == (advised.value or ("absent" if advised.omitted else "open"))
    turn = found.turn or ""
    if not found.settled or turn == "No single answer would turn it.":
        return
    (to,) = re.findall(r"turn to “([^”]+)”", turn)
    assert to != found.title
    for changed in turned_by(turn, workshop):
        assert advice_sheet(changed, shipped()).advice["go"].title == to, turn


def test_a_go_says_what_would_stop_it_and_a_stop_what_would_free_it() -> None:
    assert "“Upkeep guaranteed” were answered “no”" in (of(going()).verdict.turn or "").removeprefix(
        "It would turn to “Stop” if "
    )
    assert of(going(upkeep=False)).verdict.turn == "It would turn to “Go” if “Upkeep guaranteed” were answered “yes”."
    two = of(going(upkeep=False, gain="less")).verdict.turn or ""
    assert two.startswith("It would turn to “Go” with several other answers together: ")


def test_an_open_verdict_says_which_answer_rules_a_go_out_and_only_then() -> None:
    told = []
    for id_, value in (("shown_so_far", "nothing"), ("gain", "less"), ("wrong_prediction_cost", "intolerable")):
        given = {**{key.replace("-", "_"): one for key, one in GO.items()}, id_: value}
        for left in given.keys() - {id_}:
            found = of(answering(**{key: one for key, one in given.items() if key != left})).verdict
            if found.kind != "open":
                continue
            ruled = [text for text in found.because if text.startswith("“Go” is ruled out by ")]
            assert bool(ruled) == ("“Go”" not in (found.turn or ""))
            definition = shipped().requirements[id_.replace("_", "-")]
            assert ruled in ([], [f"“Go” is ruled out by “{definition.title}: {definition.printed(value)}”."])
            told += ruled
    assert told


# The level.


@pytest.mark.parametrize("model", [m.id for m in library().models.values() if m.ordered])
def test_so_many_answers_do_give_a_first_interval(model: str) -> None:
    """Whatever the answers are, the interval is narrower than the whole scale; with fewer it need not be."""
    definition = library().model(model)
    changes = unlock(Assessment(definition, Sheet({}), library()))
    assert changes
    assert first_answers(definition, library()) == len(changes.changes)
    chance = random.Random(5)
    for _ in range(12):
        given = {
            change.item: Entry("answered", chance.choice(["none", "manual", "automated"]))
            for change in changes.changes
            if change.item in library().practices
        }
        result = score(definition, Sheet(given), library())
        if len(given) == len(changes.changes):
            assert (result.lower, result.upper) != (0.0, result.maximum), given


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["none", "manual", "automated", "unknown", None]), min_size=1, max_size=9))
def test_the_interval_is_that_of_the_score_and_unknowns_are_counted(values: list[str | None]) -> None:
    workshop = answered(*values)
    shown = level(workshop, library(), SCORE, DAY)
    (result,) = score_all(workshop, library(), only=[SCORE])
    lower, upper = (figure(value or 0, 7) for value in (result.lower, result.upper))
    assert shown.value == (lower if lower == upper else f"{lower} to {upper}")
    unknown = sum(answer.state == "unknown" for answer in workshop.answers)
    assert shown.answered.startswith(f"{len(workshop.answers)} of its {len(ASKED)} practices answered")
    assert (f"{unknown} of them with “don't know”" in shown.answered) == bool(unknown)
    here = [band.label for band in shown.bands if band.here]
    sure, most = (band_name(str(label)) for label in (result.lower_band, result.upper_band))
    assert (here[0], here[-1]) == (sure, most)
    if not shown.first and sure != most:
        assert f"At least “{sure}”" in shown.words
        assert f"at most “{most}”, if every open answer turns out well" in shown.words


def test_a_level_that_open_answers_cannot_move_says_so_and_how_many_these_are() -> None:
    shown = next(one for one in of(ALL["platform-at-scale"]).levels if one.model == "google")
    google = library().judging(ALL["platform-at-scale"]).model("google")
    sheet = sheet_from(ALL["platform-at-scale"])
    open_ones = sum(sheet.entry(item).open for item in {criterion.item for criterion in google.criteria})
    assert shown.words == f"The level is “Level 0: manual process”, whatever the {open_ones} open answers are."
    for value in ("none", "automated"):
        given = [Answer(id=c.item, value=value) for c in google.criteria if sheet.entry(c.item).open]
        answers = {a.id: a for a in (*ALL["platform-at-scale"].answers, *given)}
        done = ALL["platform-at-scale"].model_copy(update={"answers": tuple(answers.values())})
        words = level(done, library(), "google", DAY).words
        assert words == "The level is “Level 0: manual process”."


def test_what_cannot_be_assessed_has_no_figure_and_is_neither_best_nor_lowest() -> None:
    absent = tuple(Answer(id=item, state="not-applicable", reason="No") for item in ASKED)
    found = of(Workshop(title="W", answers=absent, models=(SCORE,)))
    (one,) = found.levels
    assert (one.value, one.bands, one.first) == (None, (), 0)
    assert one.words.startswith("It cannot be assessed.")
    assert found.holding.intro.startswith("None of the chosen models can be assessed here")
    assert found.holding.obstacles == ()
    told = " ".join(str(part) for part in (one, found.holding))
    assert "best" not in told.lower()
    assert "lowest" not in told.lower()


def test_a_team_that_trains_nothing_is_not_told_to_train() -> None:
    found = of(ALL["advice-desk"])
    judged = library().judging(ALL["advice-desk"])
    assert {level.model for level in found.levels} <= set(judged.models)
    assert all(level.value is not None for level in found.levels)
    assert {step.item for step in found.steps.steps} <= set(judged.practices) | set(judged.measures)
    chosen = of(ALL["advice-desk"].model_copy(update={"models": ("automation-levels", "google")}))
    assert all("cannot be assessed" in level.words for level in chosen.levels if level.value is None)


# What holds back, and the next steps.


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["none", "manual", "automated", "unknown", None]), min_size=1, max_size=9))
def test_an_unknown_is_never_told_as_a_lack(values: list[str | None]) -> None:
    workshop = answered(*values)
    found = holding(workshop, library(), [level(workshop, library(), SCORE, DAY)])
    sheet = sheet_from(workshop)
    (result,) = score_all(workshop, library(), only=[SCORE])
    for obstacle in found.obstacles:
        entry = sheet.entry(obstacle.item)
        assert obstacle.item in result.blockers
        assert obstacle.lack == (not entry.open)
        said = {"unknown": "Nobody knows yet whether this is so.", "unanswered": "Nobody has answered this yet."}
        if entry.open:
            assert (obstacle.state, obstacle.why) == (said[entry.state], None)
        else:
            assert (
                obstacle.state
                == {"none": "Not done.", "manual": "By hand so far; automated counts for more."}[str(entry.value)]
            )
    lacks = [obstacle.lack for obstacle in found.obstacles]
    assert lacks == sorted(lacks, reverse=True)


def test_at_the_best_band_nothing_holds_back() -> None:
    found = of(answered("automated")).holding
    assert found.intro.startswith("Nothing holds ML Test Score back: “")
    assert found.obstacles == ()


@pytest.mark.parametrize("name", ALL)
def test_the_steps_are_those_of_the_roadmap_and_their_figures_are_scored_one_after_the_other(name: str) -> None:
    workshop = ALL[name]
    found, planned = of(workshop), roadmap(workshop, library())
    assert [step.item for step in found.steps.steps] == [step.candidate.item for step in planned.steps[:3]]
    assert found.steps.count == len(planned.steps)
    model = next(level.model for level in found.levels if level.value is not None)
    judged, sheet = library().judging(workshop), sheet_from(workshop)
    for shown, step in zip(found.steps.steps, planned.steps, strict=False):
        then = sheet.answering({step.candidate.item: step.candidate.move.to})
        before, after = (score(judged.model(model), one, judged) for one in (sheet, then))
        was, now = (figure(result.lower or 0, result.maximum) for result in (before, after))
        assert shown.moves == (was != now)
        if shown.moves:
            assert shown.score == f"{judged.model(model).title}: {was} → {now}"
        elif shown.score.startswith("needed for "):
            helped = next(one for one in judged.models.values() if shown.score == f"needed for {one.title}")
            assert helped.id in step.helps
            leading = {one.model for one in found.levels}
            assert helped.id in leading or not leading.intersection(step.helps)
        sheet = then


@pytest.mark.parametrize("name", VERDICTS)
def test_steps_beside_a_stop_say_that_they_do_not_answer_it(name: str) -> None:
    answers = {answer.id: answer for answer in (*answered("none").answers, *VERDICTS[name].answers)}
    workshop = VERDICTS[name].model_copy(update={"answers": tuple(answers.values())})
    found = of(workshop)
    assert found.steps.steps
    assert ("do not change the verdict" in found.steps.about) == (found.verdict.kind == "stop")
    assert ("the targets of this workshop" in found.steps.about) == bool(workshop.targets)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["none", "manual", "automated", "unknown", None]), min_size=1, max_size=9))
def test_what_holds_back_counts_the_open_answers_that_matter_among_all_of_them(values: list[str | None]) -> None:
    workshop = answered(*values)
    found = holding(workshop, library(), [level(workshop, library(), SCORE, DAY)])
    (result,) = score_all(workshop, library(), only=[SCORE])
    sheet = sheet_from(workshop)
    matter = sum(sheet.entry(item).open for item in result.blockers)
    told = re.search(r"(?:(\d+) of the )?(\d+) open answers?\.", found.intro)
    if found.obstacles and matter:
        assert told
        assert int(told[1] or told[2]) == matter
        assert int(told[2]) == sum(sheet.entry(item).open for item in ASKED)
    else:
        assert told is None


def test_owner_and_day_are_those_of_the_roadmap_and_nobody_is_made_up() -> None:
    workshop = answered("none")
    first = roadmap(workshop, library()).steps[0].candidate.item
    given = workshop.model_copy(update={"assignments": (Assignment(id=first, owner="Amina", by="2026-12-11"),)})
    steps = of(given).steps.steps
    assert (steps[0].item, steps[0].owner, steps[0].by) == (first, "Amina", "2026-12-11")
    assert all(step.owner is None for step in steps[1:])


# Contradictions, decisions, what changed.


def test_answers_that_contradict_each_other_are_told_with_the_place_to_mend_them() -> None:
    kserve = Decision(slot="serving.runtime", status="draft", choice="kserve", because="b")
    found = of(Workshop(title="W", decisions=(kserve,), requirements=answering(kubernetes=False).requirements))
    assert found.clashes.count >= 1
    assert found.clashes.shown[0].step in shipped().steps
    assert any("KServe" in place for place in found.clashes.shown[0].places)
    calm = of(answering(kubernetes=False))
    assert (calm.clashes.count, calm.clashes.none) == (
        0,
        "No contradiction was found among the answers and decisions so far.",
    )


def test_what_the_team_accepts_as_a_risk_is_said_and_not_counted() -> None:
    both = (
        Decision(slot="serving.runtime", status="draft", choice="kserve", because="b"),
        Decision(slot="pipeline.ci", status="draft", choice="github-actions", because="b"),
        Decision(slot="foundations.repository", status="draft", choice="gitlab", because="b"),
    )
    team = Workshop(title="W", decisions=both, requirements=answering(kubernetes=False).requirements)
    known = known_facts(team, shipped())
    risks = [
        Risk.model_validate({"id": f"r{number}", **accepting_risk(one, shipped())})
        for number, one in enumerate(contradictions(team, known, shipped()))
    ]
    said = [of(team.model_copy(update={"risks": tuple(risks[:number])})).clashes for number in range(3)]
    assert [(one.count, one.accepted) for one in said] == [
        (2, ""),
        (1, "One more is accepted as a risk."),
        (0, "2 are accepted as risks."),
    ]
    assert said[2].none == "No other contradiction was found among the answers and decisions so far."


@pytest.mark.parametrize("name", [*ALL, "empty"])
def test_the_decisions_add_up(name: str) -> None:
    told = of(ALL.get(name, EMPTY)).decisions
    total, *parts = map(int, re.findall(r"\d+", told))
    assert total == sum(parts)
    accepted = {d.slot for d in ALL.get(name, EMPTY).decisions if d.status == "accepted" and d.slot}
    assert f"{len(accepted)} recorded" in told


def test_what_changed_is_the_difference_of_the_two_moments() -> None:
    proof = Evidence(ref="a.py", seen_on="2026-11-20")
    before = answered("none")
    decided = Decision(
        number=1, slot="pipeline.ci", status="accepted", choice="gitlab-ci", because="b", decided_on="2026-11-01"
    )
    answers = tuple(Answer(id=item, value="automated", evidence=(proof,) if item == ASKED[0] else ()) for item in ASKED)
    after = going().model_copy(update={"answers": answers, "decisions": (decided,), "models": (SCORE,)})
    found = of(after, before).since
    assert found
    lines = {line.label: (line.before, line.after) for line in found.lines}
    assert lines == {
        "Sure ML Test Score": ("0", "7"),
        "Decisions recorded": ("0", "1"),
        "Contradictions": ("0", lines["Contradictions"][1]),
        "Answers with evidence": ("0", "1"),
        "Verdict": ("open", "go"),
    }
    same = of(after, after).since
    assert same
    assert same.moved == ()


# On paper.


@pytest.mark.parametrize("name", [*ALL, "empty"])
def test_the_pdf_is_one_page_or_two_and_says_the_same(name: str, tmp_path: Path) -> None:
    workshop = ALL.get(name, EMPTY)
    (tmp_path / "a.pdf").write_bytes(summary_pdf(make_plan(workshop, shipped(), library()), DAY))
    pages = PdfReader(tmp_path / "a.pdf").pages
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))
    assert len(pages) <= 2
    found = of(workshop)
    for said in (found.verdict.title, found.decisions, *(one.words for one in found.levels)):
        assert re.sub(r"\s+", "", said) in text
    first = pages[0].extract_text()
    assert "Next three steps" in first
    assert ".." not in first
