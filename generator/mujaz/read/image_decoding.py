"""Whether a picture can be decoded, and its size upright: by Pillow, where that is installed.

Cameras note in a file how it was held, and where. With Pillow, what readers get is turned upright,
no larger than screens are, without such notes, and has smaller versions. Without, it is published
as it is.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from importlib.util import find_spec
from typing import NamedTuple

MAX_PIXELS, MAX_SIDE_PIXELS = 25_000_000, 10_000
"""Of a picture: more is too much for readers, and for us."""
VERSION_WIDTHS = (320, 640)
"""Pixels across of the smaller versions."""
_MAX_WIDTH = 1280
"""Pixels across of the version that is shown where no smaller one will do."""
_FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_ORIENTATION, _ON_ITS_SIDE = 0x0112, frozenset({5, 6, 7, 8})
"""The note on how the camera was held, and its values for pictures that lie on their side."""
_REVISION = "1"
"""Of how versions are made: another one gives them other names, as another Pillow does."""
BROKEN = "is broken: it cannot be decoded"


class DecodedImage(NamedTuple):
    """What is published of a picture that could be decoded."""

    name: str
    """See `Image.name`."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    widths: tuple[int, ...]
    """See `Image.widths`."""


def can_decode() -> bool:
    """Return whether Pillow is installed."""
    return find_spec("PIL") is not None


def decoded(data: bytes) -> DecodedImage | str | None:
    """Return what is published of a picture, or in a clause why nothing is.

    None if it is published as it is: pictures that move are, and all of them without Pillow.
    """
    if not can_decode():
        return None
    import PIL
    from PIL import Image

    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=[*_FORMATS]) as image,
        ):
            if max(image.size) > MAX_SIDE_PIXELS or image.width * image.height > MAX_PIXELS:
                return BROKEN  # its head says another size elsewhere
            if getattr(image, "is_animated", False):
                return None
            image.load()
            is_on_its_side = image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
            width, height = image.size[::-1] if is_on_its_side else image.size
            suffix = _FORMATS[str(image.format)]
    except Exception:  # whatever a broken file makes of the library
        return BROKEN
    shown = min(width, _MAX_WIDTH)
    widths = tuple(each for each in VERSION_WIDTHS if each < width)
    if width <= VERSION_WIDTHS[-1]:
        widths += (width,)
    made_by = f"{PIL.__version__} {_REVISION}".encode()
    name = f"{hashlib.sha256(data + made_by).hexdigest()[:16]}-{shown}{suffix}"
    return DecodedImage(name, shown, max(round(height * shown / width), 1), widths)
