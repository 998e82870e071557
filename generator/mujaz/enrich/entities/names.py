"""Names as a reader would look them up: without clitics and titles, short forms with long ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mujaz.arabic.normalise import without_marks, word_key
from mujaz.arabic.tokens import bare_forms
from mujaz.enrich.entities.lexicon import Lexicon
from mujaz.model import TagKind


def canonical(
    words: Sequence[str], kind: TagKind, lexicon: Lexicon, text_words: frozenset[str]
) -> str:
    """Return the name that `words` spell, or an empty text if nothing is left of it.

    `text_words` are the comparison keys of all words of the text: a form that stands there alone
    is the one without a clitic.
    """
    plain = [without_marks(word) for word in words if word[0].isalnum()]
    if kind == "person":
        while plain and lexicon.is_title(word_key(plain[0])):
            del plain[0]
    if not plain:
        return ""
    whole = word_key(plain[0])
    bare = _bare(whole, kind, lexicon, text_words)
    if bare != whole:
        plain[0] = _cut(plain[0], whole, bare)
    return " ".join(plain)


def _bare(word: str, kind: TagKind, lexicon: Lexicon, text_words: frozenset[str]) -> str:
    if lexicon.begins_name(word, kind):
        return word
    forms = [form for form in bare_forms(word) if form != word]
    for form in forms:
        if lexicon.begins_name(form, kind):
            return form
    return next((form for form in forms if form in text_words), None) or lexicon.bare(word)


def _cut(word: str, whole: str, bare: str) -> str:
    """Return `word` as it is spelled, without what its key `whole` has before `bare`."""
    if whole.endswith(bare):
        return word[len(word) - len(bare) :]
    return "ال" + word[len(word) - len(bare) + 2 :]  # `للاتحاد` has no alef of its article


def join_short(support: Mapping[str, float]) -> dict[str, str]:
    """Return for each person's name the one it stands for in the same text.

    `support` says how much speaks for each name (comparison keys). A surname or a first name
    stands for the best supported longer name that ends or begins with it; of two names of
    several words, one holding the other, the better supported one stays.
    """
    parts = {name: tuple(name.split()) for name in support}
    full = {name: name for name in support}
    for name in sorted(support, key=lambda name: (len(parts[name]), name)):
        short = parts[name]
        longer = [
            other
            for other in support
            if len(parts[other]) > len(short)
            and short in (parts[other][: len(short)], parts[other][-len(short) :])
        ]
        if not longer:
            continue
        best = max(longer, key=lambda other: (support[other], -len(parts[other]), other))
        if len(short) == 1 or support[best] * 2 >= support[name]:
            full[name] = best
        else:
            full.update(dict.fromkeys(longer, name))
    return {name: _end(name, full) for name in full}


def _end(name: str, full: Mapping[str, str]) -> str:
    for _ in full:
        if full[name] == name:
            break
        name = full[name]
    return name
