"""References survive the way through other people's parsers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from bibtexparser.model import Field
from pylatexenc.latex2text import (  # type: ignore[import-untyped]
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from corpus import FORMATS, STARTER, Resource, load
from corpus.check import KINDS
from corpus.names import personal_name
from corpus.reference import to_bibtex, to_csl_json, to_markdown_list, to_ris

# The item types of CSL 1.0.2 that a reading can have.
CSL_TYPES = {
    "article-journal",
    "article-newspaper",
    "book",
    "document",
    "entry-encyclopedia",
    "event",
    "interview",
    "legislation",
    "post-weblog",
    "report",
    "webpage",
}

TYPES_OF_KINDS = {
    "blog": ("online", "BLOG", "post-weblog"),
    "brief": ("techreport", "RPRT", "report"),
    "declaration": ("misc", "GEN", "document"),
    "encyclopedia article": ("incollection", "ENCYC", "entry-encyclopedia"),
    "event": ("misc", "CONF", "event"),
    "guide": ("manual", "RPRT", "report"),
    "handbook": ("book", "BOOK", "book"),
    "interview": ("misc", "PCOMM", "interview"),
    "journal article": ("article", "JOUR", "article-journal"),
    "law or standard": ("misc", "STAT", "legislation"),
    "news": ("online", "NEWS", "article-newspaper"),
    "organisation page": ("online", "ELEC", "webpage"),
    "publication": ("techreport", "RPRT", "report"),
    "statistics": ("techreport", "RPRT", "report"),
    "thematic page": ("online", "ELEC", "webpage"),
    "working paper": ("techreport", "RPRT", "report"),
}

SCHEMA = Path(__file__).parents[2] / "data" / "csl-schema.json"
"""What CSL 1.0.2 says of the fields that are written, and of their values."""

BASE = Resource(
    id="base",
    title="A title",
    kind="working paper",
    language="en",
    text="Text.",
    people=("Virginie Pérotin", "Sarah de Heusch"),
    publisher="Smith & Sons_50%",
    series="Papers #1",
    date="2012-03-04",
    topics=("finance", "law and policy"),
    url="https://example.org/a_b?c=%20&d=#e",
    archived_url="https://web.archive.org/web/2023/https://example.org/",
)

HOSTILE_TITLES = (
    "Paired {braces} of {{all} kinds}",
    "Unbalanced } and { and \\} and {{",
    "A title\nER  - \nTY  - JOUR\nAU  - Mallory",
    "Quotes \" and '; $math$ 100 % #1 a_b x^2 ~ & <b> \\textbf{x} @article{y,",
    "Économie sociale et solidaire — 労働者協同組合 👩‍🏭 تعاونية",
    "ER  - ",
    "]( https://evil.example ) ![x](y) `code` *bold* | cell",
)


@pytest.fixture(scope="module")
def starter() -> tuple[Resource, ...]:
    return load(STARTER)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _decoder() -> LatexNodes2Text:
    """The parser's own way back from LaTeX, with three commands that it does not know as signs."""
    context = get_default_latex_context_db()
    signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in signs.items()]
    context.add_context_category("signs", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=context, math_mode="verbatim")


def _value(field: Field | None) -> str | None:
    return None if field is None else str(field.value)


def _bibtex(resources: Sequence[Resource]) -> list[dict[str, Any]]:
    """Entries as an independent parser reads them; addresses, which are verbatim, are not decoded."""
    text = to_bibtex(resources)
    plain = parse_string(text)
    decoded = parse_string(
        text, append_middleware=[SeparateCoAuthors(), LatexDecodingMiddleware(decoder=_decoder())]
    )
    assert not plain.failed_blocks
    assert not decoded.failed_blocks
    return [
        {f.key: f.value for f in entry.fields}
        | {"key": entry.key, "type": entry.entry_type, "url": _value(raw.fields_dict.get("url"))}
        for entry, raw in zip(decoded.entries, plain.entries, strict=True)
    ]


def _ris(resources: Sequence[Resource]) -> list[dict[str, Any]]:
    return list(rispy.loads(to_ris(resources)))


