"""A view is shown in the reader's language, whenever the page comes to know it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.web.browse import Browsing
from assistant.web.map import Mapping
from assistant.web.preferences import Preferences
from assistant.web.reading_list import Listing
from assistant.web.room import Seen, in_other_words
from assistant.web.strings import LANGUAGES
from tests.browser.scripted import BUYOUTS, conversation

FRENCH = LANGUAGES["fr"]


@pytest.mark.parametrize(
    ("render", "what", "words"),
    [
        (Browsing(conversation()).render, "?by=place", FRENCH.browse_by),
        (Mapping(conversation()).render, "", FRENCH.map_heading),
        (Listing(conversation()).render, BUYOUTS.id, FRENCH.list_clear),
    ],
)
def test_what_is_seen_is_said_again_in_another_language(
    render: Callable[[Preferences, str], str], what: str, words: str
) -> None:
    html, seen = in_other_words(render, {"language": "fr"}, Seen(what, "en"))
    assert seen == Seen(what, "fr")
    assert words in html


@pytest.mark.parametrize("seen", [None, Seen("?by=place", "fr")])
def test_nothing_is_made_for_what_is_not_seen_or_is_in_this_language(seen: Seen | None) -> None:
    html, kept = in_other_words(Browsing(conversation()).render, {"language": "fr"}, seen)
    assert html == kept == {"__type__": "update"}
