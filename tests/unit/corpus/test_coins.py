"""What reference managers find in the page is what the reading is."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from corpus import STARTER, Resource, load
from corpus.coins import to_coins

BASE = Resource(
    id="base",
    title="Pay & <b>power</b> = 100 %",
    kind="journal article",
    language="es",
    text="Text.",
    people=("Gemma Fajardo García", "Sarah de Heusch"),
    publisher="CIRIEC",
    series="Revista de Economía",
    date="2012-03",
    url="https://example.org/?a=1&b=ü",
)


def parsed(resource: Resource) -> dict[str, list[str]]:
    return parse_qs(to_coins(resource), strict_parsing=True, keep_blank_values=True)


def test_an_article_names_its_journal_and_authors() -> None:
    assert parsed(BASE) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:journal"],
        "rft.genre": ["article"],
        "rft.atitle": [BASE.title],
        "rft.jtitle": ["Revista de Economía"],
        "rft.aulast": ["Fajardo García"],
        "rft.aufirst": ["Gemma"],
        "rft.au": ["Fajardo García, Gemma", "de Heusch, Sarah"],
        "rft.date": ["2012-03"],
        "rft.language": ["es"],
        "rft_id": [BASE.url],
    }


@pytest.mark.parametrize(
    ("kind", "format_", "key", "value"),
    [
        ("handbook", "book", "rft.genre", "book"),
        ("working paper", "book", "rft.genre", "report"),
        ("encyclopedia article", "book", "rft.genre", "bookitem"),
        ("interview", "dc", "rft.type", "interview"),
        ("blog", "dc", "rft.type", "blogPost"),
        ("event", "dc", "rft.type", "document"),
    ],
)
def test_a_kind_has_its_format(kind: str, format_: str, key: str, value: str) -> None:
    keys = parsed(replace(BASE, kind=kind))
    assert keys["rft_val_fmt"] == [f"info:ofi/fmt:kev:mtx:{format_}"]
    assert keys[key] == [value]


def test_a_report_without_people_is_by_its_publisher() -> None:
    assert parsed(replace(BASE, kind="brief", people=()))["rft.aucorp"] == ["CIRIEC"]


def test_every_reading_of_the_starter_collection_says_its_title_date_and_address() -> None:
    for resource in load(STARTER):
        keys = parsed(resource)
        titles = [keys[key] for key in ("rft.atitle", "rft.title", "rft.btitle") if key in keys]
        assert [resource.title] in titles
        assert keys.get("rft.date", [None]) == [resource.date]
        assert keys.get("rft_id", [None]) == [resource.url]
        people = keys.get("rft.au", keys.get("rft.creator", []))
        assert len(people) == len(resource.people)
