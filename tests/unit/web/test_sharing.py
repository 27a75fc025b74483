from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.datastructures import QueryParams

from assistant.web.conversation import Exchange
from assistant.web.preferences import Preferences, filter_values, filters_of, toggled
from assistant.web.sharing import Link, answer_fingerprint, collection_fingerprint, link_query
from assistant.web.strings import ENGLISH, LANGUAGES
from assistant.web.transcript import answer_text, bibliography, to_markdown
from corpus.filters import EVERYTHING, Filters
from tests.browser.scripted import BUYOUTS, FIRST, FOLLOW_UP, OWN_WORDS, SPANISH, UNANSWERABLE, conversation

ASSISTANT = conversation()
FILTERS = Filters(languages=frozenset({"es", "en"}), publishers=frozenset({"A & B, Söhne"}))


def test_a_link_says_all_that_was_asked() -> None:
    exchange = Exchange(FOLLOW_UP, ASSISTANT.ask(FOLLOW_UP), filters=FILTERS, length="fuller")
    query = link_query(exchange, "abc") or ""
    link = Link.of(QueryParams(query.removeprefix("?")))
    assert link == Link(
        FOLLOW_UP,
        "Who paid for worker buyouts of closing factories in Italy?",
        FILTERS,
        "fuller",
        "abc",
        answer_fingerprint(ASSISTANT.ask(FOLLOW_UP)),
    )


def test_an_answer_is_compared_with_the_one_that_was_shared() -> None:
    answer = ASSISTANT.ask(FIRST)
    link = Link(FIRST, collection="abc", answer=answer_fingerprint(answer))
    assert link.compared(answer, "abc") == "same"
    assert link.compared(answer, "abd") == "changed"
    assert link.compared(replace(answer, sentences=answer.sentences[:1]), "abc") == "differs"
    assert Link(FIRST).compared(answer, "abc") == ""


@pytest.mark.parametrize("exchange", [Exchange("?"), Exchange("a" * 2000, ASSISTANT.ask(FIRST))])
def test_what_can_not_be_shared_has_no_link(exchange: Exchange) -> None:
    assert link_query(exchange, "abc") is None


def test_an_address_without_a_question_is_no_link() -> None:
    assert Link.of(QueryParams("view=browse&q=%20")) is None


def test_the_collection_s_fingerprint_follows_titles_and_texts_and_not_the_order() -> None:
    readings = (BUYOUTS, SPANISH)
    one = collection_fingerprint(readings)
    assert one == collection_fingerprint(readings[::-1])
    for changed in (replace(SPANISH, title="x"), replace(SPANISH, text="x"), replace(SPANISH, id="x")):
        assert collection_fingerprint((BUYOUTS, changed)) != one


def test_preferences_come_back_from_the_browser() -> None:
    chosen = Preferences(language="fr", switched=True, length="fuller", filters=FILTERS)
    assert Preferences.of(chosen.to_json()) == chosen
    assert chosen.strings is LANGUAGES["fr"]


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [],
        "x",
        {"language": "xx", "length": 7, "filters": []},
        {"filters": {"kind": [1, "", "x" * 999]}},
    ],
)
def test_preferences_in_another_form_are_the_default(kept: object) -> None:
    assert Preferences.of(kept) == Preferences()


def test_a_facet_s_value_is_chosen_and_taken_away() -> None:
    chosen = toggled(EVERYTHING, "place", "Italy")
    assert filter_values(chosen) == {"place": ["Italy"]}
    assert toggled(chosen, "place", "Italy") == EVERYTHING
    assert filters_of({"place": ["Italy"], "no such facet": ["x"]}) == chosen


def test_an_answer_as_text_has_its_numbers_and_what_they_stand_for() -> None:
    text = answer_text(Exchange(FOLLOW_UP, ASSISTANT.ask(FOLLOW_UP)))
    question, _, said, _, source = text.split("\n")
    assert question == FOLLOW_UP
    assert said == f"“{OWN_WORDS.text.partition('. ')[0]}.” [1]"
    assert source.startswith(
        "[1] Example Press. 2011. A handbook for those who take over their firm. https://"
    )


def test_a_conversation_in_markdown_holds_everything_and_escapes_it() -> None:
    hostile = Exchange("<b>*why*</b>", remark="No [reason](x).")
    exchanges = (
        Exchange(FIRST, ASSISTANT.ask(FIRST)),
        Exchange(UNANSWERABLE, ASSISTANT.ask(UNANSWERABLE)),
        hostile,
    )
    text = to_markdown(exchanges, ENGLISH)
    assert "## \\<b\\>\\*why\\*\\</b\\>\n\nNo \\[reason\\](x)." in text
    assert "The collection has nothing that answers this." in text
    assert text.count("(from our notes on this reading)") == 3
    assert [reading.id for reading in bibliography(exchanges)] == ["buyouts-italy", "no-address"]
    assert text.index("## Bibliography") > text.index(hostile.remark[:2])
