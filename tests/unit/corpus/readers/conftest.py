"""One reading process for the tests of this package: starting it takes a second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.readers import LIMITS, ReaderProcess


@pytest.fixture(scope="package")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess(LIMITS) as process:
        yield process
