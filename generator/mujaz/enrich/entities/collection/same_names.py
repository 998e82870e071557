"""Which names of a collection are one person's or one organisation's, and by which it goes.

Pure decisions: what is asked of the collection is handed in, and the order of names tells nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple, Protocol

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.enrich.entities.lexicon import shipped_lexicon
from mujaz.enrich.entities.persons import PersonName, extends, is_first_name
from mujaz.model import TagKind

_MAX_NAMESAKES = 2
"""How common a family name may be for its bearers of one first name to be one person, if nothing
else says so: other first names in the collection that bear it, and its degree in the lexicon."""
_MAX_NEIGHBOURING_NAMESAKES, _MIN_SHARED_NAMES = 4, 2
"""The same if two articles share some other name, and how many they share if they are of the same
people however common their names are."""
_MIN_DOMINANCE = 4
"""Times that one person must be named more often than all others of whom a name may be short."""
_MIN_SHARE = 0.8
"""Share of the articles with a short form and its long one in which it stands for one person."""
_MIN_ARTICLES, _MIN_COMMON_ARTICLES, _MIN_BEARER_ARTICLES = 2, 5, 3
"""Articles that must say what a short form stands for: with both forms, if it is a first name as
well, or with the long one alone."""
_MAX_CACHED = 20_000


class NameCounts(NamedTuple):
    """How a collection uses one name."""

    articles: int
    """Number of articles with a tag of that name which are sure of it; none if all doubt it."""
    is_authoritative: bool
    """Whether the editor, an input or the gazetteer has it so."""


class NameEvidence(Protocol):
    """What a collection says of names."""

    def first_names(self, last: str) -> int:
        """Return how many first names stand with a last word."""

    def contexts(self, name: str, kind: TagKind) -> Iterable[Set[str]]:
        """Return what else articles with a name name, each; of many articles only some."""

    def is_joined(self, short: str, long: str) -> bool:
        """Whether an article has both names, for one person."""


def same_persons(names: Mapping[str, NameCounts], evidence: NameEvidence) -> dict[str, str]:
    """Return by which name each person goes whose names begin alike.

    `names` are all of them in the collection with one first word, in the form of `person_name`.
    A name is another's shorter form if it is nobody else's, and something says that both are one
    person: an article with both, two articles that share other names, a family name so rare that
    there is hardly a second bearer. Words behind a name that are none are no part of it, and a
    longer name that all articles doubt is the one that some are sure of.
    """
    parsed = {name: PersonName(tuple(name.split()), ()) for name in names}
    longer = _longer_names(parsed)
    full: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (len(parsed[name].words), name)):
        for long in longer.get(name, ()):
            if long not in full and _is_noise(name, long, names):
                full[long] = name
    for name in sorted(names, key=lambda name: (-len(parsed[name].words), name)):
        for long in longer.get(name, ()) if names[name].articles else ():
            if long not in full and not names[long].articles and _is_same(name, [long], evidence):
                full[long] = name
    for name, each in longer.items():
        # What is doubtful in all articles is nobody's full name.
        sure = [long for long in each if long not in full and names[long].articles]
        whole = _whole_name(name, sure, names, parsed)
        if whole and name not in full and _is_same(name, whole, evidence):
            full[name] = whole[0]
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[_last(name, full)].append(name)
    return {name: _usual(group, names) for group in groups.values() for name in group}


def _longer_names(parsed: Mapping[str, PersonName]) -> dict[str, list[str]]:
    """Return for names of several words those that they may be short for."""
    by_word: dict[tuple[int, str], list[str]] = defaultdict(list)
    for name, each in parsed.items():
        if len(each.words) > 2:
            by_word[0, each.words[1]].append(name)
            by_word[1, each.words[-1]].append(name)
    longer = {}
    for name, each in parsed.items():
        if len(each.words) > 1:
            candidates = {*by_word[0, each.words[1]], *by_word[1, each.words[-1]]}
            names = sorted(long for long in candidates if extends(parsed[long], each))
            if names:
                longer[name] = names
    return longer


def _whole_name(
    name: str,
    longer: list[str],
    names: Mapping[str, NameCounts],
    parsed: Mapping[str, PersonName],
) -> list[str]:
    """Return the longest name that `name` is short for, and those between; none if unclear."""
    groups = []
    for top in longer:
        if not any(extends(parsed[other], parsed[top]) for other in longer):
            between = [each for each in longer if extends(parsed[top], parsed[each])]
            articles = sum(names[each].articles for each in (top, *between))
            groups.append((articles, [top, *between]))
    groups.sort(key=lambda group: (-group[0], group[1][0]))
    if not groups or groups[0][0] < _MIN_DOMINANCE * sum(articles for articles, _ in groups[1:]):
        return []
    return groups[0][1]


def _is_noise(name: str, long: str, names: Mapping[str, NameCounts]) -> bool:
    """Whether a longer name is another one with words behind it that belong to the sentence."""
    if not long.startswith(f"{name} ") or names[long].articles >= names[name].articles:
        return False
    added = long.removeprefix(name).split()
    is_whole = not is_first_name(name.rpartition(" ")[2])
    return not any(map(_is_name, added)) and (is_whole or all(map(_is_ordinary, added)))


def _is_same(name: str, longer: list[str], evidence: NameEvidence) -> bool:
    """Whether something says that a name and longer ones are one person's."""
    words = name.split()
    namesakes = evidence.first_names(words[-1]) - 1 + _degree(words[-1])
    if len(words) > 2 or namesakes <= _MAX_NAMESAKES:
        return True
    if any(evidence.is_joined(name, long) for long in longer):
        return True
    shared = _shared_names([name], longer, evidence, "person")
    return shared >= (1 if namesakes <= _MAX_NEIGHBOURING_NAMESAKES else _MIN_SHARED_NAMES)


