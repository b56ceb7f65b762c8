"""What the page of Decide hands over to its component as plain data: what can be chosen, and where everything stands.

What can be chosen comes once with the page (`choosable`); where it stands comes anew after each change (`standing`).
What is judged comes from `canvas/advice` and `templates`; here it is put into the words that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from assessments.library.packs import library
from canvas.advice.accepted import accepted_among, source_of
from canvas.advice.drafting import AdvisedDrafts, LookFirst, advised_drafts, mends
from canvas.advice.excluded import omitted
from canvas.advice.facts import Fact, resolve
from canvas.advice.options import Contradiction, RankedOption, contradictions, rank_options, rests_on
from canvas.advice.reasons import reason_from
from canvas.document.workshop import Decision, Workshop
from canvas.log.events import Item
from canvas.method.catalog import CatalogEntry
from canvas.method.content import Content
from canvas.method.subjects import subject_title
from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.types import NONE_YET, NOT_APPLICABLE
from templates.architecture.flow import flow
from templates.errors import TemplatesError
from templates.plan import Plan, choice_said, choice_title, make_plan
from templates.scaffold.file_changes import file_changes
from templates.scaffold.foretold import Foretold, foretold
from templates.scaffold.parts import shipped_parts
from views.visit.clock import today
from views.visit.session import Visit, content, names, read
from views.web.context import context

# With the mark before it, a choice in own words is as long as any short text.
OWN_LETTERS = 150
REASON_LETTERS = TEXT_LIMITS["long-text"]
Data = dict[str, Any]


def choosable(visit: Visit) -> Data:
    """Return what does not change while the page is open; see `docs/live-protocol.md`."""
    return {
        "today": today().isoformat(),
        "letters": {"reason": REASON_LETTERS, "own": OWN_LETTERS},
        "titles": {choice: choice_title(choice, content()) for choice in (NONE_YET, NOT_APPLICABLE)},
        "entries": {entry.id: _entry(entry) for entry in content().catalog.values()},
        "blocks": {slot.block: _block(slot.block) for slot in content().slots.values()},
        "stages": [{"id": s.id, "title": s.title, "hue": s.hue, "slots": list(s.slots)} for s in flow().stages],
    }


def _entry(entry: CatalogEntry) -> Data:
    return {
        "title": entry.title,
        "summary": entry.summary,
        "license": entry.tool_license,
        "hosting": " or ".join(entry.hosting),
        "verified": entry.verified.on if entry.verified else None,
        "homepage": entry.homepage,
        "watch": list(entry.watch),
        "avoid": entry.maturity == "avoid",
    }


def _block(id_: str) -> Data:
    canvas = content().canvases["stack-canvas"]
    block = canvas.block(id_)
    if block is None:
        return {"number": None, "title": id_, "hue": "slate"}
    hue = next((group.hue for group in canvas.groups if group.id == block.group), "slate")
    return {"number": block.number, "title": block.short, "hue": hue}


def standing(visit: Visit) -> Data:
    """Return every slot with what fills it, its options as they are ranked now, contradictions, and what to draft."""
    worked = _worked(visit.id, visit.seq, visit.workshop, context().content)
    said = read(visit, lambda state: {item.id: item for item in state.of_kind("draft")})
    known = {} if visit.room["hide_authors"] else names(visit)
    slots = [
        {**slot, "seqs": _seqs(visit, slot["id"]), "who": _who(visit, said.get(slot["id"]), known)}
        for slot in worked["slots"]
    ]
    return {**worked, "slots": slots}


def told_files(visit: Visit, slot: str) -> Data | None:
    """Return which files of the project the draft of a slot changes, or why that cannot be said; None without one."""
    draft = visit.workshop.draft_of(slot)
    if draft is None:
        return None
    told: Data = {"slot": slot, "choice": draft.choice, "problem": "", "added": [], "removed": [], "changed": []}
    try:
        return told | _files(visit.id, visit.seq, slot, visit.workshop, context().content)
    except TemplatesError as error:
        return told | {"problem": str(error)}


@st.cache_data(max_entries=64, show_spinner=False)
def _files(workshop_id: str, seq: int, slot: str, _workshop: Workshop, _content: Content) -> Data:
    return asdict(file_changes(slot, make_plan(_workshop, _content, library()), today()))


def _who(visit: Visit, draft: Item | None, known: Mapping[str, str]) -> Data:
    """Return who chose last and who wrote the reason last: whether this person did, and the name if it may be told."""
    said = draft.properties if draft else {}
    authors = {prop: said[prop].author for prop in ("choice", "because") if prop in said}
    return {prop: {"mine": author == visit.member.id, "name": known.get(author)} for prop, author in authors.items()}


def _seqs(visit: Visit, slot: str) -> Data:
    props = ("choice", "like", "beside", "options", "because", "drivers", "advised")
    return {prop: visit.bases.get((f"draft:{slot}", prop), 0) for prop in props}


@st.cache_data(max_entries=64, show_spinner=False)
def _worked(workshop_id: str, seq: int, _workshop: Workshop, _content: Content) -> Data:
    """Work out what is the same for everybody: a room asks for it all at once."""
    plan = make_plan(_workshop, _content, library())
    found = contradictions(_workshop, plan.known, plan.content)
    accepted = accepted_among(found, _workshop)
    against = [one for one in found if one not in accepted]
    return {
        "slots": [_slot(slot, plan, against) for slot in plan.content.slots],
        "ranked": _ranked(plan),
        "contradictions": [_contradiction(one, plan) for one in against],
        "accepted": [
            {"source": source_of(one), "choice": choice_title(one.choice, plan.content), "because": one.because}
            for one in accepted
        ],
        "advised": _advised(advised_drafts(_workshop, plan.known, plan.content), plan),
    }


def _slot(slot_id: str, plan: Plan, against: Iterable[Contradiction]) -> Data:
    slot, gone = plan.content.slots[slot_id], omitted(plan.workshop, plan.content).get(slot_id)
    draft, in_force = plan.workshop.draft_of(slot_id), plan.workshop.decision_for(slot_id)
    recorded = in_force if in_force and in_force.number else None
    return {
        "id": slot_id,
        "title": slot.title,
        "question": slot.question,
        "block": slot.block,
        "noneYet": slot.none_yet_because,
        "assumed": plan.choices[slot_id].title if plan.choices[slot_id].status == "default" else None,
        "gone": {"why": gone.why, "because": gone.because} if gone else None,
        "draft": _decision(draft, plan) if draft else None,
        "record": _decision(recorded, plan) if recorded else None,
        "records": sum(1 for d in plan.workshop.decisions if d.slot == slot_id and d.number),
        "contradicts": any(found.slot == slot_id for found in against),
    }


def _decision(decision: Decision, plan: Plan) -> Data:
    return {
        "choice": decision.choice,
        "said": choice_said(decision, plan.content),
        "status": decision.status,
        "number": decision.number,
        "on": decision.decided_on,
        "because": decision.because,
        "like": decision.like,
        "beside": list(decision.beside),
        "advised": decision.advised,
    }


def _ranked(plan: Plan) -> Data:
    ahead = foretold(plan, shipped_parts())
    facts = resolve(plan.workshop, plan.content)
    return {slot: _ranking(slot, plan, facts, ways) for slot, ways in ahead.items()}


def _ranking(slot: str, plan: Plan, facts: Mapping[str, Fact], ways: Mapping[str, Foretold]) -> Data:
    """Return the options of a slot, best first, what their order rests on, and what is open and so not counted."""
    ranked = rank_options(slot, plan.known, plan.content)
    used = [facts[subject] for subject in rests_on(ranked) if subject in facts]
    unknown = dict.fromkeys(subject for option in ranked for subject in option.unknown)
    own = [s for s in unknown if s in plan.content.slots and plan.workshop.decision_for(s)]
    return {
        "options": [_option(option, ways.get(option.entry.id), plan.content) for option in ranked],
        "from": [[fact.definition.title, fact.printed] for fact in used],
        "open": _titles((subject for subject in unknown if subject not in own), plan.content),
        "own": _titles(own, plan.content),
    }


def _option(option: RankedOption, way: Foretold | None, content: Content) -> Data:
    stand_in = way.stand_in if way else None
    return {
        "id": option.entry.id,
        "fit": option.fit,
        "pros": [pro.because for pro in option.pros],
        "cons": [con.because for con in option.cons],
        "needs": [need.because for need in option.unmet],
        "reason": reason_from(pro.because for pro in option.pros),
        "drivers": list(option.drivers),
        "project": {"way": way.way, "files": way.files, "standIn": stand_in} if way else None,
    }


def _contradiction(found: Contradiction, plan: Plan) -> Data:
    offered = mends(found, plan.workshop, plan.known, plan.content)
    return {
        "slot": found.slot,
        "source": source_of(found),
        "title": plan.content.slots[found.slot].title,
        "choice": choice_title(found.choice, plan.content),
        "because": found.because,
        "mend": found.mend,
        "places": [
            {"title": _title(s, plan.content), "slot": s if s in plan.content.slots else None} for s in found.subjects
        ],
        "mends": [{"slot": mend.slot, "choice": mend.choice} for mend in offered],
    }


def _advised(found: AdvisedDrafts, plan: Plan) -> Data:
    return {
        "drafts": [
            {"slot": d.slot, "choice": d.choice, "options": list(d.options), "drivers": list(d.drivers)}
            for d in found.drafts
        ],
        "look": [{"slot": one.slot, "why": _why(one)} for one in found.look_first],
    }


def _why(found: LookFirst) -> str:
    """Say why a slot has to be looked at before anything is drafted for it."""
    if found.why == "unjudged":
        return "no answer gives a reason for one option yet"
    named = " and ".join(found.titles)
    return f"{named} fit equally well" if found.why == "even" else f"{named} fits best, but contradicts another choice"


def _titles(subjects: Iterable[str], content: Content) -> list[str]:
    return [_title(subject, content) for subject in subjects]


def _title(subject: str, content: Content) -> str:
    return subject_title(subject, content)
