"""All pages of the site, from the collection alone."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compose.addresses import article_path, tag_path
from generator.compose.article import article_page
from generator.compose.feeds import feeds
from generator.compose.home import home_page
from generator.compose.indexes import headline_pages, tag_pages
from generator.config import Config
from generator.model import Article, Asset, Corpus, Page, Tag, TagKind


def compose(corpus: Corpus, config: Config) -> Iterator[Page | Asset]:
    """Yield every generated page and feed of the site."""
    articles = corpus.articles
    tagged = _tagged(articles)
    tags = {tag.name: tag_path(tag.name) for tag in tagged}
    paths = {article.id: article_path(article) for article in articles}
    yield home_page(articles, config.site_name, config.site_description)
    for article in articles:
        yield article_page(article, paths, tags)
    yield from headline_pages(articles, config.page_size)
    yield from tag_pages(tagged, tags, config.page_size)
    yield from feeds(articles, config)


def _tagged(articles: tuple[Article, ...]) -> dict[Tag, list[Article]]:
    """Return the articles of each tag, newest first, tags by name."""
    kinds: dict[str, TagKind] = {}
    found: dict[str, list[Article]] = {}
    for article in articles:
        for tag in article.tags:
            kinds.setdefault(tag.name, tag.kind)
            found.setdefault(tag.name, []).append(article)
    return {Tag(name, kinds[name], 1.0): found[name] for name in sorted(found)}
