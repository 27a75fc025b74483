"""Does this passage back this sentence? Quoted, supported or unsupported, by rules alone.

A sentence is supported when nearly all it says stands in the passage and nothing speaks against it: no
number, name, denial, antonym, quantity or role that the passage does not have so. In doubt it is unsupported.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answer import Support
from assistant.support import asides, claims, contrasts, copies, counts, crossings, roles
from assistant.support.evidence import Evidence
from assistant.support.quoted import is_verbatim

LONGEST = 600
"""Characters of a sentence. What is longer, or has too many marks or numbers, must be verbatim."""

LONGEST_PASSAGE = 3000
"""Characters; a sentence cites a passage or three, not a book."""

_MOST_MARKS, _MOST_NUMBERS = 30, 20
_MARK, _NUMBER = re.compile(r"[,;:.!?()\n—–]"), re.compile(r"\d+")

_RULES: tuple[Callable[[Evidence], bool], ...] = (
    claims.names_are_there,
    counts.numbers_are_there,
    claims.words_are_covered,
    claims.denials_agree,
    claims.no_antonym,
    claims.quantities_agree,
    counts.ranks_agree,
    counts.rates_agree,
    counts.numbers_count_the_same,
    copies.near_copy_is_faithful,
    copies.no_word_takes_the_place_of_another,
    crossings.directions_agree,
    roles.roles_agree,
    crossings.nothing_is_crossed,
    crossings.members_are_not_wholes,
    asides.names_stay_with_their_own,
    asides.asides_stay_with_their_own,
    contrasts.contrasts_are_not_crossed,
)


def check(sentence: str, passage: str) -> Support:
    """Whether the passage says this: word for word, in other words, or not at all.

    The passage is one or more sentences, about as long as `corpus.passages` makes them. Raises nothing;
    takes about a millisecond.
    """
    if is_verbatim(sentence, passage):
        return "quoted"
    if not _is_sentence(sentence) or len(passage) > LONGEST_PASSAGE:
        return "unsupported"
    return "unsupported" if broken_rule(sentence, passage) else "supported"


def broken_rule(sentence: str, passage: str) -> str | None:
    """The name of the first rule that the sentence breaks against the passage, if it breaks one."""
    evidence = Evidence.of(sentence, passage)
    return next((rule.__name__ for rule in _RULES if not rule(evidence)), None)


def _is_sentence(text: str) -> bool:
    """Whether this is short enough to compare: the time grows with the product of clauses and numbers."""
    if len(text) > LONGEST:
        return False
    return len(_MARK.findall(text)) <= _MOST_MARKS and len(_NUMBER.findall(text)) <= _MOST_NUMBERS
