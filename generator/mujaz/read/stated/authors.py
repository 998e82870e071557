"""Who wrote an article, as fields of authors state it: names, lists of names, whole datelines.

What is no name is left out here: accounts, addresses, numbers, the site itself, its desks. What may
hold one is handed on as it is, since a dateline such as `سالم العمري - جدة` is read with others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from mujaz.arabic.normalise import clean, fold_spaces, key
from mujaz.arabic.tokens import bare_forms
from mujaz.data import table
from mujaz.read.stated.site_names import SiteNames

_MAX_AUTHORS, _MAX_CHARACTERS, _MAX_DEPTH = 100, 500, 4
_NAMES = "name display_name displayName full_name rendered value title text #text @value $t".split()
_PARTS_OF_NAMES = (("first_name", "last_name"), ("givenName", "familyName"))
"""Where mappings that stand for a person keep the name, whole or in two."""
# A mail, the address of a page, or an account such as `@layla`.
_ADDRESS = re.compile(
    r"<?(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}>?|https?://\S+|www\.\S+|(?<![\w.])@\w+"
)
_WORD_END = re.compile(r"(?<=\w)(?=[\s:：/–—-])")
_MAX_LABEL_WORDS, _MAX_LABELLED = 3, 90
_WORDS_OF_NAMES = range(2, 9)
_COLONS = (":", "：", "/")
_AROUND = " :：/|–—-"
_NOT_IN_BYLINE = re.compile(r"[.!؟?«»\"]\s|[.!؟?«»\"]$")
_ALL_IN_BRACKETS = re.compile(r"[(\[<]\s*([^()\[\]<>]*?)\s*[)\]>]")
_LIST_SIGN = re.compile(r"\s*[;؛,،|\n]\s*")
_NOT_IN_NAME = re.compile(r"[\d@:/\\()\[\]{}<>_–—]|\s-|-\s")
_PARTED = re.compile(r"[:/|،,–—_]|\s-|-\s|\w[(«]|\s[(«]")
_ACCOUNT = re.compile(r"[A-Za-z0-9_.-]+")
_LETTER = re.compile(r"[^\W\d_]")


def authors_of(value: Any, site: SiteNames | None = None) -> tuple[str, ...]:
    """Return the names, or texts with names in them, that `value` states, each once."""
    authors = (name for text in _texts(value, 0) for name in _authors_in(text, site))
    return tuple(dict.fromkeys(authors))[:_MAX_AUTHORS]


@lru_cache(4_096)  # who writes once writes again
def _authors_in(text: str, site: SiteNames | None) -> tuple[str, ...]:
    names = map(_without_label, _listed(_without_label(_without_addresses(text))))
    return tuple(name for name in names if not is_nobody(name, site))


def is_nobody(text: str, site: SiteNames | None = None) -> bool:
    """Whether `text` names no person and no agency: an account, a desk, the site itself."""
    folded = key(text)
    if is_agency(text):
        return False
    if not _LETTER.search(folded) or _ACCOUNT.fullmatch(text) or folded in _labels("nobody"):
        return True
    # Of several parts, one is the site and others may be place and names.
    if _PARTED.search(text):
        return False
    if site is not None and text in site:
        return True
    words = site.words if site is not None else frozenset[str]()
    return all(
        any(form in words or form in _words_of_desks() for form in bare_forms(word))
        for word in folded.split()
    )


def is_agency(text: str) -> bool:
    """Whether `text` is the name of a news agency."""
    return key(text) in _agencies()


def opens_byline(text: str) -> bool:
    """Whether `text` is a word such as `بقلم` and a name, and no sentence that begins so."""
    if not 0 < len(text) <= _MAX_LABELLED or _NOT_IN_BYLINE.search(text):
        return False
    label, rest = _split_label(text)
    is_sure = rest.startswith(_COLONS) or label in _labels("openers")
    return bool(label) and is_sure and len(rest.split()) in _WORDS_OF_NAMES


def _without_label(text: str) -> str:
    """Return the name in `كتبت ليلى النجار`, nothing of `تصوير سامر حداد`, and else `text`."""
    label, rest = _split_label(text)
    if not label or not (" " in rest.strip(_AROUND) or rest.startswith(_COLONS)):
        return text
    return "" if label in _labels("photographers") else rest.strip(_AROUND)


def _split_label(text: str) -> tuple[str, str]:
    """Return the word or words at the head of `text` that stand before names, and the rest."""
    for match in reversed(list(islice(_WORD_END.finditer(text), _MAX_LABEL_WORDS))):
        label = key(text[: match.start()])
        if label in _labels("writers") or label in _labels("photographers"):
            return label, text[match.start() :].lstrip()
    return "", text


def _texts(value: Any, depth: int) -> Iterator[str]:
    """Yield the texts in a value of any shape."""
    if depth > _MAX_DEPTH or value is None or isinstance(value, bool):
        return
    if isinstance(value, Mapping):
        parts = ([value.get(name) for name in names] for names in _PARTS_OF_NAMES)
        whole = next((value[name] for name in _NAMES if value.get(name)), None)
        in_two = next((" ".join(map(str, each)) for each in parts if all(each)), None)
        yield from _texts(whole or in_two, depth + 1)
    elif isinstance(value, list | tuple):
        for each in value[:_MAX_AUTHORS]:
            yield from _texts(each, depth + 1)
    else:
        yield fold_spaces(clean(str(value)[:_MAX_CHARACTERS]))


def _without_addresses(text: str) -> str:
    """Return `text` without addresses: `ليلى النجار` of `layla@sada.example (ليلى النجار)`."""
    if "@" not in text and "/" not in text and "www" not in text:
        return text
    bare = fold_spaces(_ADDRESS.sub(" ", text)).strip(" -–—|,،:") if text else text
    in_brackets = _ALL_IN_BRACKETS.fullmatch(bare)
    return in_brackets[1] if in_brackets and bare != text else bare


def _listed(text: str) -> list[str]:
    """Return the names of a list, or `text` alone: commas stand in datelines, too."""
    parts = [part for part in _LIST_SIGN.split(text) if part]
    are_names = all(" " in part and not _NOT_IN_NAME.search(part) for part in parts)
    return parts if are_names else [text]


@cache
def _labels(name: str) -> frozenset[str]:
    return frozenset(map(key, map(str, table("bylines")[name])))


@cache
def _words_of_desks() -> frozenset[str]:
    """Return the words of which names of desks consist."""
    listed = (
        each for name in ("nobody", "writers", "photographers") for each in table("bylines")[name]
    )
    return frozenset(word for each in listed for word in key(str(each)).split())


@cache
def _agencies() -> frozenset[str]:
    agencies = table("agencies").items()
    return frozenset(key(str(name)) for agency, also in agencies for name in (agency, *also))
