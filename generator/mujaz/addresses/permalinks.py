"""The permalinks file: what must be remembered of addresses, as it cannot be derived again.

A text that people can read, edit and keep in git; a line each, tabs between its parts:

    pin        the address that an article would have      the address that it has
    redirect   an address that is no more                  the address in its place
    tombstone  the address of an article that was removed
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mujaz.errors import MujazError
from mujaz.model import Problem
from mujaz.state.files import write_atomically

_HEAD = """\
# Addresses that Mujaz must remember: see "Addresses" in its docs. Keep this file with the articles.
# pin: would be at, is at. redirect: was at, is at. tombstone: was at. A tab between the parts.
"""
_PARTS = {"pin": 2, "redirect": 2, "tombstone": 1}
"""The number of addresses on each kind of line."""
_FOLDERS = (
    "articles|digest|headlines|sections|stories|tags|people|places|organisations|topics|sources"
    "|archive"
)
_WORDS = r"[^\W_]+(?:-[^\W_]+)*"
_ADDRESS = re.compile(rf"(?:{_FOLDERS})(?:/{_WORDS})+")
_ARTICLE = re.compile(rf"articles/{_WORDS}")
_MAX_NAME_BYTES = 240
"""A file name holds 255, `.md` among them."""


@dataclass(frozen=True, slots=True)
class Permalinks:
    """What is remembered of addresses. An address is the path of a page without `.md`."""

    pins: Mapping[str, str] = field(default_factory=dict)
    """Derived id of an article -> the address that it has instead of the derived one."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Address that is no more -> the one in its place, which may have moved as well."""
    tombstones: frozenset[str] = frozenset()
    """Addresses of articles that were removed."""
    text: str = ""
    """The file's content."""
    problems: tuple[Problem, ...] = ()
    """Lines that are passed over, and why."""

    def derived_ids(self) -> dict[str, str]:
        """Return the derived ids of articles, by the other ids that their addresses have or had."""
        ids = {id_of(address): derived for derived, address in self.pins.items()}
        for was, now in self.redirects.items():
            ids.setdefault(id_of(was), ids.get(id_of(now), id_of(now)))
        return ids

    def target_of(self, address: str, is_live: Callable[[str], bool]) -> str | None:
        """Return the first live address on the way that redirects go from `address`, if any."""
        passed = {address}
        while (target := self.redirects.get(address)) and target not in passed:
            if is_live(target):
                return target
            passed.add(target)
            address = target
        return None


def id_of(address: str) -> str:
    """Return the id in the address of an article, which is its last part."""
    return re.split("[-/]", address)[-1]


def slug_of(address: str) -> str:
    """Return the slug in the address of an article: all but folder and id, maybe nothing."""
    return address.rpartition("/")[2].removesuffix(id_of(address)).removesuffix("-")


def read_permalinks(path: Path) -> Permalinks:
    """Read the permalinks file at `path`; one that is not there says nothing.

    Raises `MujazError` if it is there and cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    except FileNotFoundError:
        return Permalinks()
    except OSError as error:
        fault = (error.strerror or "unreadable").lower()
        raise MujazError(f"{path}: cannot be read ({fault}); make it readable") from None
    return _parsed(text, path.name)


def _parsed(text: str, name: str) -> Permalinks:
    tables: dict[str, dict[str, str]] = {kind: {} for kind in _PARTS}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        entry = _entry(line)
        if entry is None:
            if line.strip() and not line.startswith("#"):
                hint = "mend or remove that line; it is passed over"
                problems.append(Problem(name, f"has no sound entry in line {number}", hint))
            continue
        kind, address, target = entry
        if tables[kind].setdefault(_name_of(kind, address), target) != target:
            hint = "remove one of them; the first counts"
            problems.append(Problem(name, f"says in line {number} what another denies", hint))
    pins, redirects, tombstones = tables["pin"], tables["redirect"], tables["tombstone"]
    return Permalinks(pins, redirects, frozenset(tombstones), text, tuple(problems))


def _entry(line: str) -> tuple[str, str, str] | None:
    """Return kind, address and target (or nothing) of a line; None if it is no sound entry."""
    kind, *addresses = [part.strip() for part in line.split("\t")]
    pattern = _ARTICLE if kind == "pin" else _ADDRESS
    if len(addresses) != _PARTS.get(kind) or not all(map(pattern.fullmatch, addresses)):
        return None
    names = (name for address in addresses for name in address.split("/"))
    if any(len(name.encode()) > _MAX_NAME_BYTES for name in names):
        return None
    return kind, addresses[0], addresses[-1] if len(addresses) > 1 else ""


def _name_of(kind: str, address: str) -> str:
    """Return what an entry is about: a pin is about an id, whatever the headline."""
    return id_of(address) if kind == "pin" else address


def write_permalinks(path: Path, entries: Mapping[tuple[str, str], str]) -> Permalinks:
    """Put entries into the permalinks file at `path`, and return what it says then.

    `entries` are targets by kind and address. They replace those about the same thing; every other
    line stays, and so do comments. Raises `MujazError` if the file cannot be written.
    """
    before = read_permalinks(path)
    new = {(kind, _name_of(kind, address)) for kind, address in entries}
    remarks, lines = [], set(map(_line, entries.items()))
    for line in before.text.splitlines() or _HEAD.splitlines():
        entry = _entry(line)
        if entry is None:
            remarks.append(line)
        elif (entry[0], _name_of(*entry[:2])) not in new:
            lines.add(line)
    text = "".join(f"{line}\n" for line in (*remarks, *sorted(lines)))
    try:
        write_atomically(path.resolve(), text.encode())  # a link stays a link
    except OSError as error:
        fault = (error.strerror or "unwritable").lower()
        hint = "make its folder writable, or name another place as `permalinks` in `extra.mujaz`"
        raise MujazError(f"{path}: cannot be written ({fault}); {hint}") from None
    return _parsed(text, path.name)


def _line(entry: tuple[tuple[str, str], str]) -> str:
    (kind, address), target = entry
    return "\t".join(filter(None, (kind, address, target)))
