from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Turn
from assistant.language import language_of
from assistant.question import ANYTHING, MAX_QUESTION_CHARACTERS, Question, clean, understand
from corpus.errors import QuestionError


def after(*turns: str) -> list[Turn]:
    return [Turn("assistant" if i % 2 else "user", content) for i, content in enumerate(turns)]


def test_a_plain_question_is_searched_as_it_is() -> None:
    question = understand("Who founded Mondragon?")
    assert question == Question(
        text="Who founded Mondragon?",
        understood_as="Who founded Mondragon?",
        intent="question",
        language="en",
        parts=(("Who founded Mondragon?", 1.0),),
    )


def test_a_follow_up_is_shown_as_a_question_of_its_own() -> None:
    question = understand("who founded it?", after("What is Mondragon?", "A group of cooperatives."))
    assert question.text == "who founded it?"
    assert question.understood_as == "who founded Mondragon?"
    assert question.parts[0] == ("who founded it?", 1.0)
    assert question.vector_parts == (("A group of cooperatives.", 0.2),)


def test_small_talk_in_between_does_not_change_the_subject() -> None:
    history = after("What is Mondragon?", "A group of cooperatives.", "thanks!", "You're welcome.")
    question = understand("who founded it?", history)
    assert question.understood_as == "who founded Mondragon?"
    assert question.vector_parts == (("A group of cooperatives.", 0.2),)


def test_a_question_edited_by_the_reader_is_searched_alone() -> None:
    assert understand("who founded it?").parts == (("who founded it?", 1.0),)


def test_small_talk_is_no_question() -> None:
    question = understand("Hello! What can you do?")
    assert (question.intent, question.small_talk) == ("small talk", "help")


def test_a_greeting_does_not_swallow_the_question() -> None:
    question = understand("Hello, how many worker co-ops are there in Italy?")
    assert question.intent == "question"
    assert question.understood_as == "how many worker co-ops are there in Italy?"


def test_a_whole_question_in_another_language_begins_anew() -> None:
    history = after("Who founded Mondragon?", "A priest and five young engineers.")
    question = understand("¿Cómo se financia una cooperativa de trabajo?", history)
    assert question.understood_as == "¿Cómo se financia una cooperativa de trabajo?"
    assert question.language == "es"
    assert len(understand("¿Y en Francia?", history).parts) > 1, "a short one still goes on"
    history += after(question.text, "Con el capital de sus socios.")
    went_on = understand("¿Y en Italia?", history)
    assert [text for text, _ in went_on.parts] == ["¿Y en Italia?", question.text]


def test_readings_are_searched_by_their_subject_and_shown_as_asked_for() -> None:
    question = understand("Find me readings about worker buyouts, please")
    assert question.intent == "readings"
    assert question.understood_as == "Find me readings about worker buyouts, please"
    assert question.parts == (("worker buyouts", 1.0),)


def test_readings_about_that_are_about_what_was_asked_before() -> None:
    history = after("Why did SEWA choose co-ops?", "It is committed to them.")
    for request in ("find me readings about that", "What should I read?"):
        question = understand(request, history)
        assert question.understood_as == "Find readings about Why did SEWA choose co-ops", request
        assert understand(question.understood_as).intent == "readings"
    assert understand("what should I read?").parts == ((ANYTHING, 1.0),)


def test_a_request_that_only_says_which_readings_is_about_all_of_them() -> None:
    history = after("Why did SEWA choose co-ops?", "It is committed to them.")
    for request in ("What is your newest reading?", "readings in French"):
        question = understand(request, history)
        assert (question.intent, question.without_subject) == ("readings", True)
        assert question.understood_as == request
    assert understand("find me readings", history).parts[0][0] == "Why did SEWA choose co-ops?"


@pytest.mark.parametrize(
    ("before", "message", "understood"),
    [
        (["readings in French about finance"], "and in Spanish?", "readings in Spanish about finance"),
        (["find readings about finance"], "only since 2015", "readings since 2015 about finance"),
        (["find readings about finance"], "the newest ones", "newest readings about finance"),
        (["readings about finance", "and in Spanish?"], "in Italian?", "readings in Italian about finance"),
        (["readings about finance"], "What about in Italy?", "readings about finance in Italy"),
        (["newest readings"], "in French please", "readings in French"),
        (["lectures sur les Scop"], "et en espagnol ?", "lectures en espagnol sur les Scop"),
        (["lecturas sobre Mondragon"], "¿y en inglés?", "lecturas en inglés sobre Mondragon"),
    ],
)
def test_a_request_for_readings_can_be_narrowed_afterwards(
    before: list[str], message: str, understood: str
) -> None:
    history = [turn for text in before for turn in after(text, "Some readings.")]
    question = understand(message, history)
    assert (question.text, question.intent) == (message, "readings")
    assert question.understood_as == understood
    assert understand(understood).wanted == question.wanted


