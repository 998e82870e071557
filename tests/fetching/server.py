"""A server that answers as it is told, well or badly, in this process."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support import prose

Reply = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by what the server's table says of a path."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        reply = self.server.replies.get(self.path)
        if reply is None:
            send(self, b"", 404)
        else:
            reply(self)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies: dict[str, Reply] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def counts(self) -> Counter[str]:
        return Counter(path for path, _ in self.requests)

    def handle_error(self, *_: Any) -> None:
        pass  # clients that hang up are meant to


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def send(handler: Handler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in {"content-length": str(len(body)), **named}.items():
        if value:
            handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def always(body: bytes, status: int = 200, **headers: str) -> Reply:
    return lambda handler: send(handler, body, status, **headers)


def with_etag(body: bytes, etag: str) -> Reply:
    def reply(handler: Handler) -> None:
        if handler.headers.get("if-none-match") == etag:
            send(handler, b"", 304, content_length="")
        else:
            send(handler, body, etag=etag)

    return reply


def raw(data: bytes, *, pause: float = 0.0, pieces: int = 1, closes: bool = True) -> Reply:
    """Send bytes as they are, in pieces with pauses between them."""

    def reply(handler: Handler) -> None:
        size = max(1, len(data) // pieces)
        for start in range(0, len(data), size):
            handler.wfile.write(data[start : start + size])
            handler.wfile.flush()
            time.sleep(pause)
        handler.close_connection = closes

    return reply


def endless(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n\r\n")
    while True:
        handler.wfile.write(b"<item>" * 20_000)


def reset(handler: Handler) -> None:
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.close_connection = True
    handler.connection.close()


def bomb(size: int) -> bytes:
    return gzip.compress(b"\0" * size)


def entry(
    number: int,
    base: str,
    *,
    full: bool = True,
    guid: str | None = None,
    link: str | None = None,
    edition: int = 0,
) -> str:
    """Return an entry of a feed; those of other `edition` say something else."""
    link = f"{base}/articles/{number}" if link is None else link
    guid = f"{base}/?p={1000 + number}" if guid is None else guid
    text = f"<p>{prose(number + edition * 500)}</p><p>{prose(number + 100)}</p>"
    content = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if full else ""
    return (
        f"<item><title>{title(number)}</title><link>{link}</link><guid>{guid}</guid>"
        f"<pubDate>Thu, 26 Nov 2026 10:{number % 60:02}:00 GMT</pubDate>"
        f"<description>{prose(number, 15)}</description>{content}</item>"
    )


def title(number: int) -> str:
    return prose(number + 900, 6).rstrip(".")


def feed(*entries: str, name: str = "بريد الواحة", head: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{name}</title>{head}{''.join(entries)}</channel></rss>"
    ).encode()


def page(number: int) -> bytes:
    """Return the page of an article, whose text is longer than its entry has."""
    texts = (prose(number), prose(number + 100), prose(number + 200))
    body = "".join(f"<p>{text}</p>" for text in texts)
    return (
        f"<!doctype html><html lang=ar><head><meta charset=utf-8><title>{title(number)}</title>"
        f"</head><body><h1>{title(number)}</h1><article>{body}</article></body></html>"
    ).encode()


def listing(links: list[str]) -> bytes:
    items = "".join(f'<li><a href="{link}">{prose(i, 8)}</a></li>' for i, link in enumerate(links))
    head = "<head><title>الأخبار</title></head>"
    return f"<!doctype html><html>{head}<body><ul>{items}</ul></body></html>".encode()
