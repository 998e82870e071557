"""The features of a word that its place in a text gives it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mujaz.arabic.phrases import ListedPhrases
from mujaz.enrich.entities.lexicon import Lexicon
from mujaz.enrich.entities.word_features import WordFeatures, feature_number


def tells_ya(words: Iterable[WordFeatures]) -> bool:
    """Whether a text writes `على` and `علي` as the two words they are."""
    return any(word.final_ya == "ى" and word.key in ("علي", "الي") for word in words)


def phrase_features(words: Sequence[WordFeatures], lexicon: Lexicon) -> dict[int, list[int]]:
    """Return, by a word's index in its sentence, the numbers of where it stands in listed names."""
    features: dict[int, list[int]] = {}
    keys = [word.key for word in words]
    for kind, phrases, beginnings in (
        ("place", lexicon.places, [word.place_beginnings for word in words]),
        ("organisation", lexicon.organisations, [word.organisation_beginnings for word in words]),
    ):
        for index, mark in _marked(keys, beginnings, phrases).items():
            features.setdefault(index, []).append(feature_number(f"listed {kind} {mark}"))
    return features


def _marked(
    keys: Sequence[str], beginnings: Sequence[Sequence[str]], phrases: ListedPhrases
) -> dict[int, str]:
    """Return which words begin a listed name (B) or continue one (I), by their index.

    `beginnings` are the forms of each word with which a listed name begins; most words have none.
    """
    marks: dict[int, str] = {}
    for position, forms in enumerate(beginnings):
        if position not in marks:
            for form in forms:
                length = phrases.match_at([form, *keys[position + 1 : position + 6]])
                if length:
                    marks[position] = "B"
                    marks.update(dict.fromkeys(range(position + 1, position + length), "I"))
                    break
    return marks
