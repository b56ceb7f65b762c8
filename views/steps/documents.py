"""A workshop as files hold it, and its decision records as a zip: what more than one page hands out."""

from __future__ import annotations

import io
import zipfile

from assessments.library.packs import library
from canvas.document.file import arrange
from canvas.document.workshop import Workshop
from templates.adr.records import records
from templates.plan import make_plan
from views.visit.session import Visit, content


def document(visit: Visit) -> Workshop:
    """Return the workshop as files hold it: blocks in canvas order, with the name its project has or would get."""
    slug = make_plan(visit.workshop, content(), library()).slug
    return arrange(visit.workshop.model_copy(update={"slug": slug}), content())


def record_archive(workshop: Workshop) -> bytes:
    """Return the decision records as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in records(make_plan(workshop, content(), library())).items():
            archive.writestr(path, text)
    return buffer.getvalue()
