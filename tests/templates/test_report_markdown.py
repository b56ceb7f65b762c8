"""The report as Markdown: the same content as the PDF, and every text literal."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assessments.library.packs import library
from canvas.method.load import shipped
from templates.markdown_text import escape, link
from templates.plan import make_plan
from templates.report.markdown import to_markdown
from templates.report.model import report_model
from tests.hostile import HOSTILE, OTHER_SCRIPTS, hostile_workshop

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def markdown_of(texts: tuple[str, ...]) -> str:
    return to_markdown(report_model(make_plan(hostile_workshop(texts), shipped(), library()), (), "2026-11-23"))


def shown(markdown: str) -> str:
    """Return what a reader sees of Markdown."""
    return html.unescape(re.sub(r"<[^>]+>", "", RENDERER.render(markdown).replace("<br>", "\n")))


@pytest.mark.parametrize("texts", [HOSTILE, OTHER_SCRIPTS])
def test_every_note_reads_literally(texts: tuple[str, ...]) -> None:
    text = shown(markdown_of(texts))
    assert all(f"{note} (risk) Source: {note}" in text for note in texts)


def test_nothing_that_was_typed_becomes_markup() -> None:
    page = RENDERER.render(markdown_of(HOSTILE))
    tags = set(re.findall(r"<(/?\w+)", page))
    assert not {"script", "img", "del", "blockquote", "b"} & tags
    addresses = re.findall(r'href="([^"]*)"', page)
    assert all(address.startswith(("https://", "#")) for address in addresses)


def test_tables_keep_their_columns_whatever_is_typed() -> None:
    for table in re.findall(r"<table>.*?</table>", RENDERER.render(markdown_of(HOSTILE)), flags=re.DOTALL):
        rows = re.findall(r"<tr>(.*?)</tr>", table, flags=re.DOTALL)
        assert len({row.count("<td") + row.count("<th") for row in rows}) == 1


def test_the_diagram_is_a_fence_that_text_cannot_close() -> None:
    fences = [token for token in RENDERER.parse(markdown_of(HOSTILE)) if token.type == "fence"]
    assert [fence.info for fence in fences] == ["mermaid"]
    assert fences[0].content.startswith("flowchart LR\n")


def test_the_contents_lead_to_headings_that_exist() -> None:
    text = markdown_of(("plain",))
    anchors = re.findall(r"^- \[[^\]]+\]\(#([^)]+)\)", text, flags=re.MULTILINE)
    titles = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    headings = {title.lower().replace(",", "").replace(" ", "-") for title in titles}
    assert len(anchors) == 11
    assert set(anchors) <= headings


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cn", "Co")), max_size=40))
def test_escaped_text_reads_exactly_like_the_text(text: str) -> None:
    assert shown(escape(text)).strip() == text.strip()
    assert shown(f"| a |\n| --- |\n| x{escape(text)}x |") == shown("| a |\n| --- |\n| M |").replace("M", f"x{text}x")


@settings(max_examples=200, deadline=None)
@given(st.text("&amp;#x20<>|`*_[]()!~$\\{}:-+=.1)\n ", max_size=30))
def test_escaped_text_made_of_markup_reads_exactly_like_the_text(text: str) -> None:
    assert "".join(shown(f"- x{escape(text)}x").split()) == "".join(f"x{text}x".split())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "https://a)b", None])
def test_only_plain_web_addresses_become_links(address: str | None) -> None:
    assert link("text", address) == "text"
    assert link("a]b", "https://ml-ops.org/x") == r"[a\]b](<https://ml-ops.org/x>)"
