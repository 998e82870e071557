"""The line below an article's headline: who reported it from where, when, and where else it is."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.arabic import numerals
from mujaz.arabic.normalise import key
from mujaz.arabic.wording import Wording
from mujaz.compose import html
from mujaz.compose.markdown import external_link
from mujaz.compose.pages.tags import TagLinks
from mujaz.compose.permalinks import day_path, source_path, tag_path
from mujaz.library.groups import group
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Article

_WORDS_PER_MINUTE = 180
"""Silent reading of Arabic news (Brysbaert 2019 gives 181 for Arabic)."""


def byline_block(
    article: Article, page: str, tag_links: TagLinks, library: TrackedLibrary, say: Wording
) -> str:
    """Return the byline of an article for its `page`: source, place, people and day lead on."""
    parts = [
        *_origin(article, page, tag_links, library, say),
        *_times(article, page, say),
        html.element("span", say.text("article.reading", minutes=_minutes(article, say))),
    ]
    if article.address:
        parts.append(external_link(say.text("article.original"), article.address))
    line = html.element("div", " ".join(parts), class_="byline")
    return line + _note(article, say)


def _origin(
    article: Article, page: str, tag_links: TagLinks, library: TrackedLibrary, say: Wording
) -> Iterator[str]:
    """Yield the source, the place and the authors, with links for those that have pages."""
    if article.source:
        yield html.anchor(html.text(article.source), source_path(article.source), page)
    for name in filter(None, (article.place, *article.authors)):
        has_page = library.has_articles(group("tag", name), tag_links.at_least)
        text = html.text(name)
        yield html.anchor(text, tag_path(name), page) if has_page else html.element("span", text)
    if article.agency and key(article.agency) != key(article.source or ""):
        text = say.text("article.agency", agency=html.text(article.agency))
        yield html.element("span", text)


def _times(article: Article, page: str, say: Wording) -> Iterator[str]:
    """Yield the day, with its time if that is stated, and the day of a correction."""
    if article.date:
        moment = article.date.isoformat()
        text = html.text(say.date(article.date))
        if article.time:
            moment += f"T{article.time.isoformat()}"
            text += f"، {html.element('bdi', html.text(say.time(article.time)))}"
        time = html.element("time", text, datetime=moment)
        yield html.anchor(time, day_path(article.date), page)
    if article.updated:
        day = html.text(say.date(article.updated))
        time = html.element("time", day, datetime=article.updated.isoformat())
        yield html.element("span", say.text("article.updated", day=time))


def _minutes(article: Article, say: Wording) -> str:
    """Return how long reading takes."""
    words = sum(len(paragraph.split()) for paragraph in article.paragraphs)
    return say.counted(max(1, round(words / _WORDS_PER_MINUTE)), numerals.MINUTE_OF_READING)


def _note(article: Article, say: Wording) -> str:
    """Return that the text is a summary alone, as a further block, or ""."""
    if not article.excerpt:
        return ""
    return "\n\n" + html.element("div", say.text("article.excerpt"), class_="note")