def _csl(resources: Sequence[Resource]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(to_csl_json(resources))
    return items


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_a_hostile_title_stays_one_title_of_one_entry(title: str) -> None:
    resource = replace(BASE, title=title, publisher=title, series=title)

    (entry,) = _bibtex([resource])
    (record,) = _ris([resource])
    (item,) = _csl([resource])
    for read in (entry, record, item):
        assert _one_line(read["title"]) == _one_line(title)
        assert _one_line(read["publisher"]) == _one_line(title)
    assert record["authors"] == ["Pérotin, Virginie", "de Heusch, Sarah"]
    assert len(to_markdown_list([resource]).splitlines()) == 1


def test_bibtex_keeps_what_is_cited() -> None:
    (entry,) = _bibtex([BASE])

    assert entry["type"] == "techreport"
    assert entry["author"] == ["Pérotin, Virginie", "de Heusch, Sarah"]
    assert (entry["institution"], entry["publisher"]) == ("Smith & Sons_50%", "Smith & Sons_50%")
    assert (entry["series"], entry["year"], entry["date"]) == ("Papers #1", "2012", "2012-03-04")
    assert (entry["language"], entry["url"]) == ("en", BASE.url)
    assert entry["keywords"] == "finance, law and policy"


def test_ris_keeps_what_is_cited() -> None:
    (record,) = _ris([BASE])

    assert record["type_of_reference"] == "RPRT"
    assert record["authors"] == ["Pérotin, Virginie", "de Heusch, Sarah"]
    assert (record["publisher"], record["tertiary_title"]) == (BASE.publisher, BASE.series)
    assert (record["year"], record["date"], record["language"]) == ("2012", "2012/03/04/", "en")
    assert record["urls"] == [BASE.url]
    assert record["keywords"] == ["finance", "law and policy"]


def test_csl_json_keeps_what_is_cited() -> None:
    (item,) = _csl([BASE])

    assert item == {
        "id": "base",
        "type": "report",
        "title": "A title",
        "language": "en",
        "author": [{"family": "Pérotin", "given": "Virginie"}, {"family": "de Heusch", "given": "Sarah"}],
        "collection-title": "Papers #1",
        "publisher": "Smith & Sons_50%",
        "issued": {"date-parts": [[2012, 3, 4]]},
        "URL": BASE.url,
        "keyword": "finance, law and policy",
    }


def test_the_reference_list_links_titles_and_archived_copies() -> None:
    assert to_markdown_list([replace(BASE, url="https://example.org/a(b)")]) == (
        "- Pérotin, Virginie; de Heusch, Sarah (2012). [A title](https://example.org/a%28b%29). "
        "*Papers \\#1*. Smith \\& Sons\\_50%. [Archived copy](https://web.archive.org/web/2023/https://example.org/).\n"
    )
    assert to_markdown_list(
        [replace(BASE, title="[x](http://e.org)", url=None, archived_url=None)]
    ).startswith("- Pérotin, Virginie; de Heusch, Sarah (2012). \\[x\\](http://e.org). ")


@pytest.mark.parametrize(
    ("date", "ris", "parts"), [("2012", "2012///", [2012]), ("2012-03", "2012/03//", [2012, 3])]
)
def test_a_date_says_no_more_than_is_known(date: str, ris: str, parts: list[int]) -> None:
    resource = replace(BASE, date=date)

    assert _bibtex([resource])[0]["date"] == date
    assert _ris([resource])[0]["date"] == ris
    assert _csl([resource])[0]["issued"] == {"date-parts": [parts]}


@pytest.mark.parametrize(
    ("kind", "types"), [*TYPES_OF_KINDS.items(), ("a kind of one's own", ("misc", "GEN", "document"))]
)
def test_a_kind_has_its_type_in_each_format(kind: str, types: tuple[str, str, str]) -> None:
    resource = replace(BASE, kind=kind)

    assert (
        _bibtex([resource])[0]["type"],
        _ris([resource])[0]["type_of_reference"],
        _csl([resource])[0]["type"],
    ) == types


def test_all_kinds_have_types_that_the_formats_know() -> None:
    resources = [replace(BASE, kind=kind) for kind in KINDS]

    assert {item["type"] for item in _csl(resources)} <= CSL_TYPES
    known = set(rispy.config.TYPE_OF_REFERENCE_MAPPING)
    assert {record["type_of_reference"] for record in _ris(resources)} <= known


def test_an_article_names_its_journal() -> None:
    article = replace(BASE, kind="journal article", series="Labour Education", publisher="ILO")

    assert _bibtex([article])[0]["journal"] == "Labour Education"
    assert _ris([article])[0]["secondary_title"] == "Labour Education"
    assert _csl([article])[0]["container-title"] == "Labour Education"
    assert _csl([replace(article, series=None)])[0]["container-title"] == "ILO"


def test_without_people_an_institution_is_the_author_of_its_report_but_not_of_news() -> None:
    report = replace(BASE, people=(), publisher="Research and Policy Centre", kind="statistics")

    assert _csl([report])[0]["author"] == [{"literal": "Research and Policy Centre"}]
    assert "author = {{Research and Policy Centre}}" in to_bibtex([report])
    assert _ris([report])[0]["authors"] == ["Research and Policy Centre"]
    assert "author" not in _csl([replace(report, kind="news")])[0]


def test_citation_keys_are_unique_and_plain() -> None:
    resources = [replace(BASE, id=name) for name in ("a b", "a-b", "A-B", "a-b-2", "é", "日本")]
    keys = [entry["key"] for entry in _bibtex(resources)]

    assert len({key.casefold() for key in keys}) == len(resources)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", key) for key in keys)
    assert [record["id"] for record in _ris(resources)] == [item["id"] for item in _csl(resources)] == keys


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Simel Esim", "Esim, Simel"),
        ("J. L. Van der Walt", "Van der Walt, J. L."),
        ("Claudio De Vincenti", "De Vincenti, Claudio"),
        ("Ida Le Blanc", "Le Blanc, Ida"),
        ("Jean-Paul Chapel", "Chapel, Jean-Paul"),
        ("Fajardo García, Gemma", "Fajardo García, Gemma"),
        ("De Sica", "Sica, De"),
        ("Isabel-Gemma Fajardo García", "Fajardo García, Isabel-Gemma"),
        ("Juan Pablo Martí", "Martí, Juan Pablo"),
        ("José María Arizmendiarrieta Madariaga", "Arizmendiarrieta Madariaga, José María"),
        ("María de la Luz Pérez Soto", "de la Luz Pérez Soto, María"),
        ("Colombia Pérez Muñoz", "Pérez Muñoz, Colombia"),
        ("Javier I. Echaide", "Echaide, Javier I."),
        ("José Luis", "Luis, José"),
        ("Luiz Inácio Gaiger", "Gaiger, Luiz Inácio"),
        ("Ermanno Celeste Tortia", "Tortia, Ermanno Celeste"),
        ("Laura Hanson Schlachter", "Schlachter, Laura Hanson"),
        ("Jessica Gordon Nembhard", "Gordon Nembhard, Jessica"),
        ("Ayman Abdel Moati", "Abdel Moati, Ayman"),
        ("Plato", "Plato"),
        (",", ""),
        ("", ""),
    ],
)
def test_a_family_name_comes_first_with_its_particles(name: str, written: str) -> None:
    assert str(personal_name(name)) == written


