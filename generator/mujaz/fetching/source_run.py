"""Fetches one source: asks for it, stores what is new, and has pages wait that it leads to."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from mujaz.config import FetchSource
from mujaz.fetching.addresses import same_form
from mujaz.fetching.archive import Archive
from mujaz.fetching.client import FetchedAnswer
from mujaz.fetching.discovery import (
    FeedItem,
    SitemapItem,
    article_of,
    content_kind,
    digest_of,
    digest_of_entries,
    feed_items,
    listed_links,
    named_feeds,
    page_article,
    sitemap_items,
    unzipped_answer,
)
from mujaz.fetching.faults import FetchError
from mujaz.fetching.fetch_state import FetchState, Validators, WaitingPage
from mujaz.fetching.session import Session
from mujaz.model import Document, Problem
from mujaz.read.fields import date_of
from mujaz.read.records.fetched import FetchNotes

_UNCONDITIONAL_SECONDS = 24 * 3600.0
"""After which a source is asked without conditions again: some never say that they changed."""
_MAX_NEW_PAGES, _MAX_SITEMAPS, _MAX_SITEMAP_DEPTH = 100, 20, 2
_MAX_PAGE_AGE_DAYS = 7
"""Of pages in sitemaps, which go back for years."""


class SourceReport(NamedTuple):
    """What came of one source."""

    address: str
    source: str
    """The paper, as the settings name it."""
    kind: str
    """`feed`, `sitemap`, `listing` or `page`; empty if that is not known."""
    articles: int = 0
    """That are new, or new versions."""
    waiting: int = 0
    """Pages that will be asked for the next time."""
    problems: tuple[Problem, ...] = ()
    """What could not be had: the source itself, or pages."""
    moved: str = ""
    """Where the source says that it has moved to for good."""

    @property
    def has_failed(self) -> bool:
        """Whether the source itself could not be had."""
        return any(each.file == self.address for each in self.problems)


class Tools(NamedTuple):
    """What all sources of one run share."""

    session: Session
    state: FetchState
    archive: Archive
    lock: threading.RLock
    """Held while something is stored: archive and state belong together."""
    parsing: threading.Lock
    """Held while something large is parsed: one at a time needs the memory of one."""
    now: float
    """When the run began, in seconds since 1970."""
    stopping: threading.Event
    """Set when the run is to end: what came is stored, and nothing more is asked for."""


class SourceRun:
    """One source in one run."""

    def __init__(self, tools: Tools, source: FetchSource) -> None:
        self._tools, self._source = tools, source
        self._kind = source.kind
        self._articles = 0
        self._moved = ""

    def run(self) -> SourceReport:
        """Fetch what is new of the source itself; its pages wait."""
        problems: tuple[Problem, ...] = ()
        try:
            self._take(self._source.address)
        except FetchError as error:
            problems = (Problem(self._source.address, error.reason, error.hint),)
        return SourceReport(
            self._source.address,
            self._source.source,
            self._kind,
            self._articles,
            problems=problems,
            moved=self._moved,
        )

    def _take(self, address: str, depth: int = 0) -> None:
        state, now = self._tools.state, self._tools.now
        before = state.validators(address)
        has_conditions = now - before.whole_at < _UNCONDITIONAL_SECONDS
        conditions = _conditions(before) if has_conditions else {}
        answer, moved = self._tools.session.get(address, conditions)
        self._moved = self._moved or (moved if not depth else "")
        if answer.status == 304:
            return
        answer = unzipped_answer(answer)
        self._kind = self._checked_kind(answer) if not depth else self._kind
        after = Validators(
            answer.header("etag")[:500],
            answer.header("last-modified")[:100],
            digest_of_entries(answer.content),
            before.whole_at if conditions else now,
        )
        with self._tools.parsing, self._tools.lock:
            if after.digest != before.digest or self._kind == "sitemap":
                children = self._store(answer)
            else:
                children = []
            if after != before:
                state.put_validators(address, after)
        if depth < _MAX_SITEMAP_DEPTH:
            self._take_sitemaps(children, depth + 1)

    def _checked_kind(self, answer: FetchedAnswer) -> str:
        """Return what the source is. Raises `FetchError` if that is not what the settings say."""
        kind, wanted = content_kind(answer), self._source.kind
        if not answer.content.strip():
            raise FetchError("is empty", "it is asked again the next time", is_passing=True)
        if not kind:
            hint = "give the address of a feed, a sitemap or a page"
            raise FetchError("is neither a feed nor a sitemap nor a page", hint)
        if not wanted:
            is_list = kind == "page" and isinstance(page_article(answer), Problem)
            return "listing" if is_list else kind
        if kind != ("page" if wanted == "listing" else wanted):
            feeds = list(named_feeds(answer)) if kind == "page" else []
            hint = f"it names the feed {feeds[0]}" if feeds else f"write `{kind}:` in its place"
            raise FetchError(f"is a {kind} and no {wanted}", hint)
        return wanted

    def _store(self, answer: FetchedAnswer) -> list[SitemapItem]:
        """Store what is new; return the sitemaps that an index of them lists."""
        if self._kind == "feed":
            self._store_feed(answer)
        elif self._kind == "listing":
            self._put_pages(SitemapItem(link, "") for link in listed_links(answer))
        elif self._kind == "page":
            self._store_page(answer)
        else:
            is_index, items = sitemap_items(answer)
            if is_index:
                return items
            self._put_pages(items)
        return []

    def _store_feed(self, answer: FetchedAnswer) -> None:
        """Store a feed if an entry is new; entries without their whole text have a page wait."""
        state = self._tools.state
        feed, items = feed_items(answer)
        changed = [item for item in items if (state.mark(item.key) or "") != item.mark]
        new = [item for item in changed if state.mark(item.key) != ""]
        if new:
            texts = {item.number: article_of(item, feed, answer) for item in new}
            whole = [item for item in new if _is_whole(item, texts[item.number])]
            partial = [item for item in new if item.link and item not in whole]
            self._tools.archive.add(answer, self._notes(tuple(each.number for each in whole)))
            self._articles += len(whole)
            has_texts = any(texts[item.number] for item in partial)
            number = state.put_answer(answer) if has_texts else None
            for item in partial:
                answer_number = number if texts[item.number] else None
                state.put_page(self._page(item, answer_number))
        state.put_marks((item.key, item.mark) for item in changed)

    def _page(self, item: FeedItem, answer_number: int | None) -> WaitingPage:
        return WaitingPage(
            item.key,
            item.link,
            self._source.address,
            item.title,
            item.guid,
            item.day,
            answer=answer_number,
            number=item.number,
        )

    def _store_page(self, answer: FetchedAnswer) -> None:
        """Store a page if it is an article, and another one than before."""
        article, key = page_article(answer), same_form(answer.address)
        if isinstance(article, Problem):
            raise FetchError(article.reason, article.hint)
        mark = digest_of(article.text)
        if self._tools.state.mark(key) != mark:
            self._tools.archive.add(answer, self._notes(None, link=self._source.address))
            self._tools.state.put_marks([(key, mark)])
            self._articles += 1

    def _put_pages(self, items: Iterable[SitemapItem]) -> None:
        """Have pages wait that were not seen: the first of them, and none that are old."""
        state, new = self._tools.state, dict[str, SitemapItem]()
        for item in items:
            if _is_recent(item.day, self._tools.now):
                key = same_form(item.address)
                if key not in new and state.mark(key) is None:
                    new[key] = item
        for key, item in list(new.items())[:_MAX_NEW_PAGES]:
            state.put_page(WaitingPage(key, item.address, self._source.address, day=item.day))
        state.put_marks((key, "") for key in new)

    def _take_sitemaps(self, items: list[SitemapItem], depth: int) -> None:
        """Fetch those sitemaps of an index that have changed, as far as it says."""
        state = self._tools.state
        for item in items[:_MAX_SITEMAPS]:
            key = f"sitemap {item.address}"
            if item.day and state.mark(key) == item.day:
                continue
            with suppress(FetchError):  # the others are fine
                self._take(item.address, depth)
                state.put_marks([(key, item.day)])

    def _notes(self, numbers: tuple[int, ...] | None, link: str = "") -> FetchNotes:
        source = self._source
        return FetchNotes(source.source, source.section, link=link, numbers=numbers)


def _conditions(validators: Validators) -> dict[str, str]:
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.modified}
    return {name: value for name, value in headers.items() if value}


def _is_whole(item: FeedItem, article: Document | None) -> bool:
    """Whether an entry is the article as it stands: in full, or without a page that has more."""
    return article is not None and (not article.excerpt or not item.link)


def _is_recent(day: str, now: float) -> bool:
    """Whether a page with this day is new enough; one without a day is."""
    date = date_of(day) if day else None
    if date is None:
        return True
    today = dt.datetime.fromtimestamp(now, dt.UTC).date()
    plain = date.date() if isinstance(date, dt.datetime) else date
    return (today - plain).days <= _MAX_PAGE_AGE_DAYS
