"""What a question is about: its names, its place, the thing that a later "it" would mean."""

from __future__ import annotations

import re

from embeddings.terms import STOP_WORDS, fold, words

_TOKEN = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:…]")

_ARTICLE = r"(?:(?:the|la|le|el)\s+|l['’])?"
_CAPITALISED = r"(?=[A-ZÀ-Þ])[^\W_]+(?:[ .'’-](?=[A-ZÀ-Þ])[^\W_]+)*"

PLACE = re.compile(rf"\b(?:in|at|en|au|aux|à|chez)\s+{_ARTICLE}{_CAPITALISED}")
"""Where something happens: "in Italy"."""

_ASIDE = re.compile(rf"\b(?:in|at|from|outside(?: of)?|across|of the|en|au|aux|à)\s+{_ARTICLE}{_CAPITALISED}")

_ASKS_WHAT_IT_IS = re.compile(
    r"(?:(?:what|who)(?: is|['’]s| are| was| were)|tell me (?:more )?about|describe|explain|define"
    r"|qu['’]est-ce qu['’]une?|qui (?:est|était)|qu[ée] (?:es|son)|qui[ée]n (?:es|fue))"
    r"\s+(?P<thing>[^?.!,;:]{2,60})\s*[?.!]*",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"(?:the|some|any|other|different|main)\s[^?]{2,40}?\s(?:of|between|for)\s+(?P<thing>.+)", re.IGNORECASE
)
_PEOPLE = re.compile(r"[A-Z]\w*(?:ian|ean|ese|ish)|French|Dutch|German|Greek|Basque|Swiss|American|Mexican")
"""Says whose a thing is, not what it is: "Italian workers"."""

MOST_WORDS_OF_A_TOPIC = 5
MOST_WORDS_OF_A_NAME = 4


def content_words(text: str) -> list[str]:
    """The words that say what is asked, as typed; Chinese and Japanese runs as pairs of letters."""
    found: list[str] = []
    for token in _TOKEN.findall(text):
        parts = words(token)
        if len(parts) > 1 and not token.isascii():
            found.extend(parts)
        elif fold(token) not in STOP_WORDS and not all(part in STOP_WORDS for part in parts):
            found.append(token)
    return found


def names_in(text: str) -> list[str]:
    """Runs of words that their capitals tell to be names, in their order."""
    if text.isupper():
        return []
    found: list[str] = []
    last = name_end = -1
    for token in _TOKEN.finditer(text):
        word = token.group()
        starts = last < 0 or bool(_SENTENCE_END.search(text, last, token.start()))
        joined = not starts and name_end == last and text[last : token.start()] == " "
        if _is_name(word, starts) or (joined and word.isdigit()):
            found[-1:] = [f"{found[-1]} {word}"] if joined else [*found[-1:], word]
            name_end = token.end()
        last = token.end()
    return found


def place_in(text: str) -> str:
    """The first place that something happens at, with its preposition: "in Italy"; else empty."""
    found = PLACE.search(text)
    return found.group() if found else ""


def topic_of(question: str) -> str:
    """What a later "it" would mean: the thing that is asked about, or the only name that is no place.

    Empty where that can't be told without understanding the sentence.
    """
    if found := _ASKS_WHAT_IT_IS.fullmatch(question):
        thing = found["thing"]
        part = _PART_OF.fullmatch(thing)
        thing = part["thing"] if part else thing
        if len(thing.split()) <= MOST_WORDS_OF_A_TOPIC and content_words(thing):
            return thing.strip()
    aside = " ".join(_ASIDE.findall(question))
    names = [name for name in names_in(question) if name not in aside and not _PEOPLE.fullmatch(name)]
    return names[0] if len(names) == 1 else ""


def all_that_is_named(question: str) -> list[str]:
    """The words of a question that may be a name and nothing else: "Suma", "what is Suma?"; or none."""
    asks = _ASKS_WHAT_IT_IS.fullmatch(question)
    found = content_words(asks["thing"] if asks else question)
    return found if len(found) <= MOST_WORDS_OF_A_NAME else []


def _is_name(word: str, starts: bool) -> bool:
    capitals = sum(letter.isupper() for letter in word)
    return word[0].isupper() and capitals > starts and fold(word).split("'")[0] not in STOP_WORDS
