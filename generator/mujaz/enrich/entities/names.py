"""Names as a reader would look them up: without clitics and titles, and no further than they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from mujaz.arabic.normalise import key, without_marks, word_key
from mujaz.arabic.tokens import bare_forms
from mujaz.data import table
from mujaz.enrich.entities.gazetteer.places import place_sizes
from mujaz.enrich.entities.lexicon import Lexicon
from mujaz.model import TagKind

_SON = frozenset(("بن", "ابن"))
_OPEN = frozenset((*_SON, "ابو", "ابي", "ابا", "عبد", "ال", "بنت", "ام"))
"""Words that no name ends in."""


def canonical(
    words: Sequence[str], kind: TagKind, lexicon: Lexicon, text_words: Mapping[str, int]
) -> str:
    """Return the name that `words` spell, or an empty text if nothing is left of it.

    `text_words` counts the comparison keys of the words of the text: a form that stands there alone
    is the one without a clitic, and a word that recurs with its first letter keeps it.
    """
    plain = [without_marks(word) for word in words if word[0].isalnum()]
    if kind == "person":
        del plain[: _start_of_person([word_key(word) for word in plain], lexicon)]
        del plain[_end_of_person([word_key(word) for word in plain], lexicon, text_words) :]
    if not plain:
        return ""
    whole = word_key(plain[0])
    bare = _bare(whole, kind, lexicon, text_words)
    if bare != whole:
        plain[0] = _cut(plain[0], whole, bare)
    return " ".join(plain)


def with_title(name: str, words: Sequence[str], lexicon: Lexicon) -> str:
    """Return a name of one word with the last title before it among `words`, or an empty text."""
    title = ""
    for word in words:
        if key(word) == key(name):
            break
        forms = bare_forms(word_key(word))
        bare = next((form for form in forms if lexicon.is_title(form)), None)
        title = _cut(without_marks(word), forms[0], bare) if bare else title
    return f"{title} {name}" if title else ""


def _bare(word: str, kind: TagKind, lexicon: Lexicon, text_words: Mapping[str, int]) -> str:
    if lexicon.begins_name(word, kind):
        return word
    forms = sorted((form for form in bare_forms(word) if form != word), key=len, reverse=True)
    recurs = text_words.get(word, 0) > 1 and not any(form in text_words for form in forms)
    if kind == "person" and recurs and word[0] != "و":
        return word
    for form in forms:
        if lexicon.begins_name(form, kind) and (kind != "person" or _is_bare(form, word, lexicon)):
            return form
    alone = next((form for form in forms if form in text_words), "")
    if alone or kind != "person":
        return alone or lexicon.bare(word)
    # Before a name that nobody knows, و is the only letter that is more likely not its own.
    return word[1:] if word[0] == "و" and len(word) > 3 and not lexicon.entry(word) else word


def _is_bare(form: str, word: str, lexicon: Lexicon) -> bool:
    """Whether a first name is so common that `word` is that name with a clitic."""
    entry = lexicon.entry(form)
    return word[0] == "و" or form.startswith("ال") or bool(entry and entry.given >= 2)


def _cut(word: str, whole: str, bare: str) -> str:
    """Return `word` as it is spelled, without what its key `whole` has before `bare`."""
    if whole.endswith(bare):
        return word[len(word) - len(bare) :]
    return "ال" + word[len(word) - len(bare) + 2 :]  # `للاتحاد` has no alef of its article


def _start_of_person(words: Sequence[str], lexicon: Lexicon) -> int:
    """Return how many words before a person's name are titles and ranks: الجندي أول."""
    start = 0
    for word, following in pairwise((*words, "")):
        is_title = lexicon.is_title(word) or word in _words("ranks")
        if following in _SON or not (is_title or (start and word in _words("degrees of rank"))):
            break
        start += 1
    return start


def _end_of_person(words: Sequence[str], lexicon: Lexicon, text_words: Mapping[str, int]) -> int:
    """Return how many of the words behind a person's titles are the name."""
    end = next(
        (
            position
            for position in range(len(words))
            if words[position] in _words("blessings")
            or (
                position
                and words[position - 1] not in _OPEN
                and _is_behind_name(words[position], position, lexicon, text_words)
            )
        ),
        len(words),
    )
    while end and words[end - 1] in _OPEN:
        end -= 1
    return end


def _is_behind_name(
    word: str, position: int, lexicon: Lexicon, text_words: Mapping[str, int]
) -> bool:
    """Whether a word behind a first name belongs to the sentence: فهد بالظهران."""
    if position > 1 and _is_office(word, lexicon):
        return True
    if lexicon.begins_name(word, "person") or word in _OPEN:
        return False
    if len(word) == 1 or (word.startswith("لل") and len(word) > 4):
        return True
    if word.startswith("و") and len(word) > 3:
        rest = word[1:]
        return position > 1 or rest in text_words or lexicon.begins_name(rest, "person")
    return word[0] == "ب" and any(form in place_sizes() for form in bare_forms(word)[1:])


def _is_office(word: str, lexicon: Lexicon) -> bool:
    return lexicon.is_title(word) and word != "شيخ" and not word.startswith("ال")


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(map(key, table("name_contexts")[group]))
