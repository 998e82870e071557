"""Where a text seems to name somebody or something, and how likely that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mujaz.arabic.normalise import MARKS
from mujaz.enrich.entities.entity_model import EntityModel, LabelScores
from mujaz.enrich.entities.sentence_features import TELLS_YA, Hints
from mujaz.enrich.entities.word_features import WordFeatures
from mujaz.model import TagKind

if TYPE_CHECKING:
    import pycrfsuite

_TOKEN = re.compile(rf"\d+(?:[.,٫]\d+)+|[^\W_{MARKS}]+(?:[{MARKS}]+[^\W_{MARKS}]*)*|[^\s\w]")
_CERTAINLY_NONE = 0.98
"""Probability from which a word is no part of a name, and its labels are not looked at."""
_LIKELY = 0.1
"""Probability from which a name is worth considering where the best labels have none."""
_INTRODUCED = 0.9
"""Probability of a name that stands between an office and a comma."""
_MAX_INTRODUCED_WORDS = 4
"""Words of a name that is found without the model."""
_ENDS = frozenset('.،,:؛)(«»"')
KIND_LABELS: dict[TagKind, str] = {"person": "PERS", "place": "LOC", "organisation": "ORG"}
"""The model's name of each kind, as the training data has it: `B-PERS`, `I-PERS`, `O`."""
_KINDS: dict[str, TagKind] = {label: kind for kind, label in KIND_LABELS.items()}
_NAME_LABELS = tuple(f"{place}-{label}" for label in KIND_LABELS.values() for place in "BI")


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
    sentences: list[list[str]] = []
    for paragraph in paragraphs:
        sentence: list[str] = []
        for token in _TOKEN.findall(paragraph):
            sentence.append(token)
            if token == ".":
                sentences.append(sentence)
                sentence = []
        if sentence:
            sentences.append(sentence)
    return sentences


# What the model says.


def find_mentions(scores: Sequence[LabelScores], model: EntityModel) -> list[Mention]:
    """Return what may be named in a sentence, given the scores of each of its tokens.

    Beside the names of the best labels these are runs of words that are likely enough to be a
    name although, alone in their sentence, they are not likeliest to be one.
    """
    labels = model.label(scores)
    chances = [_label_chances(model.crf, position) for position in range(len(labels))]
    mentions = [_mention(kind, first, last, chances) for kind, first, last in label_spans(labels)]
    taken = {position for each in mentions for position in range(each.first, each.last)}
    position = 0
    while position < len(labels):
        last = position + 1
        if position not in taken and chances[position]:
            begins = {k: chances[position].get(f"B-{KIND_LABELS[k]}", 0.0) for k in KIND_LABELS}
            kind = max(begins, key=begins.__getitem__)
            if begins[kind] >= _LIKELY:
                while last < len(labels) and last not in taken and _continues(kind, chances[last]):
                    last += 1
                mentions.append(_mention(kind, position, last, chances))
        position = last
    return sorted(mentions, key=lambda mention: mention.first)


def label_spans(labels: Sequence[str]) -> list[tuple[TagKind, int, int]]:
    """Return kind, first and index after the last token of each name that `labels` mark."""
    spans: list[tuple[TagKind, int, int]] = []
    position = 0
    while position < len(labels):
        last = position + 1
        kind = _KINDS.get(labels[position][2:])
        if kind:
            while last < len(labels) and labels[last] == f"I-{KIND_LABELS[kind]}":
                last += 1
            spans.append((kind, position, last))
        position = last
    return spans


def _label_chances(crf: pycrfsuite.Tagger, position: int) -> dict[str, float]:
    """Return the probability of each label of a token, or nothing if it is certainly no name."""
    none = crf.marginal("O", position)
    if none > _CERTAINLY_NONE:
        return {}
    return {"O": none, **{name: crf.marginal(name, position) for name in _NAME_LABELS}}


def _continues(kind: TagKind, chances: dict[str, float]) -> bool:
    return bool(chances) and chances[f"I-{KIND_LABELS[kind]}"] >= max(chances["O"], _LIKELY)


def _mention(kind: TagKind, first: int, last: int, chances: Sequence[dict[str, float]]) -> Mention:
    label = KIND_LABELS[kind]
    inside = [chances[i].get(f"I-{label}", 0.0) for i in range(first + 1, last)]
    begins = chances[first].get(f"B-{label}", 0.0)
    probability = min([begins, *inside])
    after = chances[last].get(f"I-{label}", 0.0) if last < len(chances) else 0.0
    return Mention(kind, first, last, probability * (1 - after), begins)


# Where the grammar shows the end of a person's name, and its words mislead: many family names are
# everyday words, and many foreign ones stand in no table.


def whole_names(
    mentions: Sequence[Mention], words: Sequence[WordFeatures], hints: Hints
) -> list[Mention]:
    """Return the mentions in a sentence, persons' names among them to their ends.

    `نظيره التركي علي يرلي كايا،` names one person in all its words up to the comma; a given name
    that stood alone goes on with a family name behind it.
    """
    surest = {each[:3]: each for each in mentions if each.probability > _INTRODUCED}
    introduced = [surest.get(each[:3], each) for each in _introduced(words, hints)]
    covered = {position for each in introduced for position in range(each.first, each.last)}
    starts = {mention.first for mention in mentions}
    others = [
        _with_family_name(mention, words, starts)
        for mention in mentions
        if covered.isdisjoint(range(mention.first, mention.last))
    ]
    return sorted([*introduced, *others], key=lambda mention: mention.first)


def _with_family_name(mention: Mention, words: Sequence[WordFeatures], starts: set[int]) -> Mention:
    last = mention.last
    if mention.kind == "person" and last - mention.first == 1 and last < len(words):
        given, family = words[mention.first], words[last]
        if given.given >= 3 and family.family >= 2 and family.rarity < 4 and last not in starts:
            return mention._replace(last=last + 1, probability=mention.begins)
    return mention


def _introduced(words: Sequence[WordFeatures], hints: Hints) -> Iterator[Mention]:
    """Yield names that begin with a given name behind an office and end at a punctuation mark."""
    for position, word in enumerate(words):
        if word.is_title:
            first = position + 1
            if first < len(words) and words[first].place_type.startswith("nisba"):
                first += 1
            last, limit = first, first + _MAX_INTRODUCED_WORDS
            while last < len(words) and last <= limit and _may_name(words[last], hints):
                last += 1
            is_ended = last < len(words) and words[last].key in _ENDS
            if is_ended and first + 2 <= last <= limit and words[first].given >= 3:
                yield Mention("person", first, last, _INTRODUCED, _INTRODUCED)


def _may_name(word: WordFeatures, hints: Hints) -> bool:
    """Whether a word may be part of a name: no office, nor a word with an article but a name."""
    if not word.key[0].isalpha() or word.announces("title") or word.announces("speech"):
        return False
    if word.key == "علي" and not (TELLS_YA in hints and word.final_ya == "ي"):
        return False
    if word.given or word.family:
        return True
    is_nisba = word.place_type.startswith("nisba")
    return word.rarity < 4 and not word.key.startswith("ال") and not is_nisba
