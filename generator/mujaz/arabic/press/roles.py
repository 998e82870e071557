"""Who somebody is, by what texts put before the name: «وزير الخارجية السعودي عادل الجبير».

A role is given word for word, and only if several texts agree on it: who a person is, no table of
ours says.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache

from mujaz.arabic.normalise import fold_spaces, without_marks, word_key
from mujaz.data import table

_MAX_WORDS = 7
"""Of a role."""
_MAX_BETWEEN = 6
"""Words between a role and the last part of the name."""
_MIN_TEXTS = 2
"""That give a person the same role."""
_MIN_SHARE = 0.5
"""Of the texts that give any role, those that must give the one that is chosen."""
_PREPOSITIONS = ("ل", "ب", "ك")
_ARTICLE = "ال"
_DEFINITE = re.compile("^(?:[وف]?[ب]?ال|[وف]?لل)")
_TOKENS = re.compile(r"\w+|[^\w\s]")


def role_of(names: Iterable[str], texts: Iterable[Sequence[str]]) -> str | None:
    """Return the role that most texts give to a person, word for word; None if that is not sure.

    `names` are the spellings of the name, `texts` the paragraphs of each text.
    """
    spellings = {tuple(map(word_key, name.split())) for name in names if name.strip()}
    # A surname alone may be another's, or mean something else, and a title is no name.
    titles = _words("heads") | _words("honorifics")
    spellings = {name for name in spellings if name[0] not in titles}
    spellings = {name for name in spellings if len(name) > 1} or spellings
    texts_by_role, as_written = (
        Counter[tuple[str, ...]](),
        defaultdict[tuple[str, ...], list[str]](list),
    )
    witnesses = 0
    for paragraphs in texts:
        roles = {key: role for p in paragraphs for key, role in _roles_in(p, spellings)}
        witnesses += bool(roles)
        for key, role in roles.items():
            texts_by_role[key] += 1
            as_written[key].append(role)
    for key in [*texts_by_role]:  # who was something once is that in no text
        if key[-1] in _words("former") and key[:-1] in texts_by_role:
            texts_by_role[key] += texts_by_role.pop(key[:-1])
    best = max(texts_by_role, key=lambda key: (texts_by_role[key], len(key), key), default=None)
    if best is None:
        return None
    if texts_by_role[best] < max(_MIN_TEXTS, _MIN_SHARE * witnesses):
        return None
    return min(as_written[best])


def _roles_in(
    paragraph: str, names: Iterable[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the roles that a paragraph gives before one of the names: comparison keys, words."""
    written = _TOKENS.findall(without_marks(fold_spaces(paragraph)))
    keys = [word_key(word) for word in written]
    parts = {word for name in names for word in name[:-1]}
    for name in names:
        for start in range(1, len(keys) - len(name) + 1):
            following = start + len(name)
            if keys[start] == name[0] and tuple(keys[start:following]) == name:
                if keys[following : following + 1] and keys[following] in _words("behind_others"):
                    continue
                first, end = _before(keys, start, parts)
                if first < end:
                    yield tuple(keys[first:end]), " ".join(written[first:end])


def _before(keys: Sequence[str], name: int, parts: Container[str]) -> tuple[int, int]:
    """Return where a role before the name begins and ends; the same place if there is none.

    `parts` are words that names begin with: what stands before a short form may be one.
    """
    end = name
    while end > 0 and name - end < _MAX_BETWEEN:
        if keys[end - 1] not in _words("honorifics") and keys[end - 1] not in parts:
            break
        end -= 1
    begin = None
    for first in range(end - 1, max(-1, end - 1 - _MAX_WORDS), -1):
        word = keys[first]
        if word in _words("heads"):
            begin = first
        elif not word.isalpha() or word in _words("not_within") or _leans_on_head(word):
            break
    if begin is None or (
        not _words("of_kings").isdisjoint(keys[end:name]) and keys[begin] not in _words("kings")
    ):
        return end, end
    if not _is_role(keys[begin:end]) or not _may_follow(keys, begin):
        return end, end
    return begin, end


def _leans_on_head(word: str) -> bool:
    """Return whether a word is the head of a role behind a preposition: «لوزير»."""
    return word[:1] in _PREPOSITIONS and word[1:] in _words("heads")


def _may_follow(keys: Sequence[str], begin: int) -> bool:
    """Return whether a role may begin here, and is not the second part of a construct."""
    if begin == 0:
        return True
    word = keys[begin - 1]
    if word in _words("heads"):
        return False  # the beginning is too far away
    return not word.isalpha() or word.startswith(_ARTICLE) or word in _words("behind")


def _is_role(keys: Sequence[str]) -> bool:
    """Return whether words say who somebody is to those that read nothing else."""
    for word, following in zip(keys, (*keys[1:], ""), strict=True):
        bare = _DEFINITE.sub("", word)
        if bare != word and bare in _words("unnamed") and not following.startswith(_ARTICLE):
            return False
    return len(keys) > 1


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(word_key, table("roles")[name].split()))
