"""Makes the preview's site anew from its sources, as `mujaz build` does, in a folder of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from mujaz.config import Config, load
from mujaz.errors import MujazError
from mujaz.executors import executor_opener
from mujaz.pipeline import update_pages
from mujaz.preview.showing import Showing
from mujaz.progress import Report
from mujaz.publish import unrendered_pages
from mujaz.publish.render import render_site
from mujaz.state.lock import DEFAULT_WAIT_SECONDS, build_lock
from mujaz.state.site_record import MARK

_MAX_DOUBTS = 10
"""Of what is said after each build; `mujaz check` says all."""
_FOLDER = "served"
"""Below the cache of a site: the preview's site, and what its builds leave for the next ones."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the command line says of the site to preview."""

    file: Path
    """Its `mkdocs.yml`."""
    seeds: Path | None = None
    """Folder of raw articles in place of the one that `file` names."""
    accept_removals: bool = False
    """Whether many articles may be gone at once."""


def rebuild(sources: Sources, showing: Showing, tell: Callable[[str], None]) -> bool:
    """Build what changed, and show it, or else what is wrong; return whether it succeeded.

    Nothing is raised.
    """
    started = time.monotonic()
    try:
        config = load(sources.file, seeds=sources.seeds)
        report, site = _build(config, sources.accept_removals, tell)
    except MujazError as error:
        fault = str(error)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        fault = f"{where}{(error.strerror or str(error)).lower()}; mend that, and save a file again"
    except Exception as error:  # a preview must outlive what it shows
        fault = f"{type(error).__name__}: {error}; this is a fault of Mujaz: please report it"
    else:
        counts = f"{report.published} published, {report.held} held, {report.rejected} rejected"
        for each in report.doubts[:_MAX_DOUBTS]:
            tell(f"{each.file}: {each.reason}; {each.hint}")
        tell(f"built in {time.monotonic() - started:.2f} s: {counts}")
        showing.show(site, urlsplit(config.site_url).path or "/", _version(site))
        return True
    if showing.complain(fault):
        tell(fault)
    return False


def _build(
    config: Config, accept_removals: bool, tell: Callable[[str], None]
) -> tuple[Report, Path]:
    """Bring pages and site up to date; return what became of the articles, and the site's folder.

    Raises `MujazError` and `OSError`.
    """
    folder = config.cache / _FOLDER
    site = folder / "html"  # `site` is the record of it
    with build_lock(config.cache_root, DEFAULT_WAIT_SECONDS, tell):
        report = update_pages(
            config,
            time.monotonic,
            open_executor=executor_opener(),
            accept_removals=accept_removals,
        )
        with unrendered_pages(replace(config, site_dir=site)) as changed:
            render_site(config.file, config.out, site, changed=changed, cache=folder)
    return report, site


def _version(site: Path) -> str:
    """Return a fingerprint of the site's files: it lists them with their digests."""
    with suppress(OSError):
        return blake2b((site / MARK).read_bytes(), digest_size=16).hexdigest()
    return os.urandom(16).hex()
