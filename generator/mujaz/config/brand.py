"""The look of a site: colours, logo and links in Material's own keys, checked and made readable."""

from __future__ import annotations

import colorsys
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mujaz.config.editorial_model import OwnSection
from mujaz.config.settings_file import SettingsFile
from mujaz.config.theme import has_our_theme
from mujaz.errors import ConfigError, nearest

_COLOURS = {
    "red": "#ef5552",
    "pink": "#e92063",
    "purple": "#ab47bd",
    "deep purple": "#7e56c2",
    "indigo": "#4051b5",
    "blue": "#2094f3",
    "light blue": "#02a6f2",
    "cyan": "#00bdd6",
    "teal": "#009485",
    "green": "#4cae4f",
    "light green": "#8bc34b",
    "lime": "#cbdc38",
    "yellow": "#ffec3d",
    "amber": "#ffc105",
    "orange": "#ffa724",
    "deep orange": "#ff6e42",
    "brown": "#795649",
    "grey": "#757575",
    "blue grey": "#546d78",
    "black": "#000000",
    "white": "#ffffff",
}
"""Material's colours, as its `primary` shows them."""
_GROUNDS = {"default": ("#fffdfa", "#f5f0e8"), "slate": ("#151413", "#201e1c")}
"""What text stands on in each scheme, as in `assets/styles/10-ground.css`."""
_MIN_CONTRAST = 4.5
"""Of text with its ground, by WCAG 2."""
_STEP = 0.01
"""Of lightness, which goes from 0 to 1."""
_IS_HEX = re.compile("#[0-9a-fA-F]{6}").fullmatch
_IS_ELSEWHERE = re.compile("(?:[a-z]+:)?//").match
_WEB = ("https://", "http://", "mailto:")
_PNG = b"\x89PNG\r\n\x1a\n"
_MAX_LOGO_HEAD = 4096
"""Bytes of a logo in which its size stands."""


class Brand(NamedTuple):
    """How a site looks, beside what templates read of `mkdocs.yml` by themselves."""

    accent: str = ""
    """The colour of links and marks on light ground, as `#rrggbb`; empty for the theme's own."""
    dark_accent: str = ""
    """The same on dark ground."""
    logo_ratio: float = 1
    """How much wider than high the logo is."""
    sections: tuple[tuple[str, str, str], ...] = ()
    """Sections that have a colour of their own, with that colour on light and on dark ground."""
    notes: tuple[str, ...] = ()
    """What the site's owner should know: what was changed, and what has no effect."""


def read_brand(
    settings: SettingsFile,
    accent: str,
    folders: tuple[Path, ...],
    sections: Sequence[OwnSection] = (),
) -> Brand:
    """Return the look that settings ask for, of which `accent` is `extra.mujaz.accent`.

    Editors give `sections` colours of their own.

    A logo lies below one of the `folders`. A colour that is hard to read is made lighter or darker
    until it is not. Raises `ConfigError` for what is no colour, no link or no file.
    """
    theme, extra = _mapping(settings.values.get("theme")), _mapping(settings.values.get("extra"))
    notes = []
    if _mapping(theme.get("icon")).get("logo"):
        notes.append("`theme.icon.logo` has no effect; name a picture as `theme.logo`")
    if extra.get("analytics"):
        notes.append("`extra.analytics` has no effect: pages ask nothing of others, on purpose")
    if has_our_theme(settings.values):
        notes += _refused_by_policy(settings)
        notes += _missing_favicon(settings, theme.get("favicon"), folders)
    _check_social(settings, extra.get("social"))
    accents = dict(_accents(settings, theme.get("palette"), accent, notes))
    ratio = _logo_ratio(settings, theme.get("logo"), folders)
    colours = tuple(_section_colours(sections, notes))
    return Brand(accents.get("default", ""), accents.get("slate", ""), ratio, colours, tuple(notes))


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21, by WCAG 2."""
    low, high = sorted(map(_luminance, (first, second)))
    return (high + 0.05) / (low + 0.05)


def with_contrast(colour: str, scheme: str) -> str:
    """Return a colour, lighter or darker as far as text in it needs on the grounds of `scheme`."""
    red, green, blue = _channels(colour)
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    step = _STEP if scheme == "slate" else -_STEP
    while min(contrast(colour, ground) for ground in _GROUNDS[scheme]) < _MIN_CONTRAST:
        lightness = min(max(lightness + step, 0), 1)
        channels = colorsys.hls_to_rgb(hue, lightness, saturation)
        colour = "#" + "".join(f"{round(255 * each):02x}" for each in channels)
    return colour


def _accents(
    settings: SettingsFile, palette: object, accent: str, notes: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield each scheme with its colour, if one is asked for."""
    if accent and not _IS_HEX(accent):
        place = settings.place("extra", "mujaz", "accent")
        raise ConfigError(
            f"{place}: `extra.mujaz.accent` is {accent!r}; give a colour as #rrggbb, in quotes"
        )
    entries: list[Any] = (
        palette if isinstance(palette, list) else [{} if palette is None else palette]
    )
    for each in entries:
        if not isinstance(each, dict) or not isinstance(each.get("scheme", ""), str):
            raise ConfigError(
                f"{settings.place('theme', 'palette')}: `theme.palette` holds {each!r}; "
                "give a mapping, or a list of mappings, with `scheme`, `primary` or `accent`"
            )
    by_scheme = {
        each.get("scheme", "default"): colour
        for each in entries
        if (colour := _colour(settings, each))
    }
    for scheme in _GROUNDS if accent or by_scheme else ():
        wanted = accent or by_scheme.get(scheme) or next(iter(by_scheme.values()))
        colour = with_contrast(wanted, scheme)
        # That a colour differs from one ground to the other needs no words.
        if colour != wanted and (scheme == "default" or (not accent and scheme in by_scheme)):
            notes.append(
                f"the accent {wanted} is hard to read on the ground of `{scheme}`; "
                f"{colour} is used, the same colour {'lighter' if scheme == 'slate' else 'darker'}"
            )
        yield scheme, colour


