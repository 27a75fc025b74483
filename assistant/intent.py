"""What a message asks for: readings on a subject, a list, or a comparison of two or more things."""

from __future__ import annotations

import re

from embeddings.terms import stems

_READINGS = (
    r"(?:readings?(?: lists?)?|texts?|pieces|articles?|papers|publications|sources|reports|books|studies"
    r"|research|literature|materials?|resources|references|case studies|interviews|stuff|documents"
    r"|write-ups|news(?: items)?|posts)"
)
_ANYTHING = rf"(?:{_READINGS}|works|something|anything)"
_GUIDES = r"(?:how-to\s+)?(?:guides?|handbooks?|manuals?|toolkits?)"
_SUCH = (
    r"(?:(?:me|us|some|any|all|the|a|an|few|more|further|other|good|best|recent|new|latest|key|main|academic"
    r"|useful|relevant|interesting|introductory|your|of|list|set|couple)\s+){0,6}"
)
_ABOUT = (
    r"(?:to read (?:about|on)|on the (?:subject|topic) of|(?:that|which) (?:deals? with|are about|is about"
    r"|discuss|cover|treat|mention|explain|describe|talk about|look at)|dealing with|covering|discussing"
    r"|about|on|regarding|concerning|related to|by)"
)
_DEAL_WITH = (
    r"(?:deal with|are about|is about|discuss|cover|treat|talk about|mention|focus on|look at|explain"
    r"|describe|address"
    r"|(?:are there|exist|do you have|should i read|can i read|would you recommend) (?:about|on))"
)
_WANT = (
    r"(?:(?:can|could|would) you\s+|help me(?: to)?\s+|i(?:'d| would) like(?: you)? to\s+"
    r"|i want to\s+)?"
    r"(?:find|give|show|list|recommend|suggest|get|send|bring|name|search for|look for|point me to|see"
    r"|(?:i(?:'m| am)? )?(?:looking|searching) for|i (?:want|need)|i(?:'d| would) like|are there|is there"
    r"|do you have|have you got|got)"
)

_READINGS_FR = (
    r"(?:lectures?|documents|textes?|articles?|sources?|ressources|[ée]tudes|publications|livres|rapports"
    r"|litt[ée]rature|bibliographie|r[ée]f[ée]rences|chose)"
)
_SUCH_FR = r"(?:(?:moi|nous|des|de|les|la|une?|quelques?|autres|bonnes?|bons?|liste|[àa] lire)[\s-]+|d'){0,5}"
_ABOUT_FR = (
    r"(?:sur|[àa] propos (?:des?|du)|au sujet (?:des?|du)|concernant|portant sur"
    r"|qui (?:parlent|traitent) (?:des?|du))"
)
_WANT_FR = (
    r"(?:(?:trouv|cherch|donn|montr|propos|recommand|conseill|sugg[éèe]r)(?:e|ez|er)[\s-]+"
    r"|(?:peux-tu|pouvez-vous|je (?:cherche|veux|voudrais|souhaite)|as-tu|avez-vous|y a-t-il)\s+"
    r"(?:me )?(?:(?:trouver|donner|montrer|recommander|conseiller|lire)\s+)?)"
)

_READINGS_ES = (
    r"(?:lecturas?|documentos|textos?|art[íi]culos?|fuentes|recursos|estudios|publicaciones|libros|informes"
    r"|literatura|bibliograf[íi]a|referencias|algo|materiales)"
)
_SUCH_ES = r"(?:(?:me|unas?|unos?|algun[ao]s?|l[ao]s?|m[áa]s|otr[ao]s?|buen[ao]s|lista|de|para leer)\s+){0,5}"
_ABOUT_ES = (
    r"(?:para leer sobre|sobre|acerca del?|relacionad[oa]s con"
    r"|que (?:tratan|traten|hablan|hablen) (?:sobre|del?))"
)
_WANT_ES = (
    r"(?:b[úu]sca(?:me)?|encu[ée]ntra(?:me)?|da(?:me)?|mu[ée]stra(?:me)?|recomi[ée]nda(?:me)?|sugi[ée]re(?:me)?"
    r"|busco|quiero|necesito|quisiera|hay|tienes?|puedes (?:darme|recomendarme|mostrarme))"
)

_ONE = r"(?:(?:case )?study|paper|article|report|book|text|publication)"
READINGS_NAMED = rf"(?:{_ANYTHING}|{_ONE}|{_READINGS_FR}|{_READINGS_ES})"
"""What readings are called, as a regular expression: in English, French and Spanish."""

