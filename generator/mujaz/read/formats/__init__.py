"""The formats that articles are written down in, a module each: bytes of a file to Documents.

Each module takes one `Raw` file and yields Documents or Problems. It must not open files, nor know
of sidecars.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mujaz.read.raw import Format

__all__ = ["FORMAT_SUFFIXES", "load_format"]

FORMAT_SUFFIXES: Mapping[str, Sequence[str]] = {
    "txt": (".txt", ".text", ""),
    "md": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "xml": (".xml", ".rss", ".atom", ".rdf"),
    "json": (".json", ".jsonl", ".ndjson"),
    "warc": (".warc",),
}
"""Every format that is understood, and how names of its files end."""


def load_format(name: str) -> Format:
    """Return the module that reads a format. Raises `KeyError` if there is none.

    It is loaded with the first file of its format: some need large libraries.
    """
    if name == "md":
        from mujaz.read.formats import markdown

        return markdown
    if name == "html":
        from mujaz.read.formats import html

        return html
    if name == "xml":
        from mujaz.read.formats import feed

        return feed
    if name == "json":
        from mujaz.read.formats import json_records

        return json_records
    if name == "warc":
        from mujaz.read.formats import warc

        return warc
    if name == "txt":
        from mujaz.read.formats import plain

        return plain
    raise KeyError(f"{name} is a format without a module")
