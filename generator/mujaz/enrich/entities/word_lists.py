"""What tables have on words: where they announce names, and of which known names they are part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import by_first_word
from mujaz.data import compiled, table
from mujaz.enrich.entities.place_gazetteer import nisbas, place_sizes

_PLACES = ("places.tsv", "blocked_places.yml", "regions.yml")


@compiled("entity_words.yml")
def announcing() -> Mapping[str, str]:
    """Return which lists of announcing words each word is in, by comparison key."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, lines in table("entity_words").items():
        for word in dict.fromkeys(key(word) for line in lines for word in line.split()):
            found[word].append(name)
    return {word: " ".join(names) for word, names in found.items()}


@compiled(*_PLACES, "entity_words.yml", "organisations.yml", "nisbas.yml")
def listed() -> Mapping[str, str]:
    """Return all that tables other than that of words have on a word, with blanks between.

    What place it names; `p` and `o` if names of several words begin with it, of places or of
    organisations; and the lists of announcing words that have it.
    """
    sizes, lists, several = place_sizes(), announcing(), places_of_several_words()
    found = {}
    for word in {*sizes, *nisbas(), *lists, *several, *organisations()}:
        size = sizes.get(word) or ("nisba" if word in nisbas() else "")
        begins = "p" * (word in several) + "o" * (word in organisations())
        found[word] = " ".join(filter(None, [f"{size} {begins}", lists.get(word)]))
    return {word: told for word, told in found.items() if " " not in word}


@compiled("organisations.yml")
def organisations() -> Mapping[str, str]:
    """Return well-known organisations by their first word, for `ListedPhrases`."""
    return by_first_word(key(name) for names in table("organisations") for name in names)


@compiled(*_PLACES)
def places_of_several_words() -> Mapping[str, str]:
    """Return places whose names are of several words by the first, for `ListedPhrases`."""
    return by_first_word(name for name in place_sizes() if " " in name)


@compiled(*_PLACES)
def first_words_of_places() -> Mapping[str, str]:
    """Return what places' names begin with, as a set: the texts are empty."""
    return {name.partition(" ")[0]: "" for name in place_sizes()}
