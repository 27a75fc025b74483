"""Citation marks in what models write, in the forms that they write, however the text is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.marks import Event, Mark, MarkParser, merged

KNOWN = range(1, 6)


def parsed(*pieces: str) -> list[Event]:
    parser = MarkParser(KNOWN)
    events = [event for piece in pieces for event in parser.feed(piece)]
    return merged([*events, *parser.end()])


def text_of(events: list[Event]) -> str:
    return "".join(event for event in events if isinstance(event, str))


def numbers_of(events: list[Event]) -> list[int]:
    return [number for event in events if isinstance(event, Mark) for number in event.numbers]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("Members vote [1].", [1]),
        ("Members vote [1, 2].", [1, 2]),
        ("Members vote [1,2; 3].", [1, 2, 3]),
        ("Members vote [1][2].", [1, 2]),
        ("Members vote [1] [2].", [1, 2]),
        ("Members vote 【1】.", [1]),
        ("Members vote 【4†source】.", [4]),
        ("Members vote [^1].", [1]),
        ("Members vote [^1, ^2].", [1, 2]),
        ("Members vote (1).", [1]),
        ("Members vote. (1) They also sell.", [1]),
        ("Members vote (1)(2)", [1, 2]),
        ("Members vote [Source 1].", [1]),
        ("Members vote [source: 2].", [2]),
        ("Members vote [Passages 1 and 2].", [1, 2]),
        ("Members vote [1](https://example.org/x).", [1]),
        ("Members vote [2, 2].", [2]),
    ],
)
def test_a_mark_in_any_form_is_read_and_leaves_no_trace(written: str, numbers: list[int]) -> None:
    events = parsed(written)

    assert numbers_of(events) == numbers
    assert "".join(text_of(events).split()) in ("Membersvote.", "Membersvote", "Membersvote.Theyalsosell.")


@pytest.mark.parametrize("written", ["Members vote [6].", "Members vote [6409128].", "Members vote [0]."])
def test_a_number_of_no_source_is_dropped(written: str) -> None:
    assert parsed(written) == ["Members vote ", Mark(()), "."]


def test_of_several_numbers_those_of_sources_stay() -> None:
    assert numbers_of(parsed("Members vote [1, 9, 3].")) == [1, 3]


@pytest.mark.parametrize(
    "written",
    [
        "The law [1985] was amended [2001, 2004].",
        "The law (1985) was amended.",
        "Run `a[1]` and see.",
        "Run\n```\na[1] = b[2]\n```\nand see.",
        "There are three: (1) members, (2) workers, (3) both.",
        "They voted (1 of 3 times).",
        "See article 5(1).",
        "Twelve (12) members met.",
        "[not a mark] and [a 1] and [",
        "He said [sic] that x[i] < y & a <3 b.",
        "Why? Wow! What (else)! Whether http or ftp.",
    ],
)
def test_what_is_no_mark_is_left_alone(written: str) -> None:
    assert parsed(written) == [written]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Look: ![a cat](https://evil.example/?q=1) here", "Look:  here"),
        ("See [our page](https://evil.example) now", "See our page now"),
        ("See [our page](javascript:alert(1)) now", "See our page) now"),
        ("See https://evil.example/a?b=c. Then", "See . Then"),
        ("See www.evil.example, then", "See , then"),
        ("<b>Bold</b> and <img src=x onerror=alert(1)> and <!-- gone -->", "Bold and  and "),
        ("<think>The user wants [1]</think>Members vote", "Members vote"),
        ("<script>alert(1)</script>Members vote", "Members vote"),
        ("Mem\u200bbers \u202evote\u202c\x00\x1b[2J", "Members vote[2J"),
        ("An unclosed <img src=x", "An unclosed img src=x"),
    ],
)
def test_only_text_is_left_of_an_answer(written: str, left: str) -> None:
    assert text_of(parsed(written)) == left


def test_a_mark_is_never_shown_half() -> None:
    parser = MarkParser(KNOWN)
    shown = [parser.feed(piece) for piece in ("Members vote ", "[", "1", "]", ".")]

    assert shown == [["Members vote "], [], [], [], [Mark((1,)), "."]]


# Pieces that a mark, a link, code or an address may be made of, so that chance often makes one.
_PARTS = (
    "[|]|(|)|【|】|^|1|2|19|1985|, | |\n|!|`|```|<|>|</|think|b|Source |http|://|https://a.b/c|www|.|w|\u200b"
    "|Members vote|and|;|ftp|script"
)


@given(
    st.lists(st.sampled_from(_PARTS.split("|")), max_size=30).map("".join),
    st.lists(st.integers(0, 200), max_size=12),
)
def test_a_text_cut_at_any_places_gives_the_same_as_uncut(text: str, cuts: list[int]) -> None:
    places = sorted({min(cut, len(text)) for cut in cuts})
    pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]

    assert parsed(*pieces) == parsed(text)
    assert parsed(*text) == parsed(text)
