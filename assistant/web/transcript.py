"""A conversation outside the page: one answer as plain text, all of it as Markdown with its bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer import Answer, Citation
from assistant.web.addresses import safe_address
from assistant.web.conversation import Exchange
from assistant.web.strings import Strings
from assistant.web.view import mark_of
from corpus.reference import to_markdown_list
from corpus.resource import Resource

# What Markdown, or HTML in it, would read as more than text.
_MARKDOWN_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~!&]")


def answer_text(exchange: Exchange) -> str:
    """The question, the answer with its numbers, and what each number stands for, as plain text."""
    answer = exchange.answer
    if answer is None:
        return ""
    lines = [exchange.question, "", _said(answer) or answer.remark]
    if answer.citations:
        lines += ["", *(f"[{c.number}] {_reference(c)}" for c in answer.citations)]
    return "\n".join(lines)


def to_markdown(exchanges: Sequence[Exchange], strings: Strings) -> str:
    """The whole conversation, and the readings that it cites as a bibliography."""
    parts = [f"# {strings.conversation_title}"]
    for exchange in exchanges:
        parts += list(_exchange_markdown(exchange, strings))
    cited = bibliography(exchanges)
    if cited:
        parts += [f"## {strings.bibliography}", to_markdown_list(cited).rstrip()]
    return "\n\n".join(parts) + "\n"


def bibliography(exchanges: Iterable[Exchange]) -> tuple[Resource, ...]:
    """Every reading that is cited, once, by its first author or publisher, or its title."""
    cited = {
        citation.resource.id: citation.resource
        for exchange in exchanges
        if exchange.answer
        for citation in exchange.answer.citations
    }
    return tuple(
        sorted(cited.values(), key=lambda r: ((*r.people, r.publisher or r.title)[0].casefold(), r.title))
    )


def _exchange_markdown(exchange: Exchange, strings: Strings) -> Iterable[str]:
    yield f"## {_escaped(exchange.question)}"
    answer = exchange.answer
    if answer is None:
        yield _escaped(strings.changed if exchange.outdated else exchange.remark)
        return
    if answer.understood_as not in ("", answer.question):
        yield f"*{strings.understood_as}: {_escaped(answer.understood_as)}*"
    yield _escaped(_said(answer)) or _escaped(answer.remark)
    for citation in answer.citations:
        provenance = strings.from_notes if citation.resource.notes else strings.in_its_words
        yield f"\\[{citation.number}\\] {_escaped(_reference(citation))} ({provenance})"
    if not answer.sentences and answer.readings:
        yield to_markdown_list([reading.resource for reading in answer.readings]).rstrip()


def _said(answer: Answer) -> str:
    return " ".join(_sentence(answer, number) for number in range(len(answer.sentences)))


def _sentence(answer: Answer, number: int) -> str:
    sentence = answer.sentences[number]
    text = f"“{sentence.text}”" if mark_of(sentence, answer) == "quoted" else sentence.text
    return " ".join((text, *(f"[{number}]" for number in sentence.citations)))


def _reference(citation: Citation) -> str:
    resource = citation.resource
    people = ", ".join(resource.people) or resource.publisher or ""
    page = resource.page_at(citation.start)
    parts = (people, str(resource.year or ""), resource.title, f"p. {page}" if page else "")
    address = safe_address(citation.url) or ""
    return ". ".join(part for part in (*parts, address) if part)


def _escaped(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
