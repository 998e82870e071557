"""The desk over HTTP: what it lists, what it refuses, and a correction's way to the page."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from mujaz.cli import cli
from mujaz.config import load
from mujaz.desk import Desk
from mujaz.preview import Showing, Sources, open_server
from mujaz.preview.rebuilding import rebuild
from mujaz.review import concerns

from tests.support import raw, write_seeds

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_HOSTILE = "افتتاح <script>alert(1)</script> حديقة المدينة"


class Bench(NamedTuple):
    folder: Path
    port: int
    desk: Desk
    sources: Sources
    showing: Showing

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        body = urlencode(form) if form is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("POST" if body else "GET", path, body, {**kind, **named})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, text

    def say(self, action: str, **fields: str) -> int:
        return self.ask("/desk/", {"token": self.desk.token, "action": action, **fields})[0]

    def rebuild(self) -> None:
        assert rebuild(self.sources, self.showing, lambda line: None), self.showing.now.fault


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("desk") / "site"
    cli.main(["new", "--bare", str(folder)], standalone_mode=False)
    texts: dict[str, str | bytes] = {
        "2025-07-14-a.txt": raw(1, headline=_HOSTILE),
        "b.txt": raw(2),
        "empty.txt": "",
    }
    write_seeds(folder / "seeds", texts)
    showing, sources = Showing(), Sources(folder / "mkdocs.yml")
    desk = Desk(sources, showing)
    server = open_server("127.0.0.1", 0, showing, {"/desk/": desk.respond})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    bench = Bench(folder, server.server_address[1], desk, sources, showing)
    bench.rebuild()
    yield bench
    server.shutdown()
    server.server_close()


def article_address(bench: Bench) -> str:
    _, page = bench.ask("/desk/")
    match = re.search(r"/desk/\?article=([^\"]+)\">", page)
    assert match, page
    return match[1]


def test_list(bench: Bench) -> None:
    listed = concerns(load(bench.folder / "mkdocs.yml"))
    assert {"rejected", "missing"} <= {each.kind for each in listed}
    places = [each.place for each in listed if each.kind == "missing"]
    assert places == sorted(places)
    status, page = bench.ask("/desk/")
    assert status == 200 and "مكتب التحرير" in page and "empty.txt" in page
    assert "<script>alert" not in page
    assert "masthead" in page  # the site's own page around it


def test_refusals(bench: Bench) -> None:
    form = {"token": bench.desk.token, "action": "lead", "ref": "x"}
    origin = f"http://127.0.0.1:{bench.port}"
    assert bench.ask("/desk/", {**form, "token": "x"})[0] == 403
    assert bench.ask("/desk/", {"action": "lead", "ref": "x"})[0] == 403
    assert bench.ask("/desk/", form, Origin="http://evil.example")[0] == 403
    assert bench.ask("/desk/", form, Origin="null")[0] == 403
    assert bench.ask("/desk/", form, Sec_Fetch_Site="cross-site")[0] == 403
    assert bench.ask("/desk/", form, Host="evil.example")[0] == 403
    assert bench.ask("/desk/", {**form, "ref": "x" * 70_000})[0] == 403
    assert bench.ask("/desk/", form, Content_Type="text/plain")[0] == 403
    assert not (bench.folder / "editorial" / "desk.yml").exists()
    assert bench.ask("/desk/", {**form, "action": "?"}, Origin=origin)[0] == 409
    assert bench.ask("/desk/?article=articles/none-aaaaaaaaaa/")[0] == 404


def test_a_correction_shows_and_is_taken_back(bench: Bench) -> None:
    address = article_address(bench)
    status, page = bench.ask(f"/desk/?article={address}")
    assert status == 200 and "<script>alert" not in page
    ref = re.search('name="ref" value="([^"]+)"', page)
    assert ref and "articles/" in ref[1]
    title = "عنوان مصحَّح من المكتب"
    assert bench.say("fields", **{"ref": ref[1], "title": title, "was-title": "x"}) == 303
    bench.rebuild()
    _, page = bench.ask(f"/{quote(ref[1])}/")
    assert title in page and "صحّح هذا المقال" in page
    assert title in (bench.folder / "editorial" / "desk.yml").read_text("utf-8")
    assert bench.say("undo") == 303
    assert not (bench.folder / "editorial" / "desk.yml").exists()
    bench.rebuild()
    assert title not in bench.ask(f"/{quote(ref[1])}/")[1]


def test_what_is_right_is_listed_no_more(bench: Bench) -> None:
    name = next(each.name for each in concerns(load(bench.folder / "mkdocs.yml")))
    listed = bench.ask("/desk/")[1].count("<li>")
    assert bench.say("right", name=name) == 303
    assert bench.ask("/desk/")[1].count("<li>") < listed


def test_no_build_has_the_desk(bench: Bench) -> None:
    cli.main(["build", "--config", str(bench.folder / "mkdocs.yml")], standalone_mode=False)
    pages = [*(bench.folder / "site").rglob("*.html")]
    assert pages and not (bench.folder / "site" / "desk").exists()
    assert not [each for each in pages if b"mujaz-desk" in each.read_bytes()]


@pytest.mark.browser
def test_in_a_browser(bench: Bench, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("dialog", lambda dialog: messages.append(dialog.message))
    page.goto(f"http://127.0.0.1:{bench.port}/desk/?article={article_address(bench)}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.fill("input[name=place]", "تدمر")
    page.locator("form.desk-fields button").first.click()
    page.wait_for_url("**/desk/?done=saved")
    assert "تدمر" in (bench.folder / "editorial" / "desk.yml").read_text("utf-8")
    page.locator("form:has(input[value=undo]) button").click()
    page.wait_for_url("**/desk/?done=undone")
    assert not messages
    page.close()
