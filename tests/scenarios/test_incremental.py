"""The law of incremental runs: they leave what a run from nothing would.

Where an input has a fault, that is: what a run from nothing would of its last good version.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz import pipeline
from mujaz.config import Config

from tests.support import SOURCES, config, contents, raw, still, unchanged_report, write_seeds

NAMES = ("2025-07-10-a.txt", "2025-07-11-b.txt", "2025-08-01-c.txt", "sport/d.txt", "e.txt")
HEADLINES = "\n\nآخر الأخبار\n" + "\n".join(raw(i).split("\n")[0] for i in range(4))
GLUED = "\n\nآخر الأخبار\n" + " ".join(raw(i).split("\n")[0] for i in range(5))
SHARED = (
    "\n\nزار وفد من تركيا مكتبة البلدية الجديدة في حلب، وقال وزير الثقافة إن المكتبة ستفتح أبوابها."
)
HEADLINE_TEXTS = ("عنوان مصحح", "عُنوان مُصَحَّح", raw(1).split("\n")[0], raw(2).split("\n")[0])
RENAMED = {"rename": {"حلب": "حلب الشهباء"}}
TEXTS = st.one_of(
    st.tuples(st.integers(0, 4).map(raw), st.sampled_from(["", HEADLINES, GLUED, SHARED])).map(
        "".join
    ),
    st.integers(0, 2).map(lambda i: raw(i, dateline="سانا – 14 تموز 2025:") + SHARED),
    st.sampled_from(["", "عنوان فقط", raw(1) + "\n\n" + raw(2)]),
)
FAULTS = ("", "عنوان فقط", "palce: حلب\n", "title: [\n", "draft: maybe\n")
"""Of these texts, and of the sidecars among them, no article can be made."""
HELD = "draft: true\n"
SIDECARS = ["place: حلب\n", "place:\n", HELD, *FAULTS[2:]]
CHANGES = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), TEXTS),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("correct"), st.sampled_from(NAMES), st.sampled_from(SIDECARS)),
    st.tuples(st.just("headline"), st.sampled_from(NAMES), st.sampled_from(HEADLINE_TEXTS)),
    st.tuples(st.just("slug"), st.sampled_from(NAMES), st.sampled_from(["مسار", "سبيل", ""])),
    st.tuples(st.just("tombstones"), st.booleans(), st.none()),
    st.tuples(st.just("forget"), st.none(), st.none()),
    st.tuples(st.just("spoil"), st.integers(0, 50), st.none()),
    st.tuples(st.just("page_size"), st.sampled_from([5, 6]), st.none()),
    st.tuples(st.just("tags"), st.sampled_from([{}, RENAMED]), st.none()),
    st.tuples(st.just("nothing"), st.none(), st.none()),
)


@pytest.fixture(autouse=True, scope="module")
def _without_fonts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mujaz.publish.output.fonts.subset_fonts", lambda folder: ())
        yield


def changed(site: Config, what: str, which: object, how: object) -> Config:
    """Make one change to the articles, the pages or the settings, and return the settings."""
    path = site.seeds / str(which)
    if what == "write":
        write_seeds(site.seeds, {str(which): str(how)})
    elif what == "remove":
        path.unlink(missing_ok=True)
    elif what == "rename" and path.exists():
        path.rename(site.seeds / str(how).replace("/", "-"))
    elif what == "correct":
        write_seeds(site.seeds, {f"{which}.yml": str(how)})
    elif what == "headline" and path.exists():
        _, line_feed, body = path.read_text("utf-8").partition("\n")
        if line_feed:
            path.write_text(f"{how}\n{body}", "utf-8")
    elif what == "slug":
        write_seeds(site.seeds, {f"{which}.yml": f"slug: {how}\n"})
    elif what == "forget":
        shutil.rmtree(site.cache, ignore_errors=True)
    elif what == "spoil" and isinstance(which, int):
        pages = sorted(path for path in site.out.rglob("*.md"))
        if pages:
            pages[which % len(pages)].write_text("spoilt", "utf-8")
    elif what in ("page_size", "tags", "tombstones"):
        return replace(site, **{what: which})  # type: ignore[arg-type]
    return site


def note_good(seeds: Path, good: dict[str, dict[str, bytes]]) -> dict[str, bytes]:
    """Return the raw articles with those that have a fault as they last were, as `good` has them.

    It is brought up to date, and has for each article the contents of its file and its sidecar.
    """
    files = contents(seeds)
    texts = {name: text.decode() for name, text in files.items()}
    articles = [name for name in files if not name.endswith(".yml")]
    for name in {*good} - {*articles}:
        del good[name]
    for name in articles:
        sidecar = f"{name}.yml"
        if texts.get(sidecar) == HELD:
            good.pop(name, None)
        elif {texts[name], texts.get(sidecar, "none")}.isdisjoint(FAULTS):
            good[name] = {each: files[each] for each in (name, sidecar) if each in files}
    replaced = {each for name in good for each in (name, f"{name}.yml")}
    whole = {name: text for name, text in files.items() if name not in replaced}
    return whole | {name: text for pair in good.values() for name, text in pair.items()}


@given(st.lists(st.lists(CHANGES, min_size=1, max_size=3), min_size=1, max_size=5))
@settings(max_examples=40)
def test_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[str, object, object]]]
) -> None:
    folder = tmp_path_factory.mktemp("site")
    seeds = {name: raw(i) + GLUED for i, name in enumerate(NAMES)}
    write_seeds(folder / "seeds", seeds)
    site = config(
        folder,
        search=False,
        sources=SOURCES,
        site_url="https://mujaz.example/",
        page_size=5,
        tag_page_articles=2,
    )
    pipeline.update_pages(site, still())
    good: dict[str, dict[str, bytes]] = {}
    note_good(site.seeds, good)
    for number, step in enumerate(step for step in steps):
        for change in step:
            site = changed(site, *change)
            if change[0] == "forget":
                good.clear()
        if unchanged_report(site) is None:
            pipeline.update_pages(site, still())
        scratch = folder / f"scratch-{number}"
        write_seeds(scratch / "seeds", note_good(site.seeds, good))
        nothing = replace(
            site,
            file=scratch / "mkdocs.yml",
            seeds=scratch / "seeds",
            out=scratch / "pages",
            permalinks_file=site.permalinks,
        )
        pipeline.update_pages(nothing, still())
        assert contents(site.out) == contents(nothing.out)
        assert unchanged_report(site) is not None


class Killed(BaseException):
    """Ends a run wherever it is."""


@pytest.mark.parametrize("taken_back", [False, True])
@pytest.mark.parametrize("after", range(0, 60, 7))
def test_a_run_that_is_killed_is_mended(
    after: int, taken_back: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_seeds(tmp_path / "seeds", {name: raw(i) + GLUED for i, name in enumerate(NAMES)})
    site = config(tmp_path, search=False, sources=SOURCES, page_size=5)
    pipeline.update_pages(site, still())
    write_seeds(site.seeds, {NAMES[0]: raw(7) + SHARED, NAMES[1]: raw(8) + SHARED})
    (site.seeds / NAMES[3]).unlink()
    left = after
    replaced = Path.replace

    def killed(self: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        return replaced(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        try:
            pipeline.update_pages(site, still())
        except Killed:
            assert unchanged_report(site) is None
    if taken_back:
        write_seeds(site.seeds, {name: raw(i) + GLUED for i, name in enumerate(NAMES)})
    if unchanged_report(site) is None:
        pipeline.update_pages(site, still())
    scratch = replace(site, file=tmp_path / "else" / "mkdocs.yml", out=tmp_path / "scratch")
    pipeline.update_pages(scratch, still())
    assert contents(site.out) == contents(scratch.out)


@pytest.mark.parametrize(
    ("start", "damage"), [(0, b""), (0, b"x" * 200), (4096, b"\0" * 4096), (9000, b"\xff" * 30000)]
)
def test_a_store_that_is_damaged_is_made_anew(start: int, damage: bytes, tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", {name: raw(i) + GLUED for i, name in enumerate(NAMES)})
    site = config(tmp_path, search=False, sources=SOURCES)
    pipeline.update_pages(site, still())
    path = site.cache / "store.sqlite"
    data = path.read_bytes()
    path.write_bytes(data[:start] + damage + data[start + len(damage) :] if damage else b"")
    write_seeds(site.seeds, {NAMES[0]: raw(7) + SHARED})
    pipeline.update_pages(site, still())
    scratch = replace(site, file=tmp_path / "else" / "mkdocs.yml", out=tmp_path / "scratch")
    pipeline.update_pages(scratch, still())
    assert contents(site.out) == contents(scratch.out)


def test_a_memory_that_is_lost_changes_nothing(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", {name: raw(i) + GLUED for i, name in enumerate(NAMES)})
    site = config(tmp_path, search=False, sources=SOURCES)
    pipeline.update_pages(site, still())
    before = contents(site.out)
    shutil.rmtree(site.cache)
    assert pipeline.update_pages(site, still()).pages_written == 0
    assert contents(site.out) == before


def test_news_of_a_new_day_leave_closed_months_alone(tmp_path: Path) -> None:
    days = [f"2025-0{month}-{day}" for month in (5, 6) for day in range(10, 22)]
    write_seeds(tmp_path / "seeds", {f"{day}.txt": raw(i) for i, day in enumerate(days)})
    write_seeds(tmp_path / "seeds", {"2025-07-01.txt": raw(90), "undated.txt": raw(91)})
    site = config(
        tmp_path, search=False, sources=SOURCES, site_url="https://mujaz.example/", page_size=5
    )
    pipeline.update_pages(site, still())
    before = contents(site.out)
    write_seeds(site.seeds, {"2025-07-02.txt": raw(92)})
    pipeline.update_pages(site, still())
    after = contents(site.out)
    touched = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    assert "archive/2025-07.md" in touched
    assert "archive/2025-05/1.md" in before
    articles = [after[path].decode() for path in touched if path.startswith("articles/")]
    assert len(articles) >= 1
    assert all("\n  created: 2025-07-" in each for each in articles)
    closed = ("archive/2025-05", "archive/2025-06", "archive/undated", "digest/2025-05")
    assert not [path for path in touched if path.startswith((*closed, "digest/2025-06"))]
    # Of each list, the last page, and the one before, which leads to it if it is new.
    pages = defaultdict[str, list[int]](list)
    for folder, _, page in (path[:-3].rpartition("/") for path in after):
        if page.isdigit():
            pages[folder].append(int(page))
    for folder, _, page in (path[:-3].rpartition("/") for path in touched):
        assert not page.isdigit() or int(page) >= max(pages[folder]) - 1
