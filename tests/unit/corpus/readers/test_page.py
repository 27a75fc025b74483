"""Web pages: their main words, and nothing that their readers don't see."""

from __future__ import annotations

import pytest

from corpus.readers.content import UnreadableError
from corpus.readers.page import read_page
from tests.file_makers import page

PARAGRAPHS = "".join(
    f"<p>Paragraph {word} tells at some length what the members of the firm decided in that year.</p>"
    for word in ("one", "two", "three", "four")
)


def _text(body: str, head: str = "") -> str:
    return read_page(page("A page", f"<article>{PARAGRAPHS}{body}</article>", head)).text


@pytest.mark.parametrize("no_letter", ["&#2;", "&#x1f", "&#11;", "&#0;", "&#xFFFE;", "\uffff", "\x02"])
def test_a_page_with_what_is_no_letter_is_read_past_what_it_hides(no_letter: str) -> None:
    text = _text(f"<p>Its members <span hidden>SECRET</span>{no_letter} own the bakery, and bake in it.</p>")
    assert "Its members own the bakery" in text


def test_letters_that_are_referred_to_by_number_stay() -> None:
    assert "L’an 1985 … né" in _text("<p>L&#x2019;an&#32;1985 &#133; n&#233; in the eastern part.</p>")


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">SECRET words</p>',
        '<p style="color: red; DISPLAY : none !important">SECRET words</p>',
        '<p>Seen. <span style="visibility:hidden">SECRET</span></p>',
        '<p style="font-size:0">SECRET words</p>',
        '<p style="font-size: 1px">SECRET words</p>',
        '<p style="opacity:0">SECRET words</p>',
        '<p style="color:#fff">SECRET words</p>',
        '<p style="position:absolute;left:-9999px">SECRET words</p>',
        "<p hidden>SECRET words</p>",
        "<template><p>SECRET words</p></template>",
        "<noscript><p>SECRET words</p></noscript>",
        "<!-- SECRET words -->",
        '<p class="x quiet">SECRET words</p>',
        '<p id="gone">SECRET words</p>',
        "<dialog><p>SECRET words</p></dialog>",
    ],
)
def test_words_that_are_not_shown_are_left_out(hidden: str) -> None:
    css = "<style>/* a */ .quiet, p.b { display: none } #gone{visibility:hidden}</style>"
    text = _text(f"{hidden}<p>The last paragraph is shown to everybody who opens the page.</p>", css)

    assert "SECRET" not in text
    assert "The last paragraph is shown" in text


@pytest.mark.parametrize(
    "shown",
    [
        '<p style="font-size:10px">SHOWN words, and a good many of them.</p>',
        '<p style="opacity:0.5">SHOWN words, and a good many of them.</p>',
        '<div style="background:#000"><p style="color:#fff">SHOWN words, and a good many.</p></div>',
        '<p class="paper">SHOWN words, and a good many of them.</p>',
    ],
)
def test_words_that_are_shown_stay(shown: str) -> None:
    css = "<style>@media print { .paper { display: none } }</style>"

    assert "SHOWN" in _text(shown, css)


def test_zero_width_and_direction_marks_are_left_out() -> None:
    text = _text("<p>Mem\u200bbers \u202evote\u202c as they \U000e0041wish in the meeting of the firm.</p>")

    assert "Members vote as they wish" in text


def test_the_words_are_the_pages_own() -> None:
    body = (
        "<p>The   <b>surplus</b>\nis <a href='/x'>shared</a>,&nbsp;by work &amp; need.<br>Nobody is out.</p>"
    )

    assert "The surplus is shared, by work & need.\nNobody is out." in _text(body)


def test_headings_are_sections() -> None:
    content = read_page(
        page("A page", f"<article><h1>Top</h1>{PARAGRAPHS}<h2>Votes</h2>{PARAGRAPHS}</article>")
    )

    assert "Votes" in [section.heading for section in content.sections]


def test_a_short_page_is_taken_whole() -> None:
    content = read_page(page("Short", "<div>Members vote.</div><div>Nobody else does.</div>"))

    assert "Members vote." in content.text
    assert "Nobody else does." in content.text


def test_the_encoding_is_what_the_page_says() -> None:
    data = '<html><head><meta charset="iso-8859-15"></head><body><p>Été à 5 €</p></body></html>'

    assert read_page(data.encode("iso-8859-15")).text == "Été à 5 €"
    assert read_page(data.encode("utf-16")).text == "Été à 5 €"


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta name="DC.title" content="Of Firms">', "title", "Of Firms"),
        ('<meta property="og:title" content="Of Firms">', "title", "Of Firms"),
        ('<meta name="author" content="Ana Ruiz, Tim Huet">', "people", ("Ana Ruiz", "Tim Huet")),
        ('<meta property="article:author" content="https://x.org/ana">', "people", ()),
        ('<meta property="article:published_time" content="2020-02-30T1:00">', "date", "2020-02"),
        ('<link rel="canonical" href="https://x.org/a">', "url", "https://x.org/a"),
        ('<link rel="canonical" href="javascript:alert(1)">', "url", None),
        ('<link rel="canonical" href="/relative">', "url", None),
        ('<script type="application/ld+json">{"@graph":[{"@type":"BlogPosting"}]}</script>', "kind", "blog"),
        (
            '<script type="application/ld+json">{"@type":["Report"],"author":{"name":"A B"}}</script>',
            "people",
            ("A B",),
        ),
        ('<script type="application/ld+json">[{not json</script>', "kind", None),
        (f'<script type="application/ld+json">{"[" * 100_000}</script>', "kind", None),
    ],
)
def test_a_page_says_what_it_is(head: str, field: str, value: object) -> None:
    assert getattr(read_page(page("A page", PARAGRAPHS, head)).found, field) == value


def test_the_name_of_the_site_is_no_part_of_the_title() -> None:
    assert read_page(page("Of Firms | The Observer", PARAGRAPHS)).found.title == "Of Firms"
    assert read_page(
        page("Firms - of all kinds - Site", f"<h1>Firms - of all kinds</h1>{PARAGRAPHS}")
    ).found.title == ("Firms - of all kinds")


def test_the_heading_that_the_title_begins_with_is_the_pages_own() -> None:
    body = f"<h1>The Observer</h1>{PARAGRAPHS}<h1>Of Firms</h1>{PARAGRAPHS}"

    assert read_page(page("Of Firms - The Observer", body)).found.title == "Of Firms"


def test_a_page_without_anything_says_so() -> None:
    with pytest.raises(UnreadableError, match="empty or damaged"):
        read_page(b"<!-- -->")
