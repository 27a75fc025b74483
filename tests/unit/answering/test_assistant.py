"""From a question to a cited answer, a reading list, small talk, or the plain word that nothing answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from assistant import extract
from assistant.answer import Answer, Turn
from assistant.assistant import Assistant
from assistant.writing import NOT_ANSWERED, NOTHING_ADMITTED, READING_LIST, READINGS
from corpus.errors import QuestionError, UnknownReading
from corpus.filters import Filters
from embeddings.indexing import index as add
from tests.fakes import FakeEncoder
from tests.readings import COLLECTION, MONDRAGON, SCOP, reading
from tests.stores import Place
from tests.unit.answering.contract import assert_keeps_the_contract
from tests.unit.answering.truth import is_true

FOUNDED = "When was Mondragon founded by five young engineers and a priest?"


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def assistant(place: Place, encoder: FakeEncoder) -> Iterator[Assistant]:
    opened = Assistant.open(
        place.home, store=place.address, resources=COLLECTION, encoder=encoder, searches=place.searches
    )
    with closing(opened):
        yield opened


def cited(answer: Answer) -> list[str]:
    return [citation.resource.id for citation in answer.citations]


def test_a_question_gets_the_sentence_that_answers_it(assistant: Assistant) -> None:
    answer = assistant.ask(FOUNDED)
    assert_keeps_the_contract(answer)
    assert answer.answered
    assert answer.sentences[0].text == "Mondragon was founded in 1956 by five young engineers and a priest."
    assert answer.citations[0].url == MONDRAGON.url
    assert answer.question == FOUNDED
    assert answer.writer == "extract"


def test_other_readings_are_offered_beside_the_answer_with_true_reasons(assistant: Assistant) -> None:
    answer = assistant.ask(FOUNDED)
    assert 0 < len(answer.readings) <= READINGS
    others = [citation.resource for citation in answer.citations]
    assert all(is_true(one, others) for one in answer.readings)


def test_what_has_nothing_to_do_with_the_readings_is_not_answered(assistant: Assistant) -> None:
    answer = assistant.ask("why do neutrinos oscillate?")
    assert_keeps_the_contract(answer)
    assert not answer.answered
    assert answer.remark == NOT_ANSWERED
    assert answer.readings


def test_filters_that_admit_nothing_say_so(assistant: Assistant) -> None:
    answer = assistant.ask(FOUNDED, filters=Filters(languages=frozenset({"xx"})))
    assert_keeps_the_contract(answer)
    assert not answer.answered
    assert answer.remark == NOTHING_ADMITTED
    assert answer.readings == ()


def test_an_empty_collection_does_not_blame_filters_that_are_not_there(home: Path) -> None:
    with closing(Assistant.open(home, resources=[], encoder=FakeEncoder())) as assistant:
        answer = assistant.ask(FOUNDED)
    assert not answer.answered
    assert answer.remark != NOTHING_ADMITTED


@pytest.mark.parametrize("question", [FOUNDED, "find readings about SCOP capital", "quantum entanglement"])
def test_nothing_comes_past_a_filter(assistant: Assistant, question: str) -> None:
    filters = Filters(places=frozenset({"Spain", "India"}))
    answer = assistant.ask(question, filters=filters)
    assert set(cited(answer)) | {one.resource.id for one in answer.readings} <= {
        "mondragon-story",
        "kerala-coffee-house",
    }
    hits = assistant.search(question, 100, filters)
    assert {hit.resource.id for hit in hits} == {"mondragon-story", "kerala-coffee-house"}


@pytest.mark.parametrize("request_", ["find me readings about finance", "lectures sur les SCOP"])
def test_a_request_for_readings_gets_a_list(assistant: Assistant, request_: str) -> None:
    answer = assistant.ask(request_)
    assert_keeps_the_contract(answer)
    assert answer.intent == "readings"
    assert 0 < len(answer.readings) <= READING_LIST


def test_a_reading_list_starts_with_what_is_about_the_subject(quick_starter: Assistant) -> None:
    answer = quick_starter.ask("find me readings about Mondragon")
    assert answer.answered
    assert "mondragon" in f"{answer.readings[0].resource.title} {answer.readings[0].resource.text}".lower()
    works = [citation.resource.work_id for citation in answer.citations]
    assert len(works) == len(set(works))


@pytest.mark.parametrize(
    "said", ["hello", "thank you!", "what can you do?", "bonjour", "¡gracias!", "?!", "🙂"]
)
def test_small_talk_gets_a_line_and_no_search(assistant: Assistant, encoder: FakeEncoder, said: str) -> None:
    encoder.encoded.clear()
    answer = assistant.ask(said)
    assert_keeps_the_contract(answer)
    assert answer.intent == "small talk"
    assert answer.citations == ()
    assert answer.milliseconds["search"] == 0
    assert encoder.encoded == []


def test_a_follow_up_is_understood_after_what_was_said(assistant: Assistant) -> None:
    first = assistant.ask("How many workers does the corporation of Mondragon unite?")
    history = (Turn("user", first.question), Turn("assistant", first.text, tuple(cited(first))))
    alone = assistant.ask("by what factor does its pay differ?")
    after = assistant.ask("by what factor does its pay differ?", history)
    assert "Mondragon" in after.understood_as
    assert "Mondragon" not in alone.understood_as
    assert "mondragon-story" in cited(after)
    found = assistant.search("by what factor does its pay differ?", 1, history=history)
    assert found[0].resource.id == "mondragon-story"


def test_a_question_that_stands_alone_is_the_same_after_any_history(assistant: Assistant) -> None:
    history = (Turn("user", "What is a SCOP?"), Turn("assistant", "A French company.", ("scop-law",)))
    assert assistant.ask(FOUNDED, history).sentences == assistant.ask(FOUNDED).sentences
    assert assistant.ask(FOUNDED, history).understood_as == assistant.ask(FOUNDED).understood_as


def test_a_question_as_the_reader_edited_it_is_searched_as_it_is(assistant: Assistant) -> None:
    history = (Turn("user", "What is a SCOP?"), Turn("assistant", "A French company.", (SCOP.id,)))
    answer = assistant.ask("and there?", history, understood_as="by what factor does their pay differ?")
    assert answer.question == "and there?"
    assert answer.understood_as == "by what factor does their pay differ?"
    alone = assistant.ask("by what factor does their pay differ?")
    assert (answer.confidence, answer.readings) == (alone.confidence, alone.readings)


@pytest.mark.parametrize(
    "said", ["", " ", "\u200b", "\x00", "?", "x" * 20_000, "hello", "find readings", "合作社", "\ud800"]
)
def test_whatever_was_said_before_does_no_harm(assistant: Assistant, said: str) -> None:
    for history in (
        (Turn("user", said), Turn("assistant", said)),
        (Turn("assistant", said), Turn("user", said), Turn("user", "What is a SCOP?")),
    ):
        assert_keeps_the_contract(assistant.ask(FOUNDED, history))
        assert_keeps_the_contract(assistant.ask("and who votes there?", history))


def test_a_comparison_speaks_of_both_sides(assistant: Assistant) -> None:
    answer = assistant.ask("What is the difference between a SCOP and Mondragon?")
    assert_keeps_the_contract(answer)
    assert answer.answered
    works = {citation.resource.work_id for citation in answer.citations}
    assert {SCOP.work_id, MONDRAGON.work_id} <= works


def test_a_misspelled_word_is_put_right_and_shown_so(assistant: Assistant) -> None:
    answer = assistant.ask("When was Mondragn founded by five yuong engineers and a priest?")
    assert "Mondragon" in answer.understood_as
    assert cited(answer)[0] == "mondragon-story"


def test_only_the_misspelled_word_itself_is_put_right(assistant: Assistant) -> None:
    understood_as = assistant.ask('Do bakeris of the "bakeris" guild elect a board?').understood_as
    assert understood_as == 'Do bakeries of the "bakeris" guild elect a board?'


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "x " * 10_000])
def test_nothing_and_too_much_are_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match=r"Type|Ask"):
        assistant.ask(question)
    with pytest.raises(QuestionError):
        assistant.search(question)


def test_the_same_question_has_the_same_answer(assistant: Assistant) -> None:
    first, second = assistant.ask(FOUNDED).to_json(), assistant.ask(FOUNDED).to_json()
    del first["milliseconds"], second["milliseconds"]
    assert first == second


def test_what_another_program_adds_is_known_at_the_next_question(
    assistant: Assistant, encoder: FakeEncoder, place: Place
) -> None:
    question = "Where does the tram cooperative of Graz run?"
    assert not assistant.ask(question).answered
    with closing(place.open(encoder)) as other:
        add(other, encoder, [reading("trams", "The tram cooperative of Graz runs six lines in Styria.")])
        assert cited(assistant.ask(question))[0] == "trams"
        assert assistant.resource("trams").id == "trams"
        before = assistant.facets(question)
        other.remove("trams")
    assert assistant.facets(question) != before
    assert "trams" not in cited(assistant.ask(question))
    with pytest.raises(UnknownReading):
        assistant.resource("trams")


def test_it_tells_what_it_has(assistant: Assistant) -> None:
    assert {resource.id for resource in assistant.resources} == {resource.id for resource in COLLECTION}
    assert assistant.passages >= len(COLLECTION)
    assert assistant.resource(SCOP.id) == SCOP
    assert {one.resource.work_id for one in assistant.similar(SCOP.id, 100)} == {
        resource.work_id for resource in COLLECTION
    } - {SCOP.work_id}


def test_an_unknown_reading_says_how_to_find_one(assistant: Assistant) -> None:
    for ask in (assistant.resource, assistant.similar):
        with pytest.raises(UnknownReading, match="search WORDS"):
            ask("no-such")


def test_a_second_start_encodes_nothing(home: Path) -> None:
    Assistant.open(home, resources=COLLECTION, encoder=FakeEncoder()).close()
    encoder = FakeEncoder()
    with closing(Assistant.open(home, resources=COLLECTION, encoder=encoder)) as assistant:
        assert encoder.encoded == []
        assert assistant.ask(FOUNDED).answered


def test_a_first_start_tells_how_far_it_is(home: Path) -> None:
    seen: list[tuple[int, int]] = []
    Assistant.open(
        home,
        resources=COLLECTION,
        encoder=FakeEncoder(),
        progress=lambda done, total: seen.append((done, total)),
    ).close()
    assert seen[-1][0] == seen[-1][1] > len(COLLECTION)


def test_threads_can_ask_at_once(assistant: Assistant) -> None:
    expected = assistant.ask(FOUNDED).sentences
    answers: list[Answer] = []
    threads = [Thread(target=lambda: answers.append(assistant.ask(FOUNDED))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.sentences for answer in answers] == [expected] * 8


def test_without_a_model_the_whole_answer_comes_at_once(assistant: Assistant) -> None:
    (answer,) = assistant.stream(FOUNDED)

    assert answer.sentences == assistant.ask(FOUNDED).sentences
    assert answer.writing == ""
    assert answer.usage is None


def test_a_fuller_answer_begins_like_the_short_one(assistant: Assistant) -> None:
    question = "Who elects the board of a bakery, a coffee house or a SCOP, and what does the law say?"
    short, fuller = assistant.ask(question), assistant.ask(question, length="fuller")

    assert len(short.sentences) == extract.SENTENCES
    assert len(fuller.sentences) > len(short.sentences)
    assert fuller.sentences[: len(short.sentences)] == short.sentences
    assert_keeps_the_contract(fuller)
