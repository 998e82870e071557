"""Corrections of single articles: by every name, one entry of a feed, gone, hidden, taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from mujaz import pipeline
from mujaz.config import Config
from mujaz.config.editorial import read_editorial
from mujaz.model import Article
from mujaz.progress import Report
from mujaz.review import parse, published_articles, read_library

from tests.support import config, contents, prose, still, write_seeds

ADDRESS = "https://paper.example/news/1"


def _record(number: int) -> dict[str, str]:
    return {
        "title": prose(10_000 + number, 6).rstrip("."),
        "text": f"{prose(number)}\n{prose(20_000 + number)}",
        "source": "السنديانة",
        "date": "2025-07-14",
        "url": f"https://paper.example/news/{number}/",
        "guid": f"tag:paper.example,2025:{number}",
    }


@pytest.fixture
def site(tmp_path: Path) -> Config:
    records = "\n".join(json.dumps(_record(number)) for number in range(12))
    write_seeds(tmp_path / "seeds", {"export.jsonl": records})
    return config(tmp_path, search=False)


def _run(site: Config, text: str = "") -> tuple[dict[str, dict[str, object]], Report]:
    """Return the published articles by file, and the report, once an editor says `text`."""
    folder = site.file.parent / "editorial"
    write_seeds(folder, {"a.yml": text})
    site = replace(site, editorial=read_editorial(folder))
    report = pipeline.update_pages(site, still())
    articles = read_library(site, lambda library, _: [*published_articles(library)])
    return {each.article.file: _shown(each.article) for each in articles}, report


def _shown(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in ("id", "slug", "title", "source", "date")}


def _ref(kind: str, articles: dict[str, dict[str, object]]) -> str:
    article = articles["export.jsonl#2"]
    return {
        "file": "export.jsonl#2",
        "address": ADDRESS,
        "address with a slash": f"{ADDRESS}/",
        "guid": "tag:paper.example,2025:1",
        "id": str(article["id"]),
        "address here": f"https://site.example/articles/{article['slug']}-{article['id']}/",
    }[kind]


KINDS = ("file", "address", "address with a slash", "guid", "id", "address here")


@pytest.mark.parametrize("kind", KINDS)
def test_an_article_is_corrected_by_each_of_its_names(kind: str, site: Config) -> None:
    before, _ = _run(site)
    after, report = _run(site, f"articles:\n  '{_ref(kind, before)}': {{العنوان: عنوان مصحح}}\n")
    assert not report.doubts
    changed = {file for file in before if before[file] != after[file]}
    assert changed == {"export.jsonl#2"}
    now = after["export.jsonl#2"]
    assert now["title"] == "عنوان مصحح"
    assert (now["id"], now["slug"]) == (
        before["export.jsonl#2"]["id"],
        before["export.jsonl#2"]["slug"],
    )
    assert _run(site)[0] == before


def test_an_update_ends_as_a_run_from_nothing_does(site: Config, tmp_path: Path) -> None:
    said = f"articles:\n  '{ADDRESS}': {{source: صدى الرابية, date: 2025-07-13}}\n"
    _run(site)
    _run(site, said)
    anew = replace(site, file=tmp_path / "anew" / "mkdocs.yml", out=tmp_path / "anew" / "pages")
    _run(anew, said)
    assert contents(site.out) == contents(anew.out)


def test_for_one_correction_nothing_is_read_again(
    site: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(site)
    monkeypatch.setattr("mujaz.ingest.read_paths", lambda folder, paths: iter(()))
    after, _ = _run(site, f"articles:\n  '{ADDRESS}': {{title: عنوان مصحح}}\n")
    assert after["export.jsonl#2"]["title"] == "عنوان مصحح"


def test_hidden_articles_wait(site: Config) -> None:
    before, _ = _run(site)
    after, report = _run(site, f"articles:\n  '{ADDRESS}': {{إخفاء: نعم}}\n")
    assert before.keys() - after.keys() == {"export.jsonl#2"}
    assert (report.held, report.published) == (1, 11)
    assert _run(site)[0] == before


def test_what_cannot_be_followed_is_told(site: Config) -> None:
    before, _ = _run(site)
    said = f"articles:\n  gone.txt: {{title: ع}}\n  '{ADDRESS}': {{titel: ع}}\n"
    after, report = _run(site, said)
    assert after == before
    gone, slip = report.doubts
    assert gone.file == "editorial/a.yml, line 2"
    assert "`gone.txt`, which is no article here" in gone.reason
    assert "did you mean `title`?" in slip.reason


def test_the_later_of_two_corrections_counts(site: Config) -> None:
    said = f"articles:\n  '{ADDRESS}': {{title: أول, source: صدى الرابية}}\n"
    write_seeds(
        site.file.parent / "editorial", {"z.yml": "articles: {'export.jsonl#2': {title: ثان}}"}
    )
    article = _run(site, said)[0]["export.jsonl#2"]
    assert (article["title"], article["source"]) == ("ثان", "صدى الرابية")


def test_a_folder_that_says_nothing_changes_nothing(site: Config) -> None:
    pipeline.update_pages(site, still())
    before = contents(site.out)
    _run(site, "# nothing yet\n")
    assert contents(site.out) == before


def test_parse_shows_what_is_corrected(site: Config) -> None:
    write_seeds(
        site.file.parent / "editorial", {"a.yml": "articles: {'export.jsonl#2': {title: ع}}"}
    )
    said = replace(site, editorial=read_editorial(site.file.parent / "editorial"))
    results = parse([site.seeds / "export.jsonl"], said)
    assert [result.title == "ع" for result, _ in results[:3] if isinstance(result, Article)] == [
        False,
        True,
        False,
    ]
