"""One article's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from mujaz.arabic import numerals
from mujaz.arabic.bidi import isolated
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, escape, headline, link
from mujaz.compose.pages.figures import figure, place
from mujaz.compose.permalinks import article_path, story_path, tag_path
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import (
    Article,
    Card,
    Page,
    Provenance,
    Story,
    TagKind,
)
from mujaz.state.serialisation import plain

_IN_STORY = 5
"""Other articles of a story that are listed below one of them."""
_KINDS: Mapping[TagKind, str] = {
    "person": numerals.PERSON.few,
    "place": numerals.PLACE.few,
    "organisation": numerals.ORGANISATION.few,
    "topic": numerals.TOPIC.few,
}
"""What each kind of tag is called over several."""
_WORDS_A_MINUTE = 180
"""Silent reading of Arabic news (Brysbaert 2019 gives 181 for Arabic)."""


def byline(article: Article | Card) -> str:
    """Return who reported from where: `السنديانة · حلب · ليلى النجار`."""
    return " · ".join(filter(None, (article.source, article.place, *article.authors)))


def article_page(own: str, library: TrackedLibrary, say: Wording) -> Page | None:
    """Return the page of the article with the id `own`."""
    article = library.article(own)
    if article is None:
        return None
    path = article_path(article)
    return Page(path, _meta(article, say), blocks(_body(article, path, library, say)))


def _body(article: Article, path: str, library: TrackedLibrary, say: Wording) -> list[str]:
    story = library.story_of(article.id)
    parts = _text(article, path)
    parts += _tags(article, path)
    parts += _story(article, story, path, library, say)
    parts += _related(article, story, path, library, say)
    if article.also_in:
        parts += ["## نُشر أيضاً في", "\n".join(f"- {escape(name)}" for name in article.also_in)]
    beside = list(_beside(article, path, library))
    if beside:
        parts += ["## عناوين ظهرت بجانب هذا المقال", "\n".join(f"- {each}" for each in beside)]
    return parts


def _beside(article: Article, path: str, library: TrackedLibrary) -> Iterator[str]:
    """Yield the headlines that stood beside an article, with the ways to those we hold."""
    for seen in article.sidebar:
        if seen.article != article.id:
            card = library.card(seen.article) if seen.article else None
            yield link(seen.text, article_path(card), path) if card else escape(seen.text)


def _text(article: Article, path: str) -> list[str]:
    """Return the paragraphs, and the pull quote where its own paragraph is not in sight.

    Screen readers pass over it: they would read the same words twice. Images stand where the
    article's own page shows them.
    """
    parts = [[escape(paragraph)] for paragraph in article.paragraphs]
    above: list[str] = []
    for image in article.images:
        at = place(image, article.paragraphs)
        (above if at is None else parts[at]).append(figure(image, path))
    quote = article.quote
    at = next((i for i, text in enumerate(article.paragraphs) if quote and quote in text), None)
    if quote and at is not None:
        pulled = f'<blockquote class="pull" aria-hidden="true">{escape(quote)}</blockquote>'
        parts[min(at - 2 if at > 1 else at + 1, len(parts) - 1)].append(pulled)
    return [*above, *chain.from_iterable(parts)]


def _tags(article: Article, path: str) -> list[str]:
    """Return the article's tags, a line for each kind: people first, topics last."""
    rows = []
    for kind, label in _KINDS.items():
        links = [link(t.name, tag_path(t.name), path) for t in article.tags if t.kind == kind]
        rows += [f"- **{label}** {' '.join(links)}"] if links else []
    return ["## الوسوم", "\n".join(rows)] if rows else []


def _story(
    article: Article, story: Story | None, path: str, library: TrackedLibrary, say: Wording
) -> list[str]:
    """Return the other articles of the same story, oldest first, and the way to all of it."""
    if story is None:
        return []
    others = [each for each in story.articles if each != article.id][-_IN_STORY:]
    shown = [f"- {_reference(card, path, say)}" for own in others if (card := library.card(own))]
    whole = f"- {link('القصة كاملة، بتسلسلها', story_path(story), path)}"
    return ["## من القصة نفسها", "\n".join([*shown, whole])]


def _related(
    article: Article, story: Story | None, path: str, library: TrackedLibrary, say: Wording
) -> list[str]:
    told = set(story.articles) if story else set()
    near = [
        card
        for own in library.related(article.id)
        if own not in told and (card := library.card(own))
    ]
    if not near:
        return []
    return ["## اقرأ أيضاً", "\n".join(f"- {_reference(card, path, say)}" for card in near)]


def _reference(article: Card, page: str, say: Wording) -> str:
    """Return a link to an article, with who reported it when."""
    day = say.date(article.date) if article.date else ""
    told = " · ".join(filter(None, (article.source, day)))
    return link(article.title, article_path(article), page) + (f" {escape(told)}" if told else "")


def _meta(article: Article, say: Wording) -> dict[str, Any]:
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
                    "headline": headline(article.title),
                    "kicker": isolated(article.category or ""),
                    "byline": isolated(byline(article)),
                    "date_text": say.date(article.date) if article.date else None,
                    "date_iso": article.date.isoformat() if article.date else None,
                    "updated_text": say.date(article.updated) if article.updated else None,
                    "updated_iso": article.updated.isoformat() if article.updated else None,
                    "reading_time": "قراءة " + say.counted(minutes, numerals.MINUTE_OF_READING),
                    "excerpt": article.excerpt or None,
                    "address": article.address,
                    "file": article.file,
                    "provenance": {k: _plain(v) for k, v in article.provenance.items()},
                    "tags": [plain(tag) for tag in article.tags],
                    "quote": article.quote,
                    "images": [plain(image) for image in article.images],
                    "sidebar": [plain(seen) for seen in article.sidebar],
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
