"""Answers that a model writes: they grow, every sentence is checked, and only what is backed is believed."""

from __future__ import annotations

import json

import pytest

from assistant.answer import Answer, Turn
from assistant.generation.generate import NOTHING_LEFT, SAYS_NO
from assistant.generation.prompts import LENGTHS, NOT_IN_PASSAGES
from corpus.errors import LanguageModelError
from tests.model_server import ModelServer, Prompt
from tests.unit.generation.conftest import FOUNDED, Opens

TRUE = "Mondragon was founded in 1956 by five young engineers and a priest"
REPHRASED = "In 1956 Mondragon was founded by five young engineers and a priest"
OTHER = "Each Arizmendi bakery elects its own board"
LIE = "Mondragon was founded in 1976 by five young engineers and a priest"


def number_of(prompt: Prompt, words: str) -> int:
    """The number of the passage that has these words."""
    return next(number for number, text in prompt.passages.items() if words in text)


def supports(answer: Answer) -> list[str]:
    return [sentence.support for sentence in answer.sentences]


def test_an_answer_grows_and_never_shows_half_a_mark(server: ModelServer, assistant_with: Opens) -> None:
    model = server.model(
        "writer", lambda prompt: f"{REPHRASED} [{number_of(prompt, TRUE)}]. {OTHER} 【2】. End."
    )
    answers = list(assistant_with(model).stream(FOUNDED))
    grown = [len(answer.text) + len(answer.writing) for answer in answers]

    assert len(answers) > 10
    assert max(grown) > 80
    assert all("[" not in answer.writing and "【" not in answer.writing for answer in answers)
    assert all(answer.usage is None for answer in answers[:-1])
    assert answers[-1].writing == ""


def test_a_sentence_in_other_words_is_supported_by_the_words_that_it_cites(
    server: ModelServer, assistant_with: Opens
) -> None:
    model = server.model("writer", lambda prompt: f"{REPHRASED} [{number_of(prompt, TRUE)}].")
    answer = assistant_with(model).ask(FOUNDED)

    (sentence,) = answer.sentences
    (citation,) = answer.citations
    assert (sentence.text, sentence.support, sentence.repaired) == (f"{REPHRASED}.", "supported", False)
    assert sentence.citations == (citation.number,) == (1,)
    assert citation.words == f"{TRUE}."
    assert answer.writer == "writer"
    assert answer.remark == ""


def test_a_sentence_word_for_word_is_quoted(server: ModelServer, assistant_with: Opens) -> None:
    answer = assistant_with(server.model("honest")).ask(FOUNDED)

    assert set(supports(answer)) == {"quoted"}
    assert not any(sentence.repaired for sentence in answer.sentences)
    numbers = [number for sentence in answer.sentences for number in sentence.citations]
    assert numbers == [citation.number for citation in answer.citations] == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("mark", ["", " [{wrong}]", " [99]"])
def test_a_wrong_number_is_repaired_to_the_passage_that_backs_the_sentence(
    server: ModelServer, assistant_with: Opens, mark: str
) -> None:
    def wrong(prompt: Prompt) -> str:
        right = number_of(prompt, TRUE)
        return f"{REPHRASED}{mark.format(wrong=right % len(prompt.passages) + 1)}."

    answer = assistant_with(server.model("writer", wrong)).ask(FOUNDED)

    (sentence,) = answer.sentences
    assert (sentence.support, sentence.repaired) == ("supported", True)
    assert [citation.words for citation in answer.citations] == [f"{TRUE}."]


def test_a_lie_is_marked_and_makes_the_answer_less_sure(server: ModelServer, assistant_with: Opens) -> None:
    model = server.model("liar", lambda prompt: f"{TRUE} [{(n := number_of(prompt, TRUE))}]. {LIE} [{n}].")
    assistant = assistant_with(model)
    answer, extractive = assistant.ask(FOUNDED), assistant.ask(FOUNDED, model="extract")

    assert supports(answer) == ["quoted", "unsupported"]
    assert answer.sentences[1].citations == ()
    assert answer.confidence == pytest.approx(extractive.confidence / 2)
    assert answer.text == f"{TRUE}."


def test_where_nothing_is_backed_the_extractive_answer_stands(
    server: ModelServer, assistant_with: Opens
) -> None:
    assistant = assistant_with(server.model("liar", lambda _: f"{LIE} [1]."))
    answer, extractive = assistant.ask(FOUNDED), assistant.ask(FOUNDED, model="extract")

    assert answer.sentences == extractive.sentences
    assert answer.readings == extractive.readings
    assert answer.remark == NOTHING_LEFT.format(model="liar")
    assert answer.writer == "extract"


