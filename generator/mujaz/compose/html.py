"""HTML on one line, for what a list of Markdown cannot say: every renderer passes it through."""

from __future__ import annotations

import re

from mujaz.compose.markdown import escape, escape_address, relative
from mujaz.compose.permalinks import site_address

_is_plain = re.compile(r"[\w./?=+%#:, -]*").fullmatch
"""Whether no mark in an attribute can mean anything: addresses of ours, classes, counts."""
_WITHOUT_CONTENT = frozenset({"br", "img", "source", "wbr"})


def element(name: str, *children: str, **attributes: str | int | bool | None) -> str:
    """Return an element as HTML.

    `children` are HTML already: text among them comes from `text`. Attributes are escaped here; an
    underscore in a name is a hyphen, one at its end is none (`class_`, `aria_label`). True makes an
    attribute without a value; one that is None or False is left out.
    """
    start = name + "".join(map(_attribute, attributes, attributes.values()))
    return f"<{start}>" if name in _WITHOUT_CONTENT else f"<{start}>{''.join(children)}</{name}>"


def text(outside: str) -> str:
    """Return outside text as HTML that shows exactly that text."""
    return escape(outside)


def anchor(inner: str, target: str, page: str, **attributes: str | int | bool | None) -> str:
    """Return a link from `page` to `target`, both paths of pages, around HTML."""
    return element("a", inner, href=address(target, page), **attributes)


def address(target: str, page: str) -> str:
    """Return the relative address of the page `target` for links on `page`, both paths of pages.

    HTML is not rewritten by renderers as links of Markdown are, so it leads to where pages are
    published.
    """
    path, fragment_mark, fragment = target.partition("#")
    here, there = site_address(page), site_address(path)
    return (relative(there, here) or "./") + fragment_mark + fragment


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    shown = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {shown}"
    inner = str(value)
    return f' {shown}="{inner if _is_plain(inner) else escape_address(inner)}"'
