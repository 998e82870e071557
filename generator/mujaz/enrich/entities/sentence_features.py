"""The features of each word of a sentence, for a model to tell names from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mujaz.arabic.phrases import ListedPhrases
from mujaz.enrich.entities.word_features import FeatureExtractor, FeatureGroup, WordFeatures

_OUT_OF_REACH = 9
"""Words: farther than any announcement reaches."""
TELLS_YA = "ya"
"""Stands among the hints if the text writes `على` and `علي` as the two words they are."""
Hints = Mapping[str, FeatureGroup]
"""What a whole text says of its less common words, by comparison key without clitics."""
_Announcement = tuple[int, str]
"""How many words back the last announcing word stands, and which it is."""


def document_hints(
    sentences: Iterable[Sequence[WordFeatures]], extractor: FeatureExtractor
) -> Hints:
    """Return what the places of a word in a text together say of it.

    A word that once stands behind a title or a given name is a name elsewhere as well.
    """
    counts_by_word: dict[str, dict[str, int]] = {}
    tells_ya = False
    for words in sentences:
        last = len(words) - 1
        for position, word in enumerate(words):
            if word.final_ya == "ى" and word.key in ("علي", "الي"):
                tells_ya = True
            if word.rarity >= 4 or not word.key[0].isalpha():
                continue
            counts = counts_by_word.get(word.bare)
            if counts is None:
                counts = counts_by_word[word.bare] = {}
            signs = ["n"]
            if position:
                previous = words[position - 1]
                signs += previous.word_lists
                if previous.given >= 2:
                    signs.append("given")
                if previous.rarity <= 1 and previous.key[0].isalpha():
                    signs.append("rare")
            if position < last:
                following = words[position + 1]
                if following.family >= 2 or following.given >= 2:
                    signs.append("names")
            for sign in signs:
                counts[sign] = counts.get(sign, 0) + 1
    hints: dict[str, FeatureGroup] = {}
    for key, counts in counts_by_word.items():
        names = tuple([f"D{sign}={min(count, 3)}" for sign, count in sorted(counts.items())])
        hints[key] = extractor.cached(names) or extractor.cache_group(names, names)
    return {**hints, TELLS_YA: ()} if tells_ya else hints


def sentence_features(
    words: Sequence[WordFeatures], extractor: FeatureExtractor, hints: Hints
) -> list[FeatureGroup]:
    """Return the features of each word of a sentence, as `extractor` combines them."""
    combine, listed = extractor.combine, _in_phrases(words, extractor)
    tells_ya = TELLS_YA in hints
    features = []
    title, organisation = (_OUT_OF_REACH, ""), (_OUT_OF_REACH, "")
    second_previous = previous = None
    pair_of_second: FeatureGroup = ()
    for position, word in enumerate(words):
        names = _announced(word, title, organisation)
        groups = [word.of_itself, listed[position]]
        hint = hints.get(word.bare)
        if hint:
            groups.append(hint)
        if word.final_ya:
            ya = f"{word.final_ya}{tells_ya}"
            names += (f"Y={ya}{word.rarity}", f"Yw={ya}{word.key}")
        if previous is None:
            names.append("first")
        else:
            groups += (previous.of_next, pair_of_second)
            names.append(f"-gg={previous.group}|{word.group}")
            if previous.is_predictive:
                names += (
                    f"-we={previous.key}|{word.likeness[0]}",
                    f"-wr={previous.key}|{word.rarity}",
                    f"-ws={previous.key}|{word.bare}",
                )
            if second_previous is not None:
                groups.append(second_previous.of_second_next)
        if position + 1 < len(words):
            following = words[position + 1]
            pair = word.neighbour_class.pairs.get(following.neighbour_class)
            pair_of_first, pair_of_second = pair or _pair(word, following, extractor)
            groups += (following.of_previous, pair_of_first)
            names.append(f"+gg={word.group}|{following.group}")
            if position + 2 < len(words):
                groups.append(words[position + 2].of_second_previous)
        else:
            names.append("last")
        title = _next_announcement(title, word, word.is_title)
        organisation = _next_announcement(organisation, word, word.is_organisation)
        second_previous, previous = previous, word
        features.append(combine(names, *groups))
    return features


def _announced(word: WordFeatures, title: _Announcement, organisation: _Announcement) -> list[str]:
    """Return what words that announce a name say of a word some way behind them."""
    names = []
    if title[0] < 5:
        names += [f"T={title[0]}", f"Tr={title[0]}{word.rarity}", f"Tw={title[1]}"]
    if organisation[0] < 6:
        distance, head = organisation
        names += [f"O={distance}", f"Oh={distance}{word.shape}", f"Ow={head}"]
    return names


def _next_announcement(
    last: _Announcement, word: WordFeatures, is_announcing: bool
) -> _Announcement:
    """Return the last announcement as seen from the word after `word`."""
    if is_announcing:
        return 1, word.key
    if last[0] >= _OUT_OF_REACH:
        return last
    if not word.key[0].isalnum() and word.key not in "\"'":
        return _OUT_OF_REACH, ""
    return last[0] + 1, last[1]


def _in_phrases(words: Sequence[WordFeatures], extractor: FeatureExtractor) -> list[FeatureGroup]:
    """Return for each word the features of where it stands in listed names."""
    keys, lexicon = [word.key for word in words], extractor.lexicon
    places = _marked(keys, [word.place_beginnings for word in words], lexicon.places)
    beginnings = [word.organisation_beginnings for word in words]
    organisations = _marked(keys, beginnings, lexicon.organisations)
    groups = []
    for marks in zip(places, organisations, [*organisations[1:], ""], strict=True):
        group = extractor.cached(marks)
        if group is None:
            place, organisation, following = marks
            names = [f"P={place}", f"K={organisation}"]
            names += [f"+K={following}"] if following else []
            group = extractor.cache_group(marks, names)
        groups.append(group)
    return groups


def _marked(
    keys: Sequence[str], beginnings: Sequence[Sequence[str]], phrases: ListedPhrases
) -> list[str]:
    """Return for each word whether it begins (B), continues (I) or is no part of a listed name (-).

    `beginnings` are the forms of each word with which a listed name begins; most words have none.
    """
    marks = ["-"] * len(keys)
    for position, forms in enumerate(beginnings):
        if marks[position] == "-":
            for form in forms:
                length = phrases.match_at([form, *keys[position + 1 : position + 6]])
                if length:
                    marks[position : position + length] = ["B", *"I" * (length - 1)]
                    break
    return marks


def _pair(
    first: WordFeatures, second: WordFeatures, extractor: FeatureExtractor
) -> tuple[FeatureGroup, FeatureGroup]:
    """Return the features of two neighbours, of each, that depend on nothing but their classes."""
    person, next_person = first.likeness[0], second.likeness[0]
    of_first = [
        f"+ee={person}|{next_person}",
        f"+en={person}|{second.name_degrees}",
        f"+nn={first.name_degrees}|{second.name_degrees}",
        f"+nr={first.rarity}|{second.name_degrees}",
        f"+rr={first.rarity}|{second.rarity}",
    ]
    of_second = [
        f"-ee={person}|{next_person}",
        f"-ff={first.likeness[1]}|{second.likeness[1]}",
        *(f"-Le={name}|{next_person}" for name in first.word_lists),
        f"-nn={first.name_degrees}|{second.name_degrees}",
        f"-nr={first.name_degrees}|{second.rarity}",
        *(f"-Lr={name}|{second.rarity}" for name in first.word_lists),
    ]
    groups = extractor.combine(of_first), extractor.combine(of_second)
    extractor.cache_pair(first.neighbour_class, second.neighbour_class, groups)
    return groups
