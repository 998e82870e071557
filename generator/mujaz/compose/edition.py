"""The edition: the news of a day or a week, each story once, the most important first.

All of it is decided by what the library says of the articles; no page and no format is known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mujaz.compose.importance import Importance, importance_of, sources_of
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Card, Story


class DigestEntry(NamedTuple):
    """One story in a day's or a week's news."""

    fullest: Card
    """The article that says most."""
    cards: tuple[Card, ...]
    """Its articles of that time, newest first."""
    story: Story | None

    @property
    def id(self) -> str:
        """The story's id; that of the article if it is in none."""
        return self.story.id if self.story else self.fullest.id

    @property
    def title(self) -> str:
        """The headline of the leading article."""
        return self._leading.title

    @property
    def summary(self) -> str:
        """The lead of the leading article, else of the fullest one."""
        return self._leading.summary or self.fullest.summary

    @property
    def _leading(self) -> Card:
        """The article that the story is titled by; the fullest if that is of another time."""
        title = self.story.title if self.story else None
        return next((each for each in self.cards if each.title == title), self.fullest)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that reported it, in the order of its articles."""
        return sources_of(self.cards)

    @property
    def importance(self) -> Importance:
        """What it is in order by."""
        return importance_of(self.cards)


def digest_entries(
    cards: Sequence[Card],
    story_of: Callable[[str], Story | None],
    length_of: Callable[[str], int],
) -> list[DigestEntry]:
    """Return the stories of articles, which come newest first.

    `story_of` gives an article's story by its id, `length_of` the number of characters of its body.

    The most important come first, of equals the newest.
    """
    clusters: dict[str, list[Card]] = defaultdict(list)
    stories: dict[str, Story] = {}
    for card in cards:
        story = story_of(card.id)
        cluster = f"story {story.id}" if story else card.id
        clusters[cluster].append(card)
        if story:
            stories[cluster] = story
    entries = [
        DigestEntry(_fullest(each, length_of), tuple(each), stories.get(cluster))
        for cluster, each in clusters.items()
    ]
    # Sorting is stable: what is equal stays newest first.
    return sorted(entries, key=lambda entry: -entry.importance.score)


def edition_of(group_key: str, library: TrackedLibrary) -> list[DigestEntry]:
    """Return the stories of a group of articles: a day, a week."""
    return digest_entries(library.newest(group_key), library.story_of, library.length)


def _fullest(cards: Sequence[Card], length_of: Callable[[str], int]) -> Card:
    return max(cards, key=lambda each: length_of(each.id)) if len(cards) > 1 else cards[0]
