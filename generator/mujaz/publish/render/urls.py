"""Addresses and output files of pages, as MkDocs with directory URLs has them."""

from __future__ import annotations

import posixpath
from array import array
from collections.abc import Container
from zlib import crc32

_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/")


class _Quoted(dict[int, str]):
    """How addresses write each character: much faster than to quote address by address."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if char in _SAFE else "".join(f"%{each:02X}" for each in char.encode())
        return self[code]


class _Readable(dict[int, str]):
    """The same where letters stay letters: how links within a site write each character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if code >= 0x80 and char.isprintable() else _quoted[code]
        return self[code]


_quoted, _readable = _Quoted(), _Readable()


class Urls(dict[str, str]):
    """Addresses of pages below the site's root as links have them, by source; made as needed."""

    def __init__(self, pages: Container[str]) -> None:
        """Give the addresses of `pages`."""
        super().__init__()
        self._pages = pages

    def __missing__(self, path: str) -> str:
        if path not in self._pages:
            raise KeyError(path)
        self[path] = url = readable(_address(path))
        return url


def url_of(path: str) -> str:
    """Return the address of a page's source, as standards and MkDocs have it."""
    return _address(path).translate(_quoted)


def readable(address: str) -> str:
    """Return an address with letters as they are, and only what could not be read by codes."""
    return address.translate(_readable)


def _address(path: str) -> str:
    stem = path.removesuffix(".md")
    return "./" if stem == "index" else stem.removesuffix("/index") + "/"


def output_of(path: str) -> str:
    """Return where a page's HTML goes, below the site's folder."""
    stem = path.removesuffix(".md")
    return f"{stem}.html" if posixpath.basename(stem) == "index" else f"{stem}/index.html"


def relative_url(url: str, page: str) -> str:
    """Return the relative reference to the address `url` from that of `page`."""
    there = [part for part in url.split("/") if part and part != "."]
    here = [part for part in page.split("/") if part and part != "."]
    common = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        common += 1
    parts = [".."] * (len(here) - common) + there[common:]
    return ("/".join(parts) or ".") + "/"


class _PathHashes(dict[str, int]):
    """Hashes by path, each made once: many pages link to the same ones."""

    def __missing__(self, path: str) -> int:
        self[path] = crc32(path.encode("utf-8", "surrogateescape"))
        return self[path]


_path_hashes = _PathHashes()


def path_hash(path: str) -> int:
    """Return a hash of `path` of 32 bits."""
    return _path_hashes[path]


def pack_hashes(paths: set[str]) -> bytes:
    """Return the hashes of `paths`, packed."""
    return array("I", sorted({_path_hashes[path] for path in paths})).tobytes()


def has_any_hash(packed: bytes, wanted: set[int]) -> bool:
    """Return whether any of `wanted` is among packed hashes."""
    return not wanted.isdisjoint(memoryview(packed).cast("I"))
