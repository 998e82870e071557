"""The story block: one story as every page shows it, in four tiers from lead to a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from mujaz.arabic.language import ARABIC, direction_of
from mujaz.arabic.wording import Wording
from mujaz.compose.articles.pictures import story_image
from mujaz.compose.html import anchor, element, text
from mujaz.compose.order import main_section
from mujaz.compose.permalinks import article_path, section_path, story_path
from mujaz.compose.stories.coverage import Coverage, coverage_of, one_a_source, source_headlines
from mujaz.compose.stories.sentences import Sentence, chosen, sentences_of
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Card, Story

Tier = Literal["lead", "full", "text", "line"]
"""How much a block shows: three sentences, two, one, or the headline and the coverage alone."""
_SENTENCES = {"lead": 3, "full": 2, "text": 1, "line": 0}
_MAX_READ = 6
"""Articles of a story that sentences are taken from."""
_MAX_HEADLINES = 8
"""Headlines of other sources that a block shows; the story's page has all."""
_DASH, _GAP = 8, 4
"""Of the bar's pieces, one a source, in pixels."""
_MAX_DASHES = 12


def story_block(
    story: Story | None,
    cards: Sequence[Card],
    page: str,
    library: TrackedLibrary,
    say: Wording,
    *,
    tier: Tier = "full",
    level: int = 3,
    number: int = 0,
    section: bool = True,
) -> str:
    """Return a story as one line of HTML for `page`, an `article` element.

    `cards` are the articles that a page is about, of which there is at least one: those of a day,
    of a week, or all of the story's; `story` is None for an article that is in none. The headline
    is a heading of `level`. `number` stands before it unless it is 0, and so does the section if
    that is wanted. A lead and a full block open with the first image that an article has. A page
    shows a story once.
    """
    whole = story_cards(story, library) if story else list(cards)
    by_id = {card.id: card for card in (*cards, *whole)}
    newest = max((card.date for card in cards if card.date), default=None)
    news, background = (cards, [])
    if newest:
        news = [card for card in cards if card.date == newest]
        background = [card for card in whole if card.date and card.date < newest]
    picked = story_sentences(story, news, background, library, _SENTENCES[tier])
    paragraphs = [attributed(each, by_id[each.article_id], newest, page, say) for each in picked]
    if background and picked and by_id[picked[0].article_id].date == newest:
        paragraphs[0] = f"{element('b', text(say.text('story_block.new')))} {paragraphs[0]}"
    is_lead = tier == "lead"
    parts = [
        story_image([*cards, *whole], page, is_lead=is_lead) if is_lead or tier == "full" else "",
        _kicker(by_id, cards, page, number, say, section=section),
        element(f"h{level}", _headline(story, cards, page)),
        *(element("p", each) for each in paragraphs),
        _mark(story, whole, picked, page, library, say, tier=tier),
    ]
    return element("article", *parts, class_=f"story {tier}")


def title_of(story: Story | None, cards: Sequence[Card]) -> str:
    """Return the headline of a story: what its own page is called."""
    return story.title if story else cards[0].title


def _headline(story: Story | None, cards: Sequence[Card], page: str) -> str:
    if story and len(story.articles) > 1:
        return anchor(text(story.title), story_path(story), page)
    card = cards[0]
    return anchor(text(card.title), article_path(card), page, **language_attributes(card))


def language_attributes(card: Card) -> dict[str, str | int | bool | None]:
    """Return the attributes of an article's text in another language than the site's."""
    if card.language in (None, ARABIC):
        return {}
    return {"lang": card.language, "dir": direction_of(card.language)}


def story_cards(story: Story, library: TrackedLibrary) -> list[Card]:
    """Return the articles of a story, in its order."""
    return [card for each in story.articles if (card := library.card(each))]


def story_sentences(
    story: Story | None,
    news: Sequence[Card],
    background: Sequence[Card],
    library: TrackedLibrary,
    limit: int,
) -> list[Sentence]:
    """Return the sentences that tell a story: of its newest day, then of what went before that.

    There are `limit` at the most; of those before only as many as the newest day leaves room for.
    """
    if not limit:
        return []
    title = title_of(story, news)
    picked = chosen(_candidates(_read_first(story, news), library), title, limit)
    if len(picked) < limit and background:
        sources = {each.source for each in picked}
        earlier = [
            each
            for each in _candidates(_read_first(story, background[::-1]), library)
            if each.source not in sources
        ]
        picked += chosen(earlier, title, limit - len(picked), [each.text for each in picked])
    return picked


