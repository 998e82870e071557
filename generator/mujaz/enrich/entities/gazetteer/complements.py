"""Reads what stands behind the first word of a name: a noun, a place, a person, adjectives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mujaz.enrich.entities.gazetteer.grammar_words import is_adjective, word_groups
from mujaz.enrich.entities.gazetteer.places import listed_countries, nisbas
from mujaz.enrich.entities.word_features import WordFeatures

_MAX_WORDS = 9
"""Of a name, its first word included."""
_MAX_QUOTED_WORDS = 4
"""Of a name in quotation marks."""
_MIN_GIVEN = 2
"""Degree from which a word is a given name that may begin a person's name."""
_NEVER_INSIDE = frozenset({"no_adjectives", "definite", "national"})
_NEVER_FIRST = _NEVER_INSIDE | {"common"}
"""Groups of words that no name has inside, or right behind its first word."""
_DEFINITE = frozenset({"definite", "national", "with_purpose", "with_place_alone"})
"""Groups of first words with an article."""
_MIN_COMMON_RARITY = 3
"""Rarity from which a word is no small town's name."""
_CLOSING = {"«": "»", '"': '"', "“": "”", "(": ")"}

PlaceLength = Callable[[Sequence[str], bool], int]
"""Returns the number of words of the place that some comparison keys begin with, or 0; with the
flag also of small towns, whose names may mean something else."""


class Complement(NamedTuple):
    """What stands behind the first word."""

    last: int
    """Index after its last word."""
    is_proper: bool
    """Whether it holds a place, a person, quotation marks or the adjective of a country."""
    has_adjective: bool = False
    """Whether it ends in one."""


