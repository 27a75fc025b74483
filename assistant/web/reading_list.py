"""The My list view: readings that the reader's own browser keeps, in the reader's order, to take along."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import gradio as gr

from assistant.web import rendering
from assistant.web.events import told
from assistant.web.exports import MOST
from assistant.web.preferences import Preferences
from assistant.web.protocol import PageAssistant
from assistant.web.room import Room, Seen
from assistant.web.strings import Strings
from corpus.errors import UnknownReading
from corpus.resource import Resource


@dataclass(frozen=True, slots=True)
class _Listed:
    """The readings that a browser keeps, and the ids that no reading has any more."""

    resources: tuple[Resource, ...]
    gone: tuple[str, ...]


class Listing:
    """The events of the view over one assistant."""

    def __init__(self, assistant: PageAssistant) -> None:
        self._assistant = assistant

    def show(self, preferences: object, event: gr.EventData) -> tuple[str, Seen]:
        """The list as the browser has it, and its ids, one a line."""
        ids, done = told(event, "ids"), told(event, "done")
        chosen = Preferences.of(preferences)
        strings = chosen.strings
        listed = self._listed(ids)
        said = self._said(listed, done, told(event, "id"), strings)
        undo = done in ("removed", "cleared")
        html = _shown(listed, strings, said, undo=undo, ticket=told(event, "ticket"))
        return html, Seen(ids, chosen.language)

    def render(self, preferences: Preferences, ids: str) -> str:
        """The list of these ids, one a line, as HTML."""
        return _shown(self._listed(ids), preferences.strings)

    def _listed(self, ids: str) -> _Listed:
        resources, gone = [], []
        for resource_id in list(dict.fromkeys(ids.split("\n")))[:MOST]:
            try:
                resources.append(self._assistant.resource(resource_id))
            except UnknownReading:
                gone.append(resource_id)
        return _Listed(tuple(resources), tuple(filter(None, gone)))

    def _said(self, listed: _Listed, done: str, changed: str, strings: Strings) -> str:
        """What to tell of what was done to the reading `changed`."""
        if done == "cleared":
            return str(strings.list_cleared)
        try:
            resource = self._assistant.resource(changed)
        except UnknownReading:
            return ""
        if done == "removed":
            return str(strings.list_removed.format(resource.title))
        if done == "moved" and resource in listed.resources:
            place, all_ = listed.resources.index(resource) + 1, len(listed.resources)
            return str(strings.list_moved.format(title=resource.title, place=place, all=all_))
        return ""


def build_view(room: Room) -> None:
    """The parts of this view and their events."""
    listing = Listing(room.assistant)
    part = gr.HTML(elem_id="list", js_on_load=rendering.event_script("list.js"), apply_default_css=False)
    room.fill(part, listing.show, listing.render)


def _shown(listed: _Listed, strings: Strings, done: str = "", *, undo: bool = False, ticket: str = "") -> str:
    """The list as HTML. `done` tells what was done to it; `ticket` is the request's, for the script."""
    ids = [resource.id for resource in listed.resources]
    return rendering.render(
        "list.html",
        strings,
        resources=listed.resources,
        gone=listed.gone,
        done=done,
        undo=undo,
        ticket=ticket,
        export_address=lambda name: f"export?{urlencode({'format': name, 'ids': ids}, doseq=True)}",
    )
