"""Audits the built site: `make audit`, or `RUNS=1 python -m benchmarks.audit [PART…]`.

Each figure stands beside its target; the exit code is 1 if one is missed. Parts: `html`, `weight`,
`growth`, `axe`, `walk`, `lighthouse`. The tools come from `benchmarks/audit/package.json`.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from benchmarks.audit_site import KINDS, address, first_view, page_kinds, served
from benchmarks.growth import FEW, MANY, first_views

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_PROJECT = Path(__file__).parent.parent
_SITE = _PROJECT / "site"
_TOOLS = _PROJECT / ".audit" / "node_modules"
_VIEWS: Mapping[str, Mapping[str, Any]] = {
    "phone-light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "phone-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "desktop-light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
}
_NARROW: Mapping[str, Any] = {"viewport": {"width": 320, "height": 640}}
_AXE = "() => axe.run(document, {rules: {'target-size': {enabled: true}}})"
_WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CHROME = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
_RUNS = 5
"""Of Lighthouse on each page, unless `RUNS` says otherwise; the median counts."""
_FLAT = 1.1
"""Times that a first view may grow with the collection."""
_SCORES = ("performance", "accessibility", "best-practices", "seo")
_TIMES = {  # audit of Lighthouse: our name for it, unit, units in one of Lighthouse's, target
    "largest-contentful-paint": ("LCP", "s", 1000, 1.2),
    "cumulative-layout-shift": ("CLS", "", 1, 0.01),
    "total-blocking-time": ("TBT", "ms", 1, 50),
}


class Figure(NamedTuple):
    """One measured figure and what is wanted of it."""

    name: str
    value: float
    target: float
    unit: str = ""
    at_least: bool = False
    """Whether more is better."""

    @property
    def is_met(self) -> bool:
        """Whether it is as good as wanted."""
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        """Return it as a line of the report."""
        sign = "≥" if self.at_least else "≤"
        line = f"{self.name:44} {self.value:8.4g} {self.unit:3} {sign} {self.target:g}"
        return line if self.is_met else f"{line}   MISSED"


def main() -> None:
    """Print every figure beside its target."""
    parts = sys.argv[1:] or ["html", "weight", "growth", "axe", "walk", "lighthouse"]
    figures: list[Figure] = []
    with served(_SITE) as host:
        for part in parts:
            print(f"== {part}", flush=True)
            for figure in _measure(part, host):
                figures.append(figure)
                print(figure, flush=True)
    missed = sum(not figure.is_met for figure in figures)
    print(f"{len(figures) - missed} of {len(figures)} targets met")
    sys.exit(1 if missed else 0)


def _measure(part: str, host: str) -> Iterator[Figure]:
    if part == "html":
        yield from _html()
    elif part == "weight":
        yield from _weights()
    elif part == "growth":
        yield from _growth()
    elif part == "lighthouse":
        yield from _lighthouse(host)
    else:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=_CHROME)
            yield from _axe(browser, host) if part == "axe" else _walk(browser, host)
            browser.close()


def chromium() -> str:
    """Return the path of the browser; without one, leave and say so."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    return program or sys.exit("chromium is missing: install the package `chromium`")


def _html() -> Iterator[Figure]:
    """Yield how many errors the Nu HTML Checker finds on all pages."""
    java = shutil.which("java")
    if java is None:
        print("java is missing: install `default-jre-headless` to check the HTML")
        return
    jar = _TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [
        java,
        "-jar",
        str(jar),
        "--errors-only",
        "--skip-non-html",
        "--format",
        "json",
        str(_SITE),
    ]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    errors = json.loads(checked.stderr)["messages"]
    for message, count in Counter(each["message"] for each in errors).most_common():
        example = next(each for each in errors if each["message"] == message)
        print(f"  {count} × {message} ({example.get('url', '')}:{example.get('lastLine', '')})")
    yield Figure("HTML errors on all pages", len(errors), 0)


def _weights() -> Iterator[Figure]:
    """Yield what the fullest article costs a reader who has seen no other page."""
    page = _SITE / unquote(page_kinds(_SITE)["article"]) / "index.html"
    sizes = first_view(page)
    without_fonts = sum(size for path, size in sizes.items() if path.suffix != ".woff2")
    yield Figure("article: HTML, compressed", sizes[page], 8, "KB")
    yield Figure("article: all but fonts", without_fonts, 20, "KB")
    yield Figure("article: all", sum(sizes.values()), 45, "KB")
    yield Figure("article: requests", len(sizes), 6)


def _growth() -> Iterator[Figure]:
    """Yield how first views grow from a small collection to a large one."""
    few, many = first_views(FEW), first_views(MANY)
    for kind, size in many.items():
        print(f"  {kind}: {few[kind]:.2f} KB of {FEW:,} articles, {size:.2f} KB of {MANY:,}")
        yield Figure(f"growth of the first view: {kind}", size / few[kind], _FLAT, "×")


def _axe(browser: Browser, host: str) -> Iterator[Figure]:
    """Yield how many violations axe finds on each kind of page, in each view."""
    source = (_TOOLS / "axe-core" / "axe.min.js").read_text("utf-8")
    for view, settings in _VIEWS.items():
        context = browser.new_context(**settings)
        page = context.new_page()
        for kind, path in page_kinds(_SITE).items():
            page.goto(f"{host}/{path}", wait_until="networkidle")
            page.evaluate(source)
            violations = page.evaluate(_AXE)["violations"]
            for violation in violations:
                nodes = violation["nodes"]
                print(f"  {violation['id']} × {len(nodes)}: {violation['help']}")
                print(f"    {nodes[0]['html'][:150]} {nodes[0].get('failureSummary', '')[:300]}")
            yield Figure(f"axe violations: {kind}, {view}", len(violations), 0)
        context.close()


def _walk(browser: Browser, host: str) -> Iterator[Figure]:
    """Yield how many pages are wider than a small screen, and how often another host is asked."""
    context = browser.new_context(**_NARROW)
    page = context.new_page()
    asked: list[str] = []
    wide = []
    page.on("request", lambda request: asked.append(request.url))
    for path in sorted(_SITE.rglob("*.html")):
        page.goto(f"{host}/{address(_SITE, path)}")
        if page.evaluate(_WIDER) > 0:
            wide.append(path)
            print(f"  wider than the screen: {path.relative_to(_SITE)}")
    foreign = {url for url in asked if urlsplit(url).netloc != urlsplit(host).netloc}
    print("".join(f"  asked of another host: {url}\n" for url in sorted(foreign)), end="")
    absent = sorted(KINDS.keys() - page_kinds(_SITE).keys())
    print("".join(f"  no such page: {kind}\n" for kind in absent), end="")
    missing = [kind for kind in absent if not KINDS[kind].optional]
    yield Figure("kinds of page that are missing", len(missing), 0)
    yield Figure("pages wider than 320 px", len(wide), 0)
    yield Figure("requests to other hosts", len(foreign), 0)
    context.close()


def _lighthouse(host: str) -> Iterator[Figure]:
    """Yield Lighthouse's scores and times on a phone, the median of several runs."""
    kinds = page_kinds(_SITE)
    number = int(os.getenv("RUNS") or _RUNS)
    for kind in [each for each in kinds if KINDS[each].rated]:
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


if __name__ == "__main__":
    main()
