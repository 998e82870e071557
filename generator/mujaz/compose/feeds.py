"""The feeds: RSS 2.0 and JSON Feed 1.1 of the newest articles."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import urljoin

from mujaz.compose.permalinks import article_path, whole_address
from mujaz.config import Config
from mujaz.library.groups import ALL
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Article
from mujaz.site_model import Asset

_MAX_ARTICLES = 30


def feed(name: str, library: TrackedLibrary, config: Config) -> Asset | None:
    """Return `feed.xml` or `feed.json`, unless the site's own address is unknown.

    Feeds need whole addresses: a reader opens them far from the site.
    """
    if not config.site_url:
        return None
    cards = library.newest(ALL, _MAX_ARTICLES)
    articles = [article for card in cards if (article := library.article(card.id))]
    return Asset(name, (_rss if name == "feed.xml" else _json)(articles, config))


def _address(article: Article, config: Config) -> str:
    return whole_address(article_path(article), config.site_url)


def _isolated(text: str) -> str:
    """Return `text` set apart as right-to-left, for feed readers that lay out left to right."""
    return f"\u2067{text}\u2069"


def _rss(articles: Sequence[Article], config: Config) -> str:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">',
        "<channel>",
        f"<title>{xml(config.site_name)}</title>",
        f"<link>{xml(config.site_url)}</link>",
        f"<description>{xml(config.site_description or config.site_name)}</description>",
        "<language>ar</language>",
        f'<atom:link href="{xml(urljoin(config.site_url, "feed.xml"))}" rel="self"'
        ' type="application/rss+xml"/>',
    ]
    for article in articles:
        address = xml(_address(article, config))
        lines += [
            "<item>",
            f"<title>{xml(_isolated(article.title))}</title>",
            f"<link>{address}</link>",
            f'<guid isPermaLink="true">{address}</guid>',
            f"<description>{xml(article.summary)}</description>",
        ]
        if article.source:
            lines.append(f"<dc:publisher>{xml(article.source)}</dc:publisher>")
        lines += [f"<dc:creator>{xml(author)}</dc:creator>" for author in article.authors]
        if article.section:
            lines.append(f"<category>{xml(article.section)}</category>")
        if article.date:
            lines.append(f"<pubDate>{format_datetime(_midnight(article.date))}</pubDate>")
        lines.append("</item>")
    return "\n".join([*lines, "</channel>", "</rss>", ""])


def _json(articles: Sequence[Article], config: Config) -> str:
    items = []
    for article in articles:
        address = _address(article, config)
        entry: dict[str, Any] = {
            "id": address,
            "url": address,
            "title": article.title,
            "summary": article.summary,
            "content_text": "\n\n".join(article.paragraphs),
            "language": "ar",
            "tags": [tag.name for tag in article.tags],
        }
        if article.authors:
            entry["authors"] = [{"name": name} for name in article.authors]
        if article.date:
            entry["date_published"] = _midnight(article.date).isoformat()
        items.append(entry)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": config.site_name,
        "home_page_url": config.site_url,
        "feed_url": urljoin(config.site_url, "feed.json"),
        "description": config.site_description or config.site_name,
        "language": "ar",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def xml(text: str) -> str:
    """Return text as XML writes it between tags."""
    return escape(text, quote=False)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
