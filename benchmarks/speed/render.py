"""Renders the pages of the folder that it runs in, and does nothing else.

Given the name of a file, only the pages listed there may have changed.
"""

import sys
from pathlib import Path

from mujaz.publish.render import render_site

if __name__ == "__main__":
    here = Path.cwd()
    files = (here / "mkdocs.yml", here / "site_src", here / "site")
    if len(sys.argv) > 1:
        changed = frozenset((here / sys.argv[1]).read_text("utf-8").split("\n")) - {""}
        render_site(*files, changed=changed)
    else:
        render_site(*files)
