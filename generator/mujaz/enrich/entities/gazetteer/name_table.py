"""What a name stands for by the tables, and where names may begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
        if folded in self.blocked:
            return None
        return (
            local_places().get(folded)
            or listed_countries().get(folded)
            or listed_cities().get(folded)
        )

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
        listed = f"{self._added_by_first.get(first, '')}|{_first_words().get(first, '')}"
        phrases = {phrase for phrase in listed.split("|") if " " in phrase}
        text = f"{' '.join(words)} "
        for phrase in sorted(phrases, key=len, reverse=True):
            if text.startswith(f"{phrase} "):
                meaning = self._meaning(phrase)
                if meaning:
                    return phrase, meaning
        return first, self._meaning(first)

    def _meaning(self, phrase: str) -> Meaning | None:
        """Return what a whole name stands for, unless that is blocked."""
        if phrase in self._added:
            return *self._added[phrase], "editor"
        if phrase in self.blocked:
            return None
        organisation = organisation_names().get(phrase)
        if organisation and key(organisation) not in self.blocked:
            return organisation, "organisation", "organisation"
        if phrase in other_names():
            return other_names()[phrase], "organisation", "other"
        local = local_places().get(phrase)
        if local:
            return local, "place", "local" if " " in phrase else "bare city"
        country = listed_countries().get(phrase)
        if country:
            return country, "place", "country"
        origin = nisbas().get(phrase)
        if origin and key(origin) not in self.blocked:
            return origin, "place", "nisba"
        city = listed_cities().get(phrase)
        return (city, "place", "bare city") if city else None

    def place_length(self, words: Sequence[str], with_towns: bool) -> int:
        """Return the number of words of the place that `words` begin with, or 0."""
        tables = (
            listed_countries,
            listed_cities,
            local_places,
            *([small_towns] if with_towns else []),
        )
        for length in range(min(len(words), 4), 0, -1):
            name = " ".join(words[:length])
            if any(name in places() for places in tables):
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


@compiled(*_FILES)
def _first_words() -> Mapping[str, str]:
    """Return the names of all these tables by their first words."""
    return by_first_word(
        name
        for names in (
            *(listed_countries, listed_cities, local_places, nisbas),
            *(organisation_names, other_names),
        )
        for name in names()
    )


@compiled(*_FILES)
def _beginnings() -> Mapping[str, str]:
    """Return the words with which names begin as one text, named `words`."""
    doubtful = (name.partition(" ")[0] for name in (*doubtful_clubs(), *short_names()))
    words = {*_first_words(), *first_words(), *words_before_towns(), *doubtful}
    return {"words": " ".join(sorted(words))}