_ASKED_FOR = tuple(
    re.compile(rf"[¿¡\s]*(?:(?:please|por favor),?\s+)?{form}\s*(?P<topic>\S.*)", re.IGNORECASE | re.DOTALL)
    for form in (
        rf"{_WANT}\s+{_SUCH}{_ANYTHING}\s+(?:please\s+)?{_ABOUT}\s",
        rf"{_SUCH}{_READINGS}\s+(?:please\s+)?{_ABOUT}\s",
        rf"{_SUCH}(?:{_ANYTHING}|things)\s+to read\s+(?:about|on)\s",
        rf"(?:{_WANT}\s+)?{_SUCH}(?={_GUIDES}\s+(?:for|to|about|on|that (?:explain|tell|show)s?)\s)",
        rf"(?:{_WANT}\s+)?{_SUCH}(?=interviews?\s+with\s)",
        r"what(?:(?:['’]?s| is) there| do you have| have you(?: got)?)(?: to read)?\s+(?:about|on)\s",
        rf"(?:which|what)\s+{_SUCH}{_READINGS}\s+{_DEAL_WITH}\s",
        r"(?:what|which)\s+(?:(?:should|can|could) (?:i|we)|to)\s+read\s+(?:first\s+)?(?:about|on"
        r"|to learn about|to understand|if i want to (?:know|learn|understand)(?: more)?(?: about)?)\s",
        r"where\s+(?:can|could|should|do) i\s+(?:read|learn|find|find out)(?: something)?(?: more)?\s+"
        r"(?:about|on)\s",
        r"what\s+(?:has|have|is|was|were)(?: been)? (?:written|published)\s+(?:about|on)\s",
        r"i(?: want|'d like| would like) to (?:read|learn)(?: something)?(?: more)?\s+(?:about|on)\s",
        rf"{_WANT_FR}?{_SUCH_FR}{_READINGS_FR}\s+{_ABOUT_FR}\s",
        rf"quel(?:le)?s\s+{_READINGS_FR}\s+(?:parlent|traitent|portent)\s+(?:des?|du|sur)\s",
        r"(?:que|quoi|qu'est-ce que je peux|que puis-je)\s+lire\s+(?:sur|[àa] propos des?)\s",
        rf"(?:{_WANT_ES}\s+)?{_SUCH_ES}{_READINGS_ES}\s+{_ABOUT_ES}\s",
        rf"qu[ée]\s+{_READINGS_ES}\s+(?:tratan|hablan|hay)\s+(?:sobre|del?|acerca del?)\s",
        r"qu[ée]\s+(?:puedo|debo|deber[íi]a) leer\s+(?:sobre|acerca del?|para entender)\s",
    )
)
"""Requests for readings with the words that stand before the subject, in English, French and Spanish."""

_ENDS_AS_LIST = re.compile(
    r"(?P<topic>(?!(?:what|which|who|how|why|when|where|is|are|do|does|did)\b)\S.{0,100}?)[,:]?"
    r" (?:reading list|readings|further reading|bibliography|bibliographie|bibliograf[íi]a)",
    re.IGNORECASE,
)
_WITHOUT_SUBJECT = re.compile(
    rf"(?:{_WANT}\s+)?{_SUCH}(?:{_READINGS}|something to read)(?: to read)?"
    r"|(?:what|which)(?: else)? (?:should|can|could) (?:i|we) read(?: first| next)?"
    rf"|{_WANT_FR}?{_SUCH_FR}(?:lectures|quelque chose [àa] lire)|que lire"
    rf"|(?:{_WANT_ES}\s+)?{_SUCH_ES}lecturas|qu[ée] (?:puedo|debo) leer",
    re.IGNORECASE,
)
HAS_WRITTEN = r"what\s+(?:has|have)\s+(?P<{}>\S.{{1,60}}?)\s+(?:written|published)"
"""A request for the readings by someone; to be given a name for their name."""

