"""The walk, part two: requirements, decisions with reasons, practices, target and roadmap, as they are entered."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from assessments.library.load import shipped
from canvas.advice.question_order import question_groups
from tests.e2e.decide_page import expect_at, reason
from tests.e2e.job_entered import (
    CONTENT,
    EVIDENCE,
    MODEL,
    OWN_WORDS,
    OWNER,
    OWNER_DAY,
    REASON,
    TAKEN,
    TARGET,
    TARGET_DAY,
    TYPED,
    Entered,
    meant,
)
from tests.e2e.people import Person

PRACTICES = shipped().practices
ASKED = {criterion.item for criterion in shipped().models[MODEL].criteria}
SAID = {"none": "Not done", "manual": "By hand, documented", "automated": "Automated"}
ORDER = ("automated", "manual", "manual", "none")


def answer_all(person: Person, step: str, entered: Entered) -> None:
    """Answer every question of a page, one after the other as they come up: those of phase zero as written down, of the
    others the second option."""
    page = person.page
    asked = [id_ for group in question_groups(step, CONTENT) for id_ in group.questions]
    for id_ in asked:
        definition = CONTENT.requirements[id_]
        expect(page.locator("#question .answer")).to_have_attribute("data-question", id_)
        if id_ in TYPED:
            person.write(page.locator("#question .answer :is(input, textarea)"), TYPED[id_][0])
            entered.requirements[id_] = meant(id_)
        else:
            option = TAKEN.get(id_, definition.options[1].id if definition.options else True)
            typed = {True: "yes", False: "no"}.get(option, option)
            person.press(page.locator(f'#question .option[data-id="{typed}"]'))
            entered.requirements[id_] = option
        person.press(person.button("Save and next"))
    expect(page.get_by_text(f"All {len(asked)} questions are answered.")).to_be_visible()
    person.rest()


def decide_all(leader: Person, entered: Entered) -> None:
    """Fill all slots, one after the other as they come up: choose, say why, record, which leads to the next one."""
    page = leader.page
    for number, slot in enumerate(CONTENT.slots.values(), 1):
        expect_at(page, slot.id)
        leader.rest()
        if slot.id in OWN_WORDS:
            leader.write(page.locator("#deciding .own input"), OWN_WORDS[slot.id])
            page.keyboard.press("Enter")
            chosen = OWN_WORDS[slot.id]
        else:
            first = page.locator("#deciding .option").first
            chosen = first.locator("h3").inner_text()
            leader.press(leader.button(f"Choose: {chosen}"))
        because = REASON.format(number=number, slot=slot.title)
        leader.write(reason(page), because)
        if number == 1:
            leader.look("decide-1")
        # The text field still has the focus: the first press records what is in it.
        leader.press(leader.button("Record and next"))
        entered.decisions.append({"slot": slot.id, "chosen": chosen, "because": because, "number": number})
    expect(page.locator("#deciding .head .count")).to_have_text(f"{number} of {number} recorded")
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    leader.rest()
    leader.look(f"decide-{number}")


def answer_practices(person: Person, entered: Entered) -> None:
    """Answer every practice of the ML Test Score: the first with a click and its evidence, then with keys."""
    page = person.page
    expect(page.get_by_label("Practices of", exact=True)).to_have_value(MODEL)
    at = page.locator("#sheet .row.open")
    for index in range(len(ASKED)):
        practice = at.get_attribute("data-id") or ""
        answer = ORDER[index % len(ORDER)]
        if index:
            page.keyboard.press(str(1 + list(SAID).index(answer)))
        else:
            person.press(at.get_by_role("radio", name=SAID[answer], exact=True))
            _show_evidence(person, practice, entered)
        entered.answers[practice] = answer
        expect(page.locator("#sheet .totals dd").first).to_have_text(str(index + 1))
        if not index:
            page.keyboard.press("ArrowDown")
        if index < len(ASKED) - 1:
            expect(page.locator(f'#sheet .row.open[data-id="{practice}"]')).to_have_count(0)
    expect(page.locator("#sheet .banner")).to_contain_text("All of them are answered.")
    person.rest()
    person.look("assess-practices")


def _show_evidence(person: Person, practice: str, entered: Entered) -> None:
    """Write down what shows the answer, and go back to the answers."""
    page = person.page
    page.keyboard.press("e")
    page.keyboard.type(EVIDENCE)
    page.keyboard.press("Enter")
    expect(page.get_by_text(EVIDENCE, exact=True)).to_be_visible()
    person.press(page.locator("#sheet .row.open [role=radio][aria-checked=true]"))
    entered.evidence[practice] = EVIDENCE


def plan_the_way(leader: Person, entered: Entered) -> None:
    """Set a target, and say who makes the first step of the roadmap, and by when."""
    page, model = leader.page, shipped().models[MODEL].title
    leader.press(page.get_by_role("tab", name="Roadmap"))
    leader.press(page.get_by_role("combobox", name="Add a target"))
    leader.press(page.get_by_role("option", name=model, exact=True))
    expect(leader.field(f"{model}: value")).to_be_visible()
    leader.rest()
    leader.fill_in(f"{model}: value", f"{TARGET:g}")
    _fill_day(leader, f"{model}: by", TARGET_DAY)
    owner = page.get_by_role("textbox", name=re.compile(": owner$")).first
    step = (owner.get_attribute("aria-label") or "").removesuffix(": owner")
    leader.fill_in(f"{step}: owner", OWNER)
    _fill_day(leader, f"{step}: by", OWNER_DAY)
    entered.assigned = step
    expect(page.get_by_text(f"{model} by {TARGET_DAY}").first).to_be_visible()
    leader.look("assess-roadmap")


def _fill_day(person: Person, title: str, day: str) -> None:
    """Type the digits of a day, which go on from year to month to day by themselves."""
    field = person.page.get_by_role("group", name=title, exact=True)
    person.press(field.get_by_role("spinbutton").first)
    person.page.keyboard.type(day.replace("-", ""))
    # The calendar that opened beside it closes, and whoever clicks elsewhere is done with the day.
    person.page.keyboard.press("Escape")
    person.press(person.page.locator(".step"))
    person.rest()
    expect(field).to_have_text(day)
