"""Does this passage back this sentence? Quoted, supported or unsupported, by rules alone.

A sentence is supported when nearly all it says stands in the passage and nothing speaks against it: no number,
name, denial, antonym, quantity or role that the passage does not have so. In doubt it is unsupported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answer import Support
from assistant.support import claims, roles
from assistant.support.evidence import Evidence
from assistant.support.quoted import is_verbatim

LONGEST = 2000
"""Characters; a longer sentence is no sentence, and is refused unread unless it is verbatim."""

LONGEST_PASSAGE = 20_000

_RULES: Sequence[Callable[[Evidence], bool]] = (
    claims.names_are_there,
    claims.numbers_are_there,
    claims.words_are_covered,
    claims.denials_agree,
    claims.no_antonym,
    claims.quantities_agree,
    claims.ranks_agree,
    claims.numbers_count_the_same,
    roles.near_copy_is_faithful,
    roles.no_word_takes_the_place_of_another,
    roles.directions_agree,
    roles.roles_agree,
    roles.nothing_is_crossed,
    roles.members_are_not_wholes,
    roles.names_stay_with_their_own,
)


def check(sentence: str, passage: str) -> Support:
    """Whether the passage says this: word for word, in other words, or not at all.

    Never raises. About a millisecond for a passage of 800 characters.
    """
    if is_verbatim(sentence, passage):
        return "quoted"
    if len(sentence) > LONGEST or len(passage) > LONGEST_PASSAGE:
        return "unsupported"
    evidence = Evidence.of(sentence, passage)
    return "supported" if all(rule(evidence) for rule in _RULES) else "unsupported"


def broken_rule(sentence: str, passage: str) -> str | None:
    """The name of the first rule that the sentence breaks; for reports on errors."""
    evidence = Evidence.of(sentence, passage)
    return next((rule.__name__ for rule in _RULES if not rule(evidence)), None)
