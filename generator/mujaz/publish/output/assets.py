"""The theme's styles and scripts as readers get them: without comments and idle white space."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mujaz.arabic.slugs import page_name
from mujaz.config import Brand, Config
from mujaz.state.run_state import RunState

FOLDER = "assets"
"""Where they lie, in the theme's overrides and among the pages."""
STYLE_SHEET = f"{FOLDER}/mujaz.css"
"""The style sheet of every page, by path below the folder of pages."""
_PARTS = "styles"
"""The folder of what it is made of: files with numbers before their names."""
FONT_FOLDER = f"{FOLDER}/fonts"
FONT_STAMP = f"{FONT_FOLDER}/.mujaz-fonts"
"""The record of what the fonts were made from; MkDocs passes over names with a dot."""
FONT_FILES = {
    f"{FONT_FOLDER}/plex-{script}-{weight}.woff2"
    for script in ("arabic", "latin")
    for weight in ("regular", "bold")
}
"""The fonts, by path below the folder of pages."""


_LABELS = ":is(.kicker, .sections h2, .sections h3, .ledger h2, .week-section > h2)"
"""Where the name of a section stands as a label."""


class ThemeAssets(NamedTuple):
    """The styles and scripts of a site."""

    texts: Mapping[str, str]
    """By path below the folder of pages; none if all are as the last run left them."""
    paths: set[str]
    are_current: bool
    """Whether they, and the fonts, are as the last run left them."""


def theme_assets(state: RunState, config: Config) -> ThemeAssets:
    """Return the styles and scripts that are to be written, unless nobody changed them."""
    changed = state.changed_pages
    if changed is not None and not any(path.startswith(FOLDER) for path in changed):
        return ThemeAssets({}, {*(state.database.value("assets") or ())}, True)
    texts = dict(lean_assets(config.theme, config.brand))
    state.database.note("assets", sorted(texts))
    return ThemeAssets(texts, {*texts}, False)


def write_fonts(pages: Path) -> None:
    """Write the fonts below the folder of pages, unless they are there."""
    from mujaz.publish.output.fonts import subset_fonts  # takes long to load

    subset_fonts(pages / FONT_FOLDER)


def lean_assets(theme: Sequence[Path], brand: Brand | None = None) -> Iterator[tuple[str, str]]:
    """Yield path and text of each style sheet and script of the `theme`, made small.

    Those are its folders; a file is taken from the first of them that has it.

    What `brand` says of colours and of the logo is the last part of the style sheet.

    They go among the pages, where MkDocs prefers them to those of the theme, so that whatever
    renders the site publishes the same bytes.
    """
    for path, text in whole_assets(theme, brand):
        shrink = _shrinkers()[Path(path).suffix]
        yield path, shrink(text) + "\n"


def whole_assets(theme: Sequence[Path], brand: Brand | None = None) -> Iterator[tuple[str, str]]:
    """Yield the same as they were written; the parts of the style sheet are one, in their order."""
    files = _files_below([folder / FOLDER for folder in theme])
    parts = _files_below([folder / FOLDER / _PARTS for folder in theme])
    style_sheet = "".join(file.read_text("utf-8") for file in parts if file.suffix == ".css")
    if style_sheet:
        yield STYLE_SHEET, style_sheet + _style(brand)
    for file in files:
        if file.suffix in _shrinkers():
            yield f"{FOLDER}/{file.name}", file.read_text("utf-8")


def _files_below(folders: Sequence[Path]) -> list[Path]:
    """Return the files right below some folders by name, each from the first that has it."""
    by_name = {
        file.name: file
        for folder in reversed(folders)
        for file in folder.glob("*")
        if file.is_file()
    }
    return [by_name[name] for name in sorted(by_name)]


def _style(brand: Brand | None) -> str:
    """Return the rules for what a site has of its own; as those of the theme, they are for screens.

    They set the custom properties of `10-ground.css` and `20-masthead.css`, so that no page needs a
    style of its own, which the Content-Security-Policy refuses.
    """
    rules = ""
    if brand and brand.logo_ratio != 1:
        rules += f":root {{ --logo: {brand.logo_ratio}; }}\n"
    if brand and brand.accent:
        rules += (
            f":root {{ --accent: {brand.accent}; }}\n"
            "@media screen and (prefers-color-scheme: dark) {\n"
            f'  :root:not([data-md-color-scheme="default"]) {{ --accent: {brand.dark_accent}; }}\n'
            "}\n"
            "@media screen {\n"
            f'  :root[data-md-color-scheme="slate"] {{ --accent: {brand.dark_accent}; }}\n'
            "}\n"
        )
    return rules + _section_rules(brand.sections if brand else ())


def _section_rules(sections: Sequence[tuple[str, str, str]]) -> str:
    """Return the rules that give links to some sections their colours, where they are labels."""
    rules = ""
    for name, light, dark in sections:
        link = f'{_LABELS} > a[href*="sections/{page_name(name)}/"]'
        rules += (
            f":root {link} {{ color: {light}; }}\n"
            "@media screen and (prefers-color-scheme: dark) {\n"
            f'  :root:not([data-md-color-scheme="default"]) {link} {{ color: {dark}; }}\n'
            "}\n"
            "@media screen {\n"
            f'  :root[data-md-color-scheme="slate"] {link} {{ color: {dark}; }}\n'
            "}\n"
        )
    return rules


def _shrinkers() -> Mapping[str, Callable[[str], str]]:
    from rcssmin import cssmin
    from rjsmin import jsmin

    return {".css": cssmin, ".js": jsmin}
