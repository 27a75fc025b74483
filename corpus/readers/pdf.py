"""PDF files: columns in order, running heads left out, words mended, and where each page begins."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from corpus.readers.content import Content, ContentBuilder, ScannedError, UnreadableError
from corpus.readers.metadata import Metadata
from corpus.readers.names import date_in, people_in, title_in
from corpus.readers.pdf_columns import rows_in_order
from corpus.readers.pdf_margins import without_running_lines
from corpus.readers.pdf_paragraphs import Paragraphs
from corpus.readers.pdf_text import Page, read_page

_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


def read_pdf(data: bytes) -> Content:
    """The text of all pages; UnreadableError if it is locked, damaged or a scan."""
    document = _open(data)
    try:
        pages = [_page(document, number) for number in range(len(document))]
        found = _metadata(document)
    finally:
        document.close()
    rows = without_running_lines([rows_in_order(page) for page in pages], [page.bounds for page in pages])
    if not any(rows):
        raise ScannedError("The PDF has pictures of pages, but no text.")
    builder = ContentBuilder()
    paragraphs = Paragraphs(builder, rows)
    for page in rows:
        paragraphs.add_page(page)
    paragraphs.finish()
    content = builder.content(found)
    return replace(content, pages=tuple(_first_word(content.text, start) for start in content.pages))


def _first_word(text: str, start: int) -> int:
    """Where the words begin: a page without any begins with those of the next."""
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise UnreadableError(
                "The PDF is locked with a password. Save a copy without the password and add that."
            ) from error
        raise UnreadableError("The PDF is damaged: no program can open it. Get the file again.") from error


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise UnreadableError(f"The PDF is damaged at page {number + 1}. Get the file again.") from error
    try:
        return read_page(page)
    finally:
        page.close()


def _metadata(document: pdfium.PdfDocument) -> Metadata:
    """What the information dictionary says, without what programs write there by themselves."""
    date = _DATE.match(_said_of_itself(document, "CreationDate"))
    return Metadata(
        title=title_in(_said_of_itself(document, "Title")),
        people=people_in(_said_of_itself(document, "Author")),
        date=date_in("-".join(part for part in date.groups() if part)) if date else None,
    )


def _said_of_itself(document: pdfium.PdfDocument, key: str) -> str:
    """Nothing where it can't be read: the pages can, for all that."""
    try:
        return str(document.get_metadata_value(key))
    except UnicodeDecodeError:
        return ""
