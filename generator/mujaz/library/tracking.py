"""The collection as pages read it: each answer is noted, so a page knows what it is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from mujaz.library.groups import (
    ALL,
    SEPARATOR,
    Entry,
    Member,
    Size,
    TagFacts,
    fact,
    group,
)
from mujaz.library.library import Collection, digest
from mujaz.model import Article, Card, Story, TagKind
from mujaz.state import serialisation as packing

ASKED = "\x1e"
"""Between the parts of a question: a fact, what is asked of it, and how much."""
_TOGETHER = 12
"""Tags that are named beside a tag, those it appears with most often."""
_MARKED = 20_000
"""Marks that are at hand."""
_KEPT = 1_500
"""Answers that are at hand for the next page that asks the same."""


class Reading:
    """Answers questions about the collection, and notes them in `asked`."""

    def __init__(self, collection: Collection) -> None:
        """Read `collection`."""
        self._collection = collection
        self.asked: set[str] = set()
        """The questions since somebody cleared them."""
        self._marks: dict[str, int] = {}
        self._answers: dict[str, Any] = {}
        self._cards: dict[str, Card | None] = {}

    def mark(self, question: str) -> int:
        """Return a number that stands for the answer to a question."""
        found = self._marks.get(question)
        if found is None:
            answer = self._answer(question)
            if len(self._marks) >= _MARKED:
                self._marks.clear()
            found = self._marks[question] = digest(
                answer if isinstance(answer, str) else repr(answer)
            )
        return found

    def _ask(self, of: str, what: str, *much: object) -> Any:
        question = ASKED.join((of, what, *map(str, much)))
        self.asked.add(question)
        return self._answer(question)

    def _answer(self, question: str) -> Any:
        try:
            return self._answers[question]
        except KeyError:
            of, what, *much = question.split(ASKED)
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            answer = getattr(self, f"_{what}")(of.partition(SEPARATOR)[2], *much)
            self._answers[question] = answer
            return answer

    # Articles.

    def card(self, own: str) -> Card | None:
        """Return what other pages show of an article."""
        text = self._ask(fact("article", own), "card")
        found = self._cards.get(own)
        if found is None and text:
            if len(self._cards) >= _KEPT:
                self._cards.clear()
            found = self._cards[own] = packing.card(text)
        return found

    def cards(self, members: list[Member]) -> list[Card]:
        """Return the cards of members of a group."""
        return [card for _, own in members if (card := self.card(own))]

    def _card(self, own: str) -> str | None:
        return self._collection.card_text(own)

    def length(self, own: str) -> int:
        """Return the number of characters of an article's body."""
        found: int = self._ask(fact("article", own), "length")
        return found

    def _length(self, own: str) -> int:
        return self._collection.length(own)

    def article(self, own: str) -> Article | None:
        """Return an article."""
        text = self._ask(fact("article", own), "article")
        return packing.article(text) if text else None

    def _article(self, own: str) -> str | None:
        return self._collection.article_text(own)

    def related(self, own: str) -> list[str]:
        """Return ids of articles to read next."""
        found: list[str] = self._ask(fact("related", own), "related")
        return found

    def _related(self, own: str) -> list[str]:
        return self._collection.related(own)

    # Groups.

    def size(self, grouped: str = ALL) -> Size:
        """Return how many articles a group has."""
        found: Size = self._ask(fact("group", grouped), "size")
        return found

    def _size(self, grouped: str) -> Size:
        return self._collection.size(grouped)

    def newest(self, grouped: str, most: int) -> list[Card]:
        """Return the first articles of a group."""
        return self.cards(self._ask(fact("group", grouped), "newest", most))

    def _newest(self, grouped: str, most: str) -> list[Member]:
        return self._collection.members(grouped, int(most))

    def newest_day(self, grouped: str = ALL) -> dt.date | None:
        """Return the day of the newest article of a group."""
        members: list[Member] = self._ask(fact("group", grouped), "newest", 1)
        return members[0].day if members else None

    def pages(self, grouped: str, series: str, size: int) -> int:
        """Return how many pages a series of a group fills."""
        found: int = self._ask(fact("group", grouped), "pages", series, size)
        return found

    def _pages(self, grouped: str, series: str, size: str) -> int:
        members: int = getattr(self._collection.size(grouped), series)
        return -(-members // int(size))

    def is_last(self, grouped: str, series: str, number: int, size: int) -> bool:
        """Return whether no page of a series comes after one."""
        found: bool = self._ask(fact("group", grouped), "is_last", series, number, size)
        return found

    def _is_last(self, grouped: str, series: str, number: str, size: str) -> bool:
        return int(number) >= self._pages(grouped, series, size)

    def chunk(self, grouped: str, series: str, number: int, size: int) -> list[Card]:
        """Return the articles of a numbered page."""
        return self.cards(self._ask(fact("group", grouped), "chunk", series, number, size))

    def _chunk(self, grouped: str, series: str, number: str, size: str) -> list[Member]:
        return self._collection.chunk(grouped, series, int(number), int(size))

    def days(self, grouped: str) -> dict[dt.date, int]:
        """Return how many articles a group has of each day, newest first."""
        found: dict[dt.date, int] = self._ask(fact("group", grouped), "days")
        return found

    def _days(self, grouped: str) -> dict[dt.date, int]:
        return self._collection.days(grouped)

    def tag(self, name: str) -> TagFacts | None:
        """Return what is known of a tag."""
        found: TagFacts | None = self._ask(fact("group", group("tag", name)), "tag")
        return found

    def _tag(self, grouped: str) -> TagFacts | None:
        return self._collection.tag_facts(grouped.partition(SEPARATOR)[2])

    def beside(self, tag: str) -> list[tuple[str, int]]:
        """Return the tags that stand beside one most often, and how often."""
        found: list[tuple[str, int]] = self._ask(fact("beside", tag), "beside")
        return found

    def _beside(self, tag: str) -> list[tuple[str, int]]:
        return self._collection.beside(tag, _TOGETHER)

    def names(self, kind: str) -> list[Entry]:
        """Return the groups of a kind, by name."""
        found: list[Entry] = self._ask(fact("names", kind), "names")
        return found

    def _names(self, kind: str) -> list[Entry]:
        return self._collection.names(kind)

    def most_tagged(self, kinds: Sequence[TagKind], most: int) -> list[Entry]:
        """Return the tags of some kinds with most articles."""
        found: list[Entry] = self._ask(fact("names", "tag"), "most_tagged", " ".join(kinds), most)
        return found

    def _most_tagged(self, _: str, kinds: str, most: str) -> list[Entry]:
        return self._collection.most_tagged(kinds.split(" "), int(most))

    def count_tags(self, kind: TagKind) -> Entry:
        """Return how many tags of a kind there are, and the day of the newest article with one."""
        found: Entry = self._ask(fact("names", "tag"), "count_tags", kind)
        return found

    def _count_tags(self, _: str, kind: str) -> Entry:
        return self._collection.count_tags(kind)

    def around(self, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
        """Return the days before and after one that have news as well."""
        found: tuple[dt.date | None, dt.date | None] = self._ask(
            fact("names", "day"), "around", day
        )
        return found

    def _around(self, _: str, day: str) -> tuple[dt.date | None, dt.date | None]:
        return self._collection.days_around(dt.date.fromisoformat(day))

    def latest(self, kind: str, most: int) -> list[Entry]:
        """Return the latest days, or weeks, that have news, newest first."""
        found: list[Entry] = self._ask(fact("names", kind), "latest", most)
        return found

    def _latest(self, kind: str, most: str) -> list[Entry]:
        return self._collection.latest(kind, int(most))

    # Stories.

    def story(self, own: str) -> Story | None:
        """Return a story."""
        text = self._ask(fact("story", own), "story")
        return packing.story(text) if text else None

    def _story(self, own: str) -> str | None:
        return self._collection.story_text(own)

    def story_of(self, own: str) -> Story | None:
        """Return the story that an article is part of."""
        found = self._ask(fact("member", own), "member")
        return self.story(found) if found else None

    def _member(self, own: str) -> str | None:
        return self._collection.story_of(own)

    def latest_stories(self, most: int, fewest: int = 2) -> list[Story]:
        """Return the stories of at least `fewest` articles that were last reported on."""
        found = self._ask(fact("stories"), "stories", most, fewest)
        return [story for own in found if (story := self.story(own))]

    def _stories(self, _: str, most: str, fewest: str) -> list[str]:
        return self._collection.latest_stories(int(most), int(fewest))

    def count_stories(self) -> int:
        """Return how many stories there are."""
        found: int = self._ask(fact("stories"), "count")
        return found

    def _count(self, _: str) -> int:
        return self._collection.count_stories()

    def newest_story_day(self) -> dt.date | None:
        """Return the latest day that a story tells of."""
        found: dt.date | None = self._ask(fact("stories"), "newest_told")
        return found

    def _newest_told(self, _: str) -> dt.date | None:
        return self._collection.newest_story_day()
