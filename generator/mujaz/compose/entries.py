"""Stories as editions have them: each with its articles of some days, in order of importance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from mujaz.compose.importance import Importance, importance_of, sources_of
from mujaz.compose.order import interleaved, main_section
from mujaz.compose.permalinks import article_path, story_path
from mujaz.site_model import Card, Story

_BEYOND_PART = 90
"""What a story counts for whose section has its places in the edition, in hundredths."""
Moved = Literal["", "pin", "breadth", "notice"]
"""What moved a story beside its score: an editor's pin; that its section had its places already; or
that all of its articles are notices."""


class DigestEntry(NamedTuple):
    """One story in the news of some days."""

    fullest: Card
    """The article that says most."""
    cards: tuple[Card, ...]
    """Its articles of that time, newest first, sources alternating."""
    story: Story | None
    importance: Importance
    """What it is in order by."""
    moved: Moved = ""

    @property
    def id(self) -> str:
        """The story's id; that of the article if it is in none."""
        return self.story.id if self.story else self.fullest.id

    @property
    def title(self) -> str:
        """The story's title, as on its own page; the headline of an article that is in none."""
        return self.story.title if self.story else self.fullest.title

    @property
    def titled(self) -> Card:
        """The article that the story is titled by; the fullest if that is of another time."""
        return next((each for each in self.cards if each.title == self.title), self.fullest)

    @property
    def summary(self) -> str:
        """The lead of the article that the story is titled by, else of the fullest one."""
        return self.titled.summary or self.fullest.summary

    @property
    def path(self) -> str:
        """The path of the page that tells it: the story's, or the article's if that is alone."""
        is_story = self.story and len(self.story.articles) > 1
        return story_path(self.story) if self.story and is_story else article_path(self.fullest)

    @property
    def section(self) -> str | None:
        """The section that most of its articles are in."""
        return main_section(self.cards)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that reported it, in the order of its articles."""
        return sources_of(self.cards)

    @property
    def score(self) -> int:
        """What it is in order by, in hundredths."""
        score = self.importance.score
        return score * _BEYOND_PART // 100 if self.moved == "breadth" else score


def digest_entries(
    cards: Sequence[Card],
    story_of: Callable[[str], Story | None],
    length_of: Callable[[str], int],
    topic_of: Callable[[str], str],
) -> list[DigestEntry]:
    """Return the stories of articles, the most important first, of equals as articles come.

    `story_of` gives an article's story by its id, `length_of` the number of characters of its body,
    `topic_of` the news topic of a story or of an article that is in none, by id.
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
        entry_of(each, stories.get(cluster), length_of) for cluster, each in clusters.items()
    ]
    return _with_topics(entries, topic_of)


def entry_of(
    cards: Sequence[Card], story: Story | None, length_of: Callable[[str], int]
) -> DigestEntry:
    """Return the entry of a story's articles, of which there is at least one."""
    importance = importance_of(cards)
    if len(cards) == 1:
        return DigestEntry(cards[0], (cards[0],), story, importance)
    fullest = max(cards, key=lambda each: length_of(each.id))
    return DigestEntry(fullest, tuple(interleaved(cards)), story, importance)


def _with_topics(
    entries: Sequence[DigestEntry], topic_of: Callable[[str], str]
) -> list[DigestEntry]:
    """Return stories in order, the leading one of each news topic with the weight of the others.

    Sorting is stable: what is equal stays as it comes.
    """
    ordered = sorted(entries, key=lambda entry: -entry.importance.score)
    texts, leading = Counter[str](), dict[str, int]()
    for place, entry in enumerate(ordered):
        topic = topic_of(entry.id)
        texts[topic] += entry.importance.texts
        leading.setdefault(topic, place)
    for topic, place in leading.items():
        entry = ordered[place]
        others = texts[topic] - entry.importance.texts
        importance = entry.importance._replace(topic_texts=others)
        ordered[place] = entry._replace(importance=importance)
    return sorted(ordered, key=lambda entry: -entry.importance.score)
