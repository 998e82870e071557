"""Tags articles with the people, places and organisations they are about; an editor has the say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, cached_property
from typing import Any, NamedTuple

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.enrich.entities.candidates import Candidate, CandidateFinder
from mujaz.enrich.entities.entity_model import shipped_entity_model
from mujaz.enrich.entities.gazetteer.gazetteer import Gazetteer
from mujaz.enrich.entities.gazetteer.listed_mention import Strength
from mujaz.enrich.entities.gazetteer.organisations import publishers
from mujaz.enrich.entities.mentions import split_sentences
from mujaz.enrich.entities.name_context import is_son_of
from mujaz.enrich.entities.word_features import shipped_extractor
from mujaz.model import Article, Tag, TagKind

_PROOF: Mapping[Strength, float] = {
    "organisation": 0.9,
    "built": 0.8,
    "local": 0.8,
    "city": 0.75,
}
"""Confidence in a name by the way in which the gazetteer finds it, whatever the model
says."""
_LEAD_WORDS = 70
"""Words from the beginning within which an organisation that the model misses counts if it stands
there once; what a text names later, and once, it is not about."""
_MIN_PUBLISHER_MENTIONS = 3
"""Of a paper or an agency that a text is about, and not only quotes."""
_MIN_UNLISTED = 0.8
"""Confidence from which an organisation is shown that neither table nor grammar has."""
_MIN_VAGUE_MENTIONS = 2
"""From which a name that may be a description is a name."""


DOUBTFUL = "doubtful"
"""Rule of tags that are shown only if another article of the collection is sure of the name."""
_MIN_DOUBTFUL_CONFIDENCE = 0.3


class Calibration(NamedTuple):
    """How evidence for one kind of name becomes a confidence: a logistic regression."""

    threshold: float
    """Confidence from which a name is shown."""
    bias: float
    """What speaks for any name."""
    weights: Mapping[str, float]
    """What each number of the evidence counts, by its name."""

    def confidence(self, evidence: Mapping[str, float]) -> float:
        """Return the probability, from 0 to 1, that a name with such evidence is right."""
        weights = self.weights
        score = self.bias + sum(weights[name] * value for name, value in evidence.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


@cache
def shipped_calibrations() -> Mapping[TagKind, Calibration]:
    """Return the trained calibration of each kind of name."""
    return {
        kind: Calibration(entry["shown"], entry["bias"], entry["weights"])
        for kind, entry in table("entity_scales").items()
    }


class EditorTable:
    """The editor's table of tags: names to add, rename, merge, retype and block."""

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
        self._kinds: dict[str, TagKind] = {
            key(str(name)): kind for name, kind in (tag_table.get("retype") or {}).items()
        }
        self.names = frozenset([*self.merged.values(), *self._renamed.values()])
        """The spellings that the editor chose."""

    def shown(self, name: str) -> str | None:
        """Return how `name` is to be shown, or None if it is not to be."""
        merged = self.merged.get(key(name), name)
        final = self._renamed.get(key(merged), merged)
        return None if {key(name), key(merged), key(final)} & self.blocked else final

    def with_kind(self, tag: Tag, former_name: str = "") -> Tag:
        """Return `tag` with the kind that the editor says of its name, or of a former one."""
        kind = self._kinds.get(key(tag.name)) or self._kinds.get(key(former_name), tag.kind)
        return tag if kind == tag.kind else replace(tag, kind=kind, rule="editor", confidence=1.0)


