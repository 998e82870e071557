"""The stories of the library, their articles, and what to read after each: one place for all of it.

Whoever finds the stories writes these tables, and pages read them.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import NamedTuple

from mujaz.library.groups import DependencyKey, dependency_key
from mujaz.site_model import Story
from mujaz.state import serialisation


class StoryDelta(NamedTuple):
    """What changed among the stories, and what that means for articles."""

    removed: set[str]
    """Ids of stories that are no more."""
    upserted: list[Story]
    """Stories that are new or other than they were."""
    story_ids: dict[str, str | None]
    """Id of each article that is in another story now -> id of that story; None: it is in none."""
    related: dict[str, tuple[str, ...]]
    """Id of each article after which others are to be read now -> their ids, nearest first."""
    topics: set[str]
    """Ids of the articles that are in another news topic now, or in none."""

    def dependency_keys(self) -> set[DependencyKey]:
        """Return the keys of what changed."""
        ids = {*self.removed, *(story.id for story in self.upserted)}
        keys = {dependency_key("stories")} if ids else set()
        keys |= {dependency_key("story", story_id) for story_id in ids}
        keys |= {dependency_key("member", article_id) for article_id in self.story_ids}
        keys |= {dependency_key("topic", article_id) for article_id in self.topics}
        return keys | {dependency_key("related", article_id) for article_id in self.related}


class Membership:
    """The table that says in which story or news topic each article is."""

    def __init__(self, base: sqlite3.Connection, table: str, column: str) -> None:
        """Use a table in `base`, and its column of ids of stories, or of news topics."""
        self._base, self._table, self._column = base, table, column

    def group_of(self, article_id: str) -> str | None:
        """Return the id of what an article is in."""
        query = f"select {self._column} from {self._table} where article_id = ?"
        row = self._base.execute(query, (article_id,)).fetchone()
        return row[0] if row else None

    def articles_of(self, group_id: str) -> list[str]:
        """Return the ids of the articles that are in something."""
        query = f"select article_id from {self._table} where {self._column} = ?"
        return [article_id for (article_id,) in self._base.execute(query, (group_id,))]

    def put(self, article_id: str, group_id: str | None) -> None:
        """Store what an article is in; None: in nothing."""
        self._base.execute(f"delete from {self._table} where article_id = ?", (article_id,))
        if group_id:
            row = (article_id, group_id)
            self._base.execute(f"insert into {self._table} values (?, ?)", row)


class StoryTables:
    """The tables of stories, of their articles, and of related articles."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use the tables in `base`."""
        self._base = base

    @property
    def story_members(self) -> Membership:
        """In which story each article is."""
        return Membership(self._base, "story_members", "story_id")

    @property
    def story_clusters(self) -> Membership:
        """In which story each article would be, if no editor had joined or split any."""
        return Membership(self._base, "story_clusters", "story_id")

    @property
    def news_topic_members(self) -> Membership:
        """In which news topic each article is by itself, whatever its story."""
        return Membership(self._base, "news_topic_members", "topic_id")

    def edited_articles(self) -> set[str]:
        """Return the ids of the articles of whose stories editors say something."""
        return {row[0] for row in self._base.execute("select article_id from edited_articles")}

    def note_edited(self, article_ids: set[str]) -> None:
        """Store the same."""
        self._base.execute("delete from edited_articles")
        rows = ((article_id,) for article_id in sorted(article_ids))
        self._base.executemany("insert into edited_articles values (?)", rows)

    def put_story(self, story: Story) -> None:
        """Store a story."""
        last_day = story.last.isoformat() if story.last else ""
        row = (story.id, last_day, len(story.articles), serialisation.packed(story))
        self._base.execute("insert or replace into stories values (?, ?, ?, ?)", row)

    def remove_story(self, story_id: str) -> None:
        """Remove a story."""
        self._base.execute("delete from stories where id = ?", (story_id,))

    def put_related(self, article_id: str, related: tuple[str, ...]) -> None:
        """Store what to read after an article."""
        self._base.execute("delete from related_articles where article_id = ?", (article_id,))
        if related:
            row = (article_id, " ".join(related))
            self._base.execute("insert into related_articles values (?, ?)", row)

    def story(self, story_id: str) -> Story | None:
        """Return a story."""
        text = self.story_text(story_id)
        return serialisation.story(text) if text else None

    def story_text(self, story_id: str) -> str | None:
        """Return a story as it is stored."""
        row = self._base.execute("select story from stories where id = ?", (story_id,)).fetchone()
        return row[0] if row else None

    def story_id_of(self, article_id: str) -> str | None:
        """Return the id of the story that an article is part of."""
        return self.story_members.group_of(article_id)

    def news_topic_id_of(self, article_id: str) -> str:
        """Return the id of the news topic of an article: that of the first article of its story."""
        return self.topic_of(self.story_id_of(article_id) or article_id)

    def topic_of(self, first_id: str) -> str:
        """Return the id of the news topic of a story, by its id, or of an article that is in none.

        What is in no news topic with others is one by itself.
        """
        return self.news_topic_members.group_of(first_id) or first_id

    def related(self, article_id: str) -> list[str]:
        """Return the ids of what to read after an article."""
        row = self._base.execute(
            "select related_ids from related_articles where article_id = ?", (article_id,)
        ).fetchone()
        return row[0].split(" ") if row else []

    def latest_story_ids(self, limit: int, min_articles: int = 2) -> list[str]:
        """Return ids of the stories of `min_articles` or more that were last reported on."""
        rows = self._base.execute(
            "select id from stories where size >= ? order by last_day desc, id limit ?",
            (min_articles, limit),
        )
        return [story_id for (story_id,) in rows]

    def count_stories(self) -> int:
        """Return the number of stories."""
        return int(self._base.execute("select count(*) from stories").fetchone()[0])

    def newest_story_day(self) -> dt.date | None:
        """Return the latest day that a story tells of."""
        row = self._base.execute(
            "select last_day from stories order by last_day desc limit 1"
        ).fetchone()
        return dt.date.fromisoformat(row[0]) if row and row[0] else None
