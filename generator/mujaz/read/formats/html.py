"""Saved web pages: the article out of the menus, lists and advertisements around it."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.normalise import key
from mujaz.model import Document, Problem, Stated
from mujaz.read.decoding.decode import declared_charset, decode
from mujaz.read.images import named_images
from mujaz.read.markup import MarkupLine, lines, parse, text_of_fragment
from mujaz.read.metadata import article_body, stated_facts
from mujaz.read.raw import MOST_BYTES, Raw

MOST = MOST_BYTES
_MOST_TAGS = 12_000
"""More takes longer than a page is worth; front pages of large papers have 5,000."""
_MOST_ATTRIBUTES, _MOST_IN_A_TAG = 100_000, 2_000
"""Words in all tags and in one, values in quotation marks aside: libxml2's time grows with the
square of those in one."""
_MOST_TEXT = 700_000
"""Characters that a reader sees."""
_TAG = re.compile(rb"<[A-Za-z][^<>]*")
_EMBEDDED = re.compile(rb"data:[\w/+.-]*;base64,[\w+/=%]+")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_BETWEEN = bytes.maketrans(b"/=", b"  ")
_BEFORE, _AFTER = 4, 6
"""Lines before and after the headline among which its day may stand."""
_LONGEST_CREDIT = 80
"""Characters: a longer line below the headline begins the text."""
_LINK_WORDS = 4
"""Words from which a link's text is a headline rather than a menu's entry."""
_NO_HEADLINE = re.compile(r"\d:\d\d|\d[/-]\d+[/-]\d|^\W*[A-Za-z]")
_HEADINGS = ("h1", "h2", "h3")
_SITE_NAME = re.compile(r"\s+[|\-–—»:]+\s+|\s*[|»]\s*")


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article on the page `raw`. Raises `UndecodableError`."""
    data = _EMBEDDED.sub(b"", raw.data)  # pictures
    heavy = _too_heavy(data)
    root = None if heavy else parse(decode(data, raw.charset or declared_charset(data)))
    seen = list(lines(root)) if root is not None else []
    if heavy or sum(len(line.text) for line in seen) > _MOST_TEXT:
        reason = heavy or f"is a page of more than {_MOST_TEXT:,} characters"
        yield Problem(raw.name, reason, "save the article's text alone, as .txt")
        return
    stated = stated_facts(root) if root is not None else {}
    title = _headline(seen, stated)
    if not seen or title is None:
        yield Problem(raw.name, "is a page without a headline", "save the page of one article")
        return
    body = _body(root, seen, str(title.value))
    if not body:
        hint = "save the page of one article, after it has loaded, and no index of articles"
        yield Problem(raw.name, "is a page without an article's text", hint)
        return
    stated["title"] = title
    day = _day_beside(seen, str(title.value))
    if day and "date" not in stated:
        stated["date"] = day
    if raw.address and "address" not in stated:
        stated["address"] = Stated(raw.address, "archive")
    beside = _beside(seen, body, str(title.value))
    yield Document(
        raw.name,
        "\n".join(body),
        raw.section,
        stated=stated,
        has_headline=False,
        beside="\n".join(line.text for line in beside),
        linked=tuple(line.text for line in beside if _is_headline_link(line)),
        images=named_images(root, body, str(title.value)),
    )


def _too_heavy(data: bytes) -> str | None:
    """Return why a page would take too long to read, or None."""
    tags = data.count(b"<")
    if tags > _MOST_TAGS:
        return f"is a page of {tags:,} tags; {_MOST_TAGS:,} is the most"
    tags_only = (_QUOTED.sub(b" ", match[0]) for match in _TAG.finditer(data))
    sizes = [len(tag.translate(_BETWEEN).split()) for tag in tags_only]
    if sum(sizes) > _MOST_ATTRIBUTES or max(sizes, default=0) > _MOST_IN_A_TAG:
        return "is a page with more attributes in its tags than any real one"
    return None


