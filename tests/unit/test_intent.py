from __future__ import annotations

import pytest

from assistant.intent import readings_topic, sides_of, wants_list
from assistant.small_talk import REMARKS, remark, small_talk, without_opening


@pytest.mark.parametrize(
    ("request_", "topic"),
    [
        ("find me readings about worker buyouts in Italy please", "worker buyouts in Italy"),
        ("reading on worker buyouts in Europe please", "worker buyouts in Europe"),
        ("Which pieces deal with finance for worker co-ops?", "finance for worker co-ops"),
        ("papers on how worker co-ops perform", "how worker co-ops perform"),
        ("sources about New York City's support", "New York City's support"),
        ("I'm looking for articles about SEWA", "SEWA"),
        ("What should I read about platform co-ops?", "platform co-ops"),
        ("articles by Esim", "Esim"),
        ("Anything to read on taxi co-ops?", "taxi co-ops"),
        ("what is there on housing?", "housing"),
        ("what have you got about Mondragon", "Mondragon"),
        ("looking for material on degeneration", "degeneration"),
        ("stuff about co-ops in Wales", "co-ops in Wales"),
        (
            "can you find me a handbook for people who want to start one?",
            "handbook for people who want to start one",
        ),
        ("any interviews with founders", "interviews with founders"),
        ("worker buyouts reading list", "worker buyouts"),
        ("lectures sur les SCOP", "les SCOP"),
        ("Peux-tu me trouver des documents sur la reprise d'entreprises ?", "la reprise d'entreprises"),
        ("Que lire sur l'autogestion ?", "l'autogestion"),
        ("dame artículos sobre empresas recuperadas", "empresas recuperadas"),
        ("¿Qué artículos tratan de la ley Marcora?", "la ley Marcora"),
    ],
)
def test_a_request_for_readings_is_searched_by_its_subject(request_: str, topic: str) -> None:
    assert readings_topic(request_) == topic


@pytest.mark.parametrize(
    "request_", ["What should I read?", "any readings?", "more readings please", "que lire ?"]
)
def test_readings_can_be_asked_for_without_a_subject(request_: str) -> None:
    assert readings_topic(request_) == ""


@pytest.mark.parametrize(
    "question",
    [
        "Which studies found that co-ops survive longer?",
        "sources of funding for co-ops",
        "What documents are needed to register?",
        "who edited the book on co-ops?",
        "What does the report on Uralungal say?",
        "which other languages are present in Czech literature?",
        "reading co-op law in Spain",
        "What is on the agenda of the conference?",
        "what is about to change in the law?",
        "What is there to do about debt?",
    ],
)
def test_a_question_that_names_texts_is_still_a_question(question: str) -> None:
    assert readings_topic(question) is None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Hi!", "greeting"),
        ("Good morning, how are you?", "greeting"),
        ("¡Hola! ¿Qué tal?", "greeting"),
        ("Thank you so much", "thanks"),
        ("merci beaucoup", "thanks"),
        ("ok", "agreement"),
        ("Thank you, goodbye", "goodbye"),
        ("who are you?", "about the assistant"),
        ("Qui êtes-vous ?", "about the assistant"),
        ("Hello! Who are you? What can you do?", "help"),
        ("help", "help"),
        ("que puedes hacer", "help"),
        ("you are so stupid", "complaint"),
        ("👍👍", "no words"),
        ("?!", "no words"),
    ],
)
def test_small_talk_is_known_as_a_whole(message: str, kind: str) -> None:
    assert small_talk(message) == kind


@pytest.mark.parametrize(
    "question",
    [
        "hello, how many worker co-ops are there in Italy?",
        "What can a worker co-op do?",
        "help for starting a co-op",
        "who are the members?",
        "Hi-tech co-ops",
        "why?",
        "how does it work?",
        "Nice and its co-ops",
        "Mondragon",
        "你好合作社",
    ],
)
def test_a_question_is_never_small_talk(question: str) -> None:
    assert small_talk(question) is None


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("hello, how many co-ops are there?", "how many co-ops are there?"),
        ("Hello how are co-ops taxed?", "how are co-ops taxed?"),
        ("Thanks! And in France?", "And in France?"),
        ("Bonjour, qui détient le pouvoir ?", "qui détient le pouvoir ?"),
        ("Buenos días. ¿Qué es una cooperativa?", "¿Qué es una cooperativa?"),
        ("Hi-tech co-ops", "Hi-tech co-ops"),
        ("Great Western co-ops", "Great Western co-ops"),
    ],
)
def test_a_greeting_before_a_question_is_left_out(message: str, question: str) -> None:
    assert without_opening(message) == question


def test_every_language_has_a_remark_on_every_kind_of_small_talk() -> None:
    assert all(remarks.keys() == REMARKS["en"].keys() for remarks in REMARKS.values())
    assert remark("thanks", "fr") == REMARKS["fr"]["thanks"]
    assert remark("thanks", "ja") == REMARKS["en"]["thanks"]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("What is the difference between a worker cooperative and an ESOP?", ("worker cooperative", "ESOP")),
        ("compare Mondragon with Uralungal", ("Mondragon", "Uralungal")),
        ("worker co-ops vs. ESOPs", ("worker co-ops", "ESOPs")),
        ("Which is better, a SCOP or a SCIC?", ("SCOP", "SCIC")),
        ("How are worker co-ops different from consumer co-ops?", ("worker co-ops", "consumer co-ops")),
        (
            "Doc Servizi, Smart and Coopaname: what do they have in common?",
            ("Doc Servizi", "Smart", "Coopaname"),
        ),
        ("Quelle est la différence entre une Scop et une Scic ?", ("Scop", "Scic")),
        ("how do Italian regions differ in the success of worker co-ops?", ()),
        ("Is Mondragon a co-op or not?", ()),
    ],
)
def test_the_sides_of_a_comparison_are_told_apart(question: str, sides: tuple[str, ...]) -> None:
    assert sides_of(question) == sides


def test_a_list_is_wanted_where_many_things_are_asked_for() -> None:
    for question in ("What are the principles?", "Which co-ops exist in Italy?", "list the members",
                     "quelles sont les lois ?", "¿cuáles son los principios?"):  # fmt: skip
        assert wants_list(question), question
    for question in ("What does it say?", "who founded it?", "What was this?", "Which class is it?"):
        assert not wants_list(question), question