def test_in_a_spanish_text_two_family_names_are_expected() -> None:
    assert str(personal_name("Nerea Etxezarreta Agirre")) == "Agirre, Nerea Etxezarreta"
    assert str(personal_name("Nerea Etxezarreta Agirre", "es")) == "Etxezarreta Agirre, Nerea"
    assert str(personal_name("Nerea Etxezarreta", "es")) == "Etxezarreta, Nerea"
    spanish = replace(BASE, people=("Nerea Etxezarreta Agirre",), language="es")
    assert _ris([spanish])[0]["authors"] == ["Etxezarreta Agirre, Nerea"]


def test_the_whole_starter_collection_survives_every_format(starter: tuple[Resource, ...]) -> None:
    for resource, entry, record, item in zip(
        starter, _bibtex(starter), _ris(starter), _csl(starter), strict=True
    ):
        assert entry["key"] == record["id"] == item["id"] == resource.id
        assert entry["title"] == record["title"] == item["title"] == resource.title
        assert (
            entry.get("publisher") == record.get("publisher") == item.get("publisher") == resource.publisher
        )
        assert entry.get("url") == record.get("urls", [None])[0] == item.get("URL") == resource.url
        assert entry["language"] == record["language"] == item["language"] == resource.language
        assert _dates(entry, record, item) == {resource.date}
        assert _people(entry, record, item) == {resource.people}
        types = (entry["type"], record["type_of_reference"], item["type"])
        assert types == TYPES_OF_KINDS[resource.kind]


def _dates(entry: dict[str, Any], record: dict[str, Any], item: dict[str, Any]) -> set[str | None]:
    """The date as each format has it, as YYYY, YYYY-MM or YYYY-MM-DD."""
    ris = record["date"].rstrip("/").replace("/", "-") if "date" in record else None
    (parts,) = item["issued"]["date-parts"] if "issued" in item else ((),)
    csl = "-".join(f"{part:02}" for part in parts) or None
    return {entry.get("date"), ris, csl}


def _people(*formats: dict[str, Any]) -> set[tuple[str, ...]]:
    """The people as each format has them, given name first; without the institutions that sign as authors."""
    return {tuple(filter(None, map(_person, one.get("author", one.get("authors", []))))) for one in formats}


def _person(author: str | dict[str, str]) -> str | None:
    if isinstance(author, dict):
        return f"{author['given']} {author['family']}" if "family" in author else None
    family, comma, given = author.partition(", ")
    return f"{given} {family}" if comma else None


def test_csl_items_obey_the_schema(starter: tuple[Resource, ...]) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    items = _csl([*starter, *(replace(BASE, id=f"h{n}", title=t) for n, t in enumerate(HOSTILE_TITLES))])
    jsonschema.validate(items, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([items[0] | {"type": "web page"}], schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([items[0] | {"issued": {"date-parts": [["May"]]}}], schema)


def test_no_readings_give_an_empty_list() -> None:
    assert {name: write([]) for name, write in FORMATS.items()} == {
        "bibtex": "",
        "ris": "",
        "csl-json": "[]\n",
        "markdown": "",
    }
