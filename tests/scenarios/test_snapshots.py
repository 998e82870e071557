"""Feed files that are written anew: what left them stays published, unless settings say else."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from mujaz.config import Config
from mujaz.pipeline import update_pages

from tests.fetching.server import entry, feed, title

BASE = "https://paper.example.com"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "seeds").mkdir()
    seeds, pages, site = (tmp_path / name for name in ("seeds", "docs", "site"))
    return Config(tmp_path / "mkdocs.yml", seeds, pages, site, search=False)


def write(config: Config, numbers: Sequence[int], edition: int = 0) -> None:
    entries = [entry(number, BASE, edition=edition) for number in numbers]
    (config.seeds / "feed.xml").write_bytes(feed(*entries))


def published(config: Config) -> dict[str, bytes]:
    """Return the articles that are published after a run, by headline."""
    update_pages(config, lambda: 0.0, accept_removals=True)
    pages = [path.read_bytes() for path in sorted((config.out / "articles").glob("*.md"))]
    return {yaml.safe_load(page.decode().split("---\n")[1])["title"]: page for page in pages}


def test_entries_that_left_a_feed_stay_until_the_file_is_removed(config: Config) -> None:
    histories = ([1, 2, 3], [3, 4], [4, 5], [2, 5])
    seen: set[int] = set()
    for numbers in histories:
        write(config, numbers)
        seen |= {*numbers}
        assert sorted(published(config)) == sorted(title(number) for number in seen)
    before = published(config)
    shutil.rmtree(config.cache)  # the state is lost, the file beside the raw articles is not
    assert published(config) == before
    (config.seeds / "feed.xml").unlink()
    assert published(config) == {}
    write(config, [5])
    assert sorted(published(config)) == sorted(before)


def test_an_entry_is_published_as_it_was_last(config: Config) -> None:
    write(config, [1, 2])
    first = published(config)
    write(config, [2])
    assert sorted(published(config)) == sorted(first)
    write(config, [1, 2], edition=1)
    again = published(config)
    assert sorted(again) == sorted(first) and again != first


def test_a_feed_that_breaks_off_or_is_held_back_lets_nothing_leave(config: Config) -> None:
    write(config, [1, 2])
    before = sorted(published(config))
    (config.seeds / "feed.xml").write_bytes(b"")
    assert sorted(published(config)) == before
    assert not config.left_entries.exists()
    write(config, [2, 3])
    (config.seeds / "feed.yml").write_text("draft: true\n", "utf-8")
    assert published(config) == {}
    (config.seeds / "feed.yml").unlink()
    assert set(published(config)) >= {title(2), title(3)}


def test_snapshots_may_replace_each_other(config: Config) -> None:
    config = replace(config, replace_snapshots=True)
    write(config, [1, 2])
    published(config)
    write(config, [2, 3])
    assert sorted(published(config)) == sorted([title(2), title(3)])
    assert not config.left_entries.exists()


def test_a_damaged_line_costs_one_entry(config: Config) -> None:
    write(config, [1, 2, 3])
    published(config)
    write(config, [3])
    published(config)
    lines = config.left_entries.read_bytes().splitlines(keepends=True)
    config.left_entries.write_bytes(b"{damaged\n" + lines[1][:50] + b"\n" + lines[0])
    shutil.rmtree(config.cache)
    assert len(published(config)) == 2
