"""Sentences that state nothing: orders, questions, pieces of code, what is said to whoever writes the answer.

A reading may hold them honestly, and a hostile one hides them there; either way they back no statement.
"""

from __future__ import annotations

import re
from typing import Literal

Direction = Literal["to the writer", "order", "question", "fragment"]

FEWEST_WORDS, FEWEST_LETTERS = 3, 6
"""What is shorter, in words or in the letters of scripts without spaces, states nothing."""

_ANSWER = r"(?:response|reply|answer|output|message|solution|code(?:base)?|implementation|algorithm)"
_TOLD = r"(?:instructions?|prompts?|rules|directions|orders|consignes|instrucciones|anweisungen)"
_UNDOING = r"(?:ignore[zr]?|disregard|forget|override|bypass|oublie[zr]?|ignora|olvida|ignoriere|vergiss)"
_MACHINE = r"(?:ai|llm|language model|assistant|chatbot)"

_TO_THE_WRITER = re.compile(
    rf"\byour\s+(?:\w+\s+)?{_ANSWER}\b"
    r"|\b(?:in|into|to|from|of|with)\s+(?:the|this|every|each|any)\s+(?:response|reply|output|completion)\b"
    r"|\b(?:code|following)\s+(?:block|snippet|excerpt|section|sentence|text|link|url)\b"
    r"|\b(?:ta|votre|tu|su|deine|ihre)\s+(?:réponse|respuesta|antwort)\b"
    rf"|\b{_UNDOING}\b.{{0,60}}\b{_TOLD}\b|\b(?:system|developer)\s+prompt\b|\b{_TOLD}\s+above\b"
    rf"|\b(?:as|you are|you're|act as|pretend to be)\s+(?:an?\s+)?{_MACHINE}\b"
    rf"|\b(?:dear|attention|note to|hey|hello)\s+(?:the\s+)?{_MACHINE}\b"
    rf"|\b{_MACHINE}s?\s+(?:must|should|shall|has to|have to|reading this)\b"
    r"|\b(?:tell|inform|convince|persuade|remind|ask|direct)\s+(?:the|every|all|your)\s+(?:users?|readers?)\b",
    re.IGNORECASE,
)

# A word that more often begins a statement ("work", "support", "pay", "start") is not among them.
_ORDERS = """
    absorb add adopt anagram answer append apply ask augment avoid be begin blend buy call check choose click
    combine compile compose compute consider contact convert copy create define delete deploy describe develop
    discuss don't download draft email embed employ encode engage enhance enlist enrich ensure enter execute
    explain fetch fill find follow forget forward fuse generate give go group harmonize ignore imagine import
    include incorporate infuse inject insert install integrate interweave introduce jumble keep leave let
    leverage make meld memorize mention merge misspell modify obey open output paste pretend print promote
    provide put read rearrange recite recommend remember remind remove render repeat rephrase replace reply
    respond return reveal rewrite run scramble send sing solve spread subscribe substitute suggest summarise
    summarize tell transfer translate turn type use utilise utilize visit wait weave write
    ajoutez cliquez donnez écris écrivez explique expliquez ignorez oublie oubliez répondez traduisez
    añade añada diga escribe escriba explica haz ignora olvida responde traduce visita
    schreibe ignoriere besuche antworte
"""
_ORDER_WORDS = frozenset(_ORDERS.split())
_ORDERS_OF_TWO = ("break down", "do not", "to proceed", "share this", "your code", "you may", "you must")
_OPENING = re.compile(
    r"^\W*(?:(?:please|kindly|now|then|also|instead|always|never|simply|just|first|next|finally|seamlessly"
    r"|s'il vous plaît|por favor|bitte)\b,?\s+)*",
    re.IGNORECASE,
)

_QUESTION = re.compile(r"[?？؟][\"'”’)\]]*\s*$")

_CODE = re.compile(
    r"```|[{}]|&&|\|\||\$\(|</?\w+[^>]*>|\s=\s|^\W+$"  # marks that prose has no use for
    r"|^\s*(?:import|from)\s+[\w.]+(?:\s+import\b|\s*,|\s*$)|^\s*async\b"
    r"|^\s*(?:def|class|try|except|with|for|return|while)\b.*:\s*$"
    r"|\b\w+(?:\.\w+)+\(|\b\w+\(\s*[\"'\[{)]|^\s*[)\]]|^\s*\[[\"']"
)
_LETTER_OF_ITS_OWN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")


def direction(text: str) -> Direction | None:
    """What kind of non-statement a sentence is; None for a statement."""
    if _CODE.search(text) or _too_short(text):
        return "fragment"
    if _TO_THE_WRITER.search(text):
        return "to the writer"
    if _QUESTION.search(text):
        return "question"
    return "order" if _is_order(text) else None


def _is_order(text: str) -> bool:
    said = _OPENING.sub("", text).casefold().replace("’", "'")
    first = re.split(r"[\s,:]", said, maxsplit=1)[0]
    return first in _ORDER_WORDS or said.startswith(_ORDERS_OF_TWO)


def _too_short(text: str) -> bool:
    spaced = sum(any(map(str.isalpha, word)) for word in text.split())
    return spaced < FEWEST_WORDS and len(_LETTER_OF_ITS_OWN.findall(text)) < FEWEST_LETTERS
