"""What leads, what is kept off the front, and stories that editors join, split and name."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from mujaz import pipeline
from mujaz.compose.edition import Edition
from mujaz.config import Config, load
from mujaz.progress import Report
from mujaz.review import edition_of_day, published_articles, read_library

from tests.support import config, contents, still, write_seeds

FILES = tuple(f"2025-07-14-{number}.txt" for number in range(6))
EVENTS = (0, 0, 2, 2, 4, 5)
"""What each file tells of."""


def _text(number: int, event: int) -> str:
    """Return an article whose words are those of its event alone, in an order of its own."""
    letters = random.Random(event)
    words = ["".join(letters.choices("بتجحدرسصعفقلمنهي", k=6)) for _ in range(60)]
    order = random.Random(1_000 + number)
    lines = [" ".join(order.sample(words, 6)), "السنديانة:"]
    lines += [" ".join(order.sample(words, 50)) + "." for _ in range(2)]
    return "\n\n".join(lines)


@pytest.fixture
def site(tmp_path: Path) -> Config:
    """A site of two stories, 0 with 1 and 2 with 3, and two articles in none."""
    texts = {file: _text(number, EVENTS[number]) for number, file in enumerate(FILES)}
    write_seeds(tmp_path / "seeds", texts)
    (tmp_path / "mkdocs.yml").write_text("site_name: موجز\n", "utf-8")
    return config(tmp_path, search=False)


def _run(site: Config, text: str) -> tuple[Config, Report]:
    """Return the site once an editor says `text`, and the report."""
    write_seeds(site.file.parent / "editorial", {"a.yml": text})
    said = load(site.file, seeds=site.seeds, out=site.out, site_dir=site.site_dir)
    site = replace(site, pins=said.pins, editorial=said.editorial)
    return site, pipeline.update_pages(site, still())


def _stories(site: Config) -> dict[str, str | None]:
    """Return the title of the story of each article, by file."""
    articles = read_library(site, lambda library, _: [*published_articles(library)])
    return {each.article.file: each.story.title if each.story else None for each in articles}


def _groups(site: Config) -> set[frozenset[str]]:
    articles = read_library(site, lambda library, _: [*published_articles(library)])
    groups: dict[str, set[str]] = {}
    for each in articles:
        if each.story:
            groups.setdefault(each.story.id, set()).add(each.article.file[-5])
    return {frozenset(group) for group in groups.values()}


def _edition(site: Config) -> Edition:
    return read_library(site, lambda library, rules: edition_of_day(library, None, rules))


def _files(edition: Edition) -> list[set[str]]:
    return [{card.file for card in entry.cards} for entry in edition.entries]


def test_the_lead_and_the_order(site: Config) -> None:
    said = f"front: {{order: [{FILES[3]}, {FILES[4]}], lead: {FILES[5]}}}"
    edition = _files(_edition(_run(site, said)[0]))
    assert [FILES[number] in edition[place] for place, number in enumerate((5, 3, 4))] == [True] * 3


def test_what_is_kept_off_the_front_stays_published(site: Config) -> None:
    site, report = _run(site, f"الصدارة: {{إخفاء: [{FILES[4]}]}}")
    assert all(FILES[4] not in files for files in _files(_edition(site)))
    assert report.published == len(FILES)
    assert any(FILES[5] in files for files in _files(_edition(site)))


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        ("", {"01", "23"}),
        (f"stories: [{{join: [{FILES[0]}, {FILES[2]}]}}]", {"0123"}),
        (f"stories: [{{join: [{FILES[4]}, {FILES[5]}]}}]", {"01", "23", "45"}),
        (f"stories: [{{join: [{FILES[4]}, {FILES[0]}]}}]", {"014", "23"}),
        (f"stories: [{{split: [{FILES[0]}]}}]", {"23"}),
        (f"stories: [{{split: [{FILES[0]}, {FILES[2]}]}}]", {"02"}),
        (
            f"stories: [{{split: [{FILES[0]}]}}, {{join: [{FILES[0]}, {FILES[4]}]}}]",
            {"04", "23"},
        ),
    ],
)
def test_stories_are_joined_and_split(said: str, groups: set[str], site: Config) -> None:
    before = _groups(_run(site, "")[0])
    assert before == {frozenset("01"), frozenset("23")}
    site, report = _run(site, said)
    assert _groups(site) == {frozenset(group) for group in groups}
    assert not report.doubts
    site, _ = _run(site, "")
    assert _groups(site) == before


def test_an_edited_story_takes_news_in_and_ends_as_a_run_from_nothing(
    site: Config, tmp_path: Path
) -> None:
    said = f"stories: [{{join: [{FILES[0]}, {FILES[4]}], title: عنوان القصة}}]"
    _run(site, said)
    write_seeds(site.seeds, {"2025-07-14-7.txt": _text(7, 0)})
    site, _ = _run(site, said)
    assert frozenset("0147") in _groups(site)
    assert _stories(site)["2025-07-14-7.txt"] == "عنوان القصة"
    (site.seeds / FILES[0]).unlink()
    site, report = _run(site, said)
    assert frozenset("17") in _groups(site)
    assert [FILES[0] in each.reason for each in report.doubts] == [True]
    anew = replace(site, file=tmp_path / "anew" / "mkdocs.yml", out=tmp_path / "anew" / "pages")
    pipeline.update_pages(anew, still())
    pages = {path: text for path, text in contents(site.out).items() if "stories" in path}
    assert pages
    assert pages.keys() <= contents(anew.out).keys() | {p for p in pages if b"redirect" in pages[p]}


def test_a_title_is_that_of_the_story_everywhere_and_can_be_taken_back(site: Config) -> None:
    before = _stories(_run(site, "")[0])
    site, _ = _run(site, f"القصص: [{{القصة: {FILES[1]}, العنوان: عنوان من المحرر}}]")
    assert _stories(site)[FILES[0]] == _stories(site)[FILES[1]] == "عنوان من المحرر"
    texts = b"".join(contents(site.out).values()).decode("utf-8", "replace")
    assert "عنوان من المحرر" in texts
    assert _stories(_run(site, "")[0]) == before


def test_refs_that_name_nothing_are_told(site: Config) -> None:
    said = "front: {lead: gone.txt}\nstories: [{join: [a, b]}]\n"
    _, report = _run(site, said)
    assert [each.file for each in report.doubts] == [
        "editorial/a.yml, line 2",
        "editorial/a.yml, line 2",
        "editorial/a.yml, line 1",
    ]
