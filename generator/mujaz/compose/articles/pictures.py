"""Pictures as HTML: the smallest version that fills its place, fetched when readers are near.

Its size keeps its place free while it is fetched, so that nothing on the page moves.
"""

from __future__ import annotations

from mujaz.compose import html
from mujaz.compose.permalinks import IMAGES, site_address
from mujaz.model import Image, version_name
from mujaz.site_model import Card, CardImage

_FORMATS = ("avif", "webp")
"""Of smaller versions, the best first: browsers take the first that they know."""
_CARD_SIZES = "(min-width: 44rem) 20rem, 100vw"
_TEXT_SIZES = "(min-width: 44rem) 42rem, 100vw"
"""How wide pictures are shown on cards and in texts, for browsers to choose a version."""


def card_image(card: Card, page: str) -> str:
    """Return the picture of a card for `page`, or "" if it has none.

    Headlines say what is in the news, so that to screen readers it is decoration: its link would
    say the same twice.
    """
    return responsive_image(card.image, page, sizes=_CARD_SIZES, alt="") if card.image else ""


def figure(image: Image, page: str) -> str:
    """Return a picture of an article with its caption, for the article's `page`."""
    shown = responsive_image(image, page, sizes=_TEXT_SIZES, alt=image.alt)
    caption = html.element("figcaption", html.text(image.caption)) if image.caption else ""
    return html.element("figure", shown, caption)


def responsive_image(image: Image | CardImage, page: str, *, sizes: str, alt: str) -> str:
    """Return an image for `page` in all its versions; `sizes` says how wide it is shown."""
    folder = "../" * site_address(page).count("/") + IMAGES
    shown = html.element(
        "img",
        src=f"{folder}/{image.name}",
        alt=alt,
        width=image.width,
        height=image.height,
        loading="lazy",
        decoding="async",
    )
    if not image.widths:
        return shown
    sources = (
        html.element(
            "source",
            type=f"image/{kind}",
            srcset=", ".join(
                f"{folder}/{version_name(image.name, width, f'.{kind}')} {width}w"
                for width in image.widths
            ),
            sizes=sizes,
        )
        for kind in _FORMATS
    )
    return html.element("picture", *sources, shown)
