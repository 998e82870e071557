"""What else is known of an article's text, quietly: who printed it, what stood beside it.

Nothing of an input is out of a reader's reach: what was cut from the article stands here as read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mujaz.arabic.normalise import key
from mujaz.arabic.wording import Wording
from mujaz.compose import html
from mujaz.compose.articles.further import further_entry
from mujaz.compose.markdown import external_link
from mujaz.compose.permalinks import article_path
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Article


def also(article: Article, page: str, library: TrackedLibrary, say: Wording) -> str:
    """Return the end of an article's `page`, or "" if there is nothing to say."""
    parts = [
        *_printings(article, say),
        *_tellings(article, page, library, say),
        *_sidebar(article, page, library, say),
        *_as_read(article, say),
    ]
    return html.element("footer", *parts, class_="also") if parts else ""


def _printings(article: Article, say: Wording) -> Iterator[str]:
    """Yield who else printed the text, under which other headlines, and who did so first."""
    titles: dict[str, dict[str, str]] = {name: {} for name in article.also_in}
    if not titles:
        return
    for each in article.duplicates:
        if each.source in titles and key(each.title) != key(article.title):
            title = html.text(each.title)
            shown = external_link(title, each.address) if each.address else title
            titles[each.source].setdefault(title, shown)
    summary = say.text("article.printed", sources="، ".join(map(html.text, titles)))
    first = article.first_source
    if first and not (len(titles) == 1 and first in titles):
        summary += f" {say.text('article.first', source=html.text(first))}"
    lines = [
        ": ".join((html.text(name), "، ".join(shown.values())))
        for name, shown in titles.items()
        if shown
    ]
    yield _folded(summary, _list(lines)) if lines else html.element("p", summary)


def _tellings(article: Article, page: str, library: TrackedLibrary, say: Wording) -> Iterator[str]:
    """Yield the articles that hold the text of this one, and those whose text it holds."""
    for name, files in (("told_in", article.also_told_in), ("tells", article.also_tells)):
        items = [further_entry(card, page, say, article) for card in library.cards_of_files(files)]
        if items:
            heading = html.element("p", say.text(f"article.{name}"))
            yield html.element("div", heading, html.element("ul", *items))


def _sidebar(article: Article, page: str, library: TrackedLibrary, say: Wording) -> Iterator[str]:
    """Yield the headlines of an article's sidebar; those of published articles are links."""
    items = []
    for headline in article.sidebar:
        if headline.article != article.id:
            card = library.card(headline.article) if headline.article else None
            text = html.text(headline.text)
            items.append(html.anchor(text, article_path(card), page) if card else text)
    if items:
        yield _folded(say.text("article.beside"), _list(items))


def _as_read(article: Article, say: Wording) -> Iterator[str]:
    """Yield what was cut from the article, and its headline if that was tidied, as written."""
    lines = [*filter(None, (article.headline_as_read, *article.sidebar_raw.split("\n")))]
    if lines:
        text = html.element("p", "<br>".join(map(html.text, lines)))
        yield _folded(say.text("article.as_read"), text)


def _folded(summary: str, *inner: str) -> str:
    return html.element("details", html.element("summary", summary), *inner)


def _list(items: Iterable[str]) -> str:
    return html.element("ul", *(html.element("li", each) for each in items))
