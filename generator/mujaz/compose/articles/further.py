"""What an article leads on to: its story, its section, and its neighbours of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mujaz.arabic import numerals
from mujaz.arabic.wording import Wording
from mujaz.compose import html
from mujaz.compose.markdown import in_language
from mujaz.compose.permalinks import article_path, day_path, section_path, story_path
from mujaz.library.groups import group
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Article
from mujaz.site_model import Card, Story

_MAX_STORY_ARTICLES = 5
"""Other articles of a story that are listed below one of them."""
_SECTION_ARTICLES, _MAX_READ = 3, 6
"""Articles of a section that are shown, and those that they are chosen of."""
_AROUND_DAY, _AROUND_SECTION = 4, 12
"""Articles on either side that are looked at: some of them are passed over."""


def ways_on(article: Article, page: str, library: TrackedLibrary, say: Wording) -> Iterator[str]:
    """Yield where to go from an article, for its `page`: nothing is named twice."""
    story = library.story_of(article.id)
    shown = {article.id, *(story.articles if story else ())}
    if story:
        yield _story(article, story, page, library, say)
    previous, following = _neighbours(article, library)
    shown |= {card.id for card in (previous, following) if card}
    if article.section:
        yield _section(article, article.section, shown, page, library, say)
    if article.date and (previous or following):
        yield _of_day(article, previous, following, page, say)


def further_entry(card: Card, page: str, say: Wording, article: Article) -> str:
    """Return an entry of a list with a link to an article, and who reported it when.

    Of an article of the same day as the one `article`, that is the time.
    """
    time = say.time(card.time) if card.time else ""
    day = say.date(card.date) if card.date else ""
    origin = say.joined(card.source, time if card.date == article.date else day)
    small = " " + html.element("small", html.text(origin)) if origin else ""
    return html.element("li", html.anchor(_title(card), article_path(card), page) + small)


def _title(card: Card) -> str:
    return in_language(html.text(card.title), card.language)


def _story(article: Article, story: Story, page: str, library: TrackedLibrary, say: Wording) -> str:
    """Return other articles of the story, oldest first, and the way to all of it by its title."""
    cards = [card for each in story.articles if each != article.id and (card := library.card(each))]
    # The story's title is the headline of one of them, and leads to it as well.
    others = [card for card in cards if not card.is_stub and card.title != story.title]
    path = story_path(story)
    count = say.counted(len(story.articles), numerals.ARTICLE)
    is_same = story.title == article.title  # which readers have just read
    title = say.text("article.same_story") if is_same else html.text(story.title)
    return html.element(
        "section",
        html.element("p", say.text("article.story"), class_="kicker"),
        html.element("h2", html.anchor(title, path, page)),
        _list(further_entry(card, page, say, article) for card in others[-_MAX_STORY_ARTICLES:]),
        html.element("p", html.anchor(say.text("story_block.whole", articles=count), path, page)),
        class_="further",
    )


def _section(
    article: Article,
    section: str,
    shown: set[str],
    page: str,
    library: TrackedLibrary,
    say: Wording,
) -> str:
    """Return three articles of the section, the nearest in matter first, then those in time."""

    def is_wanted(card: Card) -> bool:
        return card.section == section and card.id not in shown and not card.is_stub

    newer, older = library.around(group("section", section), article.id, _AROUND_SECTION)
    by_time = [each for pair in zip(older, newer, strict=False) for each in pair]
    rest = older[len(newer) :] + newer[len(older) :]
    ids = dict.fromkeys([*library.related(article.id), *by_time, *rest])
    cards = _of_various_sources(list(_first(_MAX_READ, ids, is_wanted, library)))
    if not cards:
        return ""
    name = html.anchor(html.text(section), section_path(section), page)
    return html.element(
        "section",
        html.element("h2", say.text("article.section", section=name)),
        _list(further_entry(card, page, say, article) for card in cards),
        class_="further",
    )


def _of_various_sources(cards: list[Card]) -> list[Card]:
    """Return as many of some cards as are shown of a section: each source once, if there are
    enough, for what one source published together is often of one kind."""
    first = {(card.source or card.id): card.id for card in reversed(cards)}
    return sorted(cards, key=lambda card: first[card.source or card.id] != card.id)[
        :_SECTION_ARTICLES
    ]


def _neighbours(article: Article, library: TrackedLibrary) -> tuple[Card | None, Card | None]:
    """Return the articles of the same day before and after one in time."""
    if not article.date:
        return None, None
    day = group("day", article.date)
    newer, older = library.around(day, article.id, _AROUND_DAY)
    nearest = (next(_first(1, ids, _is_read, library), None) for ids in (older, newer))
    return next(nearest), next(nearest)


def _is_read(card: Card) -> bool:
    return not card.is_stub


def _first(
    count: int, ids: Iterable[str], is_wanted: Callable[[Card], bool], library: TrackedLibrary
) -> Iterator[Card]:
    """Yield the first cards that are wanted, so many at the most: no others are asked for."""
    for each in ids:
        card = library.card(each)
        if card and is_wanted(card):
            yield card
            count -= 1
            if not count:
                return


def _of_day(
    article: Article, previous: Card | None, following: Card | None, page: str, say: Wording
) -> str:
    """Return the ways to the articles before and after, and to their day."""
    ways = [
        html.anchor(
            html.element("small", say.text(f"article.{name}")) + " " + _title(card),
            article_path(card),
            page,
            rel=relation,
        )
        for name, relation, card in (
            ("previous", "prev", previous),
            ("following", "next", following),
        )
        if card
    ]
    assert article.date is not None
    day = say.text("article.day", day=say.date(article.date))
    whole = html.anchor(html.text(day), day_path(article.date), page, class_="whole")
    return html.element("nav", *ways, whole, class_="neighbours", aria_label=day)


def _list(items: Iterable[str]) -> str:
    shown = "".join(items)
    return html.element("ul", shown) if shown else ""
