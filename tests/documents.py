"""Documents like those that people have, made here: in every format, in three languages, whole and broken.

`readable()` are files each of which answers a question, `unreadable()` files that must be refused with a
reason; `write_all` puts them into a folder. What they say is in `data/facts.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tests.file_makers import epub, laughs, locked_pdf, page, pdf, scan, word, wrapped, zipped

_DATA: Mapping[str, Any] = json.loads((Path(__file__).parent / "data" / "facts.json").read_text("utf-8"))
FILLER: Mapping[str, Sequence[str]] = _DATA["filler"]
"""Paragraphs that stand around the facts, by language."""

MENU: Sequence[str] = _DATA["menu"]


@dataclass(frozen=True, slots=True)
class Fact:
    """`answer` is one sentence, found word for word in one document only."""

    language: str
    name: str
    title: str
    heading: str
    question: str
    answer: str


FACTS: Mapping[str, Sequence[Fact]] = {
    language: [Fact(**fact) for fact in _DATA["facts"] if fact["language"] == language] for language in FILLER
}
"""Twelve facts in each language."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A file that can be read. `answer` is a sentence of it; `page` is where it stands in a PDF."""

    name: str
    data: bytes
    fact: Fact
    page: int | None = None
    heading: bool = False
    """Whether the fact's heading is one in the file."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that can't be read, and words of the reason that is given."""

    name: str
    data: bytes
    reason: str


def write_all(folder: Path) -> list[Path]:
    """All documents as files, readable ones first."""
    paths = []
    files = [(one.name, one.data) for one in readable()] + [(one.name, one.data) for one in unreadable()]
    for name, data in files:
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    return paths


def readable() -> Iterator[Readable]:
    """36 documents: twelve shapes in each of three languages, each with its own fact."""
    for language, facts in FACTS.items():
        for fact, (extension, make) in zip(facts, _SHAPES, strict=True):
            yield make(fact, f"{fact.name}.{language}.{extension}", FILLER[language])


