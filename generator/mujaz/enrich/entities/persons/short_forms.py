"""Persons' names within one text: short forms and other spellings stand for the full name."""

from __future__ import annotations

from collections.abc import Mapping

from mujaz.enrich.entities.persons.person_names import PersonName, extends, person_name


def join_short(support: Mapping[str, float]) -> dict[str, str]:
    """Return for each person's name the one it stands for in the same text.

    `support` says how much speaks for each name (comparison keys). A surname or a first name
    stands for the best supported longer name that ends or begins with it; of two names of
    several words, one holding the other, the better supported one stays. Of spellings of one name
    the best supported one stays as well.
    """
    spellings: dict[str, str] = {}
    weights: dict[str, float] = {}
    for name in sorted(support, key=lambda name: (-support[name], name)):
        folded = person_name(_with_article(name, support)).key
        spellings.setdefault(folded, name)
        weights[folded] = weights.get(folded, 0.0) + support[name]
    names = {folded: person_name(spelling) for folded, spelling in spellings.items()}
    full = {name: name for name in weights}
    for name in sorted(weights, key=lambda name: (len(names[name].words), name)):
        longer = [other for other in weights if _may_stand_for(names[name], names[other])]
        if not longer:
            continue
        best = max(longer, key=lambda other: (weights[other], -len(names[other].words), other))
        if len(names[name].words) == 1 or weights[best] * 2 >= weights[name]:
            full[name] = best
        else:
            full.update(dict.fromkeys(longer, name))
    return {
        name: spellings[_end(person_name(_with_article(name, support)).key, full)]
        for name in support
    }


def _with_article(name: str, names: Mapping[str, float]) -> str:
    """Return a name with its family's article, if others write it so: no foreign one has it."""
    first, _, family = name.rpartition(" ")
    other = f"{first} ال{family}"
    return other if first and other in names else name


def _may_stand_for(short: PersonName, long: PersonName) -> bool:
    """Whether a name may be the shorter form of another one in the same text."""
    count = len(short.words)
    if count >= len(long.words):
        return False
    if count == 1 and short.words == long.words[:1] and not short.sons[0]:
        return True
    # What stands behind بن is another's name: neither عبدالعزيز nor سلمان بن عبدالعزيز.
    is_end = short.words == long.words[-count:] and short.sons[0] >= long.sons[-count]
    return is_end or extends(long, short)


def _end(name: str, full: Mapping[str, str]) -> str:
    for _ in full:
        if full[name] == name:
            break
        name = full[name]
    return name
