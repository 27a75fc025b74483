from __future__ import annotations

from dataclasses import replace

from assistant.answer import AnswerSentence
from assistant.web.view import collection_figures, mark_of, marks_in, passage_words, sources_of
from tests.browser.scripted import BUYOUTS, OWN_WORDS, SPANISH, WITHOUT_ADDRESS, answered, citation, reading

LINES = BUYOUTS.text.splitlines()


def test_the_figures_are_counted_from_the_readings() -> None:
    figures = collection_figures((BUYOUTS, OWN_WORDS, WITHOUT_ADDRESS, SPANISH))
    assert (figures.readings, figures.notes, figures.languages) == (4, 5, 2)
    assert figures.topics == (("worker buyouts and conversions", 2), ("recovered enterprises", 1))


def test_a_verbatim_sentence_is_a_quotation_only_if_the_reading_s_own_words_were_read() -> None:
    answer = answered("?", [citation(1, BUYOUTS, LINES[0]), citation(2, OWN_WORDS, OWN_WORDS.text)])
    assert [mark_of(sentence, answer) for sentence in answer.sentences] == ["note", "quoted"]


def test_a_sentence_whose_numbers_lead_nowhere_is_unsupported() -> None:
    answer = answered("?", [citation(1, OWN_WORDS, OWN_WORDS.text)])
    assert mark_of(AnswerSentence("Words.", (), "quoted"), answer) == "unsupported"
    assert mark_of(AnswerSentence("Words.", (7,), "supported"), answer) == "unsupported"


def test_each_mark_of_an_answer_is_explained_once() -> None:
    answer = answered("?", [citation(1, BUYOUTS, LINES[0]), citation(2, BUYOUTS, LINES[2])])
    assert marks_in(answer) == ("note",)


def test_a_reading_is_one_source_with_all_its_numbers_and_other_places_it_was_learned_at() -> None:
    cited = [
        citation(1, BUYOUTS, LINES[0]),
        citation(2, SPANISH, SPANISH.text),
        citation(3, BUYOUTS, LINES[1]),
    ]
    first, second = sources_of(answered("?", cited))
    assert (first.numbers, first.resource) == ((1, 3), BUYOUTS)
    assert first.learned_at == ("https://law.example.net/marcora",)
    assert (second.numbers, second.learned_at) == ((2,), ())


def test_the_cited_words_stand_in_their_passage() -> None:
    words = passage_words(citation(1, BUYOUTS, LINES[1]))
    assert (words.before, words.cited, words.after) == (f"{LINES[0]}\n", LINES[1], f"\n{LINES[2]}")


def test_a_long_passage_is_cut_at_a_word() -> None:
    long = reading("long", "Long", "before " * 100 + "CITED" + " after" * 100)
    words = passage_words(citation(1, long, "CITED"))
    assert words.before.startswith("… before ")
    assert words.after.endswith("after …")
    assert max(len(words.before), len(words.after)) < 230


def test_a_passage_that_does_not_hold_its_citation_shows_the_cited_words_alone() -> None:
    cited = citation(1, BUYOUTS, LINES[1])
    elsewhere = replace(cited, passage=replace(cited.passage, start=0, end=10, text=BUYOUTS.text[:10]))
    assert passage_words(elsewhere).cited == LINES[1]
