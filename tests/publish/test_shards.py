"""Which articles of a search index lie together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from mujaz.publish.search.shards import (
    LIVE,
    SEALED,
    WHOLE,
    Shard,
    cut,
    dissolved,
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
        for name in dissolved(self.shards.values(), loose):
            loose += self.shards.pop(name).alive
        for part in cut(range(loose)):
            self.made += 1
            self.shards[f"{self.made}"] = Shard(f"{self.made}", len(part), len(part))
        return loose

    def kill(self, number: int) -> None:
        """Let articles die, those of large shards first."""
        for name, size, alive in sorted(self.shards.values(), key=lambda each: -each.alive):
            dying = min(number, alive)
            self.shards[name] = Shard(name, size, alive - dying)
            number -= dying

    @property
    def alive(self) -> int:
        """Return how many articles are alive."""
        return sum(each.alive for each in self.shards.values())


@given(STEPS)
def test_shards_stay_few_and_mostly_alive(steps: list[tuple[str, int]]) -> None:
    index = Index(1_000)
    for kind, number in steps:
        expected = index.alive
        if kind == "add":
            expected += number
            index.add(number)
        else:
            expected -= min(number, expected)
            index.kill(number)
            index.add(0)
        assert index.alive == expected
        assert all(each.alive and each.alive * 4 >= 3 * each.size for each in index.shards.values())
        assert len(index.shards) <= 6
        if expected <= WHOLE:
            assert len(index.shards) == bool(expected)
        assert index.add(0) == 0


def test_a_new_article_reads_few_others() -> None:
    index = Index(SEALED, 10_000 - SEALED)
    read = []
    for _ in range(600):
        read.append(index.add(1))
        assert len(index.shards) <= 7
    assert sorted(read)[len(read) // 2] <= LIVE
    assert max(read) <= 600
    assert sum(read) <= 600 * 2 * LIVE


def test_an_edit_of_an_old_article_leaves_its_shard() -> None:
    index = Index(5_000)
    index.kill(1)
    assert index.add(1) == 1
    assert [each.alive for each in index.shards.values()] == [4_999, 1]


def test_a_shard_that_is_mostly_dead_is_made_again() -> None:
    index = Index(800)
    index.kill(400)
    assert index.add(0) == 400


def test_few_articles_are_one_shard() -> None:
    assert dissolved([Shard("a", WHOLE - 1, WHOLE - 1)], 1) == {"a"}
    assert dissolved([Shard("a", WHOLE, WHOLE)], 1) == set()
    assert dissolved([Shard("a", WHOLE, WHOLE - 1), Shard("b", 1, 1)], 0) == {"a", "b"}


def test_no_shard_is_larger_than_a_sealed_one() -> None:
    index = Index()
    index.add(2 * SEALED + 1)
    assert [each.size for each in index.shards.values()] == [SEALED, SEALED, 1]
