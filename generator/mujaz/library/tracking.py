"""The library as pages read it: every query is recorded, so a page knows what it was made of.

A query is a method of the library with its arguments, and the key of what its answer depends on.
Recorded as a text, it can be asked again by a later run, which compares fingerprints of answers: a
page is stale only if an answer is another one (what Salsa calls backdating).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Any, Concatenate, NewType, ParamSpec, TypeVar

from mujaz.library.groups import (
    ALL,
    DependencyKey,
    GroupSummary,
    Member,
    Size,
    TagDetails,
    dependency_key,
)
from mujaz.library.groups import group as group_of
from mujaz.library.library import Library
from mujaz.model import Article, Story, TagKind
from mujaz.site_model import Card
from mujaz.state import serialisation

P = ParamSpec("P")
T = TypeVar("T")
Query = NewType("Query", str)
"""A recorded query: dependency key, name of a method of `Library`, and its arguments as JSON."""

QUERY_SEPARATOR = "\x1e"
_MAX_CACHED_FINGERPRINTS = 20_000
_MAX_CACHED_ANSWERS = 1_500


class TrackedLibrary:
    """Answers queries about the library, and records them."""

    def __init__(self, library: Library) -> None:
        """Read from `library`."""
        self._library = library
        self.recorded: set[Query] = set()
        """The queries since somebody cleared them."""
        self._fingerprints: dict[Query, int] = {}
        self._answers: dict[Query, Any] = {}
        self._cards: dict[str, Card] = {}

    def fingerprint(self, query: Query) -> int:
        """Return 60 bits that stand for the answer to a query."""
        if query not in self._fingerprints:
            answer = self._answer(query)
            text = answer if isinstance(answer, str) else repr(answer)
            digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            _cache(self._fingerprints, _MAX_CACHED_FINGERPRINTS, query, int.from_bytes(digest) >> 4)
        return self._fingerprints[query]

    def _ask(
        self,
        key: DependencyKey,
        method: Callable[Concatenate[Library, P], T],
        *args: P.args,
        **_: P.kwargs,
    ) -> T:
        """Record the query of a method, and return its answer."""
        arguments = json.dumps(args, ensure_ascii=False)
        query = Query(QUERY_SEPARATOR.join((key, method.__name__, arguments)))
        self.recorded.add(query)
        answer: T = self._answer(query)
        return answer

    def _answer(self, query: Query) -> Any:
        if query not in self._answers:
            _, name, arguments = query.split(QUERY_SEPARATOR)
            answer = getattr(self._library, name)(*json.loads(arguments))
            _cache(self._answers, _MAX_CACHED_ANSWERS, query, answer)
        return self._answers[query]

    # Articles.

    def card(self, article_id: str) -> Card | None:
        """Return what other pages show of an article."""
        text = self._ask(dependency_key("article", article_id), Library.card_text, article_id)
        if text and article_id not in self._cards:
            _cache(self._cards, _MAX_CACHED_ANSWERS, article_id, serialisation.card(text))
        return self._cards[article_id] if text else None

    def cards(self, members: Iterable[Member]) -> list[Card]:
        """Return the cards of members of a group."""
        return [card for _, article_id in members if (card := self.card(article_id))]

    def length(self, article_id: str) -> int:
        """Return the number of characters of an article's body."""
        return self._ask(dependency_key("article", article_id), Library.length, article_id)

    def article(self, article_id: str) -> Article | None:
        """Return an article."""
        text = self._ask(dependency_key("article", article_id), Library.article_text, article_id)
        return serialisation.article(text) if text else None

    def related(self, article_id: str) -> list[str]:
        """Return ids of articles to read next."""
        return self._ask(dependency_key("related", article_id), Library.related, article_id)

    # Groups.

    def size(self, group: str = ALL) -> Size:
        """Return the number of articles in a group."""
        return self._ask(dependency_key("group", group), Library.size, group)

    def newest(self, group: str, limit: int) -> list[Card]:
        """Return the first articles of a group."""
        return self.cards(self._ask(dependency_key("group", group), Library.members, group, limit))

    def newest_day(self, group: str = ALL) -> dt.date | None:
        """Return the day of the newest article of a group."""
        members = self._ask(dependency_key("group", group), Library.members, group, 1)
        return members[0].day if members else None

    def pages(self, group: str, series: str, size: int) -> int:
        """Return the number of pages that a series of a group fills."""
        return self._ask(dependency_key("group", group), Library.page_count, group, series, size)

    def is_last(self, group: str, series: str, number: int, size: int) -> bool:
        """Return whether no page of a series comes after one."""
        key = dependency_key("group", group)
        return self._ask(key, Library.is_last_page, group, series, number, size)

    def chunk(self, group: str, series: str, number: int, size: int) -> list[Card]:
        """Return the articles of a numbered page."""
        key = dependency_key("group", group)
        return self.cards(self._ask(key, Library.chunk, group, series, number, size))

    def days(self, group: str) -> dict[dt.date, int]:
        """Return the number of articles that a group has of each day, newest first."""
        return self._ask(dependency_key("group", group), Library.days, group)

    def tag(self, name: str) -> TagDetails | None:
        """Return the kind and the other spellings of a tag."""
        key = dependency_key("group", group_of("tag", name))
        return self._ask(key, Library.tag_details, name)

    def co_tags(self, tag: str) -> list[GroupSummary]:
        """Return the tags that an article has beside one most often, and how often."""
        return self._ask(dependency_key("co-tags", tag), Library.co_tags, tag)

    def names(self, kind: str) -> list[GroupSummary]:
        """Return the groups of a kind, by name."""
        return self._ask(dependency_key("names", kind), Library.names, kind)

    def most_tagged(self, kinds: Sequence[TagKind], limit: int) -> list[GroupSummary]:
        """Return the tags of some kinds with most articles."""
        return self._ask(dependency_key("names", "tag"), Library.most_tagged, [*kinds], limit)

    def count_tags(self, kind: TagKind) -> GroupSummary:
        """Return the number of tags of a kind, and the day of the newest article with one."""
        return self._ask(dependency_key("names", "tag"), Library.count_tags, kind)

    def around(self, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
        """Return the days before and after one that have news as well."""
        return self._ask(dependency_key("names", "day"), Library.days_around, day.isoformat())

    def latest(self, kind: str, limit: int) -> list[GroupSummary]:
        """Return the latest days, or weeks, that have news, newest first."""
        return self._ask(dependency_key("names", kind), Library.latest, kind, limit)

    # Stories.

    def story(self, story_id: str) -> Story | None:
        """Return a story."""
        text = self._ask(dependency_key("story", story_id), Library.story_text, story_id)
        return serialisation.story(text) if text else None

    def story_of(self, article_id: str) -> Story | None:
        """Return the story that an article is part of."""
        story_id = self._ask(dependency_key("member", article_id), Library.story_of, article_id)
        return self.story(story_id) if story_id else None

    def latest_stories(self, limit: int, min_articles: int = 2) -> list[Story]:
        """Return the stories of at least `min_articles` articles that were last reported on."""
        key = dependency_key("stories")
        story_ids = self._ask(key, Library.latest_stories, limit, min_articles)
        return [story for story_id in story_ids if (story := self.story(story_id))]

    def count_stories(self) -> int:
        """Return the number of stories."""
        return self._ask(dependency_key("stories"), Library.count_stories)

    def newest_story_day(self) -> dt.date | None:
        """Return the latest day that a story tells of."""
        return self._ask(dependency_key("stories"), Library.newest_story_day)


def _cache(cache: dict[Any, Any], limit: int, key: object, value: object) -> None:
    """Put a value into a cache, which is emptied when it is full."""
    if len(cache) >= limit:
        cache.clear()
    cache[key] = value