def _shared_names(
    some: Sequence[str], others: Sequence[str], evidence: NameEvidence, kind: TagKind
) -> int:
    """Return how much else two articles name that have some names and others, at most."""
    names = {*some, *others}
    contexts = [
        [each - names for n in group for each in evidence.contexts(n, kind)]
        for group in (some, others)
    ]
    return max((len(one & other) for one, other in product(*contexts)), default=0)


def short_for(joined: Mapping[str, int], bearers: Mapping[str, int], word: str) -> str | None:
    """Return whose name a short form is, or None if that is unclear.

    `joined` counts the articles that have it beside a longer form, by the name that the person
    goes by; `bearers` those of all whose last name it is: no more than half of them may be of
    others. `word` is the short form.
    """
    total, is_common = sum(joined.values()), is_first_name(word)
    if total >= (_MIN_COMMON_ARTICLES if is_common else _MIN_ARTICLES):
        best = min(joined, key=lambda name: (-joined[name], name))
        is_chief = 2 * bearers.get(best, 0) >= sum(bearers.values())
        if joined[best] >= _MIN_SHARE * total and is_chief:
            return best
    elif len(bearers) == 1 and not is_common:
        ((name, articles),) = bearers.items()
        if articles >= _MIN_BEARER_ARTICLES:
            return name
    return None


def same_organisations(names: Mapping[str, NameCounts], evidence: NameEvidence) -> dict[str, str]:
    """Return by which name each organisation goes, of those alike but for what they are called.

    `نادي الهلال` and `فريق الهلال` are one, and bare `الهلال` is as well if no bank is called so; a
    word that more often says something else, as الشباب than حركة الشباب, stands for itself unless
    articles with either share other names.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        groups[head_kind(name)].append(name)
    if len(groups) == 2 and "" in groups:
        bare, full = groups[""], next(groups[kind] for kind in groups if kind)
        articles = [sum(names[name].articles for name in each) for each in (bare, full)]
        is_clear = " " in bare[0] or articles[1] >= articles[0]
        if is_clear or _shared_names(bare, full, evidence, "organisation"):
            groups = {"": [*bare, *full]}
    return {name: _usual(group, names) for group in groups.values() for name in group}


def head_kind(name: str) -> str:
    """Return what sort of organisation the first word of a name says that it is, or nothing."""
    first, _, rest = name.partition(" ")
    return _heads().get(first, "") if rest else ""


def without_head(name: str) -> str:
    """Return the name of an organisation without the word for what it is, and an article."""
    bare = name.partition(" ")[2] if head_kind(name) else name
    return bare.removeprefix("ال") or bare


def _is_ordinary(word: str) -> bool:
    """Whether a word is no name but one that everybody uses; adjectives of origin are names."""
    entry = None if word.endswith("ي") else shipped_lexicon().entry(word)
    return bool(entry and entry.rarity >= 2 and not entry.given and not entry.family)


@lru_cache(maxsize=_MAX_CACHED)
def _is_name(word: str) -> bool:
    entry = shipped_lexicon().entry(word) or shipped_lexicon().entry(f"ال{word}")
    return word.startswith("ال") or bool(entry and (entry.given or entry.family))


@lru_cache(maxsize=_MAX_CACHED)
def _degree(word: str) -> int:
    """Return how common a family name is, from 0 to 4."""
    entries = map(shipped_lexicon().entry, (word, f"ال{word}"))
    return max((entry.family for entry in entries if entry), default=0)


def _usual(group: Iterable[str], names: Mapping[str, NameCounts]) -> str:
    """Return the name by which a person goes; of equals the longest."""
    return min(
        group,
        key=lambda name: (
            not names[name].is_authoritative,
            -names[name].articles,
            sum(not _is_name(word) for word in name.split()[1:]),
            -len(name),
            name,
        ),
    )


def _last(name: str, full: Mapping[str, str]) -> str:
    while name in full:
        name = full[name]
    return name


@cache
def _heads() -> Mapping[str, str]:
    """Return what sort of organisation a word says that it is, by comparison key."""
    heads = table("name_contexts")["heads"]
    return {key(word): kind for kind, words in heads.items() for word in words}
