from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.intent import readings_topic
from assistant.question import understand
from assistant.wanted import Wanted, wanted_in
from corpus.filters import Filters


@pytest.mark.parametrize(
    ("request_", "languages", "years", "newest", "topic"),
    [
        ("readings in French about finance", "fr", (None, None), False, "finance"),
        ("Find readings about finance in French", "fr", (None, None), False, "finance"),
        ("French-language readings on law", "fr", (None, None), False, "law"),
        ("find me books in English or Italian about history", "en it", (None, None), False, "history"),
        ("Which readings are in Spanish?", "es", (None, None), False, ""),
        ("do you have anything in Italian?", "it", (None, None), False, ""),
        ("What do you have in Portuguese?", "pt", (None, None), False, ""),
        ("lectures en français sur les Scop", "fr", (None, None), False, "les Scop"),
        ("lecturas en español", "es", (None, None), False, ""),
        ("readings from 2024", "", (2024, 2024), False, ""),
        ("readings from 2024 onwards", "", (2024, None), False, ""),
        ("reports from 2015 to 2010 on statistics", "", (2010, 2015), False, "statistics"),
        ("Show me readings published between 2005 and 2010 about law", "", (2005, 2010), False, "law"),
        ("What has been published since 2020 on trade unions?", "", (2020, None), False, "trade unions"),
        ("What was published on trade unions since 2020?", "", (2020, None), False, "trade unions"),
        ("papers by Virginie Pérotin after 2010", "", (2011, None), False, "Virginie Pérotin"),
        ("anything by CICOPA from 2015?", "", (2015, 2015), False, "CICOPA"),
        ("papers from the ILO in 2015", "", (2015, 2015), False, "the ILO"),
        ("readings about buyouts before 2000", "", (None, 1999), False, "buyouts"),
        ("readings until 2000 about buyouts", "", (None, 2000), False, "buyouts"),
        ("readings from the 1990s", "", (1990, 1999), False, ""),
        ("latest readings about worker buyouts", "", (None, None), True, "worker buyouts"),
        ("What is the most recent study on Mondragon?", "", (None, None), True, "Mondragon"),
        ("What's your newest reading?", "", (None, None), True, ""),
        ("dernières lectures sur la gouvernance", "", (None, None), True, "la gouvernance"),
        ("lecturas recientes sobre empresas", "", (None, None), True, "empresas"),
        ("newest articles in Spanish since 2015 on law", "es", (2015, None), True, "law"),
    ],
)
def test_a_request_tells_which_readings_are_wanted_besides_its_subject(
    request_: str, languages: str, years: tuple[int | None, int | None], newest: bool, topic: str
) -> None:
    wanted, unnarrowed = wanted_in(request_)
    first, last = years
    filters = Filters(languages=frozenset(languages.split()), year_from=first, year_to=last)
    assert (wanted.filters, wanted.newest_first) == (filters, newest)
    assert readings_topic(unnarrowed, narrowed=True) == topic
    assert understand(request_).wanted == wanted


@pytest.mark.parametrize(
    ("request_", "by", "topic"),
    [
        ("papers by Virginie Pérotin", "Virginie Pérotin", "Virginie Pérotin"),
        ("papers by Pérotin on productivity", "Pérotin", "Pérotin on productivity"),
        ("anything published by CICOPA?", "CICOPA", "CICOPA"),
        ("What has CICOPA published?", "CICOPA", "CICOPA"),
        ("what has been written by Simel Esim", "Simel Esim", None),
        ("articles par CICOPA", "CICOPA", "CICOPA"),
        ("readings in English by Esim since 2015", "Esim", "Esim"),
    ],
)
def test_a_request_may_tell_whose_readings_are_wanted(request_: str, by: str, topic: str | None) -> None:
    wanted, unnarrowed = wanted_in(request_)
    assert (wanted.by, readings_topic(unnarrowed, narrowed=True)) == (by, topic)


@pytest.mark.parametrize(
    "text",
    [
        "What is the word for cooperative in French?",
        "What happened in Spain since 2010?",
        "How many workers were in 2015 reports?",
        "What are recent changes in research on Mondragon?",
        "Find readings about the crisis in 2008",
        "find readings about cooperatives in Spanish law",
        "find studies of 1990s Yugoslavia",
        "Find readings about the shift from capital in 2001",
        "Find readings about cooperatives in English-speaking Canada",
        "Was Recommendation 193 published in 2002?",
        "readings about finance",
        "What did Tesla write?",
        "Who is the report by?",
    ],
)
def test_what_belongs_to_a_question_or_to_a_subject_is_left_there(text: str) -> None:
    assert not understand(text).wanted


def test_languages_and_years_are_those_of_the_request_and_of_the_filters() -> None:
    wanted = Wanted(Filters(languages=frozenset({"fr", "es"}), year_from=2010, year_to=2020))
    within = wanted.within(Filters(languages=frozenset({"es", "en"}), year_from=2000, year_to=2015))
    assert within == Filters(languages=frozenset({"es"}), year_from=2010, year_to=2015)
    assert wanted.within(Filters(topics=frozenset({"law"}))) == replace(
        wanted.filters, topics=frozenset({"law"})
    )
    assert Wanted().within(Filters(languages=frozenset({"es"}))) == Filters(languages=frozenset({"es"}))
    assert wanted.within(Filters(languages=frozenset({"en"}))) is None
