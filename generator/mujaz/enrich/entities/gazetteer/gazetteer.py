"""Finds places and organisations in texts, from tables and by the grammar of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from mujaz.arabic.normalise import key
from mujaz.arabic.tokens import bare_forms
from mujaz.enrich.entities.gazetteer.listed_mention import (
    DoubtfulMention,
    ListedMention,
    Strength,
)
from mujaz.enrich.entities.gazetteer.name_grammar import NameGrammar
from mujaz.enrich.entities.gazetteer.name_table import NameTable, doubtful_meaning
from mujaz.enrich.entities.gazetteer.organisations import (
    common_names,
    proofs_of_short_names,
    spelled_names,
)
from mujaz.enrich.entities.gazetteer.places import (
    foreign_and_short,
    local_places,
    nisbas,
    small_towns,
    words_before_towns,
)
from mujaz.enrich.entities.gazetteer.proofs import proven
from mujaz.enrich.entities.word_features import WordFeatures
from mujaz.model import TagKind

_MIN_GIVEN = 3
"""Degree from which a word is a given name."""
_AMERICAN = re.compile("[أا]م(ي)?ر(ي)?كي")
_MIN_COMMON_RARITY = 3
"""Rarity from which a word is no small town's name."""
_MAX_LISTED_WORDS = 7
"""Of a listed name."""
_BEFORE_CITY = frozenset(
    map(
        key,
        "في إلى من مدينة بمدينة ومدينة محافظة بمحافظة ومحافظة ريف بريف ولاية بولاية بلدة منطقة "
        "العاصمة والعاصمة بالعاصمة مطار جامعة مرفأ ميناء قرب نحو بين حول شمال جنوب شرق غرب وسط "
        "حي أحياء سوق متحف قلعة".split(),
    )
)


