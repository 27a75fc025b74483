"""Spellings of one word meet; no text is too odd to be taken apart."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.terms import GRAM, STOP_WORDS, content_words, fold, grams, stem, stems, words

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    "spelling",
    [
        "co-op",
        "co-ops",
        "coop",
        "Coops",
        "COOP",
        "co-operative",
        "Co-operatives",
        "cooperative",
        "coopérative",
        "co\N{HYPHEN}operative",
        "co\N{NON-BREAKING HYPHEN}operative",
        "co\N{NON-BREAKING HYPHEN}op",
    ],
)
def test_the_fields_own_word_is_one_word_however_it_is_spelled(spelling: str) -> None:
    assert stems(f"The {spelling}!") == stems("cooperative")


def test_other_words_with_co_lose_their_hyphen_too() -> None:
    assert words("co-workers and co-determination") == ["coworkers", "and", "codetermination"]


def test_a_co_op_inside_another_word_is_left_alone() -> None:
    assert words("scoop chicken-coop coopt") == ["scoop", "chicken", "cooperative", "coopt"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Pérotin", "perotin"),
        ("coopérative", "cooperative"),
        ("ÑANDÚ", "nandu"),
        ("Perot\u0069\u0301n", "perotin"),
    ],
)
def test_accents_and_case_dont_count(written: str, plain: str) -> None:
    assert fold(written) == plain


@pytest.mark.parametrize("compatible", ["№", "℡", "ﬁ", "Ａ", "Ⅳ", "㎒"])
def test_signs_that_stand_for_letters_are_folded_like_them(compatible: str) -> None:
    assert fold(compatible) == fold(compatible).lower()


def test_recommendation_number_193_is_found_with_the_number_sign() -> None:
    assert stems("Recommendation № 193") == stems("recommendation no 193")


def test_endings_dont_count() -> None:
    assert stem("worker") == stem("workers")
    assert stems("buyouts, voting") == stems("buyout, votes")


def test_chinese_and_japanese_runs_are_pairs_of_letters() -> None:
    assert words("工人合作社") == ["工人", "人合", "合作", "作社"]
    assert words("合") == ["合"]
    assert words("ワーカーズ2020年") == ["ワー", "ーカ", "カー", "ース", "2020", "年"]


def test_korean_runs_are_pairs_of_letters() -> None:
    assert words("협동조합") == [fold("협동"), fold("동조"), fold("조합")]


@pytest.mark.parametrize("word", ["the", "what", "le", "les", "quelle", "el", "los", "cuál", "où", "qué"])
def test_words_that_only_ask_are_left_out_in_three_languages(word: str) -> None:
    assert content_words(f"{word} SCOP {word.upper()}") == ["scop"]


def test_stop_words_are_folded_as_words_are() -> None:
    assert {fold(word) for word in STOP_WORDS} == STOP_WORDS


def test_near_spellings_share_most_of_their_pieces() -> None:
    ours, theirs = set(grams("recuperada")), set(grams("recuperadas"))
    assert len(ours & theirs) >= 0.7 * len(ours)
    assert grams("law") == ["_law", "law_"]


@given(ANY_TEXT)
def test_any_text_can_be_taken_apart(text: str) -> None:
    found = words(text)
    assert all(found)
    assert content_words(text) == [word for word in found if word not in STOP_WORDS]
    assert stems(text) == [stem(word) for word in content_words(text)]
    assert all(0 < len(piece) <= GRAM for piece in grams(text))


@given(ANY_TEXT)
def test_a_folded_text_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_threads_can_stem_at_once() -> None:
    vocabulary = [f"cooperating{letter}{ending}" for letter in "abcdefghij" for ending in ("s", "ed", "ing")]
    expected = [stem(word) for word in vocabulary]
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append([stem(word) for word in vocabulary])) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8
