"""Who reported a story: the sources, how many texts of their own, and each one's headline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mujaz.arabic.normalise import key
from mujaz.arabic.press.agencies import agency_named
from mujaz.compose.importance import independent_texts, sources_of
from mujaz.model import Article
from mujaz.site_model import Card


@dataclass(frozen=True, slots=True)
class SourceHeadline:
    """The headline of a story in one source."""

    source: str
    """The paper or agency."""
    title: str
    """Its own headline, as printed there."""
    card: Card
    """The article that holds the text it printed."""
    language: str | None
    """See `Article.language`."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How widely a story was reported."""

    sources: tuple[str, ...]
    """The newspapers and agencies that printed it, in the order of the articles."""
    texts: int
    """Independent texts among theirs, as an edition counts them."""

    @property
    def are_newspapers(self) -> bool:
        """Whether none of them is an agency."""
        return not any(map(agency_named, self.sources))


def coverage_of(cards: Sequence[Card]) -> Coverage:
    """Return how widely a story was reported, by its articles."""
    return Coverage(sources_of(cards), independent_texts(cards))


def source_headlines(
    cards: Sequence[Card], article_of: Callable[[str], Article | None]
) -> list[SourceHeadline]:
    """Return every source's own headline of a story, in the order of its articles.

    A source has one for each of its articles; one that printed another's text has the headline it
    gave it, or that of the text where the input says none. `article_of` gives an article by its id.
    """
    headlines: list[SourceHeadline] = []
    for card in cards:
        headlines.append(SourceHeadline(card.source or "", card.title, card, card.language))
        article = article_of(card.id) if card.also_in else None
        titles = _titles(article) if article else {}
        for source in card.also_in:
            title = titles.get(source, card.title)
            headlines.append(SourceHeadline(source, title, card, card.language))
    return headlines


def one_a_source(headlines: Sequence[SourceHeadline], first: Sequence[str]) -> list[SourceHeadline]:
    """Return one headline of each source; of several that of an article whose id is in `first`."""
    chosen: dict[str, SourceHeadline] = {}
    for each in headlines:
        current = chosen.get(each.source)
        if current is None or (each.card.id in first and current.card.id not in first):
            chosen[each.source] = each
    return list(chosen.values())


def _titles(article: Article) -> Mapping[str, str]:
    """Return the headlines under which other sources printed an article's text."""
    printed = {each.source: each.title for each in article.duplicates if each.source}
    return {source: title for source, title in printed.items() if key(title)}