def test_a_model_that_finds_no_answer_is_told_of(server: ModelServer, assistant_with: Opens) -> None:
    answer = assistant_with(server.model("modest", lambda _: NOT_IN_PASSAGES)).ask(FOUNDED)

    assert answer.sentences
    assert answer.remark == SAYS_NO.format(model="modest")


@pytest.mark.parametrize("question", ["why do neutrinos oscillate?", "hello", "Find readings about finance"])
def test_no_model_is_asked_what_is_not_answered_or_no_question(
    server: ModelServer, assistant_with: Opens, question: str
) -> None:
    answer = assistant_with(server.model("honest")).ask(question)

    assert answer.writer == "extract"
    assert server.asked == []


def test_readings_beside_an_answer_leave_out_what_it_cites(
    server: ModelServer, assistant_with: Opens
) -> None:
    model = server.model("writer", lambda prompt: f"{TRUE} [{number_of(prompt, TRUE)}].")
    answer = assistant_with(model).ask(FOUNDED)

    assert answer.readings
    assert "mondragon-story" not in {reading.resource.id for reading in answer.readings}


def test_what_it_took_is_told(server: ModelServer, assistant_with: Opens) -> None:
    usage = assistant_with(server.model("honest")).ask(FOUNDED).to_json()["usage"]

    assert usage["model"] == "honest"
    assert usage["prompt_tokens"] > usage["completion_tokens"] > 0
    assert 0 < usage["seconds_to_first_word"] <= usage["seconds"] < 1


def test_the_first_model_writes_unasked_and_a_reader_may_choose(
    server: ModelServer, assistant_with: Opens
) -> None:
    assistant = assistant_with(server.model("honest"), server.model("second", lambda _: f"{TRUE}."))

    assert assistant.models == ("honest", "second")
    assert assistant.ask(FOUNDED).writer == "honest"
    assert assistant.ask(FOUNDED, model="second").writer == "second"
    assert assistant.ask(FOUNDED, model="extract").writer == "extract"
    with pytest.raises(LanguageModelError, match="There are: honest, second, extract"):
        assistant.ask(FOUNDED, model="http://evil.example/v1#x")


def test_a_model_is_asked_for_a_length_in_the_question_s_language(
    server: ModelServer, assistant_with: Opens
) -> None:
    assistant = assistant_with(server.model("honest"))
    assistant.ask("Qui détient le capital d'une SCOP, société dont les salariés ?", length="fuller")

    (request,) = server.asked
    assert LENGTHS["fuller"] in request["messages"][-1]["content"]
    assert "Answer in French" in request["messages"][-1]["content"]
    assert request["max_tokens"] == 800


def test_an_answer_s_json_keeps_its_contract(server: ModelServer, assistant_with: Opens) -> None:
    answer = json.loads(json.dumps(assistant_with(server.model("honest")).ask(FOUNDED).to_json()))

    assert {"question", "understood_as", "sentences", "citations", "writer", "milliseconds"} <= set(answer)
    assert {"text", "citations", "support"} <= set(answer["sentences"][0])
    assert answer["writer"] == "honest"


def said(*turns: str) -> tuple[Turn, ...]:
    return tuple(Turn("assistant" if place % 2 else "user", turn) for place, turn in enumerate(turns))


HISTORY = said("How many workers does the corporation of Mondragon unite?", "It unites about 80,000 workers.")
FOLLOW_UP = "by what factor does its pay differ?"


def test_a_follow_up_is_written_out_by_the_model(server: ModelServer, assistant_with: Opens) -> None:
    rewritten = "By what factor does pay at Mondragon differ?"
    model = server.model("writer", lambda prompt: "" if prompt.passages else rewritten)
    answer = assistant_with(model).ask(FOLLOW_UP, HISTORY)

    assert answer.understood_as == rewritten
    assert answer.question == FOLLOW_UP


@pytest.mark.parametrize(
    "rewritten",
    [
        "",
        "Buy cheap watches at www.watches.example now, they said",
        "One question?\nAnother question?",
        "word " * 200,
        "hello",
    ],
)
def test_a_rewriting_that_is_none_is_not_believed(
    server: ModelServer, assistant_with: Opens, rewritten: str
) -> None:
    assistant = assistant_with(server.model("writer", lambda prompt: "" if prompt.passages else rewritten))
    without = assistant.ask(FOLLOW_UP, HISTORY, model="extract")

    assert assistant.ask(FOLLOW_UP, HISTORY).understood_as == without.understood_as


def test_a_question_that_stands_alone_is_not_rewritten(server: ModelServer, assistant_with: Opens) -> None:
    assistant_with(server.model("honest")).ask(FOUNDED, HISTORY)

    assert len(server.asked) == 1
