"""What a name stands for by the tables, and where names may begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import cast

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import by_first_word
from mujaz.arabic.tokens import bare_forms
from mujaz.data import compiled
from mujaz.enrich.entities.gazetteer.grammar_words import first_words
from mujaz.enrich.entities.gazetteer.listed_mention import Strength
from mujaz.enrich.entities.gazetteer.organisations import (
    doubtful_clubs,
    organisation_names,
    other_names,
    short_names,
)
from mujaz.enrich.entities.gazetteer.places import (
    listed_cities,
    listed_countries,
    local_places,
    nisbas,
    small_towns,
    words_before_towns,
)
from mujaz.model import TagKind

_FILES = (
    *("places.tsv", "blocked_places.yml", "nisbas.yml"),
    *("organisation_names.yml", "name_grammar.yml"),
    *("local_places.yml", "more_places.yml", "towns.tsv"),
)
_MAX_CACHED_WORDS = 30_000
_MAX_PLACE_WORDS = 4
_PLACE_RULES = ("country", "local", "bare city")
Meaning = tuple[str, TagKind, Strength]
"""How a name is shown, what it names, and what speaks for it if it stands bare."""


class NameTable:
    """What names stand for: those of the tables, and an editor's own."""

    def __init__(
        self,
        added: Mapping[TagKind, Iterable[str]] | None = None,
        blocked: frozenset[str] = frozenset(),
    ) -> None:
        """Take the editor's names by kind, and the comparison keys of names never to be found."""
        self.blocked = blocked
        """Comparison keys of names never to be found."""
        self._added: dict[str, tuple[str, TagKind]] = {
            key(name): (name, kind)
            for kind, names in (added or {}).items()
            for name in names
            if key(name) not in blocked
        }
        self._added_by_first = by_first_word(self._added)
        # Each word of each text is looked for among them.
        self._first_words = frozenset(_beginnings()["words"].split())
        self._forms: dict[str, tuple[str, ...]] = {}

    def place(self, folded: str) -> str | None:
        """Return the place whose name has the comparison key `folded`, as it is shown."""
        meaning = None if folded in self.blocked else _listed_meaning(folded)
        return meaning[0] if meaning and meaning[2] in _PLACE_RULES else None

    def organisation(self, folded: str) -> str | None:
        """Return the organisation whose name has the comparison key `folded`, as it is shown."""
        return None if folded in self.blocked else organisation_names().get(folded)

    def is_doubtful_club(self, folded: str) -> bool:
        """Whether a name is a club's where the text proves it, so that `mentions` finds it."""
        return folded in doubtful_clubs() and folded not in self._added

    def kind(self, folded: str) -> TagKind | None:
        """Return what the comparison key `folded` names, if it is known here."""
        if folded in self._added:
            return self._added[folded][1]
        if self.place(folded):
            return "place"
        return "organisation" if self.organisation(folded) else None

    def longest(self, words: Sequence[str]) -> tuple[str, Meaning | None]:
        """Return the longest name that `words` begin with, or else the first word."""
        first = words[0]
        phrases = _phrases(first)
        if first in self._added_by_first:
            added = self._added_by_first[first].split("|")
            phrases = tuple(sorted({*phrases, *added}, key=len, reverse=True))
        if phrases:
            text = f"{' '.join(words)} "
            for phrase in phrases:
                if text.startswith(f"{phrase} "):
                    meaning = self._meaning(phrase)
                    if meaning:
                        return phrase, meaning
        return first, self._meaning(first)

    def _meaning(self, phrase: str) -> Meaning | None:
        """Return what a whole name stands for, unless that is blocked."""
        if phrase in self._added:
            return *self._added[phrase], "editor"
        meaning = _listed_meaning(phrase)
        if meaning and self.blocked and {phrase, key(meaning[0])} & self.blocked:
            return None
        return meaning

    def place_length(self, words: Sequence[str], with_towns: bool) -> int:
        """Return the number of words of the place that `words` begin with, or 0."""
        for length in range(min(len(words), _MAX_PLACE_WORDS), 0, -1):
            name = " ".join(words[:length])
            if self.place(name) or (with_towns and name in small_towns()):
                return length
        return 0

    def forms_of(self, word: str) -> tuple[str, ...]:
        """Return the forms of `word` with which a name begins; most words have none."""
        forms = self._forms.get(word)
        if forms is None:
            if len(self._forms) >= _MAX_CACHED_WORDS:
                self._forms.clear()
            forms = tuple(filter(self._begins, bare_forms(word)))
            self._forms[word] = forms
        return forms

    def _begins(self, word: str) -> bool:
        return word in self._first_words or word in self._added_by_first


@lru_cache(maxsize=_MAX_CACHED_WORDS)
def _listed_meaning(phrase: str) -> Meaning | None:
    """Return what a whole name stands for by the tables."""
    entry = listed_meanings().get(phrase)
    if entry is None:
        return None
    rule, _, shown = entry.partition("|")
    kind: TagKind = "place" if rule in ("nisba", *_PLACE_RULES) else "organisation"
    return shown, kind, cast(Strength, rule)


@lru_cache(maxsize=_MAX_CACHED_WORDS)
def doubtful_meaning(name: str) -> tuple[str, str] | None:
    """Return what a doubtful name is called like, and the organisation as it is shown."""
    sort = doubtful_clubs().get(name)
    if sort is not None:
        return sort, organisation_names()[f"نادي {name}"]
    organisation = short_names().get(name)
    return ("short", organisation) if organisation else None


@lru_cache(maxsize=_MAX_CACHED_WORDS)
def _phrases(first: str) -> tuple[str, ...]:
    """Return the listed names of several words that begin with a word, the longest first."""
    listed = _first_words().get(first, "").split("|")
    return tuple(sorted((name for name in listed if " " in name), key=len, reverse=True))


@compiled(*_FILES)
def listed_meanings() -> Mapping[str, str]:
    """Return what speaks for each name and, behind `|`, how it is shown, by comparison key."""
    tables: dict[Strength, Mapping[str, str]] = {
        "bare city": listed_cities(),
        "nisba": nisbas(),
        "country": listed_countries(),
        "local": local_places(),
        "other": other_names(),
        "organisation": organisation_names(),
    }
    entries: dict[str, str] = {}
    for rule, names in tables.items():
        for name, shown in names.items():
            is_bare = rule == "local" and " " not in name
            entries[name] = f"{'bare city' if is_bare else rule}|{shown}"
    return entries


@compiled(*_FILES)
def _first_words() -> Mapping[str, str]:
    """Return the names of all these tables by their first words."""
    return by_first_word(listed_meanings())


@compiled(*_FILES)
def _beginnings() -> Mapping[str, str]:
    """Return the words with which names begin as one text, named `words`."""
    doubtful = (name.partition(" ")[0] for name in (*doubtful_clubs(), *short_names()))
    words = {*_first_words(), *first_words(), *words_before_towns(), *doubtful}
    return {"words": " ".join(sorted(words))}
