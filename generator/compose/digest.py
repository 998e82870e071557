"""The digest: what happened on a day or in a week, each story once, the most covered first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.arabic.numerals import ARTICLE, STORY
from generator.arabic.wording import Wording
from generator.compose.addresses import (
    ARCHIVE,
    DIGEST,
    HEADLINES,
    UNDATED_ARCHIVE,
    day_path,
    story_path,
    week_path,
)
from generator.compose.cards import card, lines
from generator.compose.listing import UNDATED, listing_meta
from generator.compose.markdown import blocks, link
from generator.model import Article, Page, Story

_DAYS = 14
"""Days that the digest's front page leads to; older ones are reached by the archive."""
_IN_FULL = 30
"""Entries of a page that show their summary; the others only their headline."""
_UNDATED_SHOWN = 10


class Entry(NamedTuple):
    """One story in a day's or a week's news."""

    leader: Article
    """The member that says most."""
    members: tuple[Article, ...]
    """Its articles of that time, newest first."""
    story: Story | None

    @property
    def sources(self) -> tuple[str, ...]:
        """The papers that reported it, in the order of its members."""
        names = (name for each in self.members for name in (each.source, *each.also_in))
        return tuple(dict.fromkeys(filter(None, names)))

    def card(self, page: str, say: Wording, *, level: int = 3) -> str:
        """Return it as a list item for `page`."""
        whole = ""
        if self.story and len(self.story.articles) > 1:
            told = f"القصة كاملة: {say.counted(len(self.story.articles), ARTICLE)}"
            whole = link(told, story_path(self.story), page)
        return card(self.leader, page, say, level=level, sources=self.sources, below=whole)


def entries(articles: Sequence[Article], stories: Mapping[str, Story]) -> list[Entry]:
    """Return the stories of `articles`, which come newest first; `stories` are by article id.

    Those that more papers reported come first, then those with more articles, then the newest.
    """
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        story = stories.get(article.id)
        groups[f"story {story.id}" if story else article.id].append(article)
    found = [
        Entry(
            max(own, key=lambda each: sum(map(len, each.paragraphs))),
            tuple(own),
            stories.get(own[0].id),
        )
        for own in groups.values()
    ]
    # Sorting is stable: what is equal stays newest first.
    return sorted(found, key=lambda entry: (-len(entry.sources), -len(entry.members)))


def digest_pages(
    articles: Sequence[Article], stories: Mapping[str, Story], say: Wording
) -> Iterator[Page]:
    """Yield `/digest/`, and a page for each day and each week (Monday to Sunday)."""
    days: dict[dt.date, list[Article]] = defaultdict(list)
    weeks: dict[dt.date, list[Article]] = defaultdict(list)
    for article in articles:
        if article.date:
            days[article.date].append(article)
            weeks[article.date - dt.timedelta(article.date.weekday())].append(article)
    ordered = sorted(days)
    for day, own in days.items():
        yield _day_page(day, own, stories, ordered, say)
    for monday, own in weeks.items():
        yield _week_page(monday, own, stories, days, say)
    yield _front_page(articles, days, weeks, stories, say)


def _day_page(
    day: dt.date,
    own: Sequence[Article],
    stories: Mapping[str, Story],
    days: Sequence[dt.date],
    say: Wording,
) -> Page:
    path = day_path(day)
    found = entries(own, stories)
    at = days.index(day)
    ways = [link("موجز الأسبوع", week_path(day), path)]
    if at:
        ways.insert(0, link(f"قبله: {say.date(days[at - 1])}", day_path(days[at - 1]), path))
    if at + 1 < len(days):
        ways.append(link(f"بعده: {say.date(days[at + 1])}", day_path(days[at + 1]), path))
    title = f"موجز {say.date(day)}"
    meta = listing_meta(
        title, f"أخبار {say.date(day)} في صفحة واحدة", "digest", own, _told(found, say)
    )
    return Page(path, meta, blocks([*_entry_lists(found, path, say), " · ".join(ways)]))


def _week_page(
    monday: dt.date,
    own: Sequence[Article],
    stories: Mapping[str, Story],
    days: Mapping[dt.date, Sequence[Article]],
    say: Wording,
) -> Page:
    path = week_path(monday)
    found = entries(own, stories)
    sunday = monday + dt.timedelta(6)
    span = say.span(monday, sunday)
    week = [day for day in sorted(days) if monday <= day <= sunday]
    by_day = "\n".join(
        f"- {link(say.date(day), day_path(day), path)} {say.counted(len(days[day]), ARTICLE)}"
        for day in week
    )
    title, description = f"موجز الأسبوع {span}", f"أخبار الأسبوع {span}"
    meta = listing_meta(title, description, "digest", own, _told(found, say))
    parts = [*_entry_lists(found[:_IN_FULL], path, say), "## يوماً بيوم", by_day]
    return Page(path, meta, blocks(parts))


def _front_page(
    articles: Sequence[Article],
    days: Mapping[dt.date, Sequence[Article]],
    weeks: Mapping[dt.date, Sequence[Article]],
    stories: Mapping[str, Story],
    say: Wording,
) -> Page:
    parts: list[str] = []
    latest: list[Entry] = []
    ordered = sorted(days, reverse=True)
    if ordered:
        latest = entries(days[ordered[0]], stories)
        parts += _entry_lists(latest, DIGEST, say)
        told = (
            f"- {link(say.date(day), day_path(day), DIGEST)} {say.counted(len(days[day]), ARTICLE)}"
            for day in ordered[:_DAYS]
        )
        parts += ["## الأيام", "\n".join(told)]
        recent = sorted(weeks, reverse=True)[: _DAYS // 2]
        told = (
            f"- {link(say.span(day, day + dt.timedelta(6)), week_path(day), DIGEST)} "
            f"{say.counted(len(weeks[day]), ARTICLE)}"
            for day in recent
        )
        parts += ["## الأسابيع", "\n".join(told)]
    undated = [article for article in articles if not article.date]
    if undated:
        parts += [f"## {UNDATED}", lines(undated[:_UNDATED_SHOWN], DIGEST)]
        if len(undated) > _UNDATED_SHOWN:
            parts.append(link("كل ما لا تاريخ له", UNDATED_ARCHIVE, DIGEST))
    parts.append(f"{link('الأرشيف', ARCHIVE, DIGEST)} · {link('كل العناوين', HEADLINES, DIGEST)}")
    newest = say.date(ordered[0]) if ordered else ""
    title = f"موجز {newest}".strip()
    meta = listing_meta(
        title, "أخبار أحدث يوم في صفحة واحدة", "digest", articles, _told(latest, say)
    )
    return Page(DIGEST, meta, blocks(parts))


def _entry_lists(found: Sequence[Entry], page: str, say: Wording) -> list[str]:
    shown = "\n".join(entry.card(page, say) for entry in found[:_IN_FULL])
    parts = ["## أبرز الأخبار", shown]
    if len(found) > _IN_FULL:
        parts += ["## وأيضاً", lines((entry.leader for entry in found[_IN_FULL:]), page)]
    return parts


def _told(found: Sequence[Entry], say: Wording) -> str:
    number = sum(len(entry.members) for entry in found)
    if number == len(found):
        return say.counted(number, ARTICLE)
    return f"{say.counted(len(found), STORY)} في {say.counted(number, ARTICLE)}"