class ComplementReader:
    """Reads one sentence; positions are those of its words."""

    def __init__(
        self, place_length: PlaceLength, words: Sequence[WordFeatures], keys: Sequence[str]
    ) -> None:
        self._place_length = place_length
        self._words = words
        self._keys = keys
        self._takes_purpose = True
        self._takes_towns = False
        self._takes_persons = False

    def complement(self, position: int, groups: frozenset[str]) -> Complement | None:
        """Return what goes with a first word of `groups` that stands before `position`."""
        if "ministries" in groups:
            origin = self._key(position)
            is_origin = origin in nisbas() and origin.startswith("ال") and origin.endswith("ه")
            return Complement(position + 1, True) if is_origin else None
        if groups & _DEFINITE:
            self._takes_purpose = "without_purpose" not in groups
            return self._behind_definite(position, groups)
        is_sight = "sights" in groups
        if is_sight and self._key(position) in listed_countries():
            return None  # by way of a country: طريق تركيا
        self._takes_purpose = not is_sight and "without_purpose" not in groups
        self._takes_towns = "municipal" in groups or is_sight
        self._takes_persons = "called_after_persons" in groups
        found_at = self._quoted(position) or self._construct(position, 0 if is_sight else 2)
        if found_at is None:
            return None
        if (
            "not_before_name" in groups
            and max(self._place(position), self._person(position)) > position
        ):
            return None
        word = self._key(position)
        if is_adjective(word) and not is_sight and "nouns" not in word_groups(word):
            return None  # behind للجنة, which is اللجنة
        if "with_place" in groups:
            found_at = self._with_place(found_at)
        if is_sight:
            found_at = self._between_towns(position, found_at)
        if "complexes" in groups:
            person = self._person(position)
            return found_at if position < person < found_at.last else None
        is_called_so = "described_sights" in groups and found_at.has_adjective
        if found_at.is_proper or is_called_so or "before_noun" in groups:
            return found_at
        return None

    # Behind a first word without an article.

    def _quoted(self, position: int) -> Complement | None:
        closing = _CLOSING.get(self._key(position))
        if closing is None:
            return None
        for last in range(position + 1, position + _MAX_QUOTED_WORDS + 2):
            if self._key(last) == closing:
                return Complement(last + 1, True) if last > position + 1 else None
            if not self._key(last)[:1].isalnum():
                return None
        return None

    def _construct(self, position: int, limit: int) -> Complement | None:
        """Return a person, a place or a definite noun, behind at most `limit` nouns without one."""
        person = self._person(position)
        if person > position:
            return self._with_adjectives(person, is_proper=True)
        place = self._place(position)
        if place > position:
            return self._with_adjectives(place, is_proper=True)
        word = self._key(position)
        if word.startswith("ال"):
            if not self._is_noun(position):
                return None
            return self._with_adjectives(position + 1, is_proper=False)
        if limit and "middle" in word_groups(word):
            inner = self._construct(position + 1, limit - 1)
            if inner is None and "middle" in word_groups(self._key(position + 1).removeprefix("و")):
                inner = self._construct(position + 2, 0)  # إدارة وتشغيل مترو الأنفاق
            return inner
        return None

    def _person(self, position: int) -> int:
        """Return the index after a person's name, or `position` if none stands there."""
        last = position
        while "titles" in word_groups(self._key(last)):
            last += 1
        has_title = last > position
        word = self._word(last)
        if word is None or not (has_title or self._takes_persons):
            return position
        if not has_title and (word.given < _MIN_GIVEN or word.name_degrees[-1] == "'"):
            return position
        if self._key(last).startswith("ال") and not has_title:
            return position
        begins = last
        last += 1
        while last < len(self._keys) and last < begins + _MAX_WORDS - 2:
            is_chain = "joints" in word_groups(self._keys[last]) or "joints" in word_groups(
                self._keys[last - 1]
            )
            if not is_chain and (has_title or not self._is_part_of_person(last)):
                break
            last += 1
        return last if has_title or last > begins + 1 else position

    def _is_part_of_person(self, position: int) -> bool:
        word = self._words[position]
        is_name = (word.given >= 1 or word.family >= _MIN_GIVEN) and word.name_degrees[-1] != "'"
        return is_name and word.rarity < 4 and not is_adjective(word.key)

    def _place(self, position: int, *, takes_towns: bool = False) -> int:
        """Return the index after a place, or `position` if none stands there."""
        last = position
        while "regions" in word_groups(self._key(last)):
            last += 1
        takes_towns |= self._takes_towns or last > position
        length = self._place_length(self._keys[last : last + 5], takes_towns)
        if length == 1 and takes_towns and self._words[last].rarity >= _MIN_COMMON_RARITY:
            length = self._place_length(self._keys[last : last + 5], False)
        return last + length if length else position

    def _with_adjectives(self, position: int, *, is_proper: bool) -> Complement:
        """Return a complement that ends at `position` or behind what goes with it."""
        is_name, has_adjective = is_proper, False
        while True:
            word = self._key(position)
            if is_adjective(word):
                is_proper |= word in nisbas()
                has_adjective = True
            elif is_name or not (word.startswith("وال") and self._goes_on(position)):
                break
            position += 1
        purpose = self._purpose(position) if is_proper else position
        return Complement(purpose, is_proper, has_adjective)

    def _goes_on(self, position: int) -> bool:
        """Whether a second noun or adjective goes with the first: السياحة والآثار."""
        word = self._key(position).removeprefix("و")
        return is_adjective(word) or self._is_noun(position, word, _NEVER_INSIDE)

    def _is_noun(self, position: int, word: str = "", never: frozenset[str] = _NEVER_FIRST) -> bool:
        word = word or self._key(position)
        groups, features = word_groups(word), self._word(position)
        if features is None or len(word) < 5 or word in nisbas() or groups & never:
            return False
        return not (features.is_title or features.announces("speech", clitic=True))

    def _with_place(self, complement: Complement) -> Complement:
        """Return a complement and the place behind it: مكتب العمل بمحافظة طريف."""
        position = complement.last
        word = self._key(position)
        if word.startswith("ب"):
            bare = word[1:]
            if "regions" in word_groups(bare):
                last = self._place(position + 1, takes_towns=True)
                return Complement(last, True) if last > position + 1 else complement
            length = self._place_length([bare, *self._keys[position + 1 : position + 4]], True)
            return Complement(position + length, True) if length else complement
        return complement

    def _between_towns(self, position: int, complement: Complement) -> Complement:
        """Return a complement with the second of two towns: طريق مكة جدة."""
        if complement.last != self._place(position):
            return complement
        second = self._place(complement.last)
        if second == complement.last:
            return complement
        return self._with_adjectives(second, is_proper=True)

    # Behind a first word with an article.

    def _behind_definite(self, position: int, groups: frozenset[str]) -> Complement | None:
        last = position
        is_national = False
        while is_adjective(self._key(last)):
            is_national |= self._key(last) in nisbas()
            last += 1
        if last == position:
            return None
        purpose = self._purpose(last)
        found_at: Complement | None
        if "with_place_alone" in groups:
            found_at = None
        elif purpose > last:
            found_at = Complement(purpose, True)
        elif "with_purpose" in groups:
            return None
        elif self._is_purpose(last):
            return None  # of which nobody can tell the end
        elif is_national and ("national" in groups or last > position + 1):
            found_at = Complement(last, True)
        else:
            found_at = None
        if "with_place" in groups:
            with_place = self._with_place(found_at or Complement(last, False))
            return with_place if with_place.is_proper else found_at
        return found_at

    def _is_purpose(self, position: int) -> bool:
        if not self._takes_purpose:
            return False
        word = self._key(position)
        if word.startswith("لل") or (word.startswith("ل") and "middle" in word_groups(word[1:])):
            return True
        return word.startswith("ل") and len(word) > 3 and self._key(position + 1).startswith("ال")

    def _purpose(self, position: int) -> int:
        """Return the index after what an organisation is for: لحقوق الإنسان, للاستثمار."""
        if not self._takes_purpose:
            return position
        word = self._key(position)
        if word.startswith("لل") and len(word) >= 5:
            if not self._is_noun(position, "ال" + word[2:]):
                return position
            return self._with_adjectives(position + 1, is_proper=False).last
        if word.startswith("ل") and "middle" in word_groups(word[1:]):
            inner = self._construct(position + 1, 1)
            if inner is None and "middle" in word_groups(self._key(position + 1).removeprefix("و")):
                inner = self._construct(position + 2, 1)
            return inner.last if inner else position
        return position

    def _key(self, position: int) -> str:
        return self._keys[position] if position < len(self._keys) else ""

    def _word(self, position: int) -> WordFeatures | None:
        return self._words[position] if position < len(self._words) else None
