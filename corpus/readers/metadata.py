"""What is known about a reading besides its text: found in the file, or given by the user."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Fields as in `Resource`; None or () where nothing is known."""

    title: str | None = None
    series: str | None = None
    kind: str | None = None
    people: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    language: str | None = None
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    url: str | None = None
    url_kind: str | None = None
    archived_url: str | None = None
    rights: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These fields, and where there is nothing in one of them, the other's."""
        names = [field.name for field in fields(self)]
        return Metadata(**{name: getattr(self, name) or getattr(other, name) for name in names})


NOTHING_GIVEN = Metadata()
"""The file's own word is taken for everything."""
