"""Names as a reader would look them up: without clitics and titles, short forms with long ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from mujaz.arabic.normalise import key, without_marks, word_key
from mujaz.arabic.tokens import bare_forms
from mujaz.data import table
from mujaz.enrich.entities.gazetteer.places import place_sizes
from mujaz.enrich.entities.lexicon import Lexicon, shipped_lexicon
from mujaz.model import TagKind

_SON = frozenset(("بن", "ابن"))
_FATHER_OF = "ابو"
_FATHER = frozenset((_FATHER_OF, "ابي", "ابا"))
_JOINED = frozenset(("عبد", "ال"))
"""Written apart from the next word or as one with it: عبد الله, آل سعود."""
_OPEN = frozenset((*_SON, *_FATHER, *_JOINED, "بنت", "ام"))
"""Words that no name ends in."""
_MAX_CACHED = 20_000


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
        del plain[_end_of_person([word_key(word) for word in plain], lexicon) :]
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
        is_title = lexicon.is_title(word) or word in _ranks()
        if following in _SON or not (is_title or (start and word in _degrees_of_rank())):
            break
        start += 1
    return start


def _end_of_person(words: Sequence[str], lexicon: Lexicon) -> int:
    """Return how many of the words behind a person's titles are the name."""
    end = next(
        (
            position
            for position in range(1, len(words))
            if words[position - 1] not in _OPEN
            and _is_behind_name(words[position], position, lexicon)
        ),
        len(words),
    )
    while end and words[end - 1] in _OPEN:
        end -= 1
    return end


def _is_behind_name(word: str, position: int, lexicon: Lexicon) -> bool:
    """Whether a word behind a first name belongs to the sentence: فهد بالظهران."""
    if position > 1 and _is_office(word, lexicon):
        return True
    if lexicon.begins_name(word, "person") or word in _OPEN:
        return False
    if word.startswith("لل") and len(word) > 4:
        return True
    if position > 1 and word.startswith("و") and len(word) > 3:
        return True
    return word[0] == "ب" and any(form in place_sizes() for form in bare_forms(word)[1:])


def _is_office(word: str, lexicon: Lexicon) -> bool:
    return lexicon.is_title(word) and word != "شيخ" and not word.startswith("ال")


class PersonName(NamedTuple):
    """A person's name, in the form in which spellings of it are one."""

    words: tuple[str, ...]
    """Comparison keys without بن, nor articles: عبد الله and عبدالله are one word, as آل سعود."""
    sons: tuple[bool, ...]
    """Of each word whether بن stands before it."""

    @property
    def key(self) -> str:
        """The words, with blanks between."""
        return " ".join(self.words)


@lru_cache(maxsize=_MAX_CACHED)
def person_name(name: str) -> PersonName:
    """Return a person's name, given as a comparison key: الدوابشة and دوابشة are one."""
    words, sons = list[str](), list[bool]()
    is_son, beginning = False, ""
    for word in name.split():
        if word in _SON and not beginning:
            is_son = True
        elif (word in _FATHER or word in _JOINED) and not beginning:
            beginning = _FATHER_OF if word in _FATHER else word
        else:
            words.append(_one_word(beginning, word))
            sons.append(is_son)
            is_son, beginning = False, ""
    if beginning or not words:
        words.append(beginning or name)
        sons.append(is_son)
    return PersonName(tuple(words), tuple(sons))


def _one_word(beginning: str, word: str) -> str:
    if word.startswith(_FATHER_OF) and not beginning:
        beginning, word = _FATHER_OF, word.removeprefix(_FATHER_OF)
    bare = word.removeprefix("ال")
    if beginning in _JOINED or len(bare) <= 2 or (is_first_name(bare) and not beginning):
        return beginning + word
    return beginning + bare


def is_first_name(word: str) -> bool:
    """Whether a word is first of all a first name; with an article before it it is a family's."""
    entry = shipped_lexicon().entry(word)
    return word.startswith("عبد") or bool(
        entry and entry.given >= 2 and (entry.given >= 3 or entry.given > entry.family)
    )


def extends(long: PersonName, short: PersonName) -> bool:
    """Whether one name of several words is another with more of the family's names in it.

    So are محمد بن نايف بن سعود of محمد بن نايف, and فهد علي الحداد of فهد الحداد; but not
    خالد بن فيصل بن سعود of خالد بن سعود, who is another father's son.
    """
    words, count = long.words, len(short.words)
    if count < 2 or count >= len(words) or words[0] != short.words[0]:
        return False
    if words[:count] == short.words:
        return True
    if words[-1] != short.words[-1] or (count > 2 and words[1] != short.words[1]):
        return False
    rest = iter(words)
    return not is_first_name(words[-1]) and all(word in rest for word in short.words)


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
        folded = person_name(name).key
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
    return {name: spellings[_end(person_name(name).key, full)] for name in support}


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


@cache
def _ranks() -> frozenset[str]:
    return frozenset(map(key, table("name_contexts")["ranks"]))


@cache
def _degrees_of_rank() -> frozenset[str]:
    return frozenset(map(key, table("name_contexts")["degrees of rank"]))
