"""Pictures as HTML: the smallest version that fills its place, fetched when readers are near.

Its size keeps its place free while it is fetched, so that nothing on the page moves.
"""

from __future__ import annotations

from collections.abc import Iterable

from mujaz.compose import html
from mujaz.compose.permalinks import IMAGES, site_address
from mujaz.model import Image
from mujaz.site_model import Card, CardImage, version_name

_FORMATS = ("avif", "webp")
"""Of smaller versions, the best first: browsers take the first that they know."""
_LEAD_SIZES, _CARD_SIZES = "(min-width: 64rem) 38rem, 100vw", "(min-width: 44rem) 13rem, 8rem"
_TEXT_SIZES = "(min-width: 36rem) 33rem, 100vw"
"""How wide images are shown on cards and in texts, for browsers to choose a version."""


def story_image(cards: Iterable[Card], page: str, *, is_lead: bool = False) -> str:
    """Return the image of the first of some cards that has one, for `page`, or "" if none has.

    Headlines say what is in the news, so that to screen readers it is decoration. A lead's is in
    sight at once, and fetched before all others.
    """
    image = next((card.image for card in cards if card.image), None)
    if image is None:
        return ""
    sizes = _LEAD_SIZES if is_lead else _CARD_SIZES
    shown = responsive_image(image, page, sizes=sizes, alt="", is_in_sight=is_lead)
    return html.element("div", shown, class_="picture")


def figure(image: Image, page: str, *, is_in_sight: bool = False) -> str:
    """Return an image of an article with its caption, for the article's `page`.

    `is_in_sight` says whether readers see it without scrolling.
    """
    shown = responsive_image(image, page, sizes=_TEXT_SIZES, alt=image.alt, is_in_sight=is_in_sight)
    caption = html.element("figcaption", html.text(image.caption)) if image.caption else ""
    return html.element("figure", shown, caption)


def responsive_image(
    image: Image | CardImage, page: str, *, sizes: str, alt: str, is_in_sight: bool = False
) -> str:
    """Return an image for `page` in all its versions; `sizes` says how wide it is shown."""
    folder = "../" * site_address(page).count("/") + IMAGES
    shown = html.element(
        "img",
        src=f"{folder}/{image.name}",
        alt=alt,
        width=image.width,
        height=image.height,
        loading=None if is_in_sight else "lazy",
        decoding="async",
        fetchpriority="high" if is_in_sight else None,
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
