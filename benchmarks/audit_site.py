"""A built site as an audit meets it: its page kinds, and a host that sends pages compressed."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit


class Kind(NamedTuple):
    """A kind of page."""

    pattern: str
    """Where its pages lie in the site."""
    heaviest: float = 8
    """KB that the HTML of its fullest page may have, compressed."""
    optional: bool = False
    """Whether a site may be without it."""
    query: str = ""
    """What follows the page's address."""
    is_error: bool = False
    """Whether a server sends it as an error, which Lighthouse does not rate."""


_EDITION = 15
"""KB that an edition of a day may have."""
KINDS: Mapping[str, Kind] = {
    "home": Kind("index.html", _EDITION),
    "article": Kind("articles/*/index.html"),
    "digest": Kind("digest/index.html"),
    "digest day": Kind("digest/????-??-??/index.html", _EDITION),
    "digest week": Kind("digest/????-w??/index.html"),
    "story": Kind("stories/*/index.html"),
    "stories": Kind("stories/index.html"),
    "tag": Kind("tags/*/index.html"),
    "tags": Kind("tags/index.html"),
    "people": Kind("people/index.html"),
    "places": Kind("places/index.html"),
    "organisations": Kind("organisations/index.html"),
    "topics": Kind("topics/index.html"),
    "section": Kind("sections/*/index.html"),
    "sections": Kind("sections/index.html"),
    "sources": Kind("sources/index.html"),
    "source": Kind("sources/*/index.html"),
    "browse": Kind("browse/index.html"),
    "archive": Kind("archive/index.html"),
    "month": Kind("archive/????-??/index.html"),
    "day": Kind("archive/????-??-??/index.html"),
    "headlines": Kind("headlines/index.html"),
    "search": Kind("search/index.html", optional=True),
    "results": Kind("search/index.html", optional=True, query=f"?q={quote('مدينة')}"),
    "about": Kind("about/index.html"),
    "404": Kind("404.html", is_error=True),
}
"""Each kind of page."""
_ASKED_FOR = re.compile(r'<(?:link rel="(?:icon|preload|stylesheet)" href|script src)="([^"]+)"')
_BOLD = re.compile("<(?:h[1-4]|strong)[ >].*?</(?:h[1-4]|strong)>", re.DOTALL)
_TAG, _LATIN = re.compile("<[^>]*>"), re.compile("[A-Za-z]")
_PACKED = (".woff2", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gz")
"""Files that are compressed in themselves."""


class Site(NamedTuple):
    """A built site."""

    name: str
    folder: Path
    """Of its files."""
    pages: Path
    """Of the Markdown that it was made of."""
    is_real: bool = False
    """Whether it is of a real day of some 1,300 articles."""
    wanted: frozenset[str] = frozenset(KINDS)
    """Kinds of page that are looked at."""

    def kinds(self) -> dict[str, str]:
        """Return the address of one page of each wanted kind, as `page_kinds` does."""
        return {kind: at for kind, at in page_kinds(self.folder).items() if kind in self.wanted}


def page_kinds(site: Path) -> dict[str, str]:
    """Return the address of one page of each kind, from the site's root: the fullest one."""
    found = {}
    for name, kind in KINDS.items():
        pages = sorted(site.glob(kind.pattern))
        if pages:
            fullest = max(pages, key=lambda page: page.stat().st_size)
            found[name] = address(site, fullest) + kind.query
    return found


def address(site: Path, page: Path) -> str:
    """Return the address of a page's file, from the site's root."""
    return quote(page.relative_to(site).as_posix().removesuffix("index.html"))


def first_view(page: Path) -> dict[Path, float]:
    """Return what a reader who has seen no other page is sent for `page`: kB by file."""
    text = page.read_text("utf-8")
    asked = {page, *((page.parent / name).resolve() for name in _ASKED_FOR.findall(text))}
    body = text.partition("<body")[2]
    for weight, shown in (("bold", "".join(_BOLD.findall(body))), ("regular", _BOLD.sub("", body))):
        if _LATIN.search(_TAG.sub("", shown)):
            folders = {path.parent for path in asked if path.suffix == ".woff2"}
            asked |= {path for each in folders for path in each.glob(f"*-latin-{weight}.woff2")}
    return {path: len(sent(path)) / 1000 for path in asked}


def sent(path: Path) -> bytes:
    """Return a file as it is sent: compressed, unless it is so already."""
    data = path.read_bytes()
    return data if path.suffix in _PACKED else gzip.compress(data, 9, mtime=0)


class _Host(http.server.SimpleHTTPRequestHandler):
    """Answers as the hosts of static sites do: compressed, cacheable, with the site's own 404."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file."""
        root = Path(self.directory)
        path = root / unquote(urlsplit(self.path).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK if path.is_file() else HTTPStatus.NOT_FOUND
        path = path if path.is_file() else root / "404.html"
        data = sent(path)
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=31536000")
        if path.suffix not in _PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    """Serves; a browser that hangs up early is no error."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a connection that was cut."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve `site` on this machine alone, and give its address."""
    handler = functools.partial(_Host, directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
