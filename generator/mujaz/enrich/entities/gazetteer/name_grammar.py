"""Finds names by how Arabic builds them: a first word, then what is proper to it.

So organisations are called, and sights: وزارة النقل, مطار طنجة.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mujaz.arabic.tokens import bare_forms
from mujaz.enrich.entities.gazetteer.complements import ComplementReader, PlaceLength
from mujaz.enrich.entities.gazetteer.grammar_words import (
    first_words,
    may_stand_before_ministry,
    word_groups,
)
from mujaz.enrich.entities.word_features import WordFeatures
from mujaz.model import TagKind


class BuiltName(NamedTuple):
    """A name that the grammar builds."""

    last: int
    """Index after its last word."""
    first_word: str
    """Its first word as it is spelled without clitics."""
    kind: TagKind | None
    """What it names; an event's name only keeps its place from being counted."""
    is_vague: bool
    """Whether it may be no name but a description: لجنة التنمية, القوات التركية."""


class NameGrammar:
    """Reads names off a sentence."""

    def __init__(self, place_length: PlaceLength) -> None:
        """Take what tells places, which are parts of names."""
        self._place_length = place_length

    def name_at(
        self, words: Sequence[WordFeatures], keys: Sequence[str], start: int
    ) -> BuiltName | None:
        """Return the name that begins at `start` of a sentence, if one does.

        `keys` are the comparison keys of its words.
        """
        for form in bare_forms(keys[start]):
            first_word = first_words().get(form)
            if first_word is None:
                continue
            groups = word_groups(form)
            if "ministries" in groups and (
                start and not may_stand_before_ministry(keys[start - 1])
            ):
                continue
            complement = ComplementReader(self._place_length, words, keys).complement(
                start + 1, groups
            )
            if complement is not None:
                kind: TagKind | None = "place" if "sights" in groups else "organisation"
                kind = None if "no_organisation" in groups else kind
                first_word = f"وزارة {first_word}" if "ministries" in groups else first_word
                is_alone = complement.last == start + 2
                is_vague = is_alone and "vague" in groups and not complement.is_proper
                is_vague |= is_alone and "forces" in groups
                return BuiltName(complement.last, first_word, kind, is_vague)
        return None
