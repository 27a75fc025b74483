"""What a reader does to the page besides asking: open it, switch its language, go back, judge, take away.

Each event gets the conversation and the preferences from the reader's browser and gives updates by component.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import gradio as gr

from assistant.feedback import Feedback, Verdict, keep_feedback
from assistant.web import rendering
from assistant.web.conversation import Exchange
from assistant.web.events import told
from assistant.web.preferences import Preferences
from assistant.web.protocol import PageAssistant
from assistant.web.showing import Showing, Updates
from assistant.web.strings import LANGUAGES, preferred
from assistant.web.transcript import to_markdown
from corpus.errors import HomeError
from corpus.filters import EVERYTHING

PREFERRED = ("length", "model", "unbacked")
"""What is set by a button over the question."""


class Steering:
    """The events that need no answer from the assistant."""

    def __init__(self, assistant: PageAssistant, showing: Showing) -> None:
        self._assistant = assistant
        self._showing = showing
        self._parts = showing.parts

    def open(self, kept: object, preferences: object, request: gr.Request) -> Updates:
        """The conversation that the browser kept or the first screen, in the reader's language."""
        chosen = Preferences.of(preferences)
        if not chosen.switched:
            chosen = replace(chosen, language=preferred(request.headers.get("accept-language")))
        return self._everything(kept, chosen)

    def language(self, kept: object, preferences: object, event: gr.EventData) -> Updates:
        """The same page in another language, from now on."""
        code = told(event, "language")
        chosen = Preferences.of(preferences)
        if code in LANGUAGES:
            chosen = replace(chosen, language=code, switched=True)
        return self._everything(kept, chosen)

    def new_chat(self, preferences: object) -> Updates:
        """An empty conversation, over all readings."""
        chosen = replace(Preferences.of(preferences), filters=EVERYTHING)
        cleared: Updates = {self._parts.question: "", self._parts.preferences: chosen.to_json()}
        return self._showing.whole((), chosen) | cleared

    def undo(self, kept: object, preferences: object) -> Updates:
        """The conversation without its latest exchange, whose question is in the box again."""
        exchanges = self._showing.conversation_of(kept)
        if not exchanges:
            return {self._parts.question: gr.skip()}
        back: Updates = {self._parts.question: exchanges[-1].question}
        return self._showing.back(exchanges[:-1], Preferences.of(preferences)) | back

    def prefer(self, kept: object, preferences: object, event: gr.EventData) -> Updates:
        """From the next question on, answers are this long, or written by this model.

        What becomes of unbacked sentences is so at once, in the whole conversation.
        """
        wanted = {name: told(event, name) for name in PREFERRED if told(event, name)}
        chosen = Preferences.of(Preferences.of(preferences).to_json() | wanted)
        return {
            self._parts.tools: self._showing.tools(chosen, self._showing.conversation_of(kept)),
            self._parts.preferences: chosen.to_json(),
        }

    def save(self, kept: object, preferences: object) -> Updates:
        """The conversation as a file in Markdown."""
        strings = Preferences.of(preferences).strings
        text = to_markdown(self._showing.conversation_of(kept), strings)
        name = f"{strings.file_name}-{date.today().isoformat()}.md"
        return {self._parts.told: rendering.told(strings.saved.format(name), name=name, text=text)}

    def verdict(self, kept: object, preferences: object, event: gr.EventData) -> Updates:
        """What the reader thinks of an answer or a citation is kept in the home, and the reader told so."""
        strings = Preferences.of(preferences).strings
        feedback = self._feedback(self._showing.conversation_of(kept), event)
        if feedback is None:
            return {self._parts.told: rendering.told(strings.broken)}
        try:
            keep_feedback(self._assistant.home, feedback)
        except HomeError as error:
            return {self._parts.told: rendering.told(str(error))}
        return {self._parts.told: rendering.told(strings.noted)}

    def _feedback(self, exchanges: tuple[Exchange, ...], event: gr.EventData) -> Feedback | None:
        """The verdict on an exchange of the conversation, or None where it is on nothing."""
        asked = told(event, "asked")
        answer = next((e.answer for e in reversed(exchanges) if e.question == asked), None)
        verdict = next((v for v in get_args(Verdict) if v == told(event, "verdict")), None)
        if answer is None or verdict is None:
            return None
        feedback = Feedback(verdict=verdict, question=asked, answer=answer.text)
        if verdict != "wrong citation":
            return feedback
        number = told(event, "citation")
        citation = next((c for c in answer.citations if str(c.number) == number), None)
        if citation is None:
            return None
        sentence = next((s.text for s in answer.sentences if citation.number in s.citations), "")
        return replace(
            feedback,
            sentence=sentence,
            resource=citation.resource.id,
            start=citation.start,
            end=citation.end,
        )

    def _everything(self, kept: object, chosen: Preferences) -> Updates:
        exchanges = self._showing.conversation_of(kept)
        return self._showing.whole(exchanges, chosen) | self._showing.frame(chosen)
