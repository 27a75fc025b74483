"""What a reader asks of the starter collection, as it is shipped, and what they get."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Turn
from assistant.assistant import Assistant
from corpus.collection import topics
from corpus.filters import Filters
from tests.unit.answering.contract import assert_keeps_the_contract
from tests.unit.answering.truth import is_true

# What a person would ask who wants what the ILO lists, mostly not in the words of its title.
LISTED_BY_ILO = {
    "ilo-thematic-page-worker-cooperatives": "How does the ILO's page describe a worker cooperative?",
    "ijlr-syndicoop-africa": "Why was SYNDICOOP in Africa not repeated after 2006?",
    "ijlr-trade-unions-worker-cooperatives": (
        "Which journal issue grew out of the 2013 seminar on unions and worker co-ops?"
    ),
    "ilo-book-job-preservation": "How can a union help to save a failing firm by turning it into a co-op?",
    "ilo-brief-15-union-sse-partnerships": (
        "find readings about unions that work with the solidarity economy to help waste pickers and vendors"
    ),
    "ilo-cooperatives-today": "What obstacles keep worker cooperatives marginal although they are resilient?",
    "ilo-interview-antony-mcmullen": "Who started a co-operative co-working space in Melbourne?",
    "ilo-interview-brightly": "Is there a franchise of house cleaning co-ops in New York?",
    "ilo-interview-centre-for-cooperative-studies": "What is known of co-ops at the university in Cork?",
    "ilo-interview-jwcu": "What does associated work mean for Japanese worker co-ops?",
    "ilo-interview-pedreno": "How did the president of CEPES come to cooperatives?",
    "ilo-interview-sewa-federation": "Why did SEWA need co-ops when minimum wage campaigns failed?",
    "ilo-interview-sion-whellens": "Who is Siôn Whellens of the Calverts print co-op?",
    "ilo-laliberte-response-to-crisis": "What did Laliberté write on worker co-ops in the crisis?",
    "ilo-lets-organize-syndicoop": "Is there a manual for unions and co-ops on organizing informal workers?",
    "ilo-news-coop-impact-2019": "What did the ILO present at the Co-op IMPACT conference in Washington?",
    "ilo-news-cooperatives-key-role-future-of-work": "readings on the role of co-ops in the future of work",
    "ilo-news-ireland-economic-democracy-seminar": "What was discussed in Dublin about economic democracy?",
    "ilo-news-japan-worker-cooperative-bill": "When did both houses in Tokyo pass the worker co-op bill?",
    "ilo-news-osf-labour-week": "What did the ILO tell donors at the Open Society Foundations in 2020?",
    "ilo-news-us-unions-cooperatives-alliance": "What was said in Baltimore about US unions and co-ops?",
    "ilo-news-world-coop-congress-workers-organizations": (
        "Which unionists and co-operators spoke at the congress in Seoul in 2021?"
    ),
    "ilo-news-zimbabwe-zibawu": "Why did a bank workers' union in Zimbabwe plan a co-op?",
    "ilo-report-sewa-way": "What does the ILO report on the SEWA way find?",
    "ilo-rokin-bank-wp55": "What are Japan's labour banks and why were they founded?",
    "ilo-trinidad-domestic-workers-cooperative": "How did maids in Trinidad and Tobago get their own co-op?",
    "ilo-workers-cooperatives": "Which ILO publication is called Workers' cooperatives?",
}

ANSWERED = {
    "What good does it do rag pickers to form a co-op?": "waste pickers",
    "When was Recommendation No. 193 adopted?": "2002",
    "Where and when was the 33rd World Cooperative Congress?": "Seoul",
    "How many domestic workers are there in Trinidad and Tobago?": "30,000",
    "Who founded the Centre for Co-operative Studies in Cork?": "Lucey",
    "Who wrote the SYNDICOOP handbook Let's organize?": "Stirling Smith",
    "Which trade union created the cooperative SWCC in Trinidad?": "NUDE",
    "In which year was the Japan Workers' Co-operative Union established?": "1979",
    "How many articles has Japan's worker cooperative bill?": "171",
    "What happened after the Zuva judgment in Zimbabwe?": "lost their jobs",
    "Who organized the labour week for donors in September 2020?": "Open Society Foundations",
    "combien de coopératives viennent de la transmission d'entreprises saines en 2023 ?": "2023",
    "¿de qué año es la primera ley española de sociedades anónimas laborales?": "1986",
    "when was SEWA Bank established": "1974",
}

NOT_ANSWERED = (
    "how do I fix a flat bicycle tyre",
    "what is the capital of Australia",
    "can you book me a flight to Bilbao",
    "explain quantum entanglement",
    "¿cuál es la receta del gazpacho?",
    "qui a gagné le Tour de France en 1998 ?",
    "zzyzx qwrtpsdf",
)


def reached(answer: Answer) -> list[str]:
    """The readings that the reader meets first: those cited, and the first three beside the answer."""
    return [cited.resource.id for cited in answer.citations] + [
        reading.resource.id for reading in answer.readings[:3]
    ]


def test_all_that_the_ilo_lists_is_asked_for(starter: Assistant) -> None:
    assert {resource.id for resource in starter.resources if resource.listed_by_ilo} == set(LISTED_BY_ILO)


@pytest.mark.parametrize("expected", LISTED_BY_ILO)
def test_what_the_ilo_lists_is_found_by_its_subject(starter: Assistant, expected: str) -> None:
    answer = starter.ask(LISTED_BY_ILO[expected])
    assert_keeps_the_contract(answer)
    assert expected in reached(answer)


@pytest.mark.parametrize("question", ANSWERED)
def test_a_question_is_answered_with_what_is_asked_for(starter: Assistant, question: str) -> None:
    answer = starter.ask(question)
    assert_keeps_the_contract(answer)
    assert answer.answered
    assert ANSWERED[question] in answer.text
    cited = [citation.resource for citation in answer.citations]
    assert all(is_true(reading, cited) for reading in answer.readings)


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_what_no_reading_answers_is_not_answered_and_a_suggestion_leads_on(
    starter: Assistant, question: str
) -> None:
    answer = starter.ask(question)
    assert_keeps_the_contract(answer)
    assert not answer.answered
    for suggestion in answer.suggestions:
        followed = starter.ask(suggestion)
        assert_keeps_the_contract(followed)
        assert followed.answered
        assert suggestion != question


@pytest.mark.parametrize(
    ("question", "suggested"),
    [
        ("Which criticisms did Hayek make of co-ops?", "Find readings about criticism and degeneration"),
        (
            "which minister signed the worker co-op law of Mozambique?",
            "which minister signed the worker co-op law?",
        ),
    ],
)
def test_what_is_near_a_question_without_an_answer_is_suggested_first(
    starter: Assistant, question: str, suggested: str
) -> None:
    assert starter.ask(question).suggestions[0] == suggested


@pytest.mark.parametrize(
    "question",
    ["can a member be fired from a worker co-op?", "what happens to the reserves when a co-op closes?"],
)
def test_no_question_with_a_hole_in_it_is_suggested(starter: Assistant, question: str) -> None:
    """Where the collection lacks a word in the middle: "can a member be from a worker co-op?"."""
    assert all(s.startswith("Find readings about ") for s in starter.ask(question).suggestions)


@pytest.mark.parametrize(
    "question", ["Suma", "suma", "SUMA", "what is Suma?", "tell me about Suma", "Can you tell me about Suma?"]
)
def test_a_bare_name_gets_what_is_said_of_it(starter: Assistant, question: str) -> None:
    answer = starter.ask(question)
    assert answer.answered
    assert all("Suma" in sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    "question", ["tell me more", "explain", "members", "MEMBERS", "what is love?", "Who is Karl Marx?"]
)
def test_a_word_that_is_no_name_here_is_no_bare_name(starter: Assistant, question: str) -> None:
    assert not starter.ask(question).answered


@pytest.mark.parametrize("topic", topics())
def test_readings_about_each_topic_of_the_collection_are_listed(starter: Assistant, topic: str) -> None:
    """The request that is suggested where nothing is answered."""
    answer = starter.ask(f"Find readings about {topic}")
    assert_keeps_the_contract(answer)
    assert answer.answered
    assert any(topic in reading.resource.topics for reading in answer.readings)


@pytest.mark.parametrize(
    ("request_", "language", "first", "last"),
    [
        ("readings in French", "fr", 0, 9999),
        ("Which readings are in Spanish?", "es", 0, 9999),
        ("¿Qué lecturas hay en español sobre empresas recuperadas?", "es", 0, 9999),
        ("readings from 2024", None, 2024, 2024),
        ("what has been published since 2020 on trade unions?", None, 2020, 9999),
        ("reports from the 1990s", None, 1990, 1999),
    ],
)
def test_readings_of_a_language_or_of_years_are_those_alone(
    starter: Assistant, request_: str, language: str | None, first: int, last: int
) -> None:
    answer = starter.ask(request_)
    assert_keeps_the_contract(answer)
    assert answer.answered
    found = [reading.resource for reading in answer.readings]
    assert found
    assert all(language in (None, resource.language) for resource in found)
    assert all(first <= (resource.year or 0) <= last for resource in found)


def test_the_newest_readings_come_first_of_all_or_of_those_on_a_subject(starter: Assistant) -> None:
    newest = max(resource.date or "" for resource in starter.resources)
    for request_ in ("newest readings", "What's your latest reading?"):
        dates = [reading.resource.date or "" for reading in starter.ask(request_).readings]
        assert dates[0] == newest
        assert dates == sorted(dates, reverse=True)
    for request_, topic in (
        ("latest readings about finance", "finance"),
        ("recent papers on Mondragon", None),
    ):
        found = [reading.resource for reading in starter.ask(request_).readings]
        assert [r.date or "" for r in found] == sorted((r.date or "" for r in found), reverse=True)
        assert all(topic in (None, *resource.topics) for resource in found)


@pytest.mark.parametrize(
    ("request_", "maker"),
    [
        ("papers by Virginie Pérotin", "Virginie Pérotin"),
        ("articles by Esim", "Simel Esim"),
        ("what has CICOPA published?", "CICOPA"),
        ("readings by the International Labour Organization about domestic workers", "ILO"),
        ("papers by Pérotin on productivity", "Virginie Pérotin"),
        ("readings from GEO", "Grassroots Economic Organizing (GEO)"),
    ],
)
def test_readings_by_a_person_or_a_publisher_are_theirs_alone(
    starter: Assistant, request_: str, maker: str
) -> None:
    answer = starter.ask(request_)
    assert_keeps_the_contract(answer)
    assert answer.answered
    found = [reading.resource for reading in answer.readings]
    assert found
    assert all(maker in (*resource.people, *(resource.publisher or "").split(" / ")) for resource in found)


def test_every_person_of_the_collection_leads_to_readings_of_theirs(starter: Assistant) -> None:
    people = {person for resource in starter.resources for person in resource.people}
    for person in sorted(people)[::6]:
        first = starter.ask(f"readings by {person}").readings[0]
        assert any(person in one.people for one in (first.resource, *first.editions)), person


def test_a_name_that_made_nothing_here_is_a_subject_as_any(starter: Assistant) -> None:
    assert not starter.ask("something by Karl Marx").answered
    assert not starter.ask("readings by the ILO in French").answered
    assert starter.ask("readings from Argentina").answered


def test_readings_that_there_are_none_of_are_not_answered_by_others(starter: Assistant) -> None:
    in_english = Filters(languages=frozenset({"en"}))
    for answer in (
        starter.ask("readings in Korean about finance"),
        starter.ask("readings in French", filters=in_english),
        starter.ask("readings since 2020 about finance", filters=Filters(year_to=2010)),
    ):
        assert_keeps_the_contract(answer)
        assert not answer.answered
        assert answer.readings


@pytest.mark.parametrize(
    ("asked", "topic", "place"),
    [
        ("finance for worker co-ops in the US", "finance", "United States"),
        ("law and policy in Argentina", "law and policy", "Argentina"),
        ("trade unions and cooperatives in India", "trade unions and cooperatives", "India"),
    ],
)
def test_readings_on_a_topic_in_a_place_are_on_both(
    starter: Assistant, asked: str, topic: str, place: str
) -> None:
    both = {r.id for r in starter.resources if topic in r.topics and place in r.places}
    first = starter.ask(f"Which pieces deal with {asked}?").readings[: min(5, len(both))]
    assert both
    assert {reading.resource.id for reading in first} <= both


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Recommendation No. 193", "193"),
        ("R193", "193"),
        ("SCOP", "scop"),
        ("Mondragon", "mondragon"),
        ("mondragón", "mondragon"),
        ("SYNDICOOP", "syndicoop"),
        ("ZIBAWU", "zibawu"),
        ("52,767", "52,767"),
        ("sociedad laboral", "sociedad"),
        ("Uralungal", "uralungal"),
    ],
)
def test_exact_names_and_numbers_are_found(starter: Assistant, words: str, named: str) -> None:
    first = starter.search(words, 1)[0]
    assert named.lower() in f"{first.resource.title} {first.passage.text}".lower()


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("What is the difference between Mondragon and SEWA?", ("mondragon", "sewa")),
        ("compare worker cooperatives in France with Italy", ("france", "ital")),
        ("Mondragon vs Uralungal", ("mondragon", "uralungal")),
    ],
)
def test_a_comparison_speaks_of_both_sides(starter: Assistant, question: str, sides: tuple[str, str]) -> None:
    answer = starter.ask(question)
    assert_keeps_the_contract(answer)
    assert answer.answered
    for side in sides:
        assert any(side in f"{c.resource.title} {c.words}".lower() for c in answer.citations)


def test_a_list_has_no_fewer_sentences_than_one_answer(starter: Assistant) -> None:
    answer = starter.ask("What are the principles of worker cooperatives?")
    assert_keeps_the_contract(answer)
    assert len(answer.sentences) > 1


@pytest.mark.parametrize(
    ("request_", "about"),
    [
        ("find me readings about worker buyouts in Italy", "Italy"),
        ("reading list on Uruguay", "Uruguay"),
        ("lectures sur les Scop", "France"),
        ("lecturas sobre empresas recuperadas en Argentina", "Argentina"),
    ],
)
def test_a_request_for_readings_gets_those_about_it(starter: Assistant, request_: str, about: str) -> None:
    answer = starter.ask(request_)
    assert_keeps_the_contract(answer)
    assert answer.intent == "readings"
    assert answer.answered
    first = [reading.resource for reading in answer.readings[:3]]
    assert sum(about in resource.places or about in resource.text for resource in first) >= 2


def test_a_follow_up_is_answered_from_what_was_spoken_of(starter: Assistant) -> None:
    first = starter.ask("Where and when was the 33rd World Cooperative Congress?")
    cited = tuple(citation.resource.id for citation in first.citations)
    history = (Turn("user", first.question), Turn("assistant", first.text, cited))
    answer = starter.ask("who spoke there for the ILO's workers' bureau?", history)
    assert_keeps_the_contract(answer)
    assert "Anna Biondi" in answer.text


def test_filters_narrow_an_answer_down(starter: Assistant) -> None:
    filters = Filters(languages=frozenset({"fr"}))
    answer = starter.ask("combien de Scop et de Scic y a-t-il en 2023 ?", filters=filters)
    assert_keeps_the_contract(answer)
    assert {citation.resource.language for citation in answer.citations} == {"fr"}
    assert {reading.resource.language for reading in answer.readings} <= {"fr"}


@pytest.mark.parametrize("resource", ["mondragon-wikipedia", "ilo-r193-text", "scop-wikipedia-fr"])
def test_more_like_a_reading_has_true_reasons(starter: Assistant, resource: str) -> None:
    readings = starter.similar(resource, 10)
    assert len({reading.resource.work_id for reading in readings}) == 10
    assert all(is_true(reading, [starter.resource(resource)]) for reading in readings)


def test_a_misspelled_question_is_understood(starter: Assistant) -> None:
    answer = starter.ask("evergren coperatives cleaveland who launchd it")
    assert_keeps_the_contract(answer)
    assert "Evergreen" in answer.understood_as or "evergreen" in answer.understood_as
    assert any("evergreen" in resource for resource in reached(answer))
