"""Links open at the words: the page of a PDF, the very words of a web page."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from corpus.links import link_to
from corpus.resource import Resource, Source

TEXT = (
    "Members vote. Each member of the firm has one vote, whatever the capital that she has put in, and"
    " members vote on everything.\n\nYear | Share of co-ops\n1990 | 12 % & more\n\nThe end of the text."
)
PAGE = Resource(id="a", title="A", kind="document", language="en", text=TEXT, url="https://example.org/a?b=1")


def _link(words: str, resource: Resource = PAGE) -> str | None:
    start = resource.text.index(words)
    return link_to(resource, start, start + len(words))


def test_a_short_quotation_is_named_whole() -> None:
    assert _link("The end of the text.") == "https://example.org/a?b=1#:~:text=The%20end%20of%20the%20text."


def test_a_long_quotation_is_named_by_its_first_and_last_words() -> None:
    long = "Each member of the firm has one vote, whatever the capital that she has put in, and members vote"
    link = _link(long)

    assert link is not None
    assert unquote(link).endswith("#:~:text=Each member of the,in, and members vote")


def test_commas_hyphens_and_ampersands_are_encoded() -> None:
    assert _link("Share of co-ops") == "https://example.org/a?b=1#:~:text=Share%20of%20co%2Dops"
    assert _link("12 % & more") == "https://example.org/a?b=1#:~:text=12%20%25%20%26%20more"
    assert (_link("vote, whatever") or "").endswith("text=vote%2C%20whatever")


def test_no_part_reaches_across_cells_and_paragraphs() -> None:
    link = _link("Year | Share of co-ops\n1990 | 12 % & more")

    assert link is not None
    assert unquote(link).endswith("text=Year,12 % & more")


def test_words_are_never_cut() -> None:
    assert (_link("ach member of th") or "").endswith("text=Each%20member%20of%20the")


def test_first_words_that_stand_earlier_are_followed_by_more() -> None:
    text = "The vote of the firm is open. The vote of the firm is secret when one member of it asks for that."
    start = text.index("The vote of the firm is secret")
    link = link_to(replace(PAGE, text=text), start, len(text))

    assert link is not None
    assert "text=The vote of the firm is secret," in unquote(link)


def test_a_pdf_opens_at_the_page() -> None:
    document = replace(PAGE, pages=(0, TEXT.index("Year")), url="https://example.org/a.pdf#view=Fit")

    assert _link("Members vote.", document) == "https://example.org/a.pdf#page=1"
    assert _link("The end", document) == "https://example.org/a.pdf#page=2"


def test_notes_and_words_of_other_sources_have_the_plain_address() -> None:
    assert _link("The end", replace(PAGE, notes=True)) == PAGE.url
    source = Source(0, 13, "https://example.org/other")
    assert _link("Members vote.", replace(PAGE, sources=(source,))) == "https://example.org/other"


def test_a_file_of_ones_own_has_no_link() -> None:
    assert _link("The end", replace(PAGE, url=None)) is None


def test_an_anchor_stays() -> None:
    link = _link("The end of", replace(PAGE, url="https://example.org/a#part:~:text=old"))

    assert link == "https://example.org/a#part:~:text=The%20end%20of"


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_any_span_of_any_text_has_an_address_of_plain_signs(text: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    link = link_to(replace(PAGE, text=text), start, end)

    assert link is not None
    assert link.isascii()
    assert link.startswith("https://example.org/a?b=1")
    assert not set(" \n\"'<>") & set(link)
