"""The command `mujaz serve`: a preview that follows every change."""

from __future__ import annotations

import threading
from pathlib import Path

import click

from mujaz.cli.options import (
    DEFAULT_CONFIG,
    accept_removals_option,
    config_option,
    seeds_option,
)
from mujaz.cli.output import close_with, note


@click.command("serve")
@config_option
@seeds_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to serve at; 0 takes one that is free.",
)
@accept_removals_option
def serve_preview(
    config_file: Path | None, seeds: Path | None, host: str, port: int, accept_removals: bool
) -> None:
    """Preview the site in a browser; it follows every change to what it is made from.

    What is wrong is said on the page, with the last good one beneath. The published site is not
    touched. Ctrl-C ends it.
    """
    # Imported only here: other commands have no use for a server.
    from mujaz.desk import Desk
    from mujaz.preview import Showing, Sources, follow, open_server

    showing = Showing()
    sources = Sources(config_file or DEFAULT_CONFIG, seeds, accept_removals)
    desk = Desk(sources, showing)
    server = open_server(host, port, showing, {"/desk/": desk.respond})
    threading.Thread(target=server.serve_forever, name="server", daemon=True).start()
    close_with(f"The preview is at {server.address}/ (Ctrl-C ends it)")
    follow(sources, showing, note)
