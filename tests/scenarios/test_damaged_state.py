"""The short forms of the ordeals: whatever happens to the state, the next build mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ordeal import damages, faults, trios
from tests.ordeal.small_site import CACHE, build, differences, edit, expected, make_site


def test_damages(tmp_path: Path) -> None:
    figures = damages.run(40, 20250714, tmp_path)
    assert figures == {**dict.fromkeys(figures, 0), "damages": 40}


def test_without_a_cache_every_build_is_one_from_nothing(tmp_path: Path) -> None:
    rights = expected(tmp_path)
    site = make_site(tmp_path / "site")
    (site / CACHE).write_bytes(b"nobody's")
    for variant in (0, 1, 0):
        edit(site, variant)
        assert build(site) == (0, "")
        assert differences(site, rights[variant]) == []
    assert (site / CACHE).read_bytes() == b"nobody's"


def test_builds_at_once(tmp_path: Path) -> None:
    figures = trios.run(2, tmp_path)
    assert figures == {**dict.fromkeys(figures, 0), "trios": 2}


@pytest.mark.skipif(not faults.available(), reason="needs Linux and a C compiler")
def test_faults_of_the_system(tmp_path: Path) -> None:
    figures = faults.run(40, 20250714, tmp_path)
    assert figures == {**dict.fromkeys(figures, 0), "faults": 40}
