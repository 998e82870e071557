"""What is said of each word of a text, for a model to tell names from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mujaz.arabic.phrases import ListedPhrases
from mujaz.enrich.entities.lexicon import Lexicon
from mujaz.enrich.entities.word_facts import Facts, Part

_FAR = 9
"""Words: farther than any hint reaches."""
TELLS_YA = "ya"
"""Stands among the hints if the text writes `على` and `علي` as the two words they are."""
Hints = Mapping[str, Part]
"""What a whole text says of its less common words, by comparison key without clitics."""


def document_hints(sentences: Iterable[Sequence[Facts]], lexicon: Lexicon) -> Hints:
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
    found = {
        word: lexicon.kept(names) or lexicon.keep(names, names) for word, names in hints.items()
    }
    return {**found, TELLS_YA: ()} if tells_ya else found


def features(facts: Sequence[Facts], lexicon: Lexicon, hints: Hints) -> list[Part]:
    """Return the features of each word of a sentence, weighed as `lexicon` does."""
    weigh, listed = lexicon.weigh, _in_phrases(facts, lexicon)
    tells_ya = TELLS_YA in hints
    found = []
    title, organisation = (_FAR, ""), (_FAR, "")
    far_before = before = None
    with_before: Part = ()
    for position, fact in enumerate(facts):
        names, parts = _announced(fact, title, organisation), [fact.own, listed[position]]
        hint = hints.get(fact.bare)
        if hint:
            parts.append(hint)
        if fact.ending:
            told = f"{fact.ending}{tells_ya}"
            names += (f"Y={told}{fact.rarity}", f"Yw={told}{fact.key}")
        if before is None:
            names.append("first")
        else:
            parts += (before.before, with_before)
            names.append(f"-gg={before.group}|{fact.group}")
            if before.leads:
                names += (
                    f"-we={before.key}|{fact.likeness[0]}",
                    f"-wr={before.key}|{fact.rarity}",
                    f"-ws={before.key}|{fact.bare}",
                )
            if far_before is not None:
                parts.append(far_before.far_before)
        if position + 1 < len(facts):
            after = facts[position + 1]
            beside = fact.sort.beside.get(after.sort) or _side_by_side(fact, after, lexicon)
            with_after, with_before = beside
            parts += (after.after, with_after)
            names.append(f"+gg={fact.group}|{after.group}")
            if position + 2 < len(facts):
                parts.append(facts[position + 2].far_after)
        else:
            names.append("last")
        title = _step(title, fact, fact.is_title)
        organisation = _step(organisation, fact, fact.is_organisation)
        far_before, before = before, fact
        found.append(weigh(names, *parts))
    return found


def _announced(fact: Facts, title: tuple[int, str], organisation: tuple[int, str]) -> list[str]:
    """Return what words that announce a name say of a word some way behind them."""
    names = []
    if title[0] < 5:
        names += [f"T={title[0]}", f"Tr={title[0]}{fact.rarity}", f"Tw={title[1]}"]
    if organisation[0] < 6:
        distance, head = organisation
        names += [f"O={distance}", f"Oh={distance}{fact.shape}", f"Ow={head}"]
    return names


def _in_phrases(facts: Sequence[Facts], lexicon: Lexicon) -> list[Part]:
    """Return of each word whether it stands in a known name."""
    keys = [fact.key for fact in facts]
    places = _phrases(keys, [fact.begins_place for fact in facts], lexicon.places)
    begins = [fact.begins_organisation for fact in facts]
    organisations = _phrases(keys, begins, lexicon.organisations)
    found = []
    for known in zip(places, organisations, [*organisations[1:], ""], strict=True):
        part = lexicon.kept(known)
        if part is None:
            place, own, after = known
            names = [f"P={place}", f"K={own}", *([f"+K={after}"] if after else [])]
            part = lexicon.keep(known, names)
        found.append(part)
    return found


def _side_by_side(fact: Facts, after: Facts, lexicon: Lexicon) -> tuple[Part, Part]:
    """Return what two neighbours say of the first, and of the second, by their sorts."""
    found = lexicon.weigh(_with_after(fact, after)), lexicon.weigh(_with_before(fact, after))
    lexicon.keep_beside(fact.sort, after.sort, found)
    return found


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
    if last[0] >= _FAR:
        return last
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
