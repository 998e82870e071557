"""What browsers are shown at the moment: which site, and what is wrong with the newest sources."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shown:
    """One moment of the preview."""

    number: int = 0
    """Grows with each change that a browser should see."""
    site: Path | None = None
    """Folder of the last good site; None before there is one."""
    base_path: str = "/"
    """Path of the site's address, with `/` at both ends: the site is served below it."""
    fault: str = ""
    """What is wrong with the sources as they are now, for people; empty if nothing is."""
    version: str = ""
    """Fingerprint of the site's files."""


class Showing:
    """Holds the moment for many threads; those who wait for another one are woken."""

    def __init__(self) -> None:
        self._run = secrets.token_hex(4)
        self._changed = threading.Condition()
        self._now = Shown()

    @property
    def now(self) -> Shown:
        """What is shown now."""
        return self._now

    def name(self, shown: Shown) -> str:
        """Return what tells a moment from all others, also from those of former runs."""
        return f"{self._run}-{shown.number}"

    def show(self, site: Path, base_path: str, version: str) -> bool:
        """Show a site that was made; return whether browsers see a difference."""
        return self._replace(site=site, base_path=base_path, version=version, fault="")

    def complain(self, fault: str) -> bool:
        """Say what is wrong above the last good site; return whether that is new."""
        return self._replace(fault=fault)

    def wait(self, name: str, seconds: float) -> bool:
        """Wait until another moment than the one called `name` is shown; False if none came."""
        with self._changed:
            return self._changed.wait_for(lambda: self.name(self._now) != name, seconds)

    def _replace(self, **fields: object) -> bool:
        with self._changed:
            after = replace(self._now, **fields)  # type: ignore[arg-type]
            if after == self._now:
                return False
            self._now = replace(after, number=self._now.number + 1)
            self._changed.notify_all()
            return True
