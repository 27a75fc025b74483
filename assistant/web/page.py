"""The page's parts, and which event changes which. All text reaches the reader through `rendering`."""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr

from assistant.web import browse, reading_list, rendering
from assistant.web import map as map_view
from assistant.web.asking import READERS_AT_ONCE, Asking
from assistant.web.blocks import Page
from assistant.web.document import leave_out_previews
from assistant.web.protocol import PageAssistant
from assistant.web.room import Room, View
from assistant.web.showing import Parts, Showing
from assistant.web.similar import Similar
from assistant.web.steering import Steering
from assistant.web.strings import ENGLISH

CONVERSATION_KEY = "coop-assistant.conversation"
EVENTS_WAITING = 500
"""More events of all readers than this do not wait: the server says that it is busy."""

PREFERENCES_KEY = "coop-assistant.preferences"

# Gradio encrypts what it keeps in the browser. The key must outlive a restart of the server, and guards
# nothing: the conversation is the reader's own.
STORAGE_SECRET = "coop-assistant"  # noqa: S105

OTHER_VIEWS: dict[View, Callable[[Room], None]] = {
    "browse": browse.build_view,
    "map": map_view.build_view,
    "list": reading_list.build_view,
}


def build_page(assistant: PageAssistant, pause: float) -> gr.Blocks:
    """The page, laid out and wired; none of its events is an endpoint for others."""
    leave_out_previews()
    blocks = Page(title=ENGLISH.title, analytics_enabled=False, fill_width=True)
    with blocks:
        room = Room(assistant, gr.BrowserState({}, storage_key=PREFERENCES_KEY, secret=STORAGE_SECRET))
        parts = _lay_out(room)
        similar = gr.HTML(elem_id="similar", js_on_load=_script("similar.js"), apply_default_css=False)
        events = Similar(assistant)
        similar.similar(events.show, [room.preferences], [similar], **room.quiet)
        actions = gr.HTML(elem_id="actions", js_on_load=_script("actions.js"), apply_default_css=False)
        _wire(blocks, room, parts, actions, pause)
    blocks.queue(default_concurrency_limit=READERS_AT_ONCE, max_size=EVENTS_WAITING, api_open=False)
    return blocks


def _lay_out(room: Room) -> Parts:
    head = gr.HTML(rendering.header(), elem_id="head", apply_default_css=False)
    with gr.Column(elem_id="view-ask", elem_classes="view"):
        # What is past stays as it is in the page: the script adds to it, and Gradio draws nothing there.
        past = gr.HTML(
            elem_id="past", html_template="", js_on_load=_script("past.js"), apply_default_css=False
        )
        current = gr.HTML(elem_id="current", apply_default_css=False)
        with gr.Column(elem_id="composer"):
            tools = gr.HTML(elem_id="tools", apply_default_css=False)
            with gr.Row(elem_id="asking"):
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
                stop = gr.Button(ENGLISH.stop, elem_id="stop", scale=0, min_width=0)
    for view, build_view in OTHER_VIEWS.items():
        with gr.Column(elem_id=f"view-{view}", elem_classes="view"):
            build_view(room)
    told = gr.HTML(elem_id="told", apply_default_css=False)
    kept = gr.BrowserState([], storage_key=CONVERSATION_KEY, secret=STORAGE_SECRET)
    return Parts(head, past, current, tools, question, ask, stop, told, kept, room.preferences)


def _wire(blocks: gr.Blocks, room: Room, parts: Parts, actions: gr.HTML, pause: float) -> None:
    """One listener asks, whatever it is that asks, so that no two answers arrive at once in one tab."""
    showing = Showing(room.assistant, parts)
    asking, steering = Asking(room.assistant, showing, pause), Steering(room.assistant, showing)
    quiet, conversation = room.quiet, parts.conversation()
    browser = [parts.kept, parts.preferences]

    asked_by = [parts.question.submit, parts.ask.click, actions.click]
    asked = gr.on(
        asked_by, asking.ask, [parts.question, *browser], conversation, js=_told("asking", "asked"), **quiet
    )
    parts.stop.click(asking.stop, None, None, **quiet)
    actions.new_chat(steering.new_chat, [parts.preferences], conversation, **quiet)
    for event in ("undo", "prefer"):
        getattr(actions, event)(getattr(steering, event), browser, conversation, **quiet)
    for event in ("save", "verdict"):
        getattr(actions, event)(getattr(steering, event), browser, [parts.told], **quiet)
    actions.language(steering.language, browser, parts.all(), **quiet)
    opened = blocks.load(steering.open, browser, parts.all(), **quiet)
    linked = opened.then(asking.follow_link, browser, conversation, js=_told("asking", "linked"), **quiet)
    for arriving, name in ((asked, "asked"), (linked, "linked")):
        for ended in (arriving.then, arriving.failure):
            ended(None, None, None, js=_told("answered", name), **quiet)


def _told(what: str, name: str) -> str:
    """A function of the page that tells its scripts `room:asking` or `room:answered`, and of which event."""
    told = f'new CustomEvent("room:{what}", {{ detail: "{name}" }})'
    return f"(...values) => (document.dispatchEvent({told}), values)"


def _script(name: str) -> str:
    return (rendering.STATIC / "events" / name).read_text(encoding="utf-8")
