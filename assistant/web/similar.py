"""More like this, on every card: the readings nearest to one, and from there to the next, back and forth."""

from __future__ import annotations

import gradio as gr

from assistant.web import rendering
from assistant.web.events import told
from assistant.web.preferences import Preferences
from assistant.web.protocol import PageAssistant
from corpus.errors import UnknownReading

READINGS = 5
"""So many are shown at a step."""


class Similar:
    """The event behind every "more like this" of an assistant's readings."""

    def __init__(self, assistant: PageAssistant) -> None:
        self._assistant = assistant

    def show(self, preferences: object, event: gr.EventData) -> str:
        """The readings like the one that was clicked, for the script to put under its card."""
        step = rendering.Step.of_text(told(event, "ticket"), told(event, "at"), told(event, "of"))
        strings = Preferences.of(preferences).strings
        try:
            resource = self._assistant.resource(told(event, "resource"))
            readings = self._assistant.similar(resource.id, READINGS)
        except UnknownReading:
            return rendering.similar(None, (), strings, step=step)
        return rendering.similar(resource, readings, strings, step=step)
