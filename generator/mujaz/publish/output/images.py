"""Images of articles among the pages, each under a name that its own bytes give it."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from mujaz.errors import MujazError
from mujaz.model import Image
from mujaz.state.files import PARTIAL_PREFIX, PARTIAL_SUFFIX, is_plain_folder

_IMAGE_NAME = re.compile(r"([0-9a-f]{16})\.(?:jpg|png|gif|webp)")


def write_images(images: Iterable[Image], seeds: Path, pages: Path, folder: str) -> set[str]:
    """Make the images in a folder below `pages` be `images`, copied from below `seeds`.

    Return the paths below `pages` that changed. The same name means the same bytes, so that none is
    copied twice, and that what is removed was ours. Raises `MujazError` if one cannot be copied.
    """
    wanted = {image.name: image.file for image in images}
    changed = set[str]()
    for name, file in sorted(wanted.items()):
        target = pages / folder / name
        if target.is_file():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{PARTIAL_PREFIX}{name}{PARTIAL_SUFFIX}")
        try:
            shutil.copyfile(seeds / file, partial, follow_symlinks=False)
            partial.replace(target)
            changed.add(f"{folder}/{name}")
        except OSError as error:
            partial.unlink(missing_ok=True)
            reason = (error.strerror or "unreadable").lower()
            raise MujazError(f"{file}: cannot be copied ({reason}); build again") from None
    if is_plain_folder(pages, folder):
        for path in (pages / folder).iterdir():
            if path.name not in wanted and _is_ours(path):
                path.unlink()
                changed.add(f"{folder}/{path.name}")
    return changed


def _is_ours(path: Path) -> bool:
    """Whether the file's bytes give it its name."""
    name = _IMAGE_NAME.fullmatch(path.name)
    if not name or path.is_symlink() or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest().startswith(name[1])
