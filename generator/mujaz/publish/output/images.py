"""Images of articles among the pages, each under a name that its own bytes give it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from mujaz.errors import MujazError
from mujaz.model import Image
from mujaz.publish.output.image_versions import image_names, image_versions
from mujaz.state.files import PARTIAL_PREFIX, PARTIAL_SUFFIX, is_plain_folder

_IMAGE_NAME = re.compile(r"([0-9a-f]{16})(-[1-9][0-9]*)?\.(?:jpg|png|gif|webp|avif)")

_MAX_WORKERS = 4
"""Pictures that are worked on at once: each may fill 100 MB of memory."""


def write_images(images: Iterable[Image], seeds: Path, pages: Path, folder: str) -> set[str]:
    """Make the images in a folder below `pages` be `images`, made of those below `seeds`.

    Return the paths below `pages` that changed. The same name means the same bytes, so that none is
    made twice, and that what is removed was ours. Raises `MujazError` if one cannot be made.
    """
    wanted = {image.name: image for image in images}
    names = {name for image in wanted.values() for name in image_names(image)}
    missing = [
        image
        for _, image in sorted(wanted.items())
        if not all((pages / folder / name).is_file() for name in image_names(image))
    ]
    if missing:
        (pages / folder).mkdir(parents=True, exist_ok=True)
    # Encoders leave other threads their turn, and each works in one.
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MAX_WORKERS)) as executor:
        written = executor.map(partial(_write, seeds=seeds, target=pages / folder), missing)
        changed = {f"{folder}/{name}" for some in written for name in some}
    if is_plain_folder(pages, folder):
        for path in (pages / folder).iterdir():
            if path.name not in names and _is_ours(path):
                path.unlink()
                changed.add(f"{folder}/{path.name}")
    return changed


def _write(image: Image, seeds: Path, target: Path) -> list[str]:
    """Write those files of an image that are missing; return their names."""
    partials: dict[str, Path] = {}
    try:
        made = image_versions((seeds / image.file).read_bytes(), image) if image.widths else None
        for name in image_names(image):
            if (target / name).is_file():
                continue
            partials[name] = target / f"{PARTIAL_PREFIX}{name}{PARTIAL_SUFFIX}"
            if made is None:
                shutil.copyfile(seeds / image.file, partials[name], follow_symlinks=False)
            else:
                partials[name].write_bytes(made[name])
            partials[name].replace(target / name)
    except Exception as error:  # of the system, or whatever Pillow raises
        for partial_file in partials.values():
            partial_file.unlink(missing_ok=True)
        reason = (getattr(error, "strerror", None) or "unreadable").lower()
        raise MujazError(f"{image.file}: cannot be copied ({reason}); build again") from None
    return list(partials)


def _is_ours(path: Path) -> bool:
    """Whether the file's bytes give it its name, or its name has a width, as those we made have."""
    name = _IMAGE_NAME.fullmatch(path.name)
    if not name or path.is_symlink() or not path.is_file():
        return False
    if name[2]:
        return True
    return hashlib.sha256(path.read_bytes()).hexdigest().startswith(name[1])
