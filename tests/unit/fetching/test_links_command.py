"""`links`: which addresses are dead, which have moved, and what an archive has of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli import make_parser
from assistant.commands.links import links
from tests.fakes import FakeEncoder
from tests.unit.fetching.web import PUBLIC, Internet, Web, page, redirect

READING = """---
title: {name}
kind: news
language: en
url: http://coop.example/{name}
archived_url: http://web.archive.org/web/2023/http://coop.example/{name}
alternative_urls: [http://coop.example/shared#part]
notes: true
---

It is said here.[^1]

[^1]: http://coop.example/source
"""


@pytest.fixture(autouse=True)
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, web: Web, internet: Internet) -> None:
    """Two readings: one is there, and one of which there is only an archived copy."""
    for name in ("alive", "dead"):
        (tmp_path / f"{name}.md").write_text(READING.format(name=name), "utf-8")
    monkeypatch.setenv("ASSISTANT_COLLECTION", str(tmp_path))
    internet.host("web.archive.org", [PUBLIC])
    web.pages |= {
        "/alive": page(),
        "/source": redirect("/new-source", 301),
        "/new-source": page(),
        "/shared": page(status=403),
        "/web/2023/http://coop.example/dead": page(),
    }


def test_every_address_is_asked_for_once_and_what_is_wrong_is_told(
    web: Web, internet: Internet, capsys: pytest.CaptureFixture[str]
) -> None:
    code = links(make_parser().parse_args(["links"]), FakeEncoder(), internet.client())
    assert code == 1
    assert capsys.readouterr().out.splitlines() == [
        "unclear http://coop.example/shared (alive, dead): the host refuses to give it to a program (403)",
        "moved   http://coop.example/source (alive, dead): now at http://coop.example/new-source",
        "dead    http://coop.example/dead (dead): the page is gone (404); "
        "archived copy: http://web.archive.org/web/2023/http://coop.example/dead",
        "4 addresses: 1 alive, 1 moved, 1 dead, 1 unclear",
    ]
    assert web.asked.count("HEAD coop.example/source") == 1


def test_programs_get_all_of_it(internet: Internet, capsys: pytest.CaptureFixture[str]) -> None:
    options = make_parser().parse_args(["links", "dead", "--json"])
    assert links(options, FakeEncoder(), internet.client()) == 1
    shown = {each["address"]: each for each in json.loads(capsys.readouterr().out)}
    assert list(shown) == [f"http://coop.example/{name}" for name in ("dead", "shared", "source")]
    assert shown["http://coop.example/source"]["moved_to"] == "http://coop.example/new-source"
    assert shown["http://coop.example/dead"]["resources"] == ["dead"]
    assert shown["http://coop.example/dead"]["archived"]["state"] == "alive"


def test_without_a_dead_one_all_is_well(web: Web, internet: Internet) -> None:
    web.pages["/shared"] = page()
    assert links(make_parser().parse_args(["links", "alive"]), FakeEncoder(), internet.client()) == 0


def test_without_a_network_no_page_is_called_dead(
    internet: Internet, capsys: pytest.CaptureFixture[str]
) -> None:
    internet.hosts.clear()
    assert links(make_parser().parse_args(["links"]), FakeEncoder(), internet.client()) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert all("look at your network" in line for line in lines)
    assert last == "4 addresses: 0 alive, 0 moved, 0 dead, 4 unclear"


def test_a_host_that_is_gone_is_dead_where_others_are_found(
    internet: Internet, capsys: pytest.CaptureFixture[str]
) -> None:
    del internet.hosts["coop.example"]
    assert links(make_parser().parse_args(["links", "dead"]), FakeEncoder(), internet.client()) == 1
    assert "3 dead" in capsys.readouterr().out
