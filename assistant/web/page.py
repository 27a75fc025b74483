"""The page's parts and what happens in them. All text reaches the reader through `rendering`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import gradio as gr

from assistant.web import browse, reading_list, rendering
from assistant.web import map as map_view
from assistant.web.conversation import Exchange, history, restored, saved
from assistant.web.protocol import PageAssistant
from assistant.web.room import Room, View
from assistant.web.strings import ENGLISH
from corpus.errors import CoopAssistantError

QUESTION_CHARACTERS = 4000
"""A longer question is not taken."""

READERS_AT_ONCE = 50
"""So many questions are answered side by side; Gradio's own limit makes readers queue."""

STORAGE_KEY = "coop-assistant.conversation"
PREFERENCES_KEY = "coop-assistant.preferences"

# Gradio encrypts what it keeps in the browser. The key must outlive a restart of the server, and guards
# nothing: the conversation is the reader's own.
STORAGE_SECRET = "coop-assistant"  # noqa: S105

OTHER_VIEWS: dict[View, Callable[[Room], None]] = {
    "browse": browse.build_view,
    "map": map_view.build_view,
    "list": reading_list.build_view,
}

_log = logging.getLogger(__name__)

_Updates = tuple[Any, Any, Any, Any]


class Page:
    """The events of the page over one assistant. `pause` is the time between two sentences, in seconds."""

    def __init__(self, assistant: PageAssistant, pause: float) -> None:
        self._assistant = assistant
        self._pause = pause

    def restore(self, kept: object) -> tuple[str, str]:
        """The conversation that the browser kept, or the first screen: (past, current)."""
        exchanges = restored(kept, self._assistant.resource)
        if not exchanges:
            return "", rendering.welcome(self._assistant.resources)
        return rendering.past(exchanges[:-1]), rendering.current(exchanges[-1])

    def new_chat(self) -> tuple[str, str, str, list[Any]]:
        """An empty conversation: (question, past, current, conversation)."""
        return "", "", rendering.welcome(self._assistant.resources), []

    async def ask(self, question: str | None, kept: object) -> AsyncIterator[_Updates]:
        """Updates of (question, past, current, conversation), as the answer arrives sentence by sentence."""
        question = (question or "").strip()
        if not question:
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        before = restored(kept, self._assistant.resource)
        yield "", rendering.past(before), rendering.pending(question), gr.skip()
        exchange = await asyncio.to_thread(self._exchange, question, before)
        for shown in range(1, len(exchange.answer.sentences) + 1 if exchange.answer else 1):
            yield gr.skip(), gr.skip(), rendering.current(exchange, shown=shown), gr.skip()
            await asyncio.sleep(self._pause)
        yield gr.skip(), gr.skip(), rendering.current(exchange), saved((*before, exchange))

    async def ask_example(self, kept: object, event: gr.EventData) -> AsyncIterator[_Updates]:
        """The same for a question that stands on the page to be clicked."""
        async for updates in self.ask(str(event.question), kept):
            yield updates

    def _exchange(self, question: str, before: tuple[Exchange, ...]) -> Exchange:
        if len(question) > QUESTION_CHARACTERS:
            remark = ENGLISH.too_long.format(limit=f"{QUESTION_CHARACTERS:,}", length=f"{len(question):,}")
            return Exchange(question[: rendering.SHOWN_QUESTION], remark=remark)
        try:
            *_, answer = self._assistant.stream(question, history(before))
            return Exchange(question, answer)
        except CoopAssistantError as error:
            return Exchange(question, remark=str(error))
        except Exception:  # noqa: BLE001  whatever it was, the reader gets a plain line and the log the rest
            _log.exception("A question could not be answered")
            return Exchange(question, remark=ENGLISH.failed)


def build_page(assistant: PageAssistant, pause: float) -> gr.Blocks:
    """The page, laid out and wired; none of its events is an endpoint for others."""
    blocks = gr.Blocks(title=ENGLISH.title, analytics_enabled=False, fill_width=True)
    with blocks:
        room = Room(assistant, gr.BrowserState({}, storage_key=PREFERENCES_KEY, secret=STORAGE_SECRET))
        head = gr.HTML(rendering.header(), elem_id="head", apply_default_css=False)
        with gr.Column(elem_id="view-ask", elem_classes="view"):
            _build_ask_view(room, Page(assistant, pause), blocks)
        for view, build_view in OTHER_VIEWS.items():
            with gr.Column(elem_id=f"view-{view}", elem_classes="view"):
                build_view(room)
        actions = gr.HTML(elem_id="actions", js_on_load=_script("actions.js"), apply_default_css=False)
        del head, actions
    blocks.queue(default_concurrency_limit=READERS_AT_ONCE, api_open=False)
    return blocks


def _build_ask_view(room: Room, events: Page, blocks: gr.Blocks) -> None:
    clicks = _script("questions.js")
    past = gr.HTML(elem_id="past", apply_default_css=False, js_on_load=clicks)
    current = gr.HTML(elem_id="current", apply_default_css=False, js_on_load=clicks)
    with gr.Row(elem_id="composer"):
        question = gr.Textbox(
            elem_id="question",
            label=ENGLISH.question_label,
            placeholder=ENGLISH.question_hint,
            container=False,
            lines=1,
            max_lines=6,
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
        )
        ask = gr.Button(ENGLISH.ask, elem_id="ask", variant="primary", scale=0, min_width=0)
        new_chat = gr.Button(ENGLISH.new_chat, elem_id="new-chat", scale=0, min_width=0)
    kept = gr.BrowserState([], storage_key=STORAGE_KEY, secret=STORAGE_SECRET)
    updated = [question, past, current, kept]
    asked = [
        gr.on([question.submit, ask.click], events.ask, [question, kept], updated, **room.quiet),
        gr.on([past.click, current.click], events.ask_example, [kept], updated, **room.quiet),
    ]
    new_chat.click(events.new_chat, None, updated, cancels=asked, **room.quiet)
    blocks.load(events.restore, [kept], [past, current], **room.quiet)


def _script(name: str) -> str:
    return (rendering.STATIC / "events" / name).read_text(encoding="utf-8")
