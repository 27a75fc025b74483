"""What stands before a question and says nothing of its subject: "can you tell me", "give me examples of"."""

from __future__ import annotations

import re

from embeddings.terms import content_words

_YOU = r"(?:(?:can|could|would|will) you (?:please |kindly )?|please,? )?"
_I = r"(?:i(?:'d| would)? (?:want|like|need|love) to|i(?:'m| am) (?:trying|curious) to)"
_TOLD = r"(?:something|anything|everything|more|a bit|a little|all)"
_SOME = r"(?:(?:me|us|the|all|some|any|a few|several|an|two|three|four|five|ten|\d+) )*"

_PREAMBLE = re.compile(
    "|".join(
        (
            # before a question
            rf"(?:{_YOU}(?:tell|explain to|show|teach) (?:me|us)|{_YOU}explain|do you know"
            rf"|{_I} (?:know|understand|learn)|i (?:wonder|was wondering)|(?:do you have )?any idea)"
            r"(?: please)?,? (?=(?:who|whom|whose|what|which|when|where|why|how|if|whether)\b)",
            # before a thing
            rf"(?:{_YOU}(?:tell|teach) (?:me|us)|what (?:can|could) you tell (?:me|us)|what do you know"
            rf"|{_I} (?:know|learn|hear))(?: {_TOLD})* about ",
            rf"{_YOU}(?:explain|describe)(?: to (?:me|us))? ",
            # before a list of things
            rf"{_YOU}(?:(?:give|show|tell) (?:me |us )?)?{_SOME}(?:good )?examples? of ",
            rf"{_YOU}(?:list|enumerate) {_SOME}",
            rf"{_YOU}name (?=(?:the|all|some|a few|several|two|three|five|\d)\b){_SOME}",
            # in French and Spanish
            r"(?:(?:peux-tu|pouvez-vous|pourrais-tu|pourriez-vous) (?:me |m['’]|nous )"
            r"(?:dire|expliquer|parler)|(?:dis|dites|explique|expliquez|parle|parlez)-(?:moi|nous))"
            r"(?: (?:des?|du|un peu))* (?:d['’])?",
            r"[¿¡]?(?:(?:me )?(?:puedes?|podr[íi]as?) (?:decir|explicar|hablar)(?:me|nos)?"
            r"|(?:dime|d[íi]game|expl[íi]came|h[áa]blame))(?: (?:algo|m[áa]s|del?|sobre))* ",
        )
    ),
    re.IGNORECASE,
)


def without_preamble(text: str) -> str:
    """What is asked: readings seldom have the words of the preamble, which would count as not found.

    The text itself where nothing would be left that says what is asked.
    """
    found = _PREAMBLE.match(text)
    asked = text[found.end() :] if found else text
    return asked if content_words(asked) else text
