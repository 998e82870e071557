"""One article's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from generator.arabic.calendars import date_text
from generator.arabic.numerals import MINUTE_OF_READING, counted
from generator.compose.addresses import article_path
from generator.compose.markdown import blocks, escape, link
from generator.model import Article, Page, Provenance

_WORDS_A_MINUTE = 180
"""Silent reading of Arabic news (Brysbaert 2019 gives 181 for Arabic)."""


def byline(article: Article) -> str:
    """Return who reported from where: `السنديانة · حلب · ليلى النجار`."""
    return " · ".join(filter(None, (article.source, article.place, *article.authors)))


def article_page(article: Article, paths: Mapping[str, str], tags: Mapping[str, str]) -> Page:
    """Return an article's page. `paths` are pages by article id, `tags` by name."""
    path = article_path(article)
    return Page(path, _meta(article), blocks(_body(article, path, paths, tags)))


def _body(
    article: Article, path: str, paths: Mapping[str, str], tags: Mapping[str, str]
) -> list[str]:
    parts = [escape(paragraph) for paragraph in article.paragraphs]
    if article.tags:
        links = (link(tag.name, tags[tag.name], path) for tag in article.tags)
        parts += ["## الوسوم", "\n".join(f"- {each}" for each in links)]
    if article.also_in:
        parts += ["## نُشر أيضاً في", "\n".join(f"- {escape(name)}" for name in article.also_in)]
    beside = [
        link(headline.text, paths[headline.article], path)
        if headline.article and headline.article in paths
        else escape(headline.text)
        for headline in article.sidebar
        if headline.article != article.id
    ]
    if beside:
        parts += ["## عناوين ظهرت بجانب هذا المقال", "\n".join(f"- {each}" for each in beside)]
    return parts


def _meta(article: Article) -> dict[str, Any]:
    words = sum(len(paragraph.split()) for paragraph in article.paragraphs)
    minutes = max(1, round(words / _WORDS_A_MINUTE))
    return _present(
        {
            "template": "article.html",
            "title": article.title,
            "description": article.summary,
            "date": _dates(article),
            "authors": list(article.authors),
            "categories": [article.category] if article.category else [],
            "tags": [tag.name for tag in article.tags],
            "slug": article.slug,
            "mujaz": _present(
                {
                    "kind": "article",
                    "id": article.id,
                    "source": article.source,
                    "place": article.place,
                    "also_in": list(article.also_in),
                    "kicker": article.category,
                    "byline": byline(article),
                    "date_text": date_text(article.date) if article.date else None,
                    "date_iso": article.date.isoformat() if article.date else None,
                    "updated_text": date_text(article.updated) if article.updated else None,
                    "updated_iso": article.updated.isoformat() if article.updated else None,
                    "reading_time": "قراءة " + counted(minutes, MINUTE_OF_READING),
                    "excerpt": article.excerpt or None,
                    "address": article.address,
                    "file": article.file,
                    "provenance": {k: _plain(v) for k, v in article.provenance.items()},
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
