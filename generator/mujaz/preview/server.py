"""Sends the answers: a server on this machine, a thread a connection, that never has one wait."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from mujaz.errors import ConfigError
from mujaz.preview.answers import Answer, answer, is_admitted_host, refusal
from mujaz.preview.insertion import PLACE
from mujaz.preview.showing import Showing

EVENTS = f"{PLACE}events"
"""Where browsers wait for a change."""
_IDLE_SECONDS = 60.0
"""How long a connection may say nothing."""
_HEARTBEAT_SECONDS = 15.0
"""How often a browser that waits is written to, so that one that left is noticed."""


class PreviewServer(ThreadingHTTPServer):
    """Serves what is shown, to whoever sits at this machine."""

    def __init__(self, host: str, port: int, showing: Showing, handlers: Mapping[str, Handler]):
        """Bind to `host` and `port`; `handlers` answer below their paths, the longest first."""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.host, self.showing = host, showing
        self.handlers = dict(sorted(handlers.items(), key=lambda each: -len(each[0])))
        super().__init__((host.strip("[]"), port), _Request)

    @property
    def address(self) -> str:
        """The address to open in a browser, without a path."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        host = f"[{host}]" if ":" in host and not host.startswith("[") else host
        return f"http://{host}:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over browsers that went away in the middle of an answer."""


class _Request(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version = "mujaz"
    sys_version = ""
    timeout = _IDLE_SECONDS

    def do_GET(self) -> None:
        self._respond()

    def do_HEAD(self) -> None:
        self._respond()

    def do_POST(self) -> None:
        self._respond()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: what matters is said by builds."""

    @property
    def moment(self) -> str:
        """The name of what is shown now."""
        return self.server.showing.name(self.server.showing.now)

    def send(self, reply: Answer, *headers: tuple[str, str]) -> None:
        """Send an answer; to HEAD, without its body."""
        self.send_response(reply.status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if reply.location:
            self.send_header("Location", reply.location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def _respond(self) -> None:
        if not is_admitted_host(self.headers.get("Host"), self.server.host):
            self._refuse(HTTPStatus.FORBIDDEN, "refused")
            return
        path = urlsplit(self.path).path if self.path.startswith("/") else ""
        for place, handler in self.server.handlers.items():
            if path.startswith(place):
                handler(self)
                return
        if self.command not in ("GET", "HEAD"):
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, "method", ("Allow", "GET, HEAD"))
        elif path == EVENTS and self.command == "GET":
            self._wait_for_change()
        else:
            showing = self.server.showing
            shown = showing.now
            self.send(answer(self.path, shown, showing.name(shown)))

    def _refuse(self, status: HTTPStatus, name: str, *headers: tuple[str, str]) -> None:
        self.close_connection = True  # what else it sends has not been read
        self.send(refusal(status, name, self.moment), ("Connection", "close"), *headers)

    def _wait_for_change(self) -> None:
        """Tell a browser, once, that another moment is shown than the one that its page is of."""
        self.close_connection = True
        name = parse_qs(urlsplit(self.path).query).get("shown", [self.moment])[0]
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(OSError):  # the browser left
            self.wfile.write(b"retry: 500\n\n")
            while not self.server.showing.wait(name, _HEARTBEAT_SECONDS):
                self.wfile.write(b": nothing new\n\n")
            self.wfile.write(f"event: changed\ndata: {self.moment}\n\n".encode())


Handler = Callable[[_Request], None]
"""Answers a request below a path of its own, of any method."""


def open_server(
    host: str, port: int, showing: Showing, handlers: Mapping[str, Handler] | None = None
) -> PreviewServer:
    """Return a server that listens at `host` and `port`; 0 takes any port that is free.

    Raises `ConfigError` if the port is in use, may not be used, or `host` is none of this machine.
    """
    try:
        return PreviewServer(host, port, showing, handlers or {})
    except (OSError, OverflowError, UnicodeError) as error:
        number = getattr(error, "errno", None)
        if number == errno.EADDRINUSE:
            raise ConfigError(
                f"port {port} of {host} is in use, perhaps by another preview; "
                f"end that one, or choose another with --port {port + 1}"
            ) from None
        if number == errno.EACCES:
            raise ConfigError(
                f"port {port} of {host} is not yours to use; choose one above 1023 with --port"
            ) from None
        raise ConfigError(
            f"{host}, port {port}: cannot be served at ({error}); name an address of this machine "
            "with --host, such as 127.0.0.1"
        ) from None
