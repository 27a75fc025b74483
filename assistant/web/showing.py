"""What each part of the Ask view shows, for a conversation and what the reader has set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import gradio as gr

from assistant.web import rendering
from assistant.web.conversation import Exchange, restored, saved
from assistant.web.facts import Facts
from assistant.web.preferences import Preferences
from assistant.web.protocol import PageAssistant
from corpus.errors import CoopAssistantError
from corpus.facets import Facet

Updates = dict[Any, Any]
"""New values by component."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events change. `told` is what is said besides: a short line, a file to save."""

    head: gr.HTML
    past: gr.HTML
    current: gr.HTML
    tools: gr.HTML
    question: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    told: gr.HTML
    kept: gr.BrowserState
    preferences: gr.BrowserState

    def all(self) -> list[Any]:
        """Every component, as the outputs of an event."""
        return [getattr(self, name) for name in self.__slots__]

    def conversation(self) -> list[Any]:
        """Those that a conversation changes: Gradio makes every output anew at every step, changed or not."""
        return [self.past, self.current, self.tools, self.question, self.kept, self.preferences]


class Showing:
    """Updates of the parts, in the reader's language."""

    def __init__(self, assistant: PageAssistant, parts: Parts) -> None:
        self._assistant = assistant
        self.parts = parts
        self.facts = Facts(assistant)

    def conversation_of(self, kept: object) -> tuple[Exchange, ...]:
        """What a browser kept, as far as the collection bears it out."""
        return restored(kept, self._assistant.resource)

    def frame(self, chosen: Preferences) -> Updates:
        """What stands around a conversation and changes with the language alone."""
        parts, strings = self.parts, chosen.strings
        return {
            parts.head: rendering.header(strings),
            parts.question: gr.Textbox(label=strings.question_label, placeholder=strings.question_hint),
            parts.ask: gr.Button(strings.ask),
            parts.stop: gr.Button(strings.stop),
            parts.preferences: chosen.to_json(),
        }

    def tools(self, chosen: Preferences, exchanges: Sequence[Exchange] = ()) -> str:
        """What stands over the question."""
        return rendering.tools(chosen, exchanges, self._assistant.models)

    def pending(self, before: Sequence[Exchange], exchange: Exchange, chosen: Preferences) -> Updates:
        """A question whose answer is being looked for, after the one before it: the page has the others."""
        return {
            self.parts.past: self._past(before[-1:], chosen, first=exchange.number - 1),
            self.parts.current: rendering.current(exchange, chosen.strings, coming=True),
            self.parts.tools: self.tools(chosen, (*before, exchange)),
        }

    def arriving(self, exchange: Exchange, chosen: Preferences) -> Callable[[int], Updates]:
        """What shows the first sentences of an answer, as many as it is told."""
        coming = cache(lambda: rendering.current(exchange, chosen.strings, coming=True))
        return lambda shown: {self.parts.current: rendering.with_sentences(coming(), shown)}

    def answered(self, exchanges: Sequence[Exchange], chosen: Preferences) -> Updates:
        """The latest exchange, complete, and the conversation for the browser to keep."""
        return {
            self.parts.current: rendering.current(
                exchanges[-1],
                chosen.strings,
                facets=self._facets(exchanges[-1], chosen),
                collection=self.facts.fingerprint,
            ),
            self.parts.tools: self.tools(chosen, exchanges),
            self.parts.kept: saved(exchanges),
        }

    def whole(self, exchanges: Sequence[Exchange], chosen: Preferences) -> Updates:
        """A whole conversation, or the first screen."""
        return self._and_past(exchanges, chosen, self._past(exchanges[:-1], chosen))

    def back(self, exchanges: Sequence[Exchange], chosen: Preferences) -> Updates:
        """A conversation whose latest exchange has been taken away: the one before is the latest now."""
        first = exchanges[-1].number if exchanges else 0
        return self._and_past(exchanges, chosen, self._past((), chosen, first=first))

    def _and_past(self, exchanges: Sequence[Exchange], chosen: Preferences, shown: str) -> Updates:
        past = {self.parts.past: shown}
        if exchanges:
            return past | self.answered(exchanges, chosen)
        facets = self._facets(None, chosen)
        return past | {
            self.parts.current: rendering.welcome(self.facts.figures, chosen.strings, facets=facets),
            self.parts.tools: self.tools(chosen),
            self.parts.kept: [],
        }

    def _past(self, exchanges: Sequence[Exchange], chosen: Preferences, *, first: int = 0) -> str:
        return rendering.past(exchanges, chosen.strings, first=first, collection=self.facts.fingerprint)

    def _facets(self, exchange: Exchange | None, chosen: Preferences) -> tuple[Facet, ...]:
        """What the readings for the latest question, or all of them, can be narrowed down by."""
        answer = exchange.answer if exchange else None
        words = answer.understood_as if answer and answer.intent != "small talk" else None
        try:
            return self._assistant.facets(words, chosen.filters)
        except CoopAssistantError:  # a question that nothing can be searched for
            return ()
