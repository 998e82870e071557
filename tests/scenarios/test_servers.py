"""The sample settings of `docs/serving/` do what they say, in real servers and for hosts."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
import tomllib
from collections.abc import Iterator, Mapping
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from mujaz.publish.output.compression import compressed
from mujaz.state.site_record import MARK

from tests.conftest import PROJECT, copy_project, run_mujaz
from tests.support import case_table, cases, contents, write_seeds

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SAMPLES = PROJECT / "docs" / "serving"
TABLE = case_table("serving")
EVERYWHERE: Mapping[str, str] = TABLE["everywhere"]
PAGE_CACHE = next(kind["cache"] for kind in TABLE["kinds"] if kind["name"] == "pages")
BROTLI_MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
DOMAIN = "mujaz.example/"
ADDITIONS = {
    MARK: "what Mujaz notes for itself",
    ".git/config": "[remote]",
    ".well-known/security.txt": "Contact: mailto:desk@mujaz.example\n",
    ".well-known/.hidden": "",
    "articles/.hidden": "",
    "assets/pictures/0123456789abcdef.png": "",
    "_headers": "",
    "_redirects": "",
}
"""What may lie in a site's folder beside what the build makes."""
MOVED_FROM, MOVED_TO = "articles/كان-هنا/", "articles/"


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class Server(NamedTuple):
    """A running server and what it serves."""

    name: str
    port: int
    site: Path
    prefix: str
    """Path below which the site is, with a slash at its end."""
    has_brotli: bool

    def get(self, address: str, **headers: str) -> Answer:
        """Fetch what is at an address below the site, which is sent as it stands here."""
        return self.fetch(self.prefix + quote(address, safe="/%?=."), **headers)

    def fetch(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers=sent)
            response = connection.getresponse()
            return Answer(response.status, response.msg, response.read())


def program(name: str) -> str:
    """Return the path of a server's program; where there is none, skip, but in CI fail."""
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if path is None:
        reason = f"{name} is not installed: nobody tries its sample settings"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def edited(text: str, **replacements: str) -> str:
    """Return `text` with each of the replacements made, wherever it applies."""
    for old, new in replacements.items():
        assert old in text
        text = text.replace(old, new)
    return text