@pytest.mark.parametrize("before", [["What is a SCOP?"], ["readings about finance", "Who owns Mondragon?"]])
def test_what_follows_a_question_narrows_no_readings(before: list[str]) -> None:
    history = [turn for text in before for turn in after(text, "It is so.")]
    assert understand("and in Spanish?", history).intent == "question"


def test_a_request_for_readings_that_names_its_subject_is_about_nothing_else() -> None:
    history = after("Who won the football world cup in 1998?", "")
    question = understand("Find me readings about platform cooperatives", history)
    assert question.understood_as == "Find me readings about platform cooperatives"
    assert question.parts == (("platform cooperatives", 1.0),)


def test_a_request_for_readings_leaves_its_subject_for_later() -> None:
    history = after("find me readings about the Marcora law", "Three readings.")
    assert understand("who uses it?", history).parts[1] == ("the Marcora law", 0.3)


def test_history_that_cannot_be_read_is_passed_over() -> None:
    history = after("\x00", "Nothing.", "What is Mondragon?", "", "\u200b", "👍")
    assert understand("who founded it?", history).understood_as == "who founded Mondragon?"


def test_a_follow_up_has_the_language_of_the_conversation() -> None:
    history = after("Combien de Scop y a-t-il en France ?", "Il y en a plus de 2 000.")
    assert understand("Italie ?", history).language == "fr"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("who founded SEWA?", "en"),
        ("SCOP", "en"),
        ("Virginie Pérotin", "en"),
        ("sociedad laboral", "es"),
        ("¿por qué?", "es"),
        ("Qui détient le pouvoir dans une Scop ?", "fr"),
        ("cooperativa di lavoro", "it"),
        ("Quantas cooperativas de trabalho há no Brasil?", "pt"),
        ("Wie viele Genossenschaften gibt es in Italien?", "de"),
        ("什么是工人合作社", "zh"),
        ("労働者協同組合とは何ですか", "ja"),
        ("노동자 협동조합은 무엇입니까", "ko"),
        ("Что такое рабочий кооператив?", "ru"),
        ("ما هي التعاونيات العمالية", "ar"),
        ("", "en"),
    ],
)
def test_the_language_of_a_question_is_known(text: str, language: str) -> None:
    assert language_of(text) == language


def test_what_cannot_be_seen_is_taken_out_and_white_space_folded() -> None:
    assert clean("  who\u200b \x07 founded\u202e\n\tSEWA\x00?\ufeff ") == "who founded SEWA?"
    assert clean("Ｍｏｎｄｒａｇｏｎ　ﬁrst") == "Mondragon first"


@pytest.mark.parametrize("nothing", ["", "   \n", "\x00\x07", "\u200b\u202e"])
def test_an_empty_question_says_what_to_do(nothing: str) -> None:
    with pytest.raises(QuestionError, match="Type a question"):
        understand(nothing)


def test_a_question_of_20_000_characters_is_refused_plainly() -> None:
    with pytest.raises(QuestionError, match=r"20,000 characters, and 4,000 can be taken"):
        understand("x" * 20_000)


@pytest.mark.parametrize(
    "text",
    ['a "b', "AND", "NEAR(", "foo:bar", "<script>alert(1)</script>", "![x](http://a.example)",
     "'; DROP TABLE x; --", "什么是工人合作社？", "מהו קואופרטיב עובדים?", "* OR *", "\\", "NOT"],
)  # fmt: skip
def test_hostile_text_is_a_question_like_any_other(text: str) -> None:
    history = after("What is Mondragon?", "A group.", text, text)
    for question in (understand(text), understand(text, history), understand("why?", history)):
        assert question.understood_as
        assert question.parts[0][0]


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=4))
def test_any_text_is_understood_or_refused(text: str, before: list[str]) -> None:
    try:
        question = understand(text, after(*before))
    except QuestionError:
        return
    assert question.text and question.understood_as.strip()
    assert question.parts[0][1] == 1.0
    assert all(part.strip() for part, _ in question.parts)


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "? ",
        "in A ",
        "A",
        "what ",
        "find me some ",
        "hi ",
        "compare a and ",
        ", ",
        "moi ",
        "A.",
        "it ",
        "la ",
    ],
)
def test_the_longest_question_takes_no_longer_than_its_length(unit: str) -> None:
    text = (unit * MAX_QUESTION_CHARACTERS)[:MAX_QUESTION_CHARACTERS]
    started = time.perf_counter()
    understand(text, after(text, text, text, text))
    assert time.perf_counter() - started < 1.0
