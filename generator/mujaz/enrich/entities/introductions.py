"""Finds the end of persons' names where the grammar shows it and their words mislead.

Many family names are everyday words, and many foreign ones stand in no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mujaz.enrich.entities.features import TELLS_YA, Hints
from mujaz.enrich.entities.mentions import Mention
from mujaz.enrich.entities.word_facts import Facts

_INTRODUCED = 0.9
"""Probability of a name that stands between an office and a comma."""
_LONGEST = 4
"""Words of a name that is found without the model."""
_ENDS = frozenset('.،,:؛)(«»"')


def whole_names(found: Sequence[Mention], facts: Sequence[Facts], hints: Hints) -> list[Mention]:
    """Return the mentions in a sentence, persons' names among them to their ends.

    `نظيره التركي علي يرلي كايا،` names one person in all its words up to the comma; a given name
    that stood alone goes on with a family name behind it.
    """
    surest = {each[:3]: each for each in found if each.probability > _INTRODUCED}
    introduced = [surest.get(each[:3], each) for each in _introduced(facts, hints)]
    covered = {position for each in introduced for position in range(each.first, each.last)}
    starts = {mention.first for mention in found}
    kept = [
        _with_family_name(mention, facts, starts)
        for mention in found
        if covered.isdisjoint(range(mention.first, mention.last))
    ]
    return sorted([*introduced, *kept], key=lambda mention: mention.first)


def _with_family_name(mention: Mention, facts: Sequence[Facts], starts: set[int]) -> Mention:
    last = mention.last
    if mention.kind == "person" and last - mention.first == 1 and last < len(facts):
        given, family = facts[mention.first], facts[last]
        if given.given >= 3 and family.family >= 2 and family.rarity < 4 and last not in starts:
            return mention._replace(last=last + 1, probability=mention.begins)
    return mention


def _introduced(facts: Sequence[Facts], hints: Hints) -> Iterator[Mention]:
    """Yield names that begin with a given name behind an office and end at a punctuation mark."""
    for position, fact in enumerate(facts):
        if fact.announces("title", clitic=True):
            first = position + 1
            if first < len(facts) and facts[first].place.startswith("nisba"):
                first += 1
            last = first
            while last < len(facts) and last - first <= _LONGEST and _may_name(facts[last], hints):
                last += 1
            ended = last < len(facts) and facts[last].key in _ENDS
            if ended and 2 <= last - first <= _LONGEST and facts[first].given >= 3:
                yield Mention("person", first, last, _INTRODUCED, _INTRODUCED)


def _may_name(fact: Facts, hints: Hints) -> bool:
    """Whether a word may be part of a name: no office, no word with an article but a known name."""
    if not fact.key[0].isalpha() or fact.announces("title") or fact.announces("speech"):
        return False
    if fact.key == "علي" and not (TELLS_YA in hints and fact.ending == "ي"):
        return False
    if fact.given or fact.family:
        return True
    return fact.rarity < 4 and not fact.key.startswith("ال") and not fact.place.startswith("nisba")
