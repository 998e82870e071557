"""Images of an article: where its page shows them, and whether what is saved with it is one."""

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

from mujaz.model import Document, Image, Problem
from mujaz.read.image_decoding import MAX_PIXELS, MAX_SIDE_PIXELS, decoded
from mujaz.read.markup import letters, visible_lines
from mujaz.read.raw import read_bytes

_MAX_IMAGES = 30
"""Of one page: more are not looked at."""
_MAX_BYTES = 2 * 1024 * 1024
_MIN_SIDE_PIXELS = 100
"""What is smaller is an icon, a button or a counter."""
_MAX_CAPTION_CHARACTERS = 500
_FILE_TYPES = (
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ".webp"),
)
"""How image files begin, and their suffix. SVG is none of them: it can hold scripts."""
_MOVING = ".gif"
"""Of what mostly moves, and holds no notes."""
_NOT_RELATIVE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\#]", re.IGNORECASE)
_INLINE = frozenset("a span picture p b strong i em center font".split())
_MARK = re.compile("\ue000(\\d+)\ue001")


def named_images(root: Any, body: Sequence[str], title: str) -> tuple[Image, ...]:
    """Return the images that the page `root` shows between its headline and its last paragraph.

    `body` are the article's paragraphs. The tree is changed: it is of no use afterwards.
    """
    elements = [each for each in root.iter("img") if (each.get("src") or "").strip()][:_MAX_IMAGES]
    if not elements:
        return ()
    texts = [_texts_of(element) for element in elements]
    for number, element in enumerate(elements):
        _mark(element, f"\ue000{number}\ue001")
    paragraphs = {letters(text): text for text in body}
    return tuple(
        Image(
            source=str(elements[number].get("src")).strip(),
            alt=texts[number][0],
            # What the page has as a paragraph of the text stays there.
            caption="" if letters(texts[number][1]) in paragraphs else texts[number][1],
            after=after,
        )
        for number, after in _positions(root, paragraphs, letters(title))
        if number < len(elements)
    )


def _texts_of(element: Any) -> tuple[str, str]:
    """Return the alternative text of an image, and its caption."""
    caption = element.xpath("string(ancestor::figure[1]//figcaption)")
    alt, caption = (" ".join(str(text).split()) for text in (element.get("alt") or "", caption))
    return alt[:_MAX_CAPTION_CHARACTERS], caption[:_MAX_CAPTION_CHARACTERS]


def _mark(element: Any, text: str) -> None:
    """Put `text` on a line of its own where the reader meets the image."""
    while element.getparent() is not None and element.getparent().tag in _INLINE:
        element = element.getparent()
    mark = etree.Element("p")
    mark.text = text
    element.addprevious(mark)


def _positions(root: Any, paragraphs: dict[str, str], title: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each image of the article, and the paragraph that it follows."""
    waiting: list[tuple[int, str]] = []
    above: str | None = None
    for line in visible_lines(root):
        text = letters(line.text)
        mark = _MARK.fullmatch(line.text)
        if mark and above is not None and not line.chrome:
            waiting.append((int(mark[1]), above))
        elif text == title and above is None and line.tag != "title":
            above = ""
        elif text in paragraphs:
            above = paragraphs[text]
            yield from waiting
            waiting = []


def with_images(document: Document, seeds: Path) -> Document:
    """Return the document with those of its images that may be published, and why others may not.

    An image is published only if it is saved beside its page, below the folder `seeds`: nothing is
    ever fetched.
    """
    images: list[Image] = []
    faults: list[str] = []
    for image in document.images:
        result = _measured_image(image, document.file.split("#")[0], seeds.resolve())
        if isinstance(result, Image):
            images.append(result)
        else:
            faults.append(f"shows the image `{image.source[:80]}`, which {result}")
    return replace(document, images=tuple(images), faults=(*document.faults, *faults))


def _measured_image(image: Image, page: str, root: Path) -> Image | str:
    """Return the image with name and size of its file, or why it cannot be published."""
    if _NOT_RELATIVE.match(image.source):
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
        data = read_bytes(root / name, name, root, _MAX_BYTES)
    except (OSError, ValueError):
        return "has a name that no file can have"
    if isinstance(data, Problem):
        return data.reason
    measured = _measured(data)
    if isinstance(measured, str):
        return measured
    width, height, suffix = measured
    versions = decoded(data) if suffix != _MOVING else None
    if isinstance(versions, str):
        return versions
    if versions:
        return replace(image, file=name, **versions._asdict())
    published = hashlib.sha256(data).hexdigest()[:16] + suffix
    return replace(image, file=name, name=published, width=width, height=height)


def _has_link(root: Path, name: str) -> bool:
    path = root / name
    return any(each.is_symlink() for each in (path, *path.parents) if each.is_relative_to(root))


def _measured(data: bytes) -> tuple[int, int, str] | str:
    """Return width and height in pixels and the suffix of an image, or what is wrong with it."""
    import imagesize

    suffix = next((suffix for begins, suffix in _FILE_TYPES if begins.match(data)), None)
    if suffix is None:
        return "is no JPEG, PNG, GIF or WebP"
    try:
        width, height = imagesize.get(io.BytesIO(data))
    except Exception:  # whatever a broken file makes of the library
        width, height = -1, -1
    if width <= 0 or height <= 0:
        return "is broken: it does not say how large it is"
    if min(width, height) < _MIN_SIDE_PIXELS:
        return f"is only {width} by {height} pixels"
    if max(width, height) > MAX_SIDE_PIXELS or width * height > MAX_PIXELS:
        return f"is {width:,} by {height:,} pixels, which is too much for readers"
    return width, height, suffix
