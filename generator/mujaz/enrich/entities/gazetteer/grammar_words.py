"""The words of which names are built: data/name_grammar.yml, and what they say of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from mujaz.arabic.normalise import key
from mujaz.data import compiled, table
from mujaz.enrich.entities.gazetteer.places import nisbas


@compiled("name_grammar.yml")
def grammar_words() -> Mapping[str, str]:
    """Return the groups that a word is in, with blanks between, by comparison key."""
    groups_by_word: dict[str, list[str]] = defaultdict(list)
    for group, text in table("name_grammar").items():
        for word in dict.fromkeys(map(key, text.split())):
            groups_by_word[word].append(group)
    return {word: " ".join(groups) for word, groups in groups_by_word.items()}


@compiled("name_grammar.yml")
def first_words() -> Mapping[str, str]:
    """Return the words with which names begin, as they are spelled, by comparison key."""
    grammar = table("name_grammar")
    groups = (
        *("before_noun", "before_name", "complexes", "with_place", "definite", "national"),
        *("with_purpose", "with_place_alone", "ministries", "sights", "no_organisation"),
    )
    return {key(word): word for group in groups for word in grammar[group].split()}


@lru_cache(maxsize=20_000)
def word_groups(word: str) -> frozenset[str]:
    """Return the names of the groups that a comparison key is in."""
    return frozenset(grammar_words().get(word, "").split())


def may_stand_before_ministry(word: str) -> bool:
    """Whether a word may stand before الخارجية as a ministry, and not as an adjective."""
    return not word.startswith(("ال", "وال", "بال", "لل")) and not word.endswith("ه")


def is_adjective(word: str) -> bool:
    """Whether a word with an article may be an adjective within a name."""
    if not word.startswith("ال") or len(word) < 5 or "no_adjectives" in word_groups(word):
        return False
    bare = word[2:]
    feminine = bare.removesuffix("ه")
    if "adjectives" in word_groups(bare) or "adjectives" in word_groups(feminine):
        return True
    return word in nisbas()