def _headline(seen: Sequence[MarkupLine], stated: Mapping[str, Stated]) -> Stated | None:
    """Return the page's headline, in the spelling that readers see.

    Metadata says which heading it is, but loses quotation marks and adds the paper's name; a page
    without metadata has one main heading, or else its window's title.
    """
    headings = [
        line for line in seen if line.tag in _HEADINGS and not line.chrome and key(line.text)
    ]
    window = next((line.text for line in seen if line.tag == "title"), None)
    claims = [*([stated["title"]] if "title" in stated else [])]
    claims += [Stated(window, "title of the page")] if window else []
    for claim in claims:
        for heading in headings:
            if _begins_with(str(claim.value), heading.text):
                return Stated(heading.text, f"{claim.rule}, as its heading has it")
    main = [line for line in headings if line.tag == "h1"]
    if "title" not in stated and len(main) == 1:
        return Stated(main[0].text, "heading")
    site = key(str(stated["source"].value)) if "source" in stated else ""
    return next((Stated(_without(site, str(c.value)), c.rule) for c in claims), None)


def _letters(text: str) -> str:
    return key(text).replace(" ", "")


def _begins_with(claimed: str, heading: str) -> bool:
    """Whether `claimed` is `heading`, with the paper's name after it or not."""
    own = _letters(heading)
    return _letters(claimed) == own or any(
        _letters(claimed[: match.start()]) == own for match in _SITE_NAME.finditer(claimed)
    )


def _without(site: str, title: str) -> str:
    """Return `title` without the name of the site before or after it."""
    parts = list(_SITE_NAME.finditer(title))
    if site and parts and key(title[parts[-1].end() :]) == site:
        return title[: parts[-1].start()]
    if site and parts and key(title[: parts[0].start()]) == site:
        return title[parts[0].end() :]
    return title


def _body(root: Any, seen: Sequence[MarkupLine], title: str) -> list[str]:
    """Return the paragraphs of the article, without its headline and what stands above that."""
    from trafilatura import bare_extraction

    # It reports every page that it finds nothing on; we do that ourselves.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    found: Any = bare_extraction(
        deepcopy(root), include_comments=False, include_links=True, with_metadata=False
    )
    extracted = list(lines(found.body)) if found is not None and found.body is not None else []
    at = _place_of_headline(seen, title) or 0
    above = {_letters(title), *(_letters(line.text) for line in seen[:at])}
    while extracted and _letters(extracted[0].text) in above:
        del extracted[0]
    body = [line.text for line in extracted if not _is_other_article(line)]
    if not body:
        body = text_of_fragment(article_body(root) or "").split("\n")
    return [text for text in body if key(text)]


def _is_other_article(line: MarkupLine) -> bool:
    """Whether `line` only links elsewhere: extraction leaves lists of related articles in."""
    return line.linked > 0.8 and not line.text.endswith((".", "!", "؟", "»."))


def _day_beside(seen: Sequence[MarkupLine], title: str) -> Stated | None:
    """Return the day that stands by itself next to the headline, the nearest if there are several.

    Days elsewhere on a page are those of other articles, or of the visit.
    """
    at = _place_of_headline(seen, title)
    if at is None:
        return None
    below = at + 1
    while below < len(seen) and below - at <= _AFTER and len(seen[below].text) <= _LONGEST_CREDIT:
        below += 1
    found = [
        (abs(i - at), piece)
        for i in range(max(at - _BEFORE, 0), below)
        if not seen[i].chrome
        for piece in (*seen[i].pieces, seen[i].text)
    ]
    for _, piece in sorted(found, key=lambda each: each[0]):
        day = parse_date(piece)
        if day:
            return Stated(day, "beside the headline")
    return None


def _place_of_headline(seen: Sequence[MarkupLine], title: str) -> int | None:
    """Return the index of the heading that is the headline, or None if there is no such one."""
    own = _letters(title)
    places = (
        number
        for number, line in enumerate(seen)
        if line.tag in _HEADINGS and _letters(line.text) == own
    )
    return next(places, None)


def _beside(seen: Sequence[MarkupLine], body: Sequence[str], title: str) -> list[MarkupLine]:
    """Return the lines of the page that are no part of the article."""
    inside = Counter(map(_letters, body))
    inside[_letters(title)] = len(seen)
    left = []
    for line in seen:
        letters = _letters(line.text)
        if inside[letters] > 0:
            inside[letters] -= 1
        elif letters and line.tag != "title":
            left.append(line)
    return left


def _is_headline_link(line: MarkupLine) -> bool:
    """Whether `line` is a link that names another article, and no menu's entry or programme."""
    return (
        line.linked > 0.8
        and line.chrome not in ("nav", "footer")
        and len(line.text.split()) >= _LINK_WORDS
        and not _NO_HEADLINE.search(line.text)
    )
