from __future__ import annotations

import pytest

from assistant.web.progress import IndexingBar


def test_the_bar_shows_how_far_it_is_and_nothing_if_there_is_nothing_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bar = IndexingBar()
    assert capsys.readouterr().err == ""
    for done in (8, 16, 20):
        bar(done, 20)
    said = capsys.readouterr().err
    assert "Preparing the readings" in said
    assert "20/20" in said
