"""Who does the work changes no byte of what comes of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mujaz import executors, pipeline
from mujaz.config import Config
from mujaz.enrich import parallel
from mujaz.errors import ConfigError
from mujaz.executors import executor_opener
from mujaz.publish.output import fonts
from mujaz.state.memo import open_memo

from tests.support import config, contents, raw, still, write_seeds

COUNT = 12


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few articles are work enough, in several parts."""
    monkeypatch.setattr(fonts, "subset_fonts", lambda folder: ())
    monkeypatch.setattr(executors, "_MIN_ARTICLES_FOR_PROCESSES", COUNT)
    monkeypatch.setattr(parallel, "_ARTICLES_PER_TASK", 5)
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def collection(folder: Path) -> Config:
    names = ("تركيا", "حلب", "بيروت")
    ends = [f"زار الوفد رقم {i} مدينة {names[i % 3]}." for i in range(COUNT)]
    seeds = {f"2025-07-1{i % 9}-{i}.txt": f"{raw(i)}\n\n{ends[i]}" for i in range(COUNT)}
    write_seeds(folder / "seeds", seeds)
    return config(folder, search=False)


def pages(settings: Config, where: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Return what is written when others have read the articles: here, nobody may."""
    with monkeypatch.context() as patch:
        patch.setattr("mujaz.enrich.entities.tagger.Tagger.tags", None)
        pipeline.update_pages(settings, still(), open_executor=executor_opener(where))
    return contents(settings.out)


@pytest.fixture
def expected(tmp_path: Path) -> dict[str, bytes]:
    settings = collection(tmp_path / "alone")
    pipeline.update_pages(settings, still())
    return contents(settings.out)


def test_other_processes(
    tmp_path: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pages(collection(tmp_path), "processes", monkeypatch) == expected


@contextmanager
def cluster() -> Iterator[str]:
    from distributed import LocalCluster

    local = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with local as running:
        yield running.scheduler_address.replace("tcp://", "dask://")


def test_a_cluster(
    tmp_path: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with cluster() as address:
        assert pages(collection(tmp_path), address, monkeypatch) == expected


def test_few_articles_are_read_here(tmp_path: Path) -> None:
    for where, count in (("processes", COUNT - 1), ("none", 10_000), ("dask://nowhere:1", 0)):
        with executor_opener(where)(count) as executor:
            assert executor is None


def test_what_is_remembered_is_not_read_again(tmp_path: Path) -> None:
    settings = collection(tmp_path)
    pipeline.update_pages(settings, still())
    asked: list[int] = []

    def count(articles: int) -> object:
        asked.append(articles)
        return executor_opener("none")(articles)

    (settings.seeds / "2025-07-12-2.txt").write_text(raw(99), "utf-8")
    pipeline.update_pages(settings, still(), open_executor=count)  # type: ignore[arg-type]
    assert asked == [1]


def test_what_is_wrong_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("threads", "", "dask://", "dask://host", "dask://host:", "dask://:8786", "dask"):
        with pytest.raises(ConfigError, match="processes, none, or dask"):
            executor_opener(name)
    for name in ("dask://scheduler.example:8786", "dask://10.0.0.1:1", "dask://[::1]:8786"):
        executor_opener(name)
    monkeypatch.setattr(executors, "_CLUSTER_TIMEOUT_SECONDS", 1)
    with (
        pytest.raises(ConfigError, match="nobody answers"),
        executor_opener("dask://127.0.0.1:9")(1),
    ):
        pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(ConfigError, match=r"mujaz\[cluster\]"),
        executor_opener("dask://127.0.0.1:9")(1),
    ):
        pass


def test_a_run_that_is_killed_has_not_read_in_vain(tmp_path: Path) -> None:
    made = {str(number): b"x" for number in range(1_500)}
    with pytest.raises(KeyboardInterrupt), open_memo(tmp_path) as remember:
        for name, content in made.items():
            remember(name, lambda content=content: content)  # type: ignore[misc]
        raise KeyboardInterrupt
    with open_memo(tmp_path) as remember:
        assert sum(name in remember for name in made) == 1_000
