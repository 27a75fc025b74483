from collections import Counter
from collections.abc import Iterable
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.spelling import SHORTEST, Speller
from embeddings.terms import written_words

SENTENCES = [
    "Platform cooperatives are examples of enterprises that workers own, says Gabriel Burdín.",
    "Evergreen in Cleveland was launched in 2007, and firms in Uruguay survive longer.",
    "The survival of firms in Japan was studied for many years.",
    *["These years platform cooperatives in Uruguay and Japan, among them Evergreen, grew."] * 5,
]
DICTIONARY = frozenset({"quantum", "tyre", "book", "shop", "flight", "hinder", "bicycle"})


def speller_of(sentences: Iterable[str]) -> Speller:
    return Speller.of(Counter(chain.from_iterable(map(written_words, sentences))), DICTIONARY)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return speller_of(SENTENCES)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("plaform co-ops exampels", "platform co-ops examples"),
        ("urugay firm survivl", "Uruguay firm survival"),
        (
            "evergren coperatives cleaveland who launchd it",
            "Evergreen cooperatives Cleveland who launched it",
        ),
        ("jappan 40 yers", "Japan 40 years"),
        ("coperatvies", "cooperatives"),
        ("firms in Urugay?", "firms in Uruguay?"),
        ("Plaforms: what are they", "Platforms: what are they"),
        ("Plaform firms", "Platform firms"),
        ("a wroker coopertaive", "a worker cooperative"),
        ("l'allaince", "l'alliance"),
    ],
)
def test_a_misspelled_word_becomes_the_collections_word(written: str, meant: str) -> None:
    sentences = [*SENTENCES, "The platforms", "une alliance"]
    assert speller_of(sentences).correct(written).text.casefold() == meant.casefold()


@pytest.mark.parametrize(
    "question",
    [
        "a quantum tyre",
        "hindered flights of unbooked bookshops",
        "the URUGAY report of JAPAM",
        "an 'urugay' and a “plaform” and an \"exampel\" and «survivl»",
        "plaform2 and 40yers",
        "write to plaform@exampel.org or see www.exampel.org/plaform",
        "Gonzago Plaform",
        "the yer",
        "пламформ 労働者協同組合",
        "Burdin",
        "",
    ],
)
def test_what_may_be_right_is_left_alone(speller: Speller, question: str) -> None:
    correction = speller.correct(question)
    assert correction.text == question
    assert correction.changed == ()


def test_what_was_changed_is_told_word_by_word(speller: Speller) -> None:
    assert speller.correct("plaform exampels in Japan").changed == (
        ("plaform", "platform"),
        ("exampels", "examples"),
    )


def test_the_case_of_the_word_written_is_kept_and_names_get_their_capital(speller: Speller) -> None:
    assert speller.correct("Exampels of urugay").text == "Examples of Uruguay"


def test_of_two_words_as_near_the_more_frequent_one_is_meant() -> None:
    counts = Counter({"platform": 9, "plattform": 1})
    assert Speller(counts).correct("a platfform").text == "a platform"


def test_fewer_errors_count_more_than_a_somewhat_more_frequent_word() -> None:
    assert (
        Speller(Counter({"conversion": 2, "conversation": 30})).correct("a convertsion").text
        == "a conversion"
    )


def test_a_word_that_is_too_rare_to_be_suggested_is_asked_for_before_it_is_changed() -> None:
    counts = Counter({"conversion": 20})
    assert Speller(counts).correct("a convrsion").text == "a conversion"
    assert Speller(counts, writes={"convrsion"}.__contains__).correct("a convrsion").text == "a convrsion"


def test_another_form_of_a_known_word_is_not_a_misspelling() -> None:
    assert Speller(Counter({"consejo": 9, "travailleur": 9})).correct("consejos travailleuse").changed == ()


def test_two_errors_are_only_looked_for_where_there_is_a_dictionary() -> None:
    speller = Speller(Counter({"consenso": 9}))
    assert speller.correct("los consejos", "es").changed == ()


def test_a_short_word_is_only_taken_for_a_frequent_one() -> None:
    assert Speller(Counter({"print": 1})).correct("a pint").changed == ()
    assert Speller(Counter({"print": 9})).correct("a pint").changed == (("pint", "print"),)


def test_a_speller_without_any_words_changes_nothing() -> None:
    assert Speller({}).correct("plaform").changed == ()


@given(st.text(max_size=80))
def test_only_the_changed_words_differ_and_none_is_short(question: str) -> None:
    correction = Speller(Counter({"platform": 9, "cooperative": 9, "Uruguay": 9})).correct(question)
    undone = correction.text
    for written, meant in correction.changed:
        assert len(written) >= SHORTEST - 1
        undone = undone.replace(meant, written, 1)
    assert (undone == question) or len(correction.changed) > 1


@given(st.sampled_from(["platform", "cooperative", "Uruguay", "survival"]), st.data())
def test_letters_swapped_inside_a_long_word_are_put_right(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 3))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    speller = Speller(Counter({"platform": 9, "cooperative": 9, "Uruguay": 9, "survival": 9}))
    assert speller.correct(swapped).text == word
