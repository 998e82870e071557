"""Many articles that are gone at once are a question, and nothing changes until it is answered."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from mujaz import pipeline
from mujaz.config import Config, state_name
from mujaz.publish.output.removals import RemovalsError

from tests.support import config, contents, raw, still, unchanged_report, write_seeds

ARTICLES = 40


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """A site of many articles, to be copied."""
    folder = tmp_path_factory.mktemp("site")
    write_seeds(folder / "seeds", {f"news/{i:03}.txt": raw(i, words=20) for i in range(ARTICLES)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mujaz.publish.output.fonts.subset_fonts", lambda folder: ())
        site = config(folder, search=False)
        pipeline.update_pages(site, still())
        yield site


@pytest.fixture
def site(built: Config, tmp_path: Path) -> Config:
    shutil.copytree(built.file.parent, tmp_path / "site")
    copied = config(tmp_path / "site", search=False)
    pipeline.update_pages(copied, still())  # the copied files are others to the system
    return copied


def remove(site: Config, count: int) -> None:
    for path in sorted(site.seeds.rglob("*.txt"))[:count]:
        path.unlink()


def move(site: Config) -> None:
    (site.seeds / "news").rename(site.seeds / "moved")


def without_state(site: Config) -> None:
    remove(site, ARTICLES)
    shutil.rmtree(site.cache)


def overwritten(site: Config) -> None:
    write_seeds(
        site.seeds, {f"news/{i:03}.txt": raw(100 + i, words=20) for i in range(ARTICLES - 10)}
    )


def hold_back(site: Config) -> None:
    write_seeds(site.seeds, {f"news/{i:03}.yml": "draft: true" for i in range(ARTICLES)})


def emptied(site: Config) -> None:
    write_seeds(site.seeds, {f"news/{i:03}.txt": "" for i in range(ARTICLES)})


@pytest.mark.parametrize(
    ("change", "removed"),
    [
        (lambda site: remove(site, 20), None),
        (lambda site: remove(site, 21), 21),
        (lambda site: remove(site, ARTICLES), ARTICLES),
        (overwritten, 30),
        (without_state, ARTICLES),
        (hold_back, ARTICLES),
        (move, None),
        (emptied, None),  # faults, which take nothing offline
    ],
    ids="few many all overwritten without-state held moved emptied".split(),
)
def test_many_removals_have_to_be_confirmed(
    change: Callable[[Config], None], removed: int | None, site: Config
) -> None:
    before = contents(site.out)
    change(site)
    if removed is None:
        pipeline.update_pages(site, still())
        return
    for _ in range(2):
        with pytest.raises(RemovalsError, match=rf"^{removed} of 40 published.*news/0") as stopped:
            pipeline.update_pages(site, still())
        assert stopped.value.exit_code == 1
        assert "--accept-removals" in str(stopped.value)
        assert contents(site.out) == before
        assert unchanged_report(site) is None
    report = pipeline.update_pages(site, still(), accept_removals=True)
    assert report.pages_written
    assert pipeline.update_pages(site, still()) == replace(report, pages_written=0)


def test_what_comes_back_was_never_gone(site: Config) -> None:
    before = contents(site.out)
    away = site.seeds.rename(site.seeds.with_name("away"))
    site.seeds.mkdir()
    with pytest.raises(RemovalsError):
        pipeline.update_pages(site, still())
    site.seeds.rmdir()
    away.rename(site.seeds)
    assert pipeline.update_pages(site, still()).pages_written == 0
    assert contents(site.out) == before


def test_the_share_counts_in_a_large_site(site: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mujaz.publish.output.removals.MAX_REMOVED", 5)
    remove(site, 8)
    assert pipeline.update_pages(site, still()).published == ARTICLES - 8
    remove(site, 7)
    with pytest.raises(RemovalsError, match=r"^7 of 32 published"):
        pipeline.update_pages(site, still())


def test_another_folder_is_another_site(site: Config) -> None:
    elsewhere = write_seeds(site.seeds.with_name("else"), {"a.txt": raw(90), "b.txt": raw(91)})
    other = replace(site, seeds=elsewhere, state_name=state_name(elsewhere))
    here = contents(site.out)
    for _ in range(2):
        assert pipeline.update_pages(other, still()).published == 2
        there = contents(site.out)
        assert sum(path.startswith("articles/") for path in there) == 2
        assert pipeline.update_pages(site, still()).published == ARTICLES
        assert contents(site.out) == here
