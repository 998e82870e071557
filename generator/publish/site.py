"""Makes the finished site of the pages, telling the renderer which of them are new."""

from __future__ import annotations

from generator.config import Config
from generator.last import changed_pages, keep_rendered
from generator.model import Report
from generator.publish.render import render


def publish_site(config: Config, report: Report, strict: bool = False) -> None:
    """Render the pages, which `report` is about.

    With `strict`, nothing is published while an input is rejected or a page draws a warning: the
    last good site stays. Raises `RenderError` if the pages cannot be rendered.
    """
    if strict and report.rejected:
        return
    changed = changed_pages(config)
    # Of all files that changed, whoever wrote them.
    others = None if changed is None else ()
    render(config.file, config.out, config.site_dir, strict, changed, others)
    keep_rendered(config)
