"""Take home: everything the workshop becomes, to look at and to download."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import streamlit as st

from canvas.workshop import Workshop
from canvas.workshop_file import arrange, dump_workshop
from templates.adr.records import records
from templates.plan import make_plan
from templates.scaffold.definitions import GeneratedFile, Project
from templates.scaffold.render import render_project
from views.exports import export
from views.literal import literal
from views.session import Visit, content, submit
from views.sketch import architecture_sketch

LANGUAGES = {".py": "python", ".yaml": "yaml", ".yml": "yaml", ".md": "markdown", ".toml": "toml", ".json": "json"}


def document(visit: Visit) -> Workshop:
    """Return the workshop as files hold it: blocks in canvas order, and the project's name chosen for good."""
    slug = make_plan(visit.workshop, content()).slug
    if visit.workshop.slug is None and visit.may_edit:
        submit(visit, "workshop:", {"slug": slug})
    return arrange(visit.workshop.model_copy(update={"slug": slug}), content())


def download(label: str, data: Callable[[], bytes], name: str, mime: str, primary: bool = False) -> None:
    """Show a button whose file is made when it is clicked."""
    kind = "primary" if primary else "secondary"
    st.download_button(label, data, name, mime, key=f"get-{name}", on_click="ignore", type=kind, width="stretch")


def documents_row(visit: Visit, workshop: Workshop) -> None:
    """Show the four kinds of documents as cards with their formats."""
    slug = workshop.slug or "workshop"
    report, picture, decided, file = st.columns(4)
    with report, st.container(border=True, height="stretch"):
        st.markdown("**Report**  \n:gray[Canvas, scores with reasons, decisions, diagram, sources]")
        download("PDF", lambda: export(workshop, "report", "report.pdf"), f"{slug}-report.pdf", "application/pdf", True)
        download("Markdown", lambda: export(workshop, "report", "report.md"), f"{slug}-report.md", "text/markdown")
    with picture, st.container(border=True, height="stretch"):
        st.markdown("**Architecture**  \n:gray[The same picture as in the report]")
        for suffix, mime in (
            (".svg", "image/svg+xml"),
            (".png", "image/png"),
            (".dot", "text/plain"),
            (".mmd", "text/plain"),
        ):
            make = lambda suffix=suffix: export(workshop, "diagram", f"diagram{suffix}")  # noqa: E731
            download(suffix[1:].upper(), make, f"{slug}-architecture{suffix}", mime)
    with decided, st.container(border=True, height="stretch"):
        accepted = sum(1 for d in workshop.decisions if d.status == "accepted")
        drafts = sum(1 for d in workshop.decisions if d.status == "draft")
        st.markdown(f"**Decision records**  \n:gray[{accepted} recorded, {drafts} still drafts (MADR)]")
        download("All records", lambda: record_archive(workshop), f"{slug}-decisions.zip", "application/zip")
    with file, st.container(border=True, height="stretch"):
        st.markdown("**Workshop file**  \n:gray[For your repository and for the command line]")
        download("YAML", lambda: dump_workshop(workshop).encode(), f"{slug}.workshop.yaml", "application/yaml")


def record_archive(workshop: Workshop) -> bytes:
    """Return the decision records as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in records(make_plan(workshop, content())).items():
            archive.writestr(path, text)
    return buffer.getvalue()


@st.cache_resource(max_entries=16, show_spinner="Preparing the project")
def project_of(_workshop: Workshop, workshop_id: str, seq: int) -> Project:
    """Return the generated project of one state of a workshop."""
    return render_project(make_plan(_workshop, content()))


def project_card(visit: Visit, workshop: Workshop) -> None:
    """Show the project's files with the decision behind each, one file's text, and why it is there."""
    project = project_of(workshop, visit.id, visit.seq)
    slug = workshop.slug or "project"
    tree, text = st.columns([2, 3], gap="medium")
    with tree:
        st.subheader("Your project")
        st.caption(f"{len(project.files)} files. `make train`, `make serve` and `make test` work with Python and make.")
        download(
            "Project (zip)",
            lambda: export(workshop, "scaffold", "project.zip", "--zip"),
            f"{slug}.zip",
            "application/zip",
            True,
        )
        paths = [file.path for file in project.files]
        start = next((i for i, path in enumerate(paths) if path.startswith("serving/")), 0)
        picked = st.selectbox("Look into a file", range(len(paths)), start, format_func=lambda i: paths[i])
        file = project.files[picked]
        why_this_file(file, make_plan(workshop, content()).choices)
        if project.manual_steps:
            st.markdown("**To do by hand**")
            for step in project.manual_steps:
                st.markdown(f"- {literal(step.title)}")
    with text:
        show_file(file)


def why_this_file(file: GeneratedFile, choices: dict) -> None:  # type: ignore[type-arg]
    """Show which decisions a file comes from and who owns it from now on."""
    st.markdown(f"**Why this file**  \n{literal(file.because)}")
    for slot in file.slots:
        choice = choices[slot]
        state = "" if choice.status == "accepted" else f" ({choice.status})"
        st.markdown(f"- {choice.slot.title}: **{literal(choice.title)}**{state}")
    st.caption(f"Owner: {file.owner}")


def show_file(file: GeneratedFile) -> None:
    """Show a text file as code; other files only by their size."""
    suffix = "." + file.path.rsplit(".", 1)[-1]
    try:
        shown = file.content.decode()
    except UnicodeDecodeError:
        st.caption(f"{file.path}: {len(file.content)} bytes, not text.")
        return
    st.code(shown[:20000], language=LANGUAGES.get(suffix), height=620)


visit: Visit | None = st.session_state["visit"]
if visit is None:
    st.info("Open a workshop first.")
    st.page_link("steps/start.py", label="To the start page")
else:
    ready = document(visit)
    documents_row(visit, ready)
    with st.container(border=True):
        project_card(visit, ready)
    with st.container(border=True):
        st.subheader("Architecture")
        architecture_sketch(visit)
