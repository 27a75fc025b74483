"""Names and numbers that must stay with what the passage says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from assistant.support.evidence import Evidence
from assistant.support.lexicon import words
from assistant.support.tokens import Token, common

_BE, _OF = words("be"), words("of")
_REACH = 5


def directions_agree(evidence: Evidence) -> bool:
    """From A to B is not from B to A."""
    said = list(_from_to(evidence.sentence))
    given = [pair for line in evidence.lines for pair in _from_to(line)]
    return not any(a.matches(y) and b.matches(x) for a, b in said for x, y in given)


def _from_to(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for at, token in enumerate(tokens):
        counts = token.text == "de" and any(t.number for t in tokens[at + 1 : at + 2])
        if not counts and token.text not in ("from", "desde"):
            continue
        to = next(
            (i for i in range(at + 2, min(at + 14, len(tokens))) if tokens[i].text in ("to", "hasta", "a")),
            None,
        )
        if to is None:
            continue
        start = next((t for t in tokens[at + 1 : to] if t.content), None)
        end = next((t for t in tokens[to + 1 : to + 4] if t.content), None)
        if start and end:
            yield start, end


def members_are_not_wholes(evidence: Evidence) -> bool:
    """ "A is one of the parts of B" is not said where the passage says that B is one of A's."""
    said = set(_memberships(evidence.sentence))
    return not any((whole, part) in said for line in evidence.lines for part, whole in _memberships(line))


def _memberships(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Pairs of names A and B out of "A is the … of B" and "A, the … of B"."""
    for at, token in enumerate(tokens[1:], start=1):
        is_said = token.text in _BE or (
            token.text in ("the", "a", "one") and token.clause == tokens[at - 1].clause + 1
        )
        if not is_said or tokens[at - 1].kind != "name":
            continue
        later = range(at + 1, min(at + 12, len(tokens)))
        first = next(
            (i for i in later if tokens[i].clause == token.clause and tokens[i].kind == "name"), None
        )
        if first is not None and any(other.text in _OF for other in tokens[first - 2 : first]):
            yield tokens[at - 1].stem, tokens[first].stem


def names_stay_with_their_own(evidence: Evidence) -> bool:
    """A name that is given in brackets, as in "Ana (Smart, Belgium)", stays with the name before it."""
    asides = [aside for line in evidence.lines for aside in _asides(line)]
    for at, token in enumerate(evidence.sentence):
        if token.kind != "name" or not all(match.aside for match in evidence.matches(token)):
            continue
        holder = _nearest_name(evidence.sentence[max(0, at - _REACH) : at], token)
        if holder is None:
            continue
        own = [inside for owner, inside in asides if any(holder.matches(t) for t in owner)]
        if own and not any(token.matches(t) or holder.matches(t) for inside in own for t in inside):
            return False
    return True


def _nearest_name(tokens: Sequence[Token], token: Token) -> Token | None:
    return next((t for t in reversed(tokens) if t.kind == "name" and not t.matches(token)), None)


def _asides(line: Sequence[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Each bracket of a sentence: the names just before it, and what stands in it."""
    for at, token in enumerate(line):
        if token.aside and at and not line[at - 1].aside:
            inside = list(takewhile(lambda t: t.aside, line[at:]))
            owner = list(takewhile(lambda t: t.kind == "name" and not t.aside, reversed(line[:at])))
            yield owner, inside


def nothing_is_crossed(evidence: Evidence) -> bool:
    """Two names or numbers, each in a clause of its own, don't change places."""
    anchors = [
        token for token in evidence.sentence if token.kind in ("name", "number") and token.text != "one"
    ]
    for at, one in enumerate(anchors):
        for two in anchors[at + 1 :]:
            apart = one.clause != two.clause and one.kind == two.kind and not one.matches(two)
            if apart and any(_crosses(evidence.sentence, one, two, line) for line in evidence.lines):
                return False
    return True


def _crosses(said: Sequence[Token], one: Token, two: Token, line: Sequence[Token]) -> bool:
    """Whether what is said of one is given of two, and the other way about."""
    clauses: dict[int, list[Token]] = {}
    for token in line:
        clauses.setdefault(token.clause, []).append(token)
    ones = [words for words in clauses.values() if any(one.matches(word) for word in words)]
    twos = [words for words in clauses.values() if any(two.matches(word) for word in words)]
    if not ones or not twos or any(words in twos for words in ones):
        return False
    of_one = [t for t in said if t.clause == one.clause and t.kind == "word"]
    of_two = [t for t in said if t.clause == two.clause and t.kind == "word"]
    straight = max(common(of_one, words) for words in ones) + max(common(of_two, words) for words in twos)
    crossed = max(common(of_one, words) for words in twos), max(common(of_two, words) for words in ones)
    return all(crossed) and sum(crossed) > straight + 1
