"""The home page: the latest day's digest, stories that go on, and each section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, takewhile
from typing import Any

from generator.arabic.numerals import ARTICLE
from generator.arabic.wording import Wording
from generator.compose.addresses import (
    ARCHIVE,
    HEADLINES,
    HOME,
    day_path,
    section_path,
    week_path,
)
from generator.compose.cards import card
from generator.compose.digest import Entry, entries
from generator.compose.markdown import blocks, link
from generator.compose.stories import newest_of, story_card
from generator.data import table
from generator.model import Article, Page, Story

_LATEST = 6
_IN_SECTION = 3
_STORIES = 3
_LONG_STORY = 3
"""Articles from which a story is shown as one that goes on."""


def home_page(
    articles: Sequence[Article],
    stories: Sequence[Story],
    story_of: Mapping[str, Story],
    site_name: str,
    description: str,
    say: Wording,
) -> Page:
    """Return the home page. "Today" is the newest article's day, so no clock is asked."""
    parts: list[str] = []
    newest = articles[0].date if articles else None
    if articles:
        lead, *latest = _latest(articles, story_of)
        parts += [lead.card(HOME, say, level=2), _digests(articles, say)]
        if latest:
            parts += ["## أحدث الأخبار", "\n".join(entry.card(HOME, say) for entry in latest)]
        going_on = [story for story in stories if len(story.articles) >= _LONG_STORY][:_STORIES]
        if going_on:
            by_id = {article.id: article for article in articles}
            told = (story_card(story, newest_of(story, by_id), HOME, say) for story in going_on)
            parts += ["## قصص متتابعة", "\n".join(told)]
        shown = {member.id for entry in (lead, *latest) for member in entry.members}
        shown |= {member for story in going_on for member in story.articles}
        for section, more in _sections(articles, shown, story_of):
            cards = (card(article, HOME, say, kicker=False) for article in more)
            parts += [f"## {link(section, section_path(section), HOME)}", "\n".join(cards)]
        parts.append(f"{link('كل العناوين', HEADLINES, HOME)} {link('الأرشيف', ARCHIVE, HOME)}")
    else:
        parts.append("لا أخبار بعد: ضع مقالات في مجلد المصادر ثم أعد البناء.")
    meta: dict[str, Any] = {
        "template": "home.html",
        "title": site_name,
        "description": description or site_name,
        "mujaz": {"kind": "home"},
    }
    if newest:
        meta["mujaz"] |= {
            "date_text": say.weekday(newest),
            "hijri_text": say.hijri(newest),
            "date_iso": newest.isoformat(),
        }
    return Page(HOME, meta, blocks(parts))


def _latest(articles: Sequence[Article], story_of: Mapping[str, Story]) -> list[Entry]:
    """Return the lead story and the latest: the newest day's digest, then that of the day before.

    A story stands once, on its latest day.
    """
    found: list[Entry] = []
    told: set[str] = set()
    for _, group in groupby(articles, key=lambda article: article.date):
        fresh = [each for each in group if each.id not in told]
        for entry in entries(fresh, story_of):
            found.append(entry)
            told |= set(entry.story.articles) if entry.story else {entry.leader.id}
        if len(found) > _LATEST:
            break
    return found[: _LATEST + 1]


def _sections(
    articles: Sequence[Article], shown: set[str], story_of: Mapping[str, Story]
) -> Iterator[tuple[str, list[Article]]]:
    """Yield each section with its newest articles that are not shown above, a story's one once."""
    for section in (entry["label"] for entry in table("categories").values()):
        told, more = set(shown), []
        for article in articles:
            if article.category == section and article.id not in told:
                more.append(article)
                story = story_of.get(article.id)
                told |= set(story.articles) if story else {article.id}
        if more:
            yield section, more[:_IN_SECTION]


def _digests(articles: Sequence[Article], say: Wording) -> str:
    """Return the ways to the digests of the newest day and its week, with how much is in them."""
    day = articles[0].date
    if day is None:
        return ""
    monday = day - dt.timedelta(day.weekday())
    same_week = list(takewhile(lambda each: each.date and each.date >= monday, articles))
    today = sum(each.date == day for each in same_week)
    return " ".join(
        (
            link(f"موجز اليوم: {say.counted(today, ARTICLE)}", day_path(day), HOME),
            link(f"موجز الأسبوع: {say.counted(len(same_week), ARTICLE)}", week_path(day), HOME),
        )
    )
