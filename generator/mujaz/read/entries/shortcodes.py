"""Shortcodes: what WordPress writes into texts in brackets, `[gallery ids="1,2"]`, taken out."""

from __future__ import annotations

import re
from functools import cache

from mujaz.data import table

_TAG = re.compile(
    r"(?P<open>\[?)\[(?P<end>/?)(?P<name>[A-Za-z][\w-]{0,40})(?P<given>(?:[\s=:][^\[\]]{0,2000})?)\]"
    r"(?P<close>\]?)"
)
_CLOSING = re.compile(r"\[/([A-Za-z][\w-]{0,40})\s*\]")
_ATTRIBUTE = re.compile(r"[\w-]\s*=\s*\S|^=\S|/\s*$")
_MAX_CAPTION = 5_000
"""Characters between two tags; where more stand, the second is another's."""
_ELEMENT = re.compile(r"<[^<>]*>")


def without_shortcodes(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` without shortcodes, and the captions that stood in them.

    What others enclose stays. Brackets in prose, `[القاهرة]` or `[1]`, are none: a shortcode has a
    Latin name that is known, has attributes, or is closed again.
    """
    if "[" not in text:
        return text, ()
    closed = {name.lower() for name in _CLOSING.findall(text)}
    parts: list[str] = []
    captions: list[str] = []
    position = 0
    for match in _TAG.finditer(text):
        if match.start() < position:  # inside a caption
            continue
        name = match["name"].lower()
        if not _is_shortcode(name, match, closed):
            continue
        if match["open"] and match["close"]:  # written so to be shown
            parts += (text[position : match.start()], match[0][1:-1])
            position = match.end()
            continue
        start, end = match.start() + len(match["open"]), match.end() - len(match["close"])
        parts += (text[position:start], "" if name in _names("inline") else "\n\n")
        position = end
        if name in _names("dropped") and not match["end"]:
            closing = text.lower().find(f"[/{name}]", end, end + _MAX_CAPTION) if closed else -1
            if name in closed and closing >= 0:
                captions.append(_ELEMENT.sub(" ", text[end:closing]).strip())
                position = closing + len(name) + 3
    parts.append(text[position:])
    return "".join(parts), tuple(filter(None, captions))


def _is_shortcode(name: str, match: re.Match[str], closed: set[str]) -> bool:
    return (
        name in closed
        or name in _names("dropped")
        or name.startswith(_prefixes())
        or bool(_ATTRIBUTE.search(match["given"]))
        or (name in _names("bare") and (not match["given"].strip() or bool(match["end"])))
    )


@cache
def _names(kind: str) -> frozenset[str]:
    return frozenset(table("blog_markup")["shortcodes"][kind])


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(table("blog_markup")["shortcodes"]["prefixes"])
