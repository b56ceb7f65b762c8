"""The blank canvas to print: one A3 sheet with every block, and every guiding question on the next page."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from canvas.method.canvases import CanvasDefinition
from canvas.method.load import shipped
from templates.report.blank import blank_canvas_pdf

CANVAS = shipped().canvases["stack-canvas"]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def pages() -> list[str]:
    reader = PdfReader(io.BytesIO(blank_canvas_pdf(CANVAS)))
    sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages}
    assert sizes == {(1191, 842)}
    return [squeezed(page.extract_text()) for page in reader.pages]


def test_the_canvas_takes_one_page_and_the_questions_another(pages: list[str]) -> None:
    assert len(pages) == 2


def test_the_sheet_has_every_block_with_its_purpose_and_first_question(pages: list[str]) -> None:
    for block in CANVAS.blocks:
        assert all(squeezed(text) in pages[0] for text in (block.title, block.purpose, block.opener))


def test_the_second_page_has_every_question_with_its_hint(pages: list[str]) -> None:
    for block in CANVAS.blocks:
        for question in block.questions:
            assert squeezed(question.text) in pages[1]
            assert squeezed(question.hint or "") in pages[1]


def test_the_sheet_leaves_room_to_write_and_credits_its_source(pages: list[str]) -> None:
    assert all(label in pages[0] for label in ("Project", "Team", "Date"))
    assert squeezed(CANVAS.attribution) in pages[0]
    assert squeezed(CANVAS.license) in pages[0]


def test_the_sheet_is_accessible_and_the_same_every_time() -> None:
    document = blank_canvas_pdf(CANVAS)
    assert b"pdfaid:part>2<" in document
    assert b"pdfuaid:part>1<" in document
    assert document == blank_canvas_pdf(CANVAS)


def test_long_questions_drop_hints_before_they_grow_over_the_page() -> None:
    questions = [q.model_copy(update={"hint": "long " * 120}) for q in CANVAS.blocks[0].questions]
    longer = CANVAS.blocks[0].model_copy(update={"questions": (*questions, *questions)})
    swollen: CanvasDefinition = CANVAS.model_copy(update={"blocks": (longer,) * 6 + CANVAS.blocks[1:]})
    reader = PdfReader(io.BytesIO(blank_canvas_pdf(swollen)))
    assert len(reader.pages) == 2
    assert squeezed(questions[0].text) in squeezed(reader.pages[1].extract_text())
