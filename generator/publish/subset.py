r"""Converts the Markdown that Mujaz composes to HTML, or declines what it does not surely know.

Correct because it accepts a part of Markdown in which nothing depends on anything far away:

- blocks parted by one empty line, each a paragraph, a heading, an entry of a list, or, set in by
  four spaces, a further block of the entry before it; or a list of one-line entries;
- each block one line of inline text: characters that mean nothing to Markdown, numeric entities of
  ASCII marks, links to pages, `<ins>`, `<del>` and `**`; or all of it emphasised with `*`;
- a pull quote, which is HTML of one line.

In that part Python-Markdown leaves text and entities as they are, and the layout of its output is
known: entries hold their text bare only in a list of one-line entries, or in a list of one such
entry. Ids are made by the same function of pymdownx that MkDocs is configured with. Everything else
is declined, and goes through MkDocs. Properties hold the two equal, and each kind of page is
compared with MkDocs' own before it is trusted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache

from pymdownx.slugs import slugify

from generator.publish.page import Declined

Href = Callable[[str], str]
"""Gives the address for a link's target, both relative to the page; may raise `Declined`."""

# Text without controls, and without ASCII punctuation but comma, full stop, colon and entities.
_PLAIN = r"[ ,.:0-9A-Za-z\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]++"
_ENTITY = "&#(?:3[3-9]|[4-9][0-9]|1[01][0-9]|12[0-6]);"
_TEXT = f"(?:{_PLAIN}|{_ENTITY})++"
_LINK = rf"\[({_TEXT})\]\(([-./0-9A-Za-z\u0600-\u06ff]++)\)"
_STRONG = rf"\*\*(?!\s)({_TEXT})(?<!\s)\*\*(?![^ ])"
_CHANGE = rf"<(?:ins>{_TEXT}</ins|del>{_TEXT}</del)>"
# White space at an end would be cut; a number and a full stop would begin a list.
_BEGIN, _END = r"(?!\s|\d+\.)", r"(?<!\s)"
# The number of the last group says which of them a block is: text, emphasis or a link.
_shape = re.compile(
    rf"{_BEGIN}(?:({_TEXT})|(\*\*?+)(?!\s)({_TEXT})(?<!\s)\2|{_LINK}){_END}"
).fullmatch
_TEXT_GROUP, _EMPHASIS_GROUP = 1, 3
_is_mixed = re.compile(rf"{_BEGIN}(?:{_TEXT}|{_LINK}|{_CHANGE}|{_STRONG})++{_END}").fullmatch
_is_heading = re.compile(r"(#{1,6}+) (.+)").fullmatch
_is_quote = re.compile(
    rf'<blockquote class="pull" aria-hidden="true">{_TEXT}</blockquote>'
).fullmatch
_link = re.compile(_LINK)
_strong = re.compile(_STRONG)
_tag = re.compile("<[^>]*>")
_counted = re.compile("(.*)_([0-9]+)").fullmatch
_Part = tuple[bool, str]
"""Whether a block is bare text, and its HTML."""


def convert(body: str, href: Href) -> str:
    """Return the HTML that MkDocs makes of `body`; raises `Declined` if that is not known."""
    if not body.endswith("\n") or body.endswith("\n\n"):
        raise Declined
    out: list[str] = []
    entries: list[list[_Part]] = []
    closed = False  # whether the last block is a list that no entry can join
    ids: set[str] = set()
    for block in body[:-1].split("\n\n"):
        if block.startswith("    "):
            if not entries:
                raise Declined
            entries[-1].append(_block(block[4:], href, ids))
        elif block.startswith("- "):
            if closed or (entries and "\n" in block):
                raise Declined
            if "\n" in block:
                out.append(_lines(block, href))
                closed = True
            else:
                entries.append([_block(block[2:], href, ids)])
        else:
            if entries:
                out.append(_list(entries))
                entries = []
            closed = False
            if _is_quote(block):
                out.append(block + "\n")  # Python-Markdown parts HTML from what follows it
                continue
            is_bare, part = _block(block, href, ids)
            out.append(f"<p>{part}</p>" if is_bare else part)
    if entries:
        out.append(_list(entries))
    return "\n".join(out).rstrip("\n")


def _lines(block: str, href: Href) -> str:
    """Return a list of one-line entries."""
    told = []
    for line in block.split("\n"):
        if not line.startswith("- ") or line.startswith("- #"):
            raise Declined
        told.append(f"<li>{_inline(line[2:], href)}</li>")
    return "<ul>\n" + "\n".join(told) + "\n</ul>"


def _list(entries: list[list[_Part]]) -> str:
    """Return a list of entries that hold blocks."""
    if len(entries) == 1 and len(entries[0]) == 1 and entries[0][0][0]:
        return f"<ul>\n<li>{entries[0][0][1]}</li>\n</ul>"
    told = [
        "\n".join(f"<p>{part}</p>" if is_bare else part for is_bare, part in parts)
        for parts in entries
    ]
    return "<ul>\n<li>\n" + "\n</li>\n<li>\n".join(told) + "\n</li>\n</ul>"


def _block(text: str, href: Href, ids: set[str]) -> _Part:
    """Return a block; `ids` are those given on the page so far."""
    if text[:1] != "#":
        return True, _inline(text, href)
    heading = _is_heading(text)
    if heading is None:
        raise Declined
    content = _inline(heading[2], href)
    tag = f"h{len(heading[1])}"
    return False, f'<{tag} id="{_unique(_name(content), ids)}">{content}</{tag}>'


@lru_cache(20_000)
def _name(content: str) -> str:
    """Return what a heading is called, if that is not taken: many pages have the same ones."""
    text = " ".join(_tag.sub("", content).split())
    return str(_slug(html.unescape(text), "-"))


_slug = slugify(case="lower")


def _inline(text: str, href: Href) -> str:
    shape = _shape(text)
    if shape is None:
        if not _is_mixed(text):
            raise Declined
        text = _strong.sub(r"<strong>\1</strong>", text)
        return _link.sub(lambda match: f'<a href="{href(match[2])}">{match[1]}</a>', text)
    if shape.lastindex == _TEXT_GROUP:
        return text
    if shape.lastindex == _EMPHASIS_GROUP:
        tag = "em" if len(shape[2]) == 1 else "strong"
        return f"<{tag}>{shape[3]}</{tag}>"
    return f'<a href="{href(shape[5])}">{shape[4]}</a>'


def _unique(name: str, ids: set[str]) -> str:
    """Return `name`, or with a number what no other heading is called, as Python-Markdown does."""
    if name in ids or not name:
        counted = _counted(name)
        base, count = (counted[1], int(counted[2])) if counted else (name, 0)
        count += 1
        while f"{base}_{count}" in ids:
            count += 1
        name = f"{base}_{count}"
    ids.add(name)
    return name
