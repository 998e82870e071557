"""Finds the noun phrases of a text that stand whole: no construct and no name is cut.

Arabic writes no part of speech, but a noun is a word that also occurs with the article; a verb or
a particle never does. A construct ends at its first definite noun, and adjectives that agree with
it are definite as well: so a phrase is a run of bare nouns, then of definite ones.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from mujaz.arabic.normalise import key, without_marks, word_key
from mujaz.arabic.tokens import words as split
from mujaz.data import table, trained

_MAX_PHRASE_WORDS = 4
_CLITICS_WITH_ARTICLE = ("ولل", "لل", "وبال", "بال", "وال", "فال")
"""Clitics with the article, or with what is left of it."""
_CLITICS = ("وب", "ول", "و", "ب", "ل", "ف")
_MAX_VERB_LETTERS = 4
"""Without proof, so short a word is as likely a verb."""
_PARTICLES = ("preposition", "never")
Kind = Literal["definite", "bare", "preposition", "never", "unknown"]


class Word(NamedTuple):
    """A word of a text, and what it can be in a phrase."""

    surface: str
    """As written, without clitics and diacritics."""
    key: str
    """The comparison key of `surface`."""
    kind: Kind
    attached: str
    """The clitics that were taken off."""
    is_apart: bool
    """Whether more than white space stands between it and the word before."""


class Phrase(NamedTuple):
    """A noun phrase where it stands in a text."""

    keys: tuple[str, ...]
    surface: str
    is_inner: bool
    """Whether a noun stands before that is of it."""
    is_free: bool
    """Whether what stands before proves that it begins with a noun, and is no part of a name."""
    before: str
    """Key of the word before, if nothing stands between; else empty."""
    after: str
    """Key of the word behind, likewise."""


def noun_phrases(text: str) -> Iterator[Phrase]:
    """Yield noun phrases of two to four words: whole runs, and what their nouns are of."""
    words = _words(text)
    position = 0
    while position < len(words):
        if words[position].kind not in ("bare", "definite"):
            position += 1
            continue
        end = _end(words, position)
        if _is_whole(words, position, end):
            # What a noun is of is a phrase as well: `افتتاح مكتبة البلدية`.
            for start in range(max(position, end - _MAX_PHRASE_WORDS), end - 1):
                begins = start == position or words[start - 1].kind == "bare"
                if begins and words[start].key not in phrase_words("never_first"):
                    yield _phrase(words, start, end, is_inner=start > position)
        position = end


def _words(text: str) -> list[Word]:
    """Return the words of `text` without their clitics."""
    words = []
    last = 0
    for written, start, end in split(text):
        between = text[last:start]
        words.append(_analyse(written, between != " " and bool(between.strip())))
        last = end
    return words


@lru_cache(maxsize=20_000)
def _analyse(written: str, is_apart: bool) -> Word:
    """Return a word without its clitics."""
    surface = without_marks(written)
    attached, kind = _kind(surface, word_key(surface))
    bare = surface[len(attached) :]
    if kind == "definite" and attached.endswith("لل"):
        bare = "ال" + bare
    return Word(bare, word_key(bare), kind, attached, is_apart)


def _kind(surface: str, folded: str) -> tuple[str, Kind]:
    """Return the clitics of a word, and what it is without them."""
    nouns = noun_keys()
    if folded in phrase_words("prepositions"):
        return "", "preposition"
    if folded in phrase_words("never") or not folded.isalpha() or len(folded) < 3:
        return "", "never"
    if folded.startswith("ال"):
        return "", "definite" if folded[2:] in nouns else "unknown"
    for clitic in _CLITICS_WITH_ARTICLE:
        stem = folded.removeprefix(clitic)
        if stem != folded and stem in nouns:
            never = "ال" + stem in phrase_words("never")
            return clitic.removesuffix("ال"), "never" if never else "definite"
    if folded in nouns:
        return "", "bare"
    for clitic in _CLITICS:
        stem = folded.removeprefix(clitic)
        if stem != folded and len(stem) >= 3 and stem in nouns:
            return clitic, "never" if stem in phrase_words("never") else "bare"
    # No verb ends so; but what its first letter is, a clitic or its own, only a table tells.
    feminine = surface.endswith("ة") and folded[0] not in "وبلف"
    return "", "bare" if feminine else "unknown"


def _end(words: Sequence[Word], start: int) -> int:
    """Return where the run of bare, then definite nouns from `start` ends."""
    end = start
    definite = False
    while end < len(words):
        word = words[end]
        if end > start and (word.is_apart or word.attached):
            break
        if word.kind == "definite":
            definite = True
        elif word.kind != "bare" or definite:
            break
        end += 1
    return end


def _is_whole(words: Sequence[Word], start: int, end: int) -> bool:
    """Return whether a run can end where it does."""
    if end - start < 2 or words[end - 1].key in phrase_words("never_last"):
        return False
    if words[end - 1].kind == "bare" and _agrees(words[start].key, words[end - 1].key):
        return False
    if end == len(words) or words[end].is_apart or words[end].attached:
        return True
    after = words[end]
    if words[end - 1].kind == "bare":  # what follows would be its construct, or its adjective
        return after.kind in _PARTICLES
    return not after.key.startswith("ال") or after.kind == "never"


def _agrees(first: str, last: str) -> bool:
    """Whether a last word is an adjective of relation that agrees with the first, both indefinite.

    Such a phrase names one of many, and nothing in particular: `حفل غنائي`, `دورة تدريبية`.
    """
    return last.endswith("يه" if first.endswith("ه") else "ي")


def _phrase(words: Sequence[Word], start: int, end: int, is_inner: bool) -> Phrase:
    """Return the phrase between two words."""
    part = words[start:end]
    follows = end < len(words) and not words[end].is_apart
    # What a body is for (`المجلس الأعلى للقضاء`) belongs to its name, whatever it is.
    purpose = follows and words[end].attached in ("ل", "لل")
    has_word_before = start > 0 and not part[0].is_apart and words[start - 1].kind not in _PARTICLES
    return Phrase(
        keys=tuple([word.key for word in part]),
        surface=" ".join([word.surface for word in part]),
        is_inner=is_inner,
        is_free=is_inner or _is_free(words, start),
        before=words[start - 1].key if has_word_before and not part[0].attached else "",
        after="ل" if purpose else words[end].key if follows else "",
    )


def _is_free(words: Sequence[Word], start: int) -> bool:
    word = words[start]
    before = words[start - 1] if start and not word.is_apart else None
    if word.attached == "لل" and before:
        return before.kind != "definite"
    if word.attached.endswith(("ب", "ل")) or (before and before.kind == "preposition"):
        return True
    if before and not word.attached:
        return word.kind == "definite" and before.kind in ("never", "definite")
    return word.kind == "definite" or word.key.endswith("ه") or len(word.key) > _MAX_VERB_LETTERS


def noun_keys() -> Container[str]:
    """Return the comparison keys of nouns and adjectives, without article, of Arabic in print."""
    return trained("nouns")


@cache
def phrase_words(name: str) -> frozenset[str]:
    """Return the comparison keys of a list of words in `data/phrase_words.yml`."""
    return frozenset(key(table("phrase_words")[name]).split())
