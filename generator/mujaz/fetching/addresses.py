"""Addresses: which may be asked for, who stands behind them, and when two are the same one."""

from __future__ import annotations

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from mujaz.fetching.faults import FetchError

_PORTS = {"http": 80, "https": 443}
_MAX_CHARACTERS = 2_000
_SAFE_IN_PATH, _SAFE_IN_QUERY = "/%:@!$&'()*+,;=~-._", "/%:@!$&'()*+,;=~-._?"
_UNCLEAR_NETWORKS = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))
"""Addresses that stand for other ones, which a gateway reaches."""


class Target(NamedTuple):
    """What a request asks for, and of whom."""

    scheme: str
    host: str
    """Its name in ASCII, or its number."""
    port: int
    path: str
    """Path and query, as they stand in the request."""

    @property
    def site(self) -> str:
        """Scheme, host and port: what one robots.txt is for."""
        return f"{self.scheme}://{self.host_header}"

    @property
    def host_header(self) -> str:
        """Host and port, as the header `Host` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        """The whole address."""
        return f"{self.site}{self.path}"


def target_of(address: str) -> Target:
    """Return what an address asks for. Raises `FetchError` if it is none that can be fetched."""
    try:
        parts = urlsplit(address.strip()[: _MAX_CHARACTERS + 1])
        port = parts.port
    except ValueError:
        raise FetchError(
            "is no address", "give a whole one, such as https://news.example/"
        ) from None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in _PORTS or not host or len(address) > _MAX_CHARACTERS:
        hint = "give one that begins with https:// or http://"
        raise FetchError("is no address on the web", hint)
    if parts.username is not None or parts.password is not None:
        raise FetchError("holds a name or password", "give one that needs none")
    path = quote(parts.path or "/", safe=_SAFE_IN_PATH)
    query = quote(parts.query, safe=_SAFE_IN_QUERY)
    return Target(
        scheme, _ascii(host), port or _PORTS[scheme], f"{path}?{query}" if query else path
    )


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise FetchError("has a host that is no name", "check how it is written") from None


def absolute(base: str, link: str) -> str:
    """Return a link of the page at `base` as a whole address; empty if it is none on the web."""
    try:
        address = urljoin(base, link.strip()) if link.strip() else ""
        return address if urlsplit(address).scheme.lower() in _PORTS else ""
    except ValueError:
        return ""


def same_form(address: str) -> str:
    """Return the form that an address has in common with others for the same page.

    Marks of campaigns are taken out, the place on the page too.
    """
    from courlan import clean_url

    try:
        target = target_of(clean_url(address) or address)
    except FetchError:
        return address.strip()
    return urlunsplit((target.scheme, target.host_header, target.path, "", ""))


def resolve(target: Target, allow_private: bool) -> list[str]:
    """Return the numbers that a host is reached by, to be connected to as they are.

    Raises `FetchError` if its name is not known, or if it is a machine of a private network.
    """
    try:
        answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        hint = "check how the address is written, and the network"
        raise FetchError(f"the host {target.host} is not known", hint, is_passing=True) from None
    numbers = list(dict.fromkeys(str(each[4][0]) for each in answers))
    allowed = numbers if allow_private else [each for each in numbers if is_public(each)]
    if not allowed:
        reason = f"leads to {numbers[0]}, a machine of a private network"
        raise FetchError(reason, "say --allow-private if that is meant")
    return allowed


def is_public(number: str) -> bool:
    """Whether a machine with this number is one that anybody on the internet may ask."""
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if any(address in network for network in _UNCLEAR_NETWORKS):
            return False
    return address.is_global and not address.is_multicast
