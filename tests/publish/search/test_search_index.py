"""Whatever happens to a search index, it holds the articles there are."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.delta import Delta
from mujaz.publish.search import SearchIndex, search_index, shards
from mujaz.publish.search.search_index import FOLDER, LIST
from mujaz.site_model import SearchDocument
from mujaz.state.database import in_memory

from tests.support import contents

Wanted = dict[str, SearchDocument]
IDS = st.sampled_from([f"a{i}" for i in range(12)])
CHANGES = st.lists(st.tuples(IDS, st.integers(0, 3)), max_size=5)
"""Articles, each with its new version; in the version 0 it is gone."""
STEPS = st.lists(
    st.tuples(CHANGES, st.sampled_from(["", "killed", "damaged", "emptied"])), max_size=7
)


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    """Let shards be small, and made of names alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "run_pagefind", named)
        patch.setattr(shards, "MAX_SHARD_ARTICLES", 8)
        patch.setattr(shards, "MAX_SINGLE_SHARD_ARTICLES", 4)
        patch.setattr(shards, "LIVE_SHARD_ARTICLES", 2)
        yield


def named(source: Path, out: Path) -> dict[int, str]:
    """Make what stands for a shard: the page of each article under its name."""
    (out / "fragment").mkdir(parents=True)
    found = {}
    for path in sorted(source.rglob("*.html")):
        found[int(path.stem)] = f"{path.parent.name}-{path.stem}"
        to = out / "fragment" / f"{found[int(path.stem)]}.pf_fragment"
        to.write_text(path.read_text("utf-8"), "utf-8")
    (out / "pagefind-entry.json").write_text("{}", "utf-8")
    return found


def document(article: str, version: int) -> SearchDocument:
    return SearchDocument(
        article, f"articles/{article}/", f"{article} {version}", (), "", date="2025"
    )


def live(pages: Path) -> list[str]:
    """Return the titles that a reader would find."""
    listed = json.loads((pages / LIST).read_text("utf-8"))
    found = []
    for shard in listed["shards"]:
        for path in (pages / FOLDER / shard["name"] / "fragment").iterdir():
            assert path.stem not in shard["dead"]
            found.append(
                path.read_text("utf-8").split('title[content]" content="')[1].split('"')[0]
            )
    assert listed["articles"] == len(found)
    assert {each["name"] for each in listed["shards"]} == {
        p.name for p in (pages / FOLDER).iterdir()
    }
    return sorted(found)


def updated(base: sqlite3.Connection, pages: Path, before: Wanted, after: Wanted) -> int:
    """Update the index, and return how many articles were indexed."""

    def documents_of(ids: Iterable[str]) -> Iterator[SearchDocument]:
        return (after[each] for each in ids if each in after)

    upserted = [each for name, each in after.items() if before.get(name) != each]
    index = SearchIndex(base, pages, documents_of)
    files = contents(pages)
    changed = {*chain(*index.apply(Delta(before.keys() - after.keys(), upserted)))}
    for path in {p for p, _ in files.items() ^ contents(pages).items()}:
        assert changed & {path, *map(str, PurePosixPath(path).parents)}
    return index.articles_indexed


@given(STEPS)
@settings(max_examples=60)
def test_whatever_happens(steps: list[tuple[list[tuple[str, int]], str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(in_memory()) as base:
        pages = Path(folder)
        wanted: Wanted = {f"a{i}": document(f"a{i}", 1) for i in range(9)}
        updated(base, pages, {}, wanted)
        base.execute("begin")
        for changes, accident in steps:
            before, wanted = wanted, dict(wanted)
            for article, version in changes:
                wanted.pop(article, None)
                if version:
                    wanted[article] = document(article, version)
            updated(base, pages, before, wanted)
            if accident == "killed":  # and what the run was to do is no more to be done
                base.execute("rollback")
                base.execute("begin")
                wanted = before
                updated(base, pages, wanted, wanted)
            elif accident == "damaged":
                for path in list(pages.rglob("pagefind-entry.json"))[:1]:
                    path.unlink()
                updated(base, pages, wanted, wanted)
            elif accident == "emptied":
                SearchIndex(base, pages, lambda _: iter(())).remove()
                updated(base, pages, {}, wanted)
            base.execute("commit")
            base.execute("begin")
            assert live(pages) == sorted(found.title for found in wanted.values())
            assert updated(base, pages, wanted, wanted) == 0
