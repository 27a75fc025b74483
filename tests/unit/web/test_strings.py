from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.reasons import Common
from assistant.web import labels, rendering
from assistant.web.reasons import reason_in
from assistant.web.strings import ENGLISH, LANGUAGES, preferred
from corpus.facets import FACETS

WEB = Path(rendering.__file__).parent
OTHERS = [strings for strings in LANGUAGES.values() if strings is not ENGLISH]


def _leaves(value: Any, at: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401  YAML
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{at}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{at}.{number}")
    else:
        assert isinstance(value, str), at
        yield at, value


@pytest.mark.parametrize("strings", OTHERS, ids=lambda strings: str(strings.code))
def test_every_language_has_every_word_with_the_same_blanks(strings: Any) -> None:  # noqa: ANN401
    english, other = dict(_leaves(ENGLISH.words)), dict(_leaves(strings.words))
    assert english.keys() == other.keys()
    for name, text in english.items():
        assert other[name], name
        assert sorted(re.findall(r"{\w*}", text)) == sorted(re.findall(r"{\w*}", other[name])), name


def _used() -> str:
    files = [*WEB.glob("*.py"), *WEB.glob("templates/*.html")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_no_word_is_left_over_and_none_is_missing() -> None:
    text = _used()
    named = set(re.findall(r"\b(?:s|self|strings|words|ENGLISH)\.([a-z]\w*)", text))
    families = tuple(re.findall(r"\[[\"']([a-z_]+_)[\"'] ~", text))
    for name in ENGLISH.words:
        assert name in named or name.startswith(families), f"{name} is said nowhere"


def test_a_word_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no_such_word"):
        _ = ENGLISH.no_such_word


@pytest.mark.parametrize("strings", LANGUAGES.values(), ids=lambda strings: str(strings.code))
def test_marks_and_facets_have_names_in_every_language(strings: Any) -> None:  # noqa: ANN401
    assert set(strings.marks) == {"quoted", "note", "supported", "unsupported"}
    assert set(strings.fields) == set(FACETS)
    assert len(strings.examples) == 6


@pytest.mark.parametrize(
    ("code", "number", "written"),
    [("en", 1166, "1,166 notes"), ("fr", 1166, "1\u202f166 notes"), ("es", 1166, "1.166 notas")],
)
def test_numbers_are_written_as_the_language_does(code: str, number: int, written: str) -> None:
    strings = LANGUAGES[code]
    assert strings.counted(number, strings.notes_count) == written


def test_none_is_singular_in_french_and_plural_elsewhere() -> None:
    said = [strings.counted(0, strings.readings_count) for strings in LANGUAGES.values()]
    assert said == ["0 readings", "0 lecture", "0 lecturas"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", "fr"),
        ("de-DE,de;q=0.9,es;q=0.8,en;q=0.7", "es"),
        ("en;q=0.1,fr;q=0.9", "fr"),
        ("fr;q=0, es", "es"),
        ("ja", "en"),
        ("", "en"),
        (None, "en"),
        ("<script>; q=x, fr", "fr"),
    ],
)
def test_the_page_follows_the_browser_s_languages(header: str | None, code: str) -> None:
    assert preferred(header) == code


def test_values_have_names_in_the_page_s_language() -> None:
    french = LANGUAGES["fr"]
    assert labels.label_of("language", "es", french) == "espagnol"
    assert labels.label_of("kind", "journal article", french) == "article de revue"
    assert labels.label_of("topic", "history", LANGUAGES["es"]) == "historia"
    assert labels.label_of("place", "Italy", french) == "Italie"
    assert labels.label_of("place", "Global", french) == "Monde"
    assert labels.label_of("place", "Italy", ENGLISH) == "Italy"
    assert labels.label_of("decade", "2010s", french) == "années 2010"
    assert labels.label_of("decade", "2010s", ENGLISH) == "2010s"
    assert labels.label_of("publisher", "CICOPA", french) == "CICOPA"
    assert labels.label_of("kind", "a kind of its own", french) == "a kind of its own"


@pytest.mark.parametrize("strings", OTHERS, ids=lambda strings: str(strings.code))
@pytest.mark.parametrize(
    "common",
    [
        Common(people=("Ana Ruiz", "Jo Low")),
        Common(topics=("history",), places=("Italy",)),
        Common(topics=("governance and democracy",)),
        Common(places=("Trinidad and Tobago",)),
        Common(terms=("CFI", "Marcora law")),
        Common(people=("Ana Ruiz",), topics=("history",), places=("Italy",), terms=("CFI",)),
    ],
    ids=str,
)
def test_every_reason_is_said_in_the_page_s_language(strings: Any, common: Common) -> None:  # noqa: ANN401
    said = reason_in(str(common), strings)
    assert not re.search(r"\b(also|both|mention|with|and)\b", said)
    for name in (*common.people, *common.terms):
        assert name in said
    for facet, names in (("topic", common.topics), ("place", common.places)):
        assert all(labels.label_of(facet, name, strings) in said for name in names)


def test_what_a_reading_says_is_left_in_its_words() -> None:
    assert reason_in("says: The law; also on tax.", LANGUAGES["fr"]) == "on y lit : The law; also on tax."
    assert reason_in("says something near: La ley.", ENGLISH) == "says something near: La ley."
    assert reason_in("words of another form", LANGUAGES["es"]) == "words of another form"