class Gazetteer(NameTable):
    """Places, organisations and the editor's own names, ready to be found in texts."""

    def __init__(
        self,
        added: Mapping[TagKind, Iterable[str]] | None = None,
        blocked: frozenset[str] = frozenset(),
    ) -> None:
        """Take the editor's names by kind, and the comparison keys of names never to be found."""
        super().__init__(added, blocked)
        self._grammar = NameGrammar(self.place_length)

    def mentions(
        self, sentences: Sequence[Sequence[WordFeatures]], tokens: Sequence[Sequence[str]]
    ) -> list[ListedMention]:
        """Return what is in a text, in order, given as its sentences' words and tokens."""
        certain: list[ListedMention] = []
        doubtful: list[DoubtfulMention] = []
        start = 0
        for words, spelled in zip(sentences, tokens, strict=True):
            keys = [word.key for word in words]
            position = 0
            while position < len(keys):
                last = position + 1
                forms = self.forms_of(keys[position])
                if not forms:
                    position = last
                    continue
                mention = self._mention_at(forms, words, keys, spelled, position)
                doubt = self._doubtful_at(forms, keys, position, mention)
                if mention:
                    last = mention.last
                    mention = mention._replace(first=start + position, last=start + last)
                    if certain and _is_joined(mention, certain[-1], keys[position]):
                        mention = mention._replace(rule="city")
                if doubt:
                    last = doubt.organisation.last
                    place = start + position
                    organisation = doubt.organisation._replace(first=place, last=start + last)
                    doubtful.append(doubt._replace(organisation=organisation, otherwise=mention))
                elif mention:
                    certain.append(mention)
                position = last
            start += len(keys)
        return proven(certain, doubtful, [word.key for words in sentences for word in words])

    def _mention_at(
        self,
        forms: Sequence[str],
        words: Sequence[WordFeatures],
        keys: Sequence[str],
        spelled: Sequence[str],
        position: int,
    ) -> ListedMention | None:
        mention = self._listed_at(forms, words, keys, position)
        if mention and mention.rule == "editor":
            return mention
        if mention is None:
            mention = self._town_behind(words, keys, position)
        built = self._grammar.name_at(words, keys, position)
        if built is None or (mention and built.last <= mention.last):
            return mention
        rest = " ".join(word for word in spelled[position + 1 : built.last] if word[0].isalnum())
        name = f"{built.first_word} {_well_spelled(rest)}"
        if mention and mention.kind == "organisation" and keys[mention.last].startswith("و"):
            return mention
        if built.kind == "organisation":
            if mention and _is_swallowed(mention, keys[mention.last : built.last]):
                return mention._replace(last=built.last)
            name = self.organisation(key(name)) or self.organisation(key(rest)) or name
        if key(name) in self.blocked:
            return mention
        rule: Strength = "vague" if built.is_vague else "built" if built.kind else "other"
        return ListedMention(name, built.kind or "organisation", rule, position, built.last)

    def _listed_at(
        self,
        forms: Iterable[str],
        words: Sequence[WordFeatures],
        keys: Sequence[str],
        position: int,
    ) -> ListedMention | None:
        before = words[position - 1] if position else None
        for form in forms:
            phrase, meaning = self.longest(
                [form, *keys[position + 1 : position + _MAX_LISTED_WORDS]]
            )
            if meaning is None:
                continue
            name, kind, rule = meaning
            clitic = form != keys[position]
            last = position + phrase.count(" ") + 1
            if kind == "place" and _is_quoted(keys, position, last):
                continue
            if clitic and keys[position].startswith("لل") and form.startswith("ل"):
                continue
            if rule == "bare city":
                if clitic and phrase in foreign_and_short():
                    continue
                is_in = clitic and keys[position].lstrip("وف")[:1] in "بل"
                if is_in or (before and before.key in _BEFORE_CITY):
                    rule = "local" if phrase in local_places() else "city"
            if (
                kind == "place"
                and rule != "nisba"
                and not clitic
                and before
                and names_person(before)
            ):
                continue
            return ListedMention(name, kind, rule, position, last, spelled_names().get(phrase, ""))
        return None

    def _doubtful_at(
        self,
        forms: Iterable[str],
        keys: Sequence[str],
        position: int,
        mention: ListedMention | None,
    ) -> DoubtfulMention | None:
        """Return the doubtful name that stands at `position`, unless a longer or sure one does."""
        words = 1 if mention is None else mention.last - position
        if mention and mention.rule in ("editor", "organisation", "built", "other"):
            return None
        for form in forms:
            phrase = f"{form} {keys[position + 1]}" if position + 1 < len(keys) else form
            for name in (phrase, form):
                last = position + name.count(" ") + 1
                if last < position + words or name in self.blocked:
                    continue
                meaning = doubtful_meaning(name)
                if meaning is not None:
                    sort, shown = meaning
                    written = spelled_names().get(name, "")
                    organisation = ListedMention(
                        shown, "organisation", "organisation", position, last, written
                    )
                    has_clitic = form != keys[position]
                    proofs = frozenset(proofs_of_short_names().get(name, "").split())
                    return DoubtfulMention(organisation, sort, mention, has_clitic, proofs)
        return None

    def _town_behind(
        self, words: Sequence[WordFeatures], keys: Sequence[str], position: int
    ) -> ListedMention | None:
        """Return the town behind a word that only stands before towns: محافظة الليث."""
        if not any(form in words_before_towns() for form in bare_forms(keys[position])):
            return None
        for length in range(min(3, len(keys) - position - 1), 0, -1):
            name = " ".join(keys[position + 1 : position + 1 + length])
            town = self.place(name) or small_towns().get(name)
            if (
                length == 1
                and not self.place(name)
                and words[position + 1].rarity >= _MIN_COMMON_RARITY
            ):
                town = None
            if town and name not in self.blocked:
                last = position + 1 + name.count(" ") + 1
                return ListedMention(town, "place", "local", position, last)
        return None


def _well_spelled(name: str) -> str:
    """Return a name as most papers spell its words."""
    return _AMERICAN.sub("أمريكي", name.replace("شئون", "شؤون"))


def _is_swallowed(mention: ListedMention, words: Sequence[str]) -> bool:
    """Whether what follows an organisation only says where it is: هيئة قناة السويس المصرية."""
    is_one = mention.rule == "organisation" and key(mention.name) not in common_names()
    return is_one and all(word in nisbas() for word in words)


def _is_joined(mention: ListedMention, previous: ListedMention, word: str) -> bool:
    """Whether a city stands beside another place: في مكة والمدينة."""
    is_beside = mention.first == previous.last and word.startswith("و")
    is_place = previous.kind == "place" and previous.rule in ("city", "local", "country")
    return mention.rule == "bare city" and is_beside and is_place


def _is_quoted(keys: Sequence[str], first: int, last: int) -> bool:
    """Whether a name alone stands in quotation marks, as those of papers do: «الرياض»."""
    marks = keys[first - 1] if first else "", keys[last] if last < len(keys) else ""
    return marks in (("«", "»"), ('"', '"'), ("“", "”"))


def names_person(word: WordFeatures) -> bool:
    """Whether a word says that a person's name follows, and no place: الدكتور, محمد, بن."""
    is_honorific = word.is_title and word.key.startswith("ال")
    is_given = word.given >= _MIN_GIVEN and word.name_degrees[-1] != "'"
    return is_honorific or is_given or word.key in ("بن", "ابن")
