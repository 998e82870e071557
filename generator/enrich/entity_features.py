"""What is said of each word of a text, for a model to tell names from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.arabic.phrases import ListedPhrases
from generator.enrich.lexicon import Facts, Lexicon, Part

_FAR = 9
"""Words: farther than any hint reaches."""
TELLS_YA = "ya"
"""Stands among the hints if the text writes `على` and `علي` as the two words they are."""
Hints = Mapping[str, tuple[str, ...]]
"""What a whole text says of its less common words, by comparison key without clitics."""


def document_hints(sentences: Iterable[Sequence[Facts]]) -> Hints:
    """Return what the places of a word in a text together say of it.

    A word that once stands behind a title or a given name is a name elsewhere as well.
    """
    seen: dict[str, dict[str, int]] = {}
    tells_ya = False
    for facts in sentences:
        last = len(facts) - 1
        for position, fact in enumerate(facts):
            if fact.ending == "ى" and fact.key in ("علي", "الي"):
                tells_ya = True
            if fact.rarity >= 4 or not fact.key[0].isalpha():
                continue
            counts = seen.get(fact.bare)
            if counts is None:
                counts = seen[fact.bare] = {}
            told = ["n"]
            if position:
                before = facts[position - 1]
                told += before.lists
                if before.given >= 2:
                    told.append("given")
                if before.rarity <= 1 and before.key[0].isalpha():
                    told.append("rare")
            if position < last:
                after = facts[position + 1]
                if after.family >= 2 or after.given >= 2:
                    told.append("names")
            for name in told:
                counts[name] = counts.get(name, 0) + 1
    hints = {
        word: tuple([f"D{name}={min(count, 3)}" for name, count in sorted(counts.items())])
        for word, counts in seen.items()
    }
    return {**hints, TELLS_YA: ()} if tells_ya else hints


def features(facts: Sequence[Facts], lexicon: Lexicon, hints: Hints) -> list[Part]:
    """Return the features of each word of a sentence, weighed as `lexicon` does."""
    keys = [fact.key for fact in facts]
    places = _phrases(keys, [fact.begins_place for fact in facts], lexicon.places)
    begins = [fact.begins_organisation for fact in facts]
    organisations = _phrases(keys, begins, lexicon.organisations)
    kept, keep = lexicon.kept, lexicon.keep
    found = []
    title, organisation = (_FAR, ""), (_FAR, "")
    tells_ya = TELLS_YA in hints
    for position, fact in enumerate(facts):
        names, parts = _around(facts, position, lexicon)
        hint = hints.get(fact.bare)
        if hint:
            parts.append(kept(hint) or keep(hint, hint))
        known = (places[position], *organisations[position : position + 2])
        parts.append(kept(known) or keep(known, _in_phrases(*known)))
        if fact.ending:
            told = f"{fact.ending}{tells_ya}"
            names += [f"Y={told}{fact.rarity}", f"Yw={told}{fact.key}"]
        if title[0] < 5:
            names += [f"T={title[0]}", f"Tr={title[0]}{fact.rarity}", f"Tw={title[1]}"]
        if organisation[0] < 6:
            distance, head = organisation
            names += [f"O={distance}", f"Oh={distance}{fact.shape}", f"Ow={head}"]
        title = _step(title, fact, fact.is_title)
        organisation = _step(organisation, fact, fact.is_organisation)
        found.append(lexicon.weigh(names, fact.own, *parts))
    return found


def _in_phrases(place: str, organisation: str, after: str = "") -> list[str]:
    names = [f"P={place}", f"K={organisation}"]
    return [*names, f"+K={after}"] if after else names


def _around(
    facts: Sequence[Facts], position: int, lexicon: Lexicon
) -> tuple[list[str], list[Part]]:
    """Return what stands beside a word, alone and together with the word: names, and parts."""
    fact = facts[position]
    names: list[str] = []
    parts: list[Part] = []
    if position:
        before = facts[position - 1]
        pair = (before.sort, fact.sort, "-")
        parts += (
            before.before,
            lexicon.kept(pair) or lexicon.keep(pair, _with_before(before, fact)),
        )
        names += (
            f"-gg={before.group}|{fact.group}",
            f"-we={before.key}|{fact.likeness[0]}",
            f"-wr={before.key}|{fact.rarity}",
            f"-ws={before.key}|{fact.bare}",
        )
    else:
        names.append("first")
    if position > 1:
        parts.append(facts[position - 2].far_before)
    if position + 1 < len(facts):
        after = facts[position + 1]
        pair = (fact.sort, after.sort, "+")
        parts += (after.after, lexicon.kept(pair) or lexicon.keep(pair, _with_after(fact, after)))
        names.append(f"+gg={fact.group}|{after.group}")
    else:
        names.append("last")
    if position + 2 < len(facts):
        parts.append(facts[position + 2].far_after)
    return names, parts


def _with_before(before: Facts, fact: Facts) -> Sequence[str]:
    """Return the features of two neighbours that depend on nothing but what sort they are of."""
    return [
        f"-ee={before.likeness[0]}|{fact.likeness[0]}",
        f"-ff={before.likeness[1]}|{fact.likeness[1]}",
        *(f"-Le={name}|{fact.likeness[0]}" for name in before.lists),
        f"-nn={before.names}|{fact.names}",
        f"-nr={before.names}|{fact.rarity}",
        *(f"-Lr={name}|{fact.rarity}" for name in before.lists),
    ]


def _with_after(fact: Facts, after: Facts) -> Sequence[str]:
    return [
        f"+ee={fact.likeness[0]}|{after.likeness[0]}",
        f"+en={fact.likeness[0]}|{after.names}",
        f"+nn={fact.names}|{after.names}",
        f"+nr={fact.rarity}|{after.names}",
        f"+rr={fact.rarity}|{after.rarity}",
    ]


def _step(last: tuple[int, str], fact: Facts, announces: bool) -> tuple[int, str]:
    """Return how far back the last announcing word is seen from the word after `fact`."""
    if announces:
        return 1, fact.key
    if last[0] >= _FAR or (not fact.key[0].isalnum() and fact.key not in "\"'"):
        return _FAR, ""
    return last[0] + 1, last[1]


def _phrases(
    keys: Sequence[str], begins: Sequence[Sequence[str]], known: ListedPhrases
) -> list[str]:
    """Say of each word whether it begins, goes on, or is no part of a known name.

    `begins` are the forms of each word with which a known name begins; most words have none.
    """
    found = ["-"] * len(keys)
    for position, forms in enumerate(begins):
        if found[position] == "-":
            for form in forms:
                length = known.at([form, *keys[position + 1 : position + 6]])
                if length:
                    found[position : position + length] = ["B", *"I" * (length - 1)]
                    break
    return found
