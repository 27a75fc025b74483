"""Several app processes share a database, which may be killed under them, or hand over to another."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.postgres_server import new_server, running_server
from tests.sharing import problems, sharing

pytestmark = pytest.mark.usefixtures("postgres")  # skips where no server can be started


@pytest.mark.parametrize("searches", [False, True])
def test_apps_see_what_is_added_and_survive_kills_of_the_database(tmp_path: Path, searches: bool) -> None:
    chance = random.Random(7)
    with running_server() as server:
        with sharing(tmp_path, server.new_database(), searches=searches) as shared:
            for _ in range(3):
                shared.wait_for(2)
                time.sleep(chance.uniform(0, 0.1))
                server.kill()
                time.sleep(0.3)
                server.start()
            shared.wait_for(2)
        assert problems(tmp_path, shared) == []
        *_, first, second = sorted(app.asked for app in shared.seen)
        assert first > 1
        assert second > 1


@pytest.mark.parametrize("searches", [False, True])
def test_apps_follow_to_a_standby_that_is_promoted(tmp_path: Path, searches: bool) -> None:
    with running_server() as primary, new_server() as standby:
        address = primary.new_database(standby)
        standby.follow(primary)
        try:
            with sharing(tmp_path, address, apps=1, searches=searches) as shared:
                shared.wait_for(3)
                primary.kill()
                standby.promote()
                shared.wait_for(3)
            assert problems(tmp_path, shared) == []
        finally:
            standby.stop()
