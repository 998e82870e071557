"""Decides what a request to the preview is answered with, from what it asks and what is shown."""

from __future__ import annotations

import ipaddress
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urlsplit

from mujaz.preview.insertion import PLACE, plain_page, with_preview
from mujaz.preview.showing import Shown

_INDEX = "index.html"
_ARTICLES = "articles/"
_OWN_FILES = {f"{PLACE}{name}": name for name in ("reload.js", "preview.css")}
_UTF8 = "; charset=utf-8"
_HTML = f"text/html{_UTF8}"
_TYPES = {
    ".html": _HTML,
    ".htm": _HTML,
    ".css": f"text/css{_UTF8}",
    ".js": f"text/javascript{_UTF8}",
    ".mjs": f"text/javascript{_UTF8}",
    ".txt": f"text/plain{_UTF8}",
    ".md": f"text/plain{_UTF8}",
    ".csv": f"text/csv{_UTF8}",
    ".tsv": f"text/tab-separated-values{_UTF8}",
    ".json": f"application/json{_UTF8}",
    ".webmanifest": f"application/manifest+json{_UTF8}",
    ".xml": f"application/xml{_UTF8}",
    ".svg": f"image/svg+xml{_UTF8}",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".wasm": "application/wasm",
    ".pdf": "application/pdf",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".gz": "application/gzip",
}
"""By ending, whatever the system has in its own table: what is previewed is the same everywhere."""


class Answer(NamedTuple):
    """What a request is answered with."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = _HTML
    location: str = ""
    """Where a redirect leads."""


def answer(target: str, shown: Shown, moment: str) -> Answer:
    """Return the answer to a request for `target`, a path with or without a query.

    `shown` is what is shown now, and `moment` its name.
    """
    path = target.partition("#")[0].partition("?")[0]
    if name := _OWN_FILES.get(path):
        return Answer(HTTPStatus.OK, Path(__file__).with_name(name).read_bytes(), _type_of(name))
    if shown.site is None:
        name = "no_site" if shown.fault else "building"
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, plain_page(name, moment, shown.fault))
    if not path.startswith(shown.base_path):
        if path == "/" or f"{path}/" == shown.base_path:
            return Answer(HTTPStatus.FOUND, location=shown.base_path)
        return _not_found(shown, moment)
    parts = _parts(path[len(shown.base_path) :])
    file = shown.site.joinpath(*parts) if parts is not None else None
    if file is None or not _is_inside(file, shown.site):
        return _not_found(shown, moment)
    if _is_folder(file):
        if parts and not path.endswith("/"):
            return Answer(
                HTTPStatus.FOUND, location=_quoted(f"{shown.base_path}{'/'.join(parts)}/")
            )
        file /= _INDEX
    elif path.endswith("/"):
        return _not_found(shown, moment)
    body = _content(file)
    if body is None:
        return _not_found(shown, moment)
    content_type = _type_of(file.name)
    if content_type == _HTML:
        below = path[len(shown.base_path) :]
        article = below if below.startswith(_ARTICLES) else ""
        body = with_preview(body, moment, shown.fault, article)
    return Answer(HTTPStatus.OK, body, content_type)


def refusal(status: HTTPStatus, name: str, moment: str) -> Answer:
    """Return the answer to a request that is not admitted, with the words called `name`."""
    return Answer(status, plain_page(name, moment))


def is_admitted_host(header: str | None, host: str) -> bool:
    """Return whether the `Host` of a request is one that the preview, bound to `host`, may have.

    A name that somebody else's pages lead to this machine (DNS rebinding) is not; a loopback
    address, `localhost` and `host` are. Where `host` is every address of the machine, so is any
    address in figures.
    """
    try:
        name = (urlsplit(f"//{header or ''}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if name == "localhost" or name == host.strip("[]").lower():
        return bool(name)
    address = _address(name)
    if address is None:
        return False
    bound = _address(host)
    return address.is_loopback or bool(bound and bound.is_unspecified)


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None


def _parts(path: str) -> list[str] | None:
    """Return the names in a path below the site's root; None if it could lead anywhere else."""
    try:
        names = [unquote_to_bytes(each).decode() for each in path.split("/")]
    except UnicodeDecodeError:
        return None
    if names[-1] == "":
        names.pop()
    is_odd = any(
        not name or name.startswith(".") or any(sign in name for sign in "/\\\0") for name in names
    )
    return None if is_odd and names[:1] != [".well-known"] else names


def _is_inside(file: Path, site: Path) -> bool:
    """Return whether a file lies in the site when links are followed."""
    try:
        return file.resolve().is_relative_to(site.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _is_folder(file: Path) -> bool:
    try:
        return file.is_dir()
    except OSError:  # no name of the system's can be so long
        return False


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (OSError, ValueError):
        return None


def _not_found(shown: Shown, moment: str) -> Answer:
    page = _content(shown.site / "404.html") if shown.site else None
    body = (
        plain_page("not_found", moment) if page is None else with_preview(page, moment, shown.fault)
    )
    return Answer(HTTPStatus.NOT_FOUND, body)


def _type_of(name: str) -> str:
    return _TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def _quoted(path: str) -> str:
    return quote(path, safe="/-._~!$&'()*+,;=:@")
