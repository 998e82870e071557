"""The short forms of the ordeals: whatever happens to the state, the next build mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ordeal import damages, faults, kills, trios
from tests.ordeal.small_site import CACHE, build, make_site


def test_damages(tmp_path: Path) -> None:
    figures = damages.run(40, 20250714, tmp_path)
    assert figures == {**dict.fromkeys(figures, 0), "damages": 40}


def test_a_file_in_the_place_of_the_cache_is_left_alone_and_said(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    (site / CACHE).write_bytes(b"somebody's")
    ended = build(site)
    assert ended.code == 2
    assert ended.is_fine_or_one_line
    assert "move that file" in ended.err
    assert (site / CACHE).read_bytes() == b"somebody's"


def test_builds_at_once(tmp_path: Path) -> None:
    figures = trios.run(2, tmp_path)
    assert figures == {**dict.fromkeys(figures, 0), "trios": 2}


@pytest.mark.skipif(not faults.available(), reason="needs Linux and a C compiler")
def test_faults_of_the_system(tmp_path: Path) -> None:
    figures = faults.run(40, 20250714, tmp_path)
    assert figures == {**dict.fromkeys(figures, 0), "faults": 40}


@pytest.mark.skipif(not faults.available(), reason="needs Linux and a C compiler")
def test_kills_while_a_reader_fetches(tmp_path: Path) -> None:
    figures = kills.run(24, 20250714, tmp_path)
    reads, killed = figures.pop("reads"), figures.pop("kills")
    assert reads > 0
    assert killed > 12  # a few calls are not reached
    assert figures == dict.fromkeys(figures, 0)
