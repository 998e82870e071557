"""The edition: the news of some days, each story once, the most important first, with an end.

Its first stories are numbered; of what remains, each section has its next headlines. All of it is
decided by what the library says of the articles; no page and no format is known here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from mujaz.compose.importance import Importance, importance_of, sources_of
from mujaz.compose.order import interleaved
from mujaz.compose.permalinks import article_path, site_address, story_path
from mujaz.data import table
from mujaz.library.groups import UNDATED, group
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Card, Story

_SECTION_PART = 3
"""A section has this part of an edition's places; a further story of it counts for less."""
_BEYOND_PART = 90
"""What such a story counts for, in hundredths."""
_THIN_PART = 2
"""A day is thin if its stories would fill less than this part of the places."""
_MAX_DAYS = 3
"""Days that make an edition where the newest is thin."""
_MAX_UNDATED = 400
"""Undated articles that an edition is chosen from."""
_SECTION_HEADLINES = 3
_MAX_OTHER_SECTIONS = 8
"""Sections that the site has beside those of the table."""
Moved = Literal["", "pin", "breadth", "notice"]
"""What moved a story beside its score: an editor's pin; that its section had its places already; or
that all of its articles are notices."""


class EditionRules(NamedTuple):
    """What an editor may say of editions."""

    size: int = 12
    """Stories that are numbered."""
    pins: tuple[str, ...] = ()
    """Ids, files or addresses of articles or stories that come first, in this order."""


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
    def summary(self) -> str:
        """The lead of the article that the story is titled by, else of the fullest one."""
        leading = next((each for each in self.cards if each.title == self.title), self.fullest)
        return leading.summary or self.fullest.summary

    @property
    def path(self) -> str:
        """The path of the page that tells it: the story's, or the article's if that is alone."""
        is_story = self.story and len(self.story.articles) > 1
        return story_path(self.story) if self.story and is_story else article_path(self.fullest)

    @property
    def section(self) -> str | None:
        """The section that most of its articles are in."""
        counts = Counter(card.section for card in self.cards if card.section)
        return max(counts, key=lambda label: counts[label], default=None)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that reported it, in the order of its articles."""
        return sources_of(self.cards)

    @property
    def score(self) -> int:
        """What it is in order by, in hundredths."""
        score = self.importance.score
        return score * _BEYOND_PART // 100 if self.moved == "breadth" else score


class SectionNews(NamedTuple):
    """What an edition leaves of a section."""

    label: str
    entries: tuple[DigestEntry, ...]
    """Its next stories."""
    articles: int
    """Number of all articles that it has in these days."""


class Edition(NamedTuple):
    """The news of some days."""

    days: tuple[dt.date, ...]
    """Its days, newest first; none if it has undated articles alone."""
    has_undated: bool
    """Whether undated articles are among them."""
    entries: tuple[DigestEntry, ...]
    """All stories, the most important first."""
    numbered: int
    """Number of the stories that make the edition; the others come behind its end."""

    @property
    def day(self) -> dt.date | None:
        """The newest day."""
        return self.days[0] if self.days else None

    @property
    def leading(self) -> tuple[DigestEntry, ...]:
        """The numbered stories."""
        return self.entries[: self.numbered]

    @property
    def articles(self) -> int:
        """The number of articles in these days."""
        return sum(len(entry.cards) for entry in self.entries)

    def sections(self) -> Iterator[SectionNews]:
        """Yield what it leaves of each section, in the order of the table; others by size."""
        counts = Counter(
            card.section for entry in self.entries for card in entry.cards if card.section
        )
        following: dict[str | None, list[DigestEntry]] = defaultdict(list)
        for entry in self.entries[self.numbered :]:
            if entry.importance.score:
                following[entry.section].append(entry)
        labels = [section["label"] for section in table("sections").values()]
        others = sorted(counts.keys() - labels, key=lambda label: (-counts[label], label))
        for label in (*labels, *others[:_MAX_OTHER_SECTIONS]):
            if following[label]:
                entries = tuple(following[label][:_SECTION_HEADLINES])
                yield SectionNews(label, entries, counts[label])


def latest_edition(library: TrackedLibrary, rules: EditionRules) -> Edition:
    """Return the edition of the newest day; where that is thin, of the last three days.

    Where these are thin as well, undated articles are among them.
    """
    days = [dt.date.fromisoformat(day.name) for day in library.latest("day", _MAX_DAYS)]
    edition = edition_of(days[:1], library, rules)
    if _is_thin(edition, rules) and len(days) > 1:
        edition = edition_of(days, library, rules)
    if _is_thin(edition, rules) and library.size(UNDATED).all:
        edition = edition_of(days, library, rules, with_undated=True)
    return edition


def edition_of(
    days: Sequence[dt.date],
    library: TrackedLibrary,
    rules: EditionRules,
    *,
    with_undated: bool = False,
) -> Edition:
    """Return the edition of some days, which come newest first."""
    cards = [card for day in days for card in library.newest(group("day", day))]
    if with_undated:
        cards += library.newest(UNDATED, _MAX_UNDATED)
    entries = digest_entries(cards, library.story_of, library.length, library.topic_of)
    chosen, others = chosen_entries(entries, rules)
    return Edition(tuple(days), with_undated, (*chosen, *others), len(chosen))


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
        _entry(each, stories.get(cluster), length_of) for cluster, each in clusters.items()
    ]
    return _with_topics(entries, topic_of)


def _entry(
    cards: Sequence[Card], story: Story | None, length_of: Callable[[str], int]
) -> DigestEntry:
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


def chosen_entries(
    entries: Sequence[DigestEntry], rules: EditionRules
) -> tuple[list[DigestEntry], list[DigestEntry]]:
    """Return the stories of an edition, and the others; `entries` are in order of importance.

    What an editor pinned comes first. A section has a third of the places: a further story of it
    counts for nine tenths. Notices are in no edition, unless there is nothing else.
    """
    pinned = _pinned(entries, rules.pins)
    chosen = [entries[place]._replace(moved="pin") for place in pinned]
    waiting = [entry for place, entry in enumerate(entries) if place not in {*pinned}]
    has_news = any(entry.importance.score for entry in waiting)
    notices = [entry for entry in waiting if has_news and not entry.importance.score]
    waiting = [entry for entry in waiting if not has_news or entry.importance.score]
    share = max(1, rules.size // _SECTION_PART)
    taken = Counter(entry.section for entry in chosen)
    while waiting and len(chosen) < rules.size:
        candidates: dict[str | None, DigestEntry] = {}
        for entry in waiting:
            candidates.setdefault(entry.section, entry)
        best = max(
            (
                entry._replace(moved="breadth") if label and taken[label] >= share else entry
                for label, entry in candidates.items()
            ),
            key=lambda entry: entry.score,
        )
        waiting.remove(candidates[best.section])
        taken[best.section] += 1
        chosen.append(best)
    return chosen, [*waiting, *(entry._replace(moved="notice") for entry in notices)]


def _pinned(entries: Sequence[DigestEntry], pins: Sequence[str]) -> list[int]:
    """Return the places of the stories that an editor pinned, in the order of the pins."""
    if not pins:
        return []
    places: dict[str, int] = {}
    for place, entry in enumerate(entries):
        for name in names_of(entry):
            places.setdefault(name, place)
    return list(dict.fromkeys(places[pin] for pin in pins if pin in places))


def names_of(entry: DigestEntry) -> Iterator[str]:
    """Yield what a story may be called by: ids, files, and addresses below the site's root."""
    yield entry.id
    if entry.story:
        yield site_address(story_path(entry.story)).strip("/")
    for card in entry.cards:
        yield from (card.id, card.file, site_address(article_path(card)).strip("/"))


def _is_thin(edition: Edition, rules: EditionRules) -> bool:
    news = sum(1 for entry in edition.entries if entry.importance.score)
    return _THIN_PART * news < rules.size
