"""The library as pages read it: every query is recorded, so a page knows what it was made of.

A query is a method of the library with its arguments, and the key of what its answer depends on.
Recorded as a text, it can be asked again by a later run, which compares fingerprints of answers: a
page is stale only if an answer is another one (what Salsa calls backdating).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any, Concatenate, Generic, NewType, ParamSpec, TypeVar, cast

from mujaz.library.groups import (
    ALL,
    FRONT,
    OUTSIDE_HEADLINES,
    DependencyKey,
    Member,
    dependency_key,
    name_of,
)
from mujaz.library.library import Library
from mujaz.model import Article
from mujaz.site_model import Card, Story
from mujaz.state import serialisation

P = ParamSpec("P")
T = TypeVar("T")
Query = NewType("Query", str)
"""A recorded query: dependency key, name of a tracked method, and its arguments as JSON."""

QUERY_SEPARATOR = "\x1e"
_MAX_CACHED_FINGERPRINTS = 20_000
_MAX_CACHED_ANSWERS = 1_500


class Tracked(Generic[P, T]):
    """A method of the library whose calls are recorded.

    All that it answers depends on one key: on `key`, or else on the key of what its first argument
    names among the things of `kind`. Arguments are numbers, texts, and lists of these.
    """

    def __init__(
        self,
        method: Callable[Concatenate[Library, P], T],
        kind: str = "",
        key: DependencyKey | None = None,
    ) -> None:
        self._method, self._kind, self._key = method, kind, key

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, library: TrackedLibrary, _owner: type | None = None) -> Callable[P, T]:
        return cast("Callable[P, T]", partial(library.ask, self))

    def query(self, *arguments: Any) -> Query:
        """Return the query with these arguments as text."""
        key = self._key
        if key is None:  # which has the first argument in it
            key, arguments = dependency_key(self._kind, arguments[0]), arguments[1:]
        rest = json.dumps(arguments) if arguments else "[]"
        return Query(f"{key}{QUERY_SEPARATOR}{self._name}{QUERY_SEPARATOR}{rest}")

    def answer(self, library: Library, key: str, rest: str) -> T:
        """Return what `library` answers to a query with this key and these other arguments."""
        first = (name_of(key),) if self._key is None else ()
        return cast("Callable[..., T]", self._method)(library, *first, *json.loads(rest))


class TrackedLibrary:
    """Answers queries about the library, and records them."""

    card_text = Tracked(Library.card_text, "article")
    article_text = Tracked(Library.article_text, "article")
    length = Tracked(Library.length, "article")
    id_of_file = Tracked(Library.id_of_file, "file")
    related = Tracked(Library.related, "related")

    size = Tracked(Library.size, "group")
    has_articles = Tracked(Library.has_articles, "group")
    articles_of = Tracked(Library.articles_of, "group")
    around = Tracked(Library.around, "group")
    articles_on_page = Tracked(Library.articles_on_page, "group")
    articles_of_day = Tracked(Library.articles_of_day, "group")
    reported = Tracked(Library.reported, "group")
    page_count = Tracked(Library.page_count, "group")
    is_last_page = Tracked(Library.is_last_page, "group")
    days = Tracked(Library.days, "group")
    tag_details = Tracked(Library.tag_details, "group")
    co_tags = Tracked(Library.co_tags, "co-tags")

    names = Tracked(Library.names, "names")
    latest = Tracked(Library.latest, "names")
    most_tagged = Tracked(Library.most_tagged, key=dependency_key("names", "tag"))
    count_tags = Tracked(Library.count_tags, key=dependency_key("names", "tag"))
    month_names = Tracked(Library.month_names, key=dependency_key("names", "month-names"))
    days_around = Tracked(Library.days_around, key=dependency_key("names", "day"))

    front = Tracked(Library.front, key=FRONT)
    outside_headlines = Tracked(Library.outside_headlines, key=OUTSIDE_HEADLINES)

    story_text = Tracked(Library.story_text, "story")
    story_id_of = Tracked(Library.story_id_of, "member")
    topic_of = Tracked(Library.topic_of, "topic")
    latest_story_ids = Tracked(Library.latest_story_ids, key=dependency_key("stories"))
    count_stories = Tracked(Library.count_stories, key=dependency_key("stories"))
    newest_story_day = Tracked(Library.newest_story_day, key=dependency_key("stories"))

    def __init__(self, library: Library, section_order: Sequence[str] = ()) -> None:
        """Read from `library`, which must not change meanwhile.

        `section_order` are sections that an editor puts before all others.
        """
        self._library = library
        self.section_order = section_order
        self.recorded: set[Query] = set()
        """The queries since somebody cleared them."""
        self._fingerprints: dict[Query, int] = {}
        self._answers: dict[Query, Any] = {}
        self._cards: dict[str, Card] = {}

    def ask(self, method: Tracked[..., T], *arguments: Any) -> T:
        """Record the query of a tracked method, and return its answer."""
        query = method.query(*arguments)
        self.recorded.add(query)
        return cast("T", self._answer(query))

    def fingerprint(self, query: Query) -> int:
        """Return 60 bits that stand for the answer to a query."""
        if query not in self._fingerprints:
            answer = self._answer(query)
            text = answer if isinstance(answer, str) else repr(answer)
            digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            _cache(self._fingerprints, _MAX_CACHED_FINGERPRINTS, query, int.from_bytes(digest) >> 4)
        return self._fingerprints[query]

    def _answer(self, query: Query) -> Any:
        if query not in self._answers:
            key, name, rest = query.split(QUERY_SEPARATOR)
            answer = vars(TrackedLibrary)[name].answer(self._library, key, rest)
            _cache(self._answers, _MAX_CACHED_ANSWERS, query, answer)
        return self._answers[query]

    def card(self, article_id: str) -> Card | None:
        """Return what other pages show of an article."""
        text = self.card_text(article_id)
        if text and article_id not in self._cards:
            _cache(self._cards, _MAX_CACHED_ANSWERS, article_id, serialisation.card(text))
        return self._cards[article_id] if text else None

    def cards_of_files(self, files: Iterable[str]) -> list[Card]:
        """Return the articles that were read from some files, in their order."""
        ids = filter(None, map(self.id_of_file, files))
        return [card for each in ids if (card := self.card(each))]

    def article(self, article_id: str) -> Article | None:
        """Return an article."""
        text = self.article_text(article_id)
        return serialisation.article(text) if text else None

    def newest(self, group: str, limit: int = -1) -> list[Card]:
        """Return the first articles of a group, or all."""
        return self._cards_of(self.articles_of(group, limit))

    def newest_of_day(self, group: str, day: dt.date, limit: int = -1) -> list[Card]:
        """Return the first articles that a group has of a day, or all."""
        return self._cards_of(self.articles_of_day(group, day.isoformat(), limit))

    def cards_on_page(self, group: str, series: str, number: int, page_size: int) -> list[Card]:
        """Return the articles of a numbered page."""
        return self._cards_of(self.articles_on_page(group, series, number, page_size))

    def _cards_of(self, grouped: Iterable[Member]) -> list[Card]:
        return [card for each in grouped if (card := self.card(each.id))]

    def newest_day(self, group: str = ALL) -> dt.date | None:
        """Return the day of the newest article of a group."""
        newest = self.articles_of(group, 1)
        return newest[0].day if newest else None

    def story(self, story_id: str) -> Story | None:
        """Return a story."""
        text = self.story_text(story_id)
        return serialisation.story(text) if text else None

    def story_of(self, article_id: str) -> Story | None:
        """Return the story that an article is part of."""
        story_id = self.story_id_of(article_id)
        return self.story(story_id) if story_id else None

    def latest_stories(self, limit: int, min_articles: int = 2) -> list[Story]:
        """Return the stories of at least `min_articles` articles that were last reported on."""
        story_ids = self.latest_story_ids(limit, min_articles)
        return [story for story_id in story_ids if (story := self.story(story_id))]


def _cache(cache: dict[Any, Any], limit: int, key: object, value: object) -> None:
    """Put a value into a cache, which is emptied when it is full."""
    if len(cache) >= limit:
        cache.clear()
    cache[key] = value