def unreadable() -> Iterator[Unreadable]:
    """Broken, empty, locked, disguised and hostile files."""
    fact = FACTS["en"][0]
    whole_pdf = pdf([[fact.answer]])
    whole_docx = word([fact.answer])
    yield Unreadable("empty.txt", b"", "empty")
    yield Unreadable("blank.md", b"---\ntitle: Nothing\n---\n\n \n", "no text")
    yield Unreadable("cut.pdf", whole_pdf[: len(whole_pdf) // 3], "damaged")
    yield Unreadable("garbage.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged")
    yield Unreadable("scan.pdf", scan(), "pictures of pages")
    yield Unreadable("locked.pdf", locked_pdf(fact.answer), "password")
    yield Unreadable("cut.docx", whole_docx[: len(whole_docx) // 2], "damaged")
    yield Unreadable("no-body.docx", zipped({"word/document.xml": b"<a/>"}), "damaged")
    yield Unreadable("no-spine.epub", zipped({"META-INF/container.xml": b"<container/>"}), "chapters")
    yield Unreadable("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64), "not text")
    yield Unreadable("program.exe", b"MZ" + bytes(200), "format is not read")
    yield Unreadable("old.doc", b"\xd0\xcf\x11\xe0" + bytes(200), "old Office format")
    yield Unreadable("bomb.zip", zipped({"zeros.txt": bytes(30_000_000)}), "200 times")
    yield Unreadable("bomb.docx", zipped({"word/document.xml": bytes(30_000_000)}), "200 times")
    yield Unreadable("laughs.epub", laughs(), "declares words")
    yield Unreadable("hidden.html", page("Hidden", f'<p style="display:none">{fact.answer}</p>'), "no text")
    yield Unreadable("settings.json", b'{"a": 1}', "no bibliography")


# Makers of whole documents around a fact.


def _pdf_plain(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    pages: list[list[str]] = [[*filler, *filler], [*filler, fact.answer, *filler[:2]], [*filler]]
    headings = [None, fact.heading, None]
    data = pdf(pages, headings=headings, head=fact.title, feet=True, title=fact.title)
    return Readable(name, data, fact, page=2, heading=True)


def _pdf_columns(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    pages = [[*filler] * 4, [*filler] * 4, [*filler, *filler, fact.answer, *filler]]
    data = pdf(
        pages, headings=[fact.title, None, fact.heading], head=fact.title, feet=True, columns=2, hyphens=True
    )
    return Readable(name, data, fact, page=3, heading=True)


def _page_with_menu(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    body = _article(fact, [*filler, *filler])
    head = f'<meta name="author" content="Ana Ruiz"><meta property="og:site_name" content="{MENU[0]}">'
    return Readable(name, page(fact.title, body, head, menu=MENU, language=fact.language), fact, heading=True)


def _page_with_citation(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    tags = {
        "citation_title": fact.title,
        "citation_author": "Huet, Tim",
        "citation_publication_date": "2014/05",
        "citation_journal_title": "Labour Review",
        "DC.publisher": "Labour Press",
    }
    head = "".join(f'<meta name="{key}" content="{escape(value)}">' for key, value in tags.items())
    head += '<link rel="canonical" href="https://example.org/article">'
    body = _article(fact, filler)
    return Readable(name, page("x", body, head, menu=MENU, language=fact.language), fact, heading=True)


def _page_with_table(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    rows = "".join(f"<tr><td>{year}</td><td>{year - 1900} members</td></tr>" for year in (1990, 2000, 2010))
    table = f"<table><tr><th>Year</th><th>Size</th></tr>{rows}</table>"
    data = json.dumps(
        {"@type": "NewsArticle", "headline": fact.title, "datePublished": "2019-03-01T10:00:00Z"}
    )
    head = f'<script type="application/ld+json">{data}</script>'
    body = _article(fact, filler, table)
    return Readable(name, page("y", body, head, menu=MENU, language=fact.language), fact, heading=True)


def _word_with_table(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    data = word(
        [*filler, fact.answer, *filler],
        heading=fact.heading,
        title=fact.title,
        table=[["Year", "Members"], ["1990", "12"], ["2010", "48"]],
    )
    return Readable(name, data, fact, heading=True)


def _epub(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    chapters = [("I", filler), (fact.heading, [*filler, fact.answer]), ("III", filler)]
    return Readable(name, epub(fact.title, fact.language, chapters), fact, heading=True)


def _markdown_with_header(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    fields = f'title: "{fact.title}"\nauthor: Ana Ruiz\ndate: 2015-06-01\nlang: {fact.language}\ntags: [x]'
    text = "\n\n".join([*filler, f"## {fact.heading}", fact.answer, *filler])
    return Readable(name, f"---\n{fields}\n---\n\n{text}\n".encode(), fact, heading=True)


def _markdown_plain(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    words = fact.answer.split(" ", 1)
    text = "\n\n".join(
        [f"# {fact.title}", filler[0], f"## {fact.heading}", f"**{words[0]}** {words[1]}", f"- {filler[1]}"]
    )
    return Readable(name, text.encode(), fact, heading=True)


def _text_wrapped(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    paragraphs = [*filler, fact.answer, *filler]
    return Readable(name, "\r\n\r\n".join("\r\n".join(wrapped(p, 72)) for p in paragraphs).encode(), fact)


def _text_windows(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    text = "\n\n".join([*filler, fact.answer])
    return Readable(name, text.encode("cp1252"), fact)


def _zip(fact: Fact, name: str, filler: Sequence[str]) -> Readable:
    text = "\n\n".join([*filler, fact.answer])
    return Readable(name, zipped({"texts/one.txt": text.encode("utf-16"), "__MACOSX/._one.txt": b"x"}), fact)


_Shape = Callable[[Fact, str, Sequence[str]], Readable]
_SHAPES: Sequence[tuple[str, _Shape]] = (
    ("pdf", _pdf_plain),
    ("columns.pdf", _pdf_columns),
    ("html", _page_with_menu),
    ("citation.html", _page_with_citation),
    ("table.htm", _page_with_table),
    ("docx", _word_with_table),
    ("epub", _epub),
    ("header.md", _markdown_with_header),
    ("md", _markdown_plain),
    ("txt", _text_wrapped),
    ("windows.txt", _text_windows),
    ("zip", _zip),
)


def _article(fact: Fact, filler: Sequence[str], table: str = "") -> str:
    half = len(filler) // 2
    before, after = ("".join(f"<p>{escape(p)}</p>" for p in part) for part in (filler[:half], filler[half:]))
    words = escape(fact.answer).split(" ", 2)
    answer = f"<p>{words[0]} <em>{words[1]}</em> {words[2]}</p>"
    heading = f"<h2>{escape(fact.heading)}</h2>"
    return f"<article><h1>{escape(fact.title)}</h1>{before}{heading}{answer}{after}{table}</article>"
