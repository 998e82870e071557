"""Renders the pages with MkDocs, beside the last site, and swaps them once all went well."""

from __future__ import annotations

from pathlib import Path

from generator.errors import ConfigError, RenderError
from generator.publish.swap import discard, fresh_folder, put_in_place


def render(
    config_file: Path,
    pages: Path,
    site: Path,
    strict: bool = False,
    changed: frozenset[str] | None = None,
) -> None:
    """Render the Markdown below `pages` into `site`.

    `changed` are the paths below `pages` whose files were written or removed since the last time;
    None if that is not known. With `strict`, a warning of MkDocs is a failure. Raises `RenderError`
    with MkDocs' message, or `ConfigError` if it refuses `config_file`; in both cases the last site
    is left in place.
    """
    # Imported only here: a run that has nothing to render never needs it.
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    folder = fresh_folder(site)
    try:
        config = load_config(
            str(config_file), docs_dir=str(pages), site_dir=str(folder), strict=strict
        )
    except MkDocsException as error:
        raise ConfigError(f"{config_file}: refused by MkDocs ({error}); mend it") from None
    plugin = config.plugins.get("mujaz")
    if plugin is not None:
        plugin.pages_are_ready = True
    try:
        build(config)
    except KeyboardInterrupt:
        discard(site)
        raise
    except (Exception, SystemExit) as error:  # plugins and templates may raise anything
        discard(site)
        raise RenderError(
            f"{config_file}: MkDocs could not render the pages ({error}); "
            "run `mkdocs build --verbose` to see why"
        ) from error
    put_in_place(site)