def nginx(folder: Path, root: Path, prefix: str, port: int) -> list[str]:
    """Write the settings of nginx, and return the command that starts it."""
    sample = edited(
        (SAMPLES / "nginx.conf").read_text("utf-8"),
        **{
            "listen 80;": f"listen 127.0.0.1:{port};",
            "/var/www/mujaz;": f"{root};",
            "/var/www/mujaz/redirects": f"{root}{prefix}redirects",
            " /404.html;": f" {prefix}404.html;",
        },
    )
    module = ""
    if BROTLI_MODULE.exists():
        module = f"load_module {BROTLI_MODULE};\n"
        sample = edited(sample, **{"# brotli_static on;": "brotli_static on;"})
    user = "user root;\n" if os.geteuid() == 0 else ""
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places_text = "".join(f"{place}_temp_path {folder}/{place};\n" for place in places)
    (folder / "site.conf").write_text(sample, "utf-8")
    (folder / "nginx.conf").write_text(
        f"{module}{user}daemon off;\nworker_processes 1;\npid {folder}/pid;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{places_text}"
        f"include {folder}/site.conf;\n}}\n",
        "utf-8",
    )
    errors = str(folder / "errors")
    return [program("nginx"), "-e", errors, "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, root: Path, prefix: str, port: int) -> list[str]:
    """Write the settings of Caddy, and return the command that starts it."""
    sample = edited(
        (SAMPLES / "Caddyfile").read_text("utf-8"),
        **{
            "news.example {": f"http://127.0.0.1:{port} {{",
            "/var/www/mujaz\n": f"{root}\n",
            "rewrite * /404.html": f"rewrite * {prefix}404.html",
        },
    )
    options = "{\n\tadmin off\n\tauto_https off\n}\n"
    (folder / "Caddyfile").write_text(options + sample, "utf-8")
    return [program("caddy"), "run", "--config", str(folder / "Caddyfile")]


SERVERS = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(scope="module")
def below_a_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, built for an address below a path."""
    folder = copy_project(tmp_path_factory.mktemp("below"), whole=True)
    settings = folder / "mkdocs.yml"
    text = edited(settings.read_text("utf-8"), **{DOMAIN: f"{DOMAIN}news/"})
    settings.write_text(text, "utf-8")
    run_mujaz(folder, "build")
    return folder / "site"


@pytest.fixture(
    scope="module",
    params=[(name, prefix) for name in SERVERS for prefix in ("/", "/news/")],
    ids=lambda param: f"{param[0]}-{param[1]}",
)
def server(
    request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Each server with the site at its root, and below a path."""
    name, prefix = request.param
    program(name)
    folder = tmp_path_factory.mktemp(name)
    built = site if prefix == "/" else request.getfixturevalue("below_a_path")
    public = folder / "public" / prefix.strip("/")
    shutil.copytree(built, public)
    write_seeds(public, ADDITIONS)
    rule = f'"{prefix}{MOVED_FROM}" "{prefix}{quote(MOVED_TO)}";\n'
    write_seeds(public, {"redirects.nginx.conf": rule})
    for path, data in contents(public).items():
        for form, result in compressed(path, data).items():
            if result is not None:
                (public / form).write_bytes(result)
    port = free_port()
    command = SERVERS[name](folder, folder / "public", prefix, port)
    log = folder / "log"
    with log.open("wb") as output:
        home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        process = subprocess.Popen(command, stdout=output, stderr=output, env=home)
        try:
            assert answers(port, process), log.read_text("utf-8", "replace")
            has_brotli = name == "caddy" or BROTLI_MODULE.exists()
            yield Server(name, port, public, prefix, has_brotli)
        finally:
            process.terminate()
            process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Return whether the server takes connections before it ends or half a minute is over."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.1)
    return False


def files(site: Path, kind: Mapping[str, Any]) -> list[str]:
    """Return some files of a kind, by their paths below the site."""
    every = sorted(path.relative_to(site).as_posix() for path in site.glob(kind["files"]))
    every = [path for path in every if not path.endswith(".br")]
    every = [path for path in every if not path.endswith(".gz") or kind["files"].endswith(".gz")]
    assert every, kind["files"]
    return every[:: max(1, len(every) // 20)]


def check_headers(answer: Answer, cache: str) -> None:
    for name, value in (*EVERYWHERE.items(), ("Cache-Control", cache)):
        assert answer.headers.get_all(name) == [value], name


@pytest.mark.parametrize("kind", cases("serving", "kinds"))
def test_each_kind_of_file(server: Server, kind: Mapping[str, Any]) -> None:
    for path in files(server.site, kind):
        answer = server.get(path.removesuffix("index.html"))
        assert answer.status == 200, path
        assert answer.body == (server.site / path).read_bytes(), path
        assert answer.headers["Content-Encoding"] is None, path
        assert re.fullmatch(kind["type"], answer.headers["Content-Type"] or ""), path
        check_headers(answer, kind["cache"])


@pytest.mark.parametrize("kind", cases("serving", "kinds"))
def test_compressed_forms_are_sent_as_they_lie_there(
    server: Server, kind: Mapping[str, Any]
) -> None:
    ways = {"gzip": ".gz", "br": ".br"} if server.has_brotli else {"gzip": ".gz"}
    for path in files(server.site, kind):
        for encoding, suffix in ways.items():
            form = server.site / (path + suffix)
            assert form.exists() or not kind.get("compressed"), path
            if not form.exists():
                continue
            address = path.removesuffix("index.html")
            answer = server.get(address, Accept_Encoding=encoding)
            assert answer.headers["Content-Encoding"] == encoding, path
            assert answer.body == form.read_bytes(), path
            assert "accept-encoding" in (answer.headers["Vary"] or "").lower(), path
            assert re.fullmatch(kind["type"], answer.headers["Content-Type"]), path
            check_headers(answer, kind["cache"])


@pytest.mark.parametrize("address", TABLE["missing"])
def test_what_is_not_there(server: Server, address: str) -> None:
    answer = server.get(address)
    assert answer.status == 404
    assert answer.body == (server.site / "404.html").read_bytes()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    check_headers(answer, PAGE_CACHE)


def test_the_page_for_what_is_not_there_leads_back(server: Server) -> None:
    path = f"{server.prefix}articles/nothing/at/all/"
    text = server.fetch(path).body.decode()
    targets = {urljoin(path, each) for each in re.findall(r'(?:href|src|action)="([^"]+)"', text)}
    targets = {each for each in targets if not urlsplit(each).fragment}
    assert len(targets) > 12
    for target in targets:
        assert target.startswith(server.prefix)
        assert server.fetch(target).status == 200, target


def test_every_page_has_its_arabic_address(server: Server) -> None:
    paths = [path.relative_to(server.site) for path in server.site.rglob("index.html")]
    arabic = [f"{path.parent.as_posix()}/" for path in paths if not str(path).isascii()]
    assert len(arabic) > 40
    for address in arabic:
        path = server.prefix + quote(address)
        lowered = re.sub("%..", lambda escape: escape[0].lower(), path)
        without_slash = server.fetch(path.rstrip("/"))
        assert server.fetch(path).status == server.fetch(lowered).status == 200, address
        assert without_slash.status in (301, 308), address
        target = without_slash.headers["Location"]
        assert target.isascii(), address
        assert unquote(urljoin(path.rstrip("/"), target)) == server.prefix + address
        assert server.fetch(urljoin(path.rstrip("/"), target)).status == 200


def test_nginx_leads_on_where_a_page_moved(server: Server) -> None:
    answer = server.get(MOVED_FROM)
    if server.name == "nginx":
        assert answer.status == 301
        assert answer.headers["Location"] == server.prefix + MOVED_TO
        check_headers(answer, PAGE_CACHE)
    else:
        assert answer.status == 404


def test_what_a_browser_has_is_not_sent_again(server: Server) -> None:
    for address in ("", "assets/mujaz.css", "feed.xml"):
        first = server.get(address)
        again = server.get(address, If_None_Match=first.headers["ETag"])
        assert (again.status, again.body) == (304, b""), address
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


@pytest.mark.browser
def test_a_reader_finds_something_under_these_headers(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with contextlib.closing(page):
        page.goto(f"http://127.0.0.1:{server.port}{server.prefix}search/?q={quote('حافلات')}")
        page.wait_for_selector(".search-results li a")
        page.click(".search-results li a")
        page.wait_for_selector("article, .article, h1")
    assert complaints == []


# ---- Hosts that read a file of settings ----

Rules = list[tuple[str, dict[str, str]]]
"""Patterns of addresses, and the headers that each sets."""


def cloudflare_rules() -> Rules:
    rules: Rules = []
    for line in (SAMPLES / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        elif line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            assert name not in rules[-1][1]
            rules[-1][1][name] = value
        else:
            assert not line or line.startswith("#"), line
    assert len(rules) <= 100
    return rules


def netlify_settings() -> dict[str, Any]:
    return tomllib.loads((SAMPLES / "netlify.toml").read_text("utf-8"))


def netlify_rules() -> Rules:
    return [(rule["for"], rule["values"]) for rule in netlify_settings()["headers"]]


HOSTS = {"Cloudflare Pages": cloudflare_rules, "Netlify": netlify_rules}


def headers_by(rules: Rules, address: str) -> dict[str, str]:
    """Return what the rules say of an address; no two may set the same header."""
    headers: dict[str, str] = {}
    for pattern, values in rules:
        if address == pattern or (pattern.endswith("*") and address.startswith(pattern[:-1])):
            assert headers.keys().isdisjoint(values), address
            headers |= values
    return headers


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("kind", cases("serving", "kinds"))
def test_hosts_send_the_same(host: str, kind: Mapping[str, Any], site: Path) -> None:
    paths = [kind["files"]] if kind["files"] in ADDITIONS else []
    paths = paths or ([] if "pictures" in kind["files"] else files(site, kind))
    for path in paths or ["assets/pictures/0123456789abcdef.png"]:
        headers = headers_by(HOSTS[host](), "/" + path.removesuffix("index.html"))
        # These hosts let nothing be used before they were asked, unless they are told otherwise.
        assert headers.pop("Cache-Control", PAGE_CACHE) == kind["cache"], path
        if "rss" in kind["type"] or "feed" in kind["type"] or "search" in kind["type"]:
            assert re.fullmatch(kind["type"], headers["Content-Type"]), path
        headers.pop("Content-Type", None)
        assert headers == EVERYWHERE, path


def test_netlify_hides_what_mujaz_notes() -> None:
    assert MARK in TABLE["missing"]
    assert netlify_settings()["redirects"] == [
        {"from": f"/{MARK}", "to": "/404.html", "status": 404, "force": True}
    ]


# ---- One truth for pages and servers ----


def policy(text: str) -> dict[str, set[str]]:
    """Return the sources that a Content-Security-Policy admits, by directive."""
    directives = (directive.split() for directive in text.split(";"))
    return {name: {*sources} for name, *sources in directives}


def test_servers_admit_what_the_pages_themselves_admit(site: Path) -> None:
    found = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')
    pages = {page: page.read_text("utf-8") for page in site.rglob("*.html")}
    policies = {page: found.findall(text) for page, text in pages.items()}
    (search_policy,) = policies[site / "search" / "index.html"]
    # The search page needs the most; pages narrow it down for themselves.
    assert EVERYWHERE["Content-Security-Policy"] == f"{search_policy}; frame-ancestors 'none'"
    for page, (own,) in policies.items():
        widest = policy(search_policy)
        assert policy(own).keys() == widest.keys(), page
        assert all(sources <= widest[name] for name, sources in policy(own).items()), page
        assert f'name="referrer" content="{EVERYWHERE["Referrer-Policy"]}"' in pages[page], page
