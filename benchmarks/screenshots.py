"""Pictures of each kind of page for the documentation: `python -m benchmarks.screenshots [KIND…]`.

One sheet a kind, in `docs/screenshots/`: desktop and phone, light and dark.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.audit_browser import chromium
from benchmarks.audit_site import page_kinds, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PROJECT = Path(__file__).parent.parent
_SITE = _PROJECT / "site"
_OUT = _PROJECT / "docs" / "screenshots"
_SIZES: Mapping[str, tuple[int, int]] = {"desktop": (1440, 900), "phone": (390, 844)}
_SCHEMES = ("light", "dark")
_HEIGHT, _GAP = 480, 12
"""Pixels, of each view on a sheet and around it."""
_QUALITY = 72
_STYLE = f"""<style>
body {{ display: flex; gap: {_GAP}px; margin: 0; padding: {_GAP}px; background: #8a8580; }}
img {{ display: block; block-size: {_HEIGHT}px; }}
</style>"""


def main() -> None:
    """Take the pictures."""
    from playwright.sync_api import sync_playwright

    kinds = {k: path for k, path in page_kinds(_SITE).items() if k in (sys.argv[1:] or [k])}
    _OUT.mkdir(parents=True, exist_ok=True)
    with served(_SITE) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        sheet = browser.new_page(viewport={"width": 2_400, "height": _HEIGHT + 2 * _GAP})
        for kind, path in kinds.items():
            target = _OUT / f"{kind.replace(' ', '-')}.webp"
            target.write_bytes(_sheet(sheet, _views(browser, f"{host}/{path}")))
            print(f"{target.stat().st_size / 1000:7.1f} KB  {target.relative_to(_PROJECT)}")
        browser.close()
    total = sum(path.stat().st_size for path in _OUT.iterdir())
    print(f"{total / 1000:7.1f} KB  in all")


def _views(browser: Browser, url: str) -> list[bytes]:
    """Return what a screen shows of a page at first, in each size and scheme."""
    found = []
    for width, height in _SIZES.values():
        for scheme in _SCHEMES:
            settings: dict[str, Any] = {"color_scheme": scheme, "reduced_motion": "reduce"}
            page = browser.new_page(viewport={"width": width, "height": height}, **settings)
            page.goto(url)
            page.evaluate("document.fonts.ready")
            found.append(page.screenshot())
            page.close()
    return found


def _sheet(page: Page, views: list[bytes]) -> bytes:
    """Return the views side by side, as WebP."""
    shown = (f'<img src="data:image/png;base64,{base64.b64encode(v).decode()}">' for v in views)
    page.set_content(_STYLE + "".join(shown), wait_until="load")
    last = page.locator("img").last.bounding_box()
    assert last
    size = {"x": 0, "y": 0, "width": last["x"] + last["width"] + _GAP, "height": _HEIGHT + 2 * _GAP}
    asked = {"format": "webp", "quality": _QUALITY, "clip": {**size, "scale": 1}}
    answer = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    return base64.b64decode(answer["data"])


if __name__ == "__main__":
    main()
