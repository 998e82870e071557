"""Says what an article is about, of all that it names: where it names it, how often, how widely."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mujaz.arabic.normalise import key, word_key
from mujaz.arabic.tokens import bare_forms, word_list
from mujaz.model import Article, Tag, TagKind

MAX_SHOWN_TAGS = 6
_MIN_SALIENCE = 0.05
"""Below it, an article only mentions what it is tagged with: that finds it, and is not shown."""
_OPENING_WORDS = 40
_MAX_COUNTED_MENTIONS = 8
_PARTS = 4
"""Of a body, in which mentions may be spread."""
_IN_HEADLINE, _IN_OPENING, _PER_DOUBLING, _SPREAD, _LATE = 3.0, 1.5, 1.5, 1.0, -1.0
"""What it weighs to stand in the headline or the opening, to be mentioned twice as often, in all
parts, and for the first time at the very end. Chosen in steps of a half."""
_BIAS: Mapping[TagKind, float] = {
    "person": -2.5,
    "organisation": -3.0,
    "place": -3.5,
    "topic": -3.0,
}
"""What each kind begins with: people are named for what they do, places also in passing."""
_BY_SOMEBODY = 3.0
"""More for what the input states, or an editor's table: somebody thought of it."""


def with_salience(article: Article) -> Article:
    """Return `article` with its tags in the order of their salience, and which of them are shown.

    What an editor chose stands as it is, and all of it is shown.
    """
    if "tags" in article.settled or not article.tags:
        return article
    mentions = _Mentions(article)
    authors = {key(name) for name in article.authors}
    tags = [replace(tag, salience=mentions.salience(tag)) for tag in article.tags]
    tags.sort(key=lambda tag: (-tag.salience, -tag.confidence, tag.name))
    shown = [
        tag
        for tag in tags
        if tag.salience >= _MIN_SALIENCE and (key(tag.name) not in authors or tag.rule == "editor")
    ][:MAX_SHOWN_TAGS]
    return replace(article, tags=tuple(replace(tag, shown=tag in shown) for tag in tags))


class _Mentions:
    """Where an article mentions what it is tagged with."""

    def __init__(self, article: Article) -> None:
        title, body = word_list(article.title), word_list("\n".join(article.paragraphs))
        self._words = [word_key(word) for word in (*title, *body)]
        self._body_start = len(title)
        people = [key(tag.name).split() for tag in article.tags if tag.kind == "person"]
        self._people_by_surname = Counter(words[-1] for words in people if words)
        heads = {form.split()[0] for tag in article.tags for form in self._forms(tag)}
        heads_by_word = {word: heads.intersection(bare_forms(word)) for word in set(self._words)}
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._words):
            for head in heads_by_word[word]:
                self._places[head].append(place)

    def salience(self, tag: Tag) -> float:
        """Return how likely it is, from 0 to 1, that the article is about a tag."""
        places = self._places_of(self._forms(tag))
        body = max(1, len(self._words) - self._body_start)
        in_body = [place - self._body_start for place in places if place >= self._body_start]
        parts = {min(_PARTS - 1, _PARTS * place // body) for place in in_body}
        score = (
            _BIAS[tag.kind]
            + _IN_HEADLINE * (len(in_body) < len(places))
            + _IN_OPENING * any(place < _OPENING_WORDS for place in in_body)
            + _PER_DOUBLING * math.log2(max(1, min(_MAX_COUNTED_MENTIONS, len(places))))
            + _SPREAD * len(parts) / _PARTS
            + _LATE * (min(in_body) / body if in_body else 1.0)
            + _BY_SOMEBODY * (tag.rule in ("stated", "editor"))
        )
        return round(1 / (1 + math.exp(-score)), 2)

    def _forms(self, tag: Tag) -> set[str]:
        """Return the comparison keys of what stands for a tag, a surname of one person too."""
        forms = {key(name) for name in (tag.name, *tag.also)}
        words = key(tag.name).split()
        if tag.kind == "person" and len(words) > 1 and self._people_by_surname[words[-1]] == 1:
            forms |= {words[-1], words[-1].removeprefix("ال")}
        return forms - {""}

    def _places_of(self, forms: Iterable[str]) -> Sequence[int]:
        """Return where one of `forms` begins in the text, the longest at each place, in order."""
        places: list[int] = []
        taken: set[int] = set()
        for form in sorted(forms, key=lambda form: (-form.count(" "), form)):
            head, *rest = form.split()
            for place in self._places[head]:
                end = place + 1 + len(rest)
                if place not in taken and self._words[place + 1 : end] == rest:
                    places.append(place)
                    taken.update(range(place, end))
        return sorted(places)
