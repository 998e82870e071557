"""Opens packages: zip files whose parts are XML, in bounds that no document comes near."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

_MAX_PARTS, _MAX_PART_BYTES, _MAX_PACKAGE_BYTES = 5_000, 8 * 1024 * 1024, 16 * 1024 * 1024
"""Of what is read: pictures are not, and a long book has a megabyte of text."""
_ENTRY = b"PK\x01\x02"
_MAX_TAGS = 200_000
"""Of one part; a long article has some thousand."""


class PackageError(ValueError):
    """What is no package, or is too large; the message says so."""


class Package:
    """A zip file whose parts are read one by one, each no larger than it may be."""

    def __init__(self, data: bytes) -> None:
        """Open a zip file. Raises `PackageError`."""
        if data.count(_ENTRY) > _MAX_PARTS:
            raise PackageError(f"has more than {_MAX_PARTS:,} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise PackageError("is no zip file, as its name says, or it is damaged") from None
        self._remaining = _MAX_PACKAGE_BYTES

    def part(self, name: str) -> bytes:
        """Return the bytes of a part; empty if it is not there. Raises `PackageError`."""
        if name not in self.names:
            return b""
        most = min(_MAX_PART_BYTES, self._remaining)
        try:
            with self._zip.open(name) as file:
                data = file.read(most + 1)
        except RuntimeError:
            raise PackageError("is protected by a password") from None
        except Exception as error:  # of whatever compression it claims to have
            raise PackageError(f"has the damaged part `{name}`") from error
        if len(data) > most < _MAX_PART_BYTES:
            raise PackageError(f"has parts of more than {_MAX_PACKAGE_BYTES:,} bytes together")
        if len(data) > most:
            raise PackageError(f"has a part of more than {most:,} bytes, `{name}`")
        self._remaining -= len(data)
        return data

    def xml(self, name: str) -> Any:
        """Return the root element of a part, or None if it is not there. Raises `PackageError`."""
        data = self.part(name)
        if not data:
            return None
        if data.count(b"<") > _MAX_TAGS:
            raise PackageError(f"has a part of more than {_MAX_TAGS:,} tags, `{name}`")
        if b"<!ENTITY" in data.replace(b"\0", b""):  # in UTF-16 as well
            raise PackageError("defines entities of its own")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise PackageError(f"has a part that is no XML, `{name}`") from None
