"""Copies that are kept: asked for once, whole or not there, and found in an archive where a page is gone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import GonePage, NoAnswer
from corpus.fetching import Client, Network, archived_copy, fetch_copy, read_copy
from corpus.fetching.files import PARTIAL
from tests.unit.fetching.web import PAGE, PUBLIC, Internet, Web, page, raw, redirect

ADDRESS = "http://coop.example/page"


def test_a_copy_is_asked_for_once(web: Web, internet: Internet, tmp_path: Path) -> None:
    web.pages["/page"] = page(etag='"v1"')
    copy = fetch_copy([ADDRESS], tmp_path, internet.client())
    assert copy.path.read_bytes() == PAGE
    asked = list(web.asked)
    assert fetch_copy([ADDRESS], tmp_path, internet.client()) == copy
    assert web.asked == asked
    assert json.loads((tmp_path / "record.json").read_text("utf-8")) == {
        "file": "page.html",
        "asked": ADDRESS,
        "address": ADDRESS,
        "time": copy.time,
        "content_type": "text/html",
        "size": len(PAGE),
        "sha256": copy.sha256,
        "etag": '"v1"',
        "modified": None,
    }


def test_a_new_version_replaces_the_copy_when_it_is_looked_for(
    web: Web, internet: Internet, tmp_path: Path
) -> None:
    web.pages["/page"] = page(etag='"v1"')
    first = fetch_copy([ADDRESS], tmp_path, internet.client())
    web.pages["/page"] = page(b"", status=304)
    assert fetch_copy([ADDRESS], tmp_path, internet.client(), refresh=True) == first
    assert web.headers[-1]["If-None-Match"] == '"v1"'
    web.pages["/page"] = page(b"%PDF-1.7 new", "application/pdf")
    second = fetch_copy([ADDRESS], tmp_path, internet.client(), refresh=True)
    assert second.path.name == "page.pdf"
    assert read_copy(tmp_path) == second
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.pdf", "record.json"]


def test_a_copy_stays_where_a_new_one_is_not_to_be_had(web: Web, internet: Internet, tmp_path: Path) -> None:
    web.pages["/page"] = page()
    copy = fetch_copy([ADDRESS], tmp_path, internet.client())
    for say, error in ((page(status=404), GonePage), (page(status=500), NoAnswer)):
        web.pages["/page"] = say
        with pytest.raises(error):
            fetch_copy([ADDRESS], tmp_path, internet.client(), refresh=True)
        assert read_copy(tmp_path) == copy


def with_an_archive(web: Web, internet: Internet) -> str:
    """The address of the page's copy in an archive that speaks http, so that no certificate is needed."""
    internet.host("web.archive.org", [PUBLIC])
    web.pages |= {
        f"/web/2023id_/{ADDRESS}": redirect(f"/web/20230405060708id_/{ADDRESS}"),
        f"/web/20230405060708id_/{ADDRESS}": page(),
    }
    return f"http://web.archive.org/web/2023/{ADDRESS}"


def test_an_archived_copy_is_fetched_where_the_page_is_gone(
    web: Web, internet: Internet, tmp_path: Path
) -> None:
    copy = fetch_copy([ADDRESS, with_an_archive(web, internet)], tmp_path, internet.client())
    assert archived_copy(copy) == f"http://web.archive.org/web/20230405060708/{ADDRESS}"
    assert copy.path.read_bytes() == PAGE


def test_the_archive_is_left_alone_while_the_page_is_there_or_may_come_back(
    web: Web, internet: Internet, tmp_path: Path
) -> None:
    archived = with_an_archive(web, internet)
    web.pages["/page"] = page(status=503)
    with pytest.raises(NoAnswer):
        fetch_copy([ADDRESS, archived], tmp_path, internet.client())
    web.pages["/page"] = page()
    assert archived_copy(fetch_copy([ADDRESS, archived], tmp_path, internet.client())) is None
    assert not [asked for asked in web.asked if "archive" in asked]


@pytest.mark.parametrize("status", [404, 410, None])
def test_a_page_that_is_gone_everywhere_is_told_by_its_own_address(
    web: Web, internet: Internet, tmp_path: Path, status: int | None
) -> None:
    internet.host("web.archive.org", [PUBLIC])
    web.pages["/page"] = page(status=status) if status else redirect("/")
    web.pages["/"] = page()
    with pytest.raises(GonePage, match=r"coop\.example/page"):
        fetch_copy([ADDRESS, f"http://web.archive.org/web/2023/{ADDRESS}"], tmp_path, internet.client())


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "page.html").unlink(),
        lambda folder: (folder / "page.html").write_bytes(PAGE[:-1]),
        lambda folder: (folder / "record.json").unlink(),
        lambda folder: (folder / "record.json").write_bytes(b""),
        lambda folder: (folder / "record.json").write_bytes(b"[]"),
        lambda folder: (folder / "record.json").write_bytes(b"\xff{"),
        lambda folder: (folder / "record.json").write_text('{"file": "../../etc/passwd"}'),
        lambda folder: (folder / "record.json").write_text('{"file": 3}'),
    ],
)
def test_a_damaged_copy_is_fetched_again(
    web: Web, internet: Internet, tmp_path: Path, damage: object
) -> None:
    web.pages["/page"] = page()
    folder = tmp_path / "copy"
    fetch_copy([ADDRESS], folder, internet.client())
    damage(folder)  # type: ignore[operator]
    assert read_copy(folder) is None
    assert fetch_copy([ADDRESS], folder, internet.client()).path.read_bytes() == PAGE


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_what_a_kill_left_is_not_taken_for_a_copy(web: Web, internet: Internet, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n"
    web.pages["/page"] = raw(head, *[b"x" * 10_000] * 100, pause=0.05)
    script = (
        "import sys; from pathlib import Path; from corpus.fetching import Client, fetch_copy\n"
        f"fetch_copy(['http://127.0.0.1:{web.port}/page'], Path(sys.argv[1]), Client(allow_private=True))"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(folder)]) as fetching:
        while not any(path.stat().st_size for path in folder.glob(f"*{PARTIAL}")):
            assert fetching.poll() is None
            time.sleep(0.01)
        fetching.send_signal(signal.SIGKILL)
    assert read_copy(folder) is None
    web.pages["/page"] = page()
    assert fetch_copy([ADDRESS], folder, internet.client()).path.read_bytes() == PAGE
    assert sorted(path.name for path in folder.iterdir()) == ["page.html", "record.json"]
    assert read_copy(folder)


def test_the_machines_own_network_is_used_by_default(web: Web, tmp_path: Path) -> None:
    web.pages["/page"] = page()
    client = Client(allow_private=True, network=Network(sleep=lambda _seconds: None))
    copy = fetch_copy([f"http://127.0.0.1:{web.port}/page"], tmp_path, client)
    assert copy.path.read_bytes() == PAGE
