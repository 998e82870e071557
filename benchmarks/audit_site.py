"""The built site as an audit meets it: its page kinds, and a host that sends pages compressed."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import sys
import threading
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

KINDS: Mapping[str, str] = {
    "home": "index.html",
    "article": "articles/*/index.html",
    "digest": "digest/index.html",
    "digest day": "digest/????-??-??/index.html",
    "story": "stories/*/index.html",
    "stories": "stories/index.html",
    "tag": "tags/*/index.html",
    "tags": "tags/index.html",
    "people": "people/index.html",
    "places": "places/index.html",
    "sources": "sources/index.html",
    "source": "sources/*/index.html",
    "archive": "archive/index.html",
    "month": "archive/????-??/index.html",
    "headlines": "headlines/index.html",
    "about": "about/index.html",
    "404": "404.html",
}
"""Each kind of page, and where its pages lie."""
_PACKED = (".woff2", ".png", ".gz")
"""Files that are compressed in themselves."""


def page_kinds(site: Path) -> dict[str, str]:
    """Return the address of one page of each kind, from the site's root: the fullest one."""
    found = {}
    for kind, pattern in KINDS.items():
        pages = sorted(site.glob(pattern))
        if pages:
            found[kind] = address(site, max(pages, key=lambda page: page.stat().st_size))
    return found


def address(site: Path, page: Path) -> str:
    """Return the address of a page's file, from the site's root."""
    return quote(page.relative_to(site).as_posix().removesuffix("index.html"))


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
