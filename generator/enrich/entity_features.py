"""What is said of each word of a text, for a model to tell names from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from generator.arabic.phrases import ListedPhrases
from generator.enrich.lexicon import Facts, Lexicon

_FAR = 9
"""Words: farther than any hint reaches."""
TELLS_YA = "ya"
"""Stands among the hints if the text writes `على` and `علي` as the two words they are."""
Hints = Mapping[str, Sequence[str]]
"""What a whole text says of its less common words, by comparison key without clitics."""


def document_hints(sentences: Iterable[Sequence[Facts]]) -> Hints:
    """Return what the places of a word in a text together say of it.

    A word that once stands behind a title or a given name is a name elsewhere as well.
    """
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    tells_ya = False
    for facts in sentences:
        tells_ya = tells_ya or any(f.key in ("علي", "الي") and f.ending == "ى" for f in facts)
        for position, fact in enumerate(facts):
            if fact.rarity >= 4 or not fact.key[0].isalpha():
                continue
            counts = seen[fact.bare]
            counts["n"] += 1
            if position:
                before = facts[position - 1]
                counts.update(before.lists)
                counts["given"] += before.given >= 2
                counts["rare"] += before.rarity <= 1 and before.key[0].isalpha()
            if position + 1 < len(facts):
                after = facts[position + 1]
                counts["names"] += after.family >= 2 or after.given >= 2
    hints = {
        word: [f"D{name}={min(count, 3)}" for name, count in sorted(counts.items()) if count]
        for word, counts in seen.items()
    }
    return {**hints, TELLS_YA: []} if tells_ya else hints


def features(facts: Sequence[Facts], lexicon: Lexicon, hints: Hints) -> list[list[str]]:
    """Return the features of each word of a sentence."""
    keys = [fact.key for fact in facts]
    places = _phrases(keys, [fact.begins_place for fact in facts], lexicon.places)
    begins = [fact.begins_organisation for fact in facts]
    organisations = _phrases(keys, begins, lexicon.organisations)
    found = []
    title, organisation = (_FAR, ""), (_FAR, "")
    for position, fact in enumerate(facts):
        row = [*fact.own, *hints.get(fact.bare, ())]
        row += [f"P={places[position]}", f"K={organisations[position]}"]
        if position + 1 < len(facts):
            row.append(f"+K={organisations[position + 1]}")
        if fact.ending:
            told = f"{fact.ending}{TELLS_YA in hints}"
            row += [f"Y={told}{fact.rarity}", f"Yw={told}{fact.key}"]
        row += _around(facts, position)
        if title[0] < 5:
            row += [f"T={title[0]}", f"Tr={title[0]}{fact.rarity}", f"Tw={title[1]}"]
        if organisation[0] < 6:
            distance, head = organisation
            row += [f"O={distance}", f"Oh={distance}{fact.shape}", f"Ow={head}"]
        title = _step(title, fact, "title")
        organisation = _step(organisation, fact, "organisation")
        found.append(row)
    return found


def _around(facts: Sequence[Facts], position: int) -> list[str]:
    """Return what stands beside a word, alone and together with the word."""
    fact = facts[position]
    row: list[str] = []
    if position:
        before = facts[position - 1]
        row += before.before
        row += [
            f"-gg={before.group}|{fact.group}",
            f"-ee={before.likeness[0]}|{fact.likeness[0]}",
            f"-ff={before.likeness[1]}|{fact.likeness[1]}",
            f"-we={before.key}|{fact.likeness[0]}",
            *(f"-Le={name}|{fact.likeness[0]}" for name in before.lists),
            f"-nn={before.names}|{fact.names}",
            f"-nr={before.names}|{fact.rarity}",
            f"-wr={before.key}|{fact.rarity}",
            f"-ws={before.key}|{fact.bare}",
            *(f"-Lr={name}|{fact.rarity}" for name in before.lists),
        ]
    else:
        row.append("first")
    if position > 1:
        row += facts[position - 2].far_before
    if position + 1 < len(facts):
        after = facts[position + 1]
        row += after.after
        row += [
            f"+gg={fact.group}|{after.group}",
            f"+ee={fact.likeness[0]}|{after.likeness[0]}",
            f"+en={fact.likeness[0]}|{after.names}",
            f"+nn={fact.names}|{after.names}",
            f"+nr={fact.rarity}|{after.names}",
            f"+rr={fact.rarity}|{after.rarity}",
        ]
    else:
        row.append("last")
    if position + 2 < len(facts):
        row += facts[position + 2].far_after
    return row


def _step(last: tuple[int, str], fact: Facts, what: str) -> tuple[int, str]:
    """Return how far back the last announcing word is seen from the word after `fact`."""
    if fact.announces(what, clitic=True):
        return 1, fact.key
    if not fact.key[0].isalnum() and fact.key not in "\"'":
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
