"""Workers of a Ray make the vectors that the program itself makes. Skipped where Ray is not installed."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.cli import FAILED, main
from corpus.errors import WorkersError
from embeddings.encoder import Encoder, Progress, Vectors, open_encoder
from embeddings.store import Store
from embeddings.workers import LOCAL, workers
from tests.fakes import FakeEncoder

if find_spec("ray") is None:  # and not imported yet: it reads how others are kept away when it is
    pytest.skip("Ray is not installed.", allow_module_level=True)

if TYPE_CHECKING:
    from embeddings.ray_encoder import RayEncoder

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")  # Ray's, of versions to come

PIECE = 64
TEXTS = [f"The {number}th member has one vote, and {number} shares." for number in range(4 * PIECE + 3)]


class Dying(FakeEncoder):
    """Ends its process once, when it first encodes."""

    def __init__(self, marker: Path) -> None:
        super().__init__()
        self._marker = marker

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        if not self._marker.exists():
            self._marker.write_text("died", "utf-8")
            os._exit(1)
        return super().encode(texts, progress)


class Failing(FakeEncoder):
    """Has what it takes, and never comes to an end."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:  # noqa: ARG002
        os._exit(1)


@pytest.fixture(scope="module")
def local() -> Encoder:
    return open_encoder()


@pytest.fixture
def two(local: Encoder) -> Iterator[RayEncoder]:
    """Two workers, or as many as there are processors."""
    with workers(LOCAL, open_encoder, local, processors=1) as shared:
        yield shared


def test_the_vectors_are_those_of_the_local_encoder_in_the_order_of_the_texts(
    two: RayEncoder, local: Encoder
) -> None:
    assert two.workers >= 2
    vectors = two.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert float((vectors * local.encode(TEXTS)).sum(axis=1).min()) >= 0.9999


def test_progress_counts_the_texts(two: RayEncoder) -> None:
    told: list[tuple[int, int]] = []
    two.encode(TEXTS[: PIECE + 1], lambda done, total: told.append((done, total)))
    assert told == [(PIECE, PIECE + 1), (PIECE + 1, PIECE + 1)]


def test_no_text_gives_no_vector(two: RayEncoder) -> None:
    assert two.encode([]).shape == (0, two.dimensions)


def test_what_a_dying_worker_had_is_encoded_again(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    fake = FakeEncoder()
    with workers(LOCAL, partial(Dying, marker), fake, processors=1) as shared:
        vectors = shared.encode(TEXTS)
    assert marker.exists()
    np.testing.assert_array_equal(vectors, fake.encode(TEXTS))


def test_workers_that_always_die_are_told_of() -> None:
    with (
        workers(LOCAL, Failing, FakeEncoder()) as shared,
        pytest.raises(WorkersError, match="The workers at ray://local failed") as told,
    ):
        shared.encode(["The members decide."])
    assert "\n" not in str(told.value)


def test_workers_with_another_model_are_refused() -> None:
    with (
        pytest.raises(WorkersError, match="have the model other, and this is bag-of-words"),
        workers(LOCAL, partial(FakeEncoder, name="other"), FakeEncoder()),
    ):
        pass


@pytest.mark.parametrize("address", ["ray://", "ray://host", "http://localhost:10001", "ray://host:port"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with (
        pytest.raises(WorkersError, match="write ray://HOST:PORT"),
        workers(address, FakeEncoder, FakeEncoder()),
    ):
        pass


def test_add_tells_in_one_line_that_nobody_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    assert main(["add", str(_file(tmp_path)), "--workers", f"ray://127.0.0.1:{port}"]) == FAILED
    said = capsys.readouterr().err
    assert said.startswith(f"No Ray answers at ray://127.0.0.1:{port}")
    assert said.count("\n") == 1


def test_add_with_workers_adds_the_reading(
    tmp_path: Path, home: Path, local: Encoder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", str(_file(tmp_path)), "--workers", LOCAL, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["added"]) == 1
    with closing(Store.open(home, local)) as store:
        assert [resource.text for resource in store.resources()] == ["The bakery belongs to its bakers."]


def _file(folder: Path) -> Path:
    file = folder / "bread.txt"
    file.write_text("The bakery belongs to its bakers.", "utf-8")
    return file
