"""Remembers the last run, so that one with nothing to do costs a look at the folders, and no more.

Nothing is written before what it speaks of: a run that is killed leaves the record of the run
before, which no longer fits, and the next one does the work.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import mujaz
from mujaz.config import Config
from mujaz.model import Problem, Report
from mujaz.state.snapshot import Glance, glance, unpacked

_INDEX = "search/index"
"""The folder of the search index, below that of pages."""
_LAST, _RENDERED = "last", "rendered"
"""Names of the records of the last run and of the last site."""


@dataclass(frozen=True, slots=True)
class Last:
    """What the last run left."""

    circumstances: str
    """A digest of all but the articles that decided what it wrote."""
    token: str
    """What the store was told as well: see `is_of`."""
    report: dict[str, Any]
    seeds: Glance
    pages: Glance


class Circumstances(NamedTuple):
    """Digests of all but the articles."""

    understanding: str
    """Of what decides how they are understood."""
    pages: str
    """Of what decides what pages say, that included."""


class Look(NamedTuple):
    """What the folders are like before a run, what it depends on, and what the last one left."""

    seeds: Glance
    pages: Glance
    last: Last | None
    circumstances: Circumstances


def look(config: Config) -> Look:
    """Return what the folders are like now."""
    seeds, pages = glance(config.seeds), look_at_pages(config)
    return Look(seeds, pages, recall(config), circumstances(config))


def look_at_pages(config: Config) -> Glance:
    """Return what the folder of pages is like, but for the search index, which sees to itself."""
    return glance(config.out, hidden=True, without=frozenset({_INDEX}))


def look_at_pages_again(config: Config, before: Glance, changed: Iterable[str]) -> Glance:
    """Return what `before` has become since some files changed."""
    seen = [path for path in changed if not f"{path}/".startswith(f"{_INDEX}/")]
    return before.updated(config.out, seen)


def recall(config: Config) -> Last | None:
    """Return the record of the last run, if there is a sound one."""
    try:
        data = (kept_folder(config) / _LAST).read_bytes()
        first, _, rest = data.partition(b"\n")
        head, seeds, pages = map(int, first.split())
        if len(rest) != head + seeds + pages:
            return None
        told = json.loads(rest[:head])
        return Last(
            told["for"],
            told["token"],
            told["report"],
            unpacked(rest[head : head + seeds]),
            unpacked(rest[head + seeds :]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(config: Config, before: Look, pages: Glance, token: str, report: Report) -> None:
    """Remember that `report` and `pages` came of what there was before the run."""
    told = {
        "for": before.circumstances.pages,
        "token": token,
        "report": {**asdict(report), "pages_written": 0},
    }
    parts = [json.dumps(told).encode(), before.seeds.packed(), pages.packed()]
    head = " ".join(str(len(part)) for part in parts).encode() + b"\n"
    with suppress(OSError):
        _put(kept_folder(config) / _LAST, head + b"".join(parts))
    if before.last is None:  # when it was looked, there was no folder to put digests in
        circumstances(config)


def unchanged(config: Config, before: Look | None = None) -> Report | None:
    """Return what the last run reported, if another one would write the same pages again."""
    started = time.monotonic()
    seeds, pages, last, now = before or look(config)
    if (
        last is None
        or last.circumstances != now.pages
        or last.seeds != seeds
        or last.pages != pages
    ):
        return None
    try:
        problems = tuple(Problem(**each) for each in last.report["problems"])
        seconds = round(time.monotonic() - started, 3)
        return Report(**{**last.report, "problems": problems, "seconds": seconds})
    except (TypeError, KeyError):
        return None


def is_rendered(config: Config) -> bool:
    """Whether the site was made after the last run, and by nobody changed since.

    That is told by what the system says of its folder and its front page.
    """
    try:
        return (kept_folder(config) / _RENDERED).read_bytes() == _site(config)
    except OSError:
        return False


def keep_rendered(config: Config) -> None:
    """Remember that the site is made of what the last run left."""
    with suppress(OSError):
        _put(kept_folder(config) / _RENDERED, _site(config))


def _site(config: Config) -> bytes:
    """Return what tells a finished site. Raises `OSError` if there is none."""
    last, site = (kept_folder(config) / _LAST).stat(), config.site_dir.stat()
    page = (config.site_dir / "index.html").stat()
    told = (
        str(config.site_dir),
        (last.st_ino, last.st_ctime_ns),
        (site.st_dev, site.st_ino),
        (page.st_ino, page.st_ctime_ns, page.st_size),
    )
    return repr(told).encode("utf-8", "surrogatepass")


def kept_folder(config: Config) -> Path:
    """Return the folder of what builds remember."""
    return config.file.parent / ".mujaz-cache"


def circumstances(config: Config) -> Circumstances:
    """Return what else than the articles decides what is written.

    Where the finished site goes is no part of that.
    """
    program = _program(config)
    told = (config.sources, sorted(config.tags.items()), config.images)
    shown = repr(replace(config, site_dir=Path()))
    return Circumstances(
        digest(program, repr(told)),
        digest(program, shown, _settings_file(config), _theme(config)),
    )


def _settings_file(config: Config) -> str:
    try:
        return digest(config.file.read_text("utf-8", "surrogateescape"))
    except OSError:
        return ""


def _theme(config: Config) -> str:
    """Return a digest of what a site has of its own in the theme's place."""
    return _of_files(config.overrides, kept_folder(config)) if config.overrides else ""


def _program(config: Config) -> str:
    """Return a digest of this program's code and tables, and of the versions beside it."""
    code = _of_files(Path(mujaz.__file__).parent, kept_folder(config))
    return digest(code, sys.version, _libraries())


def _libraries() -> str:
    """Return what changes with anything that is installed or removed."""
    folders = [path for path in sys.path if path.endswith("-packages")]
    found = (each.name for path in folders for each in Path(path).glob("*-info"))
    return digest(*sorted(found))


def _of_files(folder: Path, kept: Path) -> str:
    """Return a digest of the contents of the files below `folder`.

    They are read only if the system says that one has changed since the digest was put in `kept`.
    """
    seen = glance(folder, without=frozenset({"__pycache__"}))
    record = kept / f"digest-{digest(str(folder))[:8]}"
    with suppress(OSError, ValueError):
        known, _, packed = record.read_bytes().partition(b"\n")
        if seen == unpacked(packed):
            return known.decode()
    parts = []
    for name in sorted(seen.names):
        with suppress(OSError):
            content = blake2b((folder / name).read_bytes(), digest_size=16)
            parts += [name, content.hexdigest()]
    found = digest(*parts)
    with suppress(OSError):
        if kept.is_dir():  # who only looks leaves nothing behind
            _put(record, f"{found}\n".encode() + seen.packed())
    return found


def digest(*parts: str) -> str:
    """Return what stands for texts."""
    found = blake2b(digest_size=16)
    for part in parts:
        found.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return found.hexdigest()


def _put(path: Path, data: bytes) -> None:
    """Write all at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
