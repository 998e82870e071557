"""One article's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from mujaz.arabic import numerals
from mujaz.arabic.bidi import isolated
from mujaz.arabic.calendars import iso_text
from mujaz.arabic.language import direction_of
from mujaz.arabic.normalise import key
from mujaz.arabic.press.type_names import type_label
from mujaz.arabic.wording import Wording
from mujaz.compose import html
from mujaz.compose.articles.also import also
from mujaz.compose.articles.body import body_parts
from mujaz.compose.articles.byline import byline_block
from mujaz.compose.articles.further import further_entry, ways_on
from mujaz.compose.articles.pictures import figure
from mujaz.compose.articles.subheads import begins_with_label
from mujaz.compose.markdown import blocks, escape, isolated_headline
from mujaz.compose.pages.tags import TagLinks
from mujaz.compose.permalinks import article_path, section_path
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Article, Image, Provenance, TagKind
from mujaz.site_model import Page
from mujaz.state.serialisation import plain

_KINDS: Mapping[TagKind, str] = {
    "person": numerals.PERSON.few,
    "place": numerals.PLACE.few,
    "organisation": numerals.ORGANISATION.few,
    "topic": numerals.TOPIC.few,
}
"""What each kind of tag is called over several."""


def article_page(
    article: Article, tag_links: TagLinks, library: TrackedLibrary, say: Wording
) -> Page:
    """Return the page of an article: its text, then where to go on, then what else is known."""
    path = article_path(article)
    parts = [
        byline_block(article, path, tag_links, library, say),
        *_longer(article, path, library, say),
        *_text(article, path),
        *ways_on(article, path, library, say),
        _tags(article, path, tag_links, say),
        also(article, path, library, say),
    ]
    return Page(path, _meta(article, path), blocks(parts))


def _longer(article: Article, path: str, library: TrackedLibrary, say: Wording) -> list[str]:
    """Return the way to the article that holds the text of a stub: readers go there at once."""
    card = library.card(article.id)
    longer = library.cards_of_files(article.also_told_in) if card and card.is_stub else []
    if not longer:
        return []
    heading = html.element("p", say.text("article.longer"), class_="kicker")
    items = html.element("ul", *(further_entry(each, path, say, article) for each in longer))
    return [html.element("section", heading, items, class_="further longer")]


def _text(article: Article, path: str) -> list[str]:
    """Return the paragraphs, and the pull quote where its own paragraph is not in sight.

    Screen readers pass over it: they would read the same words twice. Images stand where the
    article's own page shows them.
    """
    parts = body_parts(article)
    above: list[str] = []
    images = list(article.images)
    is_label = not article.markup and begins_with_label(article.title, article.paragraphs)
    if is_label and images and not images[0].caption and not images[0].after:
        images[0] = replace(images[0], caption=article.paragraphs[0])
        parts[0] = []
    for image in images:
        number = _paragraph_before(image, article.paragraphs)
        is_in_sight = number is None and not above
        place = above if number is None else parts[number]
        place.append(figure(image, path, is_in_sight=is_in_sight))
    quote = article.quote
    number = next((i for i, text in enumerate(article.paragraphs) if quote and quote in text), None)
    if quote and number is not None:
        pulled = f'<blockquote class="pull" aria-hidden="true">{escape(quote)}</blockquote>'
        index = min(number - 2 if number > 1 else number + 1, len(parts) - 1)
        is_subhead = parts[index] and parts[index][0].startswith("<h2")
        parts[index - 1 if is_subhead else index].append(pulled)
    return [*above, *chain.from_iterable(parts)]


def _paragraph_before(image: Image, paragraphs: Sequence[str]) -> int | None:
    """Return the number of the paragraph that `image` follows; None if it stands above them all."""
    above = key(image.after)
    numbers = (i for i, text in enumerate(paragraphs) if above and above.endswith(key(text) or " "))
    return next(numbers, None)


def _tags(article: Article, path: str, tag_links: TagLinks, say: Wording) -> str:
    """Return the article's tags, a line for each kind: people first, topics last."""
    rows = []
    for kind, label in _KINDS.items():
        names = [tag.name for tag in article.shown_tags if tag.kind == kind]
        links = [_tag(name, path, tag_links) for name in names]
        if links:
            rows.append(html.element("li", html.element("span", label), " ", " ".join(links)))
    if not rows:
        return ""
    heading = html.element("h2", say.text("article.tags"))
    return html.element("section", heading, html.element("ul", *rows), class_="tags")


def _tag(name: str, path: str, tag_links: TagLinks) -> str:
    target, text = tag_links.path(name), html.text(name)
    return html.anchor(text, target, path) if target else html.element("b", text)


def _meta(article: Article, path: str) -> dict[str, Any]:
    section = article.section
    return _present(
        {
            "template": "article.html",
            "title": article.title,
            "description": article.summary,
            "date": _dates(article),
            "authors": list(article.authors),
            "categories": [section] if section else [],
            "tags": [tag.name for tag in article.shown_tags],
            "slug": article.slug,
            "mujaz": _present(
                {
                    "kind": "article",
                    "id": article.id,
                    "source": article.source,
                    "place": article.place,
                    "also_in": list(article.also_in),
                    "headline": isolated_headline(article.title),
                    "headline_as_read": article.headline_as_read or None,
                    "language": article.language,
                    # Only where it is not the site's own.
                    "direction": None if article.is_arabic else direction_of(article.language),
                    "type": article.type,
                    "section": isolated(section) if section else None,
                    "section_address": section and html.address(section_path(section), path),
                    "type_text": type_label(article.type),
                    "agency": article.agency,
                    "date_iso": article.date.isoformat() if article.date else None,
                    "published": iso_text(article.date, article.time) if article.time else None,
                    "time": article.time.isoformat() if article.time else None,
                    "updated_iso": article.updated.isoformat() if article.updated else None,
                    "excerpt": article.excerpt or None,
                    "address": article.address,
                    "guid": article.guid if article.guid != article.address else None,
                    "file": article.file,
                    "provenance": {k: _plain(v) for k, v in article.provenance.items()},
                    "tags": [plain(tag) for tag in article.shown_tags],
                    "quote": article.quote,
                    "images": [plain(image) for image in article.images],
                    "sidebar": [plain(headline) for headline in article.sidebar],
                    "sidebar_raw": article.sidebar_raw,
                }
            ),
        }
    )


def _dates(article: Article) -> dict[str, dt.date] | None:
    dates = {"created": article.date, "updated": article.updated}
    return {name: day for name, day in dates.items() if day} or None


def _present(meta: dict[str, Any]) -> dict[str, Any]:
    """Return `meta` without what is absent."""
    return {key: value for key, value in meta.items() if value not in (None, "", [])}


def _plain(provenance: Provenance) -> dict[str, Any]:
    plain: dict[str, Any] = {"rule": provenance.rule, "confidence": provenance.confidence}
    if provenance.span:
        plain["span"] = list(provenance.span)
    return plain
