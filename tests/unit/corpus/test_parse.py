from __future__ import annotations

import pytest

from corpus import Section, Source, split_sentences
from tests.unit.corpus.samples import HEADER, markdown, notes, problems, resource


def test_the_text_has_no_footnote_marks_and_the_sentence_keeps_its_source() -> None:
    reading = notes(
        "First.\nSecond.[^1]\nThird. [^b]\n\n[^1]: https://example.org/1\n[^b]: http://example.org/b\n"
    )

    assert reading.text == "First.\nSecond.\nThird."
    assert reading.sources == (
        Source(7, 14, "https://example.org/1"),
        Source(15, 21, "http://example.org/b"),
    )
    urls = [reading.url_at(sentence.start) for sentence in split_sentences(reading)]
    assert urls == ["https://example.org/a", "https://example.org/1", "http://example.org/b"]


def test_headings_leave_the_text_and_say_where_it_begins() -> None:
    reading = notes("Before.\n\n## One\n\nFirst.\nSecond.\n\n### Two ##\nThird.\n")

    assert reading.text == "Before.\n\nFirst.\nSecond.\n\nThird."
    assert reading.sections == (Section(9, "One"), Section(25, "Two"))
    assert [reading.heading_at(s.start) for s in split_sentences(reading)] == [None, "One", "One", "Two"]


def test_a_files_own_words_are_joined_into_paragraphs_but_notes_stay_lines() -> None:
    body = "The first half\nof a sentence. Another.\n\nA list:\n- one\n- two\nmore\n\nKept\\\napart\n"

    assert resource(body=body).text == (
        "The first half of a sentence. Another.\n\nA list:\n- one\n- two more\n\nKept\napart"
    )
    assert notes("One.\nTwo.\n").text == "One.\nTwo."


def test_a_mark_in_a_wrapped_paragraph_is_the_source_of_all_its_words_before() -> None:
    reading = resource(body="The first half\nof it.[^1] The rest.\n\n[^1]: https://example.org/1\n")

    assert reading.text == "The first half of it. The rest."
    assert reading.sources == (Source(0, 21, "https://example.org/1"),)


def test_without_notes_true_the_text_is_the_sources_own_words() -> None:
    assert not resource().notes
    assert notes("A note.").notes


def test_signs_with_a_backslash_stand_for_themselves() -> None:
    assert resource(body=r"\# not a heading, \[^1] no footnote, C:\\x, \d").text == (
        r"# not a heading, [^1] no footnote, C:\x, \d"
    )


@pytest.mark.parametrize(
    "hidden", ["\x00", "\x1b", "\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\U000e0041"]
)
def test_characters_that_nobody_sees_are_removed(hidden: str) -> None:
    reading = resource(HEADER.replace("A title", f"A {hidden}title"), f"A sen{hidden}tence.\n")

    assert (reading.title, reading.text) == ("A title", "A sentence.")


def test_characters_that_nobody_sees_are_removed_when_yaml_spells_them_out() -> None:
    header = HEADER.replace("A title", r'"A \u202Etitle\n\0 of\x1B[31m two lines"')

    assert resource(header).title == "A title of[31m two lines"


def test_joiners_that_a_script_needs_are_kept() -> None:
    assert resource(body="می\u200cخواهم a\u200db").text == "می\u200cخواهم ab"


def test_lines_may_end_as_they_do_on_any_system() -> None:
    text = markdown(HEADER + "notes: true\n", "One.\nTwo.\n")

    assert not problems(text.replace("\n", "\r\n"))
    assert not problems("\ufeff" + text.replace("\n", "\r"))


def test_numbers_dates_and_words_that_yaml_would_convert_stay_texts() -> None:
    reading = resource(
        HEADER.replace("A title", "1984") + "date: 2021-12-16\npublisher: No\nseries: null\nwork:\n"
    )

    assert (reading.title, reading.date, reading.publisher) == ("1984", "2021-12-16", "No")
    assert reading.series is None
    assert reading.work is None


def test_one_person_needs_no_list() -> None:
    assert resource(HEADER + "people: Ela Bhatt\n").people == ("Ela Bhatt",)
