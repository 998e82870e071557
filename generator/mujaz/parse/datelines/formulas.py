"""What opens or ends a text besides datelines: desks, decrees, signatures, a columnist's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mujaz.arabic.normalise import key
from mujaz.parse.datelines.listed import has_role, holds_role
from mujaz.parse.datelines.shapes import is_family_name, likeness

MAX_SIGNATURE_CHARACTERS = 60
_MAX_FORMULA_CHARACTERS, _MAX_CLOSING_CHARACTERS = 80, 40
"""At the head and at the end of a line, where the formula of a decree stands."""
_SIGNATURE = re.compile(
    r"(?<=[.!؟?…»”\"])(?:\s*(?:[-*\u2010-\u2015]+|\s\u0640+)\s*|\s+)"
    r"([^\W\d_][^\n.:!؟?\d]{4,39})$"
)
_GLUED_SIGNATURE = re.compile(r"(?<!\s[-–—])(?<=\s)[-–—]\s*([^\W\d_][^\n.:!؟?\d\-–—()]{4,39})$")
"""The same below a poem or letter, where no mark ends the text."""
_DESK = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?)\s*(?::|\s[-–—](?=\s))\s*")
_MIN_LEAD_WORDS = 6


def split_desk(text: str) -> tuple[str, str]:
    """Return a desk's word and its colon, at the head of a text, and the text after them."""
    desk = _DESK.match(text)
    if not desk or not has_role(key(desk[1]), "desks") or not key(text[desk.end() :]):
        return "", text
    return desk[0].strip(), text[desk.end() :]


def split_name_before_lead(text: str, headline: str) -> tuple[str, str]:
    """Return a column's author, whom its headline names before a colon, and the text after it.

    Where the text is about who is named, a verb of speech follows, or the name stands in it again.
    """
    name, colon, _ = headline.partition(":")
    name = name.strip()
    rest = text.removeprefix(f"{name} ")
    words = rest.split(maxsplit=_MIN_LEAD_WORDS)
    if not colon or rest == text or len(words) < _MIN_LEAD_WORDS or likeness(name) != "person":
        return "", text
    is_of_person = has_role(key(words[0]), "verbs_of_speech") or not words[0].isalpha()
    return ("", text) if is_of_person or is_repeated(name, (rest,)) else (name, rest.lstrip())


def opens_document(line: str) -> bool:
    """Whether a line opens what somebody signs who is no author: «نحن سامي بن زكي النجار»."""
    head = line[:_MAX_FORMULA_CHARACTERS]
    first, *others = head.split() or [""]
    is_issuer = first == "نحن" and likeness(" ".join(others[:3]).rstrip("،,:")) == "person"
    end = line[-_MAX_CLOSING_CHARACTERS:]
    return is_issuer or holds_role(head, "documents") or holds_role(end, "documents")


def signature_at_end(text: str, *, headline: str | None) -> re.Match[str] | None:
    """Return the byline at the very end of a text, the name being its first group.

    A dash is enough below a letter or poem of one paragraph, the `headline` of which is given.
    """
    end = text[-MAX_SIGNATURE_CHARACTERS:]
    match = _SIGNATURE.search(end)
    if match is None and headline is not None:
        match = _GLUED_SIGNATURE.search(end)
        above = text[: -len(match[0])].split() if match else []
        # Beside another name it is one of a list.
        if match and (
            not above
            or is_family_name(above[-1])
            or is_repeated(match[1], (" ".join(above), headline))
        ):
            return None
    return match if match and likeness(match[1]) == "person" else None


def is_repeated(name: str, others: Iterable[str]) -> bool:
    """Whether a person is named elsewhere, be it by the last name."""
    last = key(name).split()[-1]
    return any(last in key(text) for text in others)


def is_same(names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether all of `names` are among the `others`, but for spelling."""
    return {key(name).replace(" ", "") for name in names} <= {
        key(name).replace(" ", "") for name in others
    }
