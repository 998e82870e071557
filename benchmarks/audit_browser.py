"""What an audit measures in a browser, and with programs that others wrote for it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from benchmarks.audit_measures import Figure
from benchmarks.audit_site import KINDS, Site, address, page_kinds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_TOOLS = Path(__file__).parent.parent / ".audit" / "node_modules"
_PHONE: Mapping[str, Any] = {"viewport": {"width": 390, "height": 844}}
_VIEWS: Mapping[str, Mapping[str, Any]] = {
    "phone-light": {**_PHONE, "color_scheme": "light"},
    "phone-dark": {**_PHONE, "color_scheme": "dark"},
    "desktop-light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
}
_NARROW: Mapping[str, Any] = {"viewport": {"width": 320, "height": 640}}
_AXE = "() => axe.run(document, {rules: {'target-size': {enabled: true}}})"
_WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_SCREENS = "() => document.documentElement.scrollHeight / innerHeight"
_SHIFTS = """() => {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const moved = sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 100) ?? "?");
      globalThis.shifts.push([value, moved[0] ?? "?"]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""
_CHROME = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
_MAX_SCREENS = 9
_MAX_SHIFT = 0.01
_WATCHED_ARTICLES = 60
_RUNS = 5
"""Of Lighthouse on each page, unless `RUNS` says otherwise; the median counts."""
_SCORES = ("performance", "accessibility", "best-practices", "seo")
_TIMES = {  # audit of Lighthouse: our name for it, unit, units in one of Lighthouse's, target
    "largest-contentful-paint": ("LCP", "s", 1000, 1.2),
    "cumulative-layout-shift": ("CLS", "", 1, _MAX_SHIFT),
    "total-blocking-time": ("TBT", "ms", 1, 50),
}


def chromium() -> str:
    """Return the path of the browser; without one, leave and say so."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    return program or sys.exit("chromium is missing: install the package `chromium`")


@contextlib.contextmanager
def _browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=_CHROME)
        yield browser
        browser.close()


def valid_html(site: Site, host: str) -> Iterator[Figure]:
    """Yield how many errors the Nu HTML Checker finds on all pages."""
    java = shutil.which("java")
    if java is None:
        print("java is missing: install `default-jre-headless` to check the HTML")
        return
    jar = _TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    flags = ["--errors-only", "--skip-non-html", "--format", "json"]
    command = [java, "-jar", str(jar), *flags, str(site.folder)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    errors = json.loads(checked.stderr)["messages"]
    for message, count in Counter(each["message"] for each in errors).most_common():
        example = next(each for each in errors if each["message"] == message)
        print(f"  {count} × {message} ({example.get('url', '')}:{example.get('lastLine', '')})")
    yield Figure("HTML errors on all pages", len(errors), 0)


def accessible(site: Site, host: str) -> Iterator[Figure]:
    """Yield how many violations axe finds on each kind of page, in each view."""
    source = (_TOOLS / "axe-core" / "axe.min.js").read_text("utf-8")
    with _browser() as browser:
        for view, settings in _VIEWS.items():
            context = browser.new_context(**settings)
            page = context.new_page()
            for kind, path in site.kinds().items():
                page.goto(f"{host}/{path}", wait_until="networkidle")
                page.evaluate(source)
                violations = page.evaluate(_AXE)["violations"]
                for violation in violations:
                    nodes = violation["nodes"]
                    print(f"  {violation['id']} × {len(nodes)}: {violation['help']}")
                    print(
                        f"    {nodes[0]['html'][:150]} {nodes[0].get('failureSummary', '')[:300]}"
                    )
                yield Figure(f"axe violations: {kind}, {view}", len(violations), 0)
            context.close()


def walked(site: Site, host: str) -> Iterator[Figure]:
    """Yield how many pages are wider than a small screen, and how often another host is asked."""
    requests: list[str] = []
    wide = 0
    with _browser() as browser:
        page = browser.new_context(**_NARROW).new_page()
        page.on("request", lambda request: requests.append(request.url))
        for path in sorted(site.folder.rglob("*.html")):
            page.goto(f"{host}/{address(site.folder, path)}")
            if page.evaluate(_WIDER) > 0:
                wide += 1
                print(f"  wider than the screen: {path.relative_to(site.folder)}")
    foreign = {url for url in requests if urlsplit(url).netloc != urlsplit(host).netloc}
    print("".join(f"  asked of another host: {url}\n" for url in sorted(foreign)), end="")
    absent = sorted(KINDS.keys() - page_kinds(site.folder).keys())
    print("".join(f"  no such page: {kind}\n" for kind in absent), end="")
    missing = [kind for kind in absent if not KINDS[kind].optional]
    yield Figure("kinds of page that are missing", len(missing), 0)
    yield Figure("pages wider than 320 px", wide, 0)
    yield Figure("requests to other hosts", len(foreign), 0)


def screens(site: Site, host: str) -> Iterator[Figure]:
    """Yield how many screens of a phone the editions are long."""
    kinds = site.kinds()
    with _browser() as browser:
        page = browser.new_context(**_PHONE).new_page()
        for kind in ("home", "digest day"):
            if kind in kinds:
                page.goto(f"{host}/{kinds[kind]}", wait_until="networkidle")
                yield Figure(f"screens of a phone: {kind}", page.evaluate(_SCREENS), _MAX_SCREENS)


def still(site: Site, host: str) -> Iterator[Figure]:
    """Yield how far the content of articles and of search results moves while they load."""
    articles = sorted(site.folder.glob("articles/*/index.html"))
    some = articles[:: max(1, len(articles) // _WATCHED_ARTICLES)][:_WATCHED_ARTICLES]
    kinds = site.kinds()
    with _browser() as browser:
        shifts = {
            path: _shift(browser, f"{host}/{path}")
            for path in (address(site.folder, each) for each in some)
        }
        worst = max(shifts, key=lambda path: shifts[path])
        yield Figure(f"CLS: the worst of {len(shifts)} articles", shifts[worst], _MAX_SHIFT)
        if "results" in kinds:
            yield Figure("CLS: results", _shift(browser, f"{host}/{kinds['results']}"), _MAX_SHIFT)


def _shift(browser: Browser, url: str) -> float:
    """Return the layout shift of a page for a reader who has nothing of the site as yet.

    Prints what moved, if it moved far.
    """
    context = browser.new_context(**_PHONE)
    page: Page = context.new_page()
    page.add_init_script(f"({_SHIFTS})()")
    page.goto(url, wait_until="networkidle")
    page.mouse.wheel(0, 1_500)
    page.wait_for_timeout(100)
    shifts = page.evaluate("() => globalThis.shifts")
    context.close()
    for value, moved in shifts:
        if value > _MAX_SHIFT:
            print(f"  {value:.3f} {unquote(urlsplit(url).path)}: {moved!r}")
    total: float = sum(value for value, _ in shifts)
    return total


def rated(site: Site, host: str) -> Iterator[Figure]:
    """Yield Lighthouse's scores and times on a phone, the median of several runs."""
    kinds = site.kinds()
    number = int(os.getenv("RUNS") or _RUNS)
    for kind in [each for each in kinds if not KINDS[each].is_error]:
        runs = [_run_lighthouse(f"{host}/{kinds[kind]}") for _ in range(number)]
        for score in _SCORES:
            values = [100 * run["categories"][score]["score"] for run in runs]
            yield Figure(f"{kind}: {score}", statistics.median(values), 100, at_least=True)
        for name, (ours, unit, scale, target) in _TIMES.items():
            values = [run["audits"][name]["numericValue"] / scale for run in runs]
            yield Figure(f"{kind}: {ours}", statistics.median(values), target, unit)
        for name in _failed(runs[-1]):
            print(f"  {name}")


def _run_lighthouse(url: str) -> dict[str, Any]:
    program = _TOOLS / "lighthouse" / "cli" / "index.js"
    flags = ["--output=json", "--quiet", f"--chrome-flags={' '.join(_CHROME)}"]
    done = subprocess.run(
        ["node", program, url, *flags],
        env={**os.environ, "CHROME_PATH": chromium()},
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _failed(run: Mapping[str, Any]) -> Iterator[str]:
    """Yield the audits that cost a category something."""
    for category in run["categories"].values():
        for each in category["auditRefs"]:
            audit = run["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{category['id']}: {audit['title']} {audit.get('displayValue', '')}"
