"""Who did what to whom: the same words around the same verb in another order may say another thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.support.evidence import Evidence
from assistant.support.lexicon import MEASURES, words
from assistant.support.tokens import Token, common, stem

_RELATIONS, _BE = words("relations"), words("be")
_VERBS = frozenset(stem(verb) for verb in words("verbs"))
_REACH = 5


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
    """Whether this looks like a verb (or "than", "over"), as far as can be seen without a parser."""
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
    kept = common(before, given_before), common(after, given_after)
    turned = common(before, given_after), common(after, given_before)
    straight, crossed = (kept, turned) if voices[0] == voices[1] else (turned, kept)
    nearest = common(before[-1:], given_before), common(after[:1], given_after)
    return not (
        all(crossed) and (sum(crossed) > sum(straight) or (voices[0] == voices[1] and not any(nearest)))
    )


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
