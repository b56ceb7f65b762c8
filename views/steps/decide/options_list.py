"""What a slot can be filled with: the ranked options with their reasons, nothing yet, not at all, and own words.

Choosing drafts a decision; what belongs to it beside the choice is in `choice_details.py`, recording in `recording.py`.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from canvas.advice.facts import known_facts
from canvas.advice.options import RankedOption, rank_options, rests_on
from canvas.document.workshop import Decision
from canvas.method.catalog import Slot
from canvas.reading.types import NONE_YET, NOT_APPLICABLE, OTHER
from templates.plan import choice_title
from views.literal import literal
from views.visit.changing import Refusal, change, tell
from views.visit.session import Visit, content
from views.visit.shown import present_run
from views.widgets.fields import text_field
from views.widgets.keeping import is_mine
from views.widgets.rows import text_and_button

FIT = {
    "best": ":green-badge[best]",
    "good": ":blue-badge[good]",
    "partly": ":orange-badge[fits partly]",
    "unjudged": ":gray-badge[nothing for or against it yet]",
}
LATER = ":gray-badge[later]"
FOLDED_AFTER = 4
# With the mark before it, a choice in own words is as long as any short text.
OWN_LETTERS = 150
# The run from which a choice was clicked last.
CHOSEN = "chosen-in-run"


def options_list(visit: Visit, slot: Slot, decision: Decision | None) -> None:
    """Show the options best first, then nothing yet and not at all, then the team's own words."""
    ranked = rank_options(slot.id, known_facts(visit.workshop, content()), content())
    choice = decision.choice if decision else None
    for option in ranked[:FOLDED_AFTER]:
        option_card(visit, slot, option, option.entry.id == choice)
    if len(ranked) > FOLDED_AFTER:
        rest = ranked[FOLDED_AFTER:]
        with st.expander(f"{len(rest)} more", expanded=any(o.entry.id == choice for o in rest)):
            for option in rest:
                option_card(visit, slot, option, option.entry.id == choice)
    with st.container(border=True):
        _empty_choice(visit, slot, NONE_YET, "None yet", slot.none_yet_because, choice)
        why = "Your system has no use for this. Write why below; the record says it."
        _empty_choice(visit, slot, NOT_APPLICABLE, "Does not apply here", why, choice)
    text_field(
        "Something else, in your own words",
        choice.removeprefix(OTHER) if choice and choice.startswith(OTHER) else None,
        choice,
        partial(choose_own, visit, slot.id),
        key=f"other-{slot.id}",
        limit=OWN_LETTERS,
        disabled=not visit.may_edit,
    )


def option_card(visit: Visit, slot: Slot, option: RankedOption, chosen: bool) -> None:
    """Show one option: what it is, what speaks for and against it here, and how well it fits."""
    entry = option.entry
    with st.container(border=True, key=f"option-{entry.id}{'-chosen' if chosen else ''}"):
        text, act = text_and_button()
        tags = [entry.tool_license, " or ".join(entry.hosting)]
        badges = " ".join(f":gray-badge[{literal(tag)}]" for tag in tags if tag)
        verified = f" :green-badge[verified {entry.verified.on}]" if entry.verified else ""
        title = f"[{entry.title}]({entry.homepage})" if entry.homepage else entry.title
        reasons = [f":green[**+**] {pro.because}" for pro in option.pros]
        reasons += [f":red[**−**] {con.because}" for con in option.cons]
        if entry.maturity == "avoid":
            reasons.append(":red[**−**] not for new projects")
        reasons += [f":red[**needs**] {need.because}" for need in option.unmet]
        with text:
            st.markdown(f"**{title}** {badges}{verified} {FIT.get(option.fit, LATER)}")
            st.markdown(f":gray[{entry.summary}]")
            if reasons:
                st.markdown("  \n".join(reasons))
            if entry.watch:
                st.caption("Mind: " + " ".join(entry.watch))
        with act:
            choose_button(visit, slot, entry.id, chosen)


def _empty_choice(visit: Visit, slot: Slot, choice: str, title: str, because: str, chosen: str | None) -> None:
    text, act = text_and_button()
    text.markdown(f"**{title}**  \n:gray[{because}]")
    with act:
        choose_button(visit, slot, choice, chosen == choice)


def choose_button(visit: Visit, slot: Slot, choice: str, chosen: bool) -> None:
    """Show the button that drafts a choice, or that it is the one chosen."""
    st.button(
        "Chosen" if chosen else "Choose",
        key=f"choose-{slot.id}-{choice}",
        icon=":material/check:" if chosen else None,
        on_click=choose,
        args=(visit, slot.id, choice),
        disabled=not visit.may_edit,
    )


def choose(visit: Visit, slot: str, choice: str) -> None:
    """Draft a choice as a button asks for it. Says why when it is refused."""
    st.session_state[CHOSEN] = present_run()
    if tell(drafted(visit, slot, choice)):
        # The field for own words is emptied by this; nobody else has done it.
        is_mine(f"other-{slot}", None)


def choose_own(visit: Visit, slot: str, text: str | None, over: bool) -> Refusal | None:
    """Draft the team's own words as the choice; emptying them takes the drafted choice back. Returns why not."""
    if st.session_state.get(CHOSEN) == present_run():
        # A click on Choose sends the words of the field that it leaves as well, and it is the click that counts.
        return None
    if text is not None:
        return drafted(visit, slot, f"{OTHER}{text}", over=over)
    return change(visit, f"draft:{slot}", {"choice": None, "options": None, "drivers": None}, over=over)


def drafted(visit: Visit, slot: str, choice: str, *, because: str | None = None, over: bool = False) -> Refusal | None:
    """Draft a choice together with the options that were on the screen and what the advice rests on.

    A reason given with it becomes that of the draft. Returns why not, or None.
    """
    ranked = rank_options(slot, known_facts(visit.workshop, content()), content())
    options = [option.entry.id for option in ranked[:FOLDED_AFTER] if option.entry.id != choice]
    changes = {
        "choice": choice,
        "options": options,
        "drivers": list(rests_on(ranked, choice)),
        **_said_before(visit, slot, choice),
    }
    changes |= {"because": because} if because else {}
    return change(visit, f"draft:{slot}", changes, over=over, said=choice_title(choice, content()))


def _said_before(visit: Visit, slot: str, choice: str) -> dict[str, object]:
    """Return what the recorded decision says beside a choice that is drafted again, so that it is not said twice."""
    found = visit.workshop.decision_for(slot)
    if found is None or found.choice != choice or visit.workshop.draft_of(slot):
        return {}
    said = {"like": found.like, "beside": list(found.beside)}
    return {name: value for name, value in said.items() if value}
