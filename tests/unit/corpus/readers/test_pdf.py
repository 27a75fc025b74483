"""PDFs: what a reader of the page would read, in the order in which she would."""

from __future__ import annotations

import io

import pytest
from fpdf import FPDF

from corpus.readers.content import ScannedError, UnreadableError
from corpus.readers.pdf import read_pdf
from tests.file_makers import locked_pdf, pdf, picture, scan

PROSE = (
    "The members meet every month and vote on what the board proposes to them. "
    "Whoever can not come may send another member, who then has two votes and no more."
)


def _drawn(*lines: tuple[float, float, str], size: float = 11, pages: int = 1) -> FPDF:
    document = FPDF()
    for _ in range(pages):
        document.add_page()
        document.set_font("Times", size=size)
        for left, top, text in lines:
            document.text(left, top, text)
    return document


def _text(document: FPDF) -> str:
    return read_pdf(bytes(document.output())).text


def test_lines_are_joined_into_paragraphs() -> None:
    assert read_pdf(pdf([[PROSE, PROSE]])).text == f"{PROSE}\n\n{PROSE}"


def test_a_title_that_is_no_text_is_no_title_and_the_pages_are_read() -> None:
    data = pdf([[PROSE]], title="The title Ω")
    omega, half_a_letter = b"03a9>", b"d800>"
    assert omega in data
    read = read_pdf(data.replace(omega, half_a_letter))
    assert (read.text, read.found.title) == (PROSE, None)


def test_two_columns_are_read_one_after_the_other_even_if_drawn_line_by_line() -> None:
    left = [
        f"left column number {word} with words" for word in ("one", "two", "three", "four", "five", "six")
    ]
    right = [line.replace("left", "right") for line in left]
    rows = zip(left, right, strict=True)
    lines = [
        (x, 40 + 5 * row, text)
        for row, pair in enumerate(rows)
        for x, text in zip((20, 110), pair, strict=True)
    ]

    text = _text(
        _drawn((20, 30, "A line across both of the columns, from the left margin to the right one"), *lines)
    )

    assert text.index("A line across") < text.index("left column number one")
    assert text.index("left column number six") < text.index("right column number one")
    assert text.index("right column number one") < text.index("right column number six")


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Year", "Firms", "Members"), *((str(1990 + i), str(10 * i), str(99 + i)) for i in range(8))]
    lines = [
        (x, 40 + 6 * i, cell)
        for i, row in enumerate(rows)
        for x, cell in zip((20, 80, 140), row, strict=True)
    ]

    text = _text(_drawn(*lines))

    assert "Year | Firms | Members\n1990 | 0 | 99\n1991 | 10 | 100" in text


def test_broken_words_are_mended() -> None:
    text = _text(_drawn((20, 40, "All of them are mem-"), (20, 45, "bers of the firm.")))

    assert text == "All of them are members of the firm."


def test_a_hyphen_that_the_document_writes_elsewhere_is_kept() -> None:
    document = _drawn(
        (20, 40, "A co-operative is a firm."), (20, 60, "This is another co-"), (20, 65, "operative.")
    )

    assert _text(document).endswith("This is another co-operative.")


