"""Pictures of each kind of page: `python -m benchmarks.screenshots [OPTION…] [KIND…]`.

Without options, one sheet a kind for the documentation, in `docs/screenshots/`: desktop and phone,
light and dark. `--all FOLDER` takes whole pages instead, in each size and scheme, to look at;
`--site FOLDER` of another site than the sample. `--before FOLDER` takes the pairs of
`docs/screenshots/pairs/`: pages of that site, which an earlier version made, beside the sample's.
"""

from __future__ import annotations

import argparse
import base64
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.audit_browser import chromium
from benchmarks.audit_site import page_kinds, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PROJECT = Path(__file__).parent.parent
_SITE = _PROJECT / "site"
_OUT = _PROJECT / "docs" / "screenshots"
_SIZES: Mapping[str, tuple[int, int]] = {
    "desktop": (1440, 900),
    "tablet": (768, 1024),
    "phone": (390, 844),
}
_ON_SHEETS = ("desktop", "phone")
_SCHEMES = ("light", "dark")
_HEIGHT, _PAIR_HEIGHT, _GAP = 480, 720, 12
"""Pixels, of each view on a sheet, or of a pair, and around it."""
_QUALITIES = (72, 60, 48, 36, 24)
"""Of a sheet: the first one in which it is small enough."""
_LARGEST = 60_000
"""Bytes of a sheet."""
_TALLEST = 6_000
"""Pixels of a whole page that are taken."""
_STYLE = """<style>
body {{ display: flex; gap: {gap}px; margin: 0; padding: {gap}px; background: #8a8580; }}
img {{ display: block; block-size: {height}px; }}
</style>"""


class Pair(NamedTuple):
    """A kind of page as it was and as it is."""

    kind: str
    size: str
    height: int
    """Pixels of each picture."""
    scheme: str = "light"


PAIRS = (
    Pair("home", "phone", 1_000),
    Pair("home", "desktop", 1_200),
    Pair("digest day", "phone", 1_000),
    Pair("digest week", "desktop", 1_200),
    Pair("story", "phone", 1_000),
    Pair("article", "phone", 1_000, "dark"),
    Pair("section", "desktop", 1_200),
    Pair("tag", "phone", 1_000),
    Pair("headlines", "desktop", 1_200),
    Pair("archive", "tablet", 1_100),
)


def main() -> None:
    """Take the pictures."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", type=Path, default=_SITE)
    parser.add_argument("--all", type=Path)
    parser.add_argument("--before", type=Path)
    parser.add_argument("kind", nargs="*")
    options = parser.parse_args()
    kinds = page_kinds(options.site)
    chosen = [kind for kind in kinds if kind in (options.kind or [kind])]
    with served(options.site) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        pages = {kind: f"{host}/{kinds[kind]}" for kind in chosen}
        if options.all:
            _take_all(browser, pages, options.all)
        elif options.before:
            with served(options.before) as former_host:
                former = page_kinds(options.before)
                _take_pairs(browser, pages, {k: f"{former_host}/{former[k]}" for k in former})
        else:
            for kind, url in pages.items():
                views = [
                    _view(browser, url, _SIZES[size], scheme)
                    for size in _ON_SHEETS
                    for scheme in _SCHEMES
                ]
                _write(_OUT / f"{_named(kind)}.webp", _sheet(browser, views, _HEIGHT))
        browser.close()


def _take_all(browser: Browser, pages: Mapping[str, str], folder: Path) -> None:
    """Take whole pages in each size and scheme."""
    for kind, url in pages.items():
        for size, (width, _) in _SIZES.items():
            for scheme in _SCHEMES:
                height = _height(browser, url, _SIZES[size])
                view = _view(browser, url, (width, height), scheme)
                _write(folder / f"{_named(kind)}-{size}-{scheme}.png", view)


def _take_pairs(browser: Browser, after: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Take each pair that both sites have, the former page on the left."""
    for number, pair in enumerate(PAIRS, 1):
        if pair.kind in after and pair.kind in before:
            size = (_SIZES[pair.size][0], pair.height)
            urls = (before[pair.kind], after[pair.kind])
            views = [_view(browser, url, size, pair.scheme) for url in urls]
            name = f"{number:02}-{_named(pair.kind)}-{pair.size}.webp"
            _write(_OUT / "pairs" / name, _sheet(browser, views, _PAIR_HEIGHT))


def _named(kind: str) -> str:
    return kind.replace(" ", "-")


def _write(target: Path, picture: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(picture)
    print(f"{len(picture) / 1000:7.1f} KB  {target}")


def _opened(browser: Browser, url: str, size: tuple[int, int], scheme: Any = "light") -> Page:
    width, height = size
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(url, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    return page


def _height(browser: Browser, url: str, size: tuple[int, int]) -> int:
    """Return how tall a page is, in pixels."""
    page = _opened(browser, url, size)
    height: int = page.evaluate("document.documentElement.scrollHeight")
    page.close()
    return min(height, _TALLEST)


def _view(browser: Browser, url: str, size: tuple[int, int], scheme: str) -> bytes:
    """Return what a screen of `size` shows of a page at first, as PNG."""
    page = _opened(browser, url, size, scheme)
    picture = page.screenshot()
    page.close()
    return picture


def _sheet(browser: Browser, views: Iterable[bytes], height: int) -> bytes:
    """Return the views side by side, as WebP."""
    page = browser.new_page(viewport={"width": 2_400, "height": height + 2 * _GAP})
    shown = (f'<img src="data:image/png;base64,{base64.b64encode(v).decode()}">' for v in views)
    page.set_content(_STYLE.format(gap=_GAP, height=height) + "".join(shown), wait_until="load")
    last = page.locator("img").last.bounding_box()
    assert last
    size = {"x": 0, "y": 0, "width": last["x"] + last["width"] + _GAP, "height": height + 2 * _GAP}
    session = page.context.new_cdp_session(page)
    picture = b""
    for quality in _QUALITIES:
        wanted = {"format": "webp", "quality": quality, "clip": {**size, "scale": 1}}
        picture = base64.b64decode(session.send("Page.captureScreenshot", wanted)["data"])
        if len(picture) <= _LARGEST:
            break
    page.close()
    return picture


if __name__ == "__main__":
    main()
