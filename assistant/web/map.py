"""The Map view: the collection at a glance, each reading a sign near those that it is like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.answer import Reading
from assistant.web import plan, rendering
from assistant.web.preferences import Preferences
from assistant.web.protocol import PageAssistant
from assistant.web.room import Room


class Mapping:
    """The events of the view over one assistant."""

    def __init__(self, assistant: PageAssistant) -> None:
        self._assistant = assistant
        self._drawn: tuple[str, plan.Plan] | None = None

    def show(self, preferences: object) -> Iterator[tuple[str, bool]]:
        """The map, and that it has been seen, for `again`. The first one of a collection takes seconds."""
        chosen = Preferences.of(preferences)
        yield rendering.render("drawing.html", chosen.strings), False
        yield self._shown(chosen), True

    def again(self, preferences: object, seen: bool) -> Any:  # noqa: ANN401
        """The same in other words, once the view has been seen."""
        return self._shown(Preferences.of(preferences)) if seen else gr.skip()

    def _shown(self, preferences: Preferences) -> str:
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
    seen = gr.State(False)
    part.show(mapping.show, [room.preferences], [part, seen], **room.quiet)
    room.preferences.change(mapping.again, [room.preferences, seen], [part], **room.quiet)
