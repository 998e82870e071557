"""What the module tests share: tables of cases, sample articles, and a small collection."""

from __future__ import annotations

import datetime as dt
import random
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings
from hypothesis import strategies as st
from mujaz import review
from mujaz.arabic.normalise import key
from mujaz.arabic.slugs import digest, slug
from mujaz.compose import Composer
from mujaz.config import Config
from mujaz.delta import Delta
from mujaz.enrich import Duplicates, Enrichment, Stories
from mujaz.library import Library
from mujaz.library.groups import ALL, dependency_key
from mujaz.library.stories import StoryDelta, StoryTables
from mujaz.model import Article, Document, Problem
from mujaz.progress import Report
from mujaz.publish import PagesFolder, SearchIndex
from mujaz.read import files_below, read_paths
from mujaz.site_model import Asset, Page, SearchDocument, Story
from mujaz.state import serialisation
from mujaz.state.database import create_tables, in_memory
from mujaz.state.last_run import inspect, unchanged
from mujaz.state.memo import RememberNothing
from mujaz.state.site_record import MARK

# Properties are about results; how long one takes on a busy machine says nothing.
settings.register_profile("mujaz", settings(), deadline=None)
settings.load_profile("mujaz")

SOURCES = ("السنديانة", "صدى الرابية", "بريد الواحة", "مرصد المرفأ")
_VOCABULARY = (
    "مكتبة حديقة مدرسة نافذة كتاب شجرة نهر جسر طريق سوق قرية بستان زيتون قمح خبز ماء هواء مطر "
    "شتاء صيف ربيع خريف صباح مساء فريق لاعب ملعب كرة جمهور هدف مباراة طالب معلم درس قلم دفتر لوحة "
    "ألوان معرض زائر متحف حجر نقش قطار محطة راكب سائق حافلة تذكرة مقعد سفينة ميناء بحار موج شراع "
    "طبيب دواء مشفى ممرض عيادة لقاح مزارع حصاد بذور تربة محراث نحل عسل زهرة عطر نسيج خيط حرفي نول "
    "خشب نجار مطرقة مسمار باب مفتاح قفل مصباح ضوء ظل قمر نجم سماء غيم رعد برق ثلج جليد نار رماد"
).split()


def cases(file: str, group: str, *, bugs: bool = True) -> list[Any]:
    """Return the cases of one group in `cases/<file>.yml`, each under its name.

    A case with `bug` is one that fails as yet, for the reason it says; without `bugs`, those are
    left out.
    """
    found = case_table(file)[group]
    return [_parameter(case, i) for i, case in enumerate(found) if bugs or not case.get("bug")]


def case_table(file: str) -> Any:
    """Return all of `cases/<file>.yml`."""
    return yaml.safe_load((Path(__file__).parent / "cases" / f"{file}.yml").read_text("utf-8"))


def _parameter(case: Mapping[str, Any], number: int) -> Any:
    bug = case.get("bug")
    marks = [pytest.mark.xfail(strict=True, reason=bug)] if bug else []
    return pytest.param(case, id=str(case.get("name") or number), marks=marks)


def prose(seed: int, length: int = 60) -> str:
    """Return a sentence of `length` words, the same for the same `seed`."""
    return " ".join(random.Random(seed).choices(_VOCABULARY, k=length)) + "."


def sample(number: int, **fields: Any) -> Article:
    """Return an article unlike those of other numbers, as the parser would hand it on."""
    title = fields.pop("title", prose(10_000 + number, 6).rstrip("."))
    source = fields.pop("source", None)
    article: dict[str, Any] = {
        "file": f"{number:03}.txt",
        "id": digest(key(source or ""), key(title)),
        "slug": slug(title),
        "title": title,
        "paragraphs": (prose(number), prose(20_000 + number)),
        "source": source,
    }
    return Article(**{**article, **fields})


def days(count: int) -> Iterator[dt.date]:
    """Yield `count` days in a row."""
    return (dt.date(2025, 1, 1) + dt.timedelta(days=i) for i in range(count))


def config(folder: Path, **fields: Any) -> Config:
    """Return a configuration whose folders lie in `folder`."""
    paths = {
        "file": folder / "mkdocs.yml",
        "seeds": folder / "seeds",
        "out": folder / "pages",
        "site_dir": folder / "site",
        "tag_page_articles": 1,  # small collections have pages of tags as well
    }
    return Config(**{**paths, **fields})


def write_seeds(folder: Path, texts: Mapping[str, str | bytes]) -> Path:
    """Write raw articles by name into `folder`, and return it."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def read_folder(folder: Path) -> list[Document | Problem]:
    """Return what is read of every file below `folder`."""
    names = [str(path.relative_to(folder)) for path in files_below(folder)]
    return [result for _, result in read_paths(folder, names)]


def raw(number: int, *, headline: str = "", dateline: str = "السنديانة:", words: int = 60) -> str:
    """Return a raw article unlike those of other numbers."""
    title = headline or prose(10_000 + number, 6).rstrip(".")
    return "\n\n".join((title, dateline, prose(number, words), prose(20_000 + number, words)))


def index_articles(documents: Sequence[SearchDocument], pages: Path) -> int:
    """Make the search index below `pages` hold exactly `documents`; return how many were indexed.

    What it holds is remembered beside the folder.
    """
    found = {each.id: each for each in documents}
    with closing(sqlite3.connect(pages.with_name(f"{pages.name}.sqlite"))) as base, base:
        create_tables(base)
        index = SearchIndex(base, pages, lambda ids: (found[each] for each in ids))
        present = {each for (each,) in base.execute("select id from indexed_articles")}
        index.apply(Delta(present - found.keys(), documents))
        return index.articles_indexed


def write_pages(texts: Mapping[str, str], folder: Path) -> int:
    """Make our files below `folder` be `texts` (by path); return the number that changed."""
    pages = PagesFolder(folder)
    changed = pages.write(texts.items())
    return len(changed | pages.remove_orphans(texts.keys()))


def breakable(text: str) -> str:
    """Return a page's text with spaces at which lines may end in place of all others."""
    return text.replace("\xa0", " ")


