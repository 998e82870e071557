"""Compressed forms of what a site consists of, for servers that send files as they lie there.

The same bytes give the same compressed bytes: neither clock nor name of file is in them. So they
are made again only for what changed.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

from mujaz.publish.output.site_folder import NextSite

MIN_BYTES = 1_024
"""What is smaller goes into one packet as it is."""
_BROTLI_QUALITIES: Mapping[str, int] = {
    **dict.fromkeys((".html", ".json", ".txt", ".xml"), 8),
    **dict.fromkeys((".css", ".js", ".mjs", ".svg"), 11),
}
"""How hard Brotli tries, by suffix of what is compressed at all. Above 8 a page takes ten times as
long or more for a tenth less; every reader loads the others, which are few."""
_GZIP_QUALITY = 9
_GZIPPED_BY_OTHERS = frozenset({"sitemap.xml", "search/stems.json"})
"""Files beside which the site has a gzipped form in any case."""
_SYSTEM_BYTE = 9
"""Where gzip notes on which system it ran: some versions of Python do, some do not."""


def compressed(path: str, data: bytes | None) -> dict[str, bytes | None]:
    """Return the compressed forms of the file at `path` of a site, by their own paths.

    None stands for one that must not be there: as `data` it says that the file itself is removed,
    and as a form that it would be no smaller. What is not worth compressing has no forms at all.
    """
    quality = _BROTLI_QUALITIES.get(PurePosixPath(path).suffix)
    if quality is None:
        return {}
    forms: dict[str, Callable[[bytes], bytes]] = {".br": lambda data: _brotli(data, quality)}
    if path not in _GZIPPED_BY_OTHERS:
        forms[".gz"] = _gzip
    return {
        path + suffix: _smaller(data, compress) if data is not None else None
        for suffix, compress in forms.items()
    }


def compress_files(
    tree: NextSite, listing: Mapping[str, str], paths: Iterable[str]
) -> dict[str, str]:
    """Write the compressed forms of the files `paths` of the next site; return their digests.

    Those of files that are as they were are not made again. `listing` are the digests of all files
    that the next site is to have; those of other files are passed over.
    """
    digests: dict[str, str] = {}
    for path in sorted({*paths} & listing.keys()):
        forms = (
            compressed(path, None).keys() - listing.keys()
        )  # a file with a source of its own wins
        present = {form: tree.digests[form] for form in forms if form in tree.digests}
        if present and tree.digests.get(path) == listing[path]:
            digests |= present
        elif forms:
            made = compressed(path, (tree.folder / path).read_bytes())
            digests |= {form: tree.write(form, made[form] or b"") for form in forms if made[form]}
    return digests


def _smaller(data: bytes, compress: Callable[[bytes], bytes]) -> bytes | None:
    if len(data) < MIN_BYTES:
        return None
    result = compress(data)
    return result if len(result) < len(data) else None


def _gzip(data: bytes) -> bytes:
    result = gzip.compress(data, _GZIP_QUALITY, mtime=0)
    return result[:_SYSTEM_BYTE] + b"\xff" + result[_SYSTEM_BYTE + 1 :]


def _brotli(data: bytes, quality: int) -> bytes:
    import brotli  # sites that are not compressed need not load it

    result: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality)
    return result
