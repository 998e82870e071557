"""Where a text seems to name somebody or something, and how likely that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from mujaz.arabic.normalise import MARKS
from mujaz.enrich.entities.entity_model import LABELS, LabelChances
from mujaz.enrich.entities.word_features import WordFeatures
from mujaz.model import TagKind

_TOKEN = re.compile(rf"\d+(?:[.,٫]\d+)+|[^\W_{MARKS}]+(?:[{MARKS}]+[^\W_{MARKS}]*)*|[^\s\w]")
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
_BEGINS = {kind: LABELS.index(f"B-{label}") for kind, label in KIND_LABELS.items()}
_CONTINUES = {kind: LABELS.index(f"I-{label}") for kind, label in KIND_LABELS.items()}


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


def find_mentions(chances: Sequence[LabelChances | None]) -> list[Mention]:
    """Return what may be named in a sentence, given how likely labels are for each of its words.

    Beside the names of the best labels these are runs of words that are likely enough to be a
    name although, alone in their sentence, they are not likeliest to be one.
    """
    labels = best_labels(chances)
    mentions = [_mention(kind, first, last, chances) for kind, first, last in label_spans(labels)]
    taken = {position for each in mentions for position in range(each.first, each.last)}
    position = 0
    while position < len(labels):
        last = position + 1
        here = chances[position]
        if here and position not in taken:
            kind = max(_BEGINS, key=lambda kind: here[_BEGINS[kind]])
            if here[_BEGINS[kind]] >= _LIKELY:
                while last < len(labels) and last not in taken and _continues(kind, chances[last]):
                    last += 1
                mentions.append(_mention(kind, position, last, chances))
        position = last
    return sorted(mentions, key=lambda mention: mention.first)


def best_labels(chances: Sequence[LabelChances | None]) -> list[str]:
    """Return the likeliest labels of a sentence's words of which none continues another kind.

    None stands for a word that is certainly no part of a name.
    """
    labels: list[str] = []
    for is_certain, run in groupby(chances, key=lambda each: each is None):
        words = list(run)
        labels += ["O"] * len(words) if is_certain else _best_of_run([w for w in words if w])
    return labels


def _best_of_run(chances: Sequence[LabelChances]) -> list[str]:
    """Return the same for words of which each may be part of a name (Viterbi's algorithm)."""
    # By the label of the last word how likely the best labels up to it are, the best of all 1.
    scores = {0: 1.0}
    sources: list[dict[int, int]] = []
    for here in chances:
        best = max(scores, key=scores.__getitem__)
        source = dict.fromkeys((0, *_BEGINS.values()), best)
        for kind, begins in _BEGINS.items():
            goes_on = _CONTINUES[kind]
            before = [label for label in (begins, goes_on) if label in scores]
            if before:
                source[goes_on] = max(before, key=scores.__getitem__)
        following = {label: scores[last] * here[label] for label, last in source.items()}
        highest = max(following.values())
        scores = {label: score / highest for label, score in following.items()}
        sources.append(source)
    label = max(scores, key=scores.__getitem__)
    labels: list[str] = []
    for source in reversed(sources):
        labels.append(LABELS[label])
        label = source[label]
    return labels[::-1]


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


def _continues(kind: TagKind, chances: LabelChances | None) -> bool:
    return chances is not None and chances[_CONTINUES[kind]] >= max(chances[0], _LIKELY)


def _mention(
    kind: TagKind, first: int, last: int, chances: Sequence[LabelChances | None]
) -> Mention:
    def chance(position: int, label: int) -> float:
        here = chances[position] if position < len(chances) else None
        return here[label] if here else 0.0

    begins, goes_on = chance(first, _BEGINS[kind]), _CONTINUES[kind]
    probability = min([begins, *(chance(position, goes_on) for position in range(first + 1, last))])
    return Mention(kind, first, last, probability * (1 - chance(last, goes_on)), begins)


# Where the grammar shows the end of a person's name, and its words mislead: many family names are
# everyday words, and many foreign ones stand in no table.


def whole_names(
    mentions: Sequence[Mention], words: Sequence[WordFeatures], *, tells_ya: bool
) -> list[Mention]:
    """Return the mentions in a sentence, persons' names among them to their ends.

    `نظيره التركي علي يرلي كايا،` names one person in all its words up to the comma; a given name
    that stood alone goes on with a family name behind it. `tells_ya` if the text does not write
    one letter for both that end `على` and `علي`.
    """
    surest = {each[:3]: each for each in mentions if each.probability > _INTRODUCED}
    introduced = [surest.get(each[:3], each) for each in _introduced(words, tells_ya)]
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


def _introduced(words: Sequence[WordFeatures], tells_ya: bool) -> Iterator[Mention]:
    """Yield names that begin with a given name behind an office and end at a punctuation mark."""
    for position, word in enumerate(words):
        if word.is_title:
            first = position + 1
            if first < len(words) and words[first].place_type.startswith("nisba"):
                first += 1
            last, limit = first, first + _MAX_INTRODUCED_WORDS
            while last < len(words) and last <= limit and _may_name(words[last], tells_ya):
                last += 1
            is_ended = last < len(words) and words[last].key in _ENDS
            if is_ended and first + 2 <= last <= limit and words[first].given >= 3:
                yield Mention("person", first, last, _INTRODUCED, _INTRODUCED)


def _may_name(word: WordFeatures, tells_ya: bool) -> bool:
    """Whether a word may be part of a name: no office, nor a word with an article but a name."""
    if not word.key[0].isalpha() or word.announces("title") or word.announces("speech"):
        return False
    if word.key == "علي" and not (tells_ya and word.final_ya == "ي"):
        return False
    if word.given or word.family:
        return True
    is_nisba = word.place_type.startswith("nisba")
    return word.rarity < 4 and not word.key.startswith("ال") and not is_nisba
