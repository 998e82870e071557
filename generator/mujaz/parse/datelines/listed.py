"""What tables have on the words of datelines: who did what, such as `تصوير`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from mujaz.arabic.normalise import key
from mujaz.data import compiled, table

_MAX_WORDS = 3


folded = lru_cache(50_000)(key)
"""Return a comparison form; cached, since the same few words stand in most datelines."""


def has_role(phrase: str, role: str) -> bool:
    """Whether the comparison form `phrase` is in the list `role` of `data/bylines.yml`."""
    return role in _roles().get(phrase, "").split()


@lru_cache(20_000)
def words_of_role(text: str, role: str) -> int:
    """Return how many words at the head of `text`, not all of them, are of the list `role`.

    Two joined by `و` count as one: `إعداد وتصوير`.
    """
    words = folded(text).split()
    if len(words) != len(text.split()) or words[0] not in _first_words():
        return 0
    for count in range(min(_MAX_WORDS, len(words) - 1), 0, -1):
        phrase = " ".join(words[:count])
        if has_role(phrase, role) or (count > 1 and _joined(phrase, role)):
            return count
    return 0


def holds_role(text: str, role: str) -> bool:
    """Whether some phrase of the list `role` stands anywhere in `text`."""
    words = f" {folded(text)} "
    return any(f" {phrase} " in words for phrase in _phrases(role))


@cache
def _phrases(role: str) -> tuple[str, ...]:
    return tuple(phrase for phrase in _roles() if has_role(phrase, role))


def is_joined_role(phrase: str, role: str) -> bool:
    """Whether the comparison form `phrase` is two roles joined by `و`, one of them `role`."""
    return " و" in phrase and _joined(phrase, role)


def _joined(phrase: str, role: str) -> bool:
    first, _, second = phrase.partition(" و")
    roles = _roles()
    return bool(
        second and {role} & {*roles.get(first, "").split(), *roles.get(second, "").split()}
    ) and all(roles.get(each) for each in (first, second))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in _roles())


@compiled("bylines.yml")
def _roles() -> Mapping[str, str]:
    """Return the lists that have a phrase, with blanks between, by its comparison form."""
    lists: dict[str, list[str]] = defaultdict(list)
    for role, phrases in table("bylines").items():
        for phrase in dict.fromkeys(map(key, phrases)):
            lists[phrase].append(role)
    return {phrase: " ".join(names) for phrase, names in lists.items()}
