r"""Converts the Markdown that Mujaz composes to HTML, or raises `NotInSubset`.

Correct because it accepts a part of Markdown in which nothing depends on anything far away:

- blocks parted by one empty line, each a paragraph, a heading, an entry of a list, or, set in by
  four spaces, a further block of the entry before it; or a list of one-line entries;
- each block one line of inline text: characters that mean nothing to Markdown, numeric entities of
  ASCII marks, links to pages and to searches, `<ins>`, `<del>` and `**`; or all of it emphasised
  with `*`;
- a pull quote, which is HTML of one line.

In that part Python-Markdown leaves text and entities as they are, and the layout of its output is
known: entries hold their text bare only in a list of one-line entries, or in a list of one such
entry. What our plugin then does to that is in `compact_html`. Everything else is refused, and goes
through MkDocs. Property tests hold the two equal, and each kind of page is compared with MkDocs'
own before it is trusted.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mujaz.publish.render.page import NotInSubset
from mujaz.publish.render.specialise.compact_html import (
    with_plain_marks,
    with_readable_paths,
    without_heading_ids,
)
from mujaz.publish.render.specialise.html_blocks import ENTITY as _ENTITY
from mujaz.publish.render.specialise.html_blocks import INLINE_TAG, is_block

Href = Callable[[str], str]
"""Gives the address for a link's target, both relative to the page; may raise `NotInSubset`."""

# Of possessive quantifiers, only those of single characters are used: up to Python 3.11.4, those of
# groups forget where they are (gh-106052).
# Text without controls, and without ASCII punctuation but comma, full stop, colon and entities.
_PLAIN = r"[ ,.:0-9A-Za-z\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]++"
# The same for a body without the few others, which are searched for by themselves: such a class is
# compiled ten times as fast.
_ANY_PLAIN = r"[^\x00-\x1f!-+\-/;-@\[-`{-\x9f]++"
_TEXT = f"(?:{_ANY_PLAIN}|{_ENTITY})+"
_LINK = rf"\[({_TEXT})\]\(([-./0-9A-Za-z\u0600-\u06ff]++(?:\?q=[-.+%0-9A-Za-z\u0621-\u064a]++)?)\)"
_STRONG = rf"\*\*(?!\s){_TEXT}(?<!\s)\*\*(?![^ ])"
# White space at an end would be cut; a number and a full stop would begin a list.
_BEGIN, _END = r"(?!\s|\d+\.)", r"(?<!\s)"
# Of each block: how it is set in, what sort of heading it is, and its text, emphasised text, or
# link; or, if it is none of these, all of it.
_blocks = re.compile(
    rf"(    |- )?(?:(\#{{1,6}}+)[ ])?{_BEGIN}"
    rf"(?:((?:{_PLAIN}|{_ENTITY})+)|(\*\*?+)(?!\s)({_TEXT})(?<!\s)\4|{_LINK}){_END}(?:\n\n|\Z)"
    r"|([^\n]*+(?:\n(?!\n)[^\n]*+)*)(?:\n\n|\Z)"
).findall
_is_mixed = re.compile(
    rf"{_BEGIN}(?:{_ANY_PLAIN}|{_ENTITY}|{_LINK}|{INLINE_TAG}|{_STRONG})+{_END}"
).fullmatch
_is_emphasis = re.compile(rf"\*(?!\s)({_TEXT})(?<!\s)\*").fullmatch
_is_heading = re.compile(r"(#{1,6}+) (.+)").fullmatch
# These look for what is known to be there.
_link = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_strong = re.compile(r"\*\*([^*]*)\*\*")
_Part = tuple[bool, str]
"""Whether a block is bare text, and its HTML."""


def convert(body: str, href: Href) -> str:
    """Return the compact HTML that MkDocs and our plugin make of `body`.

    Raises `NotInSubset` if that is not known.
    """
    if not body.endswith("\n") or body.endswith("\n\n") or len(body) == 1:
        raise NotInSubset
    if "\u2028" in body or "\u2029" in body or "\ufffe" in body or "\uffff" in body:
        raise NotInSubset
    out: list[str] = []
    entries: list[list[_Part]] = []
    is_closed = False  # whether the last block is a list that no entry can join
    matches = _blocks(body[:-1])
    matches.pop()  # what is matched at the very end is empty
    for place, level, text, stars, stressed, label, target, rest in matches:
        if rest:
            if rest.startswith("- ") and "\n" in rest:
                if is_closed or entries:
                    raise NotInSubset
                out.append(_lines(rest, href))
                is_closed = True
                continue
            if rest[0] == "<" and is_block(rest):
                if entries:
                    out.append(_list(entries))
                    entries = []
                is_closed = False
                out.append(
                    without_heading_ids(rest) + "\n"
                )  # Python-Markdown parts HTML from what follows it
                continue
            place = "    " if rest.startswith("    ") else "- " if rest.startswith("- ") else ""
            part = _block(rest[len(place) :], href)
        else:
            if label:
                text = f'<a href="{href(target)}">{label}</a>'
            elif stressed:
                tag = "em" if len(stars) == 1 else "strong"
                text = f"<{tag}>{stressed}</{tag}>"
            elif not text:
                raise NotInSubset
            part = (False, _heading(level, text)) if level else (True, text)
        if place == "    ":
            if not entries:
                raise NotInSubset
            entries[-1].append(part)
        elif place:
            if is_closed:
                raise NotInSubset
            entries.append([part])
        else:
            if entries:
                out.append(_list(entries))
                entries = []
            is_closed = False
            out.append(f"<p>{part[1]}</p>" if part[0] else part[1])
    if entries:
        out.append(_list(entries))
    return with_plain_marks(with_readable_paths("\n".join(out).rstrip("\n")))


def _lines(block: str, href: Href) -> str:
    """Return a list of one-line entries."""
    items = []
    for line in block.split("\n"):
        if not line.startswith("- ") or line.startswith("- #"):
            raise NotInSubset
        items.append(f"<li>{_inline(line[2:], href)}</li>")
    return "<ul>\n" + "\n".join(items) + "\n</ul>"


def _list(entries: list[list[_Part]]) -> str:
    """Return a list of entries that hold blocks."""
    if len(entries) == 1 and len(entries[0]) == 1 and entries[0][0][0]:
        return f"<ul>\n<li>{entries[0][0][1]}</li>\n</ul>"
    items = [
        "\n".join(f"<p>{part}</p>" if is_bare else part for is_bare, part in parts)
        for parts in entries
    ]
    return "<ul>\n<li>\n" + "\n</li>\n<li>\n".join(items) + "\n</li>\n</ul>"


def _block(text: str, href: Href) -> _Part:
    if text[:1] != "#":
        return True, _inline(text, href)
    heading = _is_heading(text)
    if heading is None:
        raise NotInSubset
    return False, _heading(heading[1], _inline(heading[2], href))


def _heading(level: str, content: str) -> str:
    return f"<h{len(level)}>{content}</h{len(level)}>"


def _inline(text: str, href: Href) -> str:
    """Return inline text of any kind."""
    if not _is_mixed(text):
        emphasis = _is_emphasis(text)
        if emphasis is None:
            raise NotInSubset
        return f"<em>{emphasis[1]}</em>"
    text = _strong.sub(r"<strong>\1</strong>", text)
    return _link.sub(lambda match: f'<a href="{href(match[2])}">{match[1]}</a>', text)
