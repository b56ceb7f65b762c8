"""The walk, part two: requirements, decisions with reasons, practices, target and roadmap, as they are entered."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from assessments.library.load import shipped
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
    printed,
)
from tests.e2e.people import Person

PRACTICES = shipped().practices
ASKED = {criterion.item for criterion in shipped().models[MODEL].criteria}
SAID = {"none": "Not done", "manual": "By hand, documented", "automated": "Automated"}
ORDER = ("automated", "manual", "manual", "none")


def answer_all(person: Person, step: str, entered: Entered) -> None:
    """Answer every question of a page: those of phase zero as written down, of the others the second option."""
    for section in CONTENT.sections_of(step):
        for definition in section.requirements:
            title = definition.title
            if definition.id in TYPED:
                person.fill_in(title, TYPED[definition.id][0])
                entered.requirements[definition.id] = meant(definition.id)
            else:
                option = TAKEN.get(definition.id, definition.options[1].id if definition.options else True)
                person.pick(title, printed(definition.id, option))
                entered.requirements[definition.id] = option
            expect(person.page.get_by_role("radiogroup", name=f"How sure: {title}", exact=True)).to_be_visible()


def decide_all(leader: Person, entered: Entered) -> None:
    """Fill all slots, one after the other as they come up: choose, say why, record, next open."""
    page = leader.page
    for number, slot in enumerate(CONTENT.slots.values(), 1):
        expect(page.get_by_role("combobox", name="Decision")).to_have_value(re.compile(re.escape(slot.title)))
        leader.rest()
        if slot.id in OWN_WORDS:
            leader.fill_in("Something else, in your own words", OWN_WORDS[slot.id])
            chosen = OWN_WORDS[slot.id]
        else:
            first = page.locator("[class*=st-key-option-]").first
            chosen = first.locator("strong").first.inner_text()
            leader.press(leader.button("Choose", first))
            expect(leader.button("Chosen")).to_be_visible()
            leader.rest()
        because = REASON.format(number=number, slot=slot.title)
        leader.write(leader.field("Because"), because)
        # The text field still has the focus: the first press records what is in it.
        leader.press(page.get_by_role("button", name="Record decision"))
        expect(page.get_by_text(f"Decision {number}, recorded")).to_be_visible()
        entered.decisions.append({"slot": slot.id, "chosen": chosen, "because": because, "number": number})
        leader.rest()
        if number in {1, len(CONTENT.slots)}:
            leader.look(f"decide-{number}")
        if number < len(CONTENT.slots):
            leader.press(page.get_by_role("button", name="Next open"))


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
