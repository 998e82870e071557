"""Display forms of Arabic headlines, as editors set them: signs change, words never do."""

from __future__ import annotations

import re
from collections.abc import Callable

_LETTER = "\u0620-\u065f\u066e-\u06d3"
_SIGN = re.compile(r"[^\w\s]|\u0640|\s\s")
_HAS_LETTER = re.compile(f"[{_LETTER}]")
# What is not Arabic prose: addresses, mails, accounts.
_FOREIGN = re.compile(r"(\S*(?:://|www\.|@)\S*)")
_OPENING, _CLOSING = "«(\\[", "»)\\]"
_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _quoted(match: re.Match[str]) -> str:
    """Return what stands between quotation marks with Arabic ones, if it is Arabic."""
    return f"«{match[1].strip()}»" if _HAS_LETTER.search(match[1]) else match[0]


_BLANK_BEFORE_SIGN = re.compile(rf"(?<=[{_LETTER}\d{_CLOSING}%])\s+(?=[،؛:؟!.,;](?:\s|$))")
# One that stands like the opening of another quotation closes none: "قال "نعم.
_TYPED_QUOTATION = re.compile(r'(?:(?<!\w)"|"(?=\S))([^"«»]{1,300})(?:(?<=\S)"|"(?!\w))')
_LONG_TYPED_QUOTATION = re.compile(_TYPED_QUOTATION.pattern.replace("300", "3000"))
"""In a body, where a quotation may fill a paragraph."""
_OTHER_MARKS = ('"', "“", "<<")
_ANGULAR = re.compile("(«[^«»]*»)")
# English ones, and twice angular ones.
_QUOTATION_RULES: tuple[_Rule, ...] = (
    (re.compile(r"“([^“”«»]{1,300})”"), _quoted),
    (re.compile(r"<<([^<>«»]{1,300})>>"), _quoted),
)
_RULES: tuple[_Rule, ...] = (
    *_QUOTATION_RULES,
    # Quotation marks the wrong way round.
    (re.compile(r"^([^«»]*)»([^«»]{1,300})«(?=[^«»]*$)"), r"\1«\2»"),
    # A pause, however many dots write it.
    (re.compile(rf"(?<=[{_LETTER}\d{_CLOSING}!؟])(?:\s*(?:\.{{2,}}|…)[.…]*)+(?![A-Za-z0-9])"), "…"),
    (re.compile(rf"…(?=[{_LETTER}\d{_OPENING}])"), "… "),
    # Marks of shouting, and those of another script.
    (re.compile(r"(?<=[^\s!])(\s*)!{2,}(?![A-Za-z])"), r"\1!"),
    (re.compile(rf"(?<=[{_LETTER}{_CLOSING}])(\s*)[?؟]+"), r"\1؟"),
    (re.compile(rf"(?<=[{_LETTER}{_CLOSING}])\s*,\s*(?=[{_LETTER}{_OPENING}])"), "، "),
    (re.compile(rf"(?<=[{_LETTER}{_CLOSING}])\s*;\s*(?=[{_LETTER}{_OPENING}])"), "؛ "),
    # Tatweel and double hyphens where a dash is meant.
    (re.compile(r"(?<=\s)(?:\u0640+|-{2,3})(?=\s)"), "–"),
    (re.compile('(?<=[\u0620-\u063f\u0641-\u065f])\u0640{2,}(?=\\s*[«“"(\\[{])'), "\u0640"),
    # Spaces: none inside quotation marks and brackets or before a sign, one after it.
    (re.compile(rf"(?<=[{_OPENING}])\s+(?=[^\s{_CLOSING}])"), ""),
    (re.compile(rf"(?<=[^\s{_OPENING}])\s+(?=[{_CLOSING}])"), ""),
    (_BLANK_BEFORE_SIGN, ""),
    (re.compile(rf"(«[^«»]*»)(?=[{_LETTER}])"), r"\1 "),
    (re.compile(rf"(?<=[{_LETTER}{_CLOSING}])([،؛:؟!])(?=[{_LETTER}«])"), r"\1 "),
    (re.compile(r"\s{2,}"), " "),
)
_MAX_ROUNDS = 4
"""After which nothing changes any more: one rule may make way for another."""


def tidy_headline(text: str) -> str:
    """Return the display form of an Arabic headline: the same words under tidier signs.

    Numbers, addresses and what is written in other scripts stay as they are.
    """
    if not (_SIGN.search(text) and _HAS_LETTER.search(text)):
        return text
    is_paired = text.count('"') % 2 == 0  # else nobody knows which of them is missing
    for _ in range(_MAX_ROUNDS):
        before = text
        parts = _FOREIGN.split(text)
        if is_paired:
            parts[::2] = [_TYPED_QUOTATION.sub(_quoted, part) for part in parts[::2]]
        parts[::2] = [_tidied(part) for part in parts[::2]]
        text = "".join(parts).strip()
        if text == before:
            break
    return text


def with_arabic_quotation_marks(text: str) -> str:
    """Return `text` with «…» in place of other quotation marks that are paired, around Arabic.

    Marks within «…» stay: they tell an inner quotation from the one around it.
    """
    if not any(mark in text for mark in _OTHER_MARKS):
        return text
    parts = _ANGULAR.split(text)
    is_paired = text.count('"') % 2 == 0
    for index in range(0, len(parts), 2):
        if is_paired:
            parts[index] = _LONG_TYPED_QUOTATION.sub(_quoted, parts[index])
        for pattern, replacement in _QUOTATION_RULES:
            parts[index] = pattern.sub(replacement, parts[index])
    return "".join(parts)


def without_loose_signs(text: str) -> str:
    """Return `text` without the blanks before its full stops, commas and the like."""
    return _BLANK_BEFORE_SIGN.sub("", text)


def _tidied(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
