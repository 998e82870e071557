"""One article's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from mujaz.arabic import numerals
from mujaz.arabic.bidi import isolated
from mujaz.arabic.calendars import iso_text
from mujaz.arabic.language import direction_of
from mujaz.arabic.normalise import key
from mujaz.arabic.press.type_names import type_label
from mujaz.arabic.wording import Wording
from mujaz.compose.body import body_parts
from mujaz.compose.markdown import blocks, escape, external_link, isolated_headline, link
from mujaz.compose.pages.cards import byline, reference
from mujaz.compose.pages.tags import TagLinks
from mujaz.compose.permalinks import (
    IMAGES,
    article_path,
    site_address,
    story_path,
)
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Article, Image, Provenance, TagKind
from mujaz.site_model import Page, Story
from mujaz.state.serialisation import plain

_MAX_STORY_ARTICLES = 5
"""Other articles of a story that are listed below one of them."""
_KINDS: Mapping[TagKind, str] = {
    "person": numerals.PERSON.few,
    "place": numerals.PLACE.few,
    "organisation": numerals.ORGANISATION.few,
    "topic": numerals.TOPIC.few,
}
"""What each kind of tag is called over several."""
_WORDS_PER_MINUTE = 180
"""Silent reading of Arabic news (Brysbaert 2019 gives 181 for Arabic)."""


def article_page(
    article: Article, tag_links: TagLinks, library: TrackedLibrary, say: Wording
) -> Page:
    """Return the page of an article."""
    path = article_path(article)
    story = library.story_of(article.id)
    parts = [
        *_text(article, path),
        *_tags(article, path, tag_links),
        *_story(article, story, path, library, say),
        *_related(article, story, path, library, say),
    ]
    parts += _printings(article)
    for heading, files in (
        ("## وردت أيضاً ضمن", article.also_told_in),
        ("## مما ورد هنا ونُشر على حدة", article.also_tells),
    ):
        items = [reference(card, path, say) for card in library.cards_of_files(files)]
        parts += [heading, "\n".join(items)] if items else []
    return Page(path, _meta(article, say), blocks([*parts, *_sidebar(article, path, library)]))


def _printings(article: Article) -> list[str]:
    """Return who else printed the text, under which other headlines, and who did so first."""
    titles: dict[str, dict[str, str]] = {name: {} for name in article.also_in}
    for each in article.duplicates:
        if each.source in titles and key(each.title) != key(article.title):
            title = escape(each.title)
            shown = external_link(title, each.address) if each.address else title
            titles[each.source].setdefault(title, shown)
    items = [f"- **أول من نشر** {escape(article.first_source)}"] if article.first_source else []
    for name, shown_titles in titles.items():
        items.append("- " + "، ".join((escape(name), *shown_titles.values())))
    return ["## نُشر أيضاً في", "\n".join(items)] if titles else []


def _sidebar(article: Article, path: str, library: TrackedLibrary) -> list[str]:
    """Return the headlines of an article's sidebar; those of published articles are links."""
    items = []
    for headline in article.sidebar:
        if headline.article != article.id:
            card = library.card(headline.article) if headline.article else None
            text = headline.text
            items.append(link(text, article_path(card), path) if card else escape(text))
    if not items:
        return []
    return ["## عناوين ظهرت بجانب هذا المقال", "\n".join(f"- {each}" for each in items)]


def _text(article: Article, path: str) -> list[str]:
    """Return the paragraphs, and the pull quote where its own paragraph is not in sight.

    Screen readers pass over it: they would read the same words twice. Images stand where the
    article's own page shows them.
    """
    parts = body_parts(article)
    above: list[str] = []
    for image in article.images:
        number = _paragraph_before(image, article.paragraphs)
        (above if number is None else parts[number]).append(_figure(image, path))
    quote = article.quote
    number = next((i for i, text in enumerate(article.paragraphs) if quote and quote in text), None)
    if quote and number is not None:
        pulled = f'<blockquote class="pull" aria-hidden="true">{escape(quote)}</blockquote>'
        parts[min(number - 2 if number > 1 else number + 1, len(parts) - 1)].append(pulled)
    return [*above, *chain.from_iterable(parts)]


