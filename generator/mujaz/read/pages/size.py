"""What of a page's bytes is markup, and whether it is more than any real page has."""

from __future__ import annotations

import re

from mujaz.read.markup import count_attributes

MAX_MARKUP_BYTES = 2 * 1024 * 1024
"""Of a page without scripts, styles, comments and the pictures embedded in it."""
_MAX_TAGS = 6_000
"""More takes longer than a page is worth; front pages of large papers have 5,000."""
_MAX_ATTRIBUTES, _MAX_ATTRIBUTES_IN_A_TAG = 50_000, 1_000
"""Of a page: libxml2's time grows with the square of those in one tag."""
_EMBEDDED = re.compile(rb"data:[\w/+.-]*;base64,[\w+/=%]+")
_NO_MARKUP = re.compile(rb"<!--|<(script|style|svg)(?=[\s>/])([^>]{0,2000})>", re.IGNORECASE)
_ENDS = {
    name: re.compile(rb"</" + name + rb"\s*>", re.IGNORECASE)
    for name in (b"script", b"style", b"svg")
}
_COMMENT_END = re.compile(rb"--!?>")
_NOT_IN_DRAWING = re.compile(rb"<(?:p|div|h\d|article|section|table|ul|svg)[\s>]", re.IGNORECASE)


def split_markup(data: bytes) -> tuple[bytes, bytes]:
    """Return the markup of a page, and the scripts in it that hold JSON.

    Everything else that no reader sees is left out: other scripts, styles, drawings, comments,
    embedded pictures. Of what never ends only the beginning goes, so that no text is lost.
    """
    data = _EMBEDDED.sub(b"", data)
    markup: list[bytes] = []
    scripts: list[bytes] = []
    endless: set[bytes] = set()
    position = 0
    while match := _NO_MARKUP.search(data, position):
        name = (match[1] or b"").lower()
        markup.append(data[position : match.start()])
        position = match.end()
        end = None if name in endless else _end(data, name, match)
        if end is None:
            endless.add(name)
            continue
        position = max(end, match.end())
        if name == b"script" and b"json" in match[2].lower():
            scripts.append(data[match.start() : position])
    markup.append(data[position:])
    return b"".join(markup), b"".join(scripts)


def _end(data: bytes, name: bytes, match: re.Match[bytes]) -> int | None:
    """Return where what begins at `match` ends, or None if it does not."""
    # A comment may end within its own mark: `<!-->`.
    start = match.end() if name else match.start() + 2
    end = (_ENDS[name] if name else _COMMENT_END).search(data, start)
    if end is None or (name == b"svg" and _NOT_IN_DRAWING.search(data, start, end.start())):
        return None
    return end.end()


def too_heavy(markup: bytes) -> str | None:
    """Return why a page would take too long to read, or None."""
    if len(markup) > MAX_MARKUP_BYTES:
        return f"is a page of {len(markup):,} bytes; {MAX_MARKUP_BYTES:,} is the most"
    tags = markup.count(b"<")
    if tags > _MAX_TAGS:
        return f"is a page of {tags:,} tags; {_MAX_TAGS:,} is the most"
    attributes, in_a_tag = count_attributes(markup)
    if attributes > _MAX_ATTRIBUTES or in_a_tag > _MAX_ATTRIBUTES_IN_A_TAG:
        return "is a page with more attributes in its tags than any real one"
    return None