def test_ligatures_are_letters() -> None:
    document = FPDF()
    document.add_page()
    document.add_font("ligatures", fname="/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    document.set_font("ligatures", size=11)
    document.text(20, 40, "The o\ufb03ce \ufb01nds a pro\ufb01t.")

    assert _text(document) == "The office finds a profit."


def test_running_heads_and_page_numbers_are_left_out_and_chapters_kept() -> None:
    pages = [[f"Chapter text number {word}. {PROSE}"] for word in ("one", "two", "three", "four")]
    headings = [f"Chapter {number}" for number in range(1, 5)]

    content = read_pdf(pdf(pages, head="Handbook of cooperation", feet=True, headings=headings))

    assert "Handbook" not in content.text
    assert "- 3 -" not in content.text
    assert [section.heading for section in content.sections] == headings


def test_numbers_that_do_not_count_pages_are_no_page_numbers() -> None:
    document = FPDF()
    for year in (1956, 1974, 1991):
        document.add_page()
        document.set_font("Times", size=11)
        document.text(20, 15, f"In {year} a firm was founded.")
        document.text(20, 150, f"The firm of {year} lasted.")

    assert "In 1974 a firm was founded." in _text(document)


def test_heads_that_change_with_the_chapter_are_left_out_by_their_page_number() -> None:
    document = FPDF()
    for number in range(1, 9):
        document.add_page()
        document.set_font("Times", size=11)
        document.text(20, 12, f"About the {'ABCDEFGH'[number - 1]} of it {number + 4}")
        document.text(20, 100, f"Words of page {number}.")

    assert "About the" not in _text(document)


def test_a_number_alone_in_the_margin_is_a_pages() -> None:
    assert _text(_drawn((100, 285, "iv"), (20, 100, "Words."))) == "Words."


def test_the_list_of_contents_is_no_text() -> None:
    document = _drawn(
        (20, 40, "1 Introduction . . . . . . . . . 5"), (20, 50, "Annex ........ xii"), (20, 90, "Words.")
    )

    assert _text(document) == "Words."


def test_every_page_begins_where_its_text_does() -> None:
    content = read_pdf(pdf([["Alpha is first."], ["Beta is second."], [], ["Delta is fourth."]]))

    assert [content.text[start:][:5] for start in content.pages] == ["Alpha", "Beta ", "Delta", "Delta"]


def test_pages_of_headings_alone_are_counted_too() -> None:
    content = read_pdf(pdf([["Alpha is first."], [], [], []], headings=["One", None, "Three", "Four"]))

    assert len(content.pages) == 4
    assert content.text == "Alpha is first.\n\nThree\n\nFour"
    assert content.text[content.pages[3] :] in ("Four", "Three\n\nFour")


def test_a_sentence_goes_on_over_the_page_and_the_page_begins_within_it() -> None:
    document = _drawn((20, 250, "The members of the oldest firm in the"))
    document.add_page()
    document.text(20, 30, "valley meet every week.")

    content = read_pdf(bytes(document.output()))

    assert content.text == "The members of the oldest firm in the valley meet every week."
    assert content.text[content.pages[1] :] == "valley meet every week."


def test_text_that_nobody_sees_is_left_out() -> None:
    document = _drawn((20, 40, "Seen words."))
    document.set_text_color(255, 255, 255)
    document.text(20, 60, "White on white.")
    document.set_fill_color(0, 60, 120)
    document.rect(15, 80, 150, 20, "F")
    document.text(20, 90, "White on blue.")
    document.set_text_color(0, 0, 0)
    document.set_font("Times", size=1)
    document.text(20, 120, "Too small.")
    document.set_font("Times", size=11)
    document.text(20, 500, "Below the page.")
    with document.local_context(text_mode="INVISIBLE"):
        document.text(20, 140, "Painted with nothing.")

    text = _text(document)

    assert "Seen words." in text
    assert "White on blue." in text
    assert not [words for words in ("White on white", "small", "Below", "nothing") if words in text]


def test_the_letters_above_a_scan_are_its_text() -> None:
    document = FPDF()
    document.add_page()
    document.image(io.BytesIO(picture()), 0, 0, 210, 297)
    document.set_font("Times", size=11)
    with document.local_context(text_mode="INVISIBLE"):
        document.text(20, 140, "Recognised words.")

    assert _text(document) == "Recognised words."


def test_what_stands_sideways_in_the_margin_is_left_out() -> None:
    document = _drawn((20, 40, "Upright words."), (20, 50, "More of them."))
    with document.rotation(90, 10, 200):
        document.text(10, 200, "arXiv 1234")

    assert "arXiv" not in _text(document)


def test_the_information_dictionary_is_taken_where_a_person_filled_it() -> None:
    document = _drawn((20, 40, "Words."))
    document.set_title("Microsoft Word - annual report.docx")
    document.set_author("Ana Ruiz; Huet, Tim")
    found = read_pdf(bytes(document.output())).found
    assert (found.title, found.people) == ("annual report", ("Ana Ruiz", "Huet, Tim"))

    document = _drawn((20, 40, "Words."))
    document.set_title("untitled")
    document.set_author("Administrator")
    found = read_pdf(bytes(document.output())).found
    assert (found.title, found.people) == (None, ())


def test_scans_locked_and_damaged_files_say_so() -> None:
    with pytest.raises(ScannedError):
        read_pdf(scan())
    with pytest.raises(UnreadableError, match="password"):
        read_pdf(locked_pdf("Secret."))
    with pytest.raises(UnreadableError, match="damaged"):
        read_pdf(b"%PDF-1.4 nothing more")
