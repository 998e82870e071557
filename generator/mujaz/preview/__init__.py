"""The preview: `mujaz serve` shows the site, follows every change, and says what is wrong.

In: the site's `mkdocs.yml`; out: pages over HTTP on this machine. `rebuilding` makes the site anew,
in a folder of its own among what runs leave for the next ones, so that what is published is never
touched; `watching` tells when; `showing` holds what browsers are shown at the moment; `answers`
decides what a request is answered with, and `server` sends it. Nothing here knows how pages are
made.
"""

from mujaz.preview.following import follow
from mujaz.preview.rebuilding import Sources
from mujaz.preview.server import PreviewServer, open_server
from mujaz.preview.showing import Showing

__all__ = ["PreviewServer", "Showing", "Sources", "follow", "open_server"]
