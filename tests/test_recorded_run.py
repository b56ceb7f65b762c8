"""50 clients and two browsers behind nginx: one of two processes is killed, all are cut off, and nothing is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.databases import new_database
from tests.nginx_site import site_of, two_servers
from tests.recorded_run.run import CLIENTS, recorded_run

pytestmark = pytest.mark.long


def test_nothing_is_lost_in_a_room_that_is_cut_off_half_way(postgresql: str, tmp_path: Path) -> None:
    address = new_database(postgresql)
    with two_servers(address, tmp_path) as servers, site_of(servers, address, tmp_path) as site:
        site.nginx.start()
        run = asyncio.run(recorded_run(site, address))
    assert not run.wrong
    assert sum(run.spread) == CLIENTS + 2
    assert min(run.spread) > 0, "both processes serve"
    # Without these it would not have been the run that it is meant to be.
    assert run.made_cut_off > CLIENTS
    assert len(run.typed_cut_off) == 2
    assert run.acknowledged == run.sent > 5 * CLIENTS
    assert min(len(run.before), len(run.after)) > CLIENTS
