"""Which articles of a search index lie together."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from generator.publish import shards
from generator.publish.shards import LIVE, alive_in, dead_in, plan

Index = dict[str, dict[str, str]]
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "remove"]), st.integers(1, 400)), max_size=12
)


def applied(index: Index, wanted: dict[str, str]) -> tuple[Index, int]:
    """Return the index after a plan, and how many articles were read for it."""
    planned = plan(index, wanted)
    after = {name: index[name] for name in planned.kept}
    for number, ids in enumerate(planned.made):
        after[f"{len(wanted)}-{number}-{hash(ids)}"] = {each: wanted[each] for each in ids}
    return after, sum(map(len, planned.made))


@given(STEPS)
def test_each_article_is_alive_once_whatever_happens(steps: list[tuple[str, int]]) -> None:
    index: Index = {}
    wanted = {f"a{i}": "1" for i in range(1_000)}
    index, _ = applied(index, wanted)
    for step, (kind, number) in enumerate(steps):
        if kind == "add":
            wanted |= {f"n{step}-{i}": "1" for i in range(number)}
        elif kind == "edit":
            wanted |= dict.fromkeys(list(wanted)[:number], f"{step}")
        else:
            wanted = dict(list(wanted.items())[number:])
        index, _ = applied(index, wanted)
        alive = Counter(each for shard in index.values() for each in alive_in(shard, wanted))
        assert alive == Counter(dict.fromkeys(wanted, 1))
        again, read = applied(index, wanted)
        assert (again, read) == (index, 0)


def test_a_new_article_reads_few_others() -> None:
    index: Index = {}
    wanted = {f"a{i}": "1" for i in range(10_000)}
    index, _ = applied(index, wanted)
    most = 0
    for i in range(600):
        wanted[f"new{i}"] = "1"
        index, read = applied(index, wanted)
        most = max(most, read)
        assert len(index) <= 8
    assert most <= 5 * LIVE


def test_an_edit_of_an_old_article_leaves_its_shard() -> None:
    wanted = {f"a{i}": "1" for i in range(5_000)}
    index, _ = applied({}, wanted)
    edited = wanted | {"a7": "2"}
    after, read = applied(index, edited)
    assert read == 1
    (old,) = set(index) & set(after)
    assert dead_in([*after[old]], alive_in(after[old], edited)) == ["a7"]


def test_a_shard_that_is_mostly_dead_is_made_again() -> None:
    wanted = {f"a{i}": "1" for i in range(400)}
    index, _ = applied({}, wanted)
    rest = dict(list(wanted.items())[200:])
    after, read = applied(index, rest)
    assert read == 200
    assert [set(shard) for shard in after.values()] == [set(rest)]


def test_no_shard_is_larger_than_a_sealed_one() -> None:
    wanted = {f"a{i}": "1" for i in range(2 * shards.SEALED + 1)}
    index, _ = applied({}, wanted)
    assert [len(shard) for shard in index.values()] == [shards.SEALED, shards.SEALED, 1]
