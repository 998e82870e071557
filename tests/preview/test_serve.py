"""`mujaz serve` as an editor meets it: each kind of change shows, faults come and go, it ends."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import raw, write_seeds

_PATIENCE_SECONDS = 12.0


class Reply(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def moment(self) -> str:
        match = re.search('data-shown="([^"]*)"', self.text)
        assert match, self.text
        return match[1]


class Preview(NamedTuple):
    """A preview that runs, and the folder that it is of."""

    folder: Path
    port: int
    process: subprocess.Popen[str]

    def get(self, path: str = "/", method: str = "GET", **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_SECONDS)
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        reply = Reply(response.status, response.headers, response.read().decode())
        connection.close()
        return reply

    def after(self, change: Callable[[], object]) -> Reply:
        """Return the first page once a browser was told that something changed."""
        before = self.get().moment
        change()
        self.wait(before)
        return self.get()

    def wait(self, moment: str) -> None:
        events = self.get(f"/_mujaz/events?shown={moment}")
        assert events.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert "event: changed" in events.text


def start(folder: Path, *arguments: str) -> Preview:
    command = [sys.executable, "-m", "mujaz", "--lang", "en", "serve", "--port", "0", *arguments]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout
    port = re.search(r":(\d+)/ ", process.stdout.readline())
    assert port
    return Preview(folder, int(port[1]), process)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("serve") / "site"
    subprocess.run(
        [sys.executable, "-m", "mujaz", "new", "--bare", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    write_seeds(folder / "seeds", {"a.txt": raw(1), "b.txt": raw(2)})
    # It starts although the first build fails.
    (folder / "editorial").mkdir(exist_ok=True)
    (folder / "editorial" / "broken.yml").write_text("article: {}\n", "utf-8")
    preview = start(folder)
    first = preview.get()
    while "broken.yml" not in first.text:  # it was still building
        preview.wait(first.moment)
        first = preview.get()
    assert first.status == 503
    assert "لم يُبنَ الموقع بعد" in first.text
    preview.after((folder / "editorial" / "broken.yml").unlink)
    yield preview
    preview.process.kill()
    preview.process.wait()


def put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def test_changes_show(preview: Preview) -> None:
    folder, pages = preview.folder, preview.folder / "site_src"
    headline = "افتتاح حديقة جديدة وسط المدينة"
    page = preview.after(lambda: put(folder / "seeds" / "c.txt", raw(3, headline=headline)))
    assert page.status == 200 and headline in page.text

    preview.after(lambda: put(pages / "team.md", "# الفريق\n\nنص أول.\n"))
    assert "نص أول" in preview.get("/team/").text
    preview.after(lambda: put(pages / "team.md", "# الفريق\n\nنص ثان.\n"))
    assert "نص ثان" in preview.get("/team/").text
    preview.after(lambda: put(pages / "assets" / "own.css", "p { color: red }"))
    assert preview.get("/assets/own.css").text == "p { color: red }"
    preview.after((pages / "team.md").unlink)
    assert preview.get("/team/").status == 404

    settings = folder / "mkdocs.yml"
    text = settings.read_text("utf-8")
    named = re.sub(r"(?m)^site_name:.*$", "site_name: صحيفة المعاينة", text)
    with_theme = named.replace("name: material", "name: material\n  custom_dir: own")
    (folder / "own").mkdir()
    assert "صحيفة المعاينة" in preview.after(lambda: put(settings, with_theme)).text
    missing = '<!doctype html><html lang="ar"><title>x</title><p>ضاعت الصفحة {{ config.site_name }}'
    preview.after(lambda: put(folder / "own" / "404.html", missing))
    assert "ضاعت الصفحة صحيفة المعاينة" in preview.get("/none/").text

    said = f'articles: {{c.txt: {{title: "{headline} مصحَّحا"}}}}'
    page = preview.after(lambda: put(folder / "editorial" / "words.yml", said))
    assert f"{headline} مصحَّحا" in page.text
    assert not (folder / "site").exists()


def test_faults_show_and_go(preview: Preview) -> None:
    settings = preview.folder / "mkdocs.yml"
    text = settings.read_text("utf-8")
    faulty: list[tuple[Path, str]] = [
        (settings, text.replace("site_name:", "site_name: [")),
        (preview.folder / "editorial" / "z.yml", "article: {}\n"),
        (preview.folder / "own" / "home.html", "{% if %}"),
    ]
    for file, broken in faulty:
        page = preview.after(lambda file=file, broken=broken: put(file, broken))  # type: ignore[misc]
        assert page.status == 200 and 'class="mujaz-fault"' in page.text, file
        assert "masthead" in page.text and file.name in page.text.replace("\u2068", "")
        mend = (lambda: put(settings, text)) if file == settings else file.unlink
        assert 'class="mujaz-fault"' not in preview.after(mend).text, file


def test_many_changes_at_once_are_few_builds(preview: Preview) -> None:
    before = preview.get().moment
    texts: dict[str, str | bytes] = {f"many/{i}.txt": raw(i, words=12) for i in range(100, 200)}
    write_seeds(preview.folder / "seeds", texts)
    until = time.monotonic() + _PATIENCE_SECONDS
    articles = preview.folder / ".mujaz-cache" / "served" / "html" / "articles"
    while len([*articles.iterdir()]) < len(texts) and time.monotonic() < until:
        time.sleep(0.05)
    preview.wait(before)
    assert len([*articles.iterdir()]) >= len(texts)
    number = int(preview.get().moment.rpartition("-")[2]) - int(before.rpartition("-")[2])
    assert 1 <= number <= 4


def test_refusals(preview: Preview) -> None:
    assert preview.get(Host="evil.example").status == 403
    assert preview.get(method="POST").status == 405
    assert preview.get(method="HEAD").text == ""
    reply = preview.get()
    assert reply.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in reply.text  # the policy of the published site
    command = [sys.executable, "-m", "mujaz", "--lang", "en", "serve", "--port", str(preview.port)]
    taken = subprocess.run(command, cwd=preview.folder, capture_output=True, text=True)
    assert taken.returncode == 2
    assert f"--port {preview.port + 1}" in taken.stderr and "Traceback" not in taken.stderr


def test_it_ends_at_once_though_browsers_hold_on(preview: Preview) -> None:
    moment = preview.get().moment
    held = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(40)]
    for number, each in enumerate(held):
        if number % 2:
            request = f"GET /_mujaz/events?shown={moment} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            each.sendall(request.encode())
    assert preview.get().status == 200
    started = time.monotonic()
    preview.process.send_signal(signal.SIGINT)
    assert preview.process.wait(10) == 130
    assert time.monotonic() - started < 5
    for each in held:
        each.close()
