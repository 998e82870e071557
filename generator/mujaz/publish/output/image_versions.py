"""Makes the versions of a picture that readers get, by Pillow: upright, and without any notes.

The same bytes come of the same picture: quality and effort are fixed, and each encoder works in one
thread.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from mujaz.model import Image
from mujaz.site_model import version_name

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

_ENCODERS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    ".avif": ("AVIF", {"quality": 55, "speed": 6, "max_threads": 1, "autotiling": False}),
    ".webp": ("WEBP", {"quality": 74, "method": 4}),
    ".jpg": ("JPEG", {"quality": 82, "progressive": True, "optimize": True}),
    ".png": ("PNG", {"compress_level": 9}),
}
"""By suffix, the format and how it is written."""
_VERSION_SUFFIXES = (".avif", ".webp")
_MAX_PROFILE_BYTES = 4096
"""Of a colour profile: a longer one weighs more than it is worth."""
_DEEP_MODES = frozenset({"I", "I;16", "I;16B", "I;16L", "F"})
"""Grey in more than 256 steps, which Pillow cuts off instead of scaling."""


def image_names(image: Image) -> list[str]:
    """Return the names of the files that are published of an image."""
    versions = (
        version_name(image.name, width, suffix)
        for width in image.widths
        for suffix in _VERSION_SUFFIXES
    )
    return list(dict.fromkeys((image.name, *versions)))


def image_versions(data: bytes, image: Image) -> dict[str, bytes]:
    """Return the contents of all files that are published of an image, by name.

    `data` is its file, which was decoded before: whatever fails now raises what Pillow raises.
    """
    import PIL.Image
    from PIL import ImageOps

    with PIL.Image.open(io.BytesIO(data)) as opened:
        profile = opened.info.get("icc_profile") if opened.mode in ("RGB", "RGBA") else None
        if opened.mode == "P" or len(profile or b"") > _MAX_PROFILE_BYTES:
            profile = None
        pixels = _plain_mode(ImageOps.exif_transpose(opened))
    sizes = {version: int(version[17:].partition(".")[0]) for version in image_names(image)}
    scaled = {width: _scaled(pixels, width, image) for width in sorted({*sizes.values()})}
    return {
        version: _encoded(scaled[width], PurePosixPath(version).suffix, profile)
        for version, width in sizes.items()
    }


def _plain_mode(pixels: Pixels) -> Pixels:
    """Return pixels as red, green and blue, with transparency if there is any."""
    if pixels.mode in _DEEP_MODES:
        pixels = pixels.convert("F").point(lambda value: value / 256).convert("L")
    return pixels.convert("RGBA" if pixels.has_transparency_data else "RGB")


def _scaled(pixels: Pixels, width: int, image: Image) -> Pixels:
    import PIL.Image

    if width == pixels.width:
        return pixels
    height = max(round(image.height * width / image.width), 1)
    return pixels.resize((width, height), PIL.Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encoded(pixels: Pixels, suffix: str, profile: bytes | None) -> bytes:
    """Return pixels as a file's content, with a colour profile and nothing else."""
    format_name, options = _ENCODERS[suffix]
    pixels = pixels.convert("RGB") if suffix == ".jpg" else pixels.copy()
    pixels.info = {}  # comments and the like would be written again
    out = io.BytesIO()
    pixels.save(out, format_name, **options, **({"icc_profile": profile} if profile else {}))
    return out.getvalue()