_WHAT_IS = rf"(?:(?:what|which)(?:['’]?s|\s+(?:is|are|were))?|{_WANT})\s+"
_NARROWED = (
    re.compile(
        rf"(?:{_WHAT_IS})?{_SUCH}{READINGS_NAMED}\s+"
        rf"(?:{_ABOUT}|(?:\w+\s+)?(?:by|from|par|por))\s+(?P<topic>\S.*)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(rf"{HAS_WRITTEN.format('topic')}$", re.IGNORECASE),
)
_NARROWED_WITHOUT_SUBJECT = re.compile(
    rf"(?:{_WHAT_IS})?{_SUCH}{READINGS_NAMED}"
    r"(?:\s+(?:is|are|were|do you have|you have|have you got|are there|there are))*"
    r"|what (?:do you have|have you got|is there)"
    rf"|{_WANT_FR}?{_SUCH_FR}{_READINGS_FR}|(?:{_WANT_ES}\s+)?{_SUCH_ES}{_READINGS_ES}",
    re.IGNORECASE,
)
"""Requests that are told as such by what they say of the readings: "what is your (newest) reading?"."""

_POLITE_END = re.compile(
    r"[\s,](?:please|thanks|thank you|s'il (?:te|vous) pla[îi]t|por favor|svp|merci)$", re.IGNORECASE
)

_LIST = re.compile(
    r"(?:list|name|enumerate|give (?:me )?(?:some )?examples)\b|(?:what|which|who) (?:are|were)\b"
    r"|(?:what|which) (?:(?:other|different|main|kinds? of|types? of) )*"
    r"(?!(?:does|was|has|this|its)\b)[\w-]+[^\W\d]s\b(?<!ss)"
    r"|examples? of\b|quel(?:le)?s\b|cu[áa]les\b|qu[ée] \w+s\b|[ée]num[èe]re|nomme[zr]?\b|enumera\b",
    re.IGNORECASE,
)

MOST_WORDS_OF_A_SIDE = 8

_FIRST, _SECOND = r"(?P<first>\S.{0,100}?)", r"(?P<second>\S[^?;:!]{0,100})"
_THEN = r"(?P<second>\S.{0,100}?)"
_COMPARISONS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:differen(?:ces?|t)|diff[ée]rences?|diferencias?|similarit(?:y|ies)) (?:between|entre) "
        rf"{_FIRST} (?:and|et|y|e) {_SECOND}",
        rf"\b(?:compare[rz]?|comparar?) {_FIRST} (?:with|to|and|et|avec|[àa]|con|y) {_SECOND}",
        rf"\bhow (?:do|does|did|is|are) {_FIRST} (?:differ|different|distinct) from {_SECOND}",
        rf"\b(?:what|which) (?:do|does|did) {_FIRST} and {_THEN} have in common",
        rf"^(?:compare )?{_FIRST} (?:vs\.?|versus|compared (?:to|with)) {_SECOND}",
        rf"\b(?:better|worse|rather|more \w+|less \w+|\w{{3,}}er)[,:] {_FIRST} or {_SECOND}",
        rf"^{_FIRST} or {_THEN}[:,] (?:which|who|what)\b",
        rf"^{_FIRST} and {_THEN}: (?:what|how|which)\b.{{0,40}}\b(?:common|differ|compare|differences?)\b",
    )
)
_SEPARATOR = re.compile(r", (?:and )?")
_ARTICLE = re.compile(r"^(?:an?|the|le|la|les|une?|el|los|las) ", re.IGNORECASE)


def readings_topic(text: str, *, narrowed: bool = False) -> str | None:
    """The subject of a request for readings without the words of the request; None if it is no such request.

    Empty where readings are asked for without a subject: "what should I read next?". `narrowed` tells that
    the text said which readings are wanted, as `assistant.wanted` tells.
    """
    asked = _without_ending(text)
    if _WITHOUT_SUBJECT.fullmatch(asked) or (narrowed and _NARROWED_WITHOUT_SUBJECT.fullmatch(asked)):
        return ""
    for form in _ASKED_FOR + (_NARROWED if narrowed else ()):
        if found := form.match(asked):
            return found["topic"]
    found = _ENDS_AS_LIST.fullmatch(asked)
    return found["topic"] if found else None


def _without_ending(text: str) -> str:
    bare = text.rstrip(" ,.?!…")
    while _POLITE_END.search(bare):
        bare = _POLITE_END.sub("", bare).rstrip(" ,.?!…")
    return bare


def wants_list(text: str) -> bool:
    """Whether the answer is a list of things rather than one."""
    return bool(_LIST.match(text.lstrip("¿¡ ")))


def sides_of(text: str) -> tuple[str, ...]:
    """The two or more things that a comparison is about; empty if the text is none."""
    for form in _COMPARISONS:
        if found := form.search(text):
            parts = (*_SEPARATOR.split(found["first"]), found["second"])
            sides = tuple(_ARTICLE.sub("", part.strip(" ?.!,")) for part in parts)
            return sides if all(map(_is_side, sides)) else ()
    return ()


def _is_side(text: str) -> bool:
    """Whether this names a thing: a few words, not all of them pronouns."""
    return bool(stems(text)) and len(text.split()) <= MOST_WORDS_OF_A_SIDE
