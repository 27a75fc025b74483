"""A question and its answer as it arrives: asked, asked again in another way, narrowed down, stopped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, replace
from threading import Event

import gradio as gr

from assistant.answer import Answer
from assistant.generation.models import NO_MODEL
from assistant.heap import give_back
from assistant.web import rendering
from assistant.web.arriving import arriving
from assistant.web.conversation import Exchange, history, next_number
from assistant.web.events import told
from assistant.web.preferences import Preferences, toggled
from assistant.web.protocol import PageAssistant
from assistant.web.sharing import Link
from assistant.web.showing import Showing, Updates
from corpus.errors import CoopAssistantError
from corpus.facets import FACETS
from corpus.filters import EVERYTHING

QUESTION_CHARACTERS = 4000
"""A longer question is not taken."""

READERS_AT_ONCE = 50
"""So many questions are answered side by side; Gradio's own limit makes readers queue."""

CROWD = 8
"""Of more answers that arrive at once each is shown whole, when it is there (docs/performance.md)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question as it goes to the assistant; `link` is what it came from, if it came from a link."""

    question: str
    before: tuple[Exchange, ...]
    chosen: Preferences
    understood_as: str | None = None
    link: Link | None = None


class Asking:
    """The events that ask the assistant. `pause` is the time between two sentences, in seconds."""

    def __init__(self, assistant: PageAssistant, showing: Showing, pause: float) -> None:
        self._assistant = assistant
        self._showing = showing
        self._parts = showing.parts
        self._pause = pause
        self._stops: dict[str | None, Event] = {}
        self._crowd_came = False

    async def ask(
        self, typed: str | None, kept: object, preferences: object, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Updates]:
        """A question that was typed or clicked, or the latest one in another way or of other readings."""
        exchanges, chosen = self._showing.conversation_of(kept), Preferences.of(preferences)
        do = told(event, "do")
        if do == "narrow":
            chosen = _narrowed(chosen, event)
            yield {self._parts.preferences: chosen.to_json()}
            if not exchanges:
                yield self._showing.whole((), chosen)
                return
        if do in ("again", "narrow"):
            asked = _again(exchanges, chosen, event)
        else:
            asked = _Asked((told(event, "question") or typed or "").strip(), exchanges, chosen)
        async for updates in self._answered(asked, request.session_hash):
            yield updates

    async def follow_link(
        self, kept: object, preferences: object, request: gr.Request
    ) -> AsyncIterator[Updates]:
        """What the page's address asks, if it asks anything."""
        link = Link.of(request.query_params)
        if link is None:
            yield {self._parts.question: gr.skip()}
            return
        chosen = replace(Preferences.of(preferences), filters=link.filters)
        yield {self._parts.preferences: chosen.to_json()}
        asked = _Asked(
            link.question,
            self._showing.conversation_of(kept),
            replace(chosen, length=link.length),
            understood_as=link.understood_as or None,
            link=link,
        )
        async for updates in self._answered(asked, request.session_hash):
            yield updates

    def stop(self, request: gr.Request) -> None:
        """End the answer that is arriving in this tab."""
        arriving_answer = self._stops.get(request.session_hash)
        if arriving_answer:
            arriving_answer.set()

    async def _answered(self, asked: _Asked, session: str | None) -> AsyncIterator[Updates]:
        """Updates as the answer arrives sentence by sentence."""
        if not asked.question:
            yield {self._parts.question: gr.skip()}
            return
        stop = self._stops[session] = Event()
        self._crowd_came |= len(self._stops) > CROWD
        exchange = self._begun(asked)
        yield self._showing.pending(asked.before, exchange, asked.chosen) | {self._parts.question: ""}
        shown = 0
        try:
            async for grown in self._exchanges(asked, exchange, stop):
                exchange = grown
                with_sentences = self._showing.arriving(exchange, asked.chosen)
                for step in self._steps(shown, exchange, asked):
                    if stop.is_set():
                        break
                    shown = step
                    yield with_sentences(shown)
                    await asyncio.sleep(self._pause)
            if stop.is_set():
                exchange = _cut(exchange, shown)
        finally:
            if self._stops.get(session) is stop:
                del self._stops[session]
            if self._crowd_came and not self._stops:
                self._crowd_came = False
                give_back()
        exchange = self._compared(exchange, asked)
        yield self._showing.answered((*asked.before, exchange), asked.chosen)

    def _steps(self, shown: int, exchange: Exchange, asked: _Asked) -> Iterable[int]:
        """How many sentences to show, one by one; the last again where it has grown.

        In a crowd all of them at once; none where no model is writing, since then the whole answer is next.
        """
        sentences = len(exchange.answer.sentences) if exchange.answer else 0
        if len(self._stops) <= CROWD:
            return range(shown + 1, sentences + 1) or (sentences,)
        grows = asked.chosen.writer(self._assistant.models) != NO_MODEL
        return (sentences,) if grows else ()

    async def _exchanges(self, asked: _Asked, begun: Exchange, stop: Event) -> AsyncIterator[Exchange]:
        """The exchange as its answer grows, or with one line that says why there is none."""
        strings, ended = asked.chosen.strings, Event()
        if len(asked.question) > QUESTION_CHARACTERS:
            limit, length = map(strings.number, (QUESTION_CHARACTERS, len(asked.question)))
            remark = strings.too_long.format(limit=limit, length=length)
            yield replace(begun, question=asked.question[: rendering.SHOWN_QUESTION], remark=remark)
            return
        try:
            async for answer in arriving(lambda: self._stream(asked, ended), stop):
                yield replace(begun, answer=answer)
        except CoopAssistantError as error:
            yield replace(begun, remark=str(error))
        except Exception:  # noqa: BLE001  whatever it was, the reader gets a plain line and the log the rest
            _log.exception("A question could not be answered")
            yield replace(begun, remark=strings.failed)
        finally:
            ended.set()

    def _stream(self, asked: _Asked, ended: Event) -> Iterator[Answer]:
        return self._assistant.stream(
            asked.question,
            () if asked.link else history(asked.before),
            asked.chosen.filters,
            asked.understood_as,
            length=asked.chosen.length,
            model=asked.chosen.writer(self._assistant.models),
            stop=ended,
        )

    def _begun(self, asked: _Asked) -> Exchange:
        """The exchange before anything is answered."""
        filters = asked.chosen.filters
        admitted = sum(map(filters.admit, self._assistant.resources)) if filters else 0
        return Exchange(
            asked.question,
            filters=filters,
            length=asked.chosen.length,
            admitted=admitted,
            number=next_number(asked.before),
        )

    def _compared(self, exchange: Exchange, asked: _Asked) -> Exchange:
        if asked.link is None or exchange.answer is None:
            return exchange
        shared = asked.link.compared(exchange.answer, self._showing.facts.fingerprint)
        return replace(exchange, shared=shared)


