"""Which story or news topic each article is in: clustered anew, day by day, where that changed.

A story at the end of a day depends on that day's articles and on stories at the end of the day
before. So a change goes on to later days only as far as it makes stories other than they were. What
is said of stories here holds for news topics as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from mujaz.enrich.stories.article_tables import UNDATED_ORDINAL, ArticleRow, ArticleTables
from mujaz.enrich.stories.clustering import Level, strength
from mujaz.enrich.stories.day_components import DayComponents, StoryUntil
from mujaz.enrich.stories.similarity_graph import Neighbour, SimilarityGraph
from mujaz.library.stories import Membership


class MembershipUpdate:
    """Brings membership up to date, once; articles by number."""

    def __init__(
        self,
        articles: ArticleTables,
        graph: SimilarityGraph,
        membership: Membership,
        level: Level,
        redated: Mapping[int, int],
    ) -> None:
        """Read and write tables; `redated` are the articles that have another day than before."""
        self._articles, self._membership, self._level = articles, membership, level
        self._redated = redated
        self._days = DayComponents(articles, graph, membership, level)
        self._unclustered: dict[int, set[int]] = defaultdict(set)  # by day, what to cluster anew
        self._former_ids: dict[int, str | None] = {}  # stories of articles that were put elsewhere
        self._left: dict[str, set[int]] = defaultdict(set)  # the same the other way round
        self._lessened: set[str] = set()  # stories of which an article was removed
        self.changed: set[str] = set()
        """Ids of the stories that may have other articles."""

    def remove(self, article_id: str) -> bool:
        """Take an article out; return whether it was in a story."""
        story_id = self._membership.group_of(article_id)
        if story_id is None:
            return False
        self._membership.put(article_id, None)
        self._lessened.add(story_id)
        self.changed.add(story_id)
        return True

    def uncluster_article(self, row: ArticleRow) -> None:
        """Note that an article may be in another story."""
        self._unclustered[row.ordinal].add(row.article)

    def uncluster(self, number: int, ordinal: int, neighbour: Neighbour) -> None:
        """Note that two articles may share a story as of the day of the newer one, or did."""
        if strength(neighbour, self._level):
            gap_days = neighbour.gap_days
            day = UNDATED_ORDINAL if gap_days is None else ordinal + max(0, gap_days)
            self._unclustered[day] |= {number, neighbour.article}

    def cluster(self) -> None:
        """Cluster whatever could hang together with what changed, the oldest day first."""
        while self._unclustered:
            day = min(self._unclustered)
            clustered: set[int] = set()
            for number in self._unclustered.pop(day):
                row = self._articles.row(number)
                if number in clustered or not row or not self._days.may_go_on(row, day):
                    continue
                for each in self._days.stories_around(row, day):
                    clustered.update(row.article for row in each.articles)
                    self._put(each, day)

    def _put(self, new: StoryUntil, day: int) -> None:
        """Put articles into their story at the end of a day; note what later ones it concerns."""
        former = [*self._former_stories(new, day)]
        is_changed = any(each != new for each in former)
        if is_changed or new.id:
            for row in new.articles:
                self._assign(row, new.id)
        if is_changed and day != UNDATED_ORDINAL:
            for row in {row for each in (new, *former) if each for row in each.articles}:
                for other, _ in self._days.matches(row, day + 1, UNDATED_ORDINAL):
                    self._unclustered[other.ordinal].add(other.article)

    def _former_stories(self, new: StoryUntil, day: int) -> Iterator[StoryUntil | None]:
        """Yield the stories that articles were in at the end of a day; None if it is unknown."""
        story_ids: set[str] = set()
        for row in new.articles:
            current = self._membership.group_of(row.id)
            story_id = self._former_ids.get(row.article, current)
            if story_id is None:
                yield self._days.until("", [row], day)
            elif story_id not in story_ids:
                story_ids.add(story_id)
                yield self._former_story(story_id, day)

    def _former_story(self, story_id: str, day: int) -> StoryUntil | None:
        now = self._articles.rows(self._membership.articles_of(story_id))
        left = map(self._articles.row, self._left[story_id])
        rows = {row for row in now if row.article not in self._former_ids}
        rows |= {row for row in left if row}
        if story_id in self._lessened or any(row.article in self._redated for row in rows):
            return None
        by_age = sorted(rows, key=lambda row: row.age)
        return self._days.until(story_id, [row for row in by_age if row.ordinal <= day], day)

    def _assign(self, row: ArticleRow, story_id: str | None) -> None:
        """Put an article into a story, or into none."""
        current = self._membership.group_of(row.id)
        if current == story_id:
            return
        if row.article not in self._former_ids:
            self._former_ids[row.article] = current
            if current:
                self._left[current].add(row.article)
        self.changed |= {each for each in (current, story_id) if each}
        self._membership.put(row.id, story_id)

    def moved(self) -> dict[int, str | None]:
        """Return the articles that are in another story now: None if they are in none."""
        now = {
            number: self._membership.group_of(self._articles.id(number))
            for number in self._former_ids
        }
        return {
            number: story_id
            for number, story_id in now.items()
            if story_id != self._former_ids[number]
        }