class Tagger:
    """The entity recogniser: finds what articles are about, each by itself."""

    def __init__(self, tag_table: Mapping[str, Any]) -> None:
        """Take the editor's table: `add`, `rename`, `merge`, `retype` and `block`."""
        self.table = tag_table
        self.editor = EditorTable(tag_table)

    # Loaded when the first article is tagged that nobody remembers.
    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(self.editor.added, self.editor.blocked)

    @cached_property
    def _finder(self) -> CandidateFinder:
        return CandidateFinder(
            shipped_extractor(), shipped_entity_model(), self._gazetteer, self.editor.merged
        )

    def tags(self, article: Article) -> tuple[Tag, ...]:
        """Return what `article` is about, surest first, only what is sure enough to show."""
        # Models and tables know Arabic names alone.
        is_read = article.is_arabic and "tags" not in article.settled
        named = self._named(article) if is_read else []
        tags: dict[str, Tag] = {}
        for tag in (*self._stated(article), *named):
            name = self.editor.shown(tag.name)
            if name is not None and key(name) not in tags:
                tags[key(name)] = self.editor.with_kind(renamed(tag, name), tag.name)
        return tuple(sorted(tags.values(), key=lambda tag: (-tag.confidence, tag.name)))

    def _stated(self, article: Article) -> Iterable[Tag]:
        """Yield what the input itself or an editor says; its kind, if it is known here."""
        for tag in article.tags:
            yield replace(tag, kind=self._gazetteer.kind(key(tag.name)) or tag.kind)

    def _named(self, article: Article) -> list[Tag]:
        """Return what the text names, surest first, so of one name's kinds the likeliest."""
        headline = split_sentences([article.title])
        text = [*headline, *split_sentences(article.paragraphs)]
        headline_words = sum(map(len, headline))
        source, dateline_place = key(article.source or ""), key(article.place or "")
        tags: list[Tag] = []
        for candidate in self._finder.candidates(text):
            sure = shown_confidence(candidate, shipped_calibrations())
            rules = {mention.rule for mention in candidate.listed}
            rule = "editor" if "editor" in rules else "gazetteer" if rules else "model"
            folded = key(candidate.name)
            # The source that printed it is what no article is about, nor one that it quotes.
            is_source = folded == source or (
                folded in publishers()
                and candidate.first >= headline_words
                and max(candidate.mentions, len(candidate.listed)) < _MIN_PUBLISHER_MENTIONS
            )
            if sure is None and candidate.kind == "person":
                rule, sure = DOUBTFUL, doubtful_confidence(candidate, shipped_calibrations())
            if sure is not None and (not is_source or rule == "editor"):
                # Where it was written is no proof alone, but adds to one.
                sure = (1 + sure) / 2 if folded == dateline_place else sure
                name, kind, also = candidate.name, candidate.kind, candidate.short_forms
                tags.append(Tag(name, kind, round(sure, 2), rule, also=also))
        return sorted(
            tags, key=lambda tag: (tag.rule == DOUBTFUL, -tag.confidence, tag.name, tag.kind)
        )


def renamed(tag: Tag, name: str) -> Tag:
    """Return `tag` under another name; the old one becomes an alias."""
    return replace(tag, name=name, also=tuple(sorted({*tag.also, tag.name} - {name})))


def _proof(candidate: Candidate) -> float:
    """Return the confidence, from 0 to 1, in a candidate by the gazetteer alone."""
    rules = [mention.rule for mention in candidate.listed]
    proof = max((_PROOF.get(rule, 0.0) for rule in rules), default=0.0)
    if rules.count("vague") >= _MIN_VAGUE_MENTIONS:
        proof = max(proof, _PROOF["built"])
    if candidate.kind == "organisation" and len(rules) == 1 and not candidate.mentions:
        return proof if candidate.first < _LEAD_WORDS else 0.0
    return proof


def doubtful_confidence(
    candidate: Candidate, calibrations: Mapping[TagKind, Calibration]
) -> float | None:
    """Return the confidence, from 0 to 1, in a candidate that is to be shown if others are sure."""
    sure = round(calibrations[candidate.kind].confidence(candidate.evidence), 4)
    return sure if sure >= _MIN_DOUBTFUL_CONFIDENCE else None


def shown_confidence(
    candidate: Candidate, calibrations: Mapping[TagKind, Calibration]
) -> float | None:
    """Return the confidence, from 0 to 1, in a candidate that is sure enough to be shown."""
    rules = [mention.rule for mention in candidate.listed]
    if "editor" in rules:
        return 1.0
    if rules and not candidate.mentions and set(rules) == {"nisba"}:
        return None
    proof = _proof(candidate)
    calibration = calibrations.get(candidate.kind)
    if calibration is None:
        return proof or None
    # Rounded, as the last digits are another machine's own.
    sure = round(calibration.confidence(candidate.evidence), 4)
    if candidate.kind == "person" and is_son_of(key(candidate.name), candidate.mentions):
        sure = max(sure, calibration.threshold)
    threshold = calibration.threshold
    if candidate.kind == "organisation" and not rules:
        threshold = max(threshold, _MIN_UNLISTED)
    return max(sure, proof) if max(sure, proof) >= threshold else None