def _paragraph_before(image: Image, paragraphs: Sequence[str]) -> int | None:
    """Return the number of the paragraph that `image` follows; None if it stands above them all."""
    above = key(image.after)
    numbers = (i for i, text in enumerate(paragraphs) if above and above.endswith(key(text) or " "))
    return next(numbers, None)


def _figure(image: Image, page: str) -> str:
    """Return an image with its caption, on one line: Markdown itself cannot give its size.

    Its size keeps its place free while it is fetched, which is only when readers come near.
    """
    up = "../" * site_address(page).count("/")
    shown = (
        f'<img src="{up}{IMAGES}/{image.name}" alt="{escape(image.alt)}" '
        f'width="{image.width}" height="{image.height}" loading="lazy" decoding="async">'
    )
    caption = f"<figcaption>{escape(image.caption)}</figcaption>" if image.caption else ""
    return f"<figure>{shown}{caption}</figure>"


def _tags(article: Article, path: str, tag_links: TagLinks) -> list[str]:
    """Return the article's tags, a line for each kind: people first, topics last."""
    rows = []
    for kind, label in _KINDS.items():
        links = [tag_links.link(t.name, path) for t in article.shown_tags if t.kind == kind]
        between = " " if tag_links.is_searched else "، "  # as some are no links then
        rows += [f"- **{label}** {between.join(links)}"] if links else []
    return ["## الوسوم", "\n".join(rows)] if rows else []


def _story(
    article: Article, story: Story | None, path: str, library: TrackedLibrary, say: Wording
) -> list[str]:
    """Return the other articles of the same story, oldest first, and the way to all of it."""
    if story is None:
        return []
    others = [each for each in story.articles if each != article.id][-_MAX_STORY_ARTICLES:]
    items = [reference(card, path, say) for each in others if (card := library.card(each))]
    whole = f"- {link('القصة كاملة، بتسلسلها', story_path(story), path)}"
    return ["## من القصة نفسها", "\n".join([*items, whole])]


def _related(
    article: Article, story: Story | None, path: str, library: TrackedLibrary, say: Wording
) -> list[str]:
    """Return what to read next, without articles of the same story."""
    in_story = set(story.articles) if story else set()
    items = [
        reference(card, path, say)
        for article_id in library.related(article.id)
        if article_id not in in_story and (card := library.card(article_id))
    ]
    return ["## اقرأ أيضاً", "\n".join(items)] if items else []


def _meta(article: Article, say: Wording) -> dict[str, Any]:
    words = sum(len(paragraph.split()) for paragraph in article.paragraphs)
    minutes = max(1, round(words / _WORDS_PER_MINUTE))
    return _present(
        {
            "template": "article.html",
            "title": article.title,
            "description": article.summary,
            "date": _dates(article),
            "authors": list(article.authors),
            "categories": [article.section] if article.section else [],
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
                    "kicker": isolated(_kicker(article)),
                    "agency": article.agency,
                    "byline": isolated(_byline(article)),
                    "date_text": say.date(article.date) if article.date else None,
                    "date_iso": article.date.isoformat() if article.date else None,
                    "published": iso_text(article.date, article.time) if article.time else None,
                    "time": article.time.isoformat() if article.time else None,
                    "time_text": say.time(article.time) if article.time else None,
                    "updated_text": say.date(article.updated) if article.updated else None,
                    "updated_iso": article.updated.isoformat() if article.updated else None,
                    "reading_time": "قراءة " + say.counted(minutes, numerals.MINUTE_OF_READING),
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


def _kicker(article: Article) -> str:
    """Return what stands above the headline: the section, and the type unless it is plain news."""
    return " · ".join(filter(None, (article.section, type_label(article.type))))


def _byline(article: Article) -> str:
    """Return who reported from where, and from which agency the paper has it."""
    agency = article.agency if key(article.agency or "") != key(article.source or "") else None
    return " · ".join(filter(None, (byline(article), agency and f"عن {agency}")))


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