def without_isolates(text: str) -> str:
    """Return `text` without what sets runs apart for the direction of writing."""
    return re.sub("[\u2066-\u2069]", "", text)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below `folder` by path, but for the listing of a site."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARK
    }


def understand(paths: Sequence[Path], settings: Config) -> list[Article | Problem]:
    """Return what each input is understood as, in input order."""
    return [result for result, _ in review.parse(paths, settings)]


def unchanged_report(settings: Config) -> Report | None:
    """Return the report of the last run, if another one would do nothing."""
    return unchanged(inspect(settings))


@dataclass(frozen=True, slots=True)
class Collected:
    """What comes of some articles together."""

    articles: tuple[Article, ...]
    """Newest first; undated ones last."""
    duplicates: Mapping[str, str] = field(default_factory=dict)
    """File of each duplicate -> file of the article that represents it."""
    stories: tuple[Story, ...] = ()
    """The one last reported on first."""
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id of an article -> ids of what to read next."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """Id of a story, or of an article in none -> id of the news topic that it shares."""


def duplicates_in(base: sqlite3.Connection) -> dict[str, str]:
    """Return the file of each duplicate with that of the article that represents it."""
    query = "select file, representative from deduplicated where file <> representative"
    return dict(base.execute(query).fetchall())


def collect(articles: Sequence[Article], tag_table: Mapping[str, Any]) -> Collected:
    """Return what comes of articles that are all there from the beginning."""
    by_file = {article.file: article for article in articles}
    with closing(in_memory()) as base:
        duplicates = Duplicates(base, by_file.__getitem__)
        enrichment = Enrichment(base, tag_table, duplicates.article, RememberNothing())
        library, stories = Library(base), Stories(base)
        changed = library.apply(enrichment.apply(duplicates.apply(Delta(upserted=by_file))))
        stories.apply(library.delta_of(changed))
        ids = [own for _, own in library.articles_of(ALL)]
        return Collected(
            articles=tuple(library.articles(ids)),
            duplicates=duplicates_in(base),
            stories=tuple(
                serialisation.story(library.story_text(own) or "")
                for own in library.latest_story_ids(-1)
            ),
            related={own: tuple(near) for own in ids if (near := library.related(own))},
        )


def compose(collected: Collected, settings: Config) -> Iterator[Page | Asset]:
    """Yield every generated page of articles that are all there from the beginning."""
    with closing(in_memory()) as base:
        library = Library(base)
        keys = library.apply(Delta(upserted=collected.articles))
        for story in collected.stories:
            library.put_story(story)
            for article_id in story.articles:
                library.story_members.put(article_id, story.id)
        for article_id, related in collected.related.items():
            library.put_related(article_id, tuple(related))
        for first_id, topic in collected.topics.items():
            library.news_topic_members.put(first_id, topic)
        keys |= {dependency_key("story", story.id) for story in collected.stories}
        composer = Composer(library, settings)
        targets = [*composer.constant_targets()]
        targets += [each for key in sorted(keys) for each in composer.targets_of(key)]
        yield from filter(None, map(composer.compose, targets))


class StoryKeeper:
    """Stories that are kept up to date, and what is to be seen of them."""

    def __init__(self, base: sqlite3.Connection | None = None) -> None:
        self.base = base or in_memory()
        self._stories, self._tables = Stories(self.base), StoryTables(self.base)
        self.story, self.story_of = self._tables.story, self._tables.story_id_of
        self.news_topic_of = self._tables.news_topic_id_of

    def update(self, removed: Iterable[str], upserted: Iterable[Article]) -> StoryDelta:
        """Apply a change; an id in `removed` may be that of an article that changed."""
        changed = list(upserted)
        gone = {*removed} - {article.id for article in changed}
        return self._stories.apply(Delta(gone, changed))

    def related(self, article_id: str) -> tuple[str, ...]:
        return tuple(self._tables.related(article_id))

    def stories(self) -> list[tuple[str, str, int]]:
        """Return id, last day and size of each story, the one last reported on first."""
        query = "select id, last_day, size from stories order by last_day desc, id"
        return self.base.execute(query).fetchall()


class Kept(dict[str, bytes]):
    """Remembers what is made."""

    def __call__(self, key: str, make: Callable[[], bytes]) -> bytes:
        if key not in self:
            self[key] = make()
        return self[key]


def still() -> Callable[[], float]:
    """Return a clock that stands."""
    return lambda: 0.0


HOSTILE = st.text(
    st.sampled_from(
        "\u0627\u0628\u062a\u0629\u0649 \u064b\u0640\u200c12\u0663\u06f4ABx"
        "<>&[](){}*_`#+-=!|\\/:;'\"~^$%@.,?\u060c\u061f\u2026\u00ab\u00bb\n\t\xa0"
    ),
    max_size=60,
)
"""Text made to be misread by Markdown, HTML, Jinja and YAML."""
ANY_TEXT = st.one_of(st.text(max_size=80), HOSTILE)
