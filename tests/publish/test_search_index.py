"""Whatever happens to a search index, it holds the articles there are."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.model import Finding
from mujaz.publish.search import index as search
from mujaz.publish.search import shards
from mujaz.publish.search.index import FOLDER, LIST, SearchIndex

Wanted = dict[str, Finding]
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
        patch.setattr(search, "run_pagefind", named)
        patch.setattr(shards, "SEALED", 8)
        patch.setattr(shards, "WHOLE", 4)
        patch.setattr(shards, "LIVE", 2)
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


def finding(article: str, version: int) -> Finding:
    return Finding(article, f"articles/{article}/", f"{article} {version}", (), "", date="2025")


def alive(pages: Path) -> list[str]:
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


def updated(index: SearchIndex, before: Wanted, after: Wanted) -> int:
    def finding_of(ids: Iterable[str]) -> Iterator[Finding]:
        return (after[each] for each in ids if each in after)

    gone = [each for each, found in before.items() if after.get(each) != found]
    come = [found for each, found in after.items() if before.get(each) != found]
    return index.update(gone, come, finding_of)


@given(STEPS)
@settings(max_examples=60)
def test_whatever_happens(steps: list[tuple[list[tuple[str, int]], str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(":memory:")) as base:
        pages = Path(folder)
        wanted: Wanted = {f"a{i}": finding(f"a{i}", 1) for i in range(9)}
        updated(SearchIndex(base, pages), {}, wanted)
        base.commit()
        for changes, accident in steps:
            before, wanted = wanted, dict(wanted)
            for article, version in changes:
                wanted.pop(article, None)
                if version:
                    wanted[article] = finding(article, version)
            updated(SearchIndex(base, pages), before, wanted)
            if accident == "killed":  # and what the run was to do is no more to be done
                base.rollback()
                wanted = before
                updated(SearchIndex(base, pages), wanted, wanted)
            elif accident == "damaged":
                for path in list(pages.rglob("pagefind-entry.json"))[:1]:
                    path.unlink()
                updated(SearchIndex(base, pages), wanted, wanted)
            elif accident == "emptied":
                SearchIndex(base, pages).remove()
                updated(SearchIndex(base, pages), {}, wanted)
            base.commit()
            assert alive(pages) == sorted(found.title for found in wanted.values())
            assert updated(SearchIndex(base, pages), wanted, wanted) == 0
