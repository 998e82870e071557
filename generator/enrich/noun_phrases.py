"""Finds the noun phrases of a text that stand whole: no construct and no name is cut.

Arabic writes no part of speech, but a noun is a word that also occurs with the article; a verb or
a particle never does. A construct ends at its first definite noun, and adjectives that agree with
it are definite as well: so a phrase is a run of bare nouns, then of definite ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from generator.arabic.normalise import key, without_marks, word_key
from generator.arabic.tokens import words
from generator.data import table

_LONGEST = 4
"""Words in a phrase."""
_ATTACHED = (
    ("لل", "ال"),
    ("ولل", "ال"),
    ("بال", "ال"),
    ("وبال", "ال"),
    ("وال", "ال"),
    ("فال", "ال"),
)
"""Clitics before the article, and what remains without them."""
_SIMPLE = ("وب", "ول", "و", "ب", "ل", "ف")
_PRONOUNS = ("ها", "هم", "هما", "هن", "نا", "كم")


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
    free: bool
    """Whether what stands before proves that it begins with a noun, and is no part of a name."""
    before: str
    """Key of the word before, if nothing stands between; else empty."""
    after: str
    """Key of the word behind, likewise."""


def nouns(counts: Mapping[str, int]) -> frozenset[str]:
    """Return the words, without article, that are nouns or adjectives.

    `counts` are articles by word. Forms such as `التقى` only seem to have an article: they never
    occur behind a preposition, nor without it.
    """
    found = set()
    for word, definite in counts.items():
        if not word.startswith("ال") or len(word) < 5:
            continue
        stem = word[2:]
        bare = counts.get(stem, 0)
        behind = counts.get("لل" + stem, 0) + counts.get("بال" + stem, 0)
        if definite + behind >= 2 and definite >= 0.03 * bare and (bare or behind):
            found.add(stem)
    return frozenset(found)


class Grammar:
    """Knows the nouns, and finds phrases made of them."""

    def __init__(self, known: Collection[str]) -> None:
        """Take the nouns, without article; see `nouns`."""
        self._nouns = known
        self._kinds: dict[str, tuple[str, str, Kind]] = {}

    def phrases(self, text: str) -> Iterator[Phrase]:
        """Yield the noun phrases of two to four words in `text`, each as long as it can be."""
        found = list(self.words(text))
        position = 0
        while position < len(found):
            end = self._end(found, position)
            if end - position >= 2:
                if self._whole(found, position, end):
                    yield _phrase(found, position, end)
            position = max(end, position + 1)

    def words(self, text: str) -> Iterator[Word]:
        """Yield the words of `text` without their clitics."""
        last = 0
        for written, start, end in words(text):
            surface = without_marks(written)
            attached, kind = self._read(surface)
            if kind == "definite" and attached.endswith("لل"):
                surface = "ال" + surface[len(attached) :]
            else:
                surface = surface[len(attached) :]
            yield Word(surface, word_key(surface), kind, attached, bool(text[last:start].strip()))
            last = end

    def _read(self, surface: str) -> tuple[str, Kind]:
        """Return the clitics of a word and what it is."""
        folded = word_key(surface)
        cached = self._kinds.get(surface)
        if cached is None:
            attached, kind = self._analyse(surface, folded)
            cached = self._kinds[surface] = (attached, folded, kind)
        return cached[0], cached[2]

    def _analyse(self, surface: str, folded: str) -> tuple[str, Kind]:
        if folded in _list("prepositions"):
            return "", "preposition"
        if folded in _list("never") or not folded.isalpha() or len(folded) < 3:
            return "", "never"
        if folded.startswith("ال"):
            return "", "definite" if folded[2:] in self._nouns else "unknown"
        for clitic, article in _ATTACHED:
            stem = folded[len(clitic) :]
            if folded.startswith(clitic) and stem in self._nouns:
                kind: Kind = "never" if article + stem in _list("never") else "definite"
                return (clitic if clitic.endswith("لل") else clitic[:-2]), kind
        if folded in self._nouns:
            return "", "bare"
        for clitic in _SIMPLE:
            stem = folded[len(clitic) :]
            if folded.startswith(clitic) and stem in self._nouns and len(stem) >= 3:
                return clitic, "never" if stem in _list("never") else "bare"
        bare = surface.endswith("ة") and not folded.endswith(_PRONOUNS)
        return "", "bare" if bare else "unknown"

    def _end(self, found: Sequence[Word], start: int) -> int:
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

    def _whole(self, found: Sequence[Word], start: int, end: int) -> bool:
        """Return whether a run is no part of something longer, and can stand alone."""
        part = found[start:end]
        last = part[-1]
        if len(part) > _LONGEST or last.key in _list("never_last"):
            return False
        if part[0].key in _list("never_first"):
            return False
        if end == len(found) or found[end].breaks or found[end].attached:
            return True
        after = found[end]
        if last.kind == "bare":  # what follows would be its construct, or its adjective
            return after.kind in _PARTICLES
        return not after.key.startswith("ال") or after.kind == "never"


def _phrase(found: Sequence[Word], start: int, end: int) -> Phrase:
    part = found[start:end]
    follows = end < len(found) and not found[end].breaks
    # What a body is for (`المجلس الأعلى للقضاء`) belongs to its name, whatever it is.
    purpose = follows and found[end].attached in ("ل", "لل")
    follower = "ل" if purpose else found[end].key if follows else ""
    leads = start > 0 and not part[0].breaks and found[start - 1].kind not in _PARTICLES
    return Phrase(
        tuple(word.key for word in part),
        " ".join(word.surface for word in part),
        _is_free(found, start),
        found[start - 1].key if leads and not part[0].attached else "",
        follower,
    )


def _is_free(found: Sequence[Word], start: int) -> bool:
    word = found[start]
    if word.attached == "لل" and start and not word.breaks:
        return found[start - 1].kind != "definite"
    if word.attached not in ("", "و", "ف"):
        return True
    if not start:
        return word.kind == "definite" or word.key.endswith("ه") or len(word.key) > 4
    before = found[start - 1]
    if word.breaks or word.attached:
        return word.kind == "definite" or word.key.endswith("ه") or len(word.key) > 4
    if before.kind == "preposition":
        return True
    return word.kind == "definite" and before.kind in ("never", "definite")


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(key(table("phrase_words")[name]).split())
