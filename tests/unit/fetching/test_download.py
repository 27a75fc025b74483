"""What is kept of an answer, and under which name."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.errors import FetchError, GonePage, HomeError, NoAnswer, UnfitContent
from corpus.fetching import Limits, download
from tests.unit.fetching.web import PAGE, Internet, Web, page, raw, redirect

ADDRESS = "http://coop.example/page"
PDF = b"%PDF-1.7\n" + b"x" * 1000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_page_becomes_a_file_that_says_where_it_is_from(
    web: Web, internet: Internet, tmp_path: Path
) -> None:
    web.pages |= {
        "/page": redirect("/new"),
        "/new": page(
            PAGE, "text/html; charset=utf-8", etag='"v1"', last_modified="Tue, 01 Jan 2013 00:00:00 GMT"
        ),
    }
    found = download(ADDRESS, tmp_path / "new folder", internet.client())
    assert found.path == tmp_path / "new folder" / "new.html"
    assert found.path.read_bytes() == PAGE
    assert (found.asked, found.address) == (ADDRESS, "http://coop.example/new")
    assert (found.content_type, found.size, found.sha256) == (
        "text/html",
        len(PAGE),
        sha256(PAGE).hexdigest(),
    )
    assert (found.etag, found.modified) == ('"v1"', "Tue, 01 Jan 2013 00:00:00 GMT")
    assert found.time.endswith("+00:00")


@pytest.mark.parametrize(
    ("path", "type_", "content", "name"),
    [
        ("/report.pdf", "application/pdf", PDF, "report.pdf"),
        ("/get?id=3", "application/octet-stream", PDF, "get.pdf"),
        ("/report", "text/html", PDF, "report.pdf"),
        ("/report.pdf", "text/html", PAGE, "report.html"),
        ("/", "text/html", PAGE, "page.html"),
        ("/a/b.aspx", "TEXT/HTML ; charset=x", PAGE, "b.html"),
        ("/x", "application/xhtml+xml", PAGE, "x.html"),
        ("/by-laws.docx", DOCX, b"PK", "by-laws.docx"),
        ("/by-laws.docx", "application/octet-stream", b"PK", "by-laws.docx"),
        ("/book", "application/epub+zip", b"PK", "book.epub"),
        ("/all.zip", "application/zip", b"PK", "all.zip"),
        ("/notes.md", "text/plain", b"# Notes", "notes.md"),
        ("/notes.md", "text/markdown", b"# Notes", "notes.md"),
        ("/notes", "text/plain", b"Notes", "notes.txt"),
        ("/refs.bib", "text/plain", b"@book{}", "refs.bib"),
        ("/refs", "application/x-research-info-systems", b"TY", "refs.ris"),
        ("/refs", "application/vnd.citationstyles.csl+json", b"[]", "refs.json"),
        ("/..%2F..%2Fetc%2Fpasswd", "text/plain", b"Notes", "passwd.txt"),
        ("/%00.%5C..%5Cx", "text/html", PAGE, "page.html"),
        ("/CON%3A" + "a" * 300, "text/html", PAGE, "CON-" + "a" * 76 + ".html"),
        ("/%D0%BA%D0%BE%D0%BE%D0%BF", "text/html", PAGE, "кооп.html"),
    ],
)
def test_a_file_is_called_as_its_address_and_ends_as_its_type(
    web: Web, internet: Internet, tmp_path: Path, path: str, type_: str, content: bytes, name: str
) -> None:
    web.pages[path] = page(content, type_)
    found = download(f"http://coop.example{path}", tmp_path / "here", internet.client())
    assert found.path.name == name
    assert [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()] == [content]
    assert found.path.parent == tmp_path / "here"


@pytest.mark.parametrize(
    "type_",
    ["image/png", "video/mp4", "application/javascript", "application/octet-stream", "application/x-gzip"],
)
def test_what_is_no_reading_is_not_kept(web: Web, internet: Internet, tmp_path: Path, type_: str) -> None:
    web.pages["/page"] = page(b"\x89PNG" * 100, type_)
    with pytest.raises(UnfitContent, match=type_):
        download(ADDRESS, tmp_path / "here", internet.client())
    assert not list((tmp_path).rglob("*.*"))


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *(
            (404, GonePage),
            (410, GonePage),
            (401, NoAnswer),
            (403, NoAnswer),
            (429, NoAnswer),
            (500, NoAnswer),
        ),
        *((503, NoAnswer), (206, NoAnswer), (204, NoAnswer), (304, NoAnswer), (302, NoAnswer)),
    ],
)
def test_an_error_page_is_not_kept(
    web: Web, internet: Internet, tmp_path: Path, status: int, error: type[FetchError]
) -> None:
    web.pages["/page"] = page(b"" if status in (204, 304) else PAGE, status=status)
    with pytest.raises(error, match=str(status)):
        download(ADDRESS, tmp_path, internet.client())
    assert not list(tmp_path.glob("*.html"))


def test_the_front_page_instead_of_a_page_is_no_page(web: Web, internet: Internet, tmp_path: Path) -> None:
    web.pages |= {"/page": redirect("/en/"), "/en/": page(), "/": redirect("/en/")}
    with pytest.raises(GonePage, match="front page"):
        download(ADDRESS, tmp_path, internet.client())
    assert download("http://coop.example", tmp_path, internet.client()).path.read_bytes() == PAGE


@pytest.mark.parametrize(
    "answer",
    [
        page(b""),
        page(PAGE * 100),
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3000\r\n\r\n", PAGE),
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", PAGE * 100),
    ],
)
def test_what_is_not_whole_leaves_what_was_there(
    web: Web, internet: Internet, tmp_path: Path, answer: object
) -> None:
    (tmp_path / "page.html").write_bytes(b"before")
    web.pages["/page"] = answer  # type: ignore[assignment]
    with pytest.raises(UnfitContent):
        download(ADDRESS, tmp_path, internet.client(Limits(size=5000)))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["page.html"]
    assert (tmp_path / "page.html").read_bytes() == b"before"


def test_a_length_beyond_the_limit_is_believed(web: Web, internet: Internet, tmp_path: Path) -> None:
    web.pages["/page"] = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n")
    with pytest.raises(UnfitContent, match="more than"):
        download(ADDRESS, tmp_path, internet.client(Limits(size=5000)))


def test_a_page_that_is_the_same_is_not_sent_again(web: Web, internet: Internet, tmp_path: Path) -> None:
    web.pages["/page"] = page(etag='"v1"', last_modified="Tue, 01 Jan 2013 00:00:00 GMT")
    client = internet.client()
    before = download(ADDRESS, tmp_path, client)
    web.pages["/page"] = page(b"", status=304)
    assert download(ADDRESS, tmp_path, client, before) == before
    assert web.headers[-1]["If-None-Match"] == '"v1"'
    assert web.headers[-1]["If-Modified-Since"] == "Tue, 01 Jan 2013 00:00:00 GMT"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="a superuser may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_told(web: Web, internet: Internet, tmp_path: Path) -> None:
    web.pages["/page"] = page()
    tmp_path.chmod(0o500)
    with pytest.raises(HomeError, match="allow writing"):
        download(ADDRESS, tmp_path, internet.client())


def test_a_file_in_the_place_of_the_folder_is_told(web: Web, internet: Internet, tmp_path: Path) -> None:
    web.pages["/page"] = page()
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="can't be written"):
        download(ADDRESS, tmp_path / "file", internet.client())
