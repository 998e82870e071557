"""A story's page: what happened, where sources differ, who said what, when, and what changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from mujaz.arabic.wording import Wording
from mujaz.compose.html import anchor, element, text
from mujaz.compose.markdown import blocks, link
from mujaz.compose.order import main_section
from mujaz.compose.pages.listing import listing_meta
from mujaz.compose.pages.story_block import (
    attributed,
    coverage_text,
    story_block,
    story_cards,
    story_sentences,
)
from mujaz.compose.pages.story_sections import (
    differences_html,
    headlines_html,
    quotations_html,
    text_change_html,
    timeline_html,
)
from mujaz.compose.pages.tags import TagLinks
from mujaz.compose.permalinks import ARCHIVE, HEADLINES, STORIES, day_path, story_path
from mujaz.compose.stories.coverage import coverage_of, source_headlines
from mujaz.compose.stories.differences import differences_of
from mujaz.compose.stories.quotations import best_quotations, quotations_of
from mujaz.compose.stories.text_changes import text_changes_of
from mujaz.compose.stories.timeline import TimelineDay, first_reported, in_order, timeline_of
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Card, Page, Story

_MAX_LISTED_STORIES = 60
"""Stories on the list of all; older ones are reached from their articles."""
_MAX_ONGOING, _MIN_ONGOING_ARTICLES = 8, 3
"""Stories that go on which are shown as blocks, and articles from which one is among them."""
_LATELY = dt.timedelta(2)
"""Before the newest day: what was not reported on since goes on no more."""
_SENTENCES = 4
"""Sentences that say what happened."""
_MAX_QUOTATIONS, _MAX_DIFFERENCES, _MAX_TEXT_CHANGES = 6, 6, 12
_MAX_NAMES = 8
"""Tags of a kind."""


def story_page(
    story_id: str, links: TagLinks, library: TrackedLibrary, say: Wording
) -> Page | None:
    """Return the page of a story; None if there is no such story."""
    story = library.story(story_id)
    if story is None:
        return None
    cards = in_order(story_cards(story, library))
    path = story_path(story)
    parts = [
        *_what_happened(story, cards, path, library, say),
        *_comparison(cards, path, library, say),
        *_coverage(cards, path, library, say),
        *_names(story, path, links, say),
    ]
    summary = say.joined(_span(story, say), *_size(story, cards, say))
    description = say.text("story.description", title=story.title)
    meta = listing_meta(story.title, description, "story", story.last, summary)
    meta["mujaz"]["kicker"] = say.text("story.kicker")
    return Page(path, meta, blocks(parts))


def _what_happened(
    story: Story, cards: Sequence[Card], page: str, library: TrackedLibrary, say: Wording
) -> Iterator[str]:
    """Yield the sentences that tell the story, those of its latest day first."""
    news = [card for card in cards if card.date == story.last]
    before = [card for card in cards if card.date and card.date != story.last]
    picked = story_sentences(story, news or cards, before, library, _SENTENCES)
    by_id = {card.id: card for card in cards}
    if picked:
        yield f"## {say.text('story.what')}"
        paragraphs = (
            element("p", attributed(each, by_id[each.article_id], story.last, page, say))
            for each in picked
        )
        yield element("div", *paragraphs, class_="story")


def _comparison(
    cards: Sequence[Card], page: str, library: TrackedLibrary, say: Wording
) -> Iterator[str]:
    """Yield where the articles of a story differ, and whom they quote."""
    by_id = {card.id: card for card in cards}
    articles = [each for card in cards if (each := library.article(card.id))]
    differences = differences_of(articles)[:_MAX_DIFFERENCES]
    if differences:
        yield f"## {say.text('story.differences')}"
        yield differences_html(differences, by_id, page, say)
    quotations = best_quotations(
        (each for article in articles for each in quotations_of(article)), _MAX_QUOTATIONS
    )
    if quotations:
        yield f"## {say.text('story.said')}"
        yield quotations_html(quotations, by_id, page, say)


def _coverage(
    cards: Sequence[Card], page: str, library: TrackedLibrary, say: Wording
) -> Iterator[str]:
    """Yield when what was published, under which headlines, and what was changed afterwards."""

    def day_link(day: TimelineDay) -> str:
        if day.day is None:
            return text(say.text("story.undated"))
        return anchor(text(say.date(day.day)), day_path(day.day), page)

    days, left_out = timeline_of(cards)
    yield f"## {say.text('story.timeline')}"
    first = first_reported(cards)
    yield timeline_html(days, left_out, first, page, say, day_link)
    headlines = source_headlines(cards, library.article)
    shown = frozenset(card.id for day in days for card in day.shown)
    if len({each.source for each in headlines}) > 1:
        yield f"## {say.text('story.headlines')}"
        yield headlines_html(headlines, shown, page, say)
    corrected = [
        text_change_html(change, card, page, say)
        for card in cards
        if card.revised and (article := library.article(card.id))
        for change in text_changes_of(article)
    ]
    if corrected:
        yield f"## {say.text('story.corrections')}"
        yield element("div", *corrected[:_MAX_TEXT_CHANGES], class_="corrections")


def _names(story: Story, page: str, links: TagLinks, say: Wording) -> Iterator[str]:
    """Yield who and what the story is about."""
    for key, names in (
        ("people", story.people),
        ("places", story.places),
        ("organisations", story.organisations),
    ):
        if names:
            yield f"## {say.text(f'story.{key}')}"
            items = (element("li", _name(name, page, links)) for name in names[:_MAX_NAMES])
            yield element("ul", *items, class_="names")


def _name(name: str, page: str, links: TagLinks) -> str:
    path = links.path(name)
    return anchor(text(name), path, page) if path else text(name)


def stories_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of stories: those that go on as blocks, the others as lines by day."""
    stories = library.latest_stories(_MAX_LISTED_STORIES)
    newest = library.newest_story_day()
    ongoing = [story for story in stories if newest and _goes_on(story, newest)]
    ongoing.sort(key=lambda story: -len(story.articles))
    ongoing = ongoing[:_MAX_ONGOING]
    parts = [f"## {say.text('stories.ongoing')}"] if ongoing else []
    for story in ongoing:
        cards = in_order(story_cards(story, library))[::-1]
        of_latest = [card for card in cards if card.date == story.last]
        parts.append(story_block(story, of_latest, STORIES, library, say, tier="text"))
    rest = [story for story in stories if story not in ongoing]
    for day, of_day in groupby(rest, key=lambda story: story.last):
        parts.append(f"## {say.date(day) if day else say.text('story.undated')}")
        parts.append(_by_section([*of_day], library, say))
    counted = say.counted(library.count_stories(), "story") if stories else ""
    description = say.text("stories.description")
    meta = listing_meta(say.text("stories.title"), description, "stories", newest, counted)
    return Page(STORIES, meta, blocks(parts or [say.text("stories.none"), _onward(say)]))


