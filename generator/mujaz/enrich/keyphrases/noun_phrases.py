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
from mujaz.arabic.tokens import words
from mujaz.data import table, trained

_LONGEST = 4
"""Words in a phrase."""
_BEFORE_ARTICLE = ("ولل", "لل", "وبال", "بال", "وال", "فال")
"""Clitics with the article, or with what is left of it."""
_SIMPLE = ("وب", "ول", "و", "ب", "ل", "ف")
_SHORT = 4
"""Letters: without proof, so short a word is as likely a verb."""
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
    breaks: bool
    """Whether more than white space stands between it and the word before."""


class Phrase(NamedTuple):
    """A noun phrase where it stands in a text."""

    keys: tuple[str, ...]
    surface: str
    inner: bool
    """Whether a noun stands before that is of it."""
    free: bool
    """Whether what stands before proves that it begins with a noun, and is no part of a name."""
    before: str
    """Key of the word before, if nothing stands between; else empty."""
    after: str
    """Key of the word behind, likewise."""


def phrases(text: str) -> Iterator[Phrase]:
    """Yield noun phrases of two to four words: whole runs, and what their nouns are of."""
    found = _read(text)
    position = 0
    while position < len(found):
        if found[position].kind not in ("bare", "definite"):
            position += 1
            continue
        end = _end(found, position)
        if _is_whole(found, position, end):
            # What a noun is of is a phrase as well: `افتتاح مكتبة البلدية`.
            for start in range(max(position, end - _LONGEST), end - 1):
                begins = start == position or found[start - 1].kind == "bare"
                if begins and found[start].key not in word_list("never_first"):
                    yield _phrase(found, start, end, inner=start > position)
        position = end


def _read(text: str) -> list[Word]:
    """Return the words of `text` without their clitics."""
    found = []
    last = 0
    for written, start, end in words(text):
        between = text[last:start]
        found.append(_analyse(written, between != " " and bool(between.strip())))
        last = end
    return found


@lru_cache(maxsize=20_000)
def _analyse(written: str, breaks: bool) -> Word:
    """Return a word without its clitics."""
    surface = without_marks(written)
    attached, kind = _kind(surface, word_key(surface))
    bare = surface[len(attached) :]
    if kind == "definite" and attached.endswith("لل"):
        bare = "ال" + bare
    return Word(bare, word_key(bare), kind, attached, breaks)


def _kind(surface: str, folded: str) -> tuple[str, Kind]:
    """Return the clitics of a word, and what it is without them."""
    nouns = known_nouns()
    if folded in word_list("prepositions"):
        return "", "preposition"
    if folded in word_list("never") or not folded.isalpha() or len(folded) < 3:
        return "", "never"
    if folded.startswith("ال"):
        return "", "definite" if folded[2:] in nouns else "unknown"
    for clitic in _BEFORE_ARTICLE:
        stem = folded.removeprefix(clitic)
        if stem != folded and stem in nouns:
            never = "ال" + stem in word_list("never")
            return clitic.removesuffix("ال"), "never" if never else "definite"
    if folded in nouns:
        return "", "bare"
    for clitic in _SIMPLE:
        stem = folded.removeprefix(clitic)
        if stem != folded and len(stem) >= 3 and stem in nouns:
            return clitic, "never" if stem in word_list("never") else "bare"
    # No verb ends so; but what its first letter is, a clitic or its own, only a table tells.
    feminine = surface.endswith("ة") and folded[0] not in "وبلف"
    return "", "bare" if feminine else "unknown"


def _end(found: Sequence[Word], start: int) -> int:
    """Return where the run of bare, then definite nouns from `start` ends."""
    end = start
    definite = False
    while end < len(found):
        word = found[end]
        if end > start and (word.breaks or word.attached):
            break
        if word.kind == "definite":
            definite = True
        elif word.kind != "bare" or definite:
            break
        end += 1
    return end


def _is_whole(found: Sequence[Word], start: int, end: int) -> bool:
    """Return whether a run can end where it does."""
    if end - start < 2 or found[end - 1].key in word_list("never_last"):
        return False
    if end == len(found) or found[end].breaks or found[end].attached:
        return True
    after = found[end]
    if found[end - 1].kind == "bare":  # what follows would be its construct, or its adjective
        return after.kind in _PARTICLES
    return not after.key.startswith("ال") or after.kind == "never"


def _phrase(found: Sequence[Word], start: int, end: int, inner: bool) -> Phrase:
    """Return the phrase between two words."""
    part = found[start:end]
    follows = end < len(found) and not found[end].breaks
    # What a body is for (`المجلس الأعلى للقضاء`) belongs to its name, whatever it is.
    purpose = follows and found[end].attached in ("ل", "لل")
    leads = start > 0 and not part[0].breaks and found[start - 1].kind not in _PARTICLES
    return Phrase(
        keys=tuple([word.key for word in part]),
        surface=" ".join([word.surface for word in part]),
        inner=inner,
        free=inner or _is_free(found, start),
        before=found[start - 1].key if leads and not part[0].attached else "",
        after="ل" if purpose else found[end].key if follows else "",
    )


def _is_free(found: Sequence[Word], start: int) -> bool:
    word = found[start]
    before = found[start - 1] if start and not word.breaks else None
    if word.attached == "لل" and before:
        return before.kind != "definite"
    if word.attached.endswith(("ب", "ل")) or (before and before.kind == "preposition"):
        return True
    if before and not word.attached:
        return word.kind == "definite" and before.kind in ("never", "definite")
    return word.kind == "definite" or word.key.endswith("ه") or len(word.key) > _SHORT


def known_nouns() -> Container[str]:
    """Return the comparison keys of nouns and adjectives, without article, of Arabic in print."""
    return trained("nouns")


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the comparison keys of a list of words in `data/phrase_words.yml`."""
    return frozenset(key(table("phrase_words")[name]).split())
