"""The report as PDF: literal texts, accessible, archival when fonts allow, the same bytes every time."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from test_report_model import result

from assessments.library.packs import library
from assessments.standing.score_all import score_all
from canvas.document.file import load_workshop
from canvas.document.workshop import Note, Workshop
from canvas.method.load import shipped
from templates.drawing import fonts
from templates.errors import ReportError
from templates.plan import make_plan
from templates.report import pdf
from templates.report.model import Report, report_model
from templates.report.pdf import to_pdf
from tests.hostile import HOSTILE, hostile_workshop

A3_LANDSCAPE = (1191, 842)


def report_of(workshop: Workshop) -> Report:
    return report_model(make_plan(workshop, shipped(), library()), (result("mltest"),), "2026-11-23")


def noted(*texts: str, block: str = "data") -> Report:
    notes = tuple(Note(id=f"n{index}", text=text) for index, text in enumerate(texts))
    return report_of(Workshop(title="Tag suggester", canvases={"stack-canvas": {block: notes}}))


def read(document: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(document))


def text_of(document: bytes) -> str:
    return " ".join(page.extract_text() for page in read(document).pages)


def canvas_page(document: bytes) -> str:
    [page] = [page for page in read(document).pages if round(page.mediabox.width) == A3_LANDSCAPE[0]]
    return str(page.extract_text())


def without_white_space(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def hostile() -> bytes:
    return to_pdf(report_of(hostile_workshop()))


def test_the_contents_of_a_report_on_all_models_and_canvases_fit_on_one_page() -> None:
    everything = load_workshop(Path(__file__).parents[2] / "examples/starter-git-dvc-make.workshop.yaml")
    plan = make_plan(everything, shipped(), library())
    pages = read(to_pdf(report_model(plan, score_all(everything, library()), "2026-11-23"))).pages
    assert pages[1].extract_text().startswith("Contents")
    assert pages[2].extract_text().startswith("1 Phase zero")


def test_every_text_is_printed_literally(hostile: bytes) -> None:
    text = text_of(hostile)
    assert all(note in text for note in HOSTILE)


def test_nothing_that_was_typed_runs_or_opens(hostile: bytes) -> None:
    assert b"/JavaScript" not in hostile
    assert b"/Launch" not in hostile
    pages = [page for page in read(hostile).pages if "/Annots" in page]
    links = [note.get_object()["/A"]["/URI"] for page in pages for note in page["/Annots"] if "/A" in note.get_object()]
    assert links
    assert all(link.startswith("https://") for link in links)


def test_the_file_is_tagged_titled_and_archival(hostile: bytes) -> None:
    reader = read(hostile)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF object, not a bool
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == HOSTILE[0]
    assert b"pdfaid:part>2<" in hostile
    assert b"pdfuaid:part>1<" in hostile


def test_the_canvas_is_one_a3_page_with_every_block(hostile: bytes) -> None:
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in read(hostile).pages]
    assert sizes.count(A3_LANDSCAPE) == 1
    page = without_white_space(canvas_page(hostile))
    assert all(without_white_space(block.title) in page for block in shipped().canvases["stack-canvas"].blocks)


def test_the_same_report_gives_the_same_bytes() -> None:
    report = noted("a note")
    assert to_pdf(report) == to_pdf(report)


def test_notes_that_do_not_fit_are_counted_on_the_canvas_and_listed_after_it() -> None:
    texts = [f"note number {number} " + "with many words " * 12 for number in range(40)]
    document = to_pdf(noted(*texts, block="serving"))
    page = canvas_page(document)
    assert "more, see the list" in page
    assert "note number 39" not in page
    listed = without_white_space(text_of(document))
    assert all(without_white_space(text) in listed for text in texts)


def test_an_empty_block_asks_its_first_question() -> None:
    opener = shipped().canvases["stack-canvas"].block("serving")
    assert opener is not None
    assert without_white_space(opener.opener) in without_white_space(canvas_page(to_pdf(noted("a"))))


def test_a_word_without_end_stays_on_the_page() -> None:
    document = to_pdf(noted("w" * 300))
    assert "w" * 300 in without_white_space(text_of(document))
    rights = []
    for page in read(document).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, *_: rights.append((tm[4], text)))
    assert max(x for x, text in rights if "w" in text) < A3_LANDSCAPE[0]


def test_arabic_and_hebrew_are_printed_and_keep_the_file_archival() -> None:
    assert b"pdfaid:part>2<" in to_pdf(noted("مرحبا بالعالم", "עברית"))


def test_a_script_without_a_font_is_named_with_the_package_that_brings_one(monkeypatch: pytest.MonkeyPatch) -> None:
    # A private-use character has no glyph anywhere; the name and the mend are those of a script without a font.
    missing = fonts.MissingScript("Linear A", "pip install fontpkg-linear-a", "\U0010fffd")
    monkeypatch.setattr(fonts, "missing_scripts", lambda text: (missing,))
    text = text_of(to_pdf(noted("one \U0010fffd two")))
    assert "Linear A: no font on this machine has 1 of the characters used (U+10FFFD)" in " ".join(text.split())
    assert "pip install fontpkg-linear-a" in text
    assert "neither PDF/A nor PDF/UA, because: some characters have no font" in " ".join(text.split())


def test_scripts_are_found_by_what_fonts_really_have() -> None:
    assert fonts.missing_scripts("plain, ünïcödé, مرحبا, עברית") == ()
    [missing] = fonts.missing_scripts("fine \U0010fffd\U0010fffc fine")
    assert missing.characters == "\U0010fffc\U0010fffd"


def test_without_a_picture_the_report_says_why_and_tells_it_in_words() -> None:
    report = noted("a")
    diagram = replace(report.diagram, svg=None, problem="No engine was found. Run `pip install graphviz-pure`.")
    text = " ".join(text_of(to_pdf(replace(report, diagram=diagram))).split())
    assert "The picture is missing. No engine was found. Run `pip install graphviz-pure`." in text
    assert "FastAPI (Prediction service, assumed)" in text


def test_a_picture_that_reaches_for_files_stops_the_pdf_with_a_message() -> None:
    report = noted("a")
    outside = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>'
    with pytest.raises(ReportError, match="could not be set"):
        to_pdf(replace(report, diagram=replace(report.diagram, svg=outside)))


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt"])
def test_the_typesetter_reads_nothing_outside_its_pages(
    path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "report.typ").write_text(f'#read("{path}")')
    monkeypatch.setattr(pdf, "PAGES", pages)
    monkeypatch.setattr(pdf, "ROOT", pages)
    with pytest.raises(ReportError, match="could not be set"):
        to_pdf(noted("a"))
