"""All pages of the site, from the collection alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.arabic.wording import Wording
from generator.compose.addresses import article_path, source_path, tag_path
from generator.compose.article import Surroundings, article_page
from generator.compose.digest import digest_pages
from generator.compose.feeds import feeds
from generator.compose.home import home_page
from generator.compose.indexes import archive_pages, headline_pages, section_pages, source_pages
from generator.compose.search import search_assets, search_page
from generator.compose.stories import story_pages
from generator.compose.structured import described
from generator.compose.tags import tag_pages
from generator.config import Config
from generator.model import Article, Asset, Corpus, Page, Tag, TagKind


def compose(corpus: Corpus, config: Config) -> Iterator[Page | Asset]:
    """Yield every generated page and feed of the site."""
    pages = list(_pages(corpus, config))
    articles = {article_path(article): article for article in corpus.articles}
    yield from described(pages, articles, config)
    yield from feeds(corpus.articles, config)
    if config.search:
        yield from search_assets(corpus, config)


def _pages(corpus: Corpus, config: Config) -> Iterator[Page]:
    articles, size = corpus.articles, config.page_size
    say = Wording(config.digits)
    tagged = _tagged(articles)
    tags = {tag.name: tag_path(tag.name) for tag in tagged}
    papers = {name: source_path(name) for each in articles for name in _papers(each)}
    by_id = {article.id: article for article in articles}
    story_of = {member: story for story in corpus.stories for member in story.articles}
    yield home_page(
        articles, corpus.stories, story_of, config.site_name, config.site_description, say
    )
    around = Surroundings(
        {article.id: article_path(article) for article in articles},
        tags,
        by_id,
        story_of,
        corpus.related,
        say,
    )
    for article in articles:
        yield article_page(article, around)
    yield from digest_pages(articles, story_of, say)
    yield from headline_pages(articles, size, say)
    yield from story_pages(corpus.stories, by_id, tags, say)
    yield from tag_pages(tagged, tags, size, say)
    yield from section_pages(articles, size, say)
    yield from source_pages(articles, papers, size, say)
    yield from archive_pages(articles, size, say)
    if config.search:
        yield search_page(config)


def _papers(article: Article) -> Iterator[str]:
    yield from filter(None, (article.source, *article.also_in))


def _tagged(articles: tuple[Article, ...]) -> dict[Tag, list[Article]]:
    """Return the articles of each tag, newest first, tags by name."""
    kinds: dict[str, TagKind] = {}
    also: dict[str, set[str]] = defaultdict(set)
    found: dict[str, list[Article]] = {}
    for article in articles:
        for tag in article.tags:
            kinds.setdefault(tag.name, tag.kind)
            also[tag.name] |= {*tag.also}
            found.setdefault(tag.name, []).append(article)
    return {
        Tag(name, kinds[name], 1.0, also=tuple(sorted(also[name]))): found[name]
        for name in sorted(found)
    }
