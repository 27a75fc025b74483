import json
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from corpus import vocabulary

QUESTIONS = Path(__file__).parents[1] / "data" / "questions-fr-es.jsonl"


def found(question: str, language: str = "en") -> list[str]:
    return [expansion.concept.label for expansion in vocabulary.load().expand(question, language)]


def test_at_least_150_concepts_of_the_field_are_named_in_french_and_spanish() -> None:
    concepts = [concept for concept in vocabulary.load().concepts if concept.section == "field"]
    assert sum({"en", "fr", "es"} <= concept.labels.keys() for concept in concepts) >= 150


def test_no_two_concepts_share_a_preferred_label() -> None:
    counts = Counter(concept.label for concept in vocabulary.load().concepts)
    assert [label for label, count in counts.items() if count > 1] == []


def test_every_label_is_a_clean_string_given_once_in_its_language() -> None:
    for concept in vocabulary.load().concepts:
        for labels in concept.labels.values():
            assert all(label and label == label.strip() for label in labels), concept.label
            assert len(set(labels)) == len(labels), concept.label


@pytest.mark.parametrize(
    ("question", "language", "label"),
    [
        ("Qu'est-ce qu'une coopérative de travail ?", "fr", "worker cooperative"),
        ("las cooperativas de trabajo asociado", "es", "worker cooperative"),
        ("una cooperativa di lavoro", "it", "worker cooperative"),
        ("as cooperativas de trabalho", "pt", "worker cooperative"),
        ("rodosha kyodo kumiai", "ja", "worker cooperative"),
        ("the workers' collectives of Nairobi", "en", "worker cooperative"),
        ("WORKER CO-OPS", "en", "worker cooperative"),
        ("fábricas recuperadas por sus obreros", "es", "recovered enterprise"),
        ("what is an empresa recuperada", "en", "recovered enterprise"),
        ("the Legge Marcora", "en", "Marcora law"),
        ("les réserves impartageables", "fr", "indivisible reserves"),
        ("R193", "en", "Recommendation No. 193"),
        ("la SSE en la OIT", "es", "social and solidarity economy"),
        ("una sociedad anonima laboral", "es", "sociedad laboral"),
        ("associações e coletivos", "pt", "collective"),
    ],
)
def test_a_concept_is_found_by_its_labels_in_every_language(question: str, language: str, label: str) -> None:
    assert label in found(question, language)


@pytest.mark.parametrize(
    ("question", "reworded"),
    [
        ("Do rag pickers in Cairo organise?", "Do waste picker in Cairo organise?"),
        ("Can inmates be WORKER OWNERS?", "Can former prisoner be worker-member?"),
        ("Are waste pickers organised?", None),
        ("Can nannies organise?", None),
        ("", None),
    ],
)
def test_everyday_words_are_replaced_by_the_field_s_own(question: str, reworded: str | None) -> None:
    assert vocabulary.load().reworded(question, lambda label: label == "nannies") == reworded


def test_the_longest_label_wins() -> None:
    assert found("worker cooperatives in South Korea") == ["worker cooperative", "Republic of Korea"]


def test_articles_between_the_words_of_a_label_do_not_matter() -> None:
    assert found("la coopérative des travailleurs", "fr") == found("coopérative de travailleurs", "fr")


def test_an_everyday_word_of_another_language_is_not_mistaken_for_one_of_ours() -> None:
    assert found("come and see", "en") == []
    assert found("come e quando", "it") == ["how", "when"]
    assert found("the genre of a song, crude oil and a core") == []


def test_a_concept_is_found_at_its_characters_in_the_question() -> None:
    question = "Was ist ein Workers' Buyout?"
    (expansion,) = vocabulary.load().expand(question, "de")
    assert question[expansion.start : expansion.end] == "Workers' Buyout"


def test_other_labels_come_in_english_first_and_without_the_one_that_was_used() -> None:
    (expansion,) = vocabulary.load().expand("empresas recuperadas", "es")
    assert expansion.labels[:2] == ("recovered enterprise", "recuperated enterprise")
    (expansion,) = vocabulary.load().expand("Marcora law")
    assert "Marcora law" not in expansion.labels
    assert "loi Marcora" in expansion.labels


def test_a_question_is_glossed_in_english_in_its_own_order() -> None:
    gloss = vocabulary.load().gloss("¿Cuántas cooperativas de trabajo hay en Uruguay?", "es")
    assert gloss == "how many worker cooperative exist Uruguay"


def test_names_and_numbers_pass_into_the_gloss_unchanged() -> None:
    gloss = vocabulary.load().gloss("Que dit Pérotin des salaires en 2018 ?", "fr")
    assert gloss == "Pérotin wage 2018"


def test_a_question_without_any_concept_has_no_gloss() -> None:
    assert vocabulary.load().gloss("Xyzzy plugh ?", "fr") is None
    assert vocabulary.load().gloss("", "fr") is None


def test_only_terms_of_the_field_widen_a_search() -> None:
    widening = vocabulary.load().widening("when was the first empresa recuperada of Argentina?")
    assert widening is not None
    assert "recuperated factory" in widening
    assert "argentin" not in widening
    assert vocabulary.load().widening("when was the first year?") is None


def test_what_the_gloss_leaves_out_is_known() -> None:
    untold = vocabulary.load().untold("¿Cuántas cooperativas de trabajo usan drones en Uruguay?", "es")
    assert untold == "usan drones en"
    assert vocabulary.load().untold("", "es") == ""


def test_every_french_and_spanish_question_on_the_collection_has_a_gloss() -> None:
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert Counter(question["kind"] for question in questions) == {"french": 20, "spanish": 20}
    for question in questions:
        language = {"french": "fr", "spanish": "es"}[question["kind"]]
        assert vocabulary.load().gloss(question["question"], language), question["question"]


def test_a_question_of_twenty_thousand_words_is_read_through() -> None:
    assert len(found("worker buyout or " * 7_000)) == 7_000


def test_the_vocabulary_is_read_once() -> None:
    assert vocabulary.load() is vocabulary.load()
    labels = chain.from_iterable(concept.labels for concept in vocabulary.load().concepts)
    assert set(labels) <= set(vocabulary.LANGUAGES)
