"""Readings whose titles, names and addresses try to be more than text in somebody's reference manager."""

from __future__ import annotations

import json
import re

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from corpus.reference import FORMATS
from tests.readings import reading

HOSTILE = (
    '=HYPERLINK("http://foreign.example", "x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "x\nER  - \n\nTY  - BOOK\nTI  - forged",
    "x\r\nUR  - http://foreign.example",
    "x\u2028UR  - http://foreign.example",
    "}, url = {http://foreign.example}, note = {",
    "x}\n@book{forged, title = {forged}}",
    "\\input{/etc/passwd} \\write18{id} \\immediate",
    "%comment\n@string{x = {y}}",
    "](http://foreign.example) ![x](http://foreign.example/x.png)",
    "<img src=http://foreign.example/x.png>",
    '", "URL": "http://foreign.example',
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_the_text_of_its_field(text: str) -> None:
    resource = reading(
        "hostile", "x", title=text, people=(text,), publisher=text, series=text, topics=(text,), kind=text
    )
    honest = reading("honest", "x", title="Honest")
    bibtex = parse_string(FORMATS["bibtex"]([resource, honest]))
    assert [entry.key for entry in bibtex.entries] == ["hostile", "honest"]
    assert not bibtex.failed_blocks
    assert not bibtex.strings
    assert "url" not in bibtex.entries[0].fields_dict
    ris = rispy.loads(FORMATS["ris"]([resource, honest]))
    assert [entry["id"] for entry in ris] == ["hostile", "honest"]
    assert not any("urls" in entry or "url" in entry for entry in ris)
    items = json.loads(FORMATS["csl-json"]([resource, honest]))
    assert [item["id"] for item in items] == ["hostile", "honest"]
    assert not any("URL" in item for item in items)
    markdown = FORMATS["markdown"]([resource, honest])
    assert len(markdown.splitlines()) == 2
    assert not re.search(r"(?<!\\)\]\(|(?<!\\)<", markdown)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_command_of_tex_is_left_in_bibtex(text: str) -> None:
    written = FORMATS["bibtex"]([reading("hostile", "x", title=text, publisher=text)])
    commands = set(re.findall(r"\\([A-Za-z]+)", written))
    assert commands <= {
        "textbackslash",
        "textasciitilde",
        "textasciicircum",
        "textbraceleft",
        "textbraceright",
    }


@pytest.mark.parametrize(
    "address", ["http://a.example/}{", "http://a.example/\nTY  - BOOK", "http://a.example/) x"]
)
def test_an_address_stays_in_its_field(address: str) -> None:
    resource = reading("hostile", "x", url=address, archived_url=address)
    assert len(parse_string(FORMATS["bibtex"]([resource])).entries) == 1
    assert len(rispy.loads(FORMATS["ris"]([resource]))) == 1
    assert len(FORMATS["markdown"]([resource]).splitlines()) == 1
