"""Which answers are the page that was asked for, which are readings, and what their files are called."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from corpus.errors import GonePage, NoAnswer, UnfitContent
from corpus.fetching.addresses import Address, parse_address
from corpus.fetching.answer import Answer

SUFFIXES = {
    "application/epub+zip": ".epub",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/vnd.citationstyles.csl+json": ".json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/x-bibtex": ".bib",
    "application/x-research-info-systems": ".ris",
    "application/xhtml+xml": ".html",
    "application/zip": ".zip",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/x-bibtex": ".bib",
}
"""The content types that are taken, and the ending of the file for each."""

_VAGUE = {"", "application/octet-stream", "text/plain"}
_ENDINGS = {*SUFFIXES.values(), ".htm", ".markdown", ".xhtml"}
_TEXTS = _ENDINGS - {".docx", ".epub", ".pdf", ".zip"}
_LONGEST_NAME = 80
_ELSEWHERE = "Look for it elsewhere, or for an archived copy."
_ENCODINGS = re.compile(r"big5.*|cp\d+|euc_.*|gb\w+|iso8859-\d+|koi8-[ru]|mac-.*|shift_jis.*|utf-16-[bl]e")
_GONE = {404, 410}
_REFUSED = {401, 402, 403, 407, 451}
_FRONT_PAGE = re.compile(r"/([a-z]{2}([-_][a-z]{2})?/?)?((index|home|default)(\.\w+)?/?)?", re.IGNORECASE)
_PDF = b"%PDF-"


def check_page(answer: Answer, asked: str) -> None:
    """Raise GonePage or NoAnswer unless the answer is the page that was asked for."""
    where, status = str(answer.address), answer.status
    if status in _GONE:
        raise GonePage(where, f"the page is gone ({status})", _ELSEWHERE)
    if status in _REFUSED:
        wrong = f"the host refuses to give it to a program ({status})"
        raise NoAnswer(where, wrong, "Save it with your browser, and add the file.")
    if status != 200:
        raise NoAnswer(where, f"the host answers {status} instead of the page", "Try again later.")
    if _is_front_page(answer.address) and not _is_front_page(parse_address(asked)):
        wrong = f"the page is gone: its host shows the front page {where} instead"
        raise GonePage(asked, wrong, _ELSEWHERE)


def _is_front_page(address: Address) -> bool:
    return bool(_FRONT_PAGE.fullmatch(address.target))


def content_type(answer: Answer) -> str:
    """Such as `text/html`; empty where the host doesn't say."""
    return str(answer.headers["Content-Type"] or "").partition(";")[0].strip().lower()


def file_name(answer: Answer, beginning: bytes) -> str:
    """What the address calls it, with the ending of its type. Raises UnfitContent if it is no reading.

    The type is the host's word, except where that is vague: then the first bytes or the address tell.
    """
    named = PurePosixPath(unquote(answer.address.target.partition("?")[0]))
    type_ = content_type(answer)
    if beginning.startswith(_PDF):
        suffix = ".pdf"
    elif type_ in _VAGUE and named.suffix.lower() in _ENDINGS:
        suffix = named.suffix.lower()
    elif type_ in SUFFIXES:
        suffix = SUFFIXES[type_]
    else:
        wrong = f"it is of the type {type_ or 'unknown'}, which can't be read"
        raise UnfitContent(str(answer.address), wrong, "Look for it as a PDF or a page.")
    stem = re.sub(r"[^\w.-]+", "-", named.stem).strip("-.")[:_LONGEST_NAME]
    return (stem or "page") + suffix


def as_written(answer: Answer, pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """The file's bytes: a text of which the host names the encoding becomes UTF-8, with its mark.

    As in browsers, the host's word stands above what a page says of itself, and Latin-1 is Windows-1252.
    """
    charset = str(answer.headers.get_content_charset("utf-8"))
    decoder = _decoder(charset) if PurePosixPath(name).suffix in _TEXTS else None
    if decoder is None:
        yield from pieces
        return
    yield codecs.BOM_UTF8
    for piece in pieces:
        yield decoder.decode(piece).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _decoder(charset: str) -> codecs.IncrementalDecoder | None:
    """None for UTF-8, and for what is no encoding of pages."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    name = "cp1252" if name in ("ascii", "iso8859-1") else name
    return codecs.getincrementaldecoder(name)("replace") if _ENCODINGS.fullmatch(name) else None
