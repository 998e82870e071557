"""What a run fails at for no reason but damage, it does once more from nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from mujaz import pipeline
from mujaz.config import Config
from mujaz.errors import MujazError, SelfCheckError
from mujaz.state import sealed
from mujaz.state.sealed import is_sealed, open_sealed, run_or_begin_anew

from tests.support import config, contents, raw, still, write_seeds


@pytest.fixture(autouse=True)
def _without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mujaz.publish.output.fonts.subset_fonts", lambda folder: ())


@pytest.fixture
def built(tmp_path: Path) -> Config:
    write_seeds(tmp_path / "seeds", {f"2025-07-1{i}.txt": raw(i) for i in range(4)})
    settings = config(tmp_path, search=False)
    pipeline.update_pages(settings, still())
    return settings


def change_and_seal(settings: Config, *statements: str) -> None:
    """Change the database so that its seal does not show it, as a bad disk may."""
    path = settings.cache / "store.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        for statement in statements:
            base.execute(statement)
    sealed._seal(path)
    assert is_sealed(path)


UNSEEN = (
    "update notes set value = '{'",
    "update notes set value = cast(x'ff' as text)",
    "update notes set value = '[1]' where name = 'unrendered'",
    "update inputs set article = '[]'",
    "update articles set card = '[' || card",
    "update articles set article = cast(x'eda080' as text)",
    "update groups set dated = 'x'",
    "update article_stems set stems = x'00'",
    "update assigned_ids set id = x'00'",
    "update targets set target = 'x' || target",
    "drop table group_members",
    "alter table inputs rename article to other",
    "delete from numbered_articles",
)


@pytest.mark.parametrize("statement", UNSEEN)
def test_a_run_that_fails_begins_anew(
    statement: str, built: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_and_seal(built, statement)
    write_seeds(built.seeds, {"2025-07-11.txt": raw(9), "2025-07-20.txt": raw(10)})
    pipeline.update_pages(built, still())
    nothing = config(built.file.parent / "else", seeds=built.seeds, out=built.out, search=False)
    left = contents(built.out)
    pipeline.update_pages(nothing, still())
    assert contents(built.out) == left


def fails(error: Exception) -> Callable[[bool], str]:
    def run(anew: bool) -> str:
        if anew:
            return "anew"
        raise error

    return run


@pytest.mark.parametrize("error", [ValueError(), KeyError(), sqlite3.OperationalError("UTF-8")])
def test_only_what_was_there_is_begun_anew(error: Exception, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with pytest.raises(type(error)):  # nothing was there: it is a bug
        run_or_begin_anew(path, fails(error))
    with open_sealed(path) as base:
        base.execute("create table x (y)")
        base.commit()
    assert run_or_begin_anew(path, fails(error)) == "anew"
    for other in (MujazError("x"), OSError("x")):
        with pytest.raises(type(other)):
            run_or_begin_anew(path, fails(other))


def test_a_self_check_names_what_differs(built: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUJAZ_PARANOID", "1")
    pipeline.update_pages(built, still())
    write_seeds(built.seeds, {"2025-07-11.txt": raw(9)})
    pipeline.update_pages(built, still())
    change_and_seal(built, "update articles set card = replace(card, '2025-07-12', '2025-07-02')")
    write_seeds(built.seeds, {"2025-07-11.txt": raw(8)})
    with pytest.raises(SelfCheckError, match=r"pages/.*\.md: is not what a run from nothing makes"):
        pipeline.update_pages(built, still())