def _section_colours(
    sections: Sequence[OwnSection], notes: list[str]
) -> Iterator[tuple[str, str, str]]:
    for each in sections:
        if each.colour:
            light, dark = (with_contrast(each.colour, scheme) for scheme in _GROUNDS)
            if light != each.colour:
                notes.append(
                    f"the colour {each.colour} of the section {each.name} is hard to read; "
                    f"{light} is used, the same colour darker"
                )
            yield each.name, light, dark


def _colour(settings: SettingsFile, entry: Mapping[str, Any]) -> str:
    """Return the colour of an entry of `theme.palette`: its accent's, else its primary one."""
    for key in ("accent", "primary"):
        name = entry.get(key)
        if name is None or name == "custom":
            continue
        if not isinstance(name, str) or name not in _COLOURS:
            likely = nearest(str(name), _COLOURS)
            hint = f"did you mean `{likely}`? " if likely else ""
            raise ConfigError(
                f"{settings.place('theme', 'palette')}: `theme.palette` has the {key} {name!r}; "
                f"{hint}give the name of one of Material's colours, "
                "or `extra.mujaz.accent` as #rrggbb"
            )
        return _COLOURS[name]
    return ""


def _refused_by_policy(settings: SettingsFile) -> Iterator[str]:
    """Yield a note for each style sheet and script that the policy of our pages does not allow."""
    for name in ("extra_css", "extra_javascript"):
        entries = settings.values.get(name)
        for each in entries if isinstance(entries, list) else ():
            path = each.get("path") if isinstance(each, dict) else each
            if isinstance(path, str) and _IS_ELSEWHERE(path):
                yield f"`{name}` names {path}, which pages refuse to load: save it below `docs_dir`"


def _check_social(settings: SettingsFile, links: object) -> None:
    """Refuse what is no list of entries with the address of a place elsewhere."""
    if links is None:
        return
    for each in links if isinstance(links, list) else [links]:
        link = each.get("link") if isinstance(each, dict) else None
        named = isinstance(each, dict) and isinstance(each.get("name") or "", str)
        if not named or not isinstance(link, str) or not link.startswith(_WEB):
            place = settings.place("extra", "social")
            hint = "give a list of entries with `name` and `link`, a whole address"
            raise ConfigError(f"{place}: `extra.social` holds {each!r}; {hint}")


def _missing_favicon(
    settings: SettingsFile, favicon: object, folders: tuple[Path, ...]
) -> Iterator[str]:
    """Yield a note if the icon of the site's pages is named, and is not there."""
    if favicon is not None and not isinstance(favicon, str):
        place = settings.place("theme", "favicon")
        raise ConfigError(
            f"{place}: `theme.favicon` is {favicon!r}; give the path of a picture below `docs_dir`"
        )
    if favicon and _file_below(folders, favicon) is None:
        yield f"`theme.favicon` is {favicon!r}, and no picture is there: put one below `docs_dir`"


def _file_below(folders: tuple[Path, ...], name: str) -> Path | None:
    """Return a file below one of the `folders`; what lies outside is published by nobody."""
    if Path(os.path.normpath(name)).parts[:1] == ("..",):
        return None
    return next((path for each in folders if (path := each / name).is_file()), None)


def _logo_ratio(settings: SettingsFile, logo: object, folders: tuple[Path, ...]) -> float:
    if not logo:
        return 1
    file = _file_below(folders, str(logo))
    if file is None:
        place = settings.place("theme", "logo")
        raise ConfigError(
            f"{place}: `theme.logo` is {logo!r}; give the path of a picture below `docs_dir`"
        )
    with file.open("rb") as stream:
        head = stream.read(_MAX_LOGO_HEAD)
    if head.startswith(_PNG):
        width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    else:
        box = re.search(rb"viewBox=[\"'][\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)", head)
        width, height = map(float, box.groups()) if box else (1, 1)  # type: ignore[assignment]
    return round(width / height, 2) if width and height else 1


def _luminance(colour: str) -> float:
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in _channels(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
