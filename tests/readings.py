"""A small collection that tests of searching and answering share, and a store and an index of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.resource import Resource
from embeddings.encoder import Encoder
from embeddings.index import Index, open_index
from embeddings.indexing import sync
from embeddings.store import Store
from tests.fakes import FakeEncoder


def reading(id: str, text: str, **fields: Any) -> Resource:  # noqa: A002, ANN401, an id is an id
    """A reading of notes, one sentence a line, with the fields that a test is about."""
    given: dict[str, Any] = {
        "title": id.replace("-", " ").capitalize(),
        "kind": "news",
        "language": "en",
        "notes": True,
    }
    return Resource(id=id, text=text, **given | fields)


ARIZMENDI = reading(
    "arizmendi-bakeries",
    "The Arizmendi bakeries in California share one support organisation.\n"
    "Each Arizmendi bakery elects its own board.\n"
    "A seventh bakery opened in 2010.",
    places=("United States",),
    topics=("cooperative cases and groups", "federations and support organisations"),
    people=("Tim Huet",),
    publisher="Bakers' News",
    date="2012-05",
    url="https://example.org/arizmendi",
)
MONDRAGON = reading(
    "mondragon-story",
    "Mondragon was founded in 1956 by five young engineers and a priest.\n"
    "The corporation of Mondragon unites about 80,000 workers.\n"
    "Pay at Mondragon differs at most by a factor of nine.",
    kind="report",
    places=("Spain",),
    topics=("cooperative cases and groups", "finance"),
    people=("Ana Ruiz",),
    publisher="Basque Press",
    date="2015",
    url="https://example.org/mondragon",
)
SCOP = reading(
    "scop-law",
    "A SCOP is a French company of which the workers hold most of the capital.\n"
    "In a SCOP each member has one vote.\n"
    "At least 16 per cent of the surplus of a SCOP stays in its reserve.",
    kind="report",
    places=("France",),
    topics=("legislation", "finance"),
    publisher="ILO",
    date="2014",
    work="scop-law",
    url="https://example.org/scop",
)
SCOP_IN_FRENCH = reading(
    "scop-law-fr",
    "Une SCOP est une société dont les salariés détiennent la majorité du capital.\n"
    "Dans une SCOP, chaque associé dispose d'une voix.",
    title="La loi sur les SCOP",
    kind="report",
    language="fr",
    places=("France",),
    topics=("legislation", "finance"),
    publisher="ILO",
    date="2014",
    work="scop-law",
    url="https://example.org/scop-fr",
)
RECOMMENDATION = reading(
    "recommendation-193",
    "Recommendation No. 193 was adopted by the International Labour Conference in June 2002.\n"
    "It asks governments to give cooperatives a fair legal framework.",
    kind="instrument",
    places=("Global",),
    topics=("legislation", "principles and identity"),
    publisher="ILO",
    date="2002-06-20",
    url="https://example.org/r193",
)
KERALA = reading(
    "kerala-coffee-house",
    "The Indian Coffee House was taken over by its dismissed workers in 1957.\n"
    "Workers of the Indian Coffee House in Kerala elect a board every five years.",
    places=("India",),
    topics=("worker buyouts and conversions",),
    people=("Ana Ruiz",),
    publisher="Kerala Herald",
    date="1999",
    url="https://example.org/coffee",
)
URUGUAY = reading(
    "uruguay-fondes",
    "El Fondes financia empresas recuperadas por sus trabajadores en Uruguay.\n"
    "La ley reserva una parte de las utilidades del Banco República para el fondo.",
    title="El Fondes de Uruguay",
    language="es",
    places=("Uruguay",),
    topics=("finance", "recovered enterprises"),
    date="2016",
    url="https://example.org/fondes",
)
UNDATED = reading(
    "weavers-notes",
    "The weavers of Oldtown bought twelve looms together.",
    publisher="Weavers",
    url="https://example.org/weavers",
)

COLLECTION = (ARIZMENDI, KERALA, MONDRAGON, RECOMMENDATION, SCOP, SCOP_IN_FRENCH, URUGUAY, UNDATED)


@contextmanager
def stored(home: Path, resources: Iterable[Resource], encoder: Encoder) -> Iterator[Store]:
    """A store in the home that has these readings, and no others."""
    store = Store.open(home, encoder)
    try:
        sync(store, encoder, resources)
        yield store
    finally:
        store.close()


def indexed(home: Path, resources: Iterable[Resource] = COLLECTION, encoder: Encoder | None = None) -> Index:
    """An index of these readings."""
    encoder = encoder or FakeEncoder()
    with stored(home, resources, encoder) as store:
        return open_index(store, encoder, home)
