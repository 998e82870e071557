"""Tags articles with the people, places and organisations they are about; an editor has the say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.enrich.entities.candidates import EVIDENCE, Candidate, Reader
from mujaz.enrich.entities.lexicon import shipped_lexicon
from mujaz.enrich.entities.mentions import split_sentences
from mujaz.enrich.entities.model_weights import shipped_model
from mujaz.enrich.entities.place_gazetteer import Gazetteer
from mujaz.model import Article, Tag, TagKind

_IN_HEADLINE = 0.85
"""Confidence in a country that only adjectives name, or a ministry that only its minister does,
the headline among them."""


class Scale(NamedTuple):
    """How evidence for one kind of name becomes a confidence: a logistic regression."""

    shown: float
    """Confidence from which a name is shown."""
    bias: float
    """What speaks for any name."""
    weights: tuple[float, ...]
    """What each number of the evidence counts, in the order of `EVIDENCE`."""

    def confidence(self, evidence: Sequence[float]) -> float:
        """Return the probability, from 0 to 1, that a name with such evidence is right."""
        score = self.bias + sum(
            weight * value for weight, value in zip(self.weights, evidence, strict=True)
        )
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


def shipped_scales() -> dict[TagKind, Scale]:
    """Return the trained scale of each kind of name."""
    return {
        kind: Scale(
            entry["shown"], entry["bias"], tuple(entry["weights"][name] for name in EVIDENCE)
        )
        for kind, entry in table("entity_scales").items()
    }


class Editor:
    """The editor's table of tags: names to add, rename, merge and block."""

    def __init__(self, tag_table: Mapping[str, Any]) -> None:
        """Take the table as the configuration has it."""
        self.added: dict[TagKind, list[str]] = dict(tag_table.get("add") or {})
        self.blocked = frozenset(key(str(name)) for name in tag_table.get("block") or ())
        self.merged = {
            key(str(variant)): str(name)
            for name, variants in (tag_table.get("merge") or {}).items()
            for variant in variants
        }
        self._renamed = {key(k): str(v) for k, v in (tag_table.get("rename") or {}).items()}
        self.names = frozenset([*self.merged.values(), *self._renamed.values()])
        """The spellings that the editor chose."""

    def shown(self, name: str) -> str | None:
        """Return how `name` is to be shown, or None if it is not to be."""
        merged = self.merged.get(key(name), name)
        final = self._renamed.get(key(merged), merged)
        return None if {key(name), key(merged), key(final)} & self.blocked else final


class Tagger:
    """Finds what articles are about, each by itself."""

    def __init__(self, tag_table: Mapping[str, Any]) -> None:
        """Take the editor's table: `add`, `rename`, `merge` and `block`."""
        self.table = tag_table
        self.editor = Editor(tag_table)

    # Loaded when the first article is tagged that nobody remembers.
    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(self.editor.added, self.editor.blocked)

    @cached_property
    def _scales(self) -> Mapping[TagKind, Scale]:
        return shipped_scales()

    @cached_property
    def _reader(self) -> Reader:
        return Reader(shipped_lexicon(), shipped_model(), self._gazetteer, self.editor.merged)

    def tags(self, article: Article) -> tuple[Tag, ...]:
        """Return what `article` is about, surest first, only what is sure enough to show."""
        found = [] if "tags" in article.settled else self._found(article)
        tags: dict[str, Tag] = {}
        for tag in (*self._stated(article), *found):
            name = self.editor.shown(tag.name)
            if name is not None and key(name) not in tags:
                tags[key(name)] = renamed(tag, name)
        return tuple(sorted(tags.values(), key=lambda tag: (-tag.confidence, tag.name)))

    def _stated(self, article: Article) -> Iterable[Tag]:
        """Yield what the input itself or an editor says; its kind, if it is known here."""
        for tag in article.tags:
            yield replace(tag, kind=self._gazetteer.kind(key(tag.name)) or tag.kind)

    def _found(self, article: Article) -> list[Tag]:
        """Return what the text names, surest first: of one name's kinds the likeliest leads."""
        headline = split_sentences([article.title])
        text = [*headline, *split_sentences(article.paragraphs)]
        length = sum(map(len, headline))
        source, home = key(article.source or ""), key(article.place or "")
        found: list[Tag] = []
        for candidate in self._reader.candidates(text):
            sure = sureness(candidate, self._scales, length)
            rules = {mention.rule for mention in candidate.listed}
            rule = "editor" if "editor" in rules else "gazetteer" if rules else "model"
            folded = key(candidate.name)
            # The paper that printed it is what no article is about.
            if sure is not None and (folded != source or rule == "editor"):
                # Where it was written is no proof alone, but adds to one.
                sure = (1 + sure) / 2 if folded == home else sure
                found.append(Tag(candidate.name, candidate.kind, round(sure, 2), rule))
        return sorted(found, key=lambda tag: (-tag.confidence, tag.name, tag.kind))


def renamed(tag: Tag, name: str) -> Tag:
    """Return `tag` under another name; the old one stays known."""
    return replace(tag, name=name, also=tuple(sorted({*tag.also, tag.name} - {name})))


def sureness(
    candidate: Candidate, scales: Mapping[TagKind, Scale], headline: int = 0
) -> float | None:
    """Return the confidence, from 0 to 1, in a candidate that is sure enough to be shown.

    `headline` is the number of tokens that the headline has, at the beginning of the text.
    """
    rules = [mention.rule for mention in candidate.listed]
    if "editor" in rules:
        return 1.0
    if rules and not candidate.named and set(rules) <= {"nisba", "office"}:
        in_headline = candidate.listed[0].first < headline
        return _IN_HEADLINE if in_headline and len(rules) > 1 else None
    scale = scales.get(candidate.kind)
    # Rounded, as the last digits are another machine's own.
    confidence = round(scale.confidence(candidate.evidence), 4) if scale else 0.0
    return confidence if scale and confidence >= scale.shown else None
