"""Makers of files in the formats that are read, as bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from html import escape
from random import Random

import docx
from docx.shared import Pt, RGBColor
from fpdf import FPDF


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    headings: Sequence[str | None] = (),
    head: str = "",
    feet: bool = False,
    columns: int = 1,
    hyphens: bool = False,
    title: str = "",
) -> bytes:
    """A PDF of paragraphs; `head` runs along every page, `feet` numbers them, `hyphens` breaks words."""
    document = FPDF()
    document.set_margin(20)
    if title:
        document.set_title(title)
    for number, paragraphs in enumerate(pages, 1):
        document.add_page()
        document.set_font("Helvetica", size=8)
        if head:
            document.text(60, 12, head)
        if feet:
            document.text(100, 288, f"- {number} -")
        document.set_y(20)
        heading = headings[number - 1] if headings else None
        if heading:
            document.set_font("Helvetica", "B", 15)
            document.multi_cell(0, 8, heading, new_x="LMARGIN", new_y="NEXT")
        document.set_font("Times", size=10)
        if columns > 1:
            _columns(document, paragraphs, hyphens)
        else:
            for paragraph in paragraphs:
                document.multi_cell(0, 5, paragraph, new_x="LMARGIN", new_y="NEXT")
                document.ln(4)
    return bytes(document.output())


def _columns(document: FPDF, paragraphs: Sequence[str], hyphens: bool) -> None:
    """Two columns, drawn line by line across the page, as bad programs do."""
    lines = [line for paragraph in paragraphs for line in (*wrapped(paragraph, 46, hyphens), "")]
    half = (len(lines) + 1) // 2
    top = document.get_y() + 8
    for row in range(half):
        document.text(20, top + 5 * row, lines[row])
        if half + row < len(lines):
            document.text(112, top + 5 * row, lines[half + row])


def wrapped(text: str, width: int, hyphens: bool = False) -> list[str]:
    """Lines of at most so many characters; with hyphens long words are broken at their ends."""
    lines = [""]
    for word in text.split():
        room = width - len(lines[-1]) - 1
        if len(word) <= room or not lines[-1]:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif hyphens and word.isalpha() and len(word) > 8 and room > 5:
            lines[-1] += f" {word[: room - 1]}-" if len(word) - room >= 2 else f" {word[:4]}-"
            lines.append(word[room - 1 :] if len(word) - room >= 2 else word[4:])
        else:
            lines.append(word)
    return lines


def scan() -> bytes:
    """A PDF that is a picture."""
    document = FPDF()
    document.add_page()
    document.image(io.BytesIO(picture()), 0, 0, 210, 297)
    return bytes(document.output())


def picture(width: int = 40, height: int = 60) -> bytes:
    """A PNG of light greys."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(200 + (x * y) % 50 for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def locked_pdf(text: str) -> bytes:
    """A PDF that opens with a password only."""
    document = FPDF()
    document.set_encryption(owner_password="owner", user_password="user")  # noqa: S106, a test's
    document.add_page()
    document.set_font("Times", size=10)
    document.multi_cell(0, 5, text)
    return bytes(document.output())


def page(title: str, body: str, head: str = "", *, menu: Sequence[str] = (), language: str = "en") -> bytes:
    """A web page; with a menu, a cookie bar and a footer if wanted."""
    links = "".join(f'<li><a href="/{number}">{name}</a></li>' for number, name in enumerate(menu))
    around = ("", "")
    if menu:
        around = (
            f'<header><nav><ul>{links}</ul></nav></header><div class="cookie-banner">We use cookies. '
            "<button>Accept all</button></div>",
            f"<aside><h3>Most read</h3><ul>{links}</ul></aside><footer>© 2020 All rights reserved. "
            '<a href="/p">Privacy</a></footer>',
        )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>{head}"
        f"</head><body>{around[0]}<main>{body}</main>{around[1]}</body></html>"
    ).encode()


def word(
    paragraphs: Sequence[str], *, heading: str = "", title: str = "", table: Sequence[Sequence[str]] = ()
) -> bytes:
    """A DOCX file: half of the paragraphs, the heading, the others, the table, and words nobody sees."""
    document = docx.Document()
    if title:
        document.core_properties.title = title
        document.core_properties.author = "Ana Ruiz"
    half = len(paragraphs) // 2
    for paragraph in paragraphs[:half]:
        document.add_paragraph(paragraph)
    if heading:
        document.add_heading(heading, 1)
    for paragraph in paragraphs[half:]:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, texts in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("After the table.")
    hidden = document.add_paragraph()
    hidden.add_run("Vanished words.").font.hidden = True
    hidden.add_run("Tiny words.").font.size = Pt(1)
    hidden.add_run("White words.").font.color.rgb = RGBColor(255, 255, 255)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def epub(title: str, language: str, chapters: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """An e-book; its files are not in the order of its chapters."""
    files: dict[str, bytes] = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<?xml version="1.0"?><container '
        b'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        b'<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    }
    names = [f"text%20{len(chapters) - number}.xhtml" for number in range(len(chapters))]
    for name, (heading, paragraphs) in zip(names, chapters, strict=True):
        body = "".join(f"<p>{escape(paragraph)}&nbsp;</p>" for paragraph in paragraphs)
        files[f"OEBPS/{name.replace('%20', ' ')}"] = (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
            f"<body><h1>{escape(heading)}</h1>{body}</body></html>"
        ).encode()
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(names)))
    files["OEBPS/book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>Ana Ruiz</dc:creator><dc:date>2016</dc:date>"
        f"<dc:language>{language}</dc:language><dc:publisher>Basque Press</dc:publisher></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    ).encode()
    return zipped(files)


def laughs() -> bytes:
    """An e-book whose one chapter is a billion laughs."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    chapter = f'<!DOCTYPE html [<!ENTITY l0 "ha">{entities}]><html><body><p>&l11;</p></body></html>'
    return zipped({**_unzipped(epub("Laughs", "en", [("", [])])), "OEBPS/text 1.xhtml": chapter.encode()})


def _unzipped(data: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def damaged(data: bytes, random: Random) -> bytes:
    """A copy with some of its bytes flipped, cut out, repeated, put elsewhere or replaced."""
    copy = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        start = random.randrange(len(copy) + 1)
        end = min(start + random.choice((1, 4, 16, 200, 5000)), len(copy))
        piece = bytes(copy[start:end])
        match random.randrange(6):
            case 0:
                copy[start:end] = bytes(byte ^ (1 << random.randrange(8)) for byte in piece)
            case 1:
                del copy[start:end]
            case 2:
                copy[start:start] = piece * random.choice((1, 3, 50))
            case 3:
                place = random.randrange(len(copy) + 1)
                copy[place:place] = piece
            case 4:
                copy[start:end] = random.randbytes(len(piece))
            case _:
                copy[start:end] = random.choice(_ODD)
    return bytes(copy)


_ODD = (
    b"",
    b"\0" * 64,
    b"\xff\xff\xff\xff",
    b"99999999999",
    b"-1",
    b"<div>" * 2000,
    b"((((" * 500,
    b"[[[[" * 500,
    b"{{{{" * 500,
    b"&a;",
    b"\r\n\r\n",
    "\u202e\u200b\ufeff".encode(),
    b"%PDF-1.7",
    b"PK\x03\x04",
    b"<!DOCTYPE a [<!ENTITY a 'b'>]>",
)
"""What goes in place of bytes, beside random ones."""
