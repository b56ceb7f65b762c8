"""Decide: for one slot at a time the ranked options with their reasons, the team's own reason, and the record."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st

from canvas.advice.facts import known_facts, resolve
from canvas.advice.options import RankedOption, contradictions, rank_options
from canvas.document.workshop import Decision
from canvas.method.catalog import Slot
from canvas.method.subjects import subject_title
from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.text_gate import clean
from canvas.reading.types import NONE_YET, OTHER
from templates.plan import choice_title
from views.literal import literal
from views.visit.changing import Refusal, change, record_decision, tell
from views.visit.session import Visit, content
from views.visit.shown import drawn_anew, present_run
from views.widgets.choices import pick
from views.widgets.fields import save_text, saver, text_field
from views.widgets.keeping import Save, keep, kept, let_go
from views.widgets.rows import text_and_button
from views.widgets.sketch import architecture_sketch

FIT = {
    "best": ":green-badge[best]",
    "good": ":blue-badge[good]",
    "partly": ":orange-badge[fits partly]",
    "unjudged": ":gray-badge[not judged yet]",
}
LATER = ":gray-badge[later]"
STATUS = {"accepted": "✓", "draft": "…", None: "○"}
FOLDED_AFTER = 4
REASON_LETTERS = TEXT_LIMITS["long-text"]
# With the mark before it, a choice in own words is as long as any short text.
OWN_LETTERS = 150
# The run from which a choice was clicked last.
CHOSEN = "chosen-in-run"


def choose(visit: Visit, slot: str, choice: str) -> None:
    """Draft a choice as a button asks for it. Says why when it is refused."""
    st.session_state[CHOSEN] = present_run()
    tell(drafted(visit, slot, choice))


def drafted(visit: Visit, slot: str, choice: str, *, because: str | None = None, over: bool = False) -> Refusal | None:
    """Draft a choice together with the options that were on the screen and what the advice rests on.

    A reason given with it becomes that of the draft. Returns why not, or None.
    """
    ranked = rank_options(slot, known_facts(visit.workshop, content()), content())
    options = [option.entry.id for option in ranked[:FOLDED_AFTER] if option.entry.id != choice]
    drivers = [s for option in ranked if option.entry.id == choice for s in option.drivers]
    changes = {"choice": choice, "options": options, "drivers": drivers} | ({"because": because} if because else {})
    return change(visit, f"draft:{slot}", changes, over=over, said=choice_title(choice, content()))


def choose_own(visit: Visit, slot: str, text: str | None, over: bool) -> Refusal | None:
    """Draft the team's own words as the choice; emptying them takes the drafted choice back. Returns why not."""
    if st.session_state.get(CHOSEN) == present_run():
        # A click on Choose sends the words of the field that it leaves as well, and it is the click that counts.
        return None
    if text is not None:
        return drafted(visit, slot, f"{OTHER}{text}", over=over)
    return change(visit, f"draft:{slot}", {"choice": None, "options": None, "drivers": None}, over=over)


def slot_picker(visit: Visit) -> Slot:
    """Let the person pick a slot; the first one without a recorded decision comes up by itself."""
    slots = content().slots
    state = {slot: visit.workshop.decision_for(slot) for slot in slots}
    labels = {
        slot: f"{STATUS[d.status if d else None]} {definition.title}"
        + (f" · {choice_title(d.choice, content())}" if d else "")
        for (slot, definition), d in zip(slots.items(), state.values(), strict=True)
    }
    first_open = next((slot for slot, d in state.items() if d is None or d.status == "draft"), None)
    left, right = text_and_button("bottom")
    picked = pick("Decision", labels, key="slot", default=first_open, where=left)
    right.button("Next open", on_click=_next_open, args=(state,), icon=":material/skip_next:")
    return slots[picked]


def _next_open(state: dict[str, Decision | None]) -> None:
    order = list(state)
    at = order.index(st.session_state["slot"])
    for slot in [*order[at + 1 :], *order[:at]]:
        found = state[slot]
        if found is None or found.status == "draft":
            st.session_state["slot"] = slot
            return


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


def choose_button(visit: Visit, slot: Slot, choice: str, chosen: bool) -> None:
    """Show the button that drafts a choice, or that it is the one chosen."""
    st.button(
        "Chosen" if chosen else "Choose",
        key=f"choose-{slot.id}-{choice}",
        type="primary" if chosen else "secondary",
        on_click=choose,
        args=(visit, slot.id, choice),
        disabled=not visit.may_edit,
    )


def options_list(visit: Visit, slot: Slot, decision: Decision | None) -> None:
    """Show the options best first, then nothing yet, then the team's own words."""
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
        text, act = text_and_button()
        text.markdown(f"**None yet**  \n:gray[{slot.none_yet_because}]")
        with act:
            choose_button(visit, slot, NONE_YET, choice == NONE_YET)
    text_field(
        "Something else, in your own words",
        choice.removeprefix(OTHER) if choice and choice.startswith(OTHER) else None,
        choice,
        partial(choose_own, visit, slot.id),
        key=f"other-{slot.id}",
        limit=OWN_LETTERS,
        disabled=not visit.may_edit,
    )


