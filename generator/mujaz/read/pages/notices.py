"""Lines inside an article that are no part of it: what a site says to its readers."""

from __future__ import annotations

import re
from functools import cache

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.read.markup import MarkupLine

_MAX_NOTICE_CHARACTERS = 500
_MAX_ANNOUNCEMENT_CHARACTERS = 60
_AFTER_ANNOUNCEMENT = re.compile(r"\s*:|\s[|/–—-]\s")
_DECORATION = " \t.:|-–—>»«<*•#/\\…"
_ADDRESS_OF_POST = re.compile(
    r"\s*(?:https?://)?(?:pic\.(?:twitter|x)\.com|t\.co)/\w+", re.IGNORECASE
)


def is_notice(text: str) -> bool:
    """Whether a line speaks of the site, of rights or of a picture, and not of the news."""
    if len(text) > _MAX_NOTICE_CHARACTERS:
        return False
    return any(map(_notices().fullmatch, (text, text.strip(_DECORATION))))


def is_announcement(line: MarkupLine) -> bool:
    """Whether `line` announces links to other articles, or announces one and is that."""
    if len(line.text) > _MAX_ANNOUNCEMENT_CHARACTERS and line.linked == 0:
        return False
    text = _AFTER_ANNOUNCEMENT.split(line.text)[0] if line.linked else line.text
    if len(text) > _MAX_ANNOUNCEMENT_CHARACTERS:
        return False
    bare = text.strip(_DECORATION)
    return key(bare) in _markers() or bool(_announcements().fullmatch(bare))


def without_addresses_of_posts(text: str) -> str:
    """Return `text` without what networks append to a post: the addresses of its pictures."""
    return _ADDRESS_OF_POST.sub("", text).strip() if "/" in text else text


@cache
def _notices() -> re.Pattern[str]:
    return _any_of("notices")


@cache
def _announcements() -> re.Pattern[str]:
    return _any_of("announcements")


def _any_of(name: str) -> re.Pattern[str]:
    forms = "|".join(f"(?:{form})" for form in table("pages")[name])
    return re.compile(forms, re.IGNORECASE)


@cache
def _markers() -> frozenset[str]:
    return frozenset(map(key, table("markers")["sidebar"]))