def _read_first(story: Story | None, cards: Sequence[Card]) -> list[Card]:
    """Return the articles to take sentences from: the central one, then one of each source."""
    central = story.central if story else ""
    ordered = sorted(cards, key=lambda card: card.id != central)
    by_source: dict[str, Card] = {}
    for card in ordered:
        by_source.setdefault(card.source or card.id, card)
    return list(by_source.values())[:_MAX_READ]


def _candidates(cards: Sequence[Card], library: TrackedLibrary) -> list[Sentence]:
    articles = (library.article(card.id) for card in cards)
    return [each for article in articles if article for each in sentences_of(article)]


def attributed(
    sentence: Sentence, card: Card, newest: dt.date | None, page: str, say: Wording
) -> str:
    """Return a sentence with its source, which leads to the article, and the time or day of it."""
    shown = text(sentence.text)
    if language := language_attributes(card):
        shown = element("span", shown, **language)
    return f"{shown} {attribution(card, newest, page, say)}"


def attribution(card: Card, newest: dt.date | None, page: str, say: Wording) -> str:
    """Return who says something, as a link to the article, and when: its time on the day `newest`,
    else its day."""
    way = anchor(text(card.source or say.text("story_block.article")), article_path(card), page)
    when = ""
    if card.date and card.date != newest:
        when = say.date(card.date)
    elif card.time:
        when = say.time(card.time)
    return element("small", way, f" {text(when)}" if when else "")


def _kicker(
    by_id: dict[str, Card],
    cards: Sequence[Card],
    page: str,
    number: int,
    say: Wording,
    *,
    section: bool,
) -> str:
    """Return what stands above a headline: the story's number and its section."""
    label = main_section(cards) if section else None
    parts = [element("span", text(say.number(number)), class_="number")] if number else []
    if label:
        parts.append(anchor(text(label), section_path(label), page))
    return element("p", " ".join(parts), class_="kicker") if parts else ""


def _mark(
    story: Story | None,
    whole: Sequence[Card],
    picked: Sequence[Sentence],
    page: str,
    library: TrackedLibrary,
    say: Wording,
    *,
    tier: Tier,
) -> str:
    """Return the coverage mark, which opens each source's own headline and the way to the story."""
    coverage = coverage_of(whole)
    words = coverage_text(coverage, say)
    if len(coverage.sources) < 2 and picked:
        return ""  # its sentence names it
    if tier == "line" or len(coverage.sources) < 2:
        return element("p", text(words), class_="coverage") if words else ""
    name = f"coverage-{story.id if story else whole[0].id}"
    button = element("button", _bar(coverage), text(words), type="button", popovertarget=name)
    shown = [each.article_id for each in picked]
    headlines = one_a_source(source_headlines(whole, library.article), shown)
    items = [
        element(
            "li",
            anchor(text(each.title), article_path(each.card), page),
            " ",
            element("small", text(each.source)),
        )
        for each in headlines[:_MAX_HEADLINES]
    ]
    way = ""
    if story and len(story.articles) > 1:
        articles = say.counted(len(story.articles), "article")
        way = anchor(
            text(say.text("story_block.whole", articles=articles)), story_path(story), page
        )
    headlines_shown = element("ul", *items)
    opened = element("div", headlines_shown, way, id=name, popover=True, class_="papers")
    return element("p", button, class_="coverage") + opened


def coverage_text(coverage: Coverage, say: Wording) -> str:
    """Return how widely a story was reported: «7 صحف، 3 نصوص مستقلة»; of one source its name."""
    if len(coverage.sources) < 2:
        return coverage.sources[0] if coverage.sources else ""
    noun = "paper" if coverage.are_newspapers else "source"
    sources = say.counted(len(coverage.sources), noun)
    if coverage.texts < 2:
        return say.text("story_block.one_text", sources=sources)
    texts = say.counted(coverage.texts, "independent_text")
    return say.text("story_block.coverage", sources=sources, texts=texts)


def _bar(coverage: Coverage) -> str:
    """Return a thin bar of a piece for each source, those of independent texts stronger."""
    sources = min(len(coverage.sources), _MAX_DASHES)
    texts = min(sources, max(1, round(sources * coverage.texts / len(coverage.sources))))
    whole, strong = (count * (_DASH + _GAP) - _GAP for count in (sources, texts))
    lines = (element("path", d=f"M0 2h{length}") for length in (whole, strong))
    return element("svg", *lines, width=whole, height=4, aria_hidden="true")
