"""The start page: begin a workshop, open an example or a file, or go back to one this browser has joined."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from canvas.document.file import load_workshop
from canvas.document.origin import InCommon, in_common
from canvas.document.workshop import Workshop
from canvas.errors import CanvasError, FileProblems
from canvas.log.op import Author, Op
from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.text_gate import clean
from canvas.store.store import new_id
from templates.report.blank import blank_canvas_pdf
from views.goto import goto
from views.literal import literal
from views.steps.bring_back.card import hand_on
from views.steps.opened_before import how_far, opened_before, show_opened
from views.visit.agenda import USUAL
from views.visit.clock import today
from views.visit.session import content
from views.web.context import context
from views.web.login import may_start
from views.widgets.choices import form_segment
from views.widgets.fields import too_long
from views.widgets.login_card import ask_to_log_in, log_out_here
from views.widgets.refused_packs import refused_packs
from views.widgets.sketch import canvas_sketch
from views.widgets.uploads import read_upload, tell_problems

SHOWN_ORIGINS = 3
EXAMPLES = Path(__file__).parents[2] / "examples"


def begin(document: Workshop, plan: str | None = None) -> None:
    """Make a workshop that follows the agenda `plan`, and lead this browser into it as its facilitator."""
    if not may_start():
        st.stop()
    workshop, links = context().access.begin(document, ("facilitator",))
    if plan:
        op = Op(op_id=new_id(), action="set", item="room:", prop="plan", value=plan)
        context().store.apply(workshop, op, Author("system", "facilitator"), content())
    goto(f"/join/{links['facilitator']}")


@st.cache_data(max_entries=8, show_spinner=False)
def blank_canvas(name: str) -> bytes:
    """Return the printable blank canvas."""
    return blank_canvas_pdf(content().canvases[name])


def new_workshop() -> None:
    """Ask for a title and start."""
    with st.form("new", border=True):
        st.subheader("Start a workshop")
        title = clean(st.text_input("What are you building?", placeholder="Parcel delay forecast"))
        team = clean(st.text_input("Team (optional)", placeholder="Data science and platform"))
        titles = {id_: agenda.title for id_, agenda in content().agendas.items()}
        plan = form_segment("How much time have you got?", titles, key="plan", default=USUAL)
        if st.form_submit_button("Start", type="primary", icon=":material/play_arrow:"):
            limit = TEXT_LIMITS["text"]
            if not title:
                st.error("Give it a title first; you can change it later.")
            elif longest := next((text for text in (title, team) if len(text) > limit), None):
                st.error(too_long(longest, limit))
            else:
                begin(Workshop(title=title, team=team or None, date=today().isoformat()), plan)


def courses() -> None:
    """Lay out the steps of each course, with their minutes."""
    with st.expander("What fits into the time you have", icon=":material/schedule:"):
        agendas = content().agendas
        for tab, agenda in zip(st.tabs([agenda.title for agenda in agendas.values()]), agendas.values(), strict=True):
            rows = (
                f"| {entry.minutes} | {entry.title} | {content().steps[entry.step].title} |" for entry in agenda.entries
            )
            tab.markdown("\n".join(("| Minutes | What | Step |", "| ---: | :--- | :--- |", *rows)))


def from_file() -> None:
    """Take a workshop file and open it as a new workshop; where it holds what cannot be true, once that was seen."""
    with st.container(border=True):
        st.subheader("Open a file")
        upload = st.file_uploader("A workshop file (.yaml)", type=["yaml", "yml"], label_visibility="collapsed")
        if upload is None:
            return
        offer_origins(upload.getvalue(), upload.name)
        asked = st.button("Open as a new workshop", key="open-file")
        seen = f"seen-{upload.file_id}"
        if asked or seen in st.session_state:
            open_upload(upload.getvalue(), upload.name, seen)


def offer_origins(raw: bytes, name: str) -> None:
    """Offer first to bring a file back into a workshop of this browser that it comes from."""
    for there, role, workshop, common in origins(raw, name):
        title = literal(there.title)
        label = f"Bring it into {title}"
        if st.button(label, key=f"bring-into-{workshop}", type="primary", icon=":material/merge:"):
            hand_on(workshop, name, raw)
            st.switch_page(st.session_state["pages"]["take-home"], query_params={"w": workshop, "as": role})
        brought = f"{common.brought:,} notes, tasks, risks, rows and recorded decisions"
        st.caption(
            "It has the same title and day."
            if common.same_day
            else f"It has {common.shared:,} of the file's {brought}."
        )


def origins(raw: bytes, name: str) -> list[tuple[Workshop, str, str, InCommon]]:
    """Return the workshops of this browser that a file seems to come from, the likeliest first."""
    try:
        file, _ = read_upload(raw, name)
    except FileProblems:
        return []
    found: dict[str, tuple[Workshop, str, str, InCommon]] = {}
    for there in opened_before():
        common = in_common(file, there.workshop) if there.role != "viewer" else None
        # Who holds two links is the facilitator, who may do more.
        if common is not None and (there.id not in found or there.role == "facilitator"):
            found[there.id] = (there.workshop, there.role, there.id, common)
    return sorted(found.values(), key=lambda entry: entry[3].shared, reverse=True)[:SHOWN_ORIGINS]


def open_upload(raw: bytes, name: str, seen: str) -> None:
    """Begin with an uploaded file, or tell what is wrong with it. `seen` is the state of its having been told."""
    try:
        document, doubtful = read_upload(raw, name)
    except FileProblems as error:
        st.error(f"{literal(name)} was not opened:")
        tell_problems(error.problems)
        return
    if not doubtful:
        begin(document)
        return
    st.session_state[seen] = True
    st.warning(f"What {literal(name)} says here cannot be true, so it was not opened yet:")
    tell_problems(doubtful)
    st.caption("Mend it in the file and choose it again. Opened as it is, the workshop shows these values as they are.")
    if st.button("Open it as it is", key="open-as-it-is"):
        begin(document)


def examples() -> None:
    """Show the filled examples as cards, each with a picture drawn from it."""
    st.subheader("Look at a filled one")
    files = sorted(EXAMPLES.glob("*.workshop.yaml"))
    for column, file in zip(st.columns(max(len(files), 1)), files, strict=False):
        with column, st.container(border=True, height="stretch"):
            try:
                document = example(str(file), file.stat().st_mtime_ns)
            except CanvasError as error:
                st.error(str(error))
                continue
            canvas_sketch(file.name, document)
            st.markdown(
                f"**{literal(document.title)}**  \n:small[:gray[{literal(document.team or '')}. {how_far(document)}.]]"
            )
            if st.button("Open a copy", key=f"open-{file.name}"):
                begin(document)


@st.cache_resource(max_entries=16, show_spinner=False)
def example(path: str, changed: int) -> Workshop:
    """Return an example; read anew when its file has changed. Raises `CanvasError` when it cannot be read."""
    return load_workshop(Path(path))


st.title("MLOps Stack Canvas")
st.markdown(
    "From sticky notes to a running service in one workshop: fill the canvas of [ml-ops.org](https://ml-ops.org) "
    "together, decide with reasons, see where you stand, and take home a diagram, a report, decision records and a "
    "project that trains and answers."
)
refused_packs()
log_out_here()
left, right = st.columns([3, 2], gap="medium")
with left:
    if may_start():
        new_workshop()
        courses()
    else:
        ask_to_log_in()
with right:
    if may_start():
        from_file()
    st.download_button(
        "Blank canvas to print (A3)",
        lambda: blank_canvas("stack-canvas"),
        "mlops-stack-canvas.pdf",
        "application/pdf",
        on_click="ignore",
        icon=":material/print:",
    )
show_opened()
if may_start():
    examples()
st.caption(
    "Method and questions after ml-ops.org by INNOQ (CC BY 4.0), in our own words; the Stack Canvas board is "
    "CC BY-SA 4.0. No account, no tracking: who you are is a cookie of this browser and a name if you type one."
)
