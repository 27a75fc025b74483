"""The Browse view: the collection on shelves, narrowed down by facets. What is seen stands in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

import gradio as gr

from assistant.browse import ORDERS, Order, Shelf
from assistant.web import rendering
from assistant.web.events import told
from assistant.web.labels import label_of
from assistant.web.preferences import Preferences, filter_values, filters_of, toggled
from assistant.web.protocol import PageAssistant
from assistant.web.room import Room, Seen
from assistant.web.strings import Strings
from corpus.filters import EVERYTHING, Filters


@dataclass(frozen=True, slots=True)
class Here:
    """Where a reader is in the collection. Without a `shelf` it is the first one."""

    by: Order = "topic"
    shelf: str | None = None
    filters: Filters = EVERYTHING

    @classmethod
    def of(cls, query: str) -> Here:
        """From the query of an address; what is not in the form of `address` is left at its default."""
        values = parse_qs(query.removeprefix("?"), keep_blank_values=True)
        by = values.get("by", [""])[0]
        return cls(
            by=by if by in ORDERS else "topic",
            shelf=values.get("shelf", [None])[0],
            filters=filters_of(values),
        )

    @property
    def address(self) -> str:
        """`?view=browse&by=place&shelf=Italy&language=fr`."""
        values: dict[str, str | list[str]] = {"view": "browse", "by": self.by}
        if self.shelf is not None:
            values["shelf"] = self.shelf
        return f"?{urlencode(values | filter_values(self.filters), doseq=True)}"

    def ordered(self, by: Order) -> Here:
        """The same readings by something else."""
        return replace(self, by=by, shelf=None)

    def at(self, shelf: str) -> Here:
        """Another shelf."""
        return replace(self, shelf=shelf)

    def narrowed(self, facet: str, value: str) -> Here:
        """One value of a facet chosen, or taken away if it was. KeyError for no facet."""
        return replace(self, filters=toggled(self.filters, facet, value))

    def widened(self) -> Here:
        """No filters."""
        return replace(self, filters=EVERYTHING)


class Browsing:
    """The events of the view over one assistant."""

    def __init__(self, assistant: PageAssistant) -> None:
        self._assistant = assistant

    def show(self, preferences: object, event: gr.EventData) -> tuple[str, Seen]:
        """What the address asks for, and its query."""
        chosen, query = Preferences.of(preferences), told(event, "query")
        return self.render(chosen, query), Seen(query, chosen.language)

    def render(self, preferences: Preferences, query: str) -> str:
        """What an address with this query asks for, as HTML."""
        here, strings = Here.of(query), preferences.strings
        shelves = self._assistant.browse(here.by, here.filters, preferences.language)
        return rendering.render(
            "browse.html",
            strings,
            here=here,
            query=query,
            orders=ORDERS,
            shelves=shelves,
            shelf=_open_shelf(shelves, here.shelf),
            readings=sum(map(here.filters.admit, self._assistant.resources)),
            facets=self._assistant.facets(filters=here.filters),
            heading=lambda shelf: heading_of(shelf, here.by, strings),
        )


def heading_of(shelf: Shelf, by: Order, strings: Strings) -> str:
    """What is written on the shelf, in the page's words."""
    if not shelf.heading:
        return str(strings.not_known)
    return label_of(by, shelf.heading, strings) if by in ("topic", "place", "kind") else shelf.heading


def build_view(room: Room) -> None:
    """The parts of this view and their events."""
    browsing = Browsing(room.assistant)
    part = gr.HTML(elem_id="browse", js_on_load=rendering.event_script("browse.js"), apply_default_css=False)
    room.fill(part, browsing.show, browsing.render)


def _open_shelf(shelves: tuple[Shelf, ...], heading: str | None) -> Shelf | None:
    """The shelf with this heading, or the first."""
    first = shelves[0] if shelves else None
    return next((shelf for shelf in shelves if shelf.heading == heading), first)
