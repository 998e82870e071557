"""One request and its answer: bounded in time and size, sent to the machine that was checked."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException
from typing import NamedTuple

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from mujaz.fetching.addresses import Target, resolve
from mujaz.fetching.faults import FetchError
from mujaz.read.packing.content_coding import ContentCodingError, unpacked_body

MAX_BODY_BYTES = 16 * 1024 * 1024
"""Of an answer, packed and unpacked."""
_CHUNK_BYTES = 64 * 1024
_CODINGS = "gzip, br"
_ACCEPTED = (
    "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/html;q=0.9, */*;q=0.5"
)
_NEXT_TIME = "it is asked again the next time"


class Limits(NamedTuple):
    """How long a request may take, in seconds."""

    silence: float = 15.0
    """Without a byte."""
    total: float = 60.0
    """From the first byte sent to the last one read."""


class FetchedAnswer(NamedTuple):
    """What a site answered to one request."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    """In their order, as they came."""
    body: bytes
    """As it came, maybe packed."""
    content: bytes
    """The body, unpacked."""

    def header(self, name: str) -> str:
        """Return a header; empty if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def charset(self) -> str | None:
        """The charset that its header declares."""
        _, _, charset = self.header("content-type").lower().partition("charset=")
        return charset.partition(";")[0].strip(" \"'") or None


class HostConnection:
    """The connection to one site. One request at a time; it stays open in between."""

    def __init__(
        self, user_agent: str, allow_private: bool, limits: Limits, tls: ssl.SSLContext
    ) -> None:
        self._headers = {
            "User-Agent": user_agent,
            "Accept": _ACCEPTED,
            "Accept-Encoding": _CODINGS,
            "Accept-Language": "ar, *;q=0.5",
        }
        self._allow_private, self._limits, self._tls = allow_private, limits, tls
        self._connection: HTTPConnection | None = None

    def get(self, target: Target, conditions: Mapping[str, str]) -> FetchedAnswer:
        """Return the answer to a request. Raises `FetchError`.

        A connection that the site closed in between is opened anew, once.
        """
        if self._connection is not None:
            try:
                return self._ask(self._connection, target, conditions)
            except _DroppedError:
                self.close()
        self._connection = self._opened(target)
        try:
            return self._ask(self._connection, target, conditions)
        except _DroppedError:
            raise FetchError(
                "the site closed the connection", _NEXT_TIME, is_passing=True
            ) from None

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self._connection is not None:
            with suppress(OSError):
                self._connection.close()
            self._connection = None

    def _opened(self, target: Target) -> HTTPConnection:
        """Return a connection to the first machine of those that were checked that takes one.

        It is told the number and never the name, which might lead elsewhere the second time.
        """
        fault: Exception | None = None
        for number in resolve(target, self._allow_private):
            silence = self._limits.silence
            if target.scheme == "https":
                connection: HTTPConnection = HTTPSConnection(
                    number,
                    target.port,
                    timeout=silence,
                    server_hostname=target.host,
                    ssl_context=self._tls,
                )
            else:
                connection = HTTPConnection(number, target.port, timeout=silence)
            try:
                connection.connect()
                return connection
            except (OSError, HTTPError) as error:
                fault = error
                connection.close()
        raise _connection_fault(fault)

    def _ask(
        self, connection: HTTPConnection, target: Target, conditions: Mapping[str, str]
    ) -> FetchedAnswer:
        watch = _Watch(connection, self._limits.total)
        response: HTTPResponse | None = None
        try:
            headers = {"Host": target.host_header, **self._headers, **conditions}
            connection.request(
                "GET", target.path, headers=headers, preload_content=False, decode_content=False
            )
            response = connection.getresponse()
            body = _body(response)
        except (OSError, HTTPException, HTTPError, ValueError) as error:
            self.close()
            if watch.has_expired:
                raise self._took_too_long() from None
            if response is None and isinstance(error, ConnectionError | BrokenPipeError):
                raise _DroppedError from None
            raise _answer_fault(error) from None
        except FetchError:
            self.close()
            raise
        finally:
            watch.end()
        if watch.has_expired:  # what came of it may look whole
            self.close()
            raise self._took_too_long()
        if response.headers.get("connection", "").lower() == "close":
            self.close()
        headers_read = tuple((str(name), str(value)) for name, value in response.headers.items())
        answer = FetchedAnswer(target.address, response.status, headers_read, body, b"")
        return answer._replace(content=_unpacked(answer))

    def _took_too_long(self) -> FetchError:
        reason = f"took longer than {self._limits.total:g} seconds"
        return FetchError(reason, _NEXT_TIME, is_passing=True)


class _DroppedError(Exception):
    """The site closed the connection before it answered."""


class _Watch:
    """Ends a connection that takes too long in all, however often it gives a byte."""

    def __init__(self, connection: HTTPConnection, seconds: float) -> None:
        self.has_expired = False
        self._socket: socket.socket | None = connection.sock
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def _expire(self) -> None:
        self.has_expired = True
        if self._socket is not None:
            with suppress(OSError, ValueError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        self._timer.cancel()


def _body(response: HTTPResponse) -> bytes:
    """Return what an answer holds, as it came. Raises `FetchError` if that is too much."""
    parts, size = list[bytes](), 0
    while chunk := response.read(_CHUNK_BYTES):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise _too_large()
    return b"".join(parts)


def _unpacked(answer: FetchedAnswer) -> bytes:
    try:
        codings = answer.header("content-encoding")
        content = unpacked_body(answer.body, codings if answer.body else "", MAX_BODY_BYTES)
    except ContentCodingError as error:
        raise FetchError(f"the answer {error}", _NEXT_TIME, is_passing=True) from None
    if len(content) > MAX_BODY_BYTES:
        raise _too_large()
    return content


def _too_large() -> FetchError:
    reason = f"is larger than {MAX_BODY_BYTES:,} bytes"
    return FetchError(reason, "no page or feed is; look at it in a browser")


def _connection_fault(error: Exception | None) -> FetchError:
    text = str(error)
    if "certificate" in text.lower() or "ssl" in text.lower():
        hint = "look at it in a browser; its certificate may be mended the next time"
        return FetchError("has no secure connection that can be trusted", hint, is_passing=True)
    if "timed out" in text.lower():
        return FetchError("takes no connection in time", _NEXT_TIME, is_passing=True)
    return FetchError("takes no connection", "check the address, and the network", is_passing=True)


def _answer_fault(error: Exception) -> FetchError:
    text = f"{type(error).__name__} {error}".lower()
    if "timed out" in text or "timeout" in text:
        return FetchError("stopped answering", _NEXT_TIME, is_passing=True)
    if "incomplete" in text or "reset" in text or "aborted" in text:
        return FetchError("the answer breaks off", _NEXT_TIME, is_passing=True)
    return FetchError("the answer is none that can be read", _NEXT_TIME, is_passing=True)
