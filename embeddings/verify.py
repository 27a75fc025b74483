"""Whether everything that is kept is what was written, and everything derived from it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import DamagedStore, HomeError, ModelError
from corpus.resource import Passage, Resource
from embeddings import reading_rows, schema, snapshot, vector_rows
from embeddings.database import Database
from embeddings.encoder import Encoder
from embeddings.rows import passages_from_row
from embeddings.store import FILE
from embeddings.texts import key, texts_of

SAMPLE = 16
"""So many texts are encoded again, to see whether the vectors are this model's."""

_NEAR = 0.99
"""The least cosine of two vectors of one text, as 16 bits and different processors have it."""

_PIECE = 10_000
_PATIENCE = 60.0

_BACK = "`python -m assistant restore FILE` puts a backup back, `python -m assistant rebuild` keeps the rest."
_AGAIN = "`python -m assistant rebuild` encodes every reading again."


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and how much of it there is; what is wrong and what to do, or nothing."""

    what: str
    about: str
    wrong: str | None = None


def verify(home: Path, encoder: Encoder) -> Iterator[Finding]:
    """Look at everything in the home, from the file to the index; one finding for each sort of thing.

    Nothing is changed. It takes the time of reading everything once, and of encoding a few texts.
    """
    if not (home / FILE).exists():
        yield Finding("store", f"{home / FILE} is not there: the first question begins it")
        return
    told = False
    try:
        with closing(Database.open(home / FILE, _PATIENCE)) as database:
            schema.meta(database)
            with database.reading():
                for finding in _store(database, encoder):
                    told = told or finding.wrong is not None
                    yield finding
    except HomeError as error:
        if not told:  # what is broken may break the end of the reading once more
            yield Finding("store", str(home / FILE), str(error))
    yield from map(_snapshot, sorted(home.glob("*.snapshot")))


@dataclass(frozen=True, slots=True)
class _Reading:
    resource: Resource
    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    """Those that have to have a vector: none while the reading waits for them."""


def _store(database: Database, encoder: Encoder) -> Iterator[Finding]:
    broken = database.check()
    yield Finding("file", str(database.path), f"{'; '.join(broken)}. {_BACK}" if broken else None)
    try:
        readings = _readings(database)
    except (DamagedStore, KeyError, TypeError, ValueError) as error:
        yield Finding("readings", "not all can be read", f"{error} {_BACK}")
        return
    yield Finding("readings", f"{len(readings):,}")
    yield _passages(readings)
    try:
        yield _vectors(database, readings)
        yield _model(database, encoder, readings)
    except DamagedStore as error:
        yield Finding("vectors", "not all can be read", f"{error}")


def _readings(database: Database) -> list[_Reading]:
    reading_rows.check_total(database)
    waiting = {id_ for (id_,) in database.rows("SELECT id FROM resources WHERE fingerprint = ''")}
    readings = []
    for row in reading_rows.select(database, "TRUE"):
        resource = row.resource()
        passages = passages_from_row(resource, row.passages)
        texts = () if row.id in waiting else texts_of(resource, passages)
        readings.append(_Reading(resource, passages, texts))
    return readings


def _passages(readings: Sequence[_Reading]) -> Finding:
    number = sum(len(reading.passages) for reading in readings)
    odd = [reading.resource.id for reading in readings if not _fits(reading)]
    wrong = f"They don't fit the text of {_some(odd)}. {_BACK}" if odd else None
    return Finding("passages", f"{number:,}", wrong)


def _fits(reading: _Reading) -> bool:
    """Whether passages and sentences follow one another within the text, and none is empty."""
    at, end = 0, len(reading.resource.text)
    for passage in reading.passages:
        if not at <= passage.start < passage.end <= end or not passage.sentences:
            return False
        at = passage.start
        for sentence in passage.sentences:
            if not at <= sentence.start < sentence.end <= passage.end:
                return False
            at = sentence.end
    return True


def _vectors(database: Database, readings: Iterable[_Reading]) -> Finding:
    size = int(schema.meta(database)["dimensions"])
    keys: set[str] = set()
    altered = 0
    for its_key, blob, written in _vector_rows(database):
        keys.add(its_key)
        altered += not _is_vector(its_key, blob, written, size)
    missing = [
        reading.resource.id for reading in readings if any(key(text) not in keys for text in reading.texts)
    ]
    unused = "SELECT count(*) FROM vectors WHERE id NOT IN (SELECT vector FROM uses)"
    left = database.rows(unused)[0][0]
    wrong = [f"{altered:,} are not what was written."] if altered else []
    wrong += [f"Texts of {_some(missing)} have none."] if missing else []
    wrong += [f"{left:,} belong to no reading."] if left else []
    return Finding("vectors", f"{len(keys):,}", " ".join([*wrong, _AGAIN]) if wrong else None)


def _vector_rows(database: Database) -> Iterator[tuple[str, bytes, int]]:
    last = 0
    query = "SELECT id, key, vector, checksum FROM vectors WHERE id > ? ORDER BY id LIMIT ?"
    while rows := database.rows(query, last, _PIECE):
        for _, its_key, blob, written in rows:
            yield its_key, blob, written
        last = rows[-1][0]


def _is_vector(its_key: str, blob: bytes, written: int, size: int) -> bool:
    if not isinstance(blob, bytes) or len(blob) != 2 * size or vector_rows.checksum(its_key, blob) != written:
        return False
    return bool(abs(np.linalg.norm(np.frombuffer(blob, np.float16).astype(np.float32)) - 1) < 1 - _NEAR)


def _model(database: Database, encoder: Encoder, readings: Sequence[_Reading]) -> Finding:
    """Whether the encoder makes the vectors that are there."""
    meta = schema.meta(database)
    if (meta["model"], meta["dimensions"]) != (encoder.name, str(encoder.dimensions)):
        return Finding("model", encoder.name, f"The vectors were made with {meta['model']}. {_AGAIN}")
    texts = [reading.texts[0] for reading in readings if reading.texts]
    texts = texts[:: max(1, len(texts) // SAMPLE)]
    blobs = vector_rows.blobs(database, map(key, texts))
    texts = [text for text in texts if key(text) in blobs]
    kept = [np.frombuffer(blobs[key(text)], np.float16).astype(np.float32) for text in texts]
    try:
        made = encoder.encode(texts)
    except ModelError as error:
        return Finding("model", encoder.name, str(error))
    far = sum(1 for one, other in zip(kept, made, strict=True) if one @ other < _NEAR)
    wrong = f"{far} of {len(kept)} texts now get another vector. {_AGAIN}" if far else None
    return Finding("model", encoder.name, wrong)


def _snapshot(path: Path) -> Finding:
    damage = snapshot.damage(path)
    again = "It is made again at the next question."
    return Finding("index", path.name, f"It is damaged: {damage}. {again}" if damage else None)


def _some(ids: Sequence[str]) -> str:
    shown = ", ".join(ids[:3])
    return shown if len(ids) <= 3 else f"{shown} and {len(ids) - 3:,} more"
