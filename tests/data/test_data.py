"""Tables that are compiled say what editors read, and no other mapping than a dictionary does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz import data
from mujaz.data.lookup import Lookup, laid_out, opened
from mujaz.training import theme_words
from mujaz.training.tables import OUT, compiled_tables

NAMES = st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), max_size=9)
CACHED = (data.table, data.trained, data._is_as_compiled)


def test_the_compiled_tables_are_those_of_the_editors() -> None:
    assert OUT.read_bytes() == compiled_tables(), "run `python -m mujaz.training.tables`"


def test_compiled_tables_are_read_as_they_are_written() -> None:
    for path in data.HERE.glob("*.yml"):
        assert data.table(path.stem) == data.table_as_written(path.stem)


@pytest.mark.parametrize("name", sorted(data.makers))
def test_what_is_made_of_tables_is_looked_up(name: str) -> None:
    made = data.makers[name][1]()
    found = data.trained("tables").part(f"{name} ")
    assert dict(found) == made
    assert "no such name" not in found


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return another folder of tables, which is read instead of ours."""
    for name in ("markers.yml", "tables.bin"):
        shutil.copy(data.HERE / name, tmp_path)
    monkeypatch.setattr(data, "HERE", tmp_path)
    for each in CACHED:
        each.cache_clear()
    yield tmp_path
    for each in CACHED:
        each.cache_clear()


def test_a_table_that_is_edited_counts_at_once(elsewhere: Path) -> None:
    (elsewhere / "markers.yml").write_text("sidebar: [اقرأ]", "utf-8")
    assert data.table("markers") == {"sidebar": ["اقرأ"]}


def test_nothing_need_be_compiled(elsewhere: Path) -> None:
    compiled = data.table("markers")
    for each in CACHED:
        each.cache_clear()
    (elsewhere / "tables.bin").unlink()
    assert data.table("markers") == compiled


@given(st.dictionaries(NAMES, NAMES, max_size=40), NAMES)
def test_looking_up(entries: dict[str, str], other: str) -> None:
    found = Lookup(laid_out(entries))
    assert dict(found) == entries
    assert all(found[name] == text for name, text in entries.items())
    assert found.get(other) == entries.get(other)
    assert laid_out(dict(reversed(entries.items()))) == laid_out(entries)


@given(st.dictionaries(NAMES, NAMES, max_size=9), st.dictionaries(NAMES, NAMES, max_size=9))
def test_parts(one: dict[str, str], two: dict[str, str]) -> None:
    both = {f"1 {name}": text for name, text in one.items()}
    both.update((f"2 {name}", text) for name, text in two.items())
    assert dict(Lookup(laid_out(both)).part("1 ")) == one


@pytest.mark.parametrize("entry", [("a\tb", ""), ("a", "\n")])
def test_what_would_break_a_line_is_refused(entry: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="line break"):
        laid_out(dict([entry]))


def test_a_file_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(laid_out({"دمشق": "سوريا"}))
    found = opened(tmp_path / "a")
    assert found["دمشق"] == "سوريا"
    with pytest.raises(KeyError):
        found["حلب"]


def test_templates_have_the_words_of_the_catalogue() -> None:
    assert theme_words.PARTIAL.read_text("utf-8") == theme_words.partial_text(), "make tables"
