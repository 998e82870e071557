"""What the preview answers, to whom, and what it adds to pages."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from mujaz.errors import ConfigError
from mujaz.preview import PreviewServer, Showing, open_server
from mujaz.preview.answers import is_admitted_host

from tests.support import cases

_PAGE = "<!doctype html><html><head><title>{}</title></head><body class='x'><p>نص</p></body></html>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("preview") / "site"
    for name in ("index.html", "404.html", "about/index.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(_PAGE.format(name), "utf-8")
    (site / "a").mkdir()
    for name in ("a/موجز.txt", "data.json", "style.css", "font.woff2", ".secret", "../secret.txt"):
        (site / name).write_text("{}", "utf-8")
    (site / "out.txt").symlink_to(site.parent / "secret.txt")
    return site


@pytest.fixture
def showing(folder: Path) -> Showing:
    showing = Showing()
    showing.show(folder, "/", "1")
    return showing


@pytest.fixture
def server(showing: Showing) -> Iterator[PreviewServer]:
    with open_server("127.0.0.1", 0, showing) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def request(
    server: PreviewServer, target: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.putrequest(method, target, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


@pytest.mark.parametrize("case", cases("preview", "answers"))
def test_each_path_has_its_answer(case: Mapping[str, Any], server: PreviewServer) -> None:
    target = case["target"].replace("LONG", "x" * 5_000)
    response, body = request(server, target)
    assert response.status == case["status"]
    assert response.getheader("Location") == case.get("location")
    if "type" in case:
        assert response.getheader("Content-Type") == case["type"]
    assert response.getheader("Cache-Control") == "no-store"
    head, nothing = request(server, target, "HEAD")
    assert (head.status, nothing) == (response.status, b"")
    assert head.getheader("Content-Length") == str(len(body))


@pytest.mark.parametrize("case", cases("preview", "hosts"))
def test_only_this_machine_is_admitted(case: Mapping[str, Any]) -> None:
    assert is_admitted_host(case["header"], case["host"]) is case["admitted"]


def test_others_are_refused(server: PreviewServer) -> None:
    refused, body = request(server, "/", Host="elsewhere.example")
    assert (refused.status, b"data.json" in body) == (403, False)
    posted, _ = request(server, "/", "POST")
    assert (posted.status, posted.getheader("Allow")) == (405, "GET, HEAD")
    assert request(server, "/", "BREW")[0].status == 501


def test_pages_load_again_and_say_what_is_wrong(server: PreviewServer, showing: Showing) -> None:
    assert b"mujaz-fault" not in request(server, "/about/")[1]
    assert showing.complain("mkdocs.yml: <b>broken</b>; mend it")
    assert not showing.complain("mkdocs.yml: <b>broken</b>; mend it")
    for target in ("/about/", "/nothing"):
        page = request(server, target)[1].decode()
        assert "&lt;b&gt;broken&lt;/b&gt;" in page
        assert page.index("reload.js") < page.index("</head>") < page.index("لم يُبنَ الموقع من جديد")
        assert "<p>نص</p>" in page
    assert b"reload.js" not in request(server, "/data.json")[1]
    assert showing.show(server.showing.now.site or Path(), "/", "1")
    assert b"mujaz-fault" not in request(server, "/about/")[1]


def test_browsers_are_told_of_a_change(server: PreviewServer, showing: Showing) -> None:
    answers: list[bytes] = []
    target = f"/_mujaz/events?shown={showing.name(showing.now)}"
    waiting = threading.Thread(target=lambda: answers.append(request(server, target)[1]))
    waiting.start()
    assert not answers
    showing.complain("a fault")
    waiting.join(10)
    assert b"event: changed" in answers[0]
    # Who has the page of a moment that is over, or of another run, is told at once.
    assert b"event: changed" in request(server, "/_mujaz/events?shown=another-1")[1]


def test_before_there_is_a_site_a_plain_page_says_why() -> None:
    showing = Showing()
    with open_server("127.0.0.1", 0, showing) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        building, body = request(server, "/any/")
        assert (building.status, "يُبنى الموقع الآن" in body.decode()) == (503, True)
        showing.complain("mkdocs.yml: not found; <name> it")
        failed, body = request(server, "/any/")
        assert (failed.status, "&lt;name&gt;" in body.decode()) == (503, True)
        server.shutdown()


def test_a_site_below_a_path_is_served_there(folder: Path) -> None:
    showing = Showing()
    showing.show(folder, "/news/", "1")
    with open_server("127.0.0.1", 0, showing) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        assert request(server, "/")[0].getheader("Location") == "/news/"
        assert request(server, "/news/about/")[0].status == 200
        assert request(server, "/about/")[0].status == 404
        server.shutdown()


def test_a_place_of_its_own_can_be_answered_by_others(showing: Showing) -> None:
    from mujaz.preview.answers import Answer

    seen: list[str] = []

    def desk(request: Any) -> None:
        seen.append(request.command)
        request.send(Answer(http.HTTPStatus.OK, b"desk"))

    with open_server("127.0.0.1", 0, showing, {"/desk/": desk}) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        assert request(server, "/desk/", "POST")[1] == b"desk"
        assert request(server, "/desk/", "POST", Host="elsewhere.example")[0].status == 403
        assert seen == ["POST"]
        server.shutdown()


def test_a_port_in_use_is_named(server: PreviewServer) -> None:
    port = server.server_address[1]
    with pytest.raises(ConfigError, match=f"port {port} .* in use.*--port {port + 1}"):
        open_server("127.0.0.1", port, Showing())
    with pytest.raises(ConfigError, match="--host"):
        open_server("nowhere.invalid", 0, Showing())
