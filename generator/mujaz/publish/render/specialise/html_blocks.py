"""Says which HTML Python-Markdown passes through as it stands: blocks of one line, tags in a line.

A block is one element, and nothing on its line is outside of it. That element is of those which
Python-Markdown takes for blocks; all elements in it are of those whose text may hold tags, and each
is closed where it was opened. Then its parser begins to store with the first tag, is in none of its
states for scripts, comments or broken tags, and ends with the last tag. Tags in a line of text are
those that it leaves alone there, without any mark that something else in Markdown would read first.
"""

from __future__ import annotations

import re

ENTITY = "&#(?:3[3-9]|[4-9][0-9]|1[01][0-9]|12[0-6]);"
"""Pattern of an ASCII mark as an entity."""
_NAME = "[a-z][a-z0-9]*+"
_VALUE = rf"(?:[^\x00-\x1f\"&<>\x7f-\x9f]++|{ENTITY})*"
_ATTRIBUTES = rf'(?: [A-Za-z][A-Za-z-]*+(?:="{_VALUE}")?)*'
_PLAIN_VALUE = rf"(?:[ #%+,\-./0-9:=?A-Z_a-z\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd]++|{ENTITY})*"
_INLINE = "a|abbr|b|bdi|bdo|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u"
INLINE_TAG = rf'<(?:/(?:{_INLINE})|(?:{_INLINE})(?: [a-z]++(?:-[a-z]++)*="{_PLAIN_VALUE}")*)>'
"""Pattern of a tag in a line of Markdown text."""
_is_html = re.compile(
    rf"(?:</{_NAME}>|<{_NAME}{_ATTRIBUTES}/?+>|[^\x00-\x1f&<>\x7f-\x9f]++|{ENTITY})+"
).fullmatch
_tags = re.compile(r"<(/?)([a-z0-9]+)[^>]*?(/?)>").findall
_BLOCKS = frozenset(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hgroup main menu nav ol p section table ul".split()
)
_VOID = frozenset("br col hr img input source wbr".split())
_OTHERS = frozenset(
    "button caption circle colgroup data datalist dd dfn dt ellipse fieldset figcaption g label "
    "legend li line meter optgroup option output path picture polygon polyline pre progress rect "
    "search select summary svg tbody td text tfoot th thead tr tspan use var".split()
)
_ELEMENTS = _BLOCKS | _VOID | _OTHERS | {*_INLINE.split("|")}


def is_block(line: str) -> bool:
    """Return whether Python-Markdown passes `line` through where it stands between blank lines."""
    if not _is_html(line):
        return False
    tags = _tags(line)
    name = tags[0][1]
    if name not in _BLOCKS or not line.endswith(f"</{name}>") or tags[0] != ("", name, ""):
        return False
    opened = [name]
    for closing, name, is_closed in tags[1:-1]:
        if closing:
            if opened.pop() != name or not opened:
                return False
        elif name not in _ELEMENTS:
            return False
        elif name not in _VOID and not is_closed:
            opened.append(name)
    return len(opened) == 1
