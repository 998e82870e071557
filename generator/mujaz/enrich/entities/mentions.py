"""Where a text seems to name somebody or something, and how likely that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mujaz.arabic.normalise import MARKS
from mujaz.enrich.entities.model_weights import Model, Vector
from mujaz.model import TagKind

if TYPE_CHECKING:
    import pycrfsuite

_TOKEN = re.compile(rf"\d+(?:[.,٫]\d+)+|[^\W_{MARKS}]+(?:[{MARKS}]+[^\W_{MARKS}]*)*|[^\s\w]")
_CERTAINLY_NONE = 0.98
"""Probability from which a word is no part of a name, and its labels are not looked at."""
_LIKELY = 0.1
"""Probability from which a name is worth considering where the best reading has none."""
LABELS: dict[TagKind, str] = {"person": "PERS", "place": "LOC", "organisation": "ORG"}
"""The model's name of each kind, as the training data has it: `B-PERS`, `I-PERS`, `O`."""
_KINDS: dict[str, TagKind] = {label: kind for kind, label in LABELS.items()}
_NAME_LABELS = tuple(f"{place}-{label}" for label in LABELS.values() for place in "BI")


class Mention(NamedTuple):
    """A stretch of words that may name something."""

    kind: TagKind
    """What sort of thing it would name."""
    first: int
    """Index of its first token."""
    last: int
    """Index after its last token."""
    probability: float
    """How likely it is a name, all of it and no more."""
    begins: float
    """How likely a name of the kind begins here, however long."""


def split_sentences(paragraphs: Iterable[str]) -> list[list[str]]:
    """Return the sentences of a text as lists of words and single punctuation marks."""
    found: list[list[str]] = []
    for paragraph in paragraphs:
        sentence: list[str] = []
        for token in _TOKEN.findall(paragraph):
            sentence.append(token)
            if token == ".":
                found.append(sentence)
                sentence = []
        if sentence:
            found.append(sentence)
    return found


def mentions(words: Sequence[Vector], model: Model) -> list[Mention]:
    """Return what may be named in a sentence, given what speaks for each label of its tokens.

    Beside the names of the best reading these are runs of words that are likely enough to be a
    name although, alone in their sentence, they are not likeliest to be one.
    """
    labels = model.label(words)
    chances = [_chances(model.chain, position) for position in range(len(labels))]
    found = [_mention(kind, first, last, chances) for kind, first, last in label_spans(labels)]
    taken = {position for each in found for position in range(each.first, each.last)}
    position = 0
    while position < len(labels):
        last = position + 1
        if position not in taken and chances[position]:
            kind = max(LABELS, key=lambda kind: chances[position].get(f"B-{LABELS[kind]}", 0.0))
            if chances[position][f"B-{LABELS[kind]}"] >= _LIKELY:
                while last < len(labels) and last not in taken and _goes_on(kind, chances[last]):
                    last += 1
                found.append(_mention(kind, position, last, chances))
        position = last
    return sorted(found, key=lambda mention: mention.first)


def label_spans(labels: Sequence[str]) -> list[tuple[TagKind, int, int]]:
    """Return kind, first and index after the last token of each name that `labels` mark."""
    spans: list[tuple[TagKind, int, int]] = []
    position = 0
    while position < len(labels):
        last = position + 1
        kind = _KINDS.get(labels[position][2:])
        if kind:
            while last < len(labels) and labels[last] == f"I-{LABELS[kind]}":
                last += 1
            spans.append((kind, position, last))
        position = last
    return spans


def _chances(chain: pycrfsuite.Tagger, position: int) -> dict[str, float]:
    """Return the probability of each label of a token, or nothing if it is certainly no name."""
    none = chain.marginal("O", position)
    if none > _CERTAINLY_NONE:
        return {}
    return {"O": none, **{name: chain.marginal(name, position) for name in _NAME_LABELS}}


def _goes_on(kind: TagKind, chances: dict[str, float]) -> bool:
    return bool(chances) and chances[f"I-{LABELS[kind]}"] >= max(chances["O"], _LIKELY)


def _mention(kind: TagKind, first: int, last: int, chances: Sequence[dict[str, float]]) -> Mention:
    label = LABELS[kind]
    inside = [chances[i].get(f"I-{label}", 0.0) for i in range(first + 1, last)]
    begins = chances[first].get(f"B-{label}", 0.0)
    probability = min([begins, *inside])
    after = chances[last].get(f"I-{label}", 0.0) if last < len(chances) else 0.0
    return Mention(kind, first, last, probability * (1 - after), begins)
