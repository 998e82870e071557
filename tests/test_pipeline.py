"""The whole story: every input is accounted for, and the same input gives the same pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz import pipeline, review
from mujaz.config import Config
from mujaz.model import Problem
from mujaz.progress import Report
from mujaz.publish import read_ledger, reserved_files, site

from tests.support import HOSTILE, SOURCES, config, contents, raw, still, understand, write_seeds

TAIL = "\n\nآخر الأخبار\n" + " ".join(raw(i).split("\n")[0] for i in range(3))
TEXTS = st.one_of(
    st.integers(0, 5).map(raw),
    st.integers(0, 3).map(lambda number: raw(number) + TAIL),
    st.integers(0, 3).map(lambda number: raw(number, dateline="سانا – 14 تموز 2025:")),
    st.sampled_from(["", " \n", "عنوان فقط", "آخر الأخبار", "\0\0\0\0", "عنوان\nنص.", "\u200b"]),
    HOSTILE,
)
NAMES = st.sampled_from(["a.txt", "2025-07-14.txt", "sport/a.txt", "b.txt", "ملف.txt", "c.xyz"])


@pytest.fixture(autouse=True, scope="module")
def _without_fonts() -> object:
    """Fonts have tests of their own, and cost seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mujaz.publish.output.fonts.subset_fonts", lambda folder: ())
        yield


def run(settings: Config) -> Report:
    return pipeline.update_pages(settings, still())


@given(st.dictionaries(NAMES, TEXTS, max_size=6))
@settings(max_examples=50)
def test_every_input_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("collection")
    (folder / "seeds").mkdir()
    write_seeds(folder / "seeds", texts)
    first = run(config(folder))
    assert first.inputs == len(texts)
    assert first.inputs == first.published + first.duplicates + first.held + first.rejected
    assert [problem.file for problem in first.problems] == sorted(
        {problem.file for problem in first.problems}
    )
    assert len(first.problems) == first.rejected
    assert len(list((folder / "pages").glob("articles/*.md"))) == first.published
    pages = contents(folder / "pages")
    second = run(config(folder))
    assert second.pages_written == 0
    assert contents(folder / "pages") == pages
    report, _, doubts, *_ = review.check(config(folder), still())
    assert (report.published, report.rejected) == (first.published, first.rejected)
    assert {doubt.file for doubt in doubts} <= set(texts)


def collection(folder: Path, numbers: Sequence[int] = range(4)) -> Config:
    seeds = {f"2025-07-{10 + i}-{i}.txt": raw(i) + TAIL for i in numbers}
    write_seeds(folder / "seeds", {**seeds, "copy.txt": raw(0), "empty.txt": ""})
    return config(folder, sources=SOURCES, site_url="https://mujaz.example/", page_size=5)


def test_report(tmp_path: Path) -> None:
    report = run(collection(tmp_path))
    assert (report.inputs, report.published, report.duplicates, report.rejected) == (6, 4, 1, 1)
    assert report.problems == (
        Problem("empty.txt", "is empty", "put the article's text in it, or remove it"),
    )
    listed = read_ledger(tmp_path / "pages") or set()
    others = reserved_files(collection(tmp_path), ())
    assert report.pages_written == len(listed - others.keys())


@pytest.mark.parametrize("removed", [0, 1, 3])
def test_a_removed_article_leaves_no_trace(removed: int, tmp_path: Path) -> None:
    whole = collection(tmp_path / "whole")
    run(whole)
    (path,) = whole.seeds.glob(f"*-{removed}.txt")
    path.unlink()
    if removed == 0:
        (whole.seeds / "copy.txt").unlink()
    run(whole)
    rest = collection(tmp_path / "rest", [i for i in range(4) if i != removed])
    if removed == 0:
        (rest.seeds / "copy.txt").unlink()
    run(rest)
    assert contents(whole.out) == contents(rest.out)


def test_one_edit_rewrites_few_pages(tmp_path: Path) -> None:
    settings = collection(tmp_path)
    run(settings)
    (path,) = settings.seeds.glob("*-2.txt")
    path.write_text(raw(2) + "\n\nوأضافت الصحيفة سطراً واحداً." + TAIL, "utf-8")
    report = run(settings)
    # The article, and the feed that holds its text: an edition says nothing else than before.
    assert report.pages_written == 2


@given(st.permutations(range(4)))
@settings(max_examples=10)
def test_order_of_listing_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("collection")
    usual = collection(folder / "usual")
    run(usual)
    other = collection(folder / "other", order)
    scandir = os.scandir
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", lambda path: _Reversed(scandir(path)))
        run(other)
    assert contents(usual.out) == contents(other.out)


class _Reversed:
    """What a folder holds, the other way round, as `os.scandir` gives it."""

    def __init__(self, found: Iterable[os.DirEntry[str]]) -> None:
        self._left = [*found]

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> os.DirEntry[str]:
        if not self._left:
            raise StopIteration
        return self._left.pop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    seeds = collection(tmp_path).seeds
    written = []
    for seed in ("0", "1", "4242"):
        out = tmp_path / f"pages-{seed}"
        fonts = tmp_path / "pages-0" / "assets"
        if fonts.exists():
            write_seeds(out / "assets", contents(fonts))
        command = [sys.executable, "-m", "mujaz", "generate", "--seeds", seeds, "--out", out]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(
            list(map(str, command)), env=environment, cwd=Path(__file__).parent.parent, check=True
        )
        written.append(contents(out))
    assert len(written[0]) > 8
    assert written[0] == written[1] == written[2]


def test_understand_keeps_order_and_copies(tmp_path: Path) -> None:
    settings = collection(tmp_path)
    names = ["copy.txt", "empty.txt", "2025-07-10-0.txt", "missing.txt", "copy.txt"]
    found = understand([settings.seeds / name for name in names], settings)
    assert [Path(each.file).name for each in found] == names
    assert [isinstance(each, Problem) for each in found] == [False, True, False, True, False]
    assert found[0] == found[4]


@pytest.mark.parametrize(("strict", "rendered"), [(False, True), (True, False)])
def test_strict_publishes_nothing_while_an_input_is_rejected(
    strict: bool, rendered: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    monkeypatch.setattr(site, "render_site", lambda *args, **options: calls.append(args))
    report = pipeline.build(collection(tmp_path), still(), strict=strict)
    assert report.rejected == 1
    assert bool(calls) == rendered
