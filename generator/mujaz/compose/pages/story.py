"""A story's page: who reported what, when, what changed since, and who and what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

from mujaz.arabic.numerals import ARTICLE, SOURCE, STORY
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, escape, in_language, item, link
from mujaz.compose.pages.cards import credit
from mujaz.compose.pages.listing import UNDATED_HEADING, listing_meta
from mujaz.compose.pages.tags import TagLinks
from mujaz.compose.permalinks import STORIES, article_path, story_path
from mujaz.compose.word_diff import Change, word_diff
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Article
from mujaz.site_model import Card, Page, Story

_MAX_LISTED_STORIES = 100
"""Stories on the list of all; older ones are reached from their articles."""


def story_page(
    story_id: str, links: TagLinks, library: TrackedLibrary, say: Wording
) -> Page | None:
    """Return the page of a story; None if there is no such story."""
    story = library.story(story_id)
    if story is None:
        return None
    cards = _cards(story, library)
    path = story_path(story)
    parts = [*_opening(story, cards, path), *_timeline(cards, path, say)]
    for card in cards:
        article = library.article(card.id) if card.revised else None
        if article:
            for (_, old), (day, new) in pairwise(_versions(article)):
                parts += _changes(old, new, day, article, say)
    for heading, names in (
        ("الأشخاص", story.people),
        ("الأماكن", story.places),
        ("الهيئات", story.organisations),
    ):
        if names:
            chips = "\n".join(f"- {links.link(name, path)}" for name in names)
            parts += [f"## {heading}", chips]
    summary = " · ".join(filter(None, (_span(story, say), *_size(story, say))))
    meta = listing_meta(story.title, f"القصة كاملة: {story.title}", "story", story.last, summary)
    meta["mujaz"]["kicker"] = "قصة"
    return Page(path, meta, blocks(parts))


def stories_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of stories, the one last reported on first."""
    items = "\n".join(
        story_item(story, newest_of(story, library), STORIES, say)
        for story in library.latest_stories(_MAX_LISTED_STORIES)
    )
    description = "الأحداث التي تتابعت أخبارها أو روتها صحف عدة"
    counted = say.counted(library.count_stories(), STORY)
    meta = listing_meta("القصص", description, "stories", library.newest_story_day(), counted)
    return Page(STORIES, meta, blocks(["## الأحدث أولاً", items] if items else ["لا قصص بعد."]))


def newest_of(story: Story, library: TrackedLibrary) -> Card:
    """Return the latest article of a story; undated ones only if there are no others."""
    cards = _cards(story, library)
    return ([each for each in cards if each.date] or cards)[-1]


def _cards(story: Story, library: TrackedLibrary) -> list[Card]:
    return [card for each in story.articles if (card := library.card(each))]


def story_item(story: Story, newest: Card, page: str, say: Wording) -> str:
    """Return a story as a list item: how it began, how far it has come, and its extent."""
    return item(
        "### " + link(story.title, story_path(story), page),
        escape(f"آخر ما نُشر: {newest.title}") if newest.title != story.title else "",
        credit(_span(story, say), *_size(story, say)),
    )


def _opening(story: Story, cards: Sequence[Card], path: str) -> Iterator[str]:
    """Yield what is new: the summary of the article that gives the title, and who says so."""
    for card in cards:
        if card.id == story.central:
            yield in_language(escape(card.summary), card.language)
            source = card.source or card.title
            yield link(source, article_path(card), path, card.language)


def _timeline(cards: Sequence[Card], path: str, say: Wording) -> Iterator[str]:
    """Yield each day of the story with its articles, oldest first; the first report is named."""
    day: dt.date | None = dt.date.min
    for number, article in enumerate(cards):
        if article.date != day:
            day = article.date
            yield f"## {escape(say.date(day)) if day else UNDATED_HEADING}"
        is_first = number == 0 and len(cards) > 1 and article.date is not None
        also = f"ونشره أيضاً: {'، '.join(article.also_in)}" if article.also_in else ""
        yield item(
            "**أول من نشر**" if is_first and article.source else "",
            "### " + link(article.title, article_path(article), path, article.language),
            in_language(escape(article.summary), article.language),
            credit(article.source or "", article.place or "", *article.authors, also),
        )


def _versions(article: Article) -> Iterator[tuple[dt.date | None, tuple[str, ...]]]:
    """Yield headline and paragraphs that the source published, and when, oldest first."""
    for version in article.versions:
        yield version.date, (version.title, *version.paragraphs)
    yield article.updated, (article.title, *article.paragraphs)


def _changes(
    old: Sequence[str], new: Sequence[str], day: dt.date | None, article: Article, say: Wording
) -> list[str]:
    """Return what a source changed in its article: words taken out, and words put in."""
    changes = [_marked(word_diff(before, after)) for before, after in _changed(old, new)]
    source = f" في {article.source}" if article.source else ""
    when = f"، {say.date(day)}" if day else ""
    return [f"## {escape(f'ما تغيّر{source}{when}')}", *changes] if changes else []


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs that are not the same in both, each with the one it replaced."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            yield from zip_longest(old[old_start:old_end], new[new_start:new_end], fillvalue="")


def _marked(run: Iterable[Change]) -> str:
    marks = {"same": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    return " ".join(marks[each.kind].format(escape(each.text)) for each in run if each.text.strip())


def _span(story: Story, say: Wording) -> str:
    return say.span(story.first, story.last) if story.first and story.last else ""


def _size(story: Story, say: Wording) -> tuple[str, str]:
    sources = say.counted(len(story.sources), SOURCE) if story.sources else ""
    return say.counted(len(story.articles), ARTICLE), sources
