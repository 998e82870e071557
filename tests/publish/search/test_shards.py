"""Which articles of a search index lie together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from mujaz.publish.search.shards import (
    LIVE_SHARD_ARTICLES,
    MAX_SHARD_ARTICLES,
    MAX_SINGLE_SHARD_ARTICLES,
    Shard,
    shards_to_merge,
    split_into_shards,
)

STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "kill"]), st.integers(1, 400)), min_size=1, max_size=12
)


class Index:
    """Shards by their numbers alone."""

    def __init__(self, *sizes: int) -> None:
        self.shards = {f"{i}": Shard(f"{i}", size, size) for i, size in enumerate(sizes)}
        self.made = len(sizes)

    def add(self, loose: int) -> int:
        """Add articles, and return how many were read."""
        for name in shards_to_merge(self.shards.values(), loose):
            loose += self.shards.pop(name).live
        for part in split_into_shards(range(loose)):
            self.made += 1
            self.shards[f"{self.made}"] = Shard(f"{self.made}", len(part), len(part))
        return loose

    def kill(self, number: int) -> None:
        """Let articles die, those of large shards first."""
        for name, size, live in sorted(self.shards.values(), key=lambda each: -each.live):
            dying = min(number, live)
            self.shards[name] = Shard(name, size, live - dying)
            number -= dying

    @property
    def live(self) -> int:
        """Return how many articles are live."""
        return sum(each.live for each in self.shards.values())


@given(STEPS)
def test_shards_stay_few_and_mostly_live(steps: list[tuple[str, int]]) -> None:
    index = Index(1_000)
    for kind, number in steps:
        expected = index.live
        if kind == "add":
            expected += number
            index.add(number)
        else:
            expected -= min(number, expected)
            index.kill(number)
            index.add(0)
        assert index.live == expected
        assert all(each.live and each.live * 4 >= 3 * each.size for each in index.shards.values())
        assert len(index.shards) <= 6
        if expected <= MAX_SINGLE_SHARD_ARTICLES:
            assert len(index.shards) == bool(expected)
        assert index.add(0) == 0


def test_a_new_article_reads_few_others() -> None:
    index = Index(MAX_SHARD_ARTICLES, 10_000 - MAX_SHARD_ARTICLES)
    read = []
    for _ in range(600):
        read.append(index.add(1))
        assert len(index.shards) <= 7
    assert sorted(read)[len(read) // 2] <= LIVE_SHARD_ARTICLES
    assert max(read) <= 600
    assert sum(read) <= 600 * 2 * LIVE_SHARD_ARTICLES


def test_an_edit_of_an_old_article_leaves_its_shard() -> None:
    index = Index(5_000)
    index.kill(1)
    assert index.add(1) == 1
    assert [each.live for each in index.shards.values()] == [4_999, 1]


def test_a_shard_that_is_mostly_dead_is_made_again() -> None:
    index = Index(800)
    index.kill(400)
    assert index.add(0) == 400


def test_few_articles_are_one_shard() -> None:
    most = MAX_SINGLE_SHARD_ARTICLES
    assert shards_to_merge([Shard("a", most - 1, most - 1)], 1) == {"a"}
    assert shards_to_merge([Shard("a", most, most)], 1) == set()
    assert shards_to_merge([Shard("a", most, most - 1), Shard("b", 1, 1)], 0) == {"a", "b"}


def test_no_shard_is_larger_than_a_sealed_one() -> None:
    index = Index()
    index.add(2 * MAX_SHARD_ARTICLES + 1)
    assert [each.size for each in index.shards.values()] == [
        MAX_SHARD_ARTICLES,
        MAX_SHARD_ARTICLES,
        1,
    ]
