"""Pictures of an article: where its page shows them, and whether what is saved beside it is one."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from lxml import etree

from mujaz.arabic.normalise import key
from mujaz.model import Document, Image, Problem
from mujaz.read.markup import lines
from mujaz.read.raw import read_bytes

_MOST_NAMED = 30
"""Images of one page that are looked at."""
_MOST_BYTES = 2 * 1024 * 1024
_MOST_PIXELS, _LONGEST_SIDE = 25_000_000, 10_000
_LEAST_SIDE = 100
"""Pixels: what is smaller is an icon, a button or a counter."""
_LONGEST_TEXT = 500
"""Characters of a caption."""
_KINDS = (
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ".webp"),
)
"""How files of pictures begin. SVG is none of them: it can hold scripts."""
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\#]", re.IGNORECASE)
_INLINE = frozenset("a span picture p b strong i em center font".split())
_MARK = re.compile("\ue000(\\d+)\ue001")


def named_images(root: Any, body: Sequence[str], title: str) -> tuple[Image, ...]:
    """Return the images that the page `root` shows between its headline and its last paragraph.

    `body` are the article's paragraphs. The tree is changed: it is of no use afterwards.
    """
    elements = [each for each in root.iter("img") if (each.get("src") or "").strip()][:_MOST_NAMED]
    if not elements:
        return ()
    said = [_said(element) for element in elements]
    for number, element in enumerate(elements):
        _mark(element, f"\ue000{number}\ue001")
    inside = {_letters(text): text for text in body}
    return tuple(
        Image(
            source=str(elements[number].get("src")).strip(),
            alt=said[number][0],
            # What the paper has as a paragraph of the text stays there.
            caption="" if _letters(said[number][1]) in inside else said[number][1],
            after=after,
        )
        for number, after in _places(root, inside, _letters(title))
        if number < len(elements)
    )


def _letters(text: str) -> str:
    return key(text).replace(" ", "")


def _said(element: Any) -> tuple[str, str]:
    """Return what stands for an image where it cannot be seen, and its caption."""
    caption = element.xpath("string(ancestor::figure[1]//figcaption)")
    alt, caption = (" ".join(str(text).split()) for text in (element.get("alt") or "", caption))
    return alt[:_LONGEST_TEXT], caption[:_LONGEST_TEXT]


def _mark(element: Any, text: str) -> None:
    """Put `text` on a line of its own where the reader meets the image."""
    while element.getparent() is not None and element.getparent().tag in _INLINE:
        element = element.getparent()
    mark = etree.Element("p")
    mark.text = text
    element.addprevious(mark)


def _places(root: Any, inside: dict[str, str], title: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each image of the article, and the paragraph that it follows."""
    waiting: list[tuple[int, str]] = []
    above: str | None = None
    for line in lines(root):
        own = _letters(line.text)
        mark = _MARK.fullmatch(line.text)
        if mark and above is not None and not line.chrome:
            waiting.append((int(mark[1]), above))
        elif own == title and above is None and line.tag != "title":
            above = ""
        elif own in inside:
            above = inside[own]
            yield from waiting
            waiting = []


def with_images(document: Document, seeds: Path) -> Document:
    """Return the document with those of its images that may be published, and why others may not.

    An image is published only if it is saved beside its page, below the folder `seeds`: nothing is
    ever fetched.
    """
    kept: list[Image] = []
    faults: list[str] = []
    for image in document.images:
        found = _found(image, document.file.split("#")[0], seeds.resolve())
        if isinstance(found, Image):
            kept.append(found)
        else:
            faults.append(f"shows the image `{image.source[:80]}`, which {found}")
    return replace(document, images=tuple(kept), faults=tuple(faults))


def _found(image: Image, page: str, root: Path) -> Image | str:
    """Return the image with all that is known of its file, or why it cannot be published."""
    if _ELSEWHERE.match(image.source):
        return "is not saved beside the page"
    wanted = PurePosixPath(unquote(re.split("[?#]", image.source)[0]))
    if (
        wanted.is_absolute()
        or not wanted.parts
        or {"..", "\0", "\\"} & {*wanted.parts, *str(wanted)}
    ):
        return "lies outside the page's folder"
    name = (PurePosixPath(page).parent / wanted).as_posix()
    try:
        if _has_link(root, name):
            return "is a link"
        data = read_bytes(root / name, name, root, _MOST_BYTES)
    except (OSError, ValueError):
        return "has a name that no file can have"
    if isinstance(data, Problem):
        return data.reason
    size = _measured(data)
    if isinstance(size, str):
        return size
    width, height, suffix = size
    published = hashlib.sha256(data).hexdigest()[:16] + suffix
    return replace(image, file=name, name=published, width=width, height=height)


def _has_link(root: Path, name: str) -> bool:
    path = root / name
    return any(each.is_symlink() for each in (path, *path.parents) if each.is_relative_to(root))


def _measured(data: bytes) -> tuple[int, int, str] | str:
    """Return width and height in pixels and the kind of a picture, or what is wrong with it."""
    import imagesize

    suffix = next((suffix for begins, suffix in _KINDS if begins.match(data)), None)
    if suffix is None:
        return "is no JPEG, PNG, GIF or WebP"
    try:
        width, height = imagesize.get(io.BytesIO(data))
    except Exception:  # whatever a broken file makes of the library
        width, height = -1, -1
    if width <= 0 or height <= 0:
        return "is broken: it does not say how large it is"
    if min(width, height) < _LEAST_SIDE:
        return f"is only {width} by {height} pixels"
    if max(width, height) > _LONGEST_SIDE or width * height > _MOST_PIXELS:
        return f"is {width:,} by {height:,} pixels, which is too much for readers"
    return width, height, suffix
