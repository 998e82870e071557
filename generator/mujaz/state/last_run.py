"""Inspects the inputs, and remembers the last run: one with nothing to do costs a look at folders.

Nothing is recorded before what it speaks of: a run that is killed leaves the record of the run
before it, which no longer fits, and the next one does the work.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from mujaz.config import Config
from mujaz.errors import CANNOT_BE_READ
from mujaz.model import Problem
from mujaz.progress import Report
from mujaz.state.files import read_checked, remove_partial, write_checked
from mujaz.state.fingerprint import (
    Fingerprints,
    fingerprint,
    folders_fingerprint,
    take_fingerprints,
)
from mujaz.state.site_record import SITE_RECORD, read_record, read_token
from mujaz.state.snapshot import Snapshot, from_bytes, take_snapshot

_SEARCH_INDEX = "search/index"
"""The folder of the search index, below that of pages."""
_LAST_RUN, _PUBLISHED = "last", "rendered"
"""Names of the records of the last run and of the last site."""


@dataclass(frozen=True, slots=True)
class LastRun:
    """What the last run left."""

    pages_fingerprint: str
    """See `Fingerprints.pages`."""
    token: str
    """The same stands in the database that the same run left."""
    permalinks: str
    """Fingerprint of the permalinks file, as the run left it."""
    corrections: str
    """See `Fingerprints.corrections`."""
    report: dict[str, Any]
    """Its `Report`, as a mapping."""
    inputs: Snapshot
    """The folder of raw articles, as the run read it."""
    pages: Snapshot
    """The folder of pages, as the run left it."""


class Inspection(NamedTuple):
    """What the folders are like before a run, what it depends on, and what the last one left."""

    inputs: Snapshot
    pages: Snapshot
    last: LastRun | None
    """None if there is no sound record."""
    fingerprints: Fingerprints


def inspect(config: Config, *, keep: bool = True) -> Inspection:
    """Return what a run begins from; unless anything is to be kept, nothing is written."""
    inputs, pages = take_snapshot(config.seeds), snapshot_pages(config)
    fingerprints = take_fingerprints(config, config.cache if keep else None)
    return Inspection(inputs, pages, _recall(config), fingerprints)


def refused_files(last: LastRun) -> set[str]:
    """Return the files that the system would not give to the last run: they are tried again."""
    with suppress(TypeError, KeyError):
        problems = [*last.report["problems"], *last.report["doubts"]]
        return {each["file"] for each in problems if CANNOT_BE_READ in each["reason"]}
    return set()


def unchanged(inspection: Inspection) -> Report | None:
    """Return the report of the last run, if another one would write the same pages again."""
    inputs, pages, last, fingerprints = inspection
    if (
        last is None
        or last.pages_fingerprint != fingerprints.pages
        or last.inputs != inputs
        or last.pages != pages
        or refused_files(last)
        or last.permalinks != fingerprints.permalinks
        or last.corrections != fingerprints.corrections
    ):
        return None
    try:
        lists = {
            name: tuple(Problem(**each) for each in last.report[name])
            for name in ("problems", "doubts")
        }
        return Report(**{**last.report, **lists})
    except (TypeError, KeyError):
        return None


def remove_partial_files(config: Config, inspection: Inspection) -> bool:
    """Remove what killed runs left before it was whole; return whether any is gone from the pages.

    The build's lock must be held: another build's are whole in a moment.
    """
    with suppress(OSError):
        remove_partial(config.cache, [path.name for path in config.cache.iterdir()])
    return remove_partial(config.out, inspection.pages.paths)


def snapshot_pages(
    config: Config, before: Snapshot | None = None, changed: Iterable[str] | None = None
) -> Snapshot:
    """Return what the folder of pages is like, but for the search index, which sees to itself.

    If it is known which paths `changed` since `before`, only those are looked at.
    """
    if before is None or changed is None:
        return take_snapshot(config.out, hidden=True, excluded=frozenset({_SEARCH_INDEX}))
    paths = [path for path in changed if not f"{path}/".startswith(f"{_SEARCH_INDEX}/")]
    return before.updated(config.out, paths)


def record_run(
    config: Config, inspection: Inspection, pages: Snapshot, report: Report, permalinks: str = ""
) -> None:
    """Record that `report` and `pages` are what came of what was inspected before the run.

    `permalinks` is the permalinks file as the run left it. A run that left no state, as no database
    could be written, records nothing.
    """
    from mujaz.state.database import database_file  # a run with nothing to do needs no database
    from mujaz.state.sealed import is_sealed

    if not is_sealed(database_file(config.cache)):
        return
    head = {
        "for": inspection.fingerprints.pages,
        "token": inspection.inputs.fingerprint(),
        "permalinks": fingerprint(permalinks),
        "corrections": inspection.fingerprints.corrections,
        "report": {**asdict(report), "pages_written": 0},
    }
    parts = [json.dumps(head).encode(), inspection.inputs.to_bytes(), pages.to_bytes()]
    lengths = " ".join(str(len(part)) for part in parts).encode() + b"\n"
    with suppress(OSError):
        write_checked(config.cache / _LAST_RUN, lengths + b"".join(parts))
    if inspection.last is None:  # at the inspection there was no folder to remember them in
        take_fingerprints(config, config.cache)


def _recall(config: Config) -> LastRun | None:
    """Return the record of the last run, if there is a sound one."""
    try:
        data = read_checked(config.cache / _LAST_RUN)
        first, _, rest = data.partition(b"\n")
        head, inputs, pages = map(int, first.split())
        if len(rest) != head + inputs + pages:
            return None
        fields = json.loads(rest[:head])
        return LastRun(
            fields["for"],
            fields["token"],
            fields["permalinks"],
            fields["corrections"],
            fields["report"],
            from_bytes(rest[head : head + inputs]),
            from_bytes(rest[head + inputs :]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


def is_published(config: Config) -> bool:
    """Whether the site is the one that was made after the last run, and no file of it changed."""
    site_record = read_record(config.cache / SITE_RECORD, config.site_dir, with_folders=False)
    if site_record is None:
        return False
    record, token = site_record
    try:
        is_of_last_run = read_checked(config.cache / _PUBLISHED) == _stamp(config, token)
    except (OSError, ValueError):
        return False
    return is_of_last_run and not record.files.changed(record.site)


def record_published(config: Config) -> None:
    """Record that the site is made of what the last run left."""
    token = read_token(config.cache / SITE_RECORD, config.site_dir)
    if token:
        with suppress(OSError):
            write_checked(config.cache / _PUBLISHED, _stamp(config, token))


def _stamp(config: Config, site_token: str) -> bytes:
    """Return what stands for a site, the run that it was made after, and its templates."""
    last = (config.cache / _LAST_RUN).stat()
    theme = folders_fingerprint(config.theme, config.cache)
    return f"{site_token} {last.st_ino} {last.st_ctime_ns} {theme}".encode()