def _onward(say: Wording) -> str:
    """Return where else the news is, on a site without stories as yet."""
    ways = (("headlines.title", HEADLINES), ("archive.title", ARCHIVE))
    return "\n".join(f"- {link(say.text(key), path, STORIES)}" for key, path in ways)


def _goes_on(story: Story, newest: dt.date) -> bool:
    """Whether a story grew on several days, and lately."""
    if not story.first or not story.last or len(story.articles) < _MIN_ONGOING_ARTICLES:
        return False
    return story.first < story.last and newest - story.last <= _LATELY


def _by_section(stories: Sequence[Story], library: TrackedLibrary, say: Wording) -> str:
    """Return stories of a day as lines: the section with most first, and so each story in it."""
    by_section: dict[str, list[Story]] = defaultdict(list)
    for story in sorted(stories, key=lambda each: (-len(each.sources), -len(each.articles))):
        label = main_section(story_cards(story, library)) or say.text("stories.other")
        by_section[label].append(story)
    sections = (
        element(
            "section",
            element("h3", text(label)),
            element("ul", *(_line(story, library, say) for story in of_section)),
        )
        for label, of_section in sorted(by_section.items(), key=lambda each: -len(each[1]))
    )
    return element("div", *sections, class_="sections")


def _line(story: Story, library: TrackedLibrary, say: Wording) -> str:
    coverage = coverage_text(coverage_of(story_cards(story, library)), say)
    way = anchor(text(story.title), story_path(story), STORIES)
    return element("li", way, " ", element("small", text(coverage)))


def _span(story: Story, say: Wording) -> str:
    return say.span(story.first, story.last) if story.first and story.last else ""


def _size(story: Story, cards: Sequence[Card], say: Wording) -> tuple[str, str]:
    coverage = coverage_of(cards)
    sources = coverage_text(coverage, say) if len(coverage.sources) > 1 else ""
    return say.counted(len(story.articles), "article"), sources
