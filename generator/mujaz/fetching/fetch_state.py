"""What fetching remembers: what was seen, what waits, what sites said of themselves. In SQLite.

All of it can be lost: what was fetched is in the archives, and is looked up there.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mujaz.fetching.client import FetchedAnswer

_VERSION = 1
_TABLES = "fetching.sql"


class Validators(NamedTuple):
    """What a source said of its state when it answered last."""

    etag: str = ""
    modified: str = ""
    digest: str = ""
    """Of what it holds, as far as that matters."""
    whole_at: float = 0.0
    """When it was last asked without conditions, in seconds since 1970."""


class WaitingPage(NamedTuple):
    """A page that is still to be fetched."""

    key: str
    """The form of its address that others for it have as well."""
    address: str
    source: str
    """Address of what listed it."""
    entry: str = ""
    """Title of the entry that links to it."""
    guid: str = ""
    day: str = ""
    """The day and time of publication, as its entry states it."""
    tries: int = 0
    next_try: float = 0.0
    answer: int | None = None
    """Number of the stored answer with its entry, which has at least a summary."""
    number: int = 0
    """Of the entry in that answer, from 1."""


class FetchState:
    """The database. It may be used by several threads; what is written is kept by `commit`."""

    def __init__(self, path: Path) -> None:
        """Open it, and make it if it is not there; one that is damaged is made anew."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        try:
            self._base = _opened(path)
        except sqlite3.DatabaseError:
            for suffix in ("", "-wal", "-shm", "-journal"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._base = _opened(path)

    def commit(self) -> None:
        """Keep what was written."""
        with self._lock:
            self._base.commit()

    def close(self) -> None:
        """Keep what was written, and close the database."""
        with self._lock:
            self._base.commit()
            self._base.close()

    @property
    def is_new(self) -> bool:
        """Whether nothing was seen yet."""
        return not self._rows("select 1 from seen limit 1")

    def mark(self, key: str) -> str | None:
        """Return the mark of what was seen under a key; None if nothing was."""
        rows = self._rows("select mark from seen where key = ?", key)
        return str(rows[0][0]) if rows else None

    def put_marks(self, marks: Iterable[tuple[str, str]]) -> None:
        """Note what was seen: keys with marks, which change when there is something new to have."""
        with self._lock:
            self._base.executemany("insert or replace into seen values (?, ?)", marks)

    def validators(self, address: str) -> Validators:
        """Return what a source said of its state last."""
        query = "select etag, modified, digest, whole_at from sources where address = ?"
        rows = self._rows(query, address)
        return Validators(*rows[0]) if rows else Validators()

    def put_validators(self, address: str, validators: Validators) -> None:
        """Note what a source says of its state."""
        self._write("insert or replace into sources values (?, ?, ?, ?, ?)", address, *validators)

    def pages(self, source: str, now: float, count: int) -> list[WaitingPage]:
        """Return the next pages of a source that may be asked for now."""
        query = (
            "select * from pages where source = ? and next_try <= ?"
            " order by tries, day desc, key limit ?"
        )
        return [WaitingPage(*row) for row in self._rows(query, source, now, count)]

    def count_pages(self, source: str) -> int:
        """Return the number of pages of a source that wait."""
        return int(self._rows("select count(*) from pages where source = ?", source)[0][0])

    def put_page(self, page: WaitingPage) -> None:
        """Have a page wait."""
        self._write("insert or replace into pages values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *page)

    def remove_page(self, page: WaitingPage) -> None:
        """Have a page wait no longer; forget the answer with its entry if no other one needs it."""
        self._write("delete from pages where key = ?", page.key)
        if page.answer is not None and not self._rows(
            "select 1 from pages where answer = ? limit 1", page.answer
        ):
            self._write("delete from answers where id = ?", page.answer)

    def put_answer(self, answer: FetchedAnswer) -> int:
        """Store an answer until its pages are there; return its number."""
        row = (answer.address, json.dumps(answer.headers), answer.body)
        with self._lock:
            query = "insert into answers (address, headers, body) values (?, ?, ?)"
            return int(self._base.execute(query, row).lastrowid or 0)

    def answer(self, number: int) -> FetchedAnswer | None:
        """Return a stored answer, packed as it came."""
        rows = self._rows("select address, headers, body from answers where id = ?", number)
        if not rows:
            return None
        address, headers, body = rows[0]
        return FetchedAnswer(address, 200, tuple(map(tuple, json.loads(headers))), body, b"")

    def host(self, site: str) -> tuple[int, float, str]:
        """Return how often a host failed in a row, until when it rests, and why."""
        rows = self._rows("select failures, rests_until, reason from hosts where site = ?", site)
        return rows[0] if rows else (0, 0.0, "")

    def put_host(self, site: str, failures: int, rests_until: float, reason: str) -> None:
        """Note how a host does."""
        row = (site, failures, rests_until, reason)
        self._write("insert or replace into hosts values (?, ?, ?, ?)", *row)

    def robots(self, site: str, now: float) -> tuple[str | None] | None:
        """Return the text of a site's robots.txt, None in it if it gave none; None if unknown."""
        rows = self._rows("select text from robots where site = ? and until > ?", site, now)
        return (rows[0][0],) if rows else None

    def put_robots(self, site: str, text: str | None, until: float) -> None:
        """Remember a site's robots.txt."""
        self._write("insert or replace into robots values (?, ?, ?)", site, text, until)

    def _rows(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._base.execute(query, values).fetchall()

    def _write(self, query: str, *values: object) -> None:
        with self._lock:
            self._base.execute(query, values)


def _opened(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, check_same_thread=False)
    try:
        (version,) = base.execute("pragma user_version").fetchone()
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError("of another version")
        base.executescript(Path(__file__).with_name(_TABLES).read_text("utf-8"))
        base.execute(f"pragma user_version = {_VERSION}")
        base.execute("select count(*) from hosts").fetchone()
    except sqlite3.DatabaseError:
        base.close()
        raise
    return base
