"""Sentences that copy one of the passage with changes: what may be changed, left out or moved."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.support.evidence import Evidence
from assistant.support.lexicon import words
from assistant.support.tokens import Token

NEAR_COPY = 0.72
"""The share of a sentence's words, in their order, from which on it is a copy with changes."""

SHUFFLED = 0.55
"""The same for a sentence without a single new word, which was only shuffled."""

_PREPOSITIONS, _BE = words("prepositions"), words("be")
_NEGATORS, _VAGUE = words("negators"), words("vague")


def near_copy_is_faithful(evidence: Evidence) -> bool:
    """A sentence that copies one of the passage changes no name, number or word of it for another."""
    return all(_is_faithful(line, evidence) for line in evidence.lines)


def _is_faithful(line: Sequence[Token], evidence: Evidence) -> bool:
    sentence = [token for token in evidence.sentence if not evidence.is_initials(token)]
    said, given = [token.text for token in sentence], [token.text for token in line]
    matcher = SequenceMatcher(None, given, said, autojunk=False)
    in_order = sum(block.size for block in matcher.get_matching_blocks())
    if not _is_copy(said, given, in_order) or _is_turned_around(sentence, line):
        return True
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        old, new = line[i1:i2], sentence[j1:j2]
        if what != "equal" and not _denied_alike(old, new, goes_on=_goes_on(line, i2)):
            return False
        if what == "replace" and not _same_meaning(old, new):
            return False
        if what == "insert" and not _moved_whole(given, new):
            return False
        if what == "delete" and i1 > 0 and i2 < len(line) and _joins_what_was_apart(line[i1 - 1], line[i2]):
            return False
    return True


def _is_copy(said: list[str], given: list[str], in_order: int) -> bool:
    """Whether nearly all words are the other's: most in its order, or fewer where no word is new."""
    there = set(given)
    old = sum(word in there for word in said)
    return in_order >= NEAR_COPY * len(said) or (in_order >= SHUFFLED * len(said) and old >= 0.95 * len(said))


def _is_turned_around(sentence: Sequence[Token], line: Sequence[Token]) -> bool:
    """Whether one says "A is B" and the other "B is A"; which is a part of which is another rule's matter."""
    said = next((at for at, token in enumerate(sentence) if token.text in _BE), None)
    given = next((at for at, token in enumerate(line) if token.text in _BE), None)
    if said is None or given is None:
        return False
    left = {t.text for t in line[:given] if t.content}
    right = {t.text for t in line[given:] if t.content}
    return {t.text for t in sentence[:said] if t.content} <= right and {
        t.text for t in sentence[said:] if t.content
    } <= left


def _denied_alike(old: Sequence[Token], new: Sequence[Token], goes_on: bool) -> bool:
    """Whether no denial was put in or left out, but with the opposite word: "not as fast", "slower"."""
    before, after = _denials(old), _denials(new)
    if before == after or (before > after and not goes_on):
        return True
    return any(one.opposes(other) for one in new for other in old)


def _denials(tokens: Sequence[Token]) -> int:
    return sum(token.text in _NEGATORS for token in tokens) % 2


def _goes_on(line: Sequence[Token], at: int) -> bool:
    """Whether the clause continues here, so that a negator before it would bear on what follows."""
    return 0 < at < len(line) and line[at].clause == line[at - 1].clause


def _joins_what_was_apart(before: Token, after: Token) -> bool:
    """Whether leaving out what stood between gives a preposition an object from another clause."""
    return before.text in _PREPOSITIONS and before.clause != after.clause


def _same_meaning(given: Sequence[Token], said: Sequence[Token]) -> bool:
    """Whether every word put in means one that was there; words that were only left out don't matter."""
    if not any(token.content for token in given):
        return all(token.kind in ("stop", "word") for token in said)
    told = [token for token in said if token.content or token.text in _VAGUE]
    return all(any(_says(token, other) for other in given) for token in told)


def _says(token: Token, other: Token) -> bool:
    """Whether one word may stand for the other: it means the same, or denies its opposite."""
    return token.matches(other) or (token.opposes(other) and token.negated != other.negated)


def _moved_whole(given: list[str], said: Sequence[Token]) -> bool:
    """Whether words put in hold no name, or are a phrase of the original that was put elsewhere whole."""
    words = [token.text for token in said]
    if all(token.kind != "name" and _may_be_new(token, given) for token in said):
        return True
    if words[0] in _BE and given[: len(words) - 1] == words[1:]:
        return True
    agent = words[: max((at + 1 for at, token in enumerate(said) if token.kind == "name"), default=0)]
    if _stands(given, ["by", *agent]) or (words[0] == "by" and _stands(given, words[1:])):
        return True
    return words[0] in _PREPOSITIONS and _stands(given, words)


def _may_be_new(token: Token, given: list[str]) -> bool:
    """Whether a word or number put in is no sign that two of a sort changed places."""
    return (
        token.number is None
        or token.text not in given
        or token.number.value >= 1000
        or bool(token.number.measure)
    )


def _stands(given: list[str], words: list[str]) -> bool:
    """Whether these words stand together in the original."""
    return any(given[at : at + len(words)] == words for at in range(len(given) - len(words) + 1))


def no_word_takes_the_place_of_another(evidence: Evidence) -> bool:
    """A word that is not in the passage does not stand where another one stood, which is said nowhere now.

    Both stand between the same two words.
    """
    said = evidence.sentence
    frames = {
        (a.stem, c.stem): b
        for line in evidence.lines
        for a, b, c in zip(line, line[1:], line[2:], strict=False)
    }
    for a, b, c in zip(said, said[1:], said[2:], strict=False):
        other = frames.get((a.stem, c.stem))
        if (
            other
            and b.kind == "word"
            and other.content
            and (a.content or c.content)
            and not evidence.covered(b)
            and not any(token.matches(other) for token in said)
        ):
            return False
    return True
