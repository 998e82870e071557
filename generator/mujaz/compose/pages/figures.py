"""An article's pictures, as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.arabic.normalise import key
from mujaz.compose.markdown import escape
from mujaz.compose.permalinks import IMAGES, site_address
from mujaz.model import Image


def figure(image: Image, page: str) -> str:
    """Return an image with its caption, on one line: Markdown itself cannot give its size.

    Its size keeps its place free while it is fetched, which is only when readers come near.
    """
    up = "../" * site_address(page).count("/")
    shown = (
        f'<img src="{up}{IMAGES}/{image.name}" alt="{escape(image.alt)}" '
        f'width="{image.width}" height="{image.height}" loading="lazy" decoding="async">'
    )
    caption = f"<figcaption>{escape(image.caption)}</figcaption>" if image.caption else ""
    return f"<figure>{shown}{caption}</figure>"


def place(image: Image, paragraphs: Sequence[str]) -> int | None:
    """Return the number of the paragraph that `image` follows; None if it stands above them all."""
    above = key(image.after)
    own = (i for i, text in enumerate(paragraphs) if above and above.endswith(key(text) or " "))
    return next(own, None)
