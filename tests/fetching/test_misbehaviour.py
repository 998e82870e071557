"""Sites that misbehave: each costs its own source alone, and says why and what to do."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from typing import Any

import pytest
from mujaz.fetching.addresses import is_public, resolve, same_form, target_of
from mujaz.fetching.client import Limits
from mujaz.fetching.faults import FetchError, of_status

from tests.fetching.server import (
    Reply,
    Server,
    always,
    bomb,
    endless,
    entry,
    feed,
    page,
    raw,
    reset,
    title,
)
from tests.fetching.test_fetching import START, Site, server, site

__all__ = ["server", "site"]
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n"
LIMITS = Limits(silence=0.3, total=0.8)


def article() -> bytes:
    return feed(entry(1, "http://news.example"))


def windows() -> bytes:
    return article().replace(b"utf-8", b"windows-1256").decode().encode("windows-1256", "replace")


FAULTS: dict[str, tuple[Callable[[], Reply], str]] = {
    "headers that never come": (lambda: raw(b"HTTP", pause=1.0), "stopped answering"),
    "headers a letter at a time": (
        lambda: raw(HEAD * 20, pause=0.1, pieces=400),
        "took longer than",
    ),
    "a body a letter at a time": (
        lambda: raw(HEAD + b"\r\n" + article(), pause=0.1, pieces=300),
        "took longer than",
    ),
    "a body without end": (lambda: endless, "is larger than"),
    "a gzip bomb": (
        lambda: always(bomb(64 * 1024 * 1024), content_encoding="gzip"),
        "is larger than",
    ),
    "a zipped file that is a bomb": (lambda: always(bomb(64 * 1024 * 1024)), "unpack"),
    "a redirect in a circle": (lambda: always(b"", 302, location="/x"), "in a circle"),
    "a redirect to a file": (lambda: always(b"", 302, location="file:///etc/passwd"), "nowhere"),
    "a redirect without a place": (lambda: always(b"", 301), "nowhere"),
    "too many requests": (lambda: always(b"", 429, retry_after="120"), "wants fewer requests"),
    "unavailable until a date": (
        lambda: always(b"", 503, retry_after="Fri, 27 Nov 2026 01:00:00 GMT"),
        "wants fewer requests",
    ),
    "gone": (lambda: always(b"", 410), "status 410"),
    "forbidden": (lambda: always(b"", 403), "status 403"),
    "broken": (lambda: always(b"", 500), "status 500"),
    "a status that is none": (lambda: raw(b"HTTP/1.1 abc\r\n\r\n"), "none that can be read"),
    "304 although nothing was asked": (lambda: always(b"", 304, content_length=""), "status 304"),
    "said to be packed, and is not": (
        lambda: always(b"\0\1\2 nothing", content_encoding="br"),
        "the answer",
    ),
    "packed by nobody knows what": (
        lambda: always(article(), content_encoding="lzma9"),
        "packed as `lzma9`",
    ),
    "a body that breaks off": (
        lambda: raw(HEAD + b"content-length: 99999\r\n\r\n" + article()),
        "breaks off",
    ),
    "chunks that are garbage": (
        lambda: raw(HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\n<rss>\r\n"),
        "",
    ),
    "headers of a megabyte": (
        lambda: raw(HEAD + b"x: " + b"y" * 1_000_000 + b"\r\n\r\n"),
        "none that can be read",
    ),
    "thousands of headers": (
        lambda: raw(HEAD + b"".join(b"x%d: y\r\n" % i for i in range(5000)) + b"\r\n"),
        "none that can be read",
    ),
    "a connection that is reset": (lambda: reset, ""),
    "a connection that is closed": (lambda: raw(b""), "closed the connection"),
    "no HTTP at all": (lambda: raw(b"220 mail.example ready\r\n"), "none that can be read"),
    "an empty answer": (lambda: always(b""), "is empty"),
    "broken XML": (lambda: always(b"<rss><channel><item><title>a"), "breaks off"),
    "XML with entities of its own": (
        lambda: always(b'<!DOCTYPE r [<!ENTITY a "b">]><rss><channel>&a;</channel></rss>'),
        "is neither",
    ),
    "a page in the place of a feed": (lambda: always(page(1)), "is a page and no feed"),
    "nothing that is known": (lambda: always(b"\x89PNG\r\n\x1a\n" + bytes(900)), "is neither"),
}
FINE: dict[str, Callable[[], Reply]] = {
    "no content type": lambda: always(article()),
    "a wrong content type": lambda: always(article(), content_type="image/png"),
    "a wrong charset": lambda: always(article(), content_type="text/xml; charset=iso-8859-1"),
    "a charset of Windows": lambda: always(windows(), content_type="text/xml"),
    "a byte order mark": lambda: always(b"\xef\xbb\xbf" + article()),
    "white space first": lambda: always(b"\n\n " + article()),
    "said to be packed, and plain": lambda: always(article(), content_encoding="gzip"),
    "cookies and odd headers": lambda: always(article(), set_cookie="a=b", x_y="\u00e9"),
    "an old protocol": lambda: raw(b"HTTP/1.0 200 OK\r\n\r\n" + article()),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_costs_its_own_source_alone(site: Site, name: str) -> None:
    make, reason = FAULTS[name]
    site.server.replies |= {"/x": make(), "/fine": always(feed(entry(2, "http://n.example")))}
    started = time.monotonic()
    report = site.fetch("feed /x", "feed /fine", limits=LIMITS)
    assert time.monotonic() - started < 6
    failed, fine = report.sources
    assert failed.has_failed and reason in failed.problems[0].reason
    assert failed.problems[0].hint
    if "fewer requests" not in reason:  # which holds for all of the host
        assert fine.articles == 1
        assert site.titles() == [title(2)]


@pytest.mark.parametrize("name", FINE)
def test_oddities_are_read(site: Site, name: str) -> None:
    site.server.replies["/x"] = FINE[name]()
    assert site.fetch("feed /x").articles == 1
    assert site.titles() == [title(1)]


def test_a_host_that_wants_rest_is_not_asked_until_then(site: Site) -> None:
    site.server.replies["/x"] = always(b"", 429, retry_after="3600")
    site.fetch("feed /x")
    site.server.requests.clear()
    report = site.fetch("feed /x")
    assert not site.server.requests and "left alone" in report.sources[0].problems[0].reason
    site.now += 3600
    site.server.replies["/x"] = always(article())
    assert site.fetch("feed /x").articles == 1


def test_a_host_that_fails_again_and_again_is_left_alone(site: Site) -> None:
    site.server.replies["/x"] = reset
    for _ in range(3):
        site.fetch("feed /x")
    site.server.requests.clear()
    report = site.fetch("feed /x")
    assert not site.server.requests and "left alone" in report.sources[0].problems[0].reason


def test_robots_that_cannot_be_had_allow_nothing(site: Site) -> None:
    site.server.replies |= {"/robots.txt": always(b"", 500), "/x": always(article())}
    report = site.fetch("feed /x")
    assert report.failed and "/x" not in site.server.counts()
    site.server.replies["/robots.txt"] = always(b"User-agent: Mujaz\nDisallow: /\n")
    site.now += 3600
    assert site.fetch("feed /x").failed and "/x" not in site.server.counts()


def test_an_etag_that_lies_hides_a_change_for_a_day(site: Site) -> None:
    base = site.server.address

    def lies(handler: Any) -> None:
        if handler.headers.get("if-none-match"):
            always(b"", 304, content_length="")(handler)
        else:
            entries = [entry(n, base) for n in range(1, 2 + (site.now > START + 3600))]
            always(feed(*entries), etag='"same"')(handler)

    site.server.replies["/x"] = lies
    assert [site.fetch("feed /x").articles for _ in range(2)] == [1, 0]
    site.now += 24 * 3600
    assert site.fetch("feed /x").articles == 1


def test_a_connection_dropped_in_between_is_opened_anew(site: Site) -> None:
    base, replies = site.server.address, site.server.replies

    def drops(handler: Any) -> None:
        always(feed(entry(1, base, full=False)))(handler)
        handler.close_connection = True

    replies["/x"], replies["/articles/1"] = drops, always(page(1))
    assert site.fetch("feed /x").articles == 1


def test_a_feed_that_moved_is_followed_and_says_where(site: Site) -> None:
    replies = site.server.replies
    replies["/x"], replies["/y"] = always(b"", 301, location="/y"), always(article())
    (report,) = site.fetch("feed /x").sources
    assert (report.articles, report.moved) == (1, f"{site.server.address}/y")


def test_arabic_and_relative_addresses_are_asked_for(site: Site) -> None:
    from urllib.parse import quote

    links = ("/مقالات/1?صفحة=2", "articles/2", "mailto:a@b.example")
    entries = (entry(n, "", full=False, link=link) for n, link in enumerate(links, 1))
    site.server.replies |= {"/dir/x": always(feed(*entries)), "/dir/articles/2": always(page(2))}
    site.server.replies[quote("/مقالات/1?صفحة=2", safe="/?=")] = always(page(1))
    assert site.fetch("feed /dir/x").articles == 3
    assert [each.excerpt for each in site.documents()].count(False) == 2


def test_private_machines_are_refused_behind_names_and_redirects(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.server.replies["/x"] = always(article())
    report = site.fetch("feed /x", allow_private=False)
    assert not site.server.requests
    assert "private network" in report.sources[0].problems[0].reason
    answers = iter(["93.184.216.34", "127.0.0.1"])  # a name that leads elsewhere the second time

    def rebinding(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    target = target_of("http://rebinding.example/")
    assert resolve(target, allow_private=False) == ["93.184.216.34"]
    with pytest.raises(FetchError, match="private network"):
        resolve(target, allow_private=False)


PUBLIC = {"93.184.216.34": True, "2606:2800:220:1::1": True} | dict.fromkeys(
    "127.0.0.1 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 ::1 "
    "fe80::1 fe80::1%eth0 fd00::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: "
    "255.255.255.255 nonsense".split(),
    False,
)


@pytest.mark.parametrize("number", PUBLIC)
def test_public_numbers(number: str) -> None:
    assert is_public(number) == PUBLIC[number]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "feed.xml",
        "ftp://a.example/",
        "http://",
        "http://u:p@a.example/",
        "http://a:99999/",
        "http://[::1",
        "http://" + "ا" * 90 + ".example/",
        "https://a.example/" + "x" * 3000,
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(FetchError):
        target_of(address)


def test_addresses_are_asked_for_in_ascii_and_compared_in_one_form() -> None:
    target = target_of("https://مثال.إختبار/خبر جديد?س=ج#x")
    assert target.host.startswith("xn--") and target.path.isascii() and " " not in target.path
    one = same_form("https://News.example/a?utm_source=rss&id=3#top")
    assert one == same_form("https://news.example:443/a?id=3")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("60", 60),
        ("-5", 900),
        ("", 900),
        ("soon", 900),
        ("9" * 30, 86400),
        ("0", 1),
        ("Fri, 27 Nov 2026 00:05:00 GMT", 300),
        ("Fri, 27 Nov 1970 00:05:00 GMT", 1),
    ],
)
def test_retry_after(header: str, seconds: float) -> None:
    assert of_status(429, header, START).wait == seconds


def test_a_certificate_that_nobody_vouches_for_is_refused(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:  # it talks no TLS at all
        port = plain.getsockname()[1]
        target = f"https://127.0.0.1:{port}/x"
        from threading import Thread

        def answer() -> None:
            connection, _ = plain.accept()
            with connection:
                connection.recv(100)
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

        Thread(target=answer, daemon=True).start()
        from mujaz.config import FetchSource
        from mujaz.fetching import Manners, fetch
        from mujaz.fetching.politeness import Clockwork

        manners = Manners("Mujaz/0", True, clockwork=Clockwork(lambda: START, lambda _: None))
        (report,) = fetch(site.config, [FetchSource(target, "feed")], manners).sources
        assert "secure connection" in report.problems[0].reason


def test_certificates_are_checked_by_default() -> None:
    context = ssl.create_default_context()
    assert context.check_hostname and context.verify_mode == ssl.CERT_REQUIRED


def test_servers_are_of_this_process(server: Server) -> None:
    assert server.address.startswith("http://127.0.0.1:")
