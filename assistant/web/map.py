"""The Map view: the collection at a glance, each reading a sign near those that it is like."""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr

from assistant.answer import Reading
from assistant.web import plan, rendering
from assistant.web.preferences import Preferences
from assistant.web.protocol import PageAssistant
from assistant.web.room import Room, Seen


class Mapping:
    """The events of the view over one assistant."""

    def __init__(self, assistant: PageAssistant) -> None:
        self._assistant = assistant
        self._drawn: tuple[str, plan.Plan] | None = None

    def show(self, preferences: object) -> Iterator[tuple[str, Seen | None]]:
        """The map. The first one of a collection takes seconds."""
        chosen = Preferences.of(preferences)
        yield rendering.render("drawing.html", chosen.strings), None
        yield self.render(chosen), Seen("", chosen.language)

    def render(self, preferences: Preferences, _: str = "") -> str:
        """The map as HTML."""
        return rendering.render(
            "map.html",
            preferences.strings,
            plan=self._plan(),
            width=plan.WIDTH,
            height=plan.HEIGHT,
            other=plan.OTHER,
            reading_of=lambda mark: Reading(mark.resource, "", 0.0),
        )

    def _plan(self) -> plan.Plan:
        """Worked out once for each state of the readings: a fifth of a second for 264 of them."""
        state = self._assistant.state
        if self._drawn is None or self._drawn[0] != state:
            self._drawn = state, plan.plan_of(self._assistant.points())
        return self._drawn[1]


def build_view(room: Room) -> None:
    """The parts of this view and their events."""
    mapping = Mapping(room.assistant)
    part = gr.HTML(elem_id="map", js_on_load=rendering.event_script("map.js"), apply_default_css=False)
    room.fill(part, mapping.show, mapping.render)
