"""Who does the work changes no byte of what comes of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mujaz import executors as workers_module
from mujaz import pipeline
from mujaz.config import Config
from mujaz.enrich import parallel as ahead
from mujaz.errors import ConfigError
from mujaz.executors import workers
from mujaz.state.memo import memory

from tests.support import config, contents, raw, still, write_seeds

COUNT = 12


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few articles are work enough, in several parts."""
    monkeypatch.setattr(pipeline, "subset_fonts", lambda folder: ())
    monkeypatch.setattr(workers_module, "_WORTH", COUNT)
    monkeypatch.setattr(ahead, "_PART", 5)
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
        pipeline.generate(settings, still(), workers=workers(where))
    return contents(settings.out)


@pytest.fixture
def expected(tmp_path: Path) -> dict[str, bytes]:
    settings = collection(tmp_path / "alone")
    pipeline.generate(settings, still())
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
        with workers(where)(count) as executor:
            assert executor is None


def test_what_is_remembered_is_not_read_again(tmp_path: Path) -> None:
    settings = collection(tmp_path)
    pipeline.generate(settings, still())
    asked: list[int] = []

    def count(articles: int) -> object:
        asked.append(articles)
        return workers("none")(articles)

    (settings.seeds / "2025-07-12-2.txt").write_text(raw(99), "utf-8")
    pipeline.generate(settings, still(), workers=count)  # type: ignore[arg-type]
    assert asked == [1]


def test_what_is_wrong_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="processes, none, or dask"):
        workers("threads")
    monkeypatch.setattr(workers_module, "_WAIT", 1)
    with pytest.raises(ConfigError, match="nobody answers"), workers("dask://127.0.0.1:9")(1):
        pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ConfigError, match=r"mujaz\[cluster\]"), workers("dask://127.0.0.1:9")(1):
        pass


def test_a_run_that_is_killed_has_not_read_in_vain(tmp_path: Path) -> None:
    made = {str(number): b"x" for number in range(1_500)}
    with pytest.raises(KeyboardInterrupt), memory(tmp_path) as remember:
        for name, content in made.items():
            remember(name, lambda content=content: content)  # type: ignore[misc]
        raise KeyboardInterrupt
    with memory(tmp_path) as remember:
        assert sum(name in remember for name in made) == 1_000
