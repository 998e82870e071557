"""Index pages: all headlines, all tags, and one page for each tag."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from generator.arabic.calendars import date_text
from generator.arabic.numerals import ARTICLE, TAG, counted
from generator.compose.addresses import HEADLINES, TAGS, numbered
from generator.compose.cards import lines
from generator.compose.markdown import blocks, escape, link, relative
from generator.model import Article, Page, Tag, TagKind

_UNDATED = "أخبار بلا تاريخ"
_KINDS: Mapping[TagKind, str] = {
    "person": "أشخاص",
    "place": "أماكن",
    "organisation": "هيئات",
    "topic": "موضوعات",
}


def headline_pages(articles: Sequence[Article], size: int) -> Iterator[Page]:
    """Yield `/headlines/` and its numbered pages."""
    yield from _index(
        HEADLINES, "العناوين", "كل العناوين، الأحدث أولاً", articles, size, "headlines"
    )


def tag_pages(
    tagged: Mapping[Tag, Sequence[Article]], paths: Mapping[str, str], size: int
) -> Iterator[Page]:
    """Yield `/tags/` and a page, or several, for each tag. `paths` are pages by tag name."""
    by_kind: dict[TagKind, list[tuple[str, int]]] = defaultdict(list)
    for tag, articles in tagged.items():
        by_kind[tag.kind].append((tag.name, len(articles)))
        description = f"ما نُشر هنا عن: {tag.name}"
        yield from _index(paths[tag.name], tag.name, description, articles, size, "tag")
    parts = []
    for kind, heading in _KINDS.items():
        if by_kind[kind]:
            ordered = sorted(by_kind[kind], key=lambda entry: (-entry[1], entry[0]))
            entries = (
                f"- {link(name, paths[name], TAGS)} {counted(count, ARTICLE)}"
                for name, count in ordered
            )
            parts += [f"## {heading}", "\n".join(entries)]
    meta = _meta(
        "الوسوم",
        "الأماكن والأشخاص والموضوعات التي تتناولها الأخبار",
        "tags",
        [article for articles in tagged.values() for article in articles],
        counted(len(tagged), TAG),
    )
    yield Page(TAGS, meta, blocks(parts or ["لا وسوم بعد."]))


def _index(
    path: str, title: str, description: str, articles: Sequence[Article], size: int, kind: str
) -> Iterator[Page]:
    """Yield an index's front page and its numbered pages.

    Numbered pages are filled oldest first, so that a new article changes only the last of them.
    Undated articles have a series of their own: where they belong among the others, nobody knows.
    """
    dated = [article for article in articles if article.date]
    undated = [article for article in articles if not article.date]
    front = [*dated[:size], *undated[: size - len(dated[:size])]]
    several = len(front) < len(articles)
    parts = [_by_day(front, path)]
    if several:
        last_dated, last_undated = _pages_of(dated, size), _pages_of(undated, size)
        ways = []
        if last_dated:
            ways.append(f"[الأرشيف]({relative(numbered(path, last_dated), path)})")
        if last_undated:
            older = relative(numbered(path, f"undated-{last_undated}"), path)
            ways.append(f"[{_UNDATED}]({older})")
        parts.append(" · ".join(ways))
    meta = _meta(title, description, kind, articles, counted(len(articles), ARTICLE))
    yield Page(path, meta, blocks(parts))
    if several:
        yield from _numbered(path, title, dated, size, kind, "")
        yield from _numbered(path, title, undated, size, kind, "undated-")


def _pages_of(articles: Sequence[Article], size: int) -> int:
    return -(-len(articles) // size)


def _numbered(
    path: str, title: str, articles: Sequence[Article], size: int, kind: str, prefix: str
) -> Iterator[Page]:
    oldest_first = list(articles)[::-1]
    last = _pages_of(articles, size)
    for number in range(1, last + 1):
        here = numbered(path, f"{prefix}{number}")
        chunk = oldest_first[(number - 1) * size : number * size][::-1]
        ways = []
        if number > 1:
            ways.append(f"[الأقدم]({relative(numbered(path, f'{prefix}{number - 1}'), here)})")
        if number < last:
            ways.append(f"[الأحدث]({relative(numbered(path, f'{prefix}{number + 1}'), here)})")
        else:
            ways.append(f"[الأحدث]({relative(path, here)})")
        what = f"{title}: {_UNDATED}، صفحة {number}" if prefix else f"{title}: صفحة {number}"
        meta = _meta(what, what, kind, chunk)
        yield Page(here, meta, blocks([_by_day(chunk, here), " · ".join(ways)]))


def _by_day(articles: Sequence[Article], page: str) -> str:
    """Return articles under the day of their publication."""

    def day_of(article: Article) -> dt.date | None:
        return article.date

    parts = []
    for day, group in groupby(articles, key=day_of):
        parts += [f"## {escape(date_text(day)) if day else _UNDATED}", lines(group, page)]
    return blocks(parts) if parts else "لا مقالات بعد."


def _meta(
    title: str, description: str, kind: str, articles: Sequence[Article], summary: str = ""
) -> dict[str, Any]:
    """Return an index's front matter; its date is that of the newest of its `articles`."""
    newest = max((article.date for article in articles if article.date), default=None)
    ours = {"kind": kind, "summary": summary, "date_iso": newest.isoformat() if newest else ""}
    return {
        "template": "listing.html",
        "title": title,
        "description": description,
        "mujaz": {key: value for key, value in ours.items() if value},
    }
