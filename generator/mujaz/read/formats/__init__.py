"""The formats that articles are written down in, a module each: bytes of a file to Documents.

Each module takes one `Raw` file and yields Documents or Problems. It must not open files, nor know
of sidecars.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import cast

from mujaz.read.raw import Format

__all__ = ["FORMAT_SUFFIXES", "load_format"]

FORMAT_SUFFIXES: Mapping[str, Sequence[str]] = {
    "txt": (".txt", ".text", ""),
    "md": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "mhtml": (".mhtml", ".mht"),
    "xml": (".xml", ".rss", ".atom", ".rdf"),
    "wxr": (".wxr",),
    "blogger": (),
    "sitemap": (),
    "opml": (".opml",),
    "json": (".json", ".jsonl", ".ndjson"),
    "table": (".csv", ".tsv", ".tab"),
    "warc": (".warc",),
    "docx": (".docx",),
    "epub": (".epub",),
    "telegram": (),
    "whatsapp": (),
}
"""Every format that is understood, and how names of its files end; some show by content alone."""

_MODULES = {
    "txt": "plain",
    "md": "markdown",
    "xml": "feed",
    "json": "json_records",
    "table": "table_records",
    "opml": "link_lists",
    "sitemap": "link_lists",
    "docx": "packages.docx",
    "epub": "packages.epub",
    "telegram": "messages.telegram",
    "whatsapp": "messages.whatsapp",
}
"""The module of a format, if its name is another one."""


def load_format(name: str) -> Format:
    """Return the module that reads a format. Raises `KeyError` if there is none.

    It is loaded with the first file of its format: some need large libraries.
    """
    if name not in FORMAT_SUFFIXES:
        raise KeyError(f"{name} is a format without a module")
    return cast(Format, import_module(f"{__name__}.{_MODULES.get(name, name)}"))
