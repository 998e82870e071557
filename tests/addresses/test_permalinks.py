"""The permalinks file: what is read of it, and what stays of it when it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.addresses.permalinks import id_of, read_permalinks, slug_of, write_permalinks
from mujaz.errors import MujazError

from tests.support import ANY_TEXT

BAD_LINES = (
    "pin\tarticles/a-b",
    "pin articles/a-b articles/c-d",
    "pin\ttags/a\tarticles/c-d",
    "moved\tarticles/a\tarticles/b",
    "redirect\tarticles/../../etc\tarticles/b",
    "redirect\t/articles/a\tarticles/b",
    "redirect\tarticles/a\thttps://mujaz.example/",
    "redirect\tarticles/a;return\tarticles/b",
    'redirect\tarticles/a"\tarticles/b',
    "redirect\tarticles/$host\tarticles/b",
    "redirect\tabout\tarticles/b",
    "tombstone\tarticles/a\tarticles/b",
    f"tombstone\tarticles/{'س' * 150}",
    "<<<<<<< HEAD",
    "redirect\tarticles/a%0a\tarticles/b",
)


@pytest.mark.parametrize("line", BAD_LINES)
def test_what_is_no_entry_is_a_doubt_and_stays(line: str, tmp_path: Path) -> None:
    path = tmp_path / "seeds.permalinks.tsv"
    path.write_text(f"{line}\r\ntombstone\tarticles/x-y\n", "utf-8")
    permalinks = read_permalinks(path)
    assert [problem.file for problem in permalinks.problems] == [path.name]
    assert (permalinks.pins, permalinks.redirects) == ({}, {})
    assert permalinks.tombstones == {"articles/x-y"}
    written = write_permalinks(path, {("pin", "articles/new-id"): "articles/old-id"})
    assert written == read_permalinks(path)
    assert path.read_text("utf-8").splitlines() == [
        line,
        "pin\tarticles/new-id\tarticles/old-id",
        "tombstone\tarticles/x-y",
    ]


@given(ANY_TEXT, st.binary(max_size=40))
def test_any_file_is_read(
    tmp_path_factory: pytest.TempPathFactory, text: str, damage: bytes
) -> None:
    path = tmp_path_factory.mktemp("site") / "seeds.permalinks.tsv"
    path.write_bytes(text.encode("utf-8", "surrogatepass") + damage)
    entries = {("redirect", "articles/a-b"): "articles/c-d"}
    assert write_permalinks(path, entries).redirects["articles/a-b"] == "articles/c-d"
    once = path.read_bytes()
    write_permalinks(path, entries)
    assert path.read_bytes() == once


def test_a_newer_entry_takes_the_place_of_an_older(tmp_path: Path) -> None:
    path = tmp_path / "permalinks.tsv"
    write_permalinks(path, {("pin", "articles/one-id"): "articles/a-b"})
    permalinks = write_permalinks(path, {("pin", "articles/other-id"): "articles/c-d"})
    assert permalinks.pins == {"id": "articles/c-d"}
    assert permalinks.text.startswith("#")


@pytest.mark.parametrize(
    ("redirects", "live", "target"),
    [
        ({"a": "b"}, "b", "b"),
        ({"a": "b", "b": "c", "c": "d"}, "d", "d"),
        ({"a": "b", "b": "a"}, "", None),
        ({"a": "a"}, "", None),
        ({"a": "b"}, "", None),
        ({"a": "b", "b": "c"}, "bc", "b"),
    ],
)
def test_chains_end_at_the_first_live_page(
    redirects: dict[str, str], live: str, target: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "permalinks.tsv"
    lines = (f"redirect\tarticles/{old}\tarticles/{new}" for old, new in redirects.items())
    path.write_text("\n".join(lines), "utf-8")
    found = read_permalinks(path).target_of("articles/a", lambda each: each[-1] in live)
    assert found == (target and f"articles/{target}")


@pytest.mark.parametrize(
    ("address", "slug", "article_id"),
    [("articles/a-b-c", "a-b", "c"), ("articles/c", "", "c"), ("articles/c-c", "c", "c")],
)
def test_parts_of_an_address(address: str, slug: str, article_id: str) -> None:
    assert (slug_of(address), id_of(address)) == (slug, article_id)


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(MujazError, match="cannot be read"):
        read_permalinks(tmp_path)
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(MujazError, match="cannot be"):
        write_permalinks(tmp_path / "file" / "p.tsv", {("tombstone", "articles/a"): ""})
