"""Take home: everything the workshop becomes, to look at and to download."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import partial

import streamlit as st

from assessments.library.packs import library
from canvas.document.file import dump_workshop
from canvas.document.workshop import Workshop
from canvas.reading.text_gate import counted
from templates.architecture import DRAWN
from templates.cards import datasheet, model_card
from templates.errors import TemplatesError
from templates.plan import Choice, make_plan
from templates.scaffold.project import GeneratedFile, Project
from templates.scaffold.render import render_project
from views.literal import literal
from views.steps.adopted import adopted
from views.steps.bring_back.card import bring_back
from views.steps.documents import document, record_archive
from views.steps.exports import export, report
from views.steps.record_counts import records_told
from views.visit.changing import note_down
from views.visit.clock import zone
from views.visit.session import Visit, content
from views.widgets.choices import pick
from views.widgets.downloads import download
from views.widgets.sketch import architecture_sketch

PICTURES = (
    (".svg", "SVG", "image/svg+xml"),
    (".png", "PNG", "image/png"),
    (".dot", "DOT", "text/plain"),
    (".mmd", "Mermaid", "text/plain"),
)
COMMANDS = ("train", "evaluate", "serve", "test")
SHOWN_FIRST = "serving/app.py"
SHOWN_CHARACTERS = 20_000


def documents_row(visit: Visit, workshop: Workshop) -> None:
    """Show the kinds of documents as cards with their formats."""
    slug = workshop.slug or "workshop"
    plan = make_plan(workshop, content(), library())
    give = partial(download, visit, width="stretch")
    cards = partial(st.container(key="documents").container, border=True, height="stretch")
    with cards():
        st.markdown("**Report**  \n:gray[Canvas, scores with reasons, decisions, diagram, sources]")
        give("PDF", partial(report, workshop, "report.pdf", zone()), f"{slug}-report.pdf", "application/pdf")
        give("Markdown", partial(report, workshop, "report.md", zone()), f"{slug}-report.md", "text/markdown")
    with cards():
        st.markdown("**Architecture**  \n:gray[The same picture as in the report]")
        dark = st.toggle("SVG and PNG for a dark page", key="dark-architecture")
        with st.container(horizontal=True):
            for suffix, label, mime in PICTURES:
                form, more = ("-dark", ("--dark",)) if dark and suffix in DRAWN else ("", ())
                make = partial(export, workshop, "diagram", f"diagram{suffix}", more=more)
                download(visit, label, make, f"{slug}-architecture{form}{suffix}", mime)
    with cards():
        st.markdown(f"**Decision records**  \n:gray[{records_told(workshop)} (MADR)]")
        give("All records", lambda: record_archive(workshop), f"{slug}-decisions.zip", "application/zip")
    with cards():
        st.markdown("**Cards**  \n:gray[What a stranger should know, from the governance step]")
        give("Model card", lambda: model_card(plan).encode(), f"{slug}-model-card.md", "text/markdown")
        give("Datasheet", lambda: datasheet(plan).encode(), f"{slug}-datasheet.md", "text/markdown")
    with cards():
        st.markdown("**Workshop file**  \n:gray[For your repository and for the command line]")
        give("YAML", lambda: dump_workshop(workshop).encode(), f"{slug}.workshop.yaml", "application/yaml")


@st.cache_resource(max_entries=16, show_spinner="Preparing the project")
def project_of(_workshop: Workshop, workshop_id: str, seq: int) -> Project:
    """Return the generated project of one state of a workshop."""
    return render_project(make_plan(_workshop, content(), library()))


def generated(visit: Visit, workshop: Workshop) -> bytes:
    """Return the project as a zip. Its name is chosen with the first one and kept from then on."""
    if visit.workshop.slug is None and visit.may_edit:
        note_down(visit, "workshop:", "slug", workshop.slug)
    return export(workshop, "scaffold", "project.zip", "--zip")


def project_card(visit: Visit, workshop: Workshop) -> None:
    """Show the project's files with the decision behind each, one file's text, and why it is there."""
    project = project_of(workshop, visit.id, visit.seq)
    slug = workshop.slug or "project"
    tree, text = st.columns([2, 3], gap="medium")
    with tree:
        st.subheader("Your project")
        files = counted(len(project.files), "file")
        st.caption(f"{files}. {commands_of(project)} work with Python and make.")
        make = partial(generated, visit, workshop)
        download(visit, "Project (zip)", make, f"{slug}.zip", "application/zip", type="primary", width="stretch")
        by_path = {file.path: file for file in project.files}
        file = by_path[pick("Look into a file", {path: path for path in by_path}, key="file", default=SHOWN_FIRST)]
        why_this_file(file, make_plan(workshop, content(), library()).choices)
        after_adopting(visit)
        with st.expander(f"{counted(len(project.manual_steps), 'step')} by hand, explained in docs/adoption.md"):
            st.markdown("\n".join(f"- {literal(step.title)}" for step in project.manual_steps))
    with text:
        show_file(file)


def commands_of(project: Project) -> str:
    """Return the commands of a project that people look for first, as far as its Makefile has them."""
    rules = "\n".join(f.content.decode() for f in project.files if f.path == "Makefile" or f.path.endswith(".mk"))
    found = [f"`make {command}`" for command in COMMANDS if re.search(rf"^{command}:", rules, re.MULTILINE)]
    return " and ".join(filter(None, (", ".join(found[:-1]), found[-1])))


def after_adopting(visit: Visit) -> None:
    """Show how each model would move once the team has taken the project over with the practices it carries."""
    found = adopted(visit)
    st.markdown("**After adopting it**")
    if found.moved:
        st.markdown("\n".join(f"- {literal(moved.told)}" for moved in found.moved))
        st.caption("What is sure today, and what the practices of the files make of it once your team works this way.")
    for line in found.why:
        st.caption(literal(line))


def why_this_file(file: GeneratedFile, choices: Mapping[str, Choice]) -> None:
    """Show which decisions a file comes from and who owns it from now on."""
    st.markdown(f"**Why this file**  \n{literal(file.because)}")
    for slot in file.slots:
        choice = choices[slot]
        state = "" if choice.status == "accepted" else f" ({choice.status})"
        st.markdown(f"- {choice.slot.title}: **{literal(choice.title)}**{state}")
    st.caption(f"Owner: {file.owner}")


def show_file(file: GeneratedFile) -> None:
    """Show a text file as code; other files only by their size."""
    try:
        shown = file.content.decode()
    except UnicodeDecodeError:
        st.caption(f"{file.path}: {len(file.content)} bytes, not text.")
        return
    # Plain: `st.code` brings its highlighter, which takes the browser longer than all the rest of the page.
    text = html.escape(shown[:SHOWN_CHARACTERS], quote=False)
    st.html(f'<pre class="file" tabindex="0" aria-label="Text of the file">{text}</pre>')
    if len(shown) > SHOWN_CHARACTERS:
        st.caption(f"Its first {SHOWN_CHARACTERS:,} characters; all of it is in the project.")


visit: Visit = st.session_state["visit"]
ready = document(visit)
documents_row(visit, ready)
bring_back(visit)
with st.container(border=True):
    try:
        project_card(visit, ready)
    except TemplatesError as error:
        st.error(str(error))
with st.container(border=True):
    st.subheader("Architecture")
    architecture_sketch(visit)
