"""Sentences and passages are where their offsets say, and together are the whole text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Resource, Section, split_passages, split_sentences
from corpus.passages import LONGEST_SENTENCE, PASSAGE_CHARACTERS

_BASE = Resource(id="a", title="T", kind="news", language="en", text="")
_PIECES = st.sampled_from(
    (
        "Dr. Smith left. ",
        "No!\n",
        "\n\n",
        "What? ",
        "3.14 ",
        "(e.g. this) ",
        "你好。",
        "\t\xa0",
        "نعم؟ ",
        "x" * 900,
        "word " * 250,
    )
)
_TEXT = st.lists(_PIECES | st.text(max_size=20), max_size=15).map("".join)


@st.composite
def _resources(draw: st.DrawFn) -> Resource:
    text = draw(_TEXT)
    starts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=3)))
    return replace(
        _BASE,
        text=text,
        language=draw(st.sampled_from(("en", "fr", "ar", "zh", "zu"))),
        notes=draw(st.booleans()),
        sections=tuple(Section(start, str(number)) for number, start in enumerate(starts)),
    )


@settings(deadline=None)
@given(_resources())
def test_sentences_are_the_whole_text_without_white_space_in_order(resource: Resource) -> None:
    end = 0
    for sentence in split_sentences(resource):
        words = resource.text[sentence.start : sentence.end]
        assert words
        assert words == words.strip()
        assert "\n" not in words
        assert len(words) <= LONGEST_SENTENCE
        assert not resource.text[end : sentence.start].strip()
        end = sentence.end
    assert not resource.text[end:].strip()


@settings(deadline=None)
@given(_resources(), st.integers(1, 2 * PASSAGE_CHARACTERS))
def test_passages_are_all_sentences_in_order_and_bounded(resource: Resource, characters: int) -> None:
    passages = split_passages(resource, characters)

    assert tuple(s for passage in passages for s in passage.sentences) == split_sentences(resource)
    for passage in passages:
        assert passage.text == resource.text[passage.start : passage.end]
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        assert len(passage.text) <= characters or len(passage.sentences) == 1
        assert {resource.heading_at(s.start) for s in passage.sentences} == {passage.heading}
        assert "".join("".join(passage.sentence_texts()).split()) == "".join(passage.text.split())


def test_a_passage_takes_as_many_sentences_as_fit() -> None:
    resource = replace(_BASE, text="\n".join(["x" * 99] * 16), notes=True)

    assert [len(passage.sentences) for passage in split_passages(resource)] == [8, 8]


def test_a_passage_that_holds_enough_ends_with_its_paragraph() -> None:
    short, long = ["x" * 99] * 2, [" ".join(["Some words stand here."] * 20)]
    resource = replace(_BASE, text="\n".join([*short, *long, *short]))

    lengths = [len(passage.text) for passage in split_passages(resource)]
    assert lengths == [199 + 1 + len(long[0]), 199]


def test_a_line_of_notes_is_one_sentence_and_a_line_of_own_words_may_hold_many() -> None:
    text = "Dr. Smith left. He came back.\nThe end."

    assert len(split_sentences(replace(_BASE, text=text))) == 3
    assert len(split_sentences(replace(_BASE, text=text, notes=True))) == 2


def test_a_long_run_is_cut_at_white_space_where_there_is_any() -> None:
    spans = split_sentences(replace(_BASE, text="word " * 400, notes=True))

    assert [span.end - span.start for span in spans] == [799, 799, 399]


def test_an_empty_text_has_no_passages() -> None:
    assert split_passages(_BASE) == ()
