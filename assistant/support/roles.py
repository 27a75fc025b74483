"""Who did what to whom: the same words in another order may say another thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

from assistant.support.evidence import Evidence
from assistant.support.lexicon import NEGATORS, VERBS
from assistant.support.numbers import MEASURES
from assistant.support.tokens import Token, stem

NEAR_COPY = 0.72
"""The share of a sentence's words, in their order, from which on it is a copy with changes, not a paraphrase."""

SHUFFLED = 0.55
"""The same for a sentence without a single new word, which was only shuffled."""

_PREPOSITIONS = frozenset("in on at by from of for with to during since until en de à dans a por".split())
_RELATIONS = frozenset(
    """led sent took won gave arose made held paid bought sold built drew grew began came became left lost met
    put ran saw set spoke taught went brought chose fell got kept knew lent rose sought spent stood
    than over before after""".split()
)
_VERBS = frozenset(stem(verb) for verb in VERBS)
_BE = frozenset("is are was were be been being est sont fut es son fue fueron ser".split())
_OF = frozenset("of de du des del".split())
_REACH = 5


def near_copy_is_faithful(evidence: Evidence) -> bool:
    """A sentence that copies one of the passage changes no name, number or word of it for another."""
    return all(_is_faithful(line, evidence.sentence) for line in evidence.lines)


def _is_faithful(line: Sequence[Token], sentence: Sequence[Token]) -> bool:
    said, given = [token.text for token in sentence], [token.text for token in line]
    matcher = SequenceMatcher(None, given, said, autojunk=False)
    if not _is_copy(said, given, sum(block.size for block in matcher.get_matching_blocks())):
        return True
    if _is_turned_around(sentence, line):
        return True
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "replace" and not _same_meaning(line[i1:i2], sentence[j1:j2]):
            return False
        if _denials(sentence[j1:j2]) != _denials(line[i1:i2]) and _goes_on(line, i2):
            return False
        if what == "insert" and not _moved_whole(given, sentence[j1:j2]):
            return False
        if what == "delete" and 0 < i1 and i2 < len(line) and _joins_what_was_apart(line[i1 - 1], line[i2]):
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


def _denials(tokens: Sequence[Token]) -> int:
    return sum(token.text in NEGATORS for token in tokens) % 2


def _goes_on(line: Sequence[Token], at: int) -> bool:
    """Whether the clause continues here, so that a negator before it would bear on what follows."""
    return 0 < at < len(line) and line[at].clause == line[at - 1].clause


def _joins_what_was_apart(before: Token, after: Token) -> bool:
    """Whether leaving out what stood between gives a preposition an object from another clause."""
    return before.text in _PREPOSITIONS and before.clause != after.clause


def _same_meaning(given: Sequence[Token], said: Sequence[Token]) -> bool:
    """Whether every word put in means one that was there; words that were only left out don't matter."""
    left = [token for token in given if token.content]
    if not left:
        return all(token.kind in ("stop", "word") for token in said)
    return all(any(token.matches(other) for other in given) for token in said if token.content)


def _moved_whole(given: list[str], said: Sequence[Token]) -> bool:
    """Whether words put in hold no name, or are a phrase of the original or its subject, put elsewhere whole."""
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
    """A word that is not in the passage does not stand between the same two words as another one there."""
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
        ):
            return False
    return True


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


def roles_agree(evidence: Evidence) -> bool:
    """Who acts and who is acted on are not exchanged around a verb that both have."""
    for at, token in enumerate(evidence.sentence):
        if not _is_relation(token):
            continue
        for line in evidence.lines:
            for place, other in enumerate(line):
                if (
                    token.matches(other)
                    and _is_relation(other)
                    and not _same_roles(evidence.sentence, at, line, place)
                ):
                    return False
    return True


def _is_relation(token: Token) -> bool:
    """Whether this looks like a verb (or "than", "before", "over"), as far as can be seen without a parser."""
    if token.text in _RELATIONS:
        return token.kind != "name"
    return token.kind == "word" and (token.text.endswith("ed") or token.stem in _VERBS)


def _same_roles(said: Sequence[Token], at: int, given: Sequence[Token], place: int) -> bool:
    agent_at, given_agent_at = _by(said, at), _by(given, place)
    if agent_at and given_agent_at:
        agents, others = _run(said, agent_at), _run(given, given_agent_at)
        if agents and others and not _share(agents, others):
            return not _share(agents, given)
    voices = _voice(said, at), _voice(given, place)
    if voices[0] != voices[1] and "unknown" in voices:
        return True
    before, after = _sides(said, at, agent_at or at + 1)
    given_before, given_after = _sides(given, place, given_agent_at or place + 1)
    kept = _common(before, given_before), _common(after, given_after)
    turned = _common(before, given_after), _common(after, given_before)
    straight, crossed = (kept, turned) if voices[0] == voices[1] else (turned, kept)
    nearest = _common(before[-1:], given_before), _common(after[:1], given_after)
    return not (
        all(crossed) and (sum(crossed) > sum(straight) or (voices[0] == voices[1] and not any(nearest)))
    )


def _common(some: Sequence[Token], others: Sequence[Token]) -> int:
    """How many words of one are in the other."""
    return sum(any(one.matches(other) for other in others) for one in some)


def _share(some: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether one word is in both; initials of people's names don't count."""
    return any(one.matches(other) for one in some if len(one.text) > 1 for other in others)


def _voice(tokens: Sequence[Token], at: int) -> Literal["active", "passive", "unknown"]:
    """Passive with its agent, active, or a passive (or perfect) of which the agent is not told."""
    if _by(tokens, at):
        return "passive"
    return "unknown" if any(token.text in _BE for token in tokens[max(0, at - 2) : at]) else "active"


def _sides(tokens: Sequence[Token], at: int, start: int) -> tuple[list[Token], list[Token]]:
    """The words near a verb on both sides, in its clause."""
    near = slice(max(0, at - _REACH), at), slice(start, start + _REACH)
    before, after = (
        [t for t in tokens[side] if t.clause == tokens[at].clause and t.kind in ("word", "name")]
        for side in near
    )
    return [t for t in before if t.text not in MEASURES], [t for t in after if t.text not in MEASURES]


def _by(tokens: Sequence[Token], at: int) -> int | None:
    """Where the agent of a passive verb begins, if it is told: after "by"."""
    for place in range(at + 1, min(at + 9, len(tokens))):
        if tokens[place].clause != tokens[at].clause:
            return None
        if tokens[place].text in ("by", "par", "por"):
            return place + 1
    return None


def _run(tokens: Sequence[Token], start: int) -> list[Token]:
    """The content words from here to the next preposition or clause: one noun phrase."""
    run: list[Token] = []
    for token in tokens[start : start + 6]:
        if run and (token.kind in ("stop", "number") or token.clause != run[0].clause):
            break
        if token.content:
            run.append(token)
    return run


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
    """A name that the passage gives in brackets, as in "Ana (Smart, Belgium)", stays with the name before it."""
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
            if one.clause != two.clause and one.kind == two.kind and not one.matches(two):
                if any(_crosses(evidence.sentence, one, two, line) for line in evidence.lines):
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
    straight = max(_common(of_one, words) for words in ones) + max(_common(of_two, words) for words in twos)
    crossed = max(_common(of_one, words) for words in twos), max(_common(of_two, words) for words in ones)
    return all(crossed) and sum(crossed) > straight + 1
