"""Every made document is read, or refused with a reason, and says what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.passages import split_passages
from corpus.readers import Found, Outcome, ReaderProcess, Skipped, read
from tests.documents import Readable, Unreadable, readable, unreadable

READABLE = {document.name: document for document in readable()}
UNREADABLE = {document.name: document for document in unreadable()}


@pytest.fixture(scope="module")
def outcomes(process: ReaderProcess, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What became of each document, by its name, in one walk through a folder of all of them."""
    folder = tmp_path_factory.mktemp("documents")
    documents: list[Readable | Unreadable] = [*READABLE.values(), *UNREADABLE.values()]
    for document in documents:
        (folder / document.name).write_bytes(document.data)
    # The path of a file in an archive goes on after the archive's name.
    return {outcome.name.split("/")[1]: outcome for outcome in read(folder, process=process)}


def _found(outcomes: dict[str, Outcome], document: Readable) -> Found:
    outcome = outcomes[document.name]
    assert isinstance(outcome, Found), outcome
    return outcome


def test_there_are_more_than_forty_documents_in_three_languages() -> None:
    assert len(READABLE) + len(UNREADABLE) >= 40
    assert {document.fact.language for document in READABLE.values()} == {"en", "es", "fr"}


@pytest.mark.parametrize("name", READABLE)
def test_a_document_says_its_fact_word_for_word(outcomes: dict[str, Outcome], name: str) -> None:
    document = READABLE[name]
    resource = _found(outcomes, document).resource

    start = resource.text.index(document.fact.answer)
    sentences = [text for passage in split_passages(resource) for text in passage.sentence_texts()]
    assert document.fact.answer in sentences
    assert resource.page_at(start) == document.page
    assert resource.language == document.fact.language
    assert not resource.notes
    if document.heading:
        assert resource.heading_at(start) == document.fact.heading
        assert resource.title == document.fact.title


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_can_not_be_read_is_refused_with_a_reason(outcomes: dict[str, Outcome], name: str) -> None:
    outcome = outcomes[name]

    assert isinstance(outcome, Skipped)
    assert UNREADABLE[name].reason in outcome.reason
    assert outcome.reason.endswith((".", "added", "recognised")), "whole sentences"


def test_menus_cookies_and_running_heads_are_left_out(outcomes: dict[str, Outcome]) -> None:
    for document in READABLE.values():
        text = _found(outcomes, document).resource.text
        assert "cookies" not in text
        assert "Privacy" not in text
        assert "- 2 -" not in text
        assert document.page is None or document.fact.title not in text


def test_hidden_words_of_a_document_are_left_out(outcomes: dict[str, Outcome]) -> None:
    for document in READABLE.values():
        if document.name.endswith(".docx"):
            text = _found(outcomes, document).resource.text
            assert not [word for word in ("Vanished", "Tiny", "White") if word in text]


def test_tables_are_kept_row_by_row_where_they_stand(outcomes: dict[str, Outcome]) -> None:
    text = _found(outcomes, READABLE["quarry.en.docx"]).resource.text
    assert "Year | Members\n1990 | 12\n2010 | 48\n\nAfter the table." in text

    text = _found(outcomes, READABLE["taxis.en.table.htm"]).resource.text
    assert "Year | Size\n1990 | 90 members\n2000 | 100 members" in text


def test_files_say_who_wrote_them_and_when(outcomes: dict[str, Outcome]) -> None:
    page = _found(outcomes, READABLE["printers.en.citation.html"]).resource
    assert (page.people, page.date, page.series) == (("Huet, Tim",), "2014-05", "Labour Review")
    assert (page.kind, page.publisher) == ("journal article", "Labour Press")
    assert page.url == "https://example.org/article"

    news = _found(outcomes, READABLE["taxis.en.table.htm"]).resource
    assert (news.kind, news.date) == ("news", "2019-03-01")

    book = _found(outcomes, READABLE["nursery.en.epub"]).resource
    assert (book.people, book.date, book.publisher) == (("Ana Ruiz",), "2016", "Basque Press")

    note = _found(outcomes, READABLE["cleaners.en.header.md"]).resource
    assert (note.people, note.date, note.topics) == (("Ana Ruiz",), "2015-06-01", ())

    word = _found(outcomes, READABLE["quarry.en.docx"]).resource
    assert word.people == ("Ana Ruiz",)


def test_an_e_book_is_read_in_the_order_of_its_spine(outcomes: dict[str, Outcome]) -> None:
    book = _found(outcomes, READABLE["nursery.en.epub"]).resource

    assert [section.heading for section in book.sections] == ["I", "The nursery's reserve", "III"]


def test_a_reading_names_its_file(outcomes: dict[str, Outcome]) -> None:
    for document in READABLE.values():
        file = _found(outcomes, document).resource.file
        assert file is not None
        assert file.split("/")[1] == document.name


def test_ids_are_unique_and_can_be_read(outcomes: dict[str, Outcome], tmp_path: Path) -> None:
    ids = [_found(outcomes, document).resource.id for document in READABLE.values()]

    assert len(set(ids)) == len(ids)
    assert all(id_.replace("-", "").isalnum() and not id_.startswith(str(tmp_path)) for id_ in ids)