def reason_and_record(visit: Visit, slot: Slot, decision: Decision | None) -> None:
    """Ask for the reason of a drafted choice and record it as a numbered decision."""
    if decision is None or decision.status == "accepted":
        draft = next((d for d in visit.workshop.decisions if d.slot == slot.id and d.status == "draft"), None)
    else:
        draft = decision
    if decision is not None and decision.status == "accepted":
        st.success(
            f"Decision {decision.number}, recorded {decision.decided_on}: "
            f"**{literal(choice_title(decision.choice, content()))}**. Choosing something else and recording it "
            "appends a decision that replaces this one.",
            icon=":material/task_alt:",
        )
        st.text(decision.because or "")
    key, save = f"because-{slot.id}", saver(visit, f"draft:{slot.id}", "because")
    if draft is None:
        late_reason(visit, slot, decision, key)
        return
    st.markdown(f"**Because** :gray[· {literal(choice_title(draft.choice, content()))}]")
    text_field(
        "Because",
        draft.because,
        visit.base(f"draft:{slot.id}", "because"),
        save,
        key=key,
        limit=REASON_LETTERS,
        long=True,
        label_visibility="collapsed",
        placeholder="Why this one, in a sentence that still makes sense in a year",
        disabled=not visit.may_edit,
    )
    item = f"draft:{slot.id}"
    if draft.because and visit.base(item, "because") < visit.base(item, "choice"):
        st.caption(":orange[:material/warning:] This reason was written before this was chosen. Does it still hold?")
    st.button(
        "Record decision",
        key=f"record-{slot.id}",
        type="primary",
        icon=":material/task_alt:",
        on_click=record,
        args=(visit, slot.id, key, save),
        disabled=not visit.leads,
        help=None if visit.leads else "The facilitator records decisions: a record keeps its number for ever.",
    )


def late_reason(visit: Visit, slot: Slot, decision: Decision | None, key: str) -> None:
    """Show a reason whose draft somebody else has recorded or taken back while it was written, and the ways on."""
    found = kept(key)
    if found is None or not clean(found.typed):
        return
    # The box stands in place of the field.
    drawn_anew(key)
    with st.container(border=True, key=f"kept-{key}"):
        what = "recorded this decision" if decision else "took the drafted choice back"
        st.markdown(f":material/merge: :small[**Somebody else {what} while you wrote.** Your reason is not saved:]")
        st.text(found.typed)
        with st.container(horizontal=True):
            if decision:
                args = (visit, slot.id, decision.choice, key)
                st.button("Draft it again with my reason", key=f"again-{key}", on_click=draft_again, args=args)
            st.button("Let it go", key=f"go-{key}", on_click=let_go, args=(key,))


def draft_again(visit: Visit, slot: str, choice: str, reason_key: str) -> None:
    """Draft a choice that is recorded already, with the reason that came too late. Says why when it is refused."""
    found = kept(reason_key)
    if found and tell(drafted(visit, slot, choice, because=clean(found.typed), over=True)):
        let_go(reason_key)


def record(visit: Visit, slot: str, reason_key: str, save: Save) -> None:
    """Record the draft with the reason as it stands in the field: the click may come before the field's own change."""
    if not clean(st.session_state[reason_key]):
        keep(reason_key, "", None, Refusal("malformed", "Write why first, then record it."))
        return
    save_text(reason_key, REASON_LETTERS, save)
    if kept(reason_key) is None:
        record_decision(visit, slot)


def contradiction_cards(visit: Visit) -> None:
    """Show each contradiction with both places and a mend."""
    found = contradictions(visit.workshop, known_facts(visit.workshop, content()), content())
    for contradiction in found:
        with st.container(border=True):
            title = content().slots[contradiction.slot].title
            st.markdown(f":red[:material/warning: **Contradiction**] · {title}")
            st.markdown(f"{literal(choice_title(contradiction.choice, content()))}: {contradiction.because}")
            st.markdown(f"**Mend:** {contradiction.mend}")
            st.caption(f"Looks at: {_titles(contradiction.subjects)}")


def what_it_rests_on(visit: Visit, slot: Slot) -> None:
    """Name the facts that the ranking reads, and those still open."""
    facts = resolve(visit.workshop, content())
    ranked = rank_options(slot.id, known_facts(visit.workshop, content()), content())
    used = dict.fromkeys(s for option in ranked for s in option.drivers if s in facts)
    unknown = dict.fromkeys(s for option in ranked for s in option.unknown)
    parts = [f"{facts[s].definition.title} **{literal(facts[s].printed)}**" for s in used]
    if parts:
        st.caption("From: " + " · ".join(parts))
    own = [s for s in unknown if s in content().slots and visit.workshop.decision_for(s)]
    open_ones = [s for s in unknown if s not in own]
    if open_ones:
        st.markdown(f":small[**Not answered yet, so not counted:** {_titles(open_ones)}]")
    if own:
        st.caption(f"Decided in your own words, so not judged: {_titles(own)}")


def _titles(subjects: Iterable[str]) -> str:
    return ", ".join(subject_title(subject, content()) for subject in subjects)


def all_decisions(visit: Visit) -> None:
    """List every slot with what fills it, recorded or drafted or still open."""
    with st.container(border=True):
        st.subheader("All decisions")
        for slot, definition in content().slots.items():
            found = visit.workshop.decision_for(slot)
            what = literal(choice_title(found.choice, content())) if found else ":gray[open]"
            number = f" :gray[no. {found.number}]" if found and found.number else " :gray[draft]" if found else ""
            st.markdown(f"{STATUS[found.status if found else None]} {definition.title}: **{what}**{number}")


visit: Visit = st.session_state["visit"]
slot = slot_picker(visit)
in_force = visit.workshop.decision_for(slot.id)
draft = next((d for d in visit.workshop.decisions if d.slot == slot.id and d.status == "draft"), None)
main, side = st.columns([3, 2], gap="medium")
with main, st.container(border=True):
    st.subheader(slot.question)
    what_it_rests_on(visit, slot)
    options_list(visit, slot, draft or in_force)
    reason_and_record(visit, slot, in_force)
with side:
    contradiction_cards(visit)
    with st.container(border=True):
        st.subheader("Your architecture so far")
        architecture_sketch(visit)
    all_decisions(visit)
