"""Decision records: one file for each recorded decision, in the shape of MADR 4.0, kept for ever."""

from __future__ import annotations

import html
import re

import pytest
import yaml
from markdown_it import MarkdownIt

from assessments.library.packs import library
from canvas.document.workshop import Decision, Note, Requirement, Row, Workshop
from canvas.method.load import shipped
from templates.adr.records import records
from templates.plan import make_plan
from tests.hostile import HOSTILE, OTHER_SCRIPTS, SLOTS, hostile_workshop

RUNTIME = "docs/adr/0007-serving-runtime.md"
SECTIONS = [
    "Context and Problem Statement", "Decision Drivers", "Considered Options", "Decision Outcome", "Consequences",
    "Confirmation", "Pros and Cons of the Options", "More Information",
]  # fmt: skip

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(markdown: str) -> str:
    """Return what a reader sees of Markdown."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", RENDERER.render(body).replace("<br>", "\n")))


def records_of(*decisions: Decision, **changes: object) -> dict[str, str]:
    return records(make_plan(Workshop(title="Tag suggester", decisions=decisions, **changes), shipped(), library()))


def front_matter(markdown: str) -> dict[str, str]:
    return yaml.safe_load(markdown.split("---\n")[1])


@pytest.fixture
def history() -> dict[str, str]:
    return records_of(
        Decision(number=1, slot="serving.runtime", status="superseded", choice="kserve", decided_on="2026-10-01"),
        Decision(
            number=7,
            slot="serving.runtime",
            status="accepted",
            choice="fastapi",
            options=("kserve", "none-yet"),
            because="One process is enough.",
            drivers=("latency-p95", "team-size", "n1", "gone"),
            decided_on="2026-11-20",
            supersedes=1,
        ),
        Decision(slot="pipeline.ci", status="draft", choice="other: Jenkins"),
        requirements=(Requirement(id="latency-p95", value=120, state="decided"),),
        canvases={"stack-canvas": {"serving": (Note(id="n1", kind="risk", text="Nobody runs a cluster"),)}},
    )


def test_each_recorded_decision_has_a_file_of_its_number_and_drafts_have_none(history: dict[str, str]) -> None:
    assert sorted(history) == ["docs/adr/0001-serving-runtime.md", RUNTIME, "docs/adr/index.md"]


def test_a_record_has_the_sections_of_madr_in_order(history: dict[str, str]) -> None:
    headings = re.findall(r"^##+ (.+)$", history[RUNTIME], flags=re.MULTILINE)
    assert [heading for heading in headings if heading in SECTIONS] == SECTIONS


def test_front_matter_holds_status_and_date(history: dict[str, str]) -> None:
    assert front_matter(history[RUNTIME]) == {"status": "accepted", "date": "2026-11-20"}
    old = front_matter(history["docs/adr/0001-serving-runtime.md"])
    assert old == {"status": "superseded by ADR-0007", "date": "2026-10-01"}


def test_predecessor_and_successor_point_at_each_other(history: dict[str, str]) -> None:
    assert "](0001-serving-runtime.md)" in history[RUNTIME]
    assert history["docs/adr/0001-serving-runtime.md"].count("](0007-serving-runtime.md)") == 2


def test_drivers_are_quoted_with_their_values_and_guesses_are_named(history: dict[str, str]) -> None:
    text = shown(history[RUNTIME])
    assert "Latency, 95th percentile: 120 ms\n" in text
    assert re.search(r"People who build and run it: \d+ people \(assumed\)", text)
    assert "Nobody runs a cluster (from the canvas: risk)" in text
    assert "gone" not in text


def test_a_driver_may_be_a_cell_of_a_table_a_number_worked_out_or_another_choice() -> None:
    drivers = ("hidden-costs.purchase.once", "hidden-costs-once", "pipeline.ci")
    decision = Decision(number=7, slot="serving.runtime", status="accepted", choice="fastapi", drivers=drivers)
    row = Row(id="purchase", cells={"once": 1200})
    text = shown(records_of(decision, tables={"hidden-costs": (row,)})[RUNTIME])
    costs = shipped().tables["hidden-costs"]
    assert f"{costs.title} › {costs.rows[0].title} › " in text
    assert "Hidden costs, once: 1,200 in your currency" in text
    assert "Continuous integration: GitHub Actions (assumed)" in text


def test_options_carry_what_the_catalog_says_for_and_against_them(history: dict[str, str]) -> None:
    text = shown(history[RUNTIME])
    fastapi, kserve = shipped().catalog["fastapi"], shipped().catalog["kserve"]
    assert 'Chosen option: "FastAPI", because: One process is enough.' in text
    for option in (fastapi, kserve):
        assert all(f"Good: {good}" in text for good in option.good)
        assert all(f"Bad: {watch}" in text for watch in option.watch)
    assert shipped().slots["serving.runtime"].none_yet_because in text


def test_without_drivers_the_facts_of_the_block_stand_in() -> None:
    text = shown(records_of(Decision(number=7, slot="serving.runtime", status="accepted", choice="fastapi"))[RUNTIME])
    assert "No drivers were named. These facts of phase zero concern the block:" in text
    assert "Latency, 95th percentile: 200 ms (assumed)" in text


def test_an_unmet_need_of_the_choice_is_said_with_its_mend() -> None:
    entry = next(e for e in shipped().catalog.values() if "serving.runtime" in e.slots and e.id == "kserve")
    need = next(n for n in entry.needs if n.must.requirement == "kubernetes")
    no = Requirement(id="kubernetes", value=False, state="decided")
    decision = Decision(number=7, slot="serving.runtime", status="accepted", choice="kserve")
    assert f"Does not hold today: {need.because} {need.mend}" in shown(
        records_of(decision, requirements=(no,))[RUNTIME]
    )
    assert f"Not answered yet: {need.because}" in shown(records_of(decision)[RUNTIME])


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("none-yet", "Leave this part out for now."),
        ("other: our own gateway", "not in the tool catalog"),
        ("dropped-tool", "not in the tool catalog"),
    ],
)
def test_choices_outside_the_catalog_are_recorded_too(choice: str, expected: str) -> None:
    record = records_of(Decision(number=7, slot="serving.runtime", status="accepted", choice=choice))[RUNTIME]
    assert expected in shown(record)


def test_a_slot_that_content_dropped_keeps_its_record() -> None:
    files = records_of(Decision(number=3, slot="old.slot", status="accepted", choice="other: a tool"))
    assert "old.slot" in shown(files["docs/adr/0003-old-slot.md"])


def test_the_index_lists_records_drafts_and_what_nobody_decided(history: dict[str, str]) -> None:
    index = history["docs/adr/index.md"]
    assert index.index("[Serving runtime: FastAPI]") < index.index("[Serving runtime: KServe]")
    assert "superseded by [0007](0007-serving-runtime.md)" in index
    assert "| Continuous integration: Jenkins |" in index
    assert "| Data storage | Files in the project |" in index


@pytest.mark.parametrize("texts", [HOSTILE, OTHER_SCRIPTS])
def test_every_text_reads_literally(texts: tuple[str, ...]) -> None:
    files = records(make_plan(hostile_workshop(texts), shipped(), library()))
    for number, slot in enumerate(SLOTS, 1):
        record = files[f"docs/adr/{number:04d}-{slot.replace('.', '-')}.md"]
        text = texts[(number - 1) % len(texts)]
        assert f"because: {text}" in shown(record)
        assert "<script" not in RENDERER.render(record)
        assert "<a href" not in RENDERER.render(record).replace('<a href="https://', "")
    index = shown(files["docs/adr/index.md"])
    assert all(texts[number % len(texts)] in index for number in range(len(SLOTS)))


def test_a_table_of_the_index_keeps_its_columns_whatever_is_typed() -> None:
    page = RENDERER.render(records(make_plan(hostile_workshop(), shipped(), library()))["docs/adr/index.md"])
    rows = re.findall(r"<tr>(.*?)</tr>", page.split("</table>")[0], flags=re.DOTALL)
    assert len(rows) == len(SLOTS) + 1
    assert {row.count("<td") + row.count("<th") for row in rows} == {4}


def test_a_record_says_its_status_and_what_that_means() -> None:
    made = records_of(
        Decision(
            number=1, slot="pipeline.ci", status="rejected", choice="jenkins", because="It is there already.",
            status_on="2026-05", status_because="Nobody wants to run it.",
        ),
        Decision(number=2, slot="pipeline.ci", status="deprecated", choice="gitlab-ci", status_on="2026"),
        Decision(number=3, slot="pipeline.ci", status="proposed", choice="github-actions", because="It is next door."),
        Decision(
            number=4, slot="serving.runtime", status="accepted", choice="fastapi", decided_on="2026-01",
            status_on="2026-02", status_because="The pilot went well.",
        ),
    )  # fmt: skip
    rejected, deprecated, proposed, accepted = (shown(text) for text in list(made.values())[:4])
    assert front_matter(made["docs/adr/0001-pipeline-ci.md"]) == {"status": "rejected"}
    assert "This was considered and rejected on 2026-05. It is not in force. Nobody wants to run it." in rejected
    assert 'Rejected option: "Jenkins", because: It is there already.' in rejected
    assert "deprecated since 2026: it is no longer in force, and nothing replaces it" in deprecated
    assert all("Not checked, because the decision is not in force." in text for text in (rejected, deprecated))
    assert "This is a proposal. It is not in force until it is accepted." in proposed
    assert 'Proposed option: "GitHub Actions"' in proposed
    assert "It was proposed first, and accepted on 2026-02. The pilot went well." in accepted
    assert 'Chosen option: "FastAPI' in accepted
    assert "not in force" not in accepted
    index = shown(made["docs/adr/index.md"])
    assert [word in index for word in ("rejected 2026-05", "deprecated 2026", "proposed")] == [True] * 3


def test_a_record_names_what_is_in_use_beside_and_what_own_words_are_like() -> None:
    made = records_of(
        Decision(number=1, slot="experiments.framework", status="accepted", choice="pytorch", beside=("tensorflow",)),
        Decision(number=2, slot="serving.runtime", status="accepted", choice="other: own Kotlin", like="fastapi"),
    )
    two, own = (shown(text) for text in list(made.values())[:2])
    assert "Training framework: PyTorch, beside it TensorFlow" in two
    assert "In use beside it: TensorFlow with Keras." in two
    assert 'Chosen option: "own Kotlin"' in own
    assert "The team likens it to FastAPI" in own


def test_a_part_that_does_not_apply_and_a_decision_beyond_the_slots_have_records() -> None:
    made = records_of(
        Decision(number=1, slot="features.store", status="accepted", choice="not-applicable", because="Images only."),
        Decision(number=2, title="検査の間隔", status="accepted", choice="Every quarter", because="It is the law."),
    )
    assert sorted(made)[1].startswith("docs/adr/0002-")
    absent, beyond = (shown(text) for text in list(made.values())[:2])
    assert 'Chosen option: "Not applicable", because: Images only.' in absent
    assert "This system has no such part." in absent
    assert "検査の間隔: Every quarter" in beyond
    assert "is no longer asked about" not in beyond
    assert "Nothing checks it by itself" in beyond
    assert 'The step "Decide"' not in beyond


def section(markdown: str, heading: str) -> str:
    return shown(markdown.split(f"### {heading}\n")[1].split("\n#")[0])


NO_LONGER = {
    "rejected": "None, because it was rejected. What would have come with it:",
    "deprecated": "None any more, because it is no longer in force. What came with it:",
    "proposed": "None yet, because it is not accepted. What would come with it:",
}


@pytest.mark.parametrize(("status", "says"), NO_LONGER.items())
def test_the_consequences_of_what_is_not_accepted_are_told_as_such(status: str, says: str) -> None:
    found = Decision.model_validate({"number": 1, "slot": "data.storage", "status": status, "choice": "s3"})
    told = section(records_of(found)["docs/adr/0001-data-storage.md"], "Consequences")
    assert told.strip().startswith(says)
    assert "Good: " in told
    assert ("Later: " in told) == (status == "proposed")


def test_the_consequences_of_an_accepted_decision_are_told_without_reserve() -> None:
    found = Decision(number=1, slot="data.storage", status="accepted", choice="s3")
    told = section(records_of(found)["docs/adr/0001-data-storage.md"], "Consequences")
    assert told.strip().startswith("Good: ")
    assert "Later: " in told


@pytest.mark.parametrize("choice", ["other: own tapes", "none-yet"])
def test_a_rejected_choice_asks_nobody_to_write_its_consequences(choice: str) -> None:
    found = Decision(number=1, slot="features.store", status="rejected", choice=choice)
    told = section(records_of(found)["docs/adr/0001-features-store.md"], "Consequences")
    assert told.strip().startswith("None, because it was rejected.")
    assert "write its consequences" not in told
    assert "until it is decided" not in told


def test_a_record_whose_part_a_rule_takes_out_does_not_speak_as_if_it_counted() -> None:
    found = Decision(number=1, slot="experiments.framework", status="accepted", choice="pytorch")
    ready_made = Requirement(id="model-source", value="ready-made", state="decided")
    record = records_of(found, requirements=(ready_made,))["docs/adr/0001-experiments-framework.md"]
    assert "This record is kept and does not count: Without training there is no library" in shown(record)
    assert section(record, "Consequences").strip().startswith("None, because the part does not apply.")
    assert "Not checked, because the decision is not in force." in shown(record)


def test_what_is_in_use_beside_the_choice_is_no_alternative_to_it() -> None:
    def listed(*options: str, status: str = "accepted") -> str:
        found = {"number": 1, "slot": "experiments.framework", "status": status, "choice": "pytorch"}
        both = Decision.model_validate({**found, "beside": ("tensorflow",), "options": ("tensorflow", *options)})
        record = records_of(both)["docs/adr/0001-experiments-framework.md"]
        return shown(record.split("## Considered Options\n")[1].split("\n## ")[0])

    assert "TensorFlow with Keras (in use beside the first)" in listed()
    assert "No alternatives were recorded." in listed()
    assert "No alternatives were recorded." not in listed("scikit-learn")
    assert "TensorFlow with Keras (meant to be in use beside the first)" in listed(status="proposed")


@pytest.mark.parametrize("advised", [True, False])
def test_a_record_and_the_list_of_drafts_say_what_was_drafted_from_the_advice(advised: bool) -> None:
    said = {"choice": "fastapi", "advised": advised}
    recorded = {"number": 1, "status": "accepted", "because": "It is small."}
    found = records_of(
        Decision(slot="serving.runtime", **said, **recorded),  # type: ignore[arg-type]
        Decision(slot="pipeline.ci", status="draft", choice="github-actions", advised=advised),
    )
    assert ("drafted from the advice" in found["docs/adr/0001-serving-runtime.md"]) == advised
    assert ("none yet; drafted from the advice" in found["docs/adr/index.md"]) == advised
