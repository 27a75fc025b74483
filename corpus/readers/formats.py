"""Which format a file is in, by its first bytes and its name, and what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from corpus.readers.archive import files_of, open_archive
from corpus.readers.bibtex import read_bibtex
from corpus.readers.content import Content, UnreadableError
from corpus.readers.csl import read_csl
from corpus.readers.epub import read_epub
from corpus.readers.held import Held, Members, Records
from corpus.readers.limits import Limits
from corpus.readers.markdown import read_markdown
from corpus.readers.page import read_page
from corpus.readers.pdf import read_pdf
from corpus.readers.ris import read_ris
from corpus.readers.text import decode, is_binary, read_text
from corpus.readers.word import read_word

WANTED = "PDF, HTML, DOCX, EPUB, Markdown, text, ZIP, BibTeX, RIS or CSL-JSON"
"""The formats, as messages name them."""

_PDF_WITHIN = 1024
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SNIFFED = 4096


def read_bytes(data: bytes, name: str, limits: Limits) -> Held:
    """What a file of this name with these bytes holds; UnreadableError says why it holds nothing."""
    if not data.strip():
        raise UnreadableError("The file is empty.")
    held = _held(data, PurePosixPath(name).suffix.casefold().lstrip("."), name, limits)
    if isinstance(held, Content):
        if not held.text.strip():
            raise UnreadableError("The file has no text.")
        if len(held.text) > limits.text_characters:
            raise UnreadableError(
                f"The text is longer than {limits.text_characters:,} characters. "
                "Split the file and add the parts."
            )
    return held


def _held(data: bytes, extension: str, name: str, limits: Limits) -> Held:
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return read_pdf(data)
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _zipped(data, extension, limits)
    if data.startswith(_OLD_OFFICE):
        raise UnreadableError("The file is in an old Office format. Save it as DOCX or PDF and add that.")
    if extension in _BY_EXTENSION:
        return _BY_EXTENSION[extension](data, name)
    if not is_binary(data) and _HTML.match(decode(data[:_SNIFFED])):
        return read_page(data)
    if extension in _DAMAGED:
        raise UnreadableError(f"The file is no {_DAMAGED[extension]}, whatever its name says. Get it again.")
    raise UnreadableError(f"This format is not read. Save it as {WANTED} and add that.")


def _zipped(data: bytes, extension: str, limits: Limits) -> Held:
    """What it is follows from what is in it, whatever it is called."""
    with open_archive(data, limits) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            return read_word(data, limits)
        if "META-INF/container.xml" in names:
            return read_epub(data, limits)
        if extension in ("docx", "epub"):
            raise UnreadableError(
                f"The file is no {_DAMAGED[extension]}, whatever its name says. Get it again."
            )
        if names & {"[Content_Types].xml", "mimetype"}:
            raise UnreadableError(f"This format is not read. Save it as {WANTED} and add that.")
        good, bad = files_of(archive)
    if not good and not bad:
        raise UnreadableError("The archive is empty.")
    return Members(tuple(good), tuple(bad))


def _bibtex(data: bytes, _name: str) -> Held:
    records, bad = read_bibtex(data)
    return Records(tuple(records), tuple(bad))


def _ris(data: bytes, _name: str) -> Held:
    return Records(tuple(read_ris(data)))


def _csl(data: bytes, _name: str) -> Held:
    return Records(tuple(read_csl(data)))


def _text(data: bytes, _name: str) -> Held:
    """Text, unless it is a page that was saved under another name."""
    if not is_binary(data) and _HTML.match(decode(data[:_SNIFFED])):
        return read_page(data)
    return read_text(data)


def _page(data: bytes, _name: str) -> Held:
    if is_binary(data):
        raise UnreadableError("The file is no HTML page, whatever its name says. Save the page again.")
    return read_page(data)


_BY_EXTENSION: Mapping[str, Callable[[bytes, str], Held]] = {
    "html": _page,
    "htm": _page,
    "xhtml": _page,
    "md": read_markdown,
    "markdown": read_markdown,
    "txt": _text,
    "text": _text,
    "bib": _bibtex,
    "bibtex": _bibtex,
    "ris": _ris,
    "json": _csl,
}
_DAMAGED = {"pdf": "PDF", "docx": "DOCX file", "epub": "e-book", "zip": "ZIP archive"}
