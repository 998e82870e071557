"""Addresses outlive corrections, renames and lost state; what moved leaves a way behind it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from mujaz import pipeline, review
from mujaz.config import Config
from mujaz.config.folders import check_folders
from mujaz.errors import ConfigError, MujazError

from tests.support import (
    SOURCES,
    config,
    contents,
    prose,
    raw,
    still,
    unchanged_report,
    write_seeds,
)

GLUED = "\n\nآخر الأخبار\n" + " ".join(raw(i).split("\n")[0] for i in range(5))
OLD, NEW = "عنوان أول للخبر", "عنوان مصحح تماما"


@pytest.fixture(autouse=True, scope="module")
def _without_fonts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mujaz.publish.output.fonts.subset_fonts", lambda folder: ())
        yield


def site(folder: Path, texts: dict[str, str], **fields: Any) -> Config:
    write_seeds(folder / "seeds", texts)
    settings = config(
        folder, search=False, sources=SOURCES, site_url="https://mujaz.example/", **fields
    )
    run(settings)
    return settings


def run(settings: Config) -> None:
    """Run, and hold the law: the pages are those of a run from nothing with the same file."""
    pipeline.update_pages(settings, still())
    assert unchanged_report(settings) is not None
    scratch = settings.file.parent / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    nothing = replace(settings, file=scratch / "mkdocs.yml", out=scratch / "pages")
    remembered = text_of(settings)
    pipeline.update_pages(nothing, still())
    assert contents(settings.out) == contents(nothing.out)
    assert text_of(settings) == remembered


def text_of(settings: Config) -> str:
    return settings.permalinks.read_text("utf-8") if settings.permalinks.exists() else ""


def pages(settings: Config, template: str = "article") -> set[str]:
    """Return the names of pages of a kind of template."""
    return {
        path.stem
        for path in settings.out.glob("articles/*.md")
        if f"\ntemplate: {template}.html\n" in "\n" + path.read_text("utf-8").removeprefix("---\n")
    }


def feed(*entries: tuple[str, str, str]) -> str:
    items = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title>"
        f"<description>{text}</description></item>"
        for guid, title, text in entries
    )
    return f"<rss version='2.0'><channel><title>السنديانة</title>{items}</channel></rss>"


def record(guid: str, title: str, text: str) -> str:
    return json.dumps({"id": guid, "title": title, "text": text}, ensure_ascii=False)


G1, G2 = "tag:a.example,2025:1", "tag:a.example,2025:2"
DAY = "2025-07-14-"
CORRECTIONS: Mapping[str, tuple[dict[str, str], dict[str, str | None]]] = {
    "the same file": ({"a.txt": raw(1, headline=OLD)}, {"a.txt": raw(1, headline=NEW)}),
    "a letter that is folded": (
        {"a.txt": raw(1, headline="أخبار النهر")},
        {"a.txt": raw(1, headline="اخبار النهر")},
    ),
    "an entry of a feed that moved on": (
        {"f.xml": feed((G1, OLD, prose(1)))},
        {"f.xml": feed((G2, "خبر آخر", prose(2)), (G1, NEW, prose(3)))},
    ),
    "a record in another export": (
        {"a.jsonl": record(G1, OLD, prose(1)) + "\n" + record(G2, "غيره", prose(2))},
        {
            "a.jsonl": None,
            "b.jsonl": record(G2, "غيره", prose(2)) + "\n" + record(G1, NEW, prose(1)),
        },
    ),
    "another file of the same source and day": (
        {f"{DAY}a.txt": raw(1, headline=OLD)},
        {f"{DAY}a.txt": None, f"{DAY}b.txt": raw(1, headline=NEW)},
    ),
    "a fuller duplicate of another source": (
        {"a.txt": raw(1, headline=OLD)},
        {"b.txt": raw(1, headline=NEW, dateline="صدى الرابية:") + " وزاد سطر."},
    ),
    "the duplicate that is left": (
        {"a.txt": raw(1, headline=OLD) + " وزاد سطر.", "b.txt": raw(1, headline=NEW)},
        {"a.txt": None},
    ),
}


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("name", CORRECTIONS)
def test_a_corrected_article_keeps_its_address(name: str, lost: bool, tmp_path: Path) -> None:
    before, changes = CORRECTIONS[name]
    settings = site(tmp_path, {**before, "other.txt": raw(9)})
    addresses = pages(settings)
    change(settings, changes)
    if lost:
        shutil.rmtree(settings.cache)
    run(settings)
    assert addresses <= pages(settings)
    assert not pages(settings, "redirect")
    assert "\npin\t" in text_of(settings)


def change(settings: Config, changes: dict[str, str | None]) -> None:
    for file, text in changes.items():
        (settings.seeds / file).unlink() if text is None else write_seeds(
            settings.seeds, {file: text}
        )


def test_an_address_given_by_an_editor_leaves_a_redirect(tmp_path: Path) -> None:
    settings = site(tmp_path, {"a.txt": raw(1, headline=OLD)})
    (first,) = pages(settings)
    article_id = first.rpartition("-")[2]
    for name in ("أول", "ثان"):
        change(settings, {"a.yml": f"slug: {name}"})
        run(settings)
    assert pages(settings) == {f"ثان-{article_id}"}
    assert pages(settings, "redirect") == {first, f"أول-{article_id}"}
    for path in settings.out.glob("articles/*.md"):
        text = path.read_text("utf-8")
        assert path.stem == f"ثان-{article_id}" or f"](ثان-{article_id}.md)" in text
    rules = (settings.out / "_redirects").read_text("utf-8")
    assert rules.count(f"{quote('ثان')}-{article_id}/ 301\n") == 2
    change(settings, {"a.txt": None, "a.yml": None})
    run(settings)
    assert not list(settings.out.glob("articles/*.md"))
    assert not (settings.out / "_redirects").exists()


def test_articles_that_become_one_leave_a_redirect(tmp_path: Path) -> None:
    settings = site(tmp_path, {"a.txt": raw(1, headline=OLD), "b.txt": raw(2, headline=NEW)})
    assert len(pages(settings)) == 2
    change(settings, {"b.txt": raw(1, headline=NEW) + " وزاد سطر."})
    run(settings)
    assert len(pages(settings)) == len(pages(settings, "redirect")) == 1
    change(settings, {"b.txt": raw(2, headline=NEW)})
    run(settings)
    assert len(pages(settings)) == 2
    assert not pages(settings, "redirect")


def test_another_article_in_the_same_file_is_another_article(tmp_path: Path) -> None:
    settings = site(tmp_path, {"a.txt": raw(1, headline=OLD)})
    before = pages(settings)
    change(settings, {"a.txt": raw(2, headline=NEW)})
    run(settings)
    assert not before & pages(settings)
    assert not text_of(settings)


def test_an_older_article_of_the_same_headline_takes_no_address(tmp_path: Path) -> None:
    settings = site(tmp_path, {"2025-07-14-a.txt": raw(1, headline=OLD)})
    (first,) = pages(settings)
    change(settings, {"2025-07-01-b.txt": raw(2, headline=OLD)})
    run(settings)
    assert len(pages(settings)) == 2
    assert "file: 2025-07-14-a.txt" in (settings.out / f"articles/{first}.md").read_text("utf-8")


def test_the_old_headline_of_another_article_takes_no_address(tmp_path: Path) -> None:
    settings = site(tmp_path, {"a.txt": raw(1, headline=OLD)})
    (first,) = pages(settings)
    change(settings, {"a.txt": raw(1, headline=NEW)})
    run(settings)
    change(settings, {"b.txt": raw(2, headline=OLD)})
    run(settings)
    assert len(pages(settings)) == 2
    assert "file: a.txt" in (settings.out / f"articles/{first}.md").read_text("utf-8")
    change(settings, {"a.txt": raw(1, headline=OLD)})
    run(settings)
    assert "file: a.txt" in (settings.out / f"articles/{first}.md").read_text("utf-8")


@pytest.mark.parametrize("wanted", [True, False])
def test_tombstones_stand_where_they_are_wanted(wanted: bool, tmp_path: Path) -> None:
    texts = {"a.txt": raw(1, headline=OLD), "b.txt": raw(2)}
    settings = site(tmp_path, texts, tombstones=wanted)
    before = pages(settings)
    change(settings, {"a.txt": None})
    run(settings)
    assert pages(settings, "tombstone") == (before - pages(settings) if wanted else set())
    for name in pages(settings, "tombstone"):
        assert OLD not in (settings.out / f"articles/{name}.md").read_text("utf-8")
    listed = {
        p: t for p, t in contents(settings.out).items() if not p.startswith((".", "articles"))
    }
    assert not [path for path, text in listed.items() if quote("أول").encode() in text]
    assert not [path for path, text in listed.items() if "عنوان-أول".encode() in text]
    change(settings, {"a.txt": texts["a.txt"]})
    run(settings)
    assert pages(settings) == before
    assert not pages(settings, "tombstone")


def test_the_editor_of_the_file_wins(tmp_path: Path) -> None:
    settings = site(tmp_path, {"a.txt": raw(1, headline=OLD)})
    change(settings, {"a.txt": raw(1, headline=NEW)})
    (first,) = pages(settings)
    run(settings)
    text = text_of(settings).replace(f"\tarticles/{first}\n", "\tarticles/باختيار-محرر\n")
    settings.permalinks.write_text(f"{text}# ملاحظة\nسطر تالف\n", "utf-8")
    assert unchanged_report(settings) is None
    run(settings)
    assert pages(settings) == {"باختيار-محرر"}
    assert pages(settings, "redirect") == {first}
    assert "# ملاحظة\nسطر تالف\n" in text_of(settings)
    doubts = review.check(settings, still()).doubts
    assert [doubt.reason for doubt in doubts if doubt.file == settings.permalinks.name]


@pytest.mark.parametrize(
    "live", ["redirect\tarticles/{0}\tarticles/{1}", "tombstone\tarticles/{0}"]
)
def test_nothing_shadows_a_page(live: str, tmp_path: Path) -> None:
    settings = site(tmp_path, {"a.txt": raw(1), "b.txt": raw(2)}, tombstones=True)
    before = contents(settings.out)
    settings.permalinks.write_text(live.format(*sorted(pages(settings))) + "\n", "utf-8")
    (settings.out / "_redirects").write_text("/by-hand /here 301\n", "utf-8")
    pipeline.update_pages(settings, still())
    assert contents(settings.out) == {**before, "_redirects": b"/by-hand /here 301\n"}


def stories(settings: Config, template: str) -> set[str]:
    return {
        path.stem
        for path in settings.out.glob("stories/*.md")
        if f"template: {template}.html\n" in path.read_text("utf-8") and path.stem != "index"
    }


def test_a_story_leads_on_when_it_begins_otherwise(tmp_path: Path) -> None:
    texts = {f"2025-07-1{day}.txt": raw(day) + GLUED for day in range(1, 4)}
    settings = site(tmp_path, texts)
    (before,) = stories(settings, "listing")
    change(settings, {"2025-07-10.txt": raw(7) + GLUED})
    run(settings)
    (after,) = stories(settings, "listing")
    assert before != after
    assert stories(settings, "redirect") == {before}
    assert f"to: ../../stories/{after}/\n" in (settings.out / f"stories/{before}.md").read_text(
        "utf-8"
    )
    change(settings, {"2025-07-10.txt": None})
    run(settings)
    assert stories(settings, "listing") == {before}
    assert not stories(settings, "redirect")


def test_another_folder_of_articles_is_another_site(tmp_path: Path) -> None:
    settings = site(tmp_path, {"a.txt": raw(1), "b.txt": raw(2)}, tombstones=True)
    for lost in (False, True):
        other = replace(settings, seeds=tmp_path / f"other-{lost}")
        write_seeds(other.seeds, {"c.txt": raw(3), "d.txt": raw(4)})
        if lost:
            shutil.rmtree(settings.cache)
        run(other)
        assert not text_of(other)


def test_a_run_that_ends_before_it_is_recorded_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = site(tmp_path, {"a.txt": raw(1, headline=OLD)})
    before = pages(settings)
    change(settings, {"a.txt": raw(1, headline=NEW)})
    with monkeypatch.context() as patch:
        patch.setattr("mujaz.library.StalePages.compose", _fail)
        with pytest.raises(KeyboardInterrupt):
            pipeline.update_pages(settings, still())
    remembered = text_of(settings)
    assert remembered
    run(settings)
    assert pages(settings) == before
    assert text_of(settings) == remembered


def _fail(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_place_where_nobody_may_write_is_said(tmp_path: Path) -> None:
    place = tmp_path / "a folder"
    settings = site(
        tmp_path, {"a.txt": raw(1, headline=OLD)}, permalinks_file=place / "x" / "p.tsv"
    )
    place.write_text("no folder", "utf-8")
    before = contents(settings.out)
    change(settings, {"a.txt": raw(1, headline=NEW)})
    with pytest.raises(MujazError, match="a folder"):
        pipeline.update_pages(settings, still())
    assert contents(settings.out) == before
    place.unlink()
    run(settings)
    assert "\npin\t" in text_of(settings)


@pytest.mark.parametrize("folder", ["seeds", "pages/x", "site"])
def test_the_permalinks_file_lies_outside_of_other_folders(folder: str, tmp_path: Path) -> None:
    settings = config(tmp_path, permalinks_file=tmp_path / folder / "p.tsv")
    settings.seeds.mkdir()
    with pytest.raises(ConfigError, match="permalinks"):
        check_folders(settings)
