"""Hostile files stop at a limit, say so, and the next file is read."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path
from time import monotonic, process_time

import pytest

from corpus.readers import LIMITS, Found, Limits, ReaderProcess, Skipped, read
from corpus.readers.content import Content
from corpus.readers.formats import read_bytes
from tests.file_makers import pdf, zipped

GOOD = pdf([["The members vote."]])


def _pdf_bomb(megabytes: int) -> bytes:
    """A PDF whose one page's content is packed twice and unpacks to spaces without end."""
    content = zlib.compress(zlib.compress(b" " * (megabytes << 20), 1), 1)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
        % (len(content), content),
    ]
    body = b"%PDF-1.5\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return body + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n"


def _endless_page(depth: int) -> bytes:
    return b"<html><body>" + b"<div>" * depth + b"Deep words." + b"</div>" * depth


def _then_the_next(
    tmp_path: Path, name: str, data: bytes, limits: Limits, process: ReaderProcess | None = None
) -> str:
    """Why the file was skipped, once the file after it was read all the same."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.pdf").write_bytes(GOOD)
    bad, good = read(tmp_path, limits=limits, process=process)
    assert isinstance(good, Found), good
    assert good.resource.text == "The members vote."
    assert isinstance(bad, Skipped), bad
    return bad.reason


def test_a_pdf_bomb_stops_at_the_memory_that_is_allowed(tmp_path: Path) -> None:
    limits = replace(LIMITS, memory_bytes=320 << 20)

    assert "memory" in _then_the_next(tmp_path, "bomb.pdf", _pdf_bomb(200), limits)


def test_a_text_beyond_all_memory_is_given_up(tmp_path: Path) -> None:
    limits = replace(LIMITS, memory_bytes=320 << 20)

    assert "memory" in _then_the_next(tmp_path, "long.txt", b"word \n\n" * 10_000_000, limits)


def test_a_text_that_is_too_long_is_given_up(tmp_path: Path) -> None:
    limits = replace(LIMITS, text_characters=1000)

    assert "longer than 1,000 characters" in _then_the_next(tmp_path, "long.txt", b"word " * 1000, limits)


def test_work_without_end_stops_at_the_processor_time_that_is_allowed(tmp_path: Path) -> None:
    page = b"<html><body>" + b"<p>Members vote.</p>" * 500_000
    limits = replace(LIMITS, cpu_seconds=2)

    assert "2 seconds of work" in _then_the_next(tmp_path, "long.html", page, limits)


def test_waiting_without_end_stops_by_the_clock(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(GOOD)
    started = monotonic()

    (outcome,) = read(tmp_path / "a.pdf", limits=replace(LIMITS, wall_seconds=0.05))

    assert isinstance(outcome, Skipped)
    assert "longer than 0.05 seconds" in outcome.reason
    assert monotonic() - started < 2


@pytest.mark.parametrize("depth", [300, 100_000])
def test_deeply_nested_pages_neither_hang_nor_crash(
    tmp_path: Path, process: ReaderProcess, depth: int
) -> None:
    (tmp_path / "deep.html").write_bytes(_endless_page(depth))
    (tmp_path / "zz.pdf").write_bytes(GOOD)

    outcomes = list(read(tmp_path, process=process))

    assert len(outcomes) == 2
    assert isinstance(outcomes[1], Found)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<style>" + b"@" * 50_000 + b"</style><p>Members vote.</p>"),
        ("a.html", b"<!---->" * 500 + b"Members vote."),
        ("a.html", b"<title>" + b" " * 200_000 + b"x</title><p>Members vote."),
        ("a.md", b"[" * 50_000),
        ("a.md", b"**a " * 20_000),
        ("a.md", b"a " + b"`" * 50_000 + b"a"),
        ("a.md", b"one line\n" * 20_000),
        ("a.txt", (b"x" * 60 + b"-\n") * 50_000),
        ("a.txt", b"x" * 2_000_000),
    ],
)
def test_signs_repeated_without_end_cost_little(name: str, data: bytes) -> None:
    started = process_time()
    held = read_bytes(data, name, LIMITS)

    assert isinstance(held, Content)
    assert process_time() - started < 5


def test_a_member_that_unpacks_to_more_than_it_says_is_damaged(
    tmp_path: Path, process: ReaderProcess
) -> None:
    data = bytearray(zipped({"a.txt": b"word " * 10_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + offset
        data[place : place + 4] = (100).to_bytes(4, "little")

    assert "damaged" in _then_the_next(tmp_path, "liar.zip", bytes(data), LIMITS, process)


def test_entities_are_not_expanded_in_word_files(tmp_path: Path, process: ReaderProcess) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    outside = '<!ENTITY file SYSTEM "file:///etc/passwd">'
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}{outside}]>'
        f'<w:document xmlns:w="{name}"><w:body>'
        "<w:p><w:r><w:t>Own words. &l10; &file;</w:t></w:r></w:p></w:body></w:document>"
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    files = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": document}
    (tmp_path / "laughs.docx").write_bytes(zipped({name: text.encode() for name, text in files.items()}))

    (outcome,) = read(tmp_path / "laughs.docx", process=process)

    assert "root:" not in str(outcome)
    assert "hahaha" not in str(outcome)
