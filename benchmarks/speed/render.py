"""Renders the pages of the folder that it runs in, and does nothing else."""

from pathlib import Path

from generator.publish.render import render

if __name__ == "__main__":
    here = Path.cwd()
    render(here / "mkdocs.yml", here / "site_src", here / "site")