def _again(exchanges: tuple[Exchange, ...], chosen: Preferences, event: gr.EventData) -> _Asked:
    """The latest question, as it was understood or as the reader now wants it understood."""
    if not exchanges:
        return _Asked("", (), chosen)
    latest = exchanges[-1]
    length = told(event, "length") or latest.length
    chosen = replace(chosen, length="fuller" if length == "fuller" else "short")
    before = latest.answer.understood_as if latest.answer else ""
    understood_as = told(event, "understood").strip() or (before if before != latest.question else "")
    return _Asked(latest.question, exchanges[:-1], chosen, understood_as or None)


def _narrowed(chosen: Preferences, event: gr.EventData) -> Preferences:
    """One value chosen or taken away; without a facet, all taken away."""
    facet, name = told(event, "facet"), told(event, "name")
    if not facet:
        return replace(chosen, filters=EVERYTHING)
    if facet not in FACETS or not name:
        return chosen
    return replace(chosen, filters=toggled(chosen.filters, facet, name))


def _cut(exchange: Exchange, shown: int) -> Exchange:
    """What the reader has seen of an answer when it was stopped."""
    answer = exchange.answer
    if answer is None or not answer.sentences:
        return replace(exchange, stopped=True)
    sentences = answer.sentences[:shown]
    numbers = {number for sentence in sentences for number in sentence.citations}
    citations = tuple(citation for citation in answer.citations if citation.number in numbers)
    return replace(exchange, stopped=True, answer=replace(answer, sentences=sentences, citations=citations))
