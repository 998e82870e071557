"""What editors make of the stories that were found: some joined, some articles apart, other titles.

The clusters stay as they were found: what editors say is laid over them, and only over the stories
that it concerns. So taking it back brings back what was there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mujaz.enrich.stories.article_tables import ArticleTables
from mujaz.library.stories import StoryTables


class StoryEdits(NamedTuple):
    """What editors say of stories; articles by id."""

    joins: tuple[frozenset[str], ...] = ()
    """Articles whose stories are one."""
    splits: tuple[frozenset[str], ...] = ()
    """Articles that are no part of the story that they were found in, but one of their own."""
    titles: tuple[tuple[str, str], ...] = ()
    """An article, and the title of the story that it is in."""


class EditedMembership:
    """Brings the stories of articles up to date with the clusters and with what editors say."""

    def __init__(self, articles: ArticleTables, stories: StoryTables, edits: StoryEdits) -> None:
        """Read clusters from the tables of `stories`, and write membership there."""
        self._articles, self._stories, self._edits = articles, stories, edits
        self._clusters, self._membership = stories.story_clusters, stories.story_members

    def apply(self, moved: Mapping[str, str | None]) -> dict[str, tuple[str | None, str | None]]:
        """Put articles into their stories; return those that move, with the story before and after.

        `moved` are those that are in another cluster.
        """
        edited = self._edited()
        before = self._stories.edited_articles()
        titled = {article_id for article_id, _ in self._edits.titles}
        self._stories.note_edited({*edited, *titled})
        changed = {}
        for article_id in sorted({*moved, *edited, *before}):
            now = edited.get(article_id, self._clusters.group_of(article_id))
            former = self._membership.group_of(article_id)
            if now != former:
                self._membership.put(article_id, now)
                changed[article_id] = former, now
        return changed

    def _edited(self) -> dict[str, str | None]:
        """Return the articles of the stories that editors changed, and the stories they are in."""
        groups: dict[str, set[str]] = {}
        """What each article that edits concern is together with."""
        for ids in (*self._edits.joins, *self._edits.splits):
            for article_id in filter(self._is_here, ids):
                if article_id not in groups:
                    cluster = self._cluster(article_id)
                    groups.update(dict.fromkeys(cluster, cluster))
        for ids in self._edits.splits:
            leaving = {each for each in ids if each in groups}
            for each in leaving:
                groups[each].difference_update(leaving)
                groups[each] = leaving
        for ids in self._edits.joins:
            parts = [groups[each] for each in sorted(ids) if each in groups]
            joined = set[str]().union(*parts)
            groups.update(dict.fromkeys(joined, joined))
        return {each: self._id_of(group) for each, group in groups.items()}

    def _cluster(self, article_id: str) -> set[str]:
        cluster_id = self._clusters.group_of(article_id)
        return {*self._clusters.articles_of(cluster_id)} if cluster_id else {article_id}

    def _is_here(self, article_id: str) -> bool:
        return self._articles.number(article_id) is not None

    def _id_of(self, group: Iterable[str]) -> str | None:
        """Return the id of the story of some articles, that of the first; None for one alone."""
        rows = self._articles.rows(group)
        return rows[0].id if len(rows) > 1 else None


def edited_titles(edits: StoryEdits, stories: StoryTables) -> dict[str, str]:
    """Return the titles that editors give to stories, by id of the story."""
    titles = {stories.story_id_of(article_id): title for article_id, title in edits.titles}
    return {story_id: title for story_id, title in titles.items() if story_id}
